package programme

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"mentorrelay/parser/report"
	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// A full mailbox is suspended after this many bounces in a row over at least
// this long; a gap longer than fullGap ends the row.
const (
	fullRow  = 5
	fullSpan = 3 * 24 * time.Hour
	fullGap  = 45 * 24 * time.Hour
)

// A verdict is what is to be made of a delivery that failed.
type verdict struct {
	class   report.Class
	status  string // RFC 3463, or empty
	certain bool   // that class gone is right
}

// consequences are what follows from a verdict, all at once.
type consequences struct {
	mails   []storage.Outgoing
	changes []storage.Change
}

func (c *consequences) add(mails []storage.Outgoing, err error) error {
	c.mails = append(c.mails, mails...)
	return err
}

// Bounced does what a report about a delivery asks for.
func (d *Desk) Bounced(ctx context.Context, delivery int64, p relay.Post) error {
	sent, err := d.Store.DeliveryByID(ctx, delivery)
	if errors.Is(err, storage.ErrNotFound) || p.Root == nil {
		d.Log.WarnContext(ctx, "a report was not read", "delivery", delivery)
		return nil
	}
	if err != nil {
		return fmt.Errorf("finding what came back: %w", err)
	}
	r := report.ReadAt(p.Source, p.Root, p.Envelope.MailFrom, p.Envelope.ReceivedAt)
	d.Log.InfoContext(ctx, "a delivery was reported on", "delivery", delivery, "kind", string(r.Kind), "class", string(r.Class), "status", r.Status)
	a := &storage.Acceptance{Key: p.Key, At: d.Now()}
	switch {
	case r.Kind == report.AutoReply:
		if sent.PersonID != 0 {
			a.Changes = relay.Absence(r.Absence, sent.PersonID, d.Now())
		}
	case r.Kind == report.Bounce && r.Failed, r.Kind == report.Complaint:
		follow, err := d.follow(ctx, sent, verdict{r.Class, r.Status, r.Certain})
		if err != nil {
			return err
		}
		a.Mails, a.Changes = follow.mails, follow.changes
	}
	if len(a.Mails) == 0 && len(a.Changes) == 0 {
		return nil
	}
	_, err = d.Store.Accept(ctx, a)
	return err
}

// Failed is what follows from a delivery that the smarthost refused for good,
// or that grew too old: the codes of its last answer, and its text.
func (d *Desk) Failed(ctx context.Context, sent *storage.Delivery, codes, reply string) ([]storage.Outgoing, []storage.Change, error) {
	class, certain := report.Classify(codes, reply)
	_, status, _ := strings.Cut(codes, " ")
	follow, err := d.follow(ctx, sent, verdict{class, status, certain})
	return follow.mails, follow.changes, err
}

// follow decides what follows from a verdict on a delivery: the table of
// classes.
func (d *Desk) follow(ctx context.Context, sent *storage.Delivery, v verdict) (consequences, error) {
	c := consequences{}
	if sent.PersonID == 0 {
		d.Log.ErrorContext(ctx, "mail to a coordinator failed", "delivery", sent.ID, "class", string(v.class), "status", v.status)
		return c, nil
	}
	person, err := d.Store.PersonByID(ctx, sent.PersonID)
	if err != nil {
		return c, fmt.Errorf("finding whose mail came back: %w", err)
	}
	c.changes = append(c.changes, storage.Bounce{DeliveryID: sent.ID, PersonID: person.ID, Class: string(v.class), Status: v.status, At: d.Now()})
	switch v.class {
	case report.ClassGone, report.ClassFull:
		ends, err := d.ends(ctx, person, v)
		if err != nil {
			return c, err
		}
		if ends {
			return c, d.suspend(ctx, &c, sent, person, v)
		}
		return c, c.add(d.tellAuthor(ctx, sent, notice.Undeliverable))
	case report.ClassRefusedMessage:
		return c, c.add(d.tellAuthor(ctx, sent, notice.Refused))
	case report.ClassRefusedUs:
		d.Log.ErrorContext(ctx, "mail was refused for our sake: see `mentorrelay check`", "delivery", sent.ID, "status", v.status)
		return c, errors.Join(
			c.add(d.tellAuthor(ctx, sent, notice.Undeliverable)),
			c.add(d.tellCoordinators(ctx, notice.CoordinatorRefused, person, map[string]any{"Status": v.status})))
	case report.ClassComplaint:
		c.changes = append(c.changes, storage.PersonMuted{ID: person.ID, Muted: true},
			storage.Audit{At: d.Now(), Action: storage.AuditComplaint, PersonID: person.ID, PairID: sent.PairID})
		return c, c.add(d.tellCoordinators(ctx, notice.CoordinatorComplaint, person, map[string]any{}))
	case report.ClassDelivered, report.ClassAutoReply:
		return consequences{}, nil
	}
	return c, c.add(d.tellAuthor(ctx, sent, notice.Undeliverable))
}

