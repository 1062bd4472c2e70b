package message

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Text is what a reader sees of a message.
type Text struct {
	Plain string // UTF-8, line feeds, quoted lines marked with ">" for each level
	HTML  bool   // it was made of an HTML part, at least partly
	Cut   bool   // the message goes on beyond what is read of it
}

// What is read of a message's texts, in octets after transfer decoding. Memory
// is a small multiple of it, whatever the message.
const (
	maxTextPart = 1 << 20
	maxTextAll  = 4 << 20
)

// ReadText returns the best text of a message in its order of reading: of
// alternatives (RFC 2046 §5.1.4) the plain text unless the page says more, of
// a signed or reported message what is for people, of several texts all of
// them. Attachments and messages inside are left out. The error is that of
// src.
func ReadText(src io.ReaderAt, root *Part) (Text, error) {
	r := textReader{src: src, left: maxTextAll, root: root}
	text := r.read(root)
	if r.err != nil {
		return Text{}, r.err
	}
	text.Plain = strings.TrimRight(text.Plain, "\n")
	if text.Plain != "" {
		text.Plain += "\n"
	}
	text.Cut = r.cut
	return text, nil
}

// textReader reads the texts of one message.
type textReader struct {
	src  io.ReaderAt
	root *Part
	left int // octets that may still be read
	cut  bool
	err  error
}

// read returns the text of a part and those inside it.
func (r *textReader) read(p *Part) Text {
	if r.err != nil || p != r.root && isAttachment(p) {
		return Text{}
	}
	switch {
	case len(p.Children) == 0:
		return r.leaf(p)
	case strings.HasPrefix(p.MediaType, "message/"):
		return Text{}
	}
	switch p.MediaType {
	case "multipart/alternative":
		return r.alternative(p.Children)
	case "multipart/related":
		if text := r.read(relatedRoot(p)); !isBlank(text.Plain) {
			return text
		}
	case "multipart/signed", "multipart/report", "multipart/appledouble":
		return r.read(p.Children[0])
	case "multipart/encrypted":
		return Text{}
	}
	return r.all(p.Children)
}

// isAttachment tells whether a part says that it is not to be read with the
// message, RFC 2183 §2.9.
func isAttachment(p *Part) bool {
	disposition, _ := ParseParams(p.Header.Get("Content-Disposition"))
	return disposition == "attachment"
}

// isFile tells whether a part has the name of a file.
func isFile(p *Part) bool {
	_, params := ParseParams(p.Header.Get("Content-Disposition"))
	return p.Params["name"] != "" || slices.ContainsFunc(params, func(param Param) bool { return param.Name == "filename" })
}

// relatedRoot returns the part that the others belong to, RFC 2387 §3.2.
func relatedRoot(p *Part) *Part {
	if start := p.Params["start"]; start != "" {
		for _, child := range p.Children {
			if strings.TrimSpace(child.Header.Get("Content-ID")) == start {
				return child
			}
		}
	}
	return p.Children[0]
}

// all joins the texts of several parts, but for files that are shown after the
// text. A client that sends a page beside its plain text as two parts of a
// mixed message is read once.
func (r *textReader) all(parts []*Part) Text {
	var joined Text
	var whole strings.Builder
	last := ""
	for _, p := range parts {
		if whole.Len() > 0 && isFile(p) {
			continue
		}
		text := r.read(p)
		plain := strings.Trim(text.Plain, "\n")
		if plain == "" || sameWords(last, plain) {
			continue
		}
		if whole.Len() > 0 {
			whole.WriteString("\n\n")
		}
		whole.WriteString(plain)
		joined.HTML = joined.HTML || text.HTML
		last = plain
	}
	joined.Plain = whole.String()
	return joined
}

