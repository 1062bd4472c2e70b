package storage

import (
	"sync"
	"time"
)

// A Feed hands new mail, as soon as it is durable, to the one in this process
// who sends it. Mail that finds no room in it waits in the database for Claim.
type Feed struct {
	owner   string
	backoff func(attempts int64) time.Duration
	room    chan struct{} // one token for each delivery reserved or waiting
	mail    chan *Delivery
	wake    chan struct{}
}

// feeds holds the feed of a storage, if there is one.
type feeds struct {
	mu       sync.Mutex
	feed     *Feed
	doubtful []int64 // bodies of mails in the owner's hand, if their transaction, which seemed to fail, did not
}

// Feed opens the feed of this process: up to capacity deliveries at a time,
// claimed for owner as Claim does.
func (s *Storage) Feed(owner string, capacity int, backoff func(attempts int64) time.Duration) *Feed {
	f := &Feed{
		owner:   owner,
		backoff: backoff,
		room:    make(chan struct{}, capacity),
		mail:    make(chan *Delivery, capacity),
		wake:    make(chan struct{}, 1),
	}
	s.feed.mu.Lock()
	defer s.feed.mu.Unlock()
	s.feed.feed = f
	return f
}

// CloseFeed ends the feed: what is accepted from now on waits for Claim. What
// the feed still holds is given back by Release.
func (s *Storage) CloseFeed() {
	s.feed.mu.Lock()
	defer s.feed.mu.Unlock()
	s.feed.feed = nil
}

// Mail is the new deliveries, in hand already; whoever takes one calls Took.
func (f *Feed) Mail() <-chan *Delivery { return f.mail }

// Took makes room for the next delivery.
func (f *Feed) Took() { <-f.room }

// Wake signals that there is mail to be claimed.
func (f *Feed) Wake() <-chan struct{} { return f.wake }

// A reservation is room in a feed for the mails of one transaction.
type reservation struct {
	feeds *feeds
	feed  *Feed
	room  int // how many of the mails may be claimed
}

func (s *feeds) reserve(n int) *reservation {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &reservation{feeds: s, feed: s.feed}
	for r.feed != nil && r.room < n {
		select {
		case r.feed.room <- struct{}{}:
			r.room++
		default:
			return r
		}
	}
	return r
}

// claim marks d as in hand if there is room for it, as the k-th mail.
func (r *reservation) claim(d *Delivery, k int) {
	if k < r.room {
		d.Owner, d.Attempts, d.NextAt = r.feed.owner, 1, d.CreatedAt.Add(r.feed.backoff(1))
	}
}

// hand passes on what is durable now.
func (r *reservation) hand(queued []*Delivery) {
	if r.feed == nil {
		return
	}
	k := min(len(queued), r.room)
	for _, d := range queued[:k] {
		r.feed.mail <- d // there is room
	}
	for range r.room - k {
		<-r.feed.room
	}
	if k < len(queued) {
		select {
		case r.feed.wake <- struct{}{}:
		default:
		}
	}
}

// fail gives the room back. An error may hide that the transaction became
// durable after all (the connection broke before the answer came), and then
// the mails are in the hand of somebody who does not know of them.
func (r *reservation) fail(queued []*Delivery) {
	for _, d := range queued {
		if d.Owner != "" {
			r.feeds.doubt(d.Body)
		}
	}
	r.hand(nil)
}

// doubt has the next claim give these mails back first.
func (s *feeds) doubt(bodies ...int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.doubtful = append(s.doubtful, bodies...)
}

func (s *feeds) takeDoubtful() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.doubtful
	s.doubtful = nil
	return taken
}
