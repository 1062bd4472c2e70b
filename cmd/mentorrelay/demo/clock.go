package demo

import (
	"sync"
	"time"
)

// dateFormat is that of Date and Received fields (RFC 5322 §3.3).
const dateFormat = "Mon, 02 Jan 2006 15:04:05 -0700"

// A Clock shows the time that the story tells, and goes with the real one
// once it is let go.
type Clock struct {
	mu sync.Mutex
	at time.Time // zero: let go
}

// NewClock returns a clock that shows at until it is set.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// Now tells the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return time.Now()
	}
	return c.at
}

// Set makes it another time; it never goes back.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.After(c.at) {
		c.at = at
	}
}

// Release lets the clock go with the real one from now on.
func (c *Clock) Release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Time{}
}
