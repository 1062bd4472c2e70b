package demo

import (
	"encoding/base64"
	"html/template"
	"slices"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// kept lists the elements of a letter that a page shows, each with its
// attributes; of all others it shows what they contain.
var kept = map[atom.Atom][]string{
	atom.A: {"href", "style"}, atom.Img: {"src", "alt", "width", "height", "style"},
	atom.Td: {"colspan", "rowspan", "align", "style"}, atom.Th: {"colspan", "rowspan", "align", "style"},
	atom.P: {"style"}, atom.Br: nil, atom.Div: {"style"}, atom.Span: {"style"}, atom.B: nil, atom.Strong: nil, atom.I: nil, atom.Em: nil, atom.U: nil,
	atom.Ul: nil, atom.Ol: nil, atom.Li: nil, atom.Blockquote: nil, atom.Pre: nil, atom.Code: nil, atom.Hr: nil,
	atom.H1: nil, atom.H2: nil, atom.H3: nil, atom.H4: nil, atom.Table: {"width", "cellpadding", "cellspacing", "style"}, atom.Tbody: nil, atom.Thead: nil, atom.Tr: nil,
}

// unseen lists the elements that a page shows nothing of.
var unseen = []atom.Atom{
	atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Noscript, atom.Svg, atom.Math,
	atom.Textarea, atom.Select, atom.Xmp, atom.Noembed, atom.Noframes, atom.Plaintext,
}

// sanitised is the HTML of a message with nothing in it that acts or calls
// home, and with its pictures inside. Styles stay: the page lets none of them
// load anything.
func (r *received) sanitised() (template.HTML, error) {
	root, err := html.Parse(strings.NewReader(r.HTML))
	if err != nil {
		return "", err
	}
	clean := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	r.copyKept(clean, root)
	var b strings.Builder
	err = html.Render(&b, clean)
	return template.HTML(b.String()), err
}

// copyKept copies what is kept of the children of a node.
func (r *received) copyKept(to, from *html.Node) {
	for n := range from.ChildNodes() {
		attributes, ok := kept[n.DataAtom]
		switch {
		case n.Type == html.TextNode:
			to.AppendChild(&html.Node{Type: html.TextNode, Data: n.Data})
		case n.Type != html.ElementNode || n.Namespace != "" || slices.Contains(unseen, n.DataAtom):
		case !ok:
			r.copyKept(to, n)
		default:
			element := &html.Node{Type: html.ElementNode, Data: n.Data, DataAtom: n.DataAtom}
			for _, a := range n.Attr {
				if value, ok := r.attribute(a); ok && slices.Contains(attributes, a.Key) {
					element.Attr = append(element.Attr, html.Attribute{Key: a.Key, Val: value})
				}
			}
			to.AppendChild(element)
			r.copyKept(element, n)
		}
	}
}

// attribute gives the value to show: of links those that lead to a page or an
// address, of pictures those that came with the message.
func (r *received) attribute(a html.Attribute) (value string, ok bool) {
	link := strings.ToLower(strings.TrimSpace(a.Val))
	switch a.Key {
	case "href":
		return a.Val, strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") || strings.HasPrefix(link, "mailto:")
	case "src":
		id, ok := strings.CutPrefix(strings.TrimSpace(a.Val), "cid:")
		i := slices.IndexFunc(r.enclosed(), func(p *enmime.Part) bool { return p.ContentID == id && strings.HasPrefix(p.ContentType, "image/") })
		if !ok || i < 0 {
			return "", false
		}
		p := r.enclosed()[i]
		return "data:" + p.ContentType + ";base64," + base64.StdEncoding.EncodeToString(p.Content), true
	}
	return a.Val, true
}

// visible is the text of an HTML document as it is shown.
func visible(document string) string {
	root, err := html.Parse(strings.NewReader(document))
	if err != nil {
		return document
	}
	var words []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode && !slices.Contains(unseen, n.Parent.DataAtom) {
			words = append(words, strings.Fields(n.Data)...)
		}
	}
	return strings.Join(words, " ")
}
