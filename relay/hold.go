package relay

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

const (
	// holdLife is how long a message waits for a word from its author.
	holdLife = 7 * 24 * time.Hour
	// maxHeld bounds what one question can be about, lest somebody fill the
	// disk in another's name.
	maxHeld = 20
)

// question is the number of what is asked about letters of one person from
// one address: the same for all that wait together.
func question(person int64, address string) int64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "question\n%d\n%s", person, address))
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 1)
}

// mayHold decides whether one more message may wait for a word from its
// author. Where they said a few days ago that it was not them, nobody is asked
// again; nor where nothing could be relayed anyway.
func (r *Relay) mayHold(ctx context.Context, rc *Recipient, l *letter) error {
	if _, is, err := r.closed(ctx, rc.route); err != nil || is {
		return cmp.Or(err, error(errUnproven))
	}
	holds, err := r.Store.HoldsOf(ctx, question(rc.route.Writer.ID, l.from))
	if err != nil {
		return fmt.Errorf("looking up what is held: %w", err)
	}
	waiting := 0
	for _, h := range holds {
		switch {
		case h.State == storage.HoldRefused && r.Now().Sub(h.SettledAt) < holdLife:
			return errUnproven
		case h.State == storage.HoldWaiting:
			waiting++
		}
	}
	if waiting >= maxHeld {
		return errWaiting
	}
	return nil
}

// hold keeps a message, and asks the person it seems to be from, at their
// registered address, whether it is: once for all that wait together.
func (r *Relay) hold(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	route, key := rc.route, l.keyFor(rc.token)
	h := storage.Hold{
		Kind: rc.hold, Question: question(route.Writer.ID, l.from), PairID: route.Pair.ID, WriterID: route.Writer.ID, Token: rc.token,
		Address: l.from, Door: string(env.Door), MailFrom: env.MailFrom, Receipt: key,
		ReceivedAt: env.ReceivedAt, ExpiresAt: r.Now().Add(holdLife),
	}
	holds, err := r.Store.HoldsOf(ctx, h.Question)
	if err != nil {
		return fmt.Errorf("looking up what is held: %w", err)
	}
	ask, err := r.ask(ctx, route, &h, holds)
	if err != nil {
		return err
	}
	body := r.Store.NewBody(ctx, r.Now())
	if err := l.msg.copyFrom(body, 0); err != nil {
		return errors.Join(fmt.Errorf("holding a message: %w", err), body.Discard(context.WithoutCancel(ctx)))
	}
	_, err = r.Store.Accept(ctx, &storage.Acceptance{Key: key, At: r.Now(), Mails: ask, Hold: &storage.Holding{Hold: h, Body: body}})
	return err
}

// ask writes the question about a message to be held, if none is open.
func (r *Relay) ask(ctx context.Context, route *storage.Route, h *storage.Hold, earlier []storage.Hold) ([]storage.Outgoing, error) {
	for _, e := range earlier {
		if e.State == storage.HoldWaiting {
			return nil, nil
		}
	}
	kind := notice.WasItYou
	if h.Kind == storage.HoldAddress {
		kind = notice.NewAddress
	}
	s := r.subject(route, map[string]any{"Date": r.Notices.Day(h.ReceivedAt, &route.Writer), "Address": h.Address, "Days": days(holdLife)})
	s.ReplyTo = r.Scheme.Question(h.Question, r.Now())
	s.Occasion = fmt.Sprintf(" %d %d", h.Question, len(earlier)) // what was asked before is settled
	out, err := r.Notices.Compose(ctx, kind, s)
	if err != nil {
		return nil, err
	}
	return []storage.Outgoing{out}, nil
}

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }

