package mask

import (
	"strings"
	"unicode/utf8"

	"mentorrelay/parser/message"
)

// maxFold is the line length that header fields are folded at, and maxLine
// the one that no line may exceed, RFC 5322 §2.1.1.
const (
	maxFold = 78
	maxLine = 998
)

// appendField appends a header field whose value is ready to be written: it is
// folded at its spaces, RFC 5322 §2.2.3, and can't end the field before time,
// whatever it holds.
func appendField(b []byte, name, value string) []byte {
	b = append(b, name...)
	b = append(b, ':')
	column := len(name) + 1
	for _, word := range strings.Split(clean(value), " ") {
		if word == "" {
			continue
		}
		if column+1+len(word) > maxFold && column > len(name)+1 {
			b = append(b, '\r', '\n')
			column = 0
		}
		b = append(b, ' ')
		b = append(b, word...)
		column += 1 + len(word)
	}
	return append(b, '\r', '\n')
}

// appendRaw appends a field as it stands in the source, its line breaks made
// CRLF.
func appendRaw(b []byte, f message.Field) []byte {
	b = append(b, f.Name...)
	b = append(b, ':')
	raw := f.Raw
	for {
		line, rest, more := strings.Cut(raw, "\n")
		b = append(b, strings.TrimSuffix(line, "\r")...)
		b = append(b, '\r', '\n')
		if !more {
			return b
		}
		raw = rest
	}
}

// isWritable tells whether a field can be written as it stands: ASCII without
// controls, no line too long, none of white space only.
func isWritable(f message.Field) bool {
	line, blank := len(f.Name)+1, f.Raw == "" || f.Raw == "\r"
	for i := range len(f.Raw) {
		c := f.Raw[i]
		switch {
		case c == '\n':
			if blank {
				return false
			}
			line, blank = -1, true
		case c == '\r' && (i+1 == len(f.Raw) || f.Raw[i+1] == '\n'):
		case c < ' ' && c != '\t', c >= 0x7f:
			return false
		case c != ' ' && c != '\t':
			blank = false
		}
		if line++; line > maxLine {
			return false
		}
	}
	return !blank
}

// clean makes spaces of line breaks and other controls, and valid UTF-8 of the
// rest. What is searched for addresses is cleaned before, so that cleaning
// can't put one together.
func clean(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return isControl(r) || r == utf8.RuneError }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func isControl(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 }

// encodeText returns unstructured text for a header, RFC 2047 where it must.
func encodeText(s string) string {
	if s = clean(s); isPlain(s) {
		return s
	}
	return encodeWords(s)
}

// maxWord is how much text an encoded word holds: with it the longest of the
// field names here fits on one line.
const maxWord = 44

// encodeWords returns text as encoded words in the Q encoding, RFC 2047 §4.2,
// in the letters that a phrase can hold, §5 (3).
func encodeWords(s string) string {
	var b strings.Builder
	size := maxWord + 1
	for _, r := range s {
		char := encodeQ(r)
		if size+len(char) > maxWord {
			if b.Len() > 0 {
				b.WriteString("?= ")
			}
			b.WriteString("=?utf-8?q?")
			size = 0
		}
		b.WriteString(char)
		size += len(char)
	}
	return b.String() + "?="
}

func encodeQ(r rune) string {
	switch {
	case r == ' ':
		return "_"
	case r < utf8.RuneSelf && (isAlnum(lower(byte(r))) || strings.ContainsRune("!*+-/", r)):
		return string(r)
	}
	var b strings.Builder
	for _, c := range []byte(string(r)) {
		b.WriteString("=" + string(upperHex[c>>4]) + string(upperHex[c&15]))
	}
	return b.String()
}

const upperHex = "0123456789ABCDEF"

// isPlain tells whether text can stand in a header as it is: ASCII, no word
// that folding can't help, and nothing that would be read as an encoded word.
func isPlain(s string) bool {
	word := 0
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
		if word++; s[i] == ' ' {
			word = 0
		}
		if word > maxLine/2 {
			return false
		}
	}
	return !strings.Contains(s, "=?")
}

// formatAddress returns one mailbox, RFC 5322 §3.4.
func formatAddress(a Address) string {
	addr := "<" + formatAddr(a.Addr) + ">"
	name := strings.TrimSpace(clean(a.Name))
	switch {
	case name == "":
		return addr
	case !isPlain(name):
		return encodeText(name) + " " + addr
	case isPhrase(name):
		return name + " " + addr
	}
	return quote(name) + " " + addr
}

// formatAddr returns an addr-spec without anything that could leave it, the
// local part quoted where it must be.
func formatAddr(addr string) string {
	addr = strings.Map(func(r rune) rune {
		if isControl(r) || r == '<' || r == '>' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(addr, "\uFFFD"))
	at := strings.LastIndexByte(addr, '@')
	if at < 0 {
		return strings.ReplaceAll(addr, " ", "")
	}
	local, domain := unquoted(strings.TrimSpace(addr[:at])), strings.ReplaceAll(addr[at:], " ", "")
	if local == "" || strings.ContainsAny(local, " \"(),:;@[]\\") {
		local = quote(local)
	}
	return local + domain
}

// unquoted returns what a local part says, if it is a quoted-string.
func unquoted(local string) string {
	if len(local) < 2 || local[0] != '"' || local[len(local)-1] != '"' {
		return local
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(local[1 : len(local)-1])
}

// isPhrase tells whether a name is atoms and spaces only.
func isPhrase(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool {
		return r != ' ' && !isAtext(r)
	})
}

// isAtext is RFC 5322 §3.2.3.
func isAtext(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		r < utf8.RuneSelf && strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
}

// quote returns a quoted-string, RFC 5322 §3.2.4.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// formatParams returns a Content-Type or Content-Disposition value.
func formatParams(kind string, params []message.Param) string {
	var b strings.Builder
	b.WriteString(kind)
	for _, p := range params {
		for _, piece := range formatParam(p) {
			b.WriteString("; ")
			b.WriteString(piece)
		}
	}
	return b.String()
}

// maxParam keeps a parameter on one line.
const maxParam = 60

// formatParam returns name=value: a token, a quoted-string, or, where the value
// is not ASCII or too long, the pieces of RFC 2231 §3 and §4.
func formatParam(p message.Param) []string {
	value := clean(p.Value)
	switch {
	case p.Name == "boundary" || len(value) <= maxParam && isPlain(value):
		if isToken2045(value) {
			return []string{p.Name + "=" + value}
		}
		return []string{p.Name + "=" + quote(value)}
	case len(value)*3 <= maxParam:
		return []string{p.Name + "*=utf-8''" + percent(value)}
	}
	var pieces []string
	piece := "utf-8''"
	for _, r := range value {
		char := percent(string(r))
		if len(piece)+len(char) > maxParam {
			pieces = append(pieces, continued(p.Name, len(pieces), piece))
			piece = ""
		}
		piece += char
	}
	return append(pieces, continued(p.Name, len(pieces), piece))
}

func continued(name string, n int, piece string) string {
	digits := string(rune('0' + n%10))
	for n /= 10; n > 0; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	return name + "*" + digits + "*=" + piece
}

// isToken2045 is the token of RFC 2045 §5.1.
func isToken2045(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`()<>@,;:\"/[]?=`, r)
	})
}

// percent encodes what is no attribute-char, RFC 2231 §7.
func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if isToken2045(s[i:i+1]) && c != '*' && c != '\'' && c != '%' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(upperHex[c>>4])
		b.WriteByte(upperHex[c&15])
	}
	return b.String()
}
