package mask

import (
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"
)

// A glyph is where in the source a character of plain text comes from.
type glyph struct {
	from, to int32
	tag      bool // markup comes before it
}

// A span is where some neighbouring octets of text come from.
type span struct {
	first int32 // index of the first one
	each  bool  // one octet of the source each, from glyph.from on; otherwise all come from the glyph
	glyph
}

// origin tells where the octets of a text come from. The zero value is that of
// a text which is the source itself.
type origin struct {
	spans []span
	near  int // the span that was looked up last
}

// at returns where octet i comes from.
func (o *origin) at(i int) glyph {
	if len(o.spans) == 0 {
		return glyph{from: int32(i), to: int32(i) + 1}
	}
	k := o.near
	if k >= len(o.spans) || o.spans[k].first > int32(i) || k+1 < len(o.spans) && o.spans[k+1].first <= int32(i) {
		k = sort.Search(len(o.spans), func(k int) bool { return o.spans[k].first > int32(i) }) - 1
		o.near = k
	}
	s := o.spans[k]
	offset := int32(i) - s.first
	if !s.each {
		return glyph{s.from, s.to, s.tag && offset == 0}
	}
	return glyph{s.from + offset, s.from + offset + 1, s.tag && offset == 0}
}

// truncate forgets the octets from n on.
func (o *origin) truncate(n int) {
	k := len(o.spans)
	for k > 0 && o.spans[k-1].first >= int32(n) {
		k--
	}
	o.spans = o.spans[:k]
}

// A stream is text in lower case without any encoding, and where it comes from.
type stream struct {
	text []byte
	origin
	tagged bool // markup came after the last octet
}

func (s *stream) reset(size int) {
	s.text, s.spans, s.near, s.tagged = slices.Grow(s.text[:0], size), s.spans[:0], 0, false
}

// put appends an octet. Percent-encoding (RFC 3986 §2.1) is undone as soon as
// its second digit arrives, so that it may be nested, and its characters may
// be written as entities.
func (s *stream) put(c byte, from, to int32) {
	s.spans = append(s.spans, span{int32(len(s.text)), false, glyph{from, to, s.tagged}})
	s.text = append(s.text, c)
	s.tagged = false
	if n := len(s.text); n >= 3 && s.text[n-3] == '%' {
		s.unescape()
	}
}

// unescape makes one octet of the three that end the text, if they are %XX.
func (s *stream) unescape() {
	n := len(s.text) - 3
	b, ok := unhex(s.text[n+1], s.text[n+2])
	if !ok {
		return
	}
	first, last := s.at(n), s.at(n+2)
	s.truncate(n)
	s.text = s.text[:n]
	s.tagged = first.tag
	s.put(lower(b), first.from, last.to)
}

// putAll appends octets that stand for themselves and for one octet of the
// source each.
func (s *stream) putAll(text []byte, from int32) {
	first := len(s.text)
	s.spans = append(s.spans, span{int32(first), true, glyph{from, from + 1, s.tagged}})
	s.tagged = false
	s.text = append(s.text, text...)
	for i, c := range s.text[first:] {
		if c >= 'A' && c <= 'Z' {
			s.text[first+i] = c + 'a' - 'A'
		}
	}
}

func (s *stream) putRune(r rune, from, to int32) {
	if isInvisible(r) {
		return
	}
	r = plainRune(r)
	if r < utf8.RuneSelf {
		s.put(lower(byte(r)), from, to)
		return
	}
	var b [utf8.UTFMax]byte
	for _, c := range b[:utf8.EncodeRune(b[:], unicode.ToLower(r))] {
		s.put(c, from, to)
	}
}

// isInvisible tells whether a character shows nothing and separates nothing:
// soft hyphens, zero-width characters, marks of direction, variants.
func isInvisible(r rune) bool {
	return r == 0xad || r == 0x34f || r == 0x61c || r == 0x180e || r >= 0x200b && r <= 0x200f ||
		r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r >= 0xfe00 && r <= 0xfe0f || r == 0xfeff
}

// isHidden tells whether a control character shows and separates nothing.
func isHidden(c byte) bool { return c < ' ' && (c < '\t' || c > '\r') || c == 0x7f }

// plainRune returns the ASCII character for the wide, small and ideographic
// forms of it, RFC 5895 §2.
func plainRune(r rune) rune {
	switch {
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xff01 + '!'
	case r == 0xfe6b:
		return '@'
	case r == 0x3002 || r == 0xff61 || r == 0xfe52:
		return '.'
	case r == 0xa0 || r >= 0x2000 && r <= 0x200a || r == 0x202f || r == 0x3000:
		return ' '
	}
	return r
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
