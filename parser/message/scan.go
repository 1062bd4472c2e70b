package message

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Scan reads the structure of the message of this size in r. It holds no more
// than the headers and a window of the source, and stops at the first limit
// exceeded, with a *LimitError. Any other message can be scanned: what is
// malformed is a leaf where a container was announced, or text/plain.
func Scan(r io.ReaderAt, size int64, limits Limits) (*Part, error) {
	if size > limits.Size {
		return nil, &LimitError{"size", limits.Size}
	}
	s := &scanner{
		window: window{r: r, size: size, buf: make([]byte, min(size, windowSize))},
		limits: limits,
	}
	root, _, err := s.entity(0, 1, textPlain)
	return root, err
}

// scanner is the state of one scan.
type scanner struct {
	window
	limits     Limits
	parts      int
	headers    int      // octets of all headers so far
	block      []byte   // of the last header
	boundaries []string // of the multiparts around the current position, outermost first
}

// A delimiter is a line that belongs to one of the multiparts around it,
// RFC 2046 §5.1.1, or the end of the message.
type delimiter struct {
	level   int   // index into boundaries; -1 at the end of the message
	closing bool  // --boundary--
	end     int64 // of what comes before it
	next    int64 // first octet after its line
}

// The types of an entity that does not say its own, RFC 2045 §5.2, and of one
// in a multipart/digest, RFC 2046 §5.1.5.
const (
	textPlain     = "text/plain"
	messageRFC822 = "message/rfc822"
)

// entity reads the entity at start, which is of the type fallback if it does
// not say another, and returns it with the delimiter that ends it.
func (s *scanner) entity(start int64, depth int, fallback string) (*Part, delimiter, error) {
	if depth > s.limits.Depth {
		return nil, delimiter{}, &LimitError{"depth", int64(s.limits.Depth)}
	}
	if s.parts++; s.parts > s.limits.Parts {
		return nil, delimiter{}, &LimitError{"parts", int64(s.limits.Parts)}
	}
	p := &Part{Start: start, MediaType: fallback}
	if err := s.header(p); err != nil {
		return nil, delimiter{}, err
	}
	d, err := s.body(p, depth)
	p.End = d.end
	return p, d, err
}

// body reads what follows the header of p.
func (s *scanner) body(p *Part, depth int) (delimiter, error) {
	switch {
	case strings.HasPrefix(p.MediaType, "multipart/") && p.Params["boundary"] != "":
		return s.multipart(p, depth)
	case isMessage(p.MediaType) && isIdentity(p.Encoding):
		child, d, err := s.entity(p.Body, depth+1, textPlain)
		if err != nil {
			return d, err
		}
		p.Children = []*Part{child}
		return d, nil
	}
	return s.find(p.Body, &p.LongLines)
}

// multipart reads the parts of p up to its end: a closing delimiter and the
// epilogue after it, or a delimiter of a multipart around it.
func (s *scanner) multipart(p *Part, depth int) (delimiter, error) {
	level, boundary := len(s.boundaries), strings.TrimRight(p.Params["boundary"], " \t\r\n")
	s.boundaries = append(s.boundaries, boundary)
	fallback := textPlain
	if p.MediaType == "multipart/digest" {
		fallback = messageRFC822
	}
	d, err := s.find(p.Body, &p.LongLines)
	for err == nil && d.level == level && !d.closing {
		var child *Part
		child, d, err = s.entity(d.next, depth+1, fallback)
		p.Children = append(p.Children, child)
	}
	if err != nil {
		return d, err
	}
	s.boundaries = s.boundaries[:level]
	if len(p.Children) > 0 {
		p.Boundary, p.LongLines = boundary, false
	} else if outer := slices.Index(s.boundaries, boundary); outer >= 0 && d.level == level {
		d.level = outer // the same boundary again, against RFC 2046 §5.1.2
	}
	if d.level != level {
		return d, nil
	}
	p.Closed = len(p.Children) > 0
	return s.find(d.next, nil)
}

// isMessage tells whether a body of this type is a message itself, RFC 2046
// §5.2.1 and RFC 6532 §3.7, or the header of one that is elsewhere, §5.2.3.
func isMessage(mediaType string) bool {
	switch mediaType {
	case messageRFC822, "message/global", "message/news", "message/external-body":
		return true
	}
	return false
}

