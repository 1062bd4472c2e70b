package outbox

import (
	"sync"
	"time"
)

const (
	// firstPause and lastPause bound how long all sending rests when the
	// smarthost as a whole fails: long enough not to hammer it, short enough
	// that its restart is hardly noticed.
	firstPause = time.Second
	lastPause  = time.Minute
	// patience is how long mail in hand waits for the smarthost to come back.
	patience = 15 * time.Second
)

// A gate is closed for a while whenever the smarthost as a whole fails. It
// goes by the system's clock, as timers do.
type gate struct {
	mu     sync.Mutex
	pause  time.Duration // the last one; 0 while all is well
	closed time.Time     // when it last closed
	cause  failure
	seldom seldom
}

// wait returns how long the gate stays closed.
func (g *gate) wait() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.pause - time.Since(g.closed)
}

// reason returns what closed it, as the reason to put off other messages.
func (g *gate) reason() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	f := g.cause
	f.blameless = true
	return &f
}

// open forgets past failures, since the smarthost has answered for a message,
// and tells whether there were any.
func (g *gate) open() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	failed := g.pause > 0
	g.pause = 0
	return failed
}

// shut closes the gate for a failure of an attempt that began at `began`, for
// twice as long as the last time, and tells whether it is time to log it.
// Attempts that began before the gate last closed met the same failure.
func (g *gate) shut(began time.Time, cause *failure) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if began.After(g.closed) {
		g.pause = min(max(2*g.pause, firstPause), lastPause)
		g.closed = time.Now()
		g.cause = *cause
	}
	return g.seldom.now()
}

// seldom is what may be said once a minute.
type seldom struct {
	mu   sync.Mutex
	last time.Time
}

func (s *seldom) now() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.last.IsZero() && time.Since(s.last) < time.Minute {
		return false
	}
	s.last = time.Now()
	return true
}
