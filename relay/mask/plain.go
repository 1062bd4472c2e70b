package mask

import (
	"bytes"
	"unicode/utf8"
)

// The places in markup that text can be in.
type place int

const (
	inText place = iota
	inTag
	inComment
)

// plainer reads a window of a text part as plain text. What stands inside tags
// and comments is a stream of its own, so that neither cuts the other.
type plainer struct {
	markup bool // HTML and its kin
	folded bool // lines are folded as in RFC 5545 §3.1 and RFC 6350 §3.2
	vcard  bool // may hold quoted-printable values, as vCard 2.1 has them
	styled bool // may hold escapes of style sheets
	rtf    bool // RTF
	coded  bool // JSON or a script: \n is a line break, and \\ a backslash
	delSp  bool // a space before a line break is no part of the text, RFC 3676 §4.1

	special       [256]bool // octets that do not always stand for themselves
	shown, hidden stream
	place         place
	cut           int32 // where the window can end without cutting a word, at most limit
	cutPlace      place
	limit         int32

	in   []byte
	from *origin // of in
	span int     // of from, that i is in
}

// prepare notes which octets need a look.
func (p *plainer) prepare() {
	p.shown.coded, p.hidden.coded = p.coded, p.coded
	for c := range p.special {
		p.special[c] = c >= utf8.RuneSelf || isHidden(byte(c))
	}
	p.special['%'], p.special['&'], p.special['\\'] = true, true, true
	p.special['<'], p.special['>'] = p.markup, p.markup
	p.special['\r'], p.special['\n'] = p.folded, p.folded
	p.special['='] = p.vcard
	p.special[' '] = p.delSp
	if p.rtf {
		p.special['{'], p.special['}'], p.special['\r'], p.special['\n'] = true, true, true, true
	}
}

// read fills the streams from in.
func (p *plainer) read(in []byte, from *origin, limit int) {
	p.shown.reset(len(in))
	p.hidden.reset(0)
	p.in, p.from, p.span, p.limit = in, from, 0, int32(limit)
	p.cut, p.cutPlace = -1, inText
	forced, forcedPlace := int32(limit), p.place
	for i := 0; i < len(in); {
		from, place := p.start(i), p.place
		n := p.run(i)
		if from <= p.limit {
			forced, forcedPlace = min(from+int32(n), p.limit), place
		}
		if i += n; n == 0 {
			i = p.next(i)
		}
	}
	if p.cut < p.limit/2 {
		p.cut, p.cutPlace = forced, forcedPlace
	}
}

// run reads the characters from i that stand for themselves, and returns how
// many. It does what next does, for most of a text, at once.
func (p *plainer) run(i int) int {
	end := i
	for stop := p.evenly(i); end < stop && !p.special[p.in[end]]; end++ {
	}
	s := p.stream()
	if end == i || s.escaping() {
		return 0
	}
	from := p.start(i)
	s.putAll(p.in[i:end], from)
	if before := min(end-i, int(p.limit-from)); before > 0 {
		if space := bytes.LastIndexAny(p.in[i:i+before], " \n"); space >= 0 {
			p.space(i + space)
		}
	}
	return end - i
}

// stream returns the stream that the current place belongs to.
func (p *plainer) stream() *stream {
	if p.place == inText {
		return &p.shown
	}
	return &p.hidden
}

// evenly returns up to where in, from i on, comes octet by octet from the
// source.
func (p *plainer) evenly(i int) int {
	spans := p.from.spans
	if len(spans) == 0 {
		return len(p.in)
	}
	for p.span+1 < len(spans) && spans[p.span+1].first <= int32(i) {
		p.span++
	}
	switch {
	case !spans[p.span].each:
		return i
	case p.span+1 < len(spans):
		return int(spans[p.span+1].first)
	}
	return len(p.in)
}

// escaping tells whether the text ends in the start of a percent-encoding.
func (s *stream) escaping() bool {
	n := len(s.text)
	return n > 0 && s.text[n-1] == '%' || n > 1 && s.text[n-2] == '%'
}

// start and end return where in the source the octet at i starts, and where
// the one before i ends.
func (p *plainer) start(i int) int32 { return p.from.at(i).from }
func (p *plainer) end(i int) int32   { return p.from.at(i - 1).to }

