package programme

import (
	"context"
	"fmt"

	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// farewellDays is how many days each of a pair that ended may still write one
// letter. The relay keeps the same time.
const farewellDays = 7

// End ends a pair: both are thanked.
func (d *Desk) End(ctx context.Context, pair *storage.Pair) error {
	a := &storage.Acceptance{At: d.Now()}
	if err := d.close(ctx, a, pair, false); err != nil {
		return err
	}
	_, err := d.Store.Accept(ctx, a)
	return err
}

// close adds what ends a pair: each may write once more and, if both say so,
// learn the other's address. Where one of the two had it stopped, or it never
// began, it is over at once.
func (d *Desk) close(ctx context.Context, a *storage.Acceptance, pair *storage.Pair, rematch bool) error {
	programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return fmt.Errorf("finding a pair's programme: %w", err)
	}
	if !live(pair) { // both wrote END, or one of them was forgotten meanwhile
		return nil
	}
	farewell := pair.State == storage.PairActive
	if farewell {
		a.Changes = append(a.Changes, storage.PairClosed{ID: pair.ID, At: d.Now()})
	} else {
		a.Changes = append(a.Changes, storage.PairMoved{ID: pair.ID, From: pair.State, To: storage.PairEnded})
	}
	for _, id := range []int64{pair.MentorID, pair.MenteeID} {
		to, other := sides(pair, id)
		s := notice.Subject{To: to, Other: other, Programme: programme, PairID: pair.ID, Data: map[string]any{
			"Farewell": farewell, "Rematch": rematch, "Until": d.Notices.Day(d.Now().AddDate(0, 0, farewellDays), to),
		}}
		if farewell {
			r := d.newRequest(requestExchange, programme, to, pair.ID)
			s.ReplyTo = d.Notices.Scheme.Request(r.ID, d.Now())
			a.Changes = append(a.Changes, r)
		}
		out, err := d.Notices.Compose(ctx, notice.Ended, s)
		if err != nil {
			return err
		}
		a.Mails = append(a.Mails, out)
	}
	return nil
}

// exchange notes whether one of a pair would show the other their address, of
// which the last word counts, and tells both once both would. A yes is stored
// before the other's is looked for, so that one of two who say it at the same
// moment sees both. Where one of the two stopped the pair since, or was
// forgotten, there is nothing to show.
func (d *Desk) exchange(ctx context.Context, pair *storage.Pair, yes bool, p relay.Post) error {
	if pair.EndedAt == nil || len(pair.Mentor.Addresses) == 0 || len(pair.Mentee.Addresses) == 0 {
		return d.noted(ctx, p.Key)
	}
	said := storage.Audit{At: d.Now(), Action: storage.AuditExchange, PersonID: p.Author.ID, PairID: pair.ID}
	if !yes {
		said.Action = storage.AuditNoExchange
	}
	if _, err := d.Store.Accept(ctx, &storage.Acceptance{At: d.Now(), Changes: []storage.Change{said}}); err != nil {
		return err
	}
	audits, err := d.Store.Audits(ctx, pair.ID)
	if err != nil {
		return fmt.Errorf("finding who would show their address: %w", err)
	}
	willing := map[int64]bool{}
	for _, x := range audits {
		if x.Action == storage.AuditExchange || x.Action == storage.AuditNoExchange {
			willing[x.PersonID] = x.Action == storage.AuditExchange
		}
	}
	a := &storage.Acceptance{Key: p.Key, At: d.Now()}
	if willing[pair.MentorID] && willing[pair.MenteeID] {
		programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
		if err != nil {
			return fmt.Errorf("finding a pair's programme: %w", err)
		}
		for _, id := range []int64{pair.MentorID, pair.MenteeID} {
			to, other := sides(pair, id)
			out, err := d.Notices.Compose(ctx, notice.Addresses, notice.Subject{
				To: to, Other: other, Programme: programme, PairID: pair.ID, Data: map[string]any{"Address": other.Addresses[0].Address},
			})
			if err != nil {
				return err
			}
			a.Mails = append(a.Mails, out)
		}
	}
	_, err = d.Store.Accept(ctx, a)
	return err
}
