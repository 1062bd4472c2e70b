package programme

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mentorrelay/storage"
)

// What is foreseen is what is done, once, however often it is interrupted, and
// nothing is half done: a mail for each tip that was given, and its person looked
// at next the morning after.
func TestKeepingIsForeseenAndStops(t *testing.T) {
	const pairs = 400
	file := crowd(t, pairs)
	d, _ := plannedDesk(t, file)
	var foreseen, done []string
	err := d.Foresee(t.Context(), func(list []Due, _ func() ([]storage.Outgoing, error)) error {
		for _, x := range list {
			foreseen = append(foreseen, fmt.Sprint(x))
		}
		return nil
	})
	if err != nil || len(foreseen) < pairs/10 {
		t.Fatalf("%d foreseen: %v", len(foreseen), err)
	}
	looked, stops := 0, 0
	for interrupted := true; interrupted; {
		ctx, stop := context.WithCancel(t.Context())
		d.Looked = func(n int) { looked += n }
		before := len(done)
		err := d.Keep(ctx, func(x Due) {
			if done = append(done, fmt.Sprint(x)); len(done) == before+10 {
				stop()
			}
		})
		stop()
		if interrupted = errors.Is(err, context.Canceled); !interrupted && err != nil {
			t.Fatal(err)
		}
		stops++
		consistent(t, file)
	}
	if stops < 3 || looked < 2*pairs {
		t.Errorf("stopped %d times, looked at %d people", stops-1, looked)
	}
	slices.Sort(foreseen)
	slices.Sort(done)
	if !slices.Equal(foreseen, done) {
		t.Errorf("foreseen were %d things, done %d", len(foreseen), len(done))
	}
}

// Letters are left unread only where nothing depends on them.
func TestUnreadLettersChangeNothing(t *testing.T) {
	d, s := plannedDesk(t, crowd(t, 400))
	page, err := s.AppointmentsDue(t.Context(), plannedAt, storage.Appointment{}, 1000)
	if err != nil || len(page) != 800 {
		t.Fatalf("%d appointments: %v", len(page), err)
	}
	w := d.newWalker(1)
	steps, err := w.steps(t.Context(), page)
	if err != nil || len(steps) != len(page) {
		t.Fatalf("%d steps: %v", len(steps), err)
	}
	var people []int64
	for _, a := range page {
		people = append(people, a.SubjectID)
	}
	views, err := s.Views(t.Context(), people, intake, plannedAt.Add(-remembered))
	if err != nil {
		t.Fatal(err)
	}
	sketches, err := w.views(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	again, due, unread := d.newWalker(1), 0, 0
	for i := range views {
		want, err := again.look(t.Context(), page[i], &views[i])
		if err != nil {
			t.Fatal(err)
		}
		if got := steps[i].step; fmt.Sprint(got.due) != fmt.Sprint(want.due) || !got.next.Equal(want.next) {
			t.Errorf("person %d: %v, want %v", people[i], got.due, want.due)
		}
		due += len(want.due)
		if len(sketches[people[i]].Letters) == 0 {
			unread++
		}
	}
	if due < 40 || unread < 200 {
		t.Errorf("%d things are due, of %d people no letters were read", due, unread)
	}
}

// However many errors there are, a few are told of.
func TestFailures(t *testing.T) {
	var f failures
	f.add(nil)
	if err := f.err(); err != nil {
		t.Error(err)
	}
	for i := range 1000 {
		f.add(fmt.Errorf("failure %d", i))
	}
	if got := f.err().Error(); !strings.HasPrefix(got, "failure 0\n") || !strings.HasSuffix(got, "failure 9\nand 990 more such errors") {
		t.Error(got)
	}
}

// consistent checks that there is a mail for each thing that was done, and that
// whoever was told something is looked at later.
func consistent(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var nudges, mails, early int
	now := plannedAt.UnixMicro()
	err = errors.Join(
		db.QueryRow("SELECT COUNT(*) FROM nudge WHERE at = ? AND withheld = 0", now).Scan(&nudges),
		db.QueryRow("SELECT COUNT(*) FROM delivery WHERE body IN (SELECT body FROM chunk)").Scan(&mails),
		db.QueryRow(`SELECT COUNT(*) FROM nudge n JOIN appointment a ON a.subject_id = n.person_id AND a.kind = 'look'
			WHERE n.at = ? AND n.key <> 'pace' AND a.at <> ?`, now, plannedAt.Add(24*time.Hour).UnixMicro()).Scan(&early),
	)
	if err != nil {
		t.Fatal(err)
	}
	if nudges != mails || early > 0 {
		t.Errorf("%d tips have %d mails; %d people would be looked at again", nudges, mails, early)
	}
}
