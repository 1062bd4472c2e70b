package message

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// tokenizer cuts a page into texts and tags as HTML §13.2.5 does. It reads in
// place, in half the time of x/net's, which copies every name and value; the
// tests hold them against each other.
type tokenizer struct {
	src string
	pos int
	raw string // the element whose content is text up to its end tag

	kind  tokenKind
	text  string // of a text, entities not yet read
	name  atom.Atom
	attrs []attribute
	slots [maxAttributes]attribute
}

type tokenKind int

const (
	endOfPage tokenKind = iota
	textToken
	startToken
	endToken
)

// An attribute is as it stands in the source, entities and case included.
type attribute struct{ name, value string }

// maxAttributes is how many attributes of one tag are looked at.
const maxAttributes = 32

// next reads the next text or tag; comments and declarations are left out.
func (z *tokenizer) next() tokenKind {
	z.kind = endOfPage
	for z.kind == endOfPage && z.pos < len(z.src) {
		if z.raw != "" {
			z.rawText()
		} else {
			z.token()
		}
	}
	return z.kind
}

// token reads a text up to the next tag, or a tag, or skips a comment.
func (z *tokenizer) token() {
	start := z.pos
	for i := start; ; i++ {
		n := strings.IndexByte(z.src[i:], '<')
		if n < 0 {
			i = len(z.src)
		} else if i += n; !opensMarkup(z.src[i:]) {
			continue
		}
		if i > start {
			z.kind, z.text, z.pos = textToken, z.src[start:i], i
			return
		}
		break
	}
	switch c := z.src[start+1]; {
	case isLetter(c):
		z.pos++
		z.tag(startToken)
	case c == '/' && start+2 < len(z.src) && isLetter(z.src[start+2]):
		z.pos += 2
		z.tag(endToken)
	case strings.HasPrefix(z.src[start:], "<!--"):
		z.comment()
	default:
		z.skipPast(">")
	}
}

// opensMarkup tells whether a less-than sign is more than that.
func opensMarkup(s string) bool {
	switch {
	case len(s) < 2:
		return false
	case s[1] == '/':
		return len(s) > 2
	}
	return isLetter(s[1]) || s[1] == '!' || s[1] == '?'
}

// comment skips a comment. One that never ends takes the rest of the page, as
// in every browser.
func (z *tokenizer) comment() {
	z.pos += len("<!--")
	for _, abrupt := range []string{">", "->"} {
		if strings.HasPrefix(z.src[z.pos:], abrupt) {
			z.pos += len(abrupt)
			return
		}
	}
	for z.pos < len(z.src) {
		z.skipPast("--")
		rest := z.src[z.pos:]
		if strings.HasPrefix(rest, ">") || strings.HasPrefix(rest, "!>") {
			z.skipPast(">")
			return
		}
		if strings.HasPrefix(rest, "-") {
			z.pos-- // the dashes may overlap: --->
		}
	}
}

func (z *tokenizer) skipPast(mark string) {
	if i := strings.Index(z.src[z.pos:], mark); i >= 0 {
		z.pos += i + len(mark)
	} else {
		z.pos = len(z.src)
	}
}

// tag reads a tag from its name on. One that the page ends in is none.
func (z *tokenizer) tag(kind tokenKind) {
	start := z.pos
	for z.pos < len(z.src) && !isSpace(z.src[z.pos]) && z.src[z.pos] != '/' && z.src[z.pos] != '>' {
		z.pos++
	}
	var lower [maxTagName]byte
	name := appendLower(lower[:0], z.src[start:z.pos])
	z.name = atom.Lookup(name)
	z.attrs = z.slots[:0]
	for z.attribute() {
	}
	if z.pos >= len(z.src) {
		return
	}
	z.pos++ // the closing bracket
	z.kind = kind
	if kind == startToken && holdsRawText(z.name) {
		z.raw = z.name.String()
	}
}

// maxTagName is the length of the longest name that means anything here.
const maxTagName = 16

// appendLower returns s in lower case, cut at the capacity of dst.
func appendLower(dst []byte, s string) []byte {
	for i := range min(len(s), cap(dst)) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// attribute reads one attribute, up to what follows it. It returns false at
// the end of the tag, or of the page.
func (z *tokenizer) attribute() bool {
	for z.pos < len(z.src) && (isSpace(z.src[z.pos]) || z.src[z.pos] == '/') {
		z.pos++
	}
	if z.pos >= len(z.src) || z.src[z.pos] == '>' {
		return false
	}
	start := z.pos
	z.pos++ // even if it is an equals sign
	for z.pos < len(z.src) && !isSpace(z.src[z.pos]) && !strings.Contains("/=>", z.src[z.pos:z.pos+1]) {
		z.pos++
	}
	a := attribute{name: z.src[start:z.pos]}
	z.skipSpace()
	if z.pos < len(z.src) && z.src[z.pos] == '=' {
		z.pos++
		z.skipSpace()
		a.value = z.value()
	}
	if len(z.attrs) < maxAttributes && !z.has(a.name) {
		z.attrs = append(z.attrs, a)
	}
	return true
}

// has tells whether the tag has this attribute already: the first one counts.
func (z *tokenizer) has(name string) bool {
	for _, a := range z.attrs {
		if sameName(a.name, name) {
			return true
		}
	}
	return false
}

// sameName compares names of attributes, in which ASCII letters alone have
// case, HTML §13.2.5.33.
func sameName(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if a[i] != b[i] && (a[i]|0x20 != b[i]|0x20 || a[i]|0x20 < 'a' || a[i]|0x20 > 'z') {
			return false
		}
	}
	return true
}

// value reads the value of an attribute.
func (z *tokenizer) value() string {
	if z.pos >= len(z.src) {
		return ""
	}
	if quote := z.src[z.pos]; quote == '"' || quote == '\'' {
		z.pos++
		start := z.pos
		z.skipPast(string(rune(quote)))
		return z.src[start:max(start, z.pos-1)]
	}
	start := z.pos
	for z.pos < len(z.src) && !isSpace(z.src[z.pos]) && z.src[z.pos] != '>' {
		z.pos++
	}
	return z.src[start:z.pos]
}

func (z *tokenizer) skipSpace() {
	for z.pos < len(z.src) && isSpace(z.src[z.pos]) {
		z.pos++
	}
}

// holdsRawText tells whether the content of an element is text whatever it
// looks like, HTML §13.2.5.1.
func holdsRawText(name atom.Atom) bool {
	switch name {
	case atom.Style, atom.Script, atom.Title, atom.Textarea, atom.Iframe, atom.Xmp, atom.Noembed, atom.Noframes:
		return true
	}
	return false
}

// rawText reads the content of such an element.
func (z *tokenizer) rawText() {
	start, end := z.pos, len(z.src)
	for i := start; i < len(z.src); i += len("</") {
		n := strings.Index(z.src[i:], "</")
		if n < 0 {
			break
		}
		i += n
		after := i + len("</") + len(z.raw)
		if after < len(z.src) && strings.EqualFold(z.src[i+2:after], z.raw) && (isSpace(z.src[after]) || z.src[after] == '/' || z.src[after] == '>') {
			end = i
			break
		}
	}
	z.raw = ""
	if z.pos = end; end > start {
		z.kind, z.text = textToken, z.src[start:end]
	}
}

func isLetter(c byte) bool {
	c |= 0x20
	return c >= 'a' && c <= 'z'
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}
