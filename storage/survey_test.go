package storage

import (
	"maps"
	"testing"
	"time"
)

// A survey is asked once, reminded of once, and its last answers count.
func TestSurvey(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		v := NewSurvey()
		v.Key, v.ProgrammeID, v.PersonID, v.Role = "intake", c.programme.ID, c.mentor.ID, RoleMentor
		v.SentAt, v.RemindAt = start(), start().Add(time.Hour)
		change(t, s, v)
		if got, err := s.SurveyByID(ctx, v.ID); err != nil || got.Role != RoleMentor || got.State != SurveyAsked || !got.SentAt.Equal(stored(start())) {
			t.Errorf("%+v, %v", got, err)
		}
		for i := range 2 {
			if fresh := change(t, s, SurveyMoved{v.ID, SurveyAsked, SurveyReminded}); fresh != (i == 0) {
				t.Errorf("reminder %d: fresh %v", i, fresh)
			}
		}
		answer := func(question, value string) Answer {
			return Answer{PersonID: c.mentor.ID, Survey: "intake", Question: question, Value: value, Source: value, At: start()}
		}
		change(t, s, answer("how-often", "weekly"), answer("topics", "rivers"))
		change(t, s, answer("how-often", "monthly"))
		got, err := s.Answers(ctx, c.mentor.ID, "intake")
		must(t, err)
		if !maps.Equal(got, map[string]string{"how-often": "monthly", "topics": "rivers"}) {
			t.Errorf("%v", got)
		}
		if list, err := s.SurveysOf(ctx, c.mentor.ID, "intake"); err != nil || len(list) != 1 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
