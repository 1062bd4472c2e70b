package relay

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"mentorrelay/parser/message"
	"mentorrelay/parser/report"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

// admit decides whether a message may pass to one recipient, or is to be held
// for a word from its author, without any trace of it yet.
func (r *Relay) admit(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	switch {
	case l.err != nil:
		return l.err
	case r.drops(l) && rc.route != nil && l.kind == report.AutoReply && r.weigh(ctx, env, l) == trust.Failed:
		return errFailed
	case r.drops(l):
		return nil
	case rc.kind == mask.Service && r.Service.Open(rc.token):
		return r.admitAnybody(ctx, env, l)
	case rc.kind == mask.Service:
		return r.admitVisitor(ctx, env, rc, l)
	case rc.route == nil: // what the address holds is proof enough
		return nil
	}
	if l.limit != nil && env.Door != IMAP { // there its author is told, if it is proven who that is
		return l.limit
	}
	known, err := r.knows(ctx, rc.route, l)
	if err != nil {
		return err
	}
	if known == stranger {
		if ok, err := r.answersOwn(ctx, rc.route, l); err != nil || !ok {
			return cmp.Or(err, error(errUnproven))
		}
	}
	switch err := r.prove(ctx, env, l); {
	case err == errUnproven && known == writer, err == nil && known == writer && !r.meant(rc, l):
		rc.hold = storage.HoldUnproven
	case err != nil:
		return err
	case known == somebody:
		return errNotYours
	case known == stranger:
		rc.hold = storage.HoldAddress
	}
	if l.limit != nil {
		return l.limit
	}
	if rc.hold != "" {
		return r.mayHold(ctx, rc, l)
	}
	return r.within(env, rc)
}

// meant tells whether the author is proven to have written to this address. What
// somebody wrote to others is proven just as well, and anybody who got it could
// send it here again: a signature says nothing of the envelope, nor of a field
// that it does not cover (RFC 6376 §8.6, §5.4). What the author's own host
// hands in is meant for whom it says.
func (r *Relay) meant(rc *Recipient, l *letter) bool {
	if l.opinion.Direct {
		return true
	}
	for _, name := range []string{"to", "cc"} {
		fields := l.header.All(name)
		if !l.opinion.Covers(name, len(fields)) {
			continue
		}
		for _, a := range message.ParseAddressList(strings.Join(fields, ", ")) {
			if kind, token := r.Scheme.Read(a.Addr); kind == rc.kind && token == rc.token {
				return true
			}
		}
	}
	return false
}

// within puts off what exceeds a quota.
func (r *Relay) within(env Envelope, rc *Recipient) error {
	if r.Trust.Trusts(env.PeerIP) {
		return nil
	}
	now, mask := r.Now(), &rc.route.Mask
	if !r.Quotas.Person.Allow(fmt.Sprint(mask.ID), now) || !r.Quotas.Pair.Allow(fmt.Sprint(mask.PairID), now) {
		return errQuota
	}
	return nil
}

// admitVisitor lets those who are enrolled write to a service address.
func (r *Relay) admitVisitor(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	if l.from == "" {
		return errUnproven
	}
	author, err := r.Store.PersonByAddress(ctx, l.from)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return errUnproven
	case err != nil:
		return fmt.Errorf("looking up an author: %w", err)
	}
	rc.author = author
	if err := r.prove(ctx, env, l); err != nil {
		return err
	}
	if !r.meant(rc, l) {
		return errUnproven
	}
	return nil
}

// admitAnybody lets anybody write who does not pass for somebody else, as far as
// the quota of all together goes.
func (r *Relay) admitAnybody(ctx context.Context, env Envelope, l *letter) error {
	if l.from == "" {
		return errUnproven
	}
	if err := r.prove(ctx, env, l); err != nil && err != errUnproven {
		return err
	}
	if !r.Trust.Trusts(env.PeerIP) && !r.Quotas.Open.Allow("", r.Now()) {
		return errQuota
	}
	return nil
}

// unknownLife is how long a fetched message waits for DNS to tell who wrote it.
// By SMTP it is the client that gives up (RFC 5321 §4.5.4.1).
const unknownLife = 3 * 24 * time.Hour

// prove tells, by the refusal to give, whether the author's address is proven.
func (r *Relay) prove(ctx context.Context, env Envelope, l *letter) error {
	switch r.weigh(ctx, env, l) {
	case trust.Proven:
		return nil
	case trust.Unknown:
		if env.Door == IMAP && r.Now().Sub(env.ReceivedAt) > unknownLife {
			return errUnproven
		}
		return &Refusal{451, [3]int{4, 7, 0}, "The sender could not be verified for now, please try again later", errors.New(l.opinion.Reason)}
	case trust.Failed:
		return errFailed
	default:
		return errUnproven
	}
}

// drops tells whether a message is neither relayed nor refused: mail of our
// own that came round again, and automatic mail (RFC 3834 §2).
func (r *Relay) drops(l *letter) bool {
	return l.kind != "" || r.Scheme.IsTrace(l.header.Get(mask.TraceField))
}

// An acquaintance is who an author is to a mask.
type acquaintance int

const (
	stranger acquaintance = iota // nobody we know
	somebody                     // someone enrolled, but not whose mask it is
	writer                       // the one person the mask is for
)

func (r *Relay) knows(ctx context.Context, route *storage.Route, l *letter) (acquaintance, error) {
	if l.from == "" {
		return stranger, nil
	}
	if slices.ContainsFunc(route.Writer.Addresses, func(a storage.Address) bool { return a.Canonical == l.from }) {
		return writer, nil
	}
	switch _, err := r.Store.PersonByAddress(ctx, l.from); {
	case err == nil:
		return somebody, nil
	case errors.Is(err, storage.ErrNotFound):
		return stranger, nil
	default:
		return stranger, fmt.Errorf("looking up an author: %w", err)
	}
}

// answersOwn tells whether a message refers to one that only the person of the
// mask received: nobody else knows its id.
func (r *Relay) answersOwn(ctx context.Context, route *storage.Route, l *letter) (bool, error) {
	inReplyTo, references := l.thread()
	ids := slices.Concat(inReplyTo, references)
	if l.from == "" || len(ids) == 0 {
		return false, nil
	}
	ok, err := r.Store.Received(ctx, route.Pair.ID, route.Writer.ID, ids)
	if err != nil {
		return false, fmt.Errorf("looking up what is answered: %w", err)
	}
	return ok, nil
}
