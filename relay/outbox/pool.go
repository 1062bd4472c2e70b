package outbox

import (
	"context"
	"slices"
	"sync"
	"time"
)

const (
	// idleLimit is how long a connection is kept without mail: servers wait
	// for five minutes (RFC 5321 §4.5.3.2.7) if they are not short of them.
	idleLimit = 30 * time.Second
	// useLimit is how many messages go over one connection; many servers
	// limit it, and one that is balanced by DNS wants to see us anew.
	useLimit = 100
)

// A pool keeps connections that have nothing to do. The one used last is the
// first to be used again, so that little mail needs few.
type pool struct {
	host *smarthost
	mu   sync.Mutex
	idle []*client
}

// get returns a connection, and whether it was used before.
func (p *pool) get(ctx context.Context) (c *client, used bool, err error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c, p.idle = p.idle[n-1], p.idle[:n-1]
	}
	p.mu.Unlock()
	if c != nil {
		c.idle.Stop() // if it has fired, expire does not find it any more
		return c, true, nil
	}
	c, err = p.host.connect(ctx)
	return c, false, err
}

// put takes a connection back.
func (p *pool) put(c *client) {
	switch {
	case c.dead:
		c.close()
	case c.used >= useLimit:
		c.quit()
	default:
		p.mu.Lock()
		defer p.mu.Unlock()
		c.idle = time.AfterFunc(idleLimit, func() { p.expire(c) })
		p.idle = append(p.idle, c)
	}
}

// expire ends a connection that was idle for too long.
func (p *pool) expire(c *client) {
	p.mu.Lock()
	i := slices.Index(p.idle, c)
	if i >= 0 {
		p.idle = slices.Delete(p.idle, i, i+1)
	}
	p.mu.Unlock()
	if i >= 0 {
		c.quit()
	}
}

// close ends all idle connections.
func (p *pool) close() {
	for _, c := range p.drain() {
		c.idle.Stop()
		c.quit()
	}
}

func (p *pool) drain() []*client {
	p.mu.Lock()
	defer p.mu.Unlock()
	idle := p.idle
	p.idle = nil
	return idle
}
