package storage

import (
	"fmt"
	"testing"
	"time"
)

// A standing holds what was reported, answered and written, of each pair.
func TestStandings(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		accept(t, s, c.letter(s, "one", []byte("x")))
		asked := NewSurvey()
		asked.Key, asked.ProgrammeID, asked.PersonID, asked.SentAt, asked.RemindAt = "pulse", c.programme.ID, c.mentee.ID, start(), start()
		other := NewSurvey()
		other.Key, other.ProgrammeID, other.PersonID, other.SentAt, other.RemindAt = "pulse", c.programme.ID, c.mentee.ID, start(), start()
		answer := func(v Survey, value string, at time.Time) Answer {
			return Answer{PersonID: c.mentee.ID, Survey: fmt.Sprint("pulse ", v.ID), Question: "pulse", Value: value, Source: value, At: at}
		}
		change(t, s, asked, other, answer(asked, "2", start()), answer(other, "4", start().Add(time.Hour)),
			Audit{At: start(), Action: AuditReported, PersonID: c.mentee.ID, PairID: c.pair.ID},
			Absence{PersonID: c.mentor.ID, From: "2026-04-01", Until: "2026-04-09", NotedAt: start()},
			Bounce{DeliveryID: 7, PersonID: c.mentor.ID, Class: "full", At: start()},
			Bounce{DeliveryID: 8, PersonID: c.mentor.ID, Class: "complaint", At: start()},
			PersonMoved{c.mentee.ID, PersonActive, PersonSuspended})
		list, err := s.Standings(ctx, c.programme.ID, 0, 10, start(), start())
		must(t, err)
		if len(list) != 1 {
			t.Fatalf("%d pairs", len(list))
		}
		x := list[0]
		if len(x.Letters) != 1 || x.Pulse[c.mentee.ID] != 4 || x.Pulse[c.mentor.ID] != 0 || !x.Reported[c.mentee.ID].Equal(stored(start())) ||
			len(x.Absences[c.mentor.ID]) != 1 || x.Pair.Mentor.Name == "" {
			t.Errorf("%+v", x)
		}
		later, err := s.Standings(ctx, c.programme.ID, 0, 10, start().Add(2*time.Hour), start().Add(2*time.Hour))
		must(t, err)
		if x := later[0]; len(x.Letters)+len(x.Reported)+x.Pulse[c.mentee.ID] != 0 {
			t.Errorf("later: %+v", x)
		}
		if beyond, err := s.Standings(ctx, c.programme.ID, c.pair.ID, 10, start(), start()); err != nil || len(beyond) != 0 {
			t.Errorf("beyond the last: %+v, %v", beyond, err)
		}
		for until, want := range map[time.Duration]MailCount{time.Second: {1, 1, 1}, 0: {0, 0, 1}} {
			if got, err := s.MailCount(ctx, c.programme.ID, start(), start().Add(until)); err != nil || got != want {
				t.Errorf("until %v: %+v, %v", until, got, err)
			}
		}
	})
}