func isIdentity(encoding string) bool {
	return encoding != "base64" && encoding != "quoted-printable"
}

// header reads the header at p.Start up to the empty line, or to a delimiter
// or the end of the message where that is missing.
func (s *scanner) header(p *Part) error {
	head, err := s.at(p.Start, longestDelimiter)
	if err != nil {
		return err
	}
	block := s.block[:0]
	pos := p.Start
	for has := startsHeader(head); has; {
		line, err := s.line(pos, s.limits.Header)
		if err != nil {
			return err
		}
		text := bytes.TrimRight(line, "\r\n")
		if len(line) == 0 || s.delimits(text) {
			break
		}
		pos += int64(len(line))
		if len(text) == 0 {
			break
		}
		if len(block)+len(line) > s.limits.Header || s.headers+len(line) > headersInAll*s.limits.Header {
			return &LimitError{"header", int64(s.limits.Header)}
		}
		s.headers += len(line)
		block = append(block, line...)
	}
	p.Body, s.block = pos, block
	p.Header = ParseHeader(block)
	p.describe()
	return nil
}

// startsHeader tells whether an entity that begins like this has a header, if
// only an empty one. Where it has none, all of it is body. The mbox line From
// is skipped as a field.
func startsHeader(head []byte) bool {
	line, _, _ := bytes.Cut(head[:min(len(head), longestDelimiter)], []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 || bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From ")) {
		return true
	}
	_, _, ok := cutField(string(line))
	return ok
}

// describe fills in what the header says of the body, RFC 2045 §5.2. The type
// stays where it says none.
func (p *Part) describe() {
	mediaType, params := ParseParams(p.Header.Get("Content-Type"))
	if kind, sub, _ := strings.Cut(mediaType, "/"); isToken(kind) && isToken(sub) {
		p.MediaType = mediaType
	}
	if len(params) > 0 {
		p.Params = make(map[string]string, len(params))
	}
	for _, param := range params {
		p.Params[param.Name] = param.Value
	}
	encoding := stripComments(p.Header.Get("Content-Transfer-Encoding"))
	p.Encoding = strings.ToLower(strings.Trim(encoding, " \t;\"'"))
}

// find returns the first delimiter at or after pos, which is the start of a
// line. If long is not nil it is set where a line over 998 octets comes first.
func (s *scanner) find(pos int64, long *bool) (delimiter, error) {
	start := pos
	if len(s.boundaries) > 0 {
		if d, ok, err := s.delimiterAt(pos, pos); ok || err != nil {
			return d, err
		}
	}
	var lines lineMeter
	for {
		chunk, err := s.at(pos, 3)
		if err != nil {
			return delimiter{}, err
		}
		if len(chunk) == 0 {
			return delimiter{level: -1, end: s.size, next: s.size}, nil
		}
		used := len(chunk)
		hit := -1
		if len(s.boundaries) > 0 {
			if hit = bytes.Index(chunk, []byte("\n--")); hit >= 0 {
				used = hit + 1
			} else if pos+int64(used) < s.size {
				used -= 2 // "\n-" may end the chunk
			}
		}
		if long != nil && !*long {
			*long = lines.over(chunk[:used])
		}
		pos += int64(used)
		if hit < 0 {
			continue
		}
		if d, ok, err := s.delimiterAt(pos, start); ok || err != nil {
			return d, err
		}
	}
}

// longestDelimiter is how much of a line is read to know a delimiter. A
// boundary has at most 70 characters (RFC 2046 §5.1.1); some have more.
const longestDelimiter = 1024

// delimiterAt reads the line at pos as a delimiter; body is where the content
// before it starts.
func (s *scanner) delimiterAt(pos, body int64) (delimiter, bool, error) {
	head, err := s.at(pos, longestDelimiter)
	if err != nil || !bytes.HasPrefix(head, []byte("--")) {
		return delimiter{}, false, err
	}
	line := head[:min(len(head), longestDelimiter)]
	next := int64(len(line))
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line, next = line[:i], int64(i+1)
	}
	level, closing := s.match(bytes.TrimRight(line, " \t\r"))
	if level < 0 {
		return delimiter{}, false, nil
	}
	end, err := s.beforeBreak(pos, body)
	return delimiter{level: level, closing: closing, end: end, next: pos + next}, err == nil, err
}

