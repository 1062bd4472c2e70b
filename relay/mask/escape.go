package mask

import (
	"bytes"
	"html"
	"unicode"
	"unicode/utf8"
)

// maxEntity is the length of the longest named character reference of HTML.
const maxEntity = 33

// entity reads a character reference, HTML §13.5, with its semicolon; those by
// number may lack it.
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

// nestedEntity reads a character reference whose ampersand may be written as
// one, as in the srcdoc of a frame: &amp;#64;.
func nestedEntity(b []byte) (rune, int) {
	r, size := entity(b)
	for size > 0 && r == '&' {
		var inner [maxEntity + 1]byte
		inner[0] = '&'
		next, n := entity(inner[:1+copy(inner[1:], b[size:])])
		if n == 0 {
			break
		}
		r, size = next, size+n-1
	}
	return r, size
}

// maxBare is the length of the longest name that may lack its semicolon, with
// the ampersand: &Agrave.
const maxBare = 7

// bareEntity reads a character reference by name that lacks its semicolon, as
// those of HTML 4 may: text after it is text, but in an attribute it is a part
// of the name, HTML §13.2.5.73.
func bareEntity(b []byte, attribute bool) (rune, int) {
	end := 1
	for end < min(len(b), maxBare) && isAlnum(lower(b[end])) {
		end++
	}
	text := html.UnescapeString(string(b[:end]))
	if len(text) == end { // each of them is shorter than its name
		return 0, 0
	}
	r, size := utf8.DecodeRuneInString(text)
	next := end - len(text) + size
	if attribute && next < len(b) && (b[next] == '=' || isAlnum(lower(b[next]))) {
		return 0, 0
	}
	return r, next
}

func numericEntity(b []byte) (rune, int) {
	i, base := 2, rune(10)
	if b[i] == 'x' || b[i] == 'X' {
		i, base = 3, 16
	}
	r, n := number(b[i:], base)
	if n == 0 || r > unicode.MaxRune || r == 0 {
		return 0, 0
	}
	i += n
	if i < len(b) && b[i] == ';' {
		i++
	}
	return r, i
}

// escape reads what a backslash begins: \u0040 as in JSON, \u64? and \'40 as in
// RTF, \u{40} and \x40 as in scripts, \40 as in style sheets, \n as in calendars.
func escape(b []byte, styled bool) (rune, int) {
	if len(b) < 2 {
		return 0, 0
	}
	switch b[1] {
	case 'u':
		return unicodeEscape(b)
	case 'x', '\'':
		if len(b) < 4 {
			return 0, 0
		}
		c, ok := unhex(b[2], b[3])
		if !ok || c <= ' ' || b[1] == 'x' && c >= 0x7f {
			return 0, 0
		}
		return rune(c), 4
	case 'n', 'N', 'r', 't':
		return ' ', 2
	}
	if styled {
		return styleEscape(b)
	}
	return 0, 0
}

// unicodeEscape reads \u0040, \u{40}, and the decimal \u64 of RTF with the
// character after it, for readers that know no Unicode.
func unicodeEscape(b []byte) (rune, int) {
	if len(b) >= 6 {
		hi, okHi := unhex(b[2], b[3])
		lo, okLo := unhex(b[4], b[5])
		if okHi && okLo {
			return rune(hi)<<8 | rune(lo), 6
		}
	}
	if len(b) > 2 && b[2] == '{' {
		r, n := number(b[3:min(len(b), 9)], 16)
		if n > 0 && len(b) > 3+n && b[3+n] == '}' {
			return r, n + 4
		}
		return 0, 0
	}
	r, n := number(b[2:min(len(b), 7)], 10)
	if n == 0 {
		return 0, 0
	}
	n += 2
	if n < len(b) && b[n] == ' ' {
		n++
	}
	switch {
	case n < len(b) && (b[n] == '?' || rune(b[n]) == r):
		n++
	case n+4 <= len(b) && b[n] == '\\' && b[n+1] == '\'':
		n += 4
	}
	return r, n
}

// styleEscape reads \40 and the white space that ends it, CSS Syntax §4.3.7.
// Only printable ASCII is read: what follows a backslash in ordinary text is
// rarely that.
func styleEscape(b []byte) (rune, int) {
	r, n := number(b[1:min(len(b), 7)], 16)
	if n < 2 || r <= ' ' || r >= 0x7f {
		return 0, 0
	}
	n++
	if n+1 < len(b) && b[n] == '\r' && b[n+1] == '\n' {
		return r, n + 2
	}
	if n < len(b) && (b[n] == ' ' || b[n] == '\t' || b[n] == '\n' || b[n] == '\f') {
		n++
	}
	return r, n
}

// number reads the digits that b starts with, and returns how many there are.
func number(b []byte, base rune) (rune, int) {
	r, n := rune(0), 0
	for ; n < len(b) && r <= unicode.MaxRune; n++ {
		d, ok := hexDigit(b[n])
		if !ok || rune(d) >= base {
			break
		}
		r = r*base + rune(d)
	}
	return r, n
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
