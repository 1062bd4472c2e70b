// Package outbox sends the mail that is queued: it claims deliveries, signs
// them, hands them to one smarthost over kept-open connections, and records
// how each attempt ended.
package outbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

const (
	// feedRoom is how many fresh deliveries may be in hand with their bytes
	// in memory: two full batches of the doors' fifty sessions, and 32 MiB if
	// each were as large as is kept in memory (256 KiB).
	feedRoom = 128
	// pollEvery is how often mail that became due is looked for.
	pollEvery = time.Second
	// beatEvery and deadAfter: four beats may be missed, by a slow disk say,
	// before another instance takes over what this one has in hand.
	beatEvery = 5 * time.Second
	deadAfter = 20 * time.Second
	// grace is how long mail in flight may take once Run is told to stop; a
	// server is given 30 s to end, of which the rest is for the database.
	grace = 20 * time.Second
	// defaultConnections is how many connections are kept to the smarthost.
	defaultConnections = 8
)

// A Store is what the outbox needs of *storage.Storage.
type Store interface {
	Feed(owner string, capacity int, backoff func(attempts int64) time.Duration) *storage.Feed
	CloseFeed()
	Claim(ctx context.Context, owner string, now time.Time, limit int, backoff func(attempts int64) time.Duration) ([]storage.Delivery, error)
	Open(ctx context.Context, d *storage.Delivery) io.Reader
	Sent(d *storage.Delivery) error
	Finish(ctx context.Context, o *storage.Outcome) error
	Release(ctx context.Context, owner string, now time.Time) error
	Beat(ctx context.Context, name string, now time.Time) error
	Reap(ctx context.Context, name string, since, now time.Time) error
}

// Config is what an Outbox needs; where a field says so it may be left zero.
type Config struct {
	Store    Store
	Instance string       // this process's name among those that share the database, another at every start
	Scheme   *mask.Scheme // makes the envelope senders
	Signers  []*Signer    // none: mail is not signed

	// LookupTXT asks DNS whether the keys of all signers but the first are
	// published; nil: the first alone signs.
	LookupTXT func(ctx context.Context, name string) ([]string, error)

	// URL is the smarthost: smtps://user@host:465 for implicit TLS,
	// smtp://user@host:587 for STARTTLS, which is required unless the host is
	// loopback. The user may be left out, and the port.
	URL         string
	Password    string      // the user's
	Connections int         // how many are kept open at the most; 0: 8
	Hostname    string      // what we call ourselves in EHLO; empty: localhost
	TLS         *tls.Config // nil: the system's roots

	// Failed returns what follows from a delivery that finally failed, to be
	// stored with the failure: mails, and what changes. Status is the last
	// answer's codes, as in "550 5.1.1", and reply its text, which is for
	// reading only. Nil: nothing follows. If it fails the delivery is tried
	// once more later, lest it fail in silence.
	Failed func(ctx context.Context, d *storage.Delivery, status, reply string) ([]storage.Outgoing, []storage.Change, error)

	// Attempted is told of each attempt: the delivery's kind, and its state
	// after it; nil: nobody is.
	Attempted func(kind, state string)

	Now    func() time.Time                                                     // dates what is stored; nil: the system's clock
	Random func(n int64) int64                                                  // in [0,n), for jitter, called side by side; nil: math/rand
	Log    *slog.Logger                                                         // nil: slog's default
	Dial   func(ctx context.Context, network, address string) (net.Conn, error) // nil: net.Dialer's
}

// An Outbox sends queued mail.
type Outbox struct {
	config  Config
	pool    *pool
	gate    gate
	feed    *storage.Feed
	claimed chan *storage.Delivery
	slow    seldom // complaints about the database
}

