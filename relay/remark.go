package relay

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mentorrelay/parser/message"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

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
	if copies := r.copies(route, l); len(copies) > 0 {
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
func (r *Relay) copies(route *storage.Route, l *letter) []string {
	var others []string
	own := func(canonical string) bool {
		return slices.ContainsFunc(route.Writer.Addresses, func(a storage.Address) bool { return a.Canonical == canonical })
	}
	for _, name := range []string{"To", "Cc"} {
		for _, a := range message.ParseAddressList(strings.Join(l.header.All(name), ", ")) {
			if canonical, ok := mask.Canonical(a.Addr); ok && !own(canonical) && len(others) < maxCopies {
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
	if rc.route == nil || l.opinion.Verdict != trust.Proven {
		return nil
	}
	kind, data := notice.Opaque, map[string]any(nil)
	switch {
	case refusal == errOpaque:
	case env.Door != IMAP:
		return nil
	case refusal == errNotYours:
		return r.tellSomebody(ctx, l)
	case refusal == errTooLarge || refusal == errTooMany:
		kind, data = notice.TooLarge, map[string]any{"Limit": size(r.Limits.Size)}
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
func (r *Relay) tellSomebody(ctx context.Context, l *letter) error {
	p, err := r.Store.PersonByAddress(ctx, l.from)
	if err != nil {
		return err
	}
	theirs, err := r.Store.ProgrammeOf(ctx, p.ID)
	if err != nil {
		return fmt.Errorf("finding a person's programme: %w", err)
	}
	out, err := r.Notices.Compose(ctx, notice.NotYours, notice.Subject{To: p, Other: p, Programme: theirs})
	if err != nil {
		return err
	}
	_, err = r.Store.Accept(ctx, &storage.Acceptance{At: r.Now(), Mails: []storage.Outgoing{out}})
	return err
}

// size is a number of octets as people read it.
func size(octets int64) string {
	switch {
	case octets < 1<<20:
		return fmt.Sprintf("%d KiB", octets>>10)
	case octets%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", octets>>20)
	}
	return fmt.Sprintf("%.1f MiB", float64(octets)/(1<<20))
}
