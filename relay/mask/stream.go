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
	slash    bool // a backslash comes before it, which quotes it or parts it from others
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
		return glyph{s.from, s.to, s.tag && offset == 0, s.slash && offset == 0}
	}
	return glyph{s.from + offset, s.from + offset + 1, s.tag && offset == 0, s.slash && offset == 0}
}

// parts tells whether a word can end before octet i, whatever that is.
func (o *origin) parts(i int) bool {
	g := o.at(i)
	return g.tag || g.slash
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
	tagged  bool // markup came after the last octet
	slashed bool // a backslash did
	coded   bool // as a backslash is in code
}

func (s *stream) reset(size int) {
	s.text, s.spans, s.near = slices.Grow(s.text[:0], size), s.spans[:0], 0
	s.tagged, s.slashed = false, false
}

// put appends an octet. Percent-encoding (RFC 3986 §2.1) is undone as soon as
// its second digit arrives, so that it may be nested, and its characters may
// be written as entities.
func (s *stream) put(c byte, from, to int32) {
	s.spans = append(s.spans, span{int32(len(s.text)), false, glyph{from, to, s.tagged, s.slashed}})
	s.text = append(s.text, c)
	s.tagged, s.slashed = false, false
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
	s.tagged, s.slashed = first.tag, first.slash
	s.put(lower(b), first.from, last.to)
}

// putAll appends octets that stand for themselves and for one octet of the
// source each.
func (s *stream) putAll(text []byte, from int32) {
	first := len(s.text)
	s.spans = append(s.spans, span{int32(first), true, glyph{from, from + 1, s.tagged, s.slashed}})
	s.tagged, s.slashed = false, false
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
// soft hyphens, zero-width characters, marks of direction, variants, tags,
// which are what Unicode says may be ignored (UAX #44, but for the fillers of
// Hangul, which take room) and its annotations.
func isInvisible(r rune) bool {
	switch {
	case r < 0x180b:
		return r == 0xad || r == 0x34f || r == 0x61c
	case r < 0xfe00:
		return r <= 0x180f || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f
	}
	return r <= 0xfe0f || r == 0xfeff || r >= 0xfff0 && r <= 0xfffb ||
		r >= 0x1bca0 && r <= 0x1bca3 || r >= 0x1d173 && r <= 0x1d17a || r >= 0xe0000 && r <= 0xe0fff
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
