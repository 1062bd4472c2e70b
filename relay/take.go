package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mentorrelay/parser/message"
	"mentorrelay/parser/report"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

// take does what an admitted message asks for.
func (r *Relay) take(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	switch {
	case rc.kind == mask.Bounce:
		return r.Service.Bounced(ctx, rc.number, r.post(env, rc, l))
	case r.drops(l):
		return r.drop(ctx, env, rc, l)
	case rc.kind == mask.Question:
		return r.answer(ctx, env, rc, l)
	case rc.kind == mask.Survey:
		return r.Service.Answered(ctx, rc.number, r.post(env, rc, l))
	case rc.kind == mask.Request:
		return r.Service.Confirmed(ctx, rc.number, r.post(env, rc, l))
	case rc.kind == mask.Service:
		return r.Service.Receive(ctx, rc.token, r.post(env, rc, l))
	case rc.hold != "":
		return r.hold(ctx, env, rc, l)
	}
	post := r.post(env, rc, l)
	post.Author = &rc.route.Writer
	if obeyed, err := r.Service.Obeys(ctx, rc.route, post); err != nil || obeyed {
		return err
	}
	kind, closed, err := r.closed(ctx, rc.route)
	if err != nil {
		return err
	}
	if closed {
		return r.decline(ctx, rc.route, l.keyFor(rc.token), kind)
	}
	return r.pass(ctx, env, passage{route: rc.route, letter: l, key: l.keyFor(rc.token)})
}

// post is a message for the service.
func (r *Relay) post(env Envelope, rc *Recipient, l *letter) Post {
	return Post{
		Envelope: env, Key: l.keyFor(rc.token), Source: l.msg, Root: l.root, Header: l.header,
		Kind: l.kind, From: l.from, Author: rc.author, letter: l,
	}
}

// drop leaves automatic mail where it is, but notes the absence that it tells of.
func (r *Relay) drop(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	var pair int64
	var changes []storage.Change
	if rc.route != nil {
		pair = rc.route.Pair.ID
		known, err := r.knows(ctx, rc.route, l)
		if err != nil {
			return err
		}
		if known == writer && l.kind == report.AutoReply && l.root != nil && l.opinion.Verdict != trust.Unknown {
			changes = Absence(report.ReadAt(l.msg, l.root, l.sender, env.ReceivedAt).Absence, rc.route.Writer.ID, r.Now())
		}
	}
	r.Log.InfoContext(ctx, "automatic mail not relayed", "pair", pair, "kind", string(l.kind))
	if len(changes) == 0 {
		return nil
	}
	_, err := r.Store.Accept(ctx, &storage.Acceptance{Key: l.keyFor(rc.token), At: r.Now(), Changes: changes})
	return err
}

// Absence is what is noted of a person's absence, if anything is known of it.
func Absence(a report.Absence, person int64, now time.Time) []storage.Change {
	if a.IsZero() {
		return nil
	}
	return []storage.Change{storage.Absence{PersonID: person, From: a.From.String(), Until: a.Until.String(), NotedAt: now}}
}

// farewellLife is how long after the end of a pair each of the two may still
// write once.
const farewellLife = 7 * 24 * time.Hour

// closed tells whether nothing passes on this route for now, and what its
// writer is told then.
func (r *Relay) closed(ctx context.Context, route *storage.Route) (notice.Kind, bool, error) {
	switch route.Pair.State {
	case storage.PairPaused:
		return notice.PairPaused, true, nil
	case storage.PairInvited:
		return notice.PairInvited, true, nil
	case storage.PairEnded:
		ended := route.Pair.EndedAt
		if ended == nil || r.Now().Sub(*ended) > farewellLife {
			return notice.PairEnded, true, nil
		}
		said, err := r.Store.Wrote(ctx, route.Pair.ID, route.Writer.ID, ended.Truncate(time.Second)) // as INTERNALDATE is (RFC 9051 §2.3.3)
		if err != nil {
			return "", false, fmt.Errorf("looking up a farewell: %w", err)
		}
		if said {
			return notice.PairEnded, true, nil
		}
	}
	switch route.Reader.State {
	case storage.PersonPaused:
		return notice.PairPaused, true, nil
	case storage.PersonSuspended:
		return notice.Unreachable, true, nil
	}
	return "", false, nil
}

// decline accepts a message that is not passed on, and tells its author so.
func (r *Relay) decline(ctx context.Context, route *storage.Route, key []byte, kind notice.Kind, changes ...storage.Change) error {
	out, err := r.Notices.Compose(ctx, kind, r.subject(route, map[string]any{"Date": r.Notices.Day(r.Now(), &route.Writer)}))
	if err != nil {
		return err
	}
	_, err = r.Store.Accept(ctx, &storage.Acceptance{Key: key, At: r.Now(), Mails: []storage.Outgoing{out}, Changes: changes})
	return err
}

