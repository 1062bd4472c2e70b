package imapdoor

import (
	"math/rand/v2"
	"time"

	"github.com/emersion/go-imap/v2"
)

// A backoff is a wait that doubles with each failure.
type backoff struct{ first, last time.Duration }

// after returns how long to wait after so many failures before this one. Half
// of it is random, so that what failed together is not tried again together.
func (b backoff) after(failures int) time.Duration {
	d := b.last
	if failures < 30 { // beyond, the shift overflows
		d = min(b.first<<failures, b.last)
	}
	return d/2 + rand.N(d/2+1)
}

// A delay is what is known of a message that could not be finished.
type delay struct {
	failures int
	due      time.Time
	copied   bool // it is in its folder already, only not yet deleted
}

// maxLate is how many messages may be put off before the door stops to look
// for more: about a mebibyte of memory.
const maxLate = 10_000

// putOff has a message tried again later.
func (d *Door) putOff(uid imap.UID, now time.Time) {
	late := d.remember(uid)
	late.due = now.Add(d.retry.after(late.failures))
	late.failures++
}

func (d *Door) remember(uid imap.UID) *delay {
	late := d.late[uid]
	if late == nil {
		late = new(delay)
		d.late[uid] = late
	}
	return late
}

// forget drops what is known of messages that are no longer there.
func (d *Door) forget(present imap.UIDSet) {
	for uid := range d.late {
		if !present.Contains(uid) {
			delete(d.late, uid)
		}
	}
}

// pause returns how long the door may wait: until the next poll, or until a
// message that was put off is due.
func (d *Door) pause(now time.Time) time.Duration {
	pause := d.poll
	for _, late := range d.late {
		pause = min(pause, late.due.Sub(now))
	}
	return max(pause, 0)
}
