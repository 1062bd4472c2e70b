package programme

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"mentorrelay/storage"
)

// A Due is something that its time has come for.
type Due struct {
	Kind     string // what it is, such as DueReminder
	Key      string // what of it: a survey's key, a tip's, a month
	PersonID int64  // 0 for a coordinator
	Withheld bool   // it is not done, to see what happens without
	At       time.Time
}

// The kinds of what is due.
const (
	DueReminder           = "survey-reminder"
	DueIntroduction       = "introduction"
	DueResume             = "resume"
	DueTip                = "tip"
	DuePaceCheck          = "pace-check"
	DueSummary            = "summary"
	DueCoordinatorSummary = "coordinator-summary"
)

// A step is what keeping one appointment comes to.
type step struct {
	next time.Time // when to look again; zero: no more
	due  []Due     // nothing, mostly
	// do composes what is to be stored for it; nil if nothing is due.
	do func(ctx context.Context) (*storage.Acceptance, error)
}

// pageSize is how many appointments are looked at together.
const pageSize = 200

// keptTogether is how many appointments are kept side by side: their writes
// share a commit, and no more wait before a letter that comes in meanwhile.
const keptTogether = 16

// Keep keeps the appointments whose time has come, and tells of each thing
// done. All is computed from stored facts: however long nobody looked, each
// thing is done once, and nothing that is no longer so is said. Whoever else
// does it at the same time, it is done once. When ctx ends, what is in hand is
// done whole or not at all.
func (d *Desk) Keep(ctx context.Context, done func(Due)) error {
	var failed failures
	w := d.newWalker(runtime.GOMAXPROCS(0) / 2) // letters come in meanwhile
	err := w.walk(ctx, &failed, func(page []appointed) error {
		var idle []storage.Moved
		for _, a := range page {
			if a.step.do == nil {
				idle = append(idle, storage.Moved{Appointment: a.appointment, Next: a.step.next})
			}
		}
		if len(idle) > 0 {
			failed.add(d.Store.MoveAppointments(ctx, idle))
		}
		for _, due := range w.keepAll(ctx, page, &failed) {
			d.Log.InfoContext(ctx, "done, as it was due", "kind", due.Kind, "key", due.Key, "person", due.PersonID, "withheld", due.Withheld)
			done(due)
		}
		return nil
	})
	failed.add(err)
	return failed.err()
}

// keepAll does what some appointments come to, and returns what of it was not
// done before.
func (w *walker) keepAll(ctx context.Context, page []appointed, failed *failures) []Due {
	done := make([][]Due, len(page))
	hands := make(chan struct{}, keptTogether)
	var all sync.WaitGroup
	for i, a := range page {
		if a.step.do == nil {
			continue
		}
		hands <- struct{}{}
		all.Go(func() {
			defer func() { <-hands }()
			fresh, err := w.keep(ctx, a)
			if err != nil {
				failed.add(fmt.Errorf("%s of %d: %w", a.appointment.Kind, a.appointment.SubjectID, err))
			}
			if fresh {
				done[i] = a.step.due
			}
		})
	}
	all.Wait()
	return slices.Concat(done...)
}

// keep does what one appointment comes to.
func (w *walker) keep(ctx context.Context, a appointed) (fresh bool, err error) {
	acceptance, err := w.compose(ctx, a)
	if err != nil {
		return false, err
	}
	acceptance.Changes = append(acceptance.Changes, storage.Moved{Appointment: a.appointment, Next: a.step.next})
	return w.desk.Store.Accept(ctx, acceptance)
}

func (w *walker) compose(ctx context.Context, a appointed) (*storage.Acceptance, error) {
	w.heads <- struct{}{}
	defer func() { <-w.heads }()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return a.step.do(ctx)
}

