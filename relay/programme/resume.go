package programme

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// resume ends a pause at a person's word.
func (d *Desk) resume(ctx context.Context, p relay.Post) error {
	back, err := d.back(ctx, p.Author)
	if err != nil {
		return err
	}
	out, err := d.confirmation(ctx, p, notice.Resumed, nil)
	if err != nil {
		return err
	}
	a := &storage.Acceptance{Key: p.Key, At: d.Now(), Mails: []storage.Outgoing{out}, Changes: append(back, d.resumed(p.Author.ID)...)}
	if err := d.reopen(ctx, a, p.Author); err != nil {
		return err
	}
	_, err = d.Store.Accept(ctx, a)
	return err
}

// resumed is what ends a pause and all that holds mail to a person back.
func (d *Desk) resumed(id int64) []storage.Change {
	return []storage.Change{
		storage.PersonMoved{ID: id, From: storage.PersonPaused, To: storage.PersonActive},
		storage.PersonMoved{ID: id, From: storage.PersonSuspended, To: storage.PersonActive},
		storage.PersonMuted{ID: id, Muted: false},
		storage.Cancelled{Kind: storage.AppointmentResume, SubjectID: id},
	}
}

// back notes until when somebody was away who took a pause without saying how
// long.
func (d *Desk) back(ctx context.Context, person *storage.Person) ([]storage.Change, error) {
	if person.State != storage.PersonPaused {
		return nil, nil
	}
	list, err := d.Store.Absences(ctx, person.ID)
	if err != nil {
		return nil, fmt.Errorf("finding when a person was away: %w", err)
	}
	if len(list) == 0 || list[len(list)-1].Until != "" {
		return nil, nil
	}
	return []storage.Change{storage.Absence{
		PersonID: person.ID, From: list[len(list)-1].From, Until: d.Now().In(zoneOf(person)).Format(time.DateOnly), NotedAt: d.Now(),
	}}, nil
}

// resume ends a pause on the day that was named.
func (w *walker) resume(ctx context.Context, a storage.Appointment) (step, error) {
	d := w.desk
	person, err := d.Store.PersonByID(ctx, a.SubjectID)
	if errors.Is(err, storage.ErrNotFound) || err == nil && person.State != storage.PersonPaused {
		return step{}, nil
	}
	if err != nil {
		return step{}, fmt.Errorf("finding whose pause ends: %w", err)
	}
	if zone := w.zone(person); !awake(w.now, zone) {
		return step{next: morning(w.now, zone)}, nil
	}
	programme, err := d.programmeOf(ctx, person)
	if err != nil {
		return step{}, err
	}
	back := []storage.Change{storage.PersonMoved{ID: person.ID, From: storage.PersonPaused, To: storage.PersonActive}}
	return step{
		due: []Due{{Kind: DueResume, PersonID: person.ID, At: a.At}},
		do: func(ctx context.Context) (*storage.Acceptance, error) {
			a := &storage.Acceptance{At: d.Now(), Changes: back}
			if !person.Muted {
				out, err := d.Notices.Compose(ctx, notice.Resumed, notice.Subject{To: person, Programme: programme, Data: map[string]any{"Help": d.help()}})
				if err != nil {
					return nil, err
				}
				a.Mails = append(a.Mails, out)
			}
			return a, d.reopen(ctx, a, person)
		},
	}, nil
}

// Resume ends a person's pause, or their mailbox's, at the coordinator's word.
func (d *Desk) Resume(ctx context.Context, person *storage.Person) error {
	a := &storage.Acceptance{At: d.Now(), Changes: []storage.Change{storage.PersonMoved{ID: person.ID, From: person.State, To: storage.PersonActive}}}
	if err := d.reopen(ctx, a, person); err != nil {
		return err
	}
	_, err := d.Store.Accept(ctx, a)
	return err
}

// ResumePair ends a pair's pause at the coordinator's word. It is false if the pair
// is not paused.
func (d *Desk) ResumePair(ctx context.Context, pair *storage.Pair) (resumed bool, err error) {
	a := &storage.Acceptance{At: d.Now(), Changes: []storage.Change{storage.PairMoved{ID: pair.ID, From: storage.PairPaused, To: storage.PairActive}}}
	for _, id := range sidesOf(pair) {
		to, other := sides(pair, id)
		if other.State != storage.PersonActive {
			continue
		}
		if err := d.tellOpen(ctx, a, pair, to, other, notice.PairPaused); err != nil {
			return false, err
		}
	}
	return d.Store.Accept(ctx, a)
}

// reopen adds what tells those who wrote to a person in vain that letters reach
// them again.
func (d *Desk) reopen(ctx context.Context, a *storage.Acceptance, person *storage.Person) error {
	kind, away := turnedAway[person.State]
	if !away {
		return nil
	}
	pairs, err := d.pairsOf(ctx, person.ID)
	if err != nil {
		return err
	}
	for i := range pairs {
		if pairs[i].State != storage.PairActive {
			continue
		}
		_, to := sides(&pairs[i], person.ID)
		if err := d.tellOpen(ctx, a, &pairs[i], to, person, kind); err != nil {
			return err
		}
	}
	return nil
}

// turnedAway is what those are told who write to a person in a state.
var turnedAway = map[string]notice.Kind{storage.PersonPaused: notice.PairPaused, storage.PersonSuspended: notice.Unreachable}

// tellOpen adds a mail to one of a pair who was told that letters do not pass.
func (d *Desk) tellOpen(ctx context.Context, a *storage.Acceptance, pair *storage.Pair, to, other *storage.Person, kind notice.Kind) error {
	told, err := d.Store.Told(ctx, string(kind), to.ID, pair.ID)
	if err != nil {
		return fmt.Errorf("finding whose letters were not passed on: %w", err)
	}
	if !told || to.State != storage.PersonActive {
		return nil
	}
	programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return fmt.Errorf("finding a pair's programme: %w", err)
	}
	out, err := d.Notices.Compose(ctx, notice.PassesAgain, notice.Subject{To: to, Other: other, Programme: programme, PairID: pair.ID})
	if err != nil {
		return err
	}
	a.Mails = append(a.Mails, out)
	a.Changes = append(a.Changes, storage.Untold{Kind: string(kind), PersonID: to.ID, SubjectID: pair.ID})
	return nil
}