// answer does what somebody answers to a question: only who got it knows
// where to. Letters are released one by one, each with what tells of it, so
// that a fault on the way leaves the rest for the next try.
func (r *Relay) answer(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	holds, err := r.Store.HoldsOf(ctx, rc.number)
	if err != nil {
		return fmt.Errorf("looking up what is held: %w", err)
	}
	if len(holds) == 0 {
		return nil // forgotten long ago
	}
	text, err := l.text()
	if err != nil {
		return err
	}
	word := r.Notices.Words.Command(FirstWord(text.New()))
	waiting := 0
	for i := range holds {
		if holds[i].State != storage.HoldWaiting {
			continue
		}
		waiting++
		switch word {
		case "yes":
			err = r.Release(ctx, &holds[i])
		case "no":
			err = r.Refuse(ctx, &holds[i])
		}
		if err != nil {
			return err
		}
	}
	last := &holds[len(holds)-1]
	switch {
	case waiting > 0 && word != "yes" && word != "no":
		return r.tellAnswerer(ctx, notice.YesOrNo, last, l.keyFor(rc.token))
	case waiting == 0 && word == "yes" && last.State == storage.HoldExpired:
		return r.tellAnswerer(ctx, notice.TooLate, last, l.keyFor(rc.token))
	}
	r.Log.InfoContext(ctx, "a question was answered", "hold", last.ID, "answer", word, "holds", waiting)
	return nil
}

// tellAnswerer tells the person of a hold what became of their answer.
func (r *Relay) tellAnswerer(ctx context.Context, kind notice.Kind, h *storage.Hold, key []byte) error {
	route, err := r.Store.Route(ctx, h.Token)
	if err != nil {
		return fmt.Errorf("finding the pair of what is held: %w", err)
	}
	s := r.subject(route, map[string]any{"Days": days(holdLife)})
	if kind == notice.YesOrNo {
		s.ReplyTo = r.Scheme.Question(h.Question, r.Now())
	}
	out, err := r.Notices.Compose(ctx, kind, s)
	if err != nil {
		return err
	}
	_, err = r.Store.Accept(ctx, &storage.Acceptance{Key: key, At: r.Now(), Mails: []storage.Outgoing{out}})
	return err
}

// Release passes on a message that was held, as if it came in proven; an
// address that it came from becomes its author's. What the pair has become
// meanwhile counts.
func (r *Relay) Release(ctx context.Context, h *storage.Hold) error {
	route, err := r.Store.Route(ctx, h.Token)
	if err != nil {
		return fmt.Errorf("finding the pair of what is held: %w", err)
	}
	changes := []storage.Change{storage.Settled{ID: h.ID, State: storage.HoldReleased, At: r.Now()}}
	if h.Kind == storage.HoldAddress {
		changes = append(changes,
			storage.AddressAdded{Address: storage.Address{PersonID: h.WriterID, Address: h.Address, Canonical: h.Address, AddedAt: r.Now()}},
			storage.Audit{At: r.Now(), Action: storage.AuditAddress, PersonID: h.WriterID, PairID: h.PairID})
		route.Writer.Addresses = append(route.Writer.Addresses, storage.Address{Address: h.Address, Canonical: h.Address})
	}
	spool := NewSpool()
	defer spool.Close()
	if _, err := io.Copy(spool, r.Store.OpenHold(ctx, h)); err != nil {
		return fmt.Errorf("reading what is held: %w", err)
	}
	env := Envelope{Door: Door(h.Door), MailFrom: h.MailFrom, ReceivedAt: h.ReceivedAt, Key: string(h.Receipt)}
	l := r.read(env, spool)
	if l.err != nil {
		return l.err
	}
	l.weighed, l.opinion.Verdict = true, trust.Proven
	rc := &Recipient{kind: mask.Mask, token: h.Token, route: route, author: &route.Writer}
	if obeyed, err := r.Service.Obeys(ctx, route, r.post(env, rc, l)); err != nil || obeyed {
		return cmp.Or(err, r.settled(ctx, changes))
	}
	kind, is, err := r.closed(ctx, route)
	if err != nil {
		return err
	}
	if is {
		return r.decline(ctx, route, nil, kind, changes...)
	}
	err = r.pass(ctx, env, passage{route: route, letter: l, key: l.keyFor("released"), changes: changes})
	if errors.Is(err, errOpaque) {
		return r.decline(ctx, route, nil, notice.Opaque, changes...)
	}
	return err
}

// settled stores what was decided, where nothing else follows.
func (r *Relay) settled(ctx context.Context, changes []storage.Change) error {
	_, err := r.Store.Accept(ctx, &storage.Acceptance{At: r.Now(), Changes: changes})
	return err
}

// Refuse deletes a message that was held. Nobody is told: who wrote it, if it
// was not the one who was asked, is to learn nothing.
func (r *Relay) Refuse(ctx context.Context, h *storage.Hold) error {
	return r.settled(ctx, []storage.Change{storage.Settled{ID: h.ID, State: storage.HoldRefused, At: r.Now()}})
}
