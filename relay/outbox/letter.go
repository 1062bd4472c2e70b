package outbox

import (
	"bytes"
	"context"
	"io"
	"time"
	"unicode/utf8"

	"mentorrelay/storage"
)

// headSize is how much of a message is read into memory: all of a small one,
// and of a large one what holds its header, which the relay limits to as much.
const headSize = 256 << 10

// A letter is a message ready to be sent.
type letter struct {
	signature string           // the header fields to go before it, or none
	size      int64            // octets, the signature among them; line ends may add a few
	utf8      bool             // its header needs SMTPUTF8 (RFC 6532)
	open      func() io.Reader // its bytes, from the start
}

// prepare reads a delivery's message and signs it. Small messages are read
// once, into buf; large ones twice, to be signed and to be sent, so that they
// are never in memory as a whole.
func (o *Outbox) prepare(ctx context.Context, d *storage.Delivery, buf *bytes.Buffer) (*letter, error) {
	l := &letter{size: d.Size, open: func() io.Reader { return o.config.Store.Open(ctx, d) }}
	buf.Reset()
	if _, err := io.CopyN(buf, l.open(), min(d.Size, headSize)); err != nil {
		return nil, err
	}
	l.utf8 = international(header(buf.Bytes()))
	if d.Size <= headSize {
		l.open = func() io.Reader { return bytes.NewReader(buf.Bytes()) }
	}
	if len(o.config.Signers) == 0 {
		return l, nil
	}
	var err error
	l.signature, err = sign(o.config.Signers, l.open(), time.Now())
	l.size += int64(len(l.signature))
	return l, err
}

// header returns what comes before the first empty line.
func header(message []byte) []byte {
	if h, _, ok := bytes.Cut(message, []byte("\r\n\r\n")); ok {
		return h
	}
	h, _, _ := bytes.Cut(message, []byte("\n\n"))
	return h
}

// international tells whether text is UTF-8 beyond ASCII. Text in some other
// 8-bit charset has no business in a header, and SMTPUTF8 would not mend it.
func international[T string | []byte](text T) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return utf8.ValidString(string(text))
		}
	}
	return false
}