// delimits tells whether a line of a header is a delimiter that cuts it short.
func (s *scanner) delimits(line []byte) bool {
	if len(s.boundaries) == 0 || !bytes.HasPrefix(line, []byte("--")) {
		return false
	}
	level, _ := s.match(bytes.TrimRight(line, " \t\r"))
	return level >= 0
}

// match returns the innermost multipart that a delimiter line belongs to.
// Only the whole line counts: one boundary may begin with another.
func (s *scanner) match(line []byte) (level int, closing bool) {
	name := string(line[2:])
	for i := len(s.boundaries) - 1; i >= 0; i-- {
		if name == s.boundaries[i] {
			return i, false
		}
		if len(name) == len(s.boundaries[i])+2 && strings.HasPrefix(name, s.boundaries[i]) && strings.HasSuffix(name, "--") {
			return i, true
		}
	}
	return -1, false
}

// beforeBreak returns pos without the line break before it.
func (s *scanner) beforeBreak(pos, body int64) (int64, error) {
	from := max(body, pos-2)
	tail, err := s.at(from, 2)
	if err != nil {
		return 0, err
	}
	tail = tail[:pos-from]
	return from + int64(len(bytes.TrimSuffix(bytes.TrimSuffix(tail, []byte("\n")), []byte("\r")))), nil
}

// A window is the part of the source that is in memory.
type window struct {
	r     io.ReaderAt
	size  int64
	buf   []byte
	start int64 // offset of the window in the source
	n     int   // octets in buf
}

const windowSize = 64 << 10

// at returns what the window holds from pos on, at least want octets unless
// the source ends before.
func (w *window) at(pos int64, want int) ([]byte, error) {
	if pos >= w.size {
		return nil, nil
	}
	if off := pos - w.start; off >= 0 && off <= int64(w.n) {
		if have := w.buf[off:w.n]; len(have) >= want || w.start+int64(w.n) >= w.size {
			return have, nil
		}
	}
	n := int(min(int64(len(w.buf)), w.size-pos))
	read, err := w.r.ReadAt(w.buf[:n], pos)
	if read < n {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("reading a message: %w", err)
	}
	w.start, w.n = pos, n
	return w.buf[:n], nil
}

// line returns the line at pos with its line break. A line longer than limit
// is refused as a header.
func (w *window) line(pos int64, limit int) ([]byte, error) {
	chunk, err := w.at(pos, min(1024, len(w.buf)))
	if err != nil {
		return nil, err
	}
	if i := bytes.IndexByte(chunk, '\n'); i >= 0 {
		return chunk[:i+1], nil
	}
	if pos+int64(len(chunk)) >= w.size {
		return chunk, nil
	}
	return w.longLine(pos, limit)
}

// longLine returns a line that goes on after the window.
func (w *window) longLine(pos int64, limit int) ([]byte, error) {
	var line []byte
	for len(line) <= limit {
		chunk, err := w.at(pos+int64(len(line)), 1)
		if err != nil || len(chunk) == 0 {
			return line, err
		}
		if i := bytes.IndexByte(chunk, '\n'); i >= 0 {
			return append(line, chunk[:i+1]...), nil
		}
		line = append(line, chunk...)
	}
	return nil, &LimitError{"header", int64(limit)}
}

// maxLine is the longest line that mail may have without its line break,
// RFC 5322 §2.1.1.
const maxLine = 998

// lineMeter measures lines across chunks.
type lineMeter struct{ open int }

// over tells whether a line in chunk, or begun before it, is too long. It
// looks at one octet in each line or so.
func (m *lineMeter) over(chunk []byte) bool {
	for {
		room := maxLine + 2 - m.open // one more for CR, one for LF
		if room > len(chunk) {
			room = len(chunk)
		}
		i := bytes.LastIndexByte(chunk[:room], '\n')
		switch {
		case i >= 0:
			chunk, m.open = chunk[i+1:], 0
		case room == len(chunk) && m.open+room <= maxLine+1:
			m.open += room
			return false
		default:
			return true
		}
		if len(chunk) == 0 {
			return false
		}
	}
}
