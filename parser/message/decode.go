package message

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"
)

// NewDecoder returns a reader of r without its transfer encoding, RFC 2045 §6.
// It never fails on malformed input: in base64 whatever is not of the alphabet
// is skipped, in quoted-printable a stray equals sign stands for itself.
func NewDecoder(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "base64":
		return &decoder{r: r, decode: decodeBase64}
	case "quoted-printable":
		return &decoder{r: r, decode: decodeQuoted}
	}
	return r
}

// decoder reads r in pieces and hands each to decode, which returns how much
// of it could be decoded already, and never writes more than it reads.
type decoder struct {
	r      io.Reader
	decode func(dst, src []byte, last bool) (written, read int)
	in     []byte
	out    []byte
	ready  []byte // of out
	err    error
}

// decodeBuffer is how much is decoded at once.
const decodeBuffer = 16 << 10

// Read implements io.Reader.
func (d *decoder) Read(p []byte) (int, error) {
	for len(d.ready) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		d.fill()
	}
	n := copy(p, d.ready)
	d.ready = d.ready[n:]
	return n, nil
}

func (d *decoder) fill() {
	if d.out == nil {
		d.in = make([]byte, 0, decodeBuffer)
		d.out = make([]byte, decodeBuffer)
	}
	var n int
	n, d.err = d.r.Read(d.in[len(d.in):cap(d.in)])
	d.in = d.in[:len(d.in)+n]
	written, read := d.decode(d.out, d.in, d.err != nil)
	d.ready = d.out[:written]
	d.in = d.in[:copy(d.in, d.in[read:])]
}

// decodeBase64 decodes groups of four; padding ends a group wherever it
// stands, since some senders encode a body in pieces.
func decodeBase64(dst, src []byte, last bool) (written, read int) {
	var group [4]byte
	n := 0
	flush := func() {
		w, _ := base64.RawStdEncoding.Decode(dst[written:], group[:n])
		written += w
		n = 0
	}
	for i := 0; i < len(src); i++ {
		if n == 0 && (i == 0 || src[i-1] == '\n') {
			w, size := decodeLines(dst[written:], src[i:])
			written, read = written+w, i+size
			if i += size; i == len(src) {
				break
			}
		}
		c := src[i]
		if isBase64(c) {
			group[n] = c
			n++
		}
		if n == 4 || (c == '=' && n > 0) {
			flush()
		}
		if n == 0 {
			read = i + 1
		}
	}
	if last {
		flush()
		read = len(src)
	}
	return written, read
}

// decodeLines decodes the lines of whole groups that src starts with, as nearly
// all are, at once.
func decodeLines(dst, src []byte) (written, read int) {
	for {
		n := bytes.IndexByte(src[read:], '\n')
		line := bytes.TrimSuffix(src[read:read+max(n, 0)], []byte("\r"))
		if len(line) == 0 || len(line)%4 != 0 {
			return written, read
		}
		w, err := base64.StdEncoding.Decode(dst[written:], line)
		if err != nil {
			return written, read
		}
		written, read = written+w, read+n+1
	}
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// decodeQuoted decodes quoted-printable, RFC 2045 §6.7. White space at the end
// of a line was added on the way and goes.
func decodeQuoted(dst, src []byte, last bool) (written, read int) {
	for read < len(src) {
		switch c := src[read]; c {
		case '=':
			size, b, ok := QuotedEscape(src[read:])
			if size == 0 && !last {
				return written, read
			}
			if size == 0 {
				size, b, ok = 1, '=', true
			}
			if ok {
				dst[written] = b
				written++
			}
			read += size
		case ' ', '\t':
			end := read
			for end < len(src) && (src[end] == ' ' || src[end] == '\t' || src[end] == '\r') {
				end++
			}
			if end == len(src) && !last && end-read < decodeBuffer {
				return written, read
			}
			if end < len(src) && src[end] != '\n' {
				written += copy(dst[written:], src[read:end])
			} else if end > read && end < len(src) && src[end-1] == '\r' {
				dst[written] = '\r'
				written++
			}
			read = end
		default:
			dst[written] = c
			written++
			read++
		}
	}
	return written, read
}

// QuotedEscape reads the escape that src starts with: an octet, or a soft line
// break, for which ok is false. A size of 0 means that src is too short to
// tell; an equals sign that starts nothing stands for itself.
func QuotedEscape(src []byte) (size int, octet byte, ok bool) {
	i := 1
	for i < min(len(src), maxPadding) && (src[i] == ' ' || src[i] == '\t') {
		i++
	}
	switch {
	case i < len(src) && src[i] == '\n':
		return i + 1, 0, false
	case i+1 < len(src) && src[i] == '\r' && src[i+1] == '\n':
		return i + 2, 0, false
	case len(src) < 3 || i > 1 && i+2 > len(src):
		return 0, 0, false
	}
	if b, ok := unhex(src[1], src[2]); ok {
		return 3, b, true
	}
	return 1, '=', true
}

// maxPadding is how much white space is looked through for the line break of a
// soft line break: some systems pad lines, RFC 2045 §6.7 rule 3.
const maxPadding = 256

func unhex(hi, lo byte) (byte, bool) {
	h, okH := hexDigit(hi)
	l, okL := hexDigit(lo)
	return h<<4 | l, okH && okL
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
