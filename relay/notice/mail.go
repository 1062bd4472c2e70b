package notice

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"

	"mentorrelay/templates"
)

// write composes the mail: automatic, so that no robot answers it (RFC 3834
// §5). What a person replies is a command unless something else is asked for;
// what is none reaches the coordinator.
func (w *Writer) write(out io.Writer, m *templates.Mail, s Subject) error {
	from := mail.Address{Name: s.Programme.Name, Address: w.Scheme.Mailbox}
	if from.Address == "" {
		from.Address = w.Scheme.Service("help")
	}
	to := mail.Address{Name: s.To.Name, Address: s.To.Addresses[0].Address}
	var b bytes.Buffer
	field := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	field("From", from.String())
	field("To", to.String())
	reply := s.ReplyTo
	if reply == "" && s.To.ID != 0 {
		reply = w.Scheme.Service("help")
	}
	if reply != "" {
		field("Reply-To", (&mail.Address{Address: reply}).String())
	}
	field("Subject", encodeHeader(m.Subject))
	field("Date", w.Now().UTC().Format("Mon, 02 Jan 2006 15:04:05 +0000"))
	field("Message-ID", "<"+strings.ToLower(base32.StdEncoding.EncodeToString(random(15)))+"@"+w.Scheme.Host()+">")
	field("Auto-Submitted", "auto-generated")
	if s.To.ID != 0 { // RFC 2369 §3.2; a coordinator has nothing to leave
		field("List-Unsubscribe", "<mailto:"+w.Scheme.Service("help")+"?subject=STOP>")
	}
	field("MIME-Version", "1.0")
	field("Content-Language", m.Language)
	b.Write(w.body(m, s).bytes())
	_, err := out.Write(b.Bytes())
	return err
}

// A part is an entity of a mail (RFC 2045 §2.4): fields, and what they are of.
type part struct {
	fields  []string
	content []byte
	parts   []part // instead of the content
}

// body is the text and the same as a page (RFC 2046 §5.1.4), with the files.
func (w *Writer) body(m *templates.Mail, s Subject) part {
	both := part{fields: []string{"Content-Type: multipart/alternative"}, parts: []part{
		text("text/plain", m.Plain(s.Images)), w.page(m, s),
	}}
	if len(s.Attach) == 0 {
		return both
	}
	whole := part{fields: []string{"Content-Type: multipart/mixed"}, parts: []part{both}}
	for _, f := range s.Attach {
		whole.parts = append(whole.parts, encoded([]string{
			"Content-Type: " + f.Type,
			"Content-Disposition: " + mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}),
		}, f.Bytes))
	}
	return whole
}

// page is the HTML, together with the images in it if there are any (RFC 2387).
func (w *Writer) page(m *templates.Mail, s Subject) part {
	if len(s.Images) == 0 {
		return text("text/html", m.HTML(s.Links, nil))
	}
	named, whole := map[string]templates.Image{}, part{fields: []string{`Content-Type: multipart/related; type="text/html"`}, parts: make([]part, 1)}
	for i, line := range slices.Sorted(maps.Keys(s.Images)) {
		image := s.Images[line]
		image.ContentID = strings.ToLower(base32.StdEncoding.EncodeToString(random(15))) + "@" + w.Scheme.Host()
		named[line] = image
		_, kind, _ := strings.Cut(image.Type, "/")
		whole.parts = append(whole.parts, encoded([]string{
			"Content-Type: " + image.Type,
			"Content-ID: <" + image.ContentID + ">",
			fmt.Sprintf("Content-Disposition: inline; filename=image-%d.%s", i+1, kind),
		}, image.Bytes))
	}
	whole.parts[0] = text("text/html", m.HTML(s.Links, named)) // the root comes first (RFC 2387 §3.2)
	return whole
}

// encoded is a part in base64 (RFC 2045 §6.8).
func encoded(fields []string, content []byte) part {
	var lines bytes.Buffer
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(content)), 76) {
		fmt.Fprintf(&lines, "%s\r\n", line)
	}
	return part{fields: append(fields, "Content-Transfer-Encoding: base64"), content: lines.Bytes()}
}

func text(mediaType, content string) part {
	var b bytes.Buffer
	qp := quotedprintable.NewWriter(&b)
	io.WriteString(qp, strings.ReplaceAll(content, "\n", "\r\n")) // never fails: bytes.Buffer
	qp.Close()
	return part{fields: []string{"Content-Type: " + mediaType + "; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"}, content: b.Bytes()}
}

// bytes is the part as it is sent.
func (p part) bytes() []byte {
	var b bytes.Buffer
	boundary := ""
	if len(p.parts) > 0 {
		boundary = strings.ToLower(base32.StdEncoding.EncodeToString(random(15)))
		p.fields[0] += "; boundary=" + boundary
	}
	for _, f := range p.fields {
		b.WriteString(f + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(p.content)
	for _, inner := range p.parts {
		fmt.Fprintf(&b, "--%s\r\n%s\r\n", boundary, inner.bytes())
	}
	if boundary != "" {
		fmt.Fprintf(&b, "--%s--\r\n", boundary)
	}
	return b.Bytes()
}

// encodeHeader encodes a subject (RFC 2047), folded between encoded words.
func encodeHeader(s string) string {
	return strings.ReplaceAll(mime.QEncoding.Encode("utf-8", s), "?= =?", "?=\r\n =?")
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: crypto/rand
	return b
}
