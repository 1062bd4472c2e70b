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
	"mentorrelay/relay/notice"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

// admit decides whether a message may pass to one recipient, or is to be held
// for a word from its author, without any trace of it yet.
func (r *Relay) admit(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	switch {
	case l.err != nil:
		return l.err
	case r.drops(l):
		return nil
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
	case err == errUnproven && known == writer, err == nil && known == writer && !r.meant(env, rc, l):
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

// meant tells whether a message names the mask as its recipient. What somebody
// wrote to others is proven just as well, and anybody who got it could send it
// here again: a signature says nothing of the envelope (RFC 6376 §8.6).
func (r *Relay) meant(env Envelope, rc *Recipient, l *letter) bool {
	if r.Trust.Trusts(env.PeerIP) {
		return true
	}
	for _, name := range []string{"To", "Cc"} {
		for _, a := range message.ParseAddressList(strings.Join(l.header.All(name), ", ")) {
			if kind, token := r.Scheme.Read(a.Addr); kind == mask.Mask && token == rc.token {
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
	return r.prove(ctx, env, l)
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
		return &Refusal{451, [3]int{4, 7, 0}, "The sender could not be verified for now, please try again later", errors.New(l.reason)}
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

// take does what an admitted message asks for.
func (r *Relay) take(ctx context.Context, env Envelope, rc *Recipient, l *letter) error {
	switch {
	case rc.kind == mask.Bounce:
		return r.Service.Bounced(ctx, rc.number, r.post(env, rc, l))
	case r.drops(l):
		return r.drop(ctx, rc, l)
	case rc.kind == mask.Question:
		return r.answer(ctx, env, rc, l)
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
	if kind, ok := closed(rc.route); ok {
		return r.decline(ctx, rc.route, l.keyFor(rc.token), kind)
	}
	return r.pass(ctx, env, passage{route: rc.route, letter: l, key: l.keyFor(rc.token)})
}

// post is a message for the service.
func (r *Relay) post(env Envelope, rc *Recipient, l *letter) Post {
	return Post{
		Envelope: env, Key: l.keyFor(rc.token), Source: l.msg, Root: l.root, Header: l.header,
		Kind: l.kind, Author: rc.author, letter: l,
	}
}

// drop leaves automatic mail where it is, but notes the absence that it tells of.
func (r *Relay) drop(ctx context.Context, rc *Recipient, l *letter) error {
	var pair int64
	var changes []storage.Change
	if rc.route != nil {
		pair = rc.route.Pair.ID
		known, err := r.knows(ctx, rc.route, l)
		if err != nil {
			return err
		}
		if known == writer && l.kind == report.AutoReply && l.root != nil {
			changes = Absence(report.Read(l.msg, l.root, "").Absence, rc.route.Writer.ID, r.Now())
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

// closed tells whether nothing passes on this route for now, and what its
// writer is told then.
func closed(route *storage.Route) (notice.Kind, bool) {
	switch route.Pair.State {
	case storage.PairPaused:
		return notice.PairPaused, true
	case storage.PairInvited:
		return notice.PairInvited, true
	case storage.PairEnded:
		return notice.PairEnded, true
	}
	switch route.Reader.State {
	case storage.PersonPaused:
		return notice.PairPaused, true
	case storage.PersonSuspended:
		return notice.Unreachable, true
	}
	return "", false
}

// decline accepts a message that is not passed on, and tells its author so.
func (r *Relay) decline(ctx context.Context, route *storage.Route, key []byte, kind notice.Kind, changes ...storage.Change) error {
	out, err := r.Notices.Compose(ctx, kind, r.subject(route, map[string]any{"Date": notice.Day(r.Now(), &route.Writer)}))
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
	if route.Writer.Muted { // these are all such as could be done without
		return nil, nil
	}
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
