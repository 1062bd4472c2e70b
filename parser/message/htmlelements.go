package message

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// isVoid tells of elements without content.
func isVoid(name atom.Atom) bool {
	switch name {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
		atom.Meta, atom.Source, atom.Track, atom.Wbr, atom.Param, atom.Bgsound, atom.Frame, atom.Keygen:
		return true
	}
	return false
}

// isBlock tells of elements that stand on lines of their own.
func isBlock(name atom.Atom) bool {
	switch name {
	case atom.Div, atom.P, atom.Blockquote, atom.Pre, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.Table, atom.Tr, atom.Caption, atom.Tbody, atom.Thead, atom.Tfoot,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center, atom.Body, atom.Html,
		atom.Address, atom.Article, atom.Aside, atom.Details, atom.Dir, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.Header, atom.Hgroup, atom.Legend, atom.Listing, atom.Main, atom.Menu, atom.Nav,
		atom.Option, atom.Section, atom.Summary, atom.Xmp, atom.Textarea:
		return true
	}
	return false
}

// hasMargin tells of blocks with a blank line around them.
func hasMargin(name atom.Atom) bool {
	switch name {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dl:
		return true
	}
	return false
}

// isScope tells of elements that an end tag inside them does not reach beyond,
// HTML §13.2.4.2.
func isScope(name atom.Atom) bool {
	switch name {
	case atom.Table, atom.Td, atom.Th, atom.Caption, atom.Template, atom.Object, atom.Marquee:
		return true
	}
	return false
}

// isPreformatted tells of elements in which white space counts.
func isPreformatted(name atom.Atom) bool {
	return name == atom.Pre || name == atom.Textarea || name == atom.Listing || name == atom.Xmp
}

// isHidden tells of elements that no mail client shows.
func isHidden(name atom.Atom) bool {
	switch name {
	case atom.Style, atom.Script, atom.Title, atom.Template, atom.Iframe, atom.Noembed, atom.Noframes,
		atom.Svg, atom.Audio, atom.Video, atom.Object, atom.Datalist:
		return true
	}
	return false
}

// An effect is what the attributes of an element ask for.
type effect struct {
	hidden      bool
	removed     bool // display:none; the last one counts
	pre         bool // white space counts
	collapsed   bool // white space does not, though it does around
	quote       bool // its content is quoted
	indented    bool // a blockquote that only indents
	reference   bool // its content is quoted from the line after its attribution
	signature   bool
	attribution bool // it introduces a quotation
	noMargin    bool
	bullet      bool // the bullet of a Word list
	cited       bool // <blockquote type="cite">
	number      int  // number of a list's first item, or of the item; 0 if it has none
}

// effectOf reads the attributes of an element.
func effectOf(attrs []attribute) effect {
	var e effect
	for _, a := range attrs {
		var name [maxTagName]byte
		switch string(appendLower(name[:0], a.name)) {
		case "style":
			e.style(a.value)
		case "class":
			e.classes(a.value)
		case "id":
			e.id(a.value)
		case "name":
			e.name(a.value)
		case "data-marker": // Zimbra
			e.quote = e.quote || a.value == "__QUOTED_TEXT__"
			e.signature = e.signature || a.value == "__SIG_POST__" || a.value == "__SIG_PRE__"
		case "data-smartmail": // Gmail
			e.signature = e.signature || a.value == "gmail_signature"
		case "data-signatur": // data-signatureblock="true", Windows Mail
			e.signature = e.signature || a.value == "true"
		case "type":
			e.cited = a.value == "cite"
		case "start", "value":
			e.number = number(a.value)
		case "hidden":
			e.hidden = true
		}
	}
	e.hidden = e.hidden || e.removed
	return e
}

// style reads the declarations of a style attribute. A semicolon in a quoted
// value cuts it in two, which harms nothing here.
func (e *effect) style(s string) {
	for s != "" {
		var declaration string
		declaration, s, _ = strings.Cut(s, ";")
		property, value, _ := strings.Cut(declaration, ":")
		var p [maxTagName]byte
		var v [32]byte
		e.declare(string(appendLower(p[:0], strings.Trim(property, " \t\r\n"))), string(appendLower(v[:0], strings.Trim(value, " \t\r\n"))))
	}
}

// declare follows one declaration of a style.
func (e *effect) declare(property, value string) {
	switch property {
	case "display":
		e.removed = strings.HasPrefix(value, "none")
	case "visibility":
		e.hidden = e.hidden || strings.HasPrefix(value, "hidden")
	case "max-height":
		e.hidden = e.hidden || isZero(value)
	case "opacity":
		e.hidden = e.hidden || isZero(value)
	case "white-space":
		e.pre = strings.HasPrefix(value, "pre") && !strings.HasPrefix(value, "pre-line") || strings.HasPrefix(value, "break-spaces")
		e.collapsed = !e.pre
	case "margin", "margin-top":
		e.noMargin = isZero(value)
	case "border":
		e.indented = strings.HasPrefix(value, "none")
	case "border-left": // Outlook, told to mark the lines it quotes
		e.quote = e.quote || strings.Contains(value, "blue") && strings.Contains(value, "1.5pt")
		e.indented = e.indented && strings.HasPrefix(value, "none")
	case "mso-list":
		e.bullet = strings.HasPrefix(value, "ignore")
	}
}

// isZero tells whether a value starts with a length or number of zero, with
// whatever unit: 0, 0px, 0.0, 0cm 0cm.
func isZero(value string) bool {
	number := strings.TrimLeft(value, "0.")
	return number != value && (number == "" || number[0] < '1' || number[0] > '9')
}

// classes reads a class attribute.
func (e *effect) classes(s string) {
	for class := range strings.FieldsSeq(s) {
		switch class {
		case "yahoo-quoted":
			e.reference = true
		case "gmail_signature", "moz-signature", "k9mail-signature", "yahoo_signature", "protonmail_signature_block", "tutanota_signature":
			e.signature = true
		case "moz-cite-prefix":
			e.attribution = true
		case "MsoNormal", "MsoPlainText", "MsoListParagraph", "MsoListParagraphCxSpFirst", "MsoListParagraphCxSpMiddle", "MsoListParagraphCxSpLast", "MsoNoSpacing":
			e.noMargin = true
		}
		e.reference = e.reference || strings.HasSuffix(class, "yahoo_quoted")
	}
}

// id reads an id attribute.
func (e *effect) id(s string) {
	switch s {
	case "Signature", "ms-outlook-mobile-signature", "composer_signature", "_rc_sig":
		e.signature = true
	}
	e.reference = e.reference || strings.Contains(s, "yahoo_quoted")
}

// name reads a name attribute of GMX and Web.de, or of Spark.
func (e *effect) name(s string) {
	e.quote = e.quote || s == "quoted-content"
	e.signature = e.signature || s == "messageSignatureSection"
	e.attribution = e.attribution || s == "messageReplySection"
}

// number reads the number of a list item; 0 stands for none.
func number(s string) int {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n > 0 && n < 1e6 {
		return n
	}
	return 0
}