// leaf returns the text of a part that holds no others.
func (r *textReader) leaf(p *Part) Text {
	switch p.MediaType {
	case "text/html", "application/xhtml+xml":
		return Text{Plain: PlainText(r.decode(p)), HTML: true}
	case "text/plain", "text/markdown":
		text := clearText(lineFeeds(r.decode(p)))
		if strings.EqualFold(p.Params["format"], "flowed") {
			text = unflow(text, strings.EqualFold(p.Params["delsp"], "yes"))
		}
		return Text{Plain: text}
	case "text/enriched", "text/richtext":
		return Text{Plain: PlainText(enriched(r.decode(p)))}
	}
	if strings.HasPrefix(p.MediaType, "multipart/") && p.MediaType != "multipart/encrypted" { // its delimiters got lost
		return Text{Plain: lineFeeds(r.decode(p))}
	}
	return Text{}
}

// decode returns the body of a part in UTF-8, as far as it is read.
func (r *textReader) decode(p *Part) string {
	limit := min(maxTextPart, r.left)
	body, err := r.open(p)
	if err != nil {
		r.err = err
		return ""
	}
	octets, err := io.ReadAll(io.LimitReader(body, int64(limit)+1))
	if err != nil {
		r.err = err
		return ""
	}
	if len(octets) > limit {
		r.cut = true
		octets = octets[:limit]
		for n := 1; n < utf8.UTFMax && n < len(octets); n++ { // no half of a character
			if utf8.RuneStart(octets[len(octets)-n]) {
				if !utf8.FullRune(octets[len(octets)-n:]) {
					octets = octets[:len(octets)-n]
				}
				break
			}
		}
	}
	r.left -= len(octets)
	label := p.Params["charset"]
	if label == "" && p.MediaType == "text/html" {
		label = metaCharset(octets)
	}
	return decodeBody(label, octets)
}

// open returns the body of a part without its transfer encoding. What says it
// is base64, and has spaces between words, is not.
func (r *textReader) open(p *Part) (io.Reader, error) {
	if p.Encoding == "base64" {
		head := make([]byte, 512)
		n, err := p.Raw(r.src).ReadAt(head, 0)
		if err != nil && err != io.EOF {
			return nil, err
		}
		if head = head[:n]; bytes.Count(head, []byte(" ")) > len(head)/20 {
			return p.Raw(r.src), nil
		}
	}
	return p.Open(r.src), nil
}

// metaCharset returns the charset that a page itself declares near its start.
func metaCharset(page []byte) string {
	head := strings.ToLower(string(page[:min(len(page), 1024)]))
	_, label, ok := strings.Cut(head, "charset=")
	if !ok {
		return ""
	}
	label = strings.TrimLeft(label, `"' `)
	if i := strings.IndexAny(label, `"' />;`); i >= 0 {
		label = label[:i]
	}
	return label
}

// lineFeeds returns a text with bare line feeds and without NUL.
func lineFeeds(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return s
}

// clearText takes the armour off a text that is signed in itself, RFC 9580 §7.
func clearText(s string) string {
	body, ok := strings.CutPrefix(s, "-----BEGIN PGP SIGNED MESSAGE-----\n")
	if !ok {
		return s
	}
	_, body, _ = strings.Cut(body, "\n\n")
	body, rest, ok := strings.Cut(body, "-----BEGIN PGP SIGNATURE-----\n")
	if !ok {
		return s
	}
	_, rest, _ = strings.Cut(rest, "-----END PGP SIGNATURE-----\n")
	body = strings.TrimPrefix(strings.ReplaceAll("\n"+body, "\n- ", "\n"), "\n")
	return body + rest
}

// enriched makes a page of text/enriched, RFC 1896: the marks are much the
// same; one line break is a space, two are one.
func enriched(s string) string {
	s = strings.ReplaceAll(lineFeeds(s), "<<", "&lt;")
	s = strings.ReplaceAll(s, "<excerpt>", "<blockquote>")
	s = strings.ReplaceAll(s, "</excerpt>", "</blockquote>")
	s = strings.ReplaceAll(s, "<param>", "<span hidden>")
	s = strings.ReplaceAll(s, "</param>", "</span>")
	return strings.ReplaceAll(s, "\n\n", "<br>")
}
