package mask

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"mentorrelay/parser/message"
)

// script is how the octets of a text part become characters.
type script struct {
	table   *charmap.Charmap  // one octet, one character
	double  func(c byte) bool // tells the first octet of two
	escapes bool              // ISO-2022: escape sequences switch to octets that are no ASCII
	recode  encoding.Encoding // no superset of ASCII: to be decoded as a whole
}

// scriptOf reads a charset label. What is unknown is searched as if it were
// UTF-8: an address is ASCII in nearly every charset there is.
func scriptOf(label string, m *matcher) script {
	e := message.Charset(label)
	if e == nil {
		return script{}
	}
	if probe, err := e.NewEncoder().String("a@z."); err != nil || probe != "a@z." {
		return script{recode: e}
	}
	if table, ok := e.(*charmap.Charmap); ok {
		return script{table: table}
	}
	if !m.ascii {
		return script{recode: e}
	}
	switch e {
	case japanese.ISO2022JP:
		return script{escapes: true}
	case japanese.ShiftJIS:
		return script{double: func(c byte) bool { return c >= 0x81 && c <= 0x9f || c >= 0xe0 }}
	}
	return script{double: func(c byte) bool { return c >= 0x81 }}
}

// isUTF16 tells whether a charset label leaves the order of octets open.
func isUTF16(label string) bool {
	return strings.EqualFold(label, "utf-16") || strings.EqualFold(label, "utf16")
}

// utf16Of returns which UTF-16 a text is in that begins with head, or nil. Of
// one without byte order mark, most high octets are zero if it is of a language
// in Latin letters.
func utf16Of(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	var octets [2][]byte
	for i, c := range head[:len(head)&^1] {
		octets[i&1] = append(octets[i&1], c)
	}
	for i, endian := range []unicode.Endianness{unicode.BigEndian, unicode.LittleEndian} {
		high, low := octets[i], octets[1-i]
		if len(low) >= 4 && isText(low) && bytes.Count(high, []byte{0}) >= len(high)*3/4 {
			return unicode.UTF16(endian, unicode.IgnoreBOM)
		}
	}
	return nil
}

// isUTF8 tells whether the octets can be read as they are.
func (s script) isUTF8() bool { return s.table == nil && s.double == nil && !s.escapes }

// isSingle tells whether an ASCII octet is always an ASCII character.
func (s script) isSingle() bool { return s.double == nil && !s.escapes && s.recode == nil }

// source reads the octets of a window: the quoted-printable they are in, and
// their charset. It keeps its buffers from one window to the next.
type source struct {
	script
	quoted bool // quoted-printable, RFC 2045 §6.7
	text   []byte
	origin
	alien bool // ISO-2022: the octets are no ASCII
}

// read returns the window as UTF-8, with where its octets come from.
func (s *source) read(window []byte) ([]byte, *origin) {
	s.alien = false // a window begins after white space, where ISO-2022 is in ASCII
	s.text, s.spans = s.text[:0], s.spans[:0]
	if !s.quoted && s.isUTF8() {
		return window, &s.origin
	}
	for i := 0; i < len(window); {
		c, size := window[i], 1
		if s.quoted && c == '=' {
			var ok bool
			if size, c, ok = message.QuotedEscape(window[i:]); size == 0 {
				c, size, ok = '=', 1, true
			}
			if !ok {
				i += size
				continue
			}
		}
		i += s.octet(c, window, i, i+size)
	}
	return s.text, &s.origin
}

// octet takes in one octet, which stands in the window from i to next, and
// returns how much of the window it and the rest of its character take.
func (s *source) octet(c byte, window []byte, i, next int) int {
	from, to := int32(i), int32(next)
	switch {
	case s.escapes && c == 0x1b:
		s.alien = !bytes.HasPrefix(window[next:], []byte("(B")) && !bytes.HasPrefix(window[next:], []byte("(J"))
		if next+2 <= len(window) {
			to += 2
		}
		return int(to - from)
	case s.escapes && s.alien && c > ' ':
		s.put(opaque, from, to)
	case c < utf8.RuneSelf || s.isUTF8():
		s.put(c, from, to)
	case s.table != nil:
		s.putRune(s.table.DecodeByte(c), from, to)
	case s.double(c) && next < len(window):
		if s.quoted && window[next] == '=' {
			if size, _, _ := message.QuotedEscape(window[next:]); size > 0 {
				to += int32(size - 1)
			}
		}
		s.put(opaque, from, to+1)
		return int(to + 1 - from)
	default:
		s.put(opaque, from, to)
	}
	return int(to - from)
}

// opaque stands for a character that no address holds.
const opaque = '\v'

// put appends an octet. One that comes from one octet goes with those before.
func (s *source) put(c byte, from, to int32) {
	each := to == from+1
	if n := len(s.spans); !each || n == 0 || !s.spans[n-1].each || s.spans[n-1].from+int32(len(s.text))-s.spans[n-1].first != from {
		s.spans = append(s.spans, span{int32(len(s.text)), each, glyph{from: from, to: to}})
	}
	s.text = append(s.text, c)
}

func (s *source) putRune(r rune, from, to int32) {
	var b [utf8.UTFMax]byte
	for _, c := range b[:utf8.EncodeRune(b[:], r)] {
		s.put(c, from, to)
	}
}
