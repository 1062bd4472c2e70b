package trust

import (
	"errors"
	"net"
	"sync"
	"time"
)

const (
	// maxAnswers and maxAnswer bound the memory of the cache to some 4 MiB.
	maxAnswers = 1024
	maxAnswer  = 4096
	// answerLife is how long an answer is kept, and absenceLife how long its
	// absence is (RFC 2308 §5). The system's resolver does not tell the TTL;
	// these are short enough for whoever mends a record and tries again.
	answerLife  = 5 * time.Minute
	absenceLife = time.Minute
)

// A question is a type of record and a name.
type question struct{ kind, name string }

// An answer is what DNS said. Its fields stand once done is closed.
type answer struct {
	done    chan struct{}
	records any // a slice; nobody writes to it
	err     error
	until   time.Time // how long it may be told; zero while it is awaited
}

// A cache keeps answers for a while, and asks a question that several wait
// for once. What failed for now is not kept.
type cache struct {
	mu      sync.Mutex
	answers map[question]*answer
}

// get returns the answer to a question, which may be awaited still.
func (c *cache) get(q question, now func() time.Time, look func() (any, error)) *answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := now()
	if known := c.answers[q]; known != nil && (known.until.IsZero() || at.Before(known.until)) {
		return known
	}
	if c.answers == nil {
		c.answers = make(map[question]*answer)
	}
	fresh := &answer{done: make(chan struct{})}
	if c.makeRoom(at) {
		c.answers[q] = fresh
	}
	go func() {
		records, err := look()
		c.settle(q, fresh, records, err, now())
	}()
	return fresh
}

// settle tells an answer to all who wait for it.
func (c *cache) settle(q question, a *answer, records any, err error, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a.records, a.err = records, err
	var dns *net.DNSError
	switch {
	case err == nil && size(records) <= maxAnswer:
		a.until = at.Add(answerLife)
	case errors.As(err, &dns) && dns.IsNotFound:
		a.until = at.Add(absenceLife)
	case c.answers[q] == a:
		delete(c.answers, q)
	}
	close(a.done)
}

// makeRoom forgets what is past its time or, if the cache is full still, what
// would be next. It fails if everything in it is awaited.
func (c *cache) makeRoom(at time.Time) bool {
	if len(c.answers) < maxAnswers {
		return true
	}
	var next question
	var until time.Time
	for q, a := range c.answers {
		switch {
		case a.until.IsZero():
		case !at.Before(a.until):
			delete(c.answers, q)
		case until.IsZero() || a.until.Before(until):
			next, until = q, a.until
		}
	}
	if len(c.answers) >= maxAnswers && !until.IsZero() {
		delete(c.answers, next)
	}
	return len(c.answers) < maxAnswers
}

// size estimates the octets of an answer.
func size(records any) int {
	n := 0
	switch list := records.(type) {
	case []string:
		for _, s := range list {
			n += len(s) + 16
		}
	case []*net.MX:
		for _, mx := range list {
			n += len(mx.Host) + 32
		}
	case []net.IPAddr:
		n = 64 * len(list)
	}
	return n
}