// A passage is a letter on its way to the other of its pair.
type passage struct {
	route   *storage.Route
	letter  *letter
	key     []byte // of the receipt
	changes []storage.Change
}

// pass relays a message: the masked copy, its facts and what its author is to
// be told are stored in one transaction.
func (r *Relay) pass(ctx context.Context, env Envelope, p passage) error {
	route, l := p.route, p.letter
	facts := storage.Message{
		PairID: route.Pair.ID, WriterID: route.Writer.ID, At: env.ReceivedAt, Size: l.msg.Size(), OriginalID: l.messageID(),
	}
	seed := facts.OriginalID
	if seed == "" {
		seed = string(p.key)
	}
	facts.MaskedID = r.Scheme.MessageID(route.Pair.ID, route.Writer.ID, seed)
	copied, err := r.letterFor(ctx, route, l, env)
	if err != nil {
		return err
	}
	copied.MessageID, copied.TraceID = facts.MaskedID, r.Scheme.Trace(p.key)
	body := r.Store.NewBody(ctx, r.Now())
	result, err := mask.Rewrite(body, l.msg, l.root, copied)
	if err != nil {
		return errors.Join(rewriting(err), body.Discard(context.WithoutCancel(ctx)))
	}
	mails := []storage.Outgoing{{
		Delivery: storage.Delivery{
			Kind: storage.DeliveryRelay, SenderID: route.Writer.ID, PersonID: route.Reader.ID, PairID: route.Pair.ID,
			Recipient: copied.To.Addr,
		},
		Body: body,
	}}
	told, err := r.remarks(ctx, route, l, result)
	if err != nil {
		return errors.Join(err, body.Discard(context.WithoutCancel(ctx)))
	}
	a := &storage.Acceptance{
		Key: p.key, At: r.Now(), Message: &facts, Mails: append(mails, told...), Changes: append(p.changes, r.returned(&route.Writer)...),
	}
	r.noteFacts(ctx, a, l)
	fresh, err := r.Store.Accept(ctx, a)
	if err == nil && !fresh {
		r.Log.InfoContext(ctx, "received before", "pair", route.Pair.ID, "key", l.logKey())
	}
	return err
}

// returned is what follows for a person from a letter of theirs: a mailbox
// that they write from is there, whatever came back from it.
func (r *Relay) returned(p *storage.Person) []storage.Change {
	if p.State != storage.PersonSuspended {
		return nil
	}
	return []storage.Change{
		storage.PersonMoved{ID: p.ID, From: storage.PersonSuspended, To: storage.PersonActive},
		storage.Audit{At: r.Now(), Action: storage.AuditReturned, PersonID: p.ID},
	}
}

// rewriting is the answer to a message that could not be rewritten.
func rewriting(err error) error {
	var opaque *mask.OpaqueError
	var over *message.LimitError
	switch {
	case errors.As(err, &opaque):
		return errOpaque
	case errors.As(err, &over): // in a message within it that is encoded, where the scan does not look
		return errTooMany
	}
	return fmt.Errorf("rewriting a message: %w", err)
}

// letterFor is what the masked copy says in place of the original's header,
// and which addresses become which.
func (r *Relay) letterFor(ctx context.Context, route *storage.Route, l *letter, env Envelope) (mask.Letter, error) {
	back := r.Scheme.Address(route.Back.Name, route.Back.Token)
	forth := r.Scheme.Address(route.Mask.Name, route.Mask.Token)
	c := mask.Letter{
		From: mask.Address{Name: notice.DisplayName(&route.Writer, &route.Programme), Addr: back},
		To:   mask.Address{Name: route.Reader.Name, Addr: route.Reader.Addresses[0].Address},
		UIDs: r.Scheme.UIDs(route.Pair.ID, route.Writer.ID, route.Reader.ID),
		Own:  forth,
		Date: env.ReceivedAt,
	}
	if r.Scheme.Mailbox != "" {
		c.From.Addr, c.ReplyTo = r.Scheme.Mailbox, back
	}
	if route.Programme.Opaque == storage.OpaquePass {
		c.Opaque = mask.Pass
	}
	for _, a := range route.Writer.Addresses {
		c.Replace = append(c.Replace, mask.Replacement{Address: a.Address, Mask: back})
	}
	for _, a := range route.Reader.Addresses {
		c.Replace = append(c.Replace, mask.Replacement{Address: a.Address, Mask: forth})
	}
	inReplyTo, references := l.thread()
	known, err := r.Store.Translate(ctx, route.Pair.ID, route.Writer.ID, slices.Concat(inReplyTo, references))
	if err != nil {
		return c, fmt.Errorf("translating message ids: %w", err)
	}
	c.InReplyTo, c.References = translated(inReplyTo, known), translated(references, known)
	return c, nil
}

// translated keeps the ids that the reader knows, in their order.
func translated(ids []string, known map[string]string) []string {
	var list []string
	for _, id := range ids {
		if other := known[id]; other != "" {
			list = append(list, other)
		}
	}
	return list
}
