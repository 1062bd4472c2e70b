package mask

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"

	"mentorrelay/parser/message"
)

// newEncoder returns a writer that encodes for transfer what is written to it,
// and that is to be closed. A body in base64 keeps the length of its lines.
func newEncoder(encoding string, w io.Writer, src io.ReaderAt, p *message.Part) (io.WriteCloser, error) {
	switch encoding {
	case "quoted-printable":
		return quotedprintable.NewWriter(w), nil
	case "base64":
		line, ended, err := measure(src, p)
		return &base64Writer{w: w, size: line / 4 * 3, ended: ended}, err
	}
	return nopCloser{w}, nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// maxBase64 is the length of a base64 line, RFC 2045 §6.8.
const maxBase64 = 76

// measure returns the length of the lines of a base64 body, and whether the
// last one ends in a line break. The first line tells, unless it is the only
// one and short.
func measure(src io.ReaderAt, p *message.Part) (line int, ended bool, err error) {
	var head [maxLine + 2]byte
	n, err := p.Raw(src).ReadAt(head[:], 0)
	if err != nil && err != io.EOF {
		return 0, false, err
	}
	first, rest, broken := bytes.Cut(head[:n], []byte("\n"))
	line = len(bytes.TrimRight(first, "\r"))
	if len(rest) == 0 {
		line = max(line, maxBase64)
	}
	if p.Encoding != "base64" || line == 0 || line%4 != 0 || !broken && n == len(head) {
		line = maxBase64
	}
	var tail [1]byte
	if p.End > p.Body {
		if _, err := src.ReadAt(tail[:], p.End-1); err != nil && err != io.EOF {
			return 0, false, err
		}
	}
	return line, tail[0] == '\n', nil
}

// base64Writer encodes in lines of size octets each.
type base64Writer struct {
	w     io.Writer
	size  int
	ended bool // the last line ends in a line break
	lines int
	open  []byte // the octets of a line to be
	out   []byte
}

// Write implements io.Writer.
func (b *base64Writer) Write(p []byte) (int, error) {
	written := len(p)
	for len(p) > 0 {
		n := min(len(p), b.size-len(b.open))
		b.open = append(b.open, p[:n]...)
		p = p[n:]
		if len(b.open) == b.size {
			if err := b.line(); err != nil {
				return 0, err
			}
		}
	}
	return written, nil
}

// line writes a line; line breaks stand between lines.
func (b *base64Writer) line() error {
	b.out = b.out[:0]
	if b.lines++; b.lines > 1 {
		b.out = append(b.out, '\r', '\n')
	}
	b.out = base64.StdEncoding.AppendEncode(b.out, b.open)
	b.open = b.open[:0]
	_, err := b.w.Write(b.out)
	return err
}

// Close writes the last line.
func (b *base64Writer) Close() error {
	if len(b.open) > 0 {
		if err := b.line(); err != nil {
			return err
		}
	}
	if b.ended {
		_, err := io.WriteString(b.w, "\r\n")
		return err
	}
	return nil
}