// ends tells whether a person's mail is suspended for a verdict. One report
// that only sounds like a mailbox that is gone does not do it, two do.
func (d *Desk) ends(ctx context.Context, person *storage.Person, v verdict) (bool, error) {
	if v.class == report.ClassGone && v.certain {
		return true, nil
	}
	earlier, err := d.Store.Bounces(ctx, person.ID, fullRow-1)
	if err != nil {
		return false, fmt.Errorf("looking up what came back before: %w", err)
	}
	if v.class == report.ClassGone {
		return len(earlier) > 0 && earlier[0].Class == string(v.class), nil
	}
	last := d.Now()
	for _, b := range earlier {
		if b.Class != string(v.class) || last.Sub(b.At) > fullGap {
			return false, nil
		}
		last = b.At
	}
	return len(earlier) == fullRow-1 && d.Now().Sub(last) >= fullSpan, nil
}

// suspend stops all mail to a person, and tells the coordinator and those the
// person writes with, gently.
func (d *Desk) suspend(ctx context.Context, c *consequences, sent *storage.Delivery, person *storage.Person, v verdict) error {
	if person.State == storage.PersonSuspended { // mail that was under way
		return c.add(d.tellAuthor(ctx, sent, notice.Undeliverable))
	}
	c.changes = append(c.changes,
		storage.PersonMoved{ID: person.ID, From: person.State, To: storage.PersonSuspended},
		storage.Audit{At: d.Now(), Action: storage.AuditSuspended, PersonID: person.ID})
	if err := c.add(d.tellCoordinators(ctx, notice.CoordinatorSuspended, person, map[string]any{"Class": string(v.class)})); err != nil {
		return err
	}
	return d.eachPair(ctx, person, func(pair *storage.Pair, p *storage.Programme) error {
		if pair.State != storage.PairActive {
			return nil
		}
		_, other := sides(pair, person.ID)
		date := ""
		if sent.Kind == storage.DeliveryRelay && sent.PairID == pair.ID {
			date = d.Notices.Day(sent.CreatedAt, other)
		}
		out, err := d.Notices.Compose(ctx, notice.Unreachable, notice.Subject{
			To: other, Other: person, Programme: p, PairID: pair.ID, Data: map[string]any{"Date": date},
		})
		return c.add([]storage.Outgoing{out}, err)
	})
}

// tellAuthor tells the author of a letter that it did not arrive; of other
// mail nobody is told.
func (d *Desk) tellAuthor(ctx context.Context, sent *storage.Delivery, kind notice.Kind) ([]storage.Outgoing, error) {
	out, ok, err := d.Notices.Failed(ctx, sent, kind)
	if err != nil || !ok {
		return nil, err
	}
	return []storage.Outgoing{out}, nil
}

// tellCoordinators tells the coordinator of each programme that a person
// writes in.
func (d *Desk) tellCoordinators(ctx context.Context, kind notice.Kind, person *storage.Person, data map[string]any) ([]storage.Outgoing, error) {
	var mails []storage.Outgoing
	told := map[int64]bool{}
	err := d.eachPair(ctx, person, func(_ *storage.Pair, p *storage.Programme) error {
		if told[p.ID] {
			return nil
		}
		told[p.ID] = true
		some, err := d.tellCoordinator(ctx, kind, p, person, data)
		mails = append(mails, some...)
		return err
	})
	return mails, err
}

// eachPair goes through the pairs of a person that have not ended.
func (d *Desk) eachPair(ctx context.Context, person *storage.Person, do func(*storage.Pair, *storage.Programme) error) error {
	pairs, err := d.Store.PairsOf(ctx, person.ID)
	if err != nil {
		return fmt.Errorf("finding a person's pairs: %w", err)
	}
	for i := range pairs {
		if !live(&pairs[i]) {
			continue
		}
		p, err := d.Store.ProgrammeByID(ctx, pairs[i].ProgrammeID)
		if err != nil {
			return fmt.Errorf("finding a pair's programme: %w", err)
		}
		if err := do(&pairs[i], p); err != nil {
			return err
		}
	}
	return nil
}
