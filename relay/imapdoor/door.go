// Package imapdoor takes mail in from one IMAP mailbox: it hands each message
// to the relay, and then moves or deletes it.
package imapdoor

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/emersion/go-imap/v2"

	"mentorrelay/relay"
)

// A Relay says which addresses are its own, and takes messages for them.
type Relay interface {
	// Resolve finds the recipient at an address. A permanent refusal means
	// that it is not one of ours, a temporary one that nobody can tell now.
	Resolve(ctx context.Context, address string) (relay.Recipient, error)

	// Receive takes a message, with one answer for each of its recipients; nil
	// means that it is durable. The spool is not used after it returns.
	Receive(ctx context.Context, env relay.Envelope, msg *relay.Spool) []error
}

// Config is what a door needs to know.
type Config struct {
	// URL names the account and the mailbox: imaps://user@host/INBOX, or
	// imap://user@host/INBOX for STARTTLS, which only a loopback host may lack.
	URL string

	// Password is asked at each login, so that a new one takes effect.
	Password func() (string, error)

	// After is what becomes of a message that the relay took: "move:FOLDER"
	// or "delete". One that it refused is moved to the folder Refused.
	After string

	// MaxSize is the number of octets above which only the header of a message
	// is fetched, for the relay to answer it; 0 means no such limit.
	MaxSize int64

	// Poll is how often the mailbox is looked at when the server announces
	// nothing; 0 means a minute.
	Poll time.Duration

	Relay Relay
	TLS   *tls.Config  // nil for the system's roots
	Log   *slog.Logger // nil for none
}

// The times of a door.
const (
	// defaultPoll is how long a message may wait where the server has no IDLE
	// or forgets to announce it, and a lost connection go unnoticed.
	defaultPoll = time.Minute

	// longestPoll keeps an IDLE below the half hour after which servers log
	// clients out: RFC 2177 §3 has it issued again every 29 minutes.
	longestPoll = 28 * time.Minute

	// grace is how long the messages in hand have to be moved when the door is
	// told to stop; who stops it waits for 30 seconds.
	grace = 10 * time.Second
)

// inFlight is how many messages the relay works on at once. Each waits for a
// commit that it shares with the others, and holds at most 256 KiB of memory.
const inFlight = 32

// A Door drains one mailbox into the relay.
type Door struct {
	account
	password func() (string, error)
	folder   string // where a message goes that was taken; empty: it is deleted
	maxSize  int64
	poll     time.Duration
	relay    Relay
	tls      *tls.Config
	log      *slog.Logger

	dial      func(ctx context.Context, network, address string) (net.Conn, error)
	reconnect backoff // after a connection that failed
	relogin   backoff // after a login that was refused
	retry     backoff // for a message that was put off

	slots    chan struct{} // a place for each message in flight
	validity uint32        // UIDVALIDITY, for which the rest is known
	late     map[imap.UID]*delay
}

// New returns a door, or says what to write instead in the configuration.
func New(config Config) (*Door, error) {
	account, err := parseAccount(config.URL)
	if err != nil {
		return nil, err
	}
	folder, err := parseAfter(config.After, account.mailbox)
	if err != nil {
		return nil, err
	}
	if config.Relay == nil || config.Password == nil {
		return nil, errors.New("imapdoor: a relay and a password are needed")
	}
	if config.MaxSize < 0 || config.Poll < 0 {
		return nil, errors.New("imapdoor: a size or an interval is negative")
	}
	d := &Door{
		account:   account,
		password:  config.Password,
		folder:    folder,
		maxSize:   config.MaxSize,
		poll:      min(config.Poll, longestPoll),
		relay:     config.Relay,
		tls:       config.TLS,
		log:       config.Log,
		dial:      new(net.Dialer).DialContext,
		reconnect: backoff{time.Second, 5 * time.Minute},
		relogin:   backoff{time.Minute, 30 * time.Minute}, // providers lock an account after a few failures
		retry:     backoff{time.Second, 5 * time.Minute},
		slots:     make(chan struct{}, inFlight),
		late:      make(map[imap.UID]*delay),
	}
	if d.poll == 0 {
		d.poll = defaultPoll
	}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	return d, nil
}

// Check logs in and looks at the mailbox, changing nothing.
func (d *Door) Check(ctx context.Context) error {
	s, err := d.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	defer s.conn.await()()
	if _, err := s.client.Select(d.mailbox, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return fmt.Errorf("opening the mailbox %q: %w", d.mailbox, err)
	}
	return nil
}

// Run drains the mailbox, and waits for more, until ctx ends; what the relay
// has in hand by then is finished. A connection that fails is made again. It
// must run once at a time, and returns nil.
func (d *Door) Run(ctx context.Context) error {
	for failures := 0; ctx.Err() == nil; failures++ {
		drained, err := d.session(ctx)
		if ctx.Err() != nil {
			break
		}
		if drained {
			failures = 0
		}
		wait := d.reconnect
		if errors.Is(err, errLogin) {
			wait = d.relogin
		}
		pause := wait.after(failures)
		d.log.Error("imap: no connection", "err", reason(err), "again_in", pause)
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
	}
	return nil
}

// session serves one connection until it fails or ctx ends, and tells whether
// the mailbox could be drained over it.
func (d *Door) session(ctx context.Context) (drained bool, err error) {
	s, err := d.connect(ctx)
	if err != nil {
		return false, err
	}
	defer s.close()
	for {
		if err := s.round(ctx); err != nil || ctx.Err() != nil {
			return drained, err
		}
		drained = true
		if err := s.wait(ctx, d.pause(time.Now())); err != nil || ctx.Err() != nil {
			return drained, err
		}
	}
}
