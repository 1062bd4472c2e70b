package programme

import (
	"context"
	"fmt"
	"time"

	"mentorrelay/storage"
)

// A Due is something that its time has come for.
type Due struct {
	Kind     string // what it is, such as DueReminder
	Key      string // what of it: a survey's key
	PersonID int64
	Withheld bool      // it is not done, to see what happens without
	At       time.Time // when it became due

	do func(context.Context) error
}

// The kinds of what is due.
const (
	DueReminder     = "survey-reminder"
	DueIntroduction = "introduction"
)

// Due lists what is due now, from stored facts alone: however long nobody
// asked, each thing is due once.
func (d *Desk) Due(ctx context.Context) ([]Due, error) {
	surveys, err := d.Store.SurveysDue(ctx, d.Now())
	if err != nil {
		return nil, fmt.Errorf("finding surveys to be reminded of: %w", err)
	}
	var list []Due
	for i := range surveys {
		s := &surveys[i]
		person, err := d.Store.PersonByID(ctx, s.PersonID)
		if err != nil {
			return nil, fmt.Errorf("finding who was asked: %w", err)
		}
		if person.State != storage.PersonActive || person.Muted {
			continue // it stays due
		}
		list = append(list, Due{Kind: DueReminder, Key: s.Key, PersonID: s.PersonID, At: s.RemindAt, do: func(ctx context.Context) error {
			return d.Remind(ctx, s)
		}})
	}
	waiting, err := d.Store.PairsIn(ctx, storage.PairInvited)
	if err != nil {
		return nil, fmt.Errorf("finding pairs that wait: %w", err)
	}
	for i := range waiting {
		pair := &waiting[i]
		ready, err := d.ready(ctx, pair)
		if err != nil {
			return nil, err
		}
		if ready {
			list = append(list, Due{Kind: DueIntroduction, Key: fmt.Sprint(pair.ID), PersonID: pair.MenteeID, At: d.Now(), do: func(ctx context.Context) error {
				return d.introduce(ctx, pair)
			}})
		}
	}
	return list, nil
}

// ready tells whether both of a pair have answered.
func (d *Desk) ready(ctx context.Context, pair *storage.Pair) (bool, error) {
	for _, id := range []int64{pair.MentorID, pair.MenteeID} {
		if done, err := d.answered(ctx, id); err != nil || !done {
			return false, err
		}
	}
	return true, nil
}

// Do does what is due. Whoever else does it at the same time, it is done once.
func (d *Desk) Do(ctx context.Context, due Due) error {
	if err := due.do(ctx); err != nil {
		return fmt.Errorf("%s for person %d: %w", due.Kind, due.PersonID, err)
	}
	d.Log.InfoContext(ctx, "done, as it was due", "kind", due.Kind, "key", due.Key, "person", due.PersonID)
	return nil
}
