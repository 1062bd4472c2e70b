package demo

import (
	"sync"
	"time"
)

// dateFormat is that of Date and Received fields (RFC 5322 §3.3).
const dateFormat = "Mon, 02 Jan 2006 15:04:05 -0700"

// A Clock shows the time that the story tells, and goes on from there once it
// is let go.
type Clock struct {
	mu   sync.Mutex
	at   time.Time
	gone time.Time // when it was let go, or set since; zero: it stands still
}

// NewClock returns a clock that shows at until it is set.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// Now tells the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	if c.gone.IsZero() {
		return c.at
	}
	return c.at.Add(time.Since(c.gone))
}

// Set makes it another time; it never goes back.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !at.After(c.now()) {
		return
	}
	c.at = at
	if !c.gone.IsZero() {
		c.gone = time.Now()
	}
}

// Release lets the clock go.
func (c *Clock) Release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone = time.Now()
}
