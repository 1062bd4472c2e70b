package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mentorrelay/parser/message"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

// admit decides whether a message may pass to one recipient, without any
// trace of it yet.
func (r *Relay) admit(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	if l.err != nil {
		return l.err
	}
	if rc.route == nil || r.drops(l) {
		return nil
	}
	switch known, err := r.knows(ctx, rc.route, l); {
	case err != nil:
		return err
	case known == stranger:
		return errUnproven
	case r.weigh(ctx, env, l) == trust.Unknown:
		return &Refusal{451, [3]int{4, 7, 0}, "The sender could not be verified for now, please try again later", errors.New(l.reason)}
	case l.verdict == trust.Failed:
		return errFailed
	case l.verdict != trust.Proven:
		return errUnproven
	case known == somebody:
		return errNotYours
	}
	if l.limit != nil {
		return l.limit
	}
	return nil
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

// take does what an admitted message asks for.
func (r *Relay) take(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	switch {
	case rc.kind == mask.Bounce:
		return r.Service.Bounced(ctx, rc.delivery, env, l.msg)
	case rc.kind == mask.Service:
		return r.Service.Receive(ctx, rc.token, env, l.msg)
	case r.drops(l):
		r.Log.InfoContext(ctx, "automatic mail not relayed", "pair", rc.route.Pair.ID, "kind", string(l.kind))
		return nil
	}
	switch rc.route.Pair.State {
	case storage.PairPaused:
		return r.decline(ctx, rc, l, notice.PairPaused)
	case storage.PairInvited:
		return r.decline(ctx, rc, l, notice.PairInvited)
	case storage.PairEnded:
		return r.decline(ctx, rc, l, notice.PairEnded)
	}
	return r.pass(ctx, env, rc, l)
}

// decline accepts a message that is not passed on, and tells its author so.
func (r *Relay) decline(ctx context.Context, rc *Recipient, l *letter, kind notice.Kind) error {
	out, err := r.Notices.Compose(ctx, kind, r.subject(rc.route, nil))
	if err != nil {
		return err
	}
	_, err = r.Store.Accept(ctx, &storage.Acceptance{Key: l.keyFor(rc.token), At: r.Now(), Mails: []storage.Outgoing{out}})
	return err
}

// pass relays a message: the masked copy, its facts and what its author is to
// be told are stored in one transaction.
func (r *Relay) pass(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	route := rc.route
	key := l.keyFor(rc.token)
	facts := storage.Message{
		PairID: route.Pair.ID, WriterID: route.Writer.ID, At: env.ReceivedAt, Size: l.msg.Size(), OriginalID: l.messageID(),
	}
	seed := facts.OriginalID
	if seed == "" {
		seed = string(key)
	}
	facts.MaskedID = r.Scheme.MessageID(route.Pair.ID, route.Writer.ID, seed)
	copied, err := r.letterFor(ctx, route, l, env)
	if err != nil {
		return err
	}
	copied.MessageID, copied.TraceID = facts.MaskedID, r.Scheme.Trace(key)
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
	fresh, err := r.Store.Accept(ctx, &storage.Acceptance{Key: key, At: r.Now(), Message: &facts, Mails: append(mails, told...)})
	if err == nil && !fresh {
		r.Log.InfoContext(ctx, "received before", "pair", route.Pair.ID, "key", l.logKey())
	}
	return err
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

// remarks are the notices that go with a letter that is passed on.
func (r *Relay) remarks(ctx context.Context, route *storage.Route, l *letter, result mask.Result) ([]storage.Outgoing, error) {
	var mails []storage.Outgoing
	add := func(kind notice.Kind, data map[string]any) error {
		out, err := r.Notices.Compose(ctx, kind, r.subject(route, data))
		if err == nil {
			mails = append(mails, out)
		}
		return err
	}
	if copies := r.copies(l); len(copies) > 0 {
		if err := add(notice.Copies, map[string]any{"Copies": strings.Join(copies, ", ")}); err != nil {
			return nil, err
		}
	}
	if result.SignatureDropped || result.KeyDropped {
		if err := add(notice.Signature, nil); err != nil {
			return nil, err
		}
	}
	return mails, nil
}

// maxCopies bounds how many of the others a notice names.
const maxCopies = 5

// copies lists whom the author also wrote to, and who saw the real address.
func (r *Relay) copies(l *letter) []string {
	var others []string
	for _, name := range []string{"To", "Cc"} {
		for _, a := range message.ParseAddressList(strings.Join(l.header.All(name), ", ")) {
			if canonical, ok := mask.Canonical(a.Addr); ok && canonical != l.from && len(others) < maxCopies {
				if kind, _ := r.Scheme.Read(a.Addr); kind == mask.None && !slices.Contains(others, a.Addr) {
					others = append(others, a.Addr)
				}
			}
		}
	}
	return others
}

func (r *Relay) subject(route *storage.Route, data map[string]any) notice.Subject {
	return notice.Subject{To: &route.Writer, Other: &route.Reader, Programme: &route.Programme, PairID: route.Pair.ID, Data: data}
}

// tell writes to a proven sender whose message was refused: where the answer
// to the door does not reach them, or does not say what to do. Nobody else is
// answered: that would be backscatter.
func (r *Relay) tell(ctx context.Context, env Envelope, rc *Recipient, l *letter, refusal *Refusal) error {
	if rc.route == nil || l.verdict != trust.Proven {
		return nil
	}
	kind, data := notice.Opaque, map[string]any(nil)
	switch {
	case refusal == errOpaque:
	case env.Door != IMAP:
		return nil
	case refusal == errNotYours:
		return r.tellSomebody(ctx, rc.route, l)
	case refusal == errTooLarge || refusal == errTooMany:
		kind, data = notice.TooLarge, map[string]any{"Limit": fmt.Sprintf("%d MiB", r.Limits.Size>>20)}
	default:
		return nil
	}
	out, err := r.Notices.Compose(ctx, kind, r.subject(rc.route, data))
	if err != nil {
		return err
	}
	_, err = r.Store.Accept(ctx, &storage.Acceptance{At: r.Now(), Mails: []storage.Outgoing{out}})
	return err
}

// tellSomebody tells someone enrolled that the mask is not theirs; of the
// pair it belongs to they learn nothing.
func (r *Relay) tellSomebody(ctx context.Context, route *storage.Route, l *letter) error {
	p, err := r.Store.PersonByAddress(ctx, l.from)
	if err != nil {
		return err
	}
	out, err := r.Notices.Compose(ctx, notice.NotYours, notice.Subject{To: p, Other: p, Programme: &route.Programme})
	if err != nil {
		return err
	}
	_, err = r.Store.Accept(ctx, &storage.Acceptance{At: r.Now(), Mails: []storage.Outgoing{out}})
	return err
}
