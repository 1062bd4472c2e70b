package outbox

import "time"

const (
	// firstRetry is short, for greylisting; RFC 5321 §4.5.4.1 would have
	// retries wait for half an hour, but that is between strangers: this is
	// one client and the server that serves it.
	firstRetry = time.Minute
	// lastRetry bounds how late mail comes after the trouble is over; §4.5.4.1
	// has two to three hours in mind.
	lastRetry = 3 * time.Hour
	// life is how long mail is tried before its sender is told: people who
	// wait for an answer should not wait the four to five days of §4.5.4.1.
	life = 3 * 24 * time.Hour
)

// backoff returns how long to wait after the attempts begun so far: twice as
// long each time, an eighth more or less, so that mail that failed together
// does not come back together.
func (o *Outbox) backoff(attempts int64) time.Duration {
	d := firstRetry
	for n := int64(1); n < attempts && d < lastRetry; n++ {
		d *= 2
	}
	d = min(d, lastRetry)
	return d - d/8 + time.Duration(o.config.Random(int64(d/4)))
}
