package mask

import (
	"bytes"
	"html"
	"unicode"
	"unicode/utf8"
)

// maxEntity is the length of the longest named character reference of HTML.
const maxEntity = 33

// entity reads a character reference, HTML §13.5; those by number may lack
// their semicolon.
func entity(b []byte) (rune, int) {
	if len(b) > 3 && b[1] == '#' {
		return numericEntity(b)
	}
	end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
	if end < 3 {
		return 0, 0
	}
	for _, c := range b[1:end] {
		if !isAlnum(lower(c)) {
			return 0, 0
		}
	}
	text := html.UnescapeString(string(b[:end+1]))
	r, size := utf8.DecodeRuneInString(text)
	if size != len(text) {
		return 0, 0
	}
	return r, end + 1
}

func numericEntity(b []byte) (rune, int) {
	i, base := 2, rune(10)
	if b[i] == 'x' || b[i] == 'X' {
		i, base = 3, 16
	}
	r, start := rune(0), i
	for ; i < len(b) && r <= unicode.MaxRune; i++ {
		d, ok := hexDigit(b[i])
		if !ok || rune(d) >= base {
			break
		}
		r = r*base + rune(d)
	}
	if i == start || r > unicode.MaxRune || r == 0 {
		return 0, 0
	}
	if i < len(b) && b[i] == ';' {
		i++
	}
	return r, i
}

// quotedInValue reads an escape of quoted-printable inside a vCard 2.1 value;
// a soft line break gives no octet.
func quotedInValue(b []byte) (int, byte) {
	switch {
	case len(b) >= 2 && b[1] == '\n':
		return 2, 0
	case len(b) >= 3 && b[1] == '\r' && b[2] == '\n':
		return 3, 0
	case len(b) >= 3:
		if v, ok := unhex(b[1], b[2]); ok && v != 0 {
			return 3, v
		}
	}
	return 0, 0
}

func unhex(hi, lo byte) (byte, bool) {
	h, okH := hexDigit(hi)
	l, okL := hexDigit(lo)
	return h<<4 | l, okH && okL
}

func hexDigit(c byte) (byte, bool) {
	switch c = lower(c); {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	}
	return 0, false
}
