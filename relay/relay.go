// Package relay decides what happens to one message, whatever door it came
// in by: to whom it goes, whether its sender is who they say, and what the
// other of the pair gets to see.
package relay

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime/debug"
	"time"

	"mentorrelay/parser/message"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/quota"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

// A Store is what the relay asks of the database.
type Store interface {
	Route(ctx context.Context, token string) (*storage.Route, error)
	PersonByAddress(ctx context.Context, canonical string) (*storage.Person, error)
	ProgrammeOf(ctx context.Context, personID int64) (*storage.Programme, error)
	Translate(ctx context.Context, pairID, personID int64, ids []string) (map[string]string, error)
	Received(ctx context.Context, pairID, personID int64, ids []string) (bool, error)
	Wrote(ctx context.Context, pairID, personID int64, since time.Time) (bool, error)
	NewBody(ctx context.Context, now time.Time) *storage.Body
	Accept(ctx context.Context, a *storage.Acceptance) (fresh bool, err error)
	HoldByID(ctx context.Context, id int64) (*storage.Hold, error)
	HoldsOf(ctx context.Context, question int64) ([]storage.Hold, error)
	OpenHold(ctx context.Context, h *storage.Hold) io.Reader
}

// Config is what a Relay is made of.
type Config struct {
	Store   Store
	Scheme  *mask.Scheme
	Trust   *trust.Checker
	Notices *notice.Writer
	Service Service
	Limits  message.Limits
	Quotas  Quotas
	Now     func() time.Time
	Log     *slog.Logger

	// Received is told of each answer (RFC 5321 §4.2), for one recipient; nil:
	// nobody is.
	Received func(door Door, code int)
}

// Quotas bound how many letters are taken, where they are not nil. Mail from a
// trusted network does not count: who vouches for it bounds it, too. What is
// over a quota is put off, never lost.
type Quotas struct {
	Person *quota.Meter // each person to each of their pairs
	Pair   *quota.Meter // both of each pair
	Open   *quota.Meter // all who write to the postmaster
}

// DefaultQuotas returns those the relay works with: no large mailbox provider
// lets a person send more than 500 messages a day.
func DefaultQuotas() Quotas {
	const aDay = 24 * time.Hour
	return Quotas{
		Person: &quota.Meter{Burst: 500, Every: aDay / 500},
		Pair:   &quota.Meter{Burst: 800, Every: aDay / 800},
		Open:   &quota.Meter{Burst: 20, Every: aDay / 20},
	}
}

// A Relay takes messages in. It keeps nothing between two of them.
type Relay struct{ Config }

// New returns a relay.
func New(c Config) *Relay { return &Relay{c} }

// Resolve finds what an address of ours stands for. Any other gets 550 5.1.1:
// nothing else is ever accepted, so this can be no open relay.
func (r *Relay) Resolve(ctx context.Context, address string) (Recipient, error) {
	kind, token := r.Scheme.Read(address)
	rc := Recipient{Address: address, kind: kind, token: token}
	switch kind {
	case mask.Mask:
		route, err := r.Store.Route(ctx, token)
		if errors.Is(err, storage.ErrNotFound) {
			return Recipient{}, errUnknown
		}
		if err != nil {
			return Recipient{}, AsRefusal(err)
		}
		rc.route = route
		return rc, nil
	case mask.Bounce:
		id, err := r.Scheme.Delivery(token, r.Now())
		if err != nil {
			return Recipient{}, errUnknown
		}
		rc.number = id
		return rc, nil
	case mask.Question:
		id, err := r.Scheme.Asked(token, r.Now())
		if err != nil {
			return Recipient{}, errUnknown
		}
		rc.number = id
		return rc, nil
	case mask.Survey:
		id, err := r.Scheme.Surveyed(token, r.Now())
		if err != nil {
			return Recipient{}, errUnknown
		}
		rc.number = id
		return rc, nil
	case mask.Request:
		id, err := r.Scheme.Requested(token, r.Now())
		if err != nil {
			return Recipient{}, errUnknown
		}
		rc.number = id
		return rc, nil
	case mask.Service:
		if r.Service.Knows(token) {
			return rc, nil
		}
	}
	return Recipient{}, errUnknown
}

// Receive takes a message for each of the envelope's recipients and returns
// once what it leaves behind is durable: for each recipient nil, or the
// Refusal to answer with. A message that comes by SMTP has one answer for
// all (RFC 5321 §4.2.5), so there it is taken for all or for none. A message
// over which the relay stumbles is put off: it must not stop the others.
func (r *Relay) Receive(ctx context.Context, env Envelope, msg *Spool) (errs []error) {
	errs = make([]error, len(env.Recipients))
	defer func() {
		if p := recover(); p != nil {
			r.Log.ErrorContext(ctx, "stumbled over a message", "door", string(env.Door), "stack", string(debug.Stack()))
			for i := range errs {
				errs[i] = AsRefusal(errStumbled)
			}
		}
	}()
	l := r.read(env, msg)
	var refused error
	for i := range env.Recipients {
		errs[i] = r.admit(ctx, env, &env.Recipients[i], l)
		refused = cmp.Or(refused, errs[i])
	}
	for i := range env.Recipients {
		switch {
		case errs[i] != nil:
		case refused != nil && env.Door == SMTP:
			errs[i] = refused
		default:
			errs[i] = r.take(ctx, env, &env.Recipients[i], l)
		}
		errs[i] = r.settle(ctx, env, &env.Recipients[i], l, errs[i])
		r.count(env.Door, errs[i])
	}
	return errs
}

// errStumbled stands for a fault in the relay itself.
var errStumbled = errors.New("the relay stumbled")

func (r *Relay) count(door Door, err error) {
	switch {
	case r.Received == nil:
	case err == nil:
		r.Received(door, 250)
	default:
		r.Received(door, AsRefusal(err).Code)
	}
}

// settle logs what became of a message for one recipient, and tells a proven
// sender why it was refused where the door cannot.
func (r *Relay) settle(ctx context.Context, env Envelope, rc *Recipient, l *letter, err error) error {
	attrs := []any{"door", string(env.Door), "key", l.logKey()}
	if rc.route != nil {
		attrs = append(attrs, "pair", rc.route.Pair.ID)
	}
	if err == nil {
		r.Log.DebugContext(ctx, "received", attrs...)
		return nil
	}
	refusal := AsRefusal(err)
	attrs = append(attrs, "code", refusal.Code)
	if refusal.Temporary() {
		r.Log.ErrorContext(ctx, "not received for now", append(attrs, "err", refusal.Err)...)
		return refusal
	}
	r.Log.InfoContext(ctx, "refused", append(attrs, "reason", refusal.Text)...)
	if err := r.tell(ctx, env, rc, l, refusal); err != nil {
		return AsRefusal(err)
	}
	return refusal
}