// Foresee tells what Keep would do now, and does nothing. Compose gives the mails
// of all that is told of with it; who calls it discards their bodies.
func (d *Desk) Foresee(ctx context.Context, each func(due []Due, compose func() ([]storage.Outgoing, error)) error) error {
	var failed failures
	err := d.newWalker(runtime.GOMAXPROCS(0)).walk(ctx, &failed, func(page []appointed) error {
		for _, a := range page {
			if len(a.step.due) == 0 {
				continue
			}
			err := each(a.step.due, func() ([]storage.Outgoing, error) {
				acceptance, err := a.step.do(ctx)
				if err != nil {
					return nil, err
				}
				return acceptance.Mails, nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	failed.add(err)
	return failed.err()
}

func (w *walker) step(ctx context.Context, a storage.Appointment, v *storage.View) (step, error) {
	switch {
	case a.Kind == storage.AppointmentSurvey:
		return w.survey(ctx, a)
	case a.Kind == storage.AppointmentResume:
		return w.resume(ctx, a)
	case a.Kind == storage.AppointmentForget:
		return step{do: func(ctx context.Context) (*storage.Acceptance, error) {
			return &storage.Acceptance{At: w.now}, w.desk.sweep(ctx, a.SubjectID)
		}}, nil
	case a.Kind == storage.AppointmentProgramme:
		return w.programme(ctx, a)
	case v == nil: // somebody who is no more
		return step{}, nil
	case a.Kind == storage.AppointmentLook:
		return w.look(ctx, a, v)
	case a.Kind == storage.AppointmentSummary:
		s, err := w.summary(ctx, a, v)
		return w.filled(s, v), err
	}
	return step{}, nil
}

// survey asks once for what is missing, and lets a pair begin without the rest.
func (w *walker) survey(ctx context.Context, a storage.Appointment) (step, error) {
	d := w.desk
	s, err := d.Store.SurveyByID(ctx, a.SubjectID)
	if errors.Is(err, storage.ErrNotFound) {
		return step{}, nil
	}
	if err != nil {
		return step{}, fmt.Errorf("finding what was asked: %w", err)
	}
	person, err := d.Store.PersonByID(ctx, s.PersonID)
	if err != nil {
		return step{}, fmt.Errorf("finding who was asked: %w", err)
	}
	zone := zoneOf(person)
	switch {
	case s.State == storage.SurveyAnswered:
		return step{}, nil
	case person.State != storage.PersonActive, s.State == storage.SurveyAsked && (person.Muted || !awake(w.now, zone)):
		return step{next: morning(w.now, zone)}, nil
	case s.State == storage.SurveyAsked:
		away, err := d.Store.Absences(ctx, person.ID)
		if err != nil {
			return step{}, fmt.Errorf("finding when a person is away: %w", err)
		}
		if awayNow(away, person, w.now) {
			return step{next: morning(w.now, zone)}, nil
		}
		return step{
			due: []Due{{Kind: DueReminder, Key: s.Key, PersonID: s.PersonID, At: a.At}},
			do:  func(ctx context.Context) (*storage.Acceptance, error) { return d.remind(ctx, s, person) },
		}, nil
	}
	return w.begin(ctx, a, person)
}

// begin introduces the pairs of somebody who has answered as much as they would.
func (w *walker) begin(ctx context.Context, a storage.Appointment, person *storage.Person) (step, error) {
	d := w.desk
	pairs, err := d.pairsOf(ctx, person.ID)
	if err != nil {
		return step{}, err
	}
	var s step
	var changes []*storage.Acceptance
	for i := range pairs {
		if pairs[i].State != storage.PairInvited {
			continue
		}
		if one, other := w.zone(pairs[i].Mentor), w.zone(pairs[i].Mentee); !bothAwake(w.now, one, other) {
			return step{next: nextBothAwake(w.now, one, other)}, nil
		}
		begun, err := d.introduced(ctx, &pairs[i])
		if err != nil {
			return step{}, err
		}
		if begun != nil {
			changes = append(changes, begun)
			s.due = append(s.due, Due{Kind: DueIntroduction, Key: fmt.Sprint(pairs[i].ID), PersonID: pairs[i].MenteeID, At: a.At})
		}
	}
	if len(changes) == 0 {
		return step{}, nil
	}
	s.do = func(context.Context) (*storage.Acceptance, error) {
		all := &storage.Acceptance{At: d.Now()}
		for _, c := range changes {
			all.Mails, all.Changes = append(all.Mails, c.Mails...), append(all.Changes, c.Changes...)
		}
		return all, nil
	}
	return s, nil
}