// next reads the character at i and returns where the next one starts.
func (p *plainer) next(i int) int {
	c := p.in[i]
	s := p.stream()
	switch {
	case c == '&':
		if r, size := p.reference(i); size > 0 {
			s.putRune(r, p.start(i), p.end(i+size))
			return i + size
		}
	case c == '<' || c == '>':
		s = p.bracket(i)
	case c == '\\':
		return p.backslash(s, i)
	case p.rtf && (c == '{' || c == '}' || c == '\r' || c == '\n'):
		return p.group(s, i)
	case c == '\r' || c == '\n':
		if size := p.fold(p.in[i:]); size > 0 {
			return i + size
		}
		p.space(i)
	case c == ' ' || c == '\t':
		if size := p.flow(p.in[i:]); size > 0 {
			s.tagged = true
			return i + size
		}
		p.space(i)
	case c == '=' && p.vcard:
		if size, b := quotedInValue(p.in[i:]); size > 0 {
			if b != 0 {
				s.put(lower(b), p.start(i), p.end(i+size))
			}
			return i + size
		}
	case isHidden(c):
		return i + 1
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRune(p.in[i:])
		if r == utf8.RuneError {
			r = opaque
		}
		s.putRune(r, p.start(i), p.end(i+size))
		return i + size
	}
	s.put(lower(c), p.start(i), p.end(i+1))
	return i + 1
}

// reference reads the character reference at i.
func (p *plainer) reference(i int) (rune, int) {
	r, size := nestedEntity(p.in[i:])
	if size == 0 && p.markup {
		return bareEntity(p.in[i:], p.place == inTag)
	}
	return r, size
}

// bracket notes where a tag or comment begins or ends at i, and returns the
// stream that the bracket belongs to.
func (p *plainer) bracket(i int) *stream {
	s := p.stream()
	switch {
	case p.in[i] == '<' && p.markup && p.place == inText && isTag(p.in[i:]):
		p.place = inTag
		if bytes.HasPrefix(p.in[i:], []byte("<!--")) && !bytes.HasPrefix(p.in[i:], []byte("<!--[if")) {
			p.place = inComment
		}
		return &p.hidden
	case p.in[i] == '>' && (p.place == inTag || p.place == inComment && i >= 2 && p.in[i-1] == '-' && p.in[i-2] == '-'):
		p.place = inText
		p.shown.tagged = true
	}
	return s
}

// space notes that the window can end after the white space at i.
func (p *plainer) space(i int) {
	if to := p.end(i + 1); p.place == inText && to <= p.limit {
		p.cut, p.cutPlace = to, inText
	}
}

// fold returns the size of the line folding that b starts with.
func (p *plainer) fold(b []byte) int {
	if !p.folded {
		return 0
	}
	n := 1
	if b[0] == '\r' && len(b) > 1 && b[1] == '\n' {
		n = 2
	}
	if len(b) > n && (b[n] == ' ' || b[n] == '\t') {
		return n + 1
	}
	return 0
}

// flow returns the size of the soft line break that b starts with, where the
// space before it goes, and with it the marks of quotation and the stuffing of
// the next line: RFC 3676 §4.2, §4.4 and §4.5. Not all who write DelSp=yes
// mean it, so that an address may also end there.
func (p *plainer) flow(b []byte) int {
	if !p.delSp || b[0] != ' ' {
		return 0
	}
	n := 1
	if len(b) > n && b[n] == '\r' {
		n++
	}
	if len(b) <= n || b[n] != '\n' {
		return 0
	}
	n++
	for len(b) > n && b[n] == '>' {
		n++
	}
	if len(b) > n && b[n] == ' ' {
		n++
	}
	return n
}

// backslash reads an escape. Any other character stands for itself, as in quoted
// strings, or begins a word, as in C:\Users.
func (p *plainer) backslash(s *stream, i int) int {
	if p.rtf {
		if shown, size := rtfWord(p.in[i:]); shown != 0 {
			s.put(shown, p.start(i), p.end(i+size))
			return i + size
		} else if size > 0 {
			s.tagged = true
			return i + size
		}
	}
	r, size := escape(p.in[i:], p.styled)
	s.slashed = size == 0 || r == ' ' && (s.slashed || !p.coded)
	if size == 0 {
		return i + 1
	}
	s.putRune(r, p.start(i), p.end(i+size))
	return i + size
}

// isTag tells whether markup begins with b, rather than a less-than sign.
func isTag(b []byte) bool {
	return len(b) > 1 && (lower(b[1]) >= 'a' && lower(b[1]) <= 'z' || b[1] == '/' || b[1] == '!' || b[1] == '?')
}
