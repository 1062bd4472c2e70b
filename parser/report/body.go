package report

import (
	"html"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"mentorrelay/parser/message"
)

// What is read of a report. A server says what it has to say at the top; what
// follows is the message it returns.
const (
	maxText  = 64 << 10 // octets of one part
	maxTexts = 8        // parts that hold text
)

// A body is the texts of a report by what they are.
type body struct {
	src     io.ReaderAt
	root    *message.Part
	subject string // folded

	text        string // for people, lines kept
	raw         string // the first text as it came
	status      string // RFC 3464 §2.1
	feedback    string // RFC 5965 §3
	disposition string // RFC 8098 §3
	texts       int
	returned    bool // the returned message, or its header, was met
}

// collect gathers the texts of a part and those below it. The returned
// message is not looked into, and what stands after it as text is its own. A
// multipart whose delimiters got lost is text.
func (b *body) collect(p *message.Part) {
	if b.texts >= maxTexts {
		return
	}
	switch {
	case p.MediaType == "message/delivery-status", p.MediaType == "message/global-delivery-status":
		b.status += b.read(p) + "\n\n"
	case p.MediaType == "message/feedback-report":
		b.feedback += b.read(p)
	case strings.HasSuffix(p.MediaType, "disposition-notification"):
		b.disposition += b.read(p)
	case p.MediaType == "message/rfc822", p.MediaType == "message/global", strings.HasSuffix(p.MediaType, "rfc822-headers"):
		b.returned = true
	case len(p.Children) > 0:
		for _, c := range p.Children {
			b.collect(c)
		}
	case (strings.HasPrefix(p.MediaType, "text/") || strings.HasPrefix(p.MediaType, "multipart/")) && !b.returned && b.status == "":
		b.add(p)
	}
}

func (b *body) add(p *message.Part) {
	s := b.read(p)
	if b.raw == "" {
		b.raw = s
	}
	if p.MediaType == "text/html" {
		if b.text != "" {
			return // the alternative of a text read already
		}
		s = untag(s)
	}
	b.text += s + "\n"
}

// read returns the text of a part in UTF-8, as far as it is of interest.
func (b *body) read(p *message.Part) string {
	b.texts++
	raw, _ := io.ReadAll(io.LimitReader(p.Open(b.src), maxText))
	if e := message.Charset(p.Params["charset"]); e != nil {
		if s, err := e.NewDecoder().Bytes(raw); err == nil {
			raw = s
		}
	}
	s := strings.ToValidUTF8(string(raw), "?")
	return strings.ReplaceAll(s, "\r", "")
}

// untag returns the text of an HTML page: enough to read what a server says
// in one.
func untag(s string) string {
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		out.WriteString(s[:i])
		s = s[i:]
		end := strings.IndexByte(s, '>')
		if end < 0 {
			s = ""
			break
		}
		tag := strings.ToLower(s[1:end])
		s = s[end+1:]
		name, _, _ := strings.Cut(tag, " ")
		switch name {
		case "style", "script":
			if i := strings.Index(s, "</"); i >= 0 {
				s = s[i:]
			}
		case "br", "br/", "/p", "/div", "/td", "/tr", "/h1", "/h2", "/h3", "/li", "/title":
			out.WriteByte('\n')
		}
	}
	out.WriteString(s)
	return html.UnescapeString(out.String())
}

// fold returns a text in lower case, without accents, with plain quotation
// marks and single spaces: the form that all tables of phrases are in.
func fold(s string) string {
	if ascii(s) {
		return foldASCII(s)
	}
	accents := runes.Remove(runes.Predicate(func(r rune) bool { return r >= 0x300 && r <= 0x36f }))
	if t, _, err := transform.String(transform.Chain(norm.NFD, accents, norm.NFC), s); err == nil {
		s = t
	}
	space := true
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' {
			if space {
				return -1
			}
			space = true
			return ' '
		}
		space = false
		switch r {
		case '’', '‘', '`', '´':
			return '\''
		case '“', '”', '«', '»':
			return '"'
		case '–', '—', '‐', '‑':
			return '-'
		}
		return unicode.ToLower(r)
	}, s)
	return strings.TrimSuffix(strings.ReplaceAll(s, "ß", "ss"), " ")
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// foldASCII does the same where there is nothing but ASCII, as in most
// reports, and in a tenth of the time.
func foldASCII(s string) string {
	out := make([]byte, 0, len(s))
	space := true
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ' || c >= '\t' && c <= '\r':
			if space {
				continue
			}
			c = ' '
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c == '`':
			c = '\''
		}
		space = c == ' '
		out = append(out, c)
	}
	return strings.TrimSuffix(string(out), " ")
}
