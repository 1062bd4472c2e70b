package mask

import (
	"bytes"
	"io"
	"sort"
	"strings"
)

// The scrubber works on windows: large enough to be fast, and with a rest held
// back that is longer than any address with markup inside it.
const (
	scrubWindow = 32 << 10
	scrubHold   = 4 << 10
)

// An edit replaces a range of a window.
type edit struct {
	from, to int32
	text     string
}

// findings is what a scrubber met.
type findings struct {
	edits     int
	encrypted bool // a PGP message in armor
	signature bool // one was left out
	key       bool // one was left out
	begins    bool // a uuencoded file may begin
	inside    int  // edits in uuencoded files
}

// scrubber copies a text part and replaces addresses in it. Every octet that
// is no part of an address stays as it was.
type scrubber struct {
	plainer
	source source
	match  *matcher
	name   bool // the text is a name
	w      io.Writer
	findings

	buf    []byte
	edits  []edit
	mask   []byte // being written
	inLine bool   // the window begins within a line
	armor  string // what is being left out, up to its last line
	column int    // in the line of quoted-printable that is being written
	err    error
}

// Write implements io.Writer.
func (s *scrubber) Write(p []byte) (int, error) {
	written := len(p)
	for len(p) > 0 && s.err == nil {
		n := min(len(p), scrubWindow-len(s.buf))
		s.buf = append(s.buf, p[:n]...)
		p = p[n:]
		if len(s.buf) == scrubWindow {
			s.flush(scrubWindow - scrubHold)
		}
	}
	return written, s.err
}

// Close writes what was held back.
func (s *scrubber) Close() error {
	if s.err == nil {
		s.flush(len(s.buf))
	}
	return s.err
}

// flush writes the window up to limit, or a little less, so that no word is
// cut.
func (s *scrubber) flush(limit int) {
	last := limit == len(s.buf)
	s.begins = s.begins || beginsFile(s.buf)
	if s.armor == "" && !s.suspicious() {
		s.skip(limit, last)
		return
	}
	text, at := s.source.read(s.buf)
	s.read(text, at, limit)
	if last {
		s.cut = int32(limit)
	}
	s.edits = s.edits[:0]
	s.search(&s.shown)
	s.search(&s.hidden)
	s.searchArmor()
	s.findings.edits += len(s.edits)
	s.apply()
	s.place = s.cutPlace
	s.forget(int(s.cut))
}

// forget drops the octets of the window before cut, which are written.
func (s *scrubber) forget(cut int) {
	if cut > 0 {
		s.inLine = s.buf[cut-1] != '\n'
	}
	s.buf = s.buf[:copy(s.buf, s.buf[cut:])]
}

// suspicious tells whether the window holds anything that could be an at sign,
// or the first line of an armor. Most text does not, and needs no reading.
func (s *scrubber) suspicious() bool {
	if holdsAny(s.buf, "@", "%", "\\", "BEGIN PGP", "\uff20", "\ufe6b") ||
		holdsAny(s.buf, "&") && holdsAny(s.buf, "&#", "&commat", "&percnt", "amp;#", "amp;commat", "amp;percnt") {
		return true
	}
	return (s.source.quoted || s.vcard) && holdsAny(s.buf, "=40", "=25", "=26", "&", "=5", "=BC", "=bc", "=B9", "=b9", "BEGIN")
}

func holdsAny(text []byte, signs ...string) bool {
	for _, sign := range signs {
		if bytes.Contains(text, []byte(sign)) {
			return true
		}
	}
	return false
}

// skip writes the window without having read it.
func (s *scrubber) skip(limit int, last bool) {
	cut := limit
	if !last {
		if i := bytes.LastIndexAny(s.buf[:limit], " \n"); i > limit/2 {
			cut = i + 1
		}
	}
	if s.markup {
		s.place = inText
		if bytes.LastIndexByte(s.buf[:cut], '<') > bytes.LastIndexByte(s.buf[:cut], '>') {
			s.place = inTag
		}
	}
	s.emit(s.buf[:cut])
	s.forget(cut)
}

// search notes what is to be replaced in a stream.
func (s *scrubber) search(t *stream) {
	for i := 0; ; i++ {
		next := bytes.IndexByte(t.text[i:], '@')
		if next < 0 {
			return
		}
		i += next
		if start, end, id, ok := s.match.contentID(t, i); ok {
			s.replace(t, start, end, id)
		} else if !s.match.domainAfter(t, i) {
			continue
		} else if start, end, mask, ok := s.match.address(t, i, s.name || s.isUID(t, i)); ok {
			sign := t.at(i)
			s.replace(t, start, end, inStyle(s.buf[sign.from:sign.to], mask))
		}
	}
}

// isUID tells whether i is in the UID of a calendar entry, RFC 5545 §3.8.4.7,
// which clients make up of a date, a number and the address or host.
func (s *scrubber) isUID(t *stream, i int) bool {
	if !s.folded || s.vcard {
		return false
	}
	line := t.text[bytes.LastIndexByte(t.text[:i], '\n')+1 : i]
	return bytes.HasPrefix(line, []byte("uid:")) || bytes.HasPrefix(line, []byte("uid;"))
}