// New returns an outbox, or an error that says what is wrong with c.
func New(c Config) (*Outbox, error) {
	if c.Store == nil || c.Instance == "" || c.Scheme == nil {
		return nil, errors.New("outbox: Store, Instance and Scheme are required")
	}
	h, err := newSmarthost(&c)
	if err != nil {
		return nil, err
	}
	if c.Connections <= 0 {
		c.Connections = defaultConnections
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Int64N
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return &Outbox{
		config:  c,
		pool:    &pool{host: h},
		claimed: make(chan *storage.Delivery, 2*c.Connections),
	}, nil
}

// Check connects to the smarthost as for sending (greeting, EHLO, TLS, AUTH)
// and takes its leave. Of c it needs the fields that say how to connect. The
// error may quote the server and is for the operator's eyes.
func Check(ctx context.Context, c Config) error {
	h, err := newSmarthost(&c)
	if err != nil {
		return err
	}
	conn, err := h.connect(ctx)
	var f *failure
	if errors.As(err, &f) && f.text != "" {
		return fmt.Errorf("%w: %s", err, f.text)
	}
	if err != nil {
		return err
	}
	conn.quit()
	return nil
}

// Run sends until ctx ends, lets what is in flight come to its end, and gives
// back what it still has in hand. Doors are to be closed before ctx ends, or
// what they accept last may wait for the next start.
func (o *Outbox) Run(ctx context.Context) error {
	if err := o.beat(ctx); err != nil {
		return fmt.Errorf("outbox: taking over what dead instances held: %w", err)
	}
	sending, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	o.feed = o.config.Store.Feed(o.config.Instance, feedRoom, o.backoff)
	var heart, work sync.WaitGroup
	heart.Go(func() { o.beatOn(sending) })
	heart.Go(func() { o.consultOn(sending) })
	work.Go(func() { o.claim(ctx, sending) })
	for range o.config.Connections {
		work.Go(func() { o.send(ctx, sending) })
	}

	<-ctx.Done()
	o.config.Store.CloseFeed()
	defer time.AfterFunc(grace, hangUp).Stop()
	work.Wait()
	o.pool.close()
	hangUp()
	heart.Wait()
	if err := o.config.Store.Release(context.WithoutCancel(ctx), o.config.Instance, o.config.Now()); err != nil {
		return fmt.Errorf("outbox: giving back what is in hand: %w", err)
	}
	return nil
}

// beat says that this instance is alive, and takes over from those that are not.
func (o *Outbox) beat(ctx context.Context) error {
	now := o.config.Now()
	if err := o.config.Store.Beat(ctx, o.config.Instance, now); err != nil {
		return err
	}
	return o.config.Store.Reap(ctx, o.config.Instance, now.Add(-deadAfter), now)
}

func (o *Outbox) beatOn(ctx context.Context) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := o.beat(ctx); err != nil {
				o.complain("the outbox's heartbeat failed", err)
			}
		}
	}
}

// claim takes what is due out of the database: when the feed had no room for
// it, and each second what is to be tried again.
func (o *Outbox) claim(ctx, sending context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for o.pass(ctx, sending) {
		due, err := o.config.Store.Claim(ctx, o.config.Instance, o.config.Now(), cap(o.claimed), o.backoff)
		if err != nil {
			due = nil // whatever it is, it is not ours
			o.complain("claiming mail failed", err)
		}
		for i := range due {
			select {
			case o.claimed <- &due[i]:
			case <-ctx.Done():
				return // Run gives them back
			}
		}
		if len(due) == cap(o.claimed) {
			continue
		}
		select {
		case <-o.feed.Wake():
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// pass waits until the gate is open, and returns false if ctx ends first.
// What is in hand waits along unless it is for long: then it goes back into
// the queue, where an operator can see and move it.
func (o *Outbox) pass(ctx, sending context.Context) bool {
	for ctx.Err() == nil {
		wait := o.gate.wait()
		if wait <= 0 {
			return true
		}
		var fresh, claimed <-chan *storage.Delivery
		if wait > patience {
			fresh, claimed = o.feed.Mail(), o.claimed
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case d := <-fresh:
			o.feed.Took()
			o.finish(sending, d, "", o.gate.reason())
		case d := <-claimed:
			o.finish(sending, d, "", o.gate.reason())
		}
		timer.Stop()
	}
	return false
}

// complain logs a fault of the database, once a minute; that we are stopping is none.
func (o *Outbox) complain(what string, err error) {
	if !errors.Is(err, context.Canceled) && o.slow.now() {
		o.config.Log.Error(what, "error", err)
	}
}
