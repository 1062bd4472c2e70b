package storage

import (
	"testing"
	"time"
)

// change accepts changes alone.
func change(t *testing.T, s *Storage, changes ...Change) (fresh bool) {
	t.Helper()
	fresh, err := s.Accept(t.Context(), &Acceptance{At: start(), Changes: changes})
	must(t, err)
	return fresh
}

// Changes move only what is where they expect it.
func TestChanges(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		person := func() *Person {
			p, err := s.PersonByID(ctx, c.mentor.ID)
			must(t, err)
			return p
		}

		change(t, s, PersonMoved{c.mentor.ID, PersonPaused, PersonSuspended}, PersonMuted{c.mentor.ID, true})
		if p := person(); p.State != PersonActive || !p.Muted {
			t.Errorf("after a move from elsewhere: %+v", p)
		}
		change(t, s, PersonMoved{c.mentor.ID, PersonActive, PersonSuspended}, PersonMuted{c.mentor.ID, false})
		if p := person(); p.State != PersonSuspended || p.Muted {
			t.Errorf("after a move: %+v", p)
		}

		change(t, s, PairMoved{c.pair.ID, PairActive, PairPaused}, Audit{At: start(), Action: AuditReported, PersonID: c.mentee.ID, PairID: c.pair.ID})
		route, err := s.Route(ctx, "a0")
		must(t, err)
		if route.Pair.State != PairPaused || route.Writer.State != PersonSuspended {
			t.Errorf("route: pair %s, writer %s", route.Pair.State, route.Writer.State)
		}
		audits, err := s.Audits(ctx, c.pair.ID)
		must(t, err)
		if len(audits) != 1 || audits[0].Action != AuditReported || audits[0].PersonID != c.mentee.ID {
			t.Errorf("audits: %+v", audits)
		}
	})
}

// A new address is its owner's at once; one that somebody has stays theirs.
func TestAddressAdded(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		for _, a := range []string{"alice@new.example", "alice@new.example", "ben0@uni.example"} {
			if !change(t, s, AddressAdded{Address{PersonID: c.mentor.ID, Address: a, Canonical: a, AddedAt: start()}}) {
				t.Errorf("%s was received before", a)
			}
		}
		for a, want := range map[string]int64{"alice@new.example": c.mentor.ID, "ben0@uni.example": c.mentee.ID} {
			p, err := s.PersonByAddress(t.Context(), a)
			must(t, err)
			if p.ID != want {
				t.Errorf("%s is of person %d, want %d", a, p.ID, want)
			}
		}
	})
}

// The first report on a delivery counts, with all that follows from it.
func TestBounce(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		for i, b := range []Bounce{
			{DeliveryID: 1, Class: "full", Status: "5.2.2", At: start()},
			{DeliveryID: 2, Class: "gone", Status: "5.1.1", At: start().Add(time.Hour)},
			{DeliveryID: 1, Class: "gone", Status: "5.1.1", At: start().Add(2 * time.Hour)},
		} {
			b.PersonID = c.mentor.ID
			if fresh := change(t, s, b, PersonMuted{c.mentee.ID, i == 2}); fresh != (i < 2) {
				t.Errorf("report %d: fresh %v", i, fresh)
			}
		}
		list, err := s.Bounces(t.Context(), c.mentor.ID, 5)
		must(t, err)
		if len(list) != 2 || list[0].DeliveryID != 2 || list[1].Class != "full" {
			t.Errorf("bounces: %+v", list)
		}
		if p, err := s.PersonByID(t.Context(), c.mentee.ID); err != nil || p.Muted {
			t.Errorf("what follows from a second report was done: %+v, %v", p, err)
		}
	})
}

// What follows from an attempt is stored with it, once.
func TestOutcomeChanges(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		accept(t, s, c.letter(s, "letter", []byte("x")))
		due := claim(t, s, "x", start(), 1)
		b := Bounce{DeliveryID: due[0].ID, PersonID: c.mentee.ID, Class: "gone", At: start()}
		change(t, s, b) // the report was quicker
		must(t, s.Finish(t.Context(), &Outcome{Delivery: &due[0], State: DeliveryFailed, At: start(),
			Changes: []Change{b, PersonMoved{c.mentee.ID, PersonActive, PersonSuspended}}}))
		d, err := s.DeliveryByID(t.Context(), due[0].ID)
		must(t, err)
		if d.State != DeliveryFailed {
			t.Errorf("the delivery is %s", d.State)
		}
	})
}

// An absence that is told in every automatic reply is noted once.
func TestAbsence(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		for range 2 {
			change(t, s, Absence{PersonID: c.mentor.ID, From: "2026-08-03", Until: "2026-08-17", NotedAt: start()})
		}
		change(t, s, Absence{PersonID: c.mentor.ID, Until: "2026-12-24", NotedAt: start()})
		list, err := s.Absences(t.Context(), c.mentor.ID)
		must(t, err)
		if len(list) != 2 || list[0].From != "2026-08-03" || list[1].Until != "2026-12-24" {
			t.Errorf("absences: %+v", list)
		}
	})
}