// inStyle returns a mask percent-encoded as often as the at sign it replaces.
func inStyle(at []byte, mask string) string {
	sign := string(at)
	if len(sign) < 3 || !strings.HasSuffix(sign, "40") || sign[0] == '&' || sign[0] == '\\' || strings.HasPrefix(sign, "=5") {
		return mask
	}
	lead := "%"
	if strings.HasSuffix(sign, "2540") {
		lead = "%25"
	} else if sign == "=40" {
		return mask
	}
	return strings.ReplaceAll(strings.ReplaceAll(mask, "@", lead+"40"), "+", lead+"2B")
}

// replace puts text in place of the characters from start to end, if they
// begin before the cut. Markup between them stays.
func (s *scrubber) replace(t *stream, start, end int, text string) {
	if end <= start || t.at(start).from >= s.cut {
		return
	}
	from := t.at(start).from
	if text != "" && t.text[start] == ' ' && t.at(start).to == from+2 {
		from++ // the backslash of C:\nora@corp.test stays
	}
	for i := start + 1; i < end; i++ {
		if t.at(i).tag {
			s.edits = append(s.edits, edit{from, t.at(i - 1).to, text})
			from, text = t.at(i).from, ""
		}
	}
	to := t.at(end - 1).to
	s.edits = append(s.edits, edit{from, to, text})
	if to > s.cut {
		s.cut, s.cutPlace = to, inText
		if t == &s.hidden {
			s.cutPlace = inTag
		}
	}
}

// apply writes the window up to the cut with its edits.
func (s *scrubber) apply() {
	sort.SliceStable(s.edits, func(i, j int) bool { return s.edits[i].from < s.edits[j].from })
	pos := int32(0)
	for _, e := range s.edits {
		if e.from < pos { // inside what another one has replaced
			pos = max(pos, e.to)
			continue
		}
		s.emit(s.buf[pos:e.from])
		s.insert(e.text, s.buf[e.to:])
		pos = e.to
	}
	s.emit(s.buf[pos:max(pos, s.cut)])
}

// emit writes octets of the source.
func (s *scrubber) emit(p []byte) {
	if s.err != nil || len(p) == 0 {
		return
	}
	if s.source.quoted {
		if i := bytes.LastIndexByte(p, '\n'); i >= 0 {
			s.column = len(p) - i - 1
		} else {
			s.column += len(p)
		}
	}
	_, s.err = s.w.Write(p)
}

// emitText writes what is no octet of the source.
func (s *scrubber) emitText(text string) {
	s.mask = append(s.mask[:0], text...)
	s.emit(s.mask)
}

// maxQuoted is the longest line of quoted-printable, RFC 2045 §6.7 rule 5.
const maxQuoted = 76

// insert writes a replacement. In quoted-printable soft line breaks go around
// it where the line would grow too long; rest is what follows.
func (s *scrubber) insert(text string, rest []byte) {
	if !s.source.quoted || text == "" {
		s.emitText(text)
		return
	}
	tail := bytes.IndexByte(rest, '\n')
	if tail < 0 {
		tail = len(rest)
	}
	line := bytes.TrimRight(rest[:tail], "\r")
	if s.column+len(text)+len(line) <= maxQuoted {
		s.emitText(text)
		return
	}
	if s.column > 0 {
		s.emitText("=\r\n")
	}
	for ; len(text) >= maxQuoted; text = text[maxQuoted-1:] {
		s.emitText(text[:maxQuoted-1])
		s.emitText("=\r\n")
	}
	s.emitText(text)
	if len(line) > 0 && len(text)+len(line) > maxQuoted {
		s.emitText("=\r\n")
	}
}

// reset makes a scrubber ready for another part; its buffers stay.
func (s *scrubber) reset() {
	*s = scrubber{
		plainer: plainer{shown: s.shown, hidden: s.hidden},
		source:  source{text: s.source.text, origin: origin{spans: s.source.spans[:0]}},
		buf:     s.buf[:0],
		edits:   s.edits[:0],
		mask:    s.mask[:0],
	}
}

// scrub returns text from a header with its addresses replaced.
func (m *matcher) scrub(text string) string { return m.scrubAs(text, false) }

// scrubName returns the name of something with its addresses replaced.
func (m *matcher) scrubName(text string) string { return m.scrubAs(text, true) }

func (m *matcher) scrubAs(text string, name bool) string {
	if !strings.ContainsAny(text, "@%&\\\uff20\ufe6b") {
		return text
	}
	m.out.Reset()
	s := m.scrubber(&m.out)
	s.name = name
	s.prepare()
	if _, err := io.WriteString(s, text); err != nil || s.Close() != nil {
		return "" // can't be: a bytes.Buffer takes everything
	}
	if s.findings.edits == 0 {
		return text
	}
	return m.out.String()
}

// scrubber returns the scrubber for texts that are searched as a whole, one
// after the other. It is to be prepared.
func (m *matcher) scrubber(w io.Writer) *scrubber {
	s := &m.texts
	s.reset()
	s.match, s.w = m, w
	return s
}
