package oracle

import (
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"net/url"
	"strings"
	"unicode/utf16"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// forms are the ways to write text that templates know: functions of a string.
var forms = map[string]any{
	"upper":    strings.ToUpper,
	"title":    alternate,
	"local":    func(s string) string { l, _, _ := strings.Cut(s, "@"); return l },
	"percent":  url.QueryEscape,
	"percents": func(s string) string { return each(s, "%%%02X") },
	"decimal":  func(s string) string { return each(s, "&#%d;") },
	"zeros":    func(s string) string { return each(s, "&#%07d;") },
	"hexes":    func(s string) string { return each(s, "&#x%x;") },
	"HEXES":    func(s string) string { return each(s, "&#X%04X;") },
	"quoteds":  func(s string) string { return each(s, "=%02X") },
	"css":      func(s string) string { return each(s, `\%x `) },
	"js":       func(s string) string { return each(s, `\x%02x`) },
	"json":     func(s string) string { return each(s, `\u%04x`) },
	"rtf":      func(s string) string { return each(s, `\'%02x`) },
	"escape":   html.EscapeString,
	"between":  func(cut, s string) string { return strings.Join(strings.Split(s, ""), cut) },
	"at":       func(sign, s string) string { return strings.ReplaceAll(s, "@", sign) },
	"dot":      func(sign, s string) string { return strings.ReplaceAll(s, ".", sign) },
	"replace":  func(old, new, s string) string { return strings.ReplaceAll(s, old, new) },
	"wide":     func(s string) string { return shift(s, '!', '~', 0xff01) },
	"maths":    func(s string) string { return shift(s, 'a', 'z', 0x1d41a) },
	"base64":   func(s string) string { return base64Lines(string(crlf(s))) },
	"octets":   base64Lines,
	"utf16":    utf16Of,
	"oneline":  func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"unpadded": func(s string) string { return base64.RawStdEncoding.EncodeToString(crlf(s)) },
	"quoted":   func(s string) string { return quotedLines(string(crlf(s))) },
	"uu":       func(s string) string { return uuencode(string(crlf(s))) },
	"bword":    func(s string) string { return mime.BEncoding.Encode("utf-8", "é "+s) },
	"qword":    func(s string) string { return "=?utf-8?Q?" + strings.ReplaceAll(each(s, "=%02X"), "=20", "_") + "?=" },
	"words":    splitWords,
	"words16": func(s string) string {
		return "=?utf-16?B?" + base64.StdEncoding.EncodeToString([]byte(utf16Of(s))) + "?="
	},
	"extended": func(s string) string { return "utf-8''" + url.PathEscape(s) },
	"pieces":   pieces,
	"fold":     func(n int, s string) string { return strings.Join(chunks(s, n), "\n ") },
	"indent": func(mark, s string) string {
		return mark + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n"+mark) + "\n"
	},
	"repeat":     func(n int, s string) string { return strings.Repeat(s, n) },
	"backslash":  backslashed,
	"cutat":      func(n int, cut, s string) string { return s[:n] + cut + s[n:] },
	"before":     func(sep, s string) string { b, _, _ := strings.Cut(s, sep); return b },
	"runes":      func(s string) string { return eachRune(s) },
	"unicode":    func(s string) string { return ofDomain(s, idna.Punycode.ToUnicode) },
	"ascii":      func(s string) string { return ofDomain(s, idna.Punycode.ToASCII) },
	"decomposed": norm.NFD.String,
	"after":      func(sep, s string) string { _, a, _ := strings.Cut(s, sep); return a },
}

// each writes every octet of s by a format.
func each(s, format string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, format, s[i])
	}
	return b.String()
}

// eachRune writes every character as a reference by its number.
func eachRune(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "&#%d;", r)
	}
	return b.String()
}

// ofDomain changes the domain of an address.
func ofDomain(s string, change func(string) (string, error)) string {
	local, host, _ := strings.Cut(s, "@")
	if h, err := change(host); err == nil {
		host = h
	}
	return local + "@" + host
}

// shift moves the characters from first to last to others.
func shift(s string, first, last, to rune) string {
	return strings.Map(func(r rune) rune {
		if r >= first && r <= last {
			return r - first + to
		}
		return r
	}, s)
}

// backslashed puts a backslash (RFC 5322 §3.2.1) before the first letter that
// means nothing else behind one.
func backslashed(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("nrtuxabcdef0123456789", r) })
	return s[:max(i, 0)] + `\` + s[max(i, 0):]
}

// alternate writes every other letter as a capital.
func alternate(s string) string {
	b := []byte(strings.ToLower(s))
	for i := 0; i < len(b); i += 2 {
		b[i] = strings.ToUpper(string(b[i]))[0]
	}
	return string(b)
}

func chunks(s string, n int) []string {
	var list []string
	for len(s) > n {
		list, s = append(list, s[:n]), s[n:]
	}
	return append(list, s)
}

// base64Lines encodes octets in lines of 76, RFC 2045 §6.8.
func base64Lines(s string) string {
	return strings.Join(chunks(base64.StdEncoding.EncodeToString([]byte(s)), 76), "\r\n") + "\r\n"
}

// quotedLines encodes octets as quoted-printable, RFC 2045 §6.7.
func quotedLines(s string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil || w.Close() != nil {
		panic("oracle: a strings.Builder failed")
	}
	return b.String()
}

// uuencode encodes octets as POSIX uuencode does.
func uuencode(s string) string {
	char := func(b byte) byte {
		if b &= 0x3f; b == 0 {
			return '`'
		}
		return b + ' '
	}
	var b strings.Builder
	b.WriteString("begin 644 notes.txt\n")
	for _, line := range chunks(s, 45) {
		b.WriteByte(char(byte(len(line))))
		for _, three := range chunks(line, 3) {
			three += "\x00\x00"
			b.Write([]byte{char(three[0] >> 2), char(three[0]<<4 | three[1]>>4), char(three[1]<<2 | three[2]>>6), char(three[2])})
		}
		b.WriteByte('\n')
	}
	return b.String() + "`\nend\n"
}

// splitWords writes text as encoded words of a few octets each, RFC 2047 §6.2.
func splitWords(s string) string {
	var words []string
	for i, piece := range chunks(s, 5) {
		if i%2 == 0 {
			words = append(words, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(piece))+"?=")
		} else {
			words = append(words, "=?iso-8859-1?q?"+each(piece, "=%02x")+"?=")
		}
	}
	return strings.Join(words, "\n ")
}

// pieces writes a parameter in continuations, every other one percent-encoded,
// RFC 2231 §3 and §4.1.
func pieces(name, s string) string {
	var list []string
	for i, piece := range chunks(s, 4) {
		switch {
		case i == 0:
			list = append(list, fmt.Sprintf("%s*0*=utf-8'en'%s", name, each(piece, "%%%02x")))
		case i%2 == 1:
			list = append(list, fmt.Sprintf("%s*%d=%q", name, i, piece))
		default:
			list = append(list, fmt.Sprintf("%s*%d*=%s", name, i, each(piece, "%%%02X")))
		}
	}
	return strings.Join(list, ";\n ")
}

// utf16Of returns UTF-16 in network order with its mark.
func utf16Of(s string) string {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}
