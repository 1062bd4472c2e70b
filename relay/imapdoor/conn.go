package imapdoor

import (
	"net"
	"sync"
	"time"
)

// silence is how long a server may say nothing while it owes an answer. A
// search through a large mailbox that was never indexed takes a while.
const silence = time.Minute

// A conn has read deadlines that fit the door. Those of go-imap do not: it
// waits for ever for the first octet of an answer, and gives up on a message
// that is read slowly because the relay is busy. So its own are ignored; while
// an answer is awaited, each read may take as long as silence.
type conn struct {
	net.Conn

	mutex    sync.Mutex
	awaiting bool
}

// SetReadDeadline does nothing.
func (c *conn) SetReadDeadline(time.Time) error { return nil }

// Read implements net.Conn.
func (c *conn) Read(p []byte) (int, error) {
	c.mutex.Lock()
	if c.awaiting {
		c.extend()
	}
	c.mutex.Unlock()
	return c.Conn.Read(p)
}

// await starts to wait for an answer; the function that it returns ends that.
func (c *conn) await() (done func()) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.awaiting = true
	c.extend()
	return func() {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		c.awaiting = false
		c.Conn.SetReadDeadline(time.Time{})
	}
}

// extend cannot fail but on a closed connection, where the read fails too.
func (c *conn) extend() { c.Conn.SetReadDeadline(time.Now().Add(silence)) }
