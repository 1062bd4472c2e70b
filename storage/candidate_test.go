package storage

import (
	"fmt"
	"maps"
	"testing"
	"time"
)

// Candidates are the people of one programme, each with the role they were last
// asked in and their own answers, over more than a page.
func TestCandidates(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c, elsewhere := newCommunity(t, s, 0), newCommunity(t, s, 1)
		asked := func(programme *Programme, p *Person, role string, at time.Time) Survey {
			v := NewSurvey()
			v.Key, v.ProgrammeID, v.PersonID, v.Role, v.SentAt, v.RemindAt = "intake", programme.ID, p.ID, role, at, at
			return v
		}
		answer := func(p *Person, survey, question, value string) Answer {
			return Answer{PersonID: p.ID, Survey: survey, Question: question, Value: value, Source: value, At: start()}
		}
		change(t, s,
			asked(c.programme, c.mentor, RoleMentor, start().Add(time.Hour)),
			asked(c.programme, c.mentor, RoleMentee, start()),
			asked(elsewhere.programme, c.mentor, RoleMentee, start().Add(2*time.Hour)),
			asked(elsewhere.programme, elsewhere.mentee, RoleMentee, start()),
			answer(c.mentor, "intake", "how-often", "monthly"), answer(c.mentor, "intake", "topics", "rivers"),
			answer(c.mentor, "pulse", "how-often", "weekly"), answer(elsewhere.mentee, "intake", "how-often", "weekly"),
		)
		var more []*Person
		for n := range pageSize {
			more = append(more, newPerson("Zoé", fmt.Sprintf("zoe%d@uni.example", n)))
		}
		must(t, s.CreatePersons(t.Context(), c.programme.ID, more))
		last := more[len(more)-1]
		change(t, s, asked(c.programme, last, RoleMentee, start()), answer(last, "intake", "how", "calls"))

		list, err := s.Candidates(t.Context(), c.programme.ID, "intake")
		must(t, err)
		if len(list) != pageSize+2 {
			t.Fatalf("%d candidates, want %d", len(list), pageSize+2)
		}
		for i, want := range map[int]Candidate{
			0:            {*c.mentor, RoleMentor, map[string]string{"how-often": "monthly", "topics": "rivers"}},
			1:            {*c.mentee, "", map[string]string{}},
			pageSize + 1: {*last, RoleMentee, map[string]string{"how": "calls"}},
		} {
			got := list[i]
			if got.ID != want.ID || got.Role != want.Role || !maps.Equal(got.Answers, want.Answers) || len(got.Addresses) != len(want.Addresses) {
				t.Errorf("%d: %+v, want %+v", i, got, want)
			}
		}
	})
}
