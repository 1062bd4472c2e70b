// Package message reads the structure, the header and the text of a mail
// message, however malformed, in bounded memory.
package message

import (
	"fmt"
	"io"
)

// Limits bounds what a message may ask of whoever reads it.
type Limits struct {
	Size   int64 // octets of the whole message
	Parts  int   // entities, containers included
	Depth  int   // levels of nesting; a message without MIME has one
	Header int   // octets of the header of one entity
}

// DefaultLimits returns the limits the relay works with.
func DefaultLimits() Limits {
	return Limits{Size: 25 << 20, Parts: 1000, Depth: 20, Header: 256 << 10}
}

// headersInAll is how many times Limits.Header all headers of a message may
// hold together: digests of many letters pass, and memory stays bounded.
const headersInAll = 8

// A LimitError tells which limit a message exceeds.
type LimitError struct {
	What string // "size", "parts", "depth" or "header"
	Max  int64
}

// Error implements error.
func (e *LimitError) Error() string {
	return fmt.Sprintf("message exceeds the limit of %d for its %s", e.Max, e.What)
}

// A Part is one entity of a message, RFC 2045 §2.4: a header and a body, by
// their offsets in the source.
type Part struct {
	Header Header
	Start  int64 // first octet of the header
	Body   int64 // first octet of the body
	End    int64 // past the last octet of the body; the line break before a delimiter belongs to the delimiter, RFC 2046 §5.1.1

	MediaType string            // lower case; text/plain, or message/rfc822 in a digest, if there is none that can be read
	Params    map[string]string // of Content-Type, decoded
	Encoding  string            // Content-Transfer-Encoding, lower case; empty if there is none
	Boundary  string            // of a multipart that has delimiters
	Closed    bool              // the multipart ends in its closing delimiter
	LongLines bool              // a leaf with a line over 998 octets, RFC 5322 §2.1.1

	// Children are the parts of a multipart, or the one message inside a
	// message/rfc822 and its kin. A multipart without any delimiter is a leaf.
	Children []*Part
}

// Open returns the body of a leaf as it was before it was encoded for
// transfer. What is malformed in the encoding is read as well as can be.
func (p *Part) Open(src io.ReaderAt) io.Reader {
	return NewDecoder(p.Encoding, p.Raw(src))
}

// Raw returns the body as it stands in the source.
func (p *Part) Raw(src io.ReaderAt) *io.SectionReader {
	return io.NewSectionReader(src, p.Body, p.End-p.Body)
}
