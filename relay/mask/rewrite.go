package mask

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime/quotedprintable"
	"strconv"

	"mentorrelay/parser/message"
)

// Rewrite writes the masked copy of the message in src, of which root is the
// structure, to w. A message that must be refused gives an *OpaqueError, or a
// *message.LimitError for one that is encoded inside it, and nothing is
// written. Memory does not grow with the message.
func Rewrite(w io.Writer, src io.ReaderAt, root *message.Part, l Letter) (Result, error) {
	rw := &rewriter{
		src:    src,
		size:   root.End,
		letter: l,
		match:  newMatcher(l),
		limits: message.DefaultLimits(),
		plans:  make(map[*message.Part]*plan),
	}
	if err := rw.survey(root); err != nil {
		return Result{}, err
	}
	rw.w = bufio.NewWriterSize(w, int(min(writeBuffer, max(512, root.End))))
	if err := rw.message(root, rw.topHeader); err != nil {
		return rw.result, fmt.Errorf("writing the masked copy: %w", err)
	}
	if err := rw.w.Flush(); err != nil {
		return rw.result, fmt.Errorf("writing the masked copy: %w", err)
	}
	return rw.result, nil
}

const (
	writeBuffer = 32 << 10
	copyBuffer  = 16 << 10
)

// rewriter is the state of one Rewrite.
type rewriter struct {
	w      *bufio.Writer
	src    io.ReaderAt
	size   int64
	letter Letter
	match  *matcher
	limits message.Limits
	plans  map[*message.Part]*plan // of leaves that are not copied as they are
	result Result

	multiparts int // written so far
	scrub      scrubber
	early      bytes.Buffer // texts written by the survey
	copying    []byte
}

// inside returns a rewriter for a message that was encoded inside this one.
func (rw *rewriter) inside(data []byte) *rewriter {
	limits := rw.limits
	limits.Depth--
	return &rewriter{
		src:    bytes.NewReader(data),
		size:   int64(len(data)),
		letter: rw.letter,
		match:  rw.match,
		limits: limits,
		plans:  make(map[*message.Part]*plan),
	}
}

// buffer returns the buffer for copying.
func (rw *rewriter) buffer() []byte {
	if rw.copying == nil {
		rw.copying = make([]byte, min(copyBuffer, max(512, rw.size)))
	}
	return rw.copying
}

// message writes a whole message, its header by the given rule.
func (rw *rewriter) message(p *message.Part, header func(b []byte, p, content *message.Part) []byte) error {
	content := rw.signed(p)
	if _, err := rw.w.Write(header(nil, p, content)); err != nil {
		return err
	}
	return rw.body(content)
}

// part writes one part of a multipart.
func (rw *rewriter) part(p *message.Part) error {
	content := rw.signed(p)
	if _, err := rw.w.Write(append(rw.contentHeader(nil, content), '\r', '\n')); err != nil {
		return err
	}
	return rw.body(content)
}

// body writes what follows the header of p.
func (rw *rewriter) body(p *message.Part) error {
	switch {
	case p.Boundary != "":
		return rw.multipart(p)
	case p.MediaType == "message/external-body" && len(p.Children) > 0:
		return rw.message(p.Children[0], rw.phantomHeader)
	case len(p.Children) > 0:
		return rw.message(p.Children[0], rw.nestedHeader)
	}
	pl := rw.plans[p]
	if pl == nil {
		return rw.copy(p)
	}
	switch pl.work {
	case recode:
		return rw.recode(p, pl)
	case scrub:
		return rw.text(p, pl)
	case report, headers:
		return rw.fields(p, pl)
	case nested:
		return rw.nested(p, pl)
	}
	return nil // left out
}

// multipart writes the parts of p, without what stands before and after them:
// nobody is shown that, and it may hold anything.
func (rw *rewriter) multipart(p *message.Part) error {
	boundary := rw.boundary(rw.multiparts)
	rw.multiparts++
	written := 0
	for _, child := range p.Children {
		if rw.isLeft(child) {
			continue
		}
		if written++; written > 1 {
			rw.w.WriteString("\r\n")
		}
		rw.w.WriteString("--" + boundary + "\r\n")
		if err := rw.part(child); err != nil {
			return err
		}
	}
	if written == 0 { // a multipart has at least one part, RFC 2046 §5.1
		rw.w.WriteString("--" + boundary + "\r\n\r\n")
	}
	if !p.Closed {
		return nil
	}
	_, err := rw.w.WriteString("\r\n--" + boundary + "--\r\n")
	return err
}

// isLeft tells whether a part of a multipart is left out.
func (rw *rewriter) isLeft(p *message.Part) bool {
	pl := rw.plans[p]
	return pl != nil && pl.work == leave
}

// boundary returns the boundary of the nth multipart that is written. The
// original's may name the sender's host; this one is as unforeseeable as the
// message id, so that no part can hold it.
func (rw *rewriter) boundary(n int) string {
	sum := sha256.Sum256([]byte(strconv.Itoa(n) + " " + rw.letter.MessageID))
	return "=_" + hex.EncodeToString(sum[:12])
}

// copy writes the body of p as it is.
func (rw *rewriter) copy(p *message.Part) error {
	_, err := io.CopyBuffer(onlyWriter{rw.w}, onlyReader{p.Raw(rw.src)}, rw.buffer())
	return err
}

// target returns the transfer encoding of the copy of p.
func (pl *plan) target(p *message.Part) string {
	if pl.encoding != "" {
		return pl.encoding
	}
	return p.Encoding
}

// recode writes the body of p encoded anew.
func (rw *rewriter) recode(p *message.Part, pl *plan) error {
	enc, err := newEncoder(pl.target(p), rw.w, rw.src, p)
	if err != nil {
		return err
	}
	r := &blanker{r: p.Open(rw.src), blank: pl.blank}
	if _, err := io.CopyBuffer(onlyWriter{enc}, r, rw.buffer()); err != nil {
		return err
	}
	return enc.Close()
}

// text writes a text part with its addresses replaced.
func (rw *rewriter) text(p *message.Part, pl *plan) error {
	if pl.to > pl.from {
		_, err := rw.w.Write(rw.early.Bytes()[pl.from:pl.to])
		return err
	}
	if pl.inPlace(p) {
		return rw.feed(rw.scrubber(pl, p, rw.w), p, pl)
	}
	enc, err := newEncoder(pl.target(p), rw.w, rw.src, p)
	if err != nil {
		return err
	}
	w := io.WriteCloser(nopCloser{enc})
	if pl.text.recode != nil {
		if q, ok := enc.(*quotedprintable.Writer); ok {
			q.Binary = true // its line breaks are no CRLF, RFC 2045 §6.7 rule 4
		}
		w = encodeCharset(pl.text.recode, enc)
	}
	if err := rw.feed(rw.scrubber(pl, p, w), p, pl); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return enc.Close()
}

// nested writes a message that was encoded for transfer.
func (rw *rewriter) nested(p *message.Part, pl *plan) error {
	enc, err := newEncoder(p.Encoding, rw.w, rw.src, p)
	if err != nil {
		return err
	}
	inner := pl.inner
	inner.w = bufio.NewWriter(enc)
	if err := inner.message(pl.root, inner.nestedHeader); err != nil {
		return err
	}
	if err := inner.w.Flush(); err != nil {
		return err
	}
	return enc.Close()
}
