package smtpdoor

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// The answers to a client that is too slow, or does not end, in the middle of
// a message. They are errors of reading since go-smtp makes an answer of what
// Read returns within a chunk: of any other error, 554 and its own text.
var (
	errSlow    = &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 4, 2}, Message: "Timeout, closing the connection"}
	errEndless = &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 7, 0}, Message: "Too much data, closing the connection"}
)

// A conn is a connection to a client, beneath TLS, that keeps what go-smtp
// does not: a deadline for each command and block of data, a bound on what is
// read between two answers, and an end for good after the first failure to
// read. Without the last, go-smtp would take what follows a timeout within a
// message for commands.
type conn struct {
	net.Conn
	server  *Server
	id      uint64
	peer    netip.Addr
	trusted bool          // the peer is a mail server before this one
	over    chan struct{} // closed when the session is to end

	mu         sync.Mutex
	receiving  int       // messages in hand: one, or two for a moment when one was broken off
	messageBy  time.Time // when the message in hand must be here
	unanswered int64     // octets read since the last answer
	finishing  bool      // to be ended once no message is in hand
	failed     error     // why nothing more is read
}

// Read implements net.Conn.
func (c *conn) Read(p []byte) (int, error) {
	if err := c.mayRead(); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unanswered += int64(n)
	if err != nil {
		return n, c.fail(err)
	}
	return n, nil
}

// mayRead sets the deadline for the next block of a message. That for a
// command runs from the answer before it: see Write.
func (c *conn) mayRead() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.failed != nil:
		return c.failed
	// Twice the largest message is more than any takes on the wire, with
	// dots and TLS, and leaves a client that sends too large a one the time
	// to be told so.
	case c.unanswered > 2*c.server.config.MaxSize+maxLine:
		return c.fail(errEndless)
	case c.receiving > 0:
		by := time.Now().Add(c.server.config.Timeout)
		if by.After(c.messageBy) {
			by = c.messageBy
		}
		return c.Conn.SetReadDeadline(by)
	}
	return nil
}

// fail makes the first failure the last word on reading.
func (c *conn) fail(err error) error {
	if c.failed == nil {
		if c.receiving > 0 && errors.Is(err, os.ErrDeadlineExceeded) {
			err = errSlow
		}
		c.failed = err
	}
	return c.failed
}

// Write implements net.Conn.
func (c *conn) Write(p []byte) (int, error) {
	c.mu.Lock()
	c.unanswered = 0
	by := time.Now().Add(c.server.config.Timeout)
	err := c.Conn.SetWriteDeadline(by)
	if err == nil && c.failed == nil {
		err = c.Conn.SetReadDeadline(by)
	}
	c.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.server.remove(c)
	return c.Conn.Close()
}

// begin says that a message is coming in; end, that it was dealt with.
func (c *conn) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.receiving++
	c.messageBy = time.Now().Add(c.server.config.MessageTimeout)
}

func (c *conn) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.receiving--
	c.finishIdle()
}

// finish ends the session now, or after the message in hand.
func (c *conn) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.finishing {
		c.finishing = true
		close(c.over)
	}
	c.finishIdle()
}

// pause holds a client up, but no longer than the session is to go on.
func (c *conn) pause(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.over:
	}
}

// finishIdle makes reading fail as by a timeout, which go-smtp answers with
// 421, if the session is to end and no message is in hand.
func (c *conn) finishIdle() {
	if c.finishing && c.receiving == 0 {
		c.fail(os.ErrDeadlineExceeded)
		c.Conn.SetReadDeadline(time.Unix(1, 0)) // long past: wakes who reads
	}
}

// breakOff says that the message in hand, if there is one, will not be
// finished, and makes it the last of the session: go-smtp's goroutine for it
// may live on for a moment, and would then answer for the next one.
func (c *conn) breakOff() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.receiving > 0 && !c.finishing {
		c.finishing = true
		close(c.over)
	}
}

// ending tells whether no other message is to begin.
func (c *conn) ending() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.finishing || c.failed != nil
}

// broken tells whether reading has failed or the client has gone.
func (c *conn) broken() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed != nil
}
