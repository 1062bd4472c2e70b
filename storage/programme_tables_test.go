package storage

import (
	"fmt"
	"testing"
	"time"
)

// An appointment is kept once, by whoever comes first.
func TestAppointments(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		at := stored(start()).Add(time.Hour)
		change(t, s, Appointed{Appointment{AppointmentResume, c.mentor.ID, at}})
		change(t, s, Appointed{Appointment{AppointmentResume, c.mentor.ID, at.Add(time.Hour)}})
		if list, err := s.AppointmentsDue(ctx, at, Appointment{}, 100); err != nil || len(list) != 5 {
			t.Fatalf("%+v, %v", list, err) // look and summary of two, and the programme's
		}
		if n, err := s.CountDue(ctx, at); err != nil || n != 5 {
			t.Errorf("%d, %v", n, err)
		}
		var list []Appointment
		for {
			var after Appointment
			if n := len(list); n > 0 {
				after = list[n-1]
			}
			some, err := s.AppointmentsDue(ctx, at.Add(time.Hour), after, 2)
			must(t, err)
			if list = append(list, some...); len(some) < 2 {
				break
			}
		}
		if len(list) != 6 || list[5].Kind != AppointmentResume || !list[5].At.Equal(at.Add(time.Hour)) {
			t.Fatalf("%+v", list)
		}
		for i := range 2 {
			if fresh := change(t, s, Moved{list[0], at.Add(9 * time.Hour)}); fresh != (i == 0) {
				t.Errorf("kept %d times: fresh %v", i+1, fresh)
			}
		}
		must(t, s.MoveAppointments(ctx, []Moved{{list[0], at}, {list[1], at.Add(9 * time.Hour)}, {list[5], time.Time{}}}))
		if list, err := s.AppointmentsDue(ctx, at.Add(time.Hour), Appointment{}, 100); err != nil || len(list) != 3 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// A tip is given once for its occasion, and counted by what came of it.
func TestNudges(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		const fortnight = 14 * 24 * time.Hour
		nudge := func(moment string, after time.Duration, withheld bool) Nudge {
			at := start().Add(after)
			return Nudge{PersonID: c.mentee.ID, PairID: c.pair.ID, Key: "keep-warm", Moment: moment, At: at, JudgedAt: at.Add(fortnight), Withheld: withheld, Facts: `{"Days":40}`}
		}
		accept(t, s, c.letter(s, "one", []byte("x"))) // by the mentor, at the start
		for i, n := range []Nudge{nudge("a", -time.Hour, false), nudge("b", -fortnight-time.Second, true), nudge("c", time.Hour, false), nudge("a", 0, false)} {
			if fresh := change(t, s, n); fresh != (i < 3) {
				t.Errorf("%d: fresh %v", i, fresh)
			}
		}
		list, err := s.Nudges(ctx, []int64{c.mentee.ID, c.mentor.ID}, start().Add(-time.Hour))
		must(t, err)
		if len(list) != 2 || list[0].Moment != "a" || list[0].Facts != `{"Days":40}` || list[0].Withheld {
			t.Errorf("%+v", list)
		}
		for after, want := range map[time.Duration]string{
			0:               "[{keep-warm true 1 0}]",
			fortnight:       "[{keep-warm false 1 1} {keep-warm true 1 0}]",
			fortnight * 2:   "[{keep-warm false 2 1} {keep-warm true 1 0}]",
			-fortnight * 10: "[]",
		} {
			effects, err := s.Effects(ctx, c.programme.ID, start().Add(after))
			must(t, err)
			if got := fmt.Sprint(effects); got != want {
				t.Errorf("after %v: %s, want %s", after, got, want)
			}
		}
	})
}

// A request is settled once, and forgotten after its time.
func TestRequests(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		r := NewRequest()
		r.Action, r.ProgrammeID, r.PersonID, r.Pairs = "end", c.programme.ID, c.mentee.ID, []int64{c.pair.ID, 9}
		r.AskedAt, r.ExpiresAt = start(), start().Add(time.Hour)
		change(t, s, r)
		for i := range 2 {
			if fresh := change(t, s, RequestSettled{r.ID}); fresh != (i == 0) {
				t.Errorf("settled %d times: fresh %v", i+1, fresh)
			}
		}
		got, err := s.RequestByID(ctx, r.ID)
		if err != nil || got.State != RequestDone || fmt.Sprint(got.Pairs) != fmt.Sprint(r.Pairs) {
			t.Errorf("%+v, %v", got, err)
		}
		if list, err := s.RequestsOf(ctx, c.mentee.ID, "end"); err != nil || len(list) != 1 {
			t.Errorf("%+v, %v", list, err)
		}
		must(t, s.ForgetRequests(ctx, start().Add(2*time.Hour)))
		if _, err := s.RequestByID(ctx, r.ID); err != ErrNotFound {
			t.Errorf("%v", err)
		}
	})
}

// A pair's beginning, pace and end are changed once.
func TestAPairsLife(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		for i, x := range []struct {
			change Change
			fresh  bool
		}{
			{PairBegun{c.pair.ID, "monthly", start()}, false}, // it is active
			{PairPaced{c.pair.ID, c.pair.Cadence, "weekly"}, true},
			{PairPaced{c.pair.ID, "monthly", "weekly"}, false},
			{PairClosed{c.pair.ID, start()}, true},
			{PairClosed{c.pair.ID, start()}, false},
			{PersonTips{c.mentee.ID, TipsFewer}, true},
		} {
			if fresh := change(t, s, x.change); fresh != x.fresh {
				t.Errorf("%d %+v: fresh %v", i, x.change, fresh)
			}
		}
		p, err := s.PairByID(t.Context(), c.pair.ID)
		must(t, err)
		if p.State != PairEnded || p.Cadence != "weekly" || p.BeganAt == nil || p.EndedAt == nil || !p.EndedAt.Equal(stored(start())) || p.Mentee.Tips != TipsFewer {
			t.Errorf("%+v", p)
		}
		change(t, s, PairStopped{c.pair.ID})
		if p, err := s.PairByID(t.Context(), c.pair.ID); err != nil || p.EndedAt != nil || p.State != PairEnded {
			t.Errorf("sealed: %+v, %v", p, err)
		}
	})
}
