package storage

import (
	"fmt"
	"reflect"
	"testing"
	"time"
)

// A view has all that is known of a person and their live pairs, and of letters
// what is since a moment; a sketch has none.
func TestViews(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c, other := newCommunity(t, s, 0), newCommunity(t, s, 1)
		ctx := t.Context()
		past := newPair(c.programme.ID, other.mentor.ID, c.mentee.ID, "past")
		must(t, s.CreatePair(ctx, past))
		paused := newPair(c.programme.ID, c.mentor.ID, other.mentee.ID, "paused")
		paused.State = PairPaused
		must(t, s.CreatePair(ctx, paused))
		change(t, s, PairClosed{past.ID, start()})

		for i, key := range []string{"early", "late"} {
			letter := c.letter(s, key, []byte("x"))
			m := letter.Message
			m.At = start().Add(time.Duration(i) * time.Hour)
			m.Asks, m.Offers, m.Thanks, m.Commits, m.Reports, m.Pace = 1, 2, 3, 4, 5, "month"
			m.AsksHelp, m.AsksWishes, m.AsksAfter, m.Links, m.Events = 6, 7, 8, 9, 10
			letter.Asks = []Ask{{Text: key + "?", ExpiresAt: start().Add(9 * time.Hour)}}
			accept(t, s, letter)
		}
		for _, x := range []Change{
			Nudge{PersonID: c.mentee.ID, PairID: c.pair.ID, Key: "keep-warm", Moment: "b", At: start().Add(time.Hour), JudgedAt: start(), Facts: "{}"},
			Nudge{PersonID: c.mentee.ID, PairID: c.pair.ID, Key: "keep-warm", Moment: "a", At: start(), JudgedAt: start(), Withheld: true, Facts: "{}"},
			Nudge{PersonID: c.mentor.ID, PairID: c.pair.ID, Key: "keep-warm", Moment: "a", At: start(), JudgedAt: start(), Facts: "{}"},
			Absence{PersonID: c.mentor.ID, From: "2026-04-01", NotedAt: start()},
			Answer{PersonID: c.mentor.ID, Survey: "intake", Question: "how", Value: "mail", At: start()},
			Answer{PersonID: c.mentor.ID, Survey: "pulse 1", Question: "how", Value: "5", At: start()},
		} {
			change(t, s, x)
		}

		list, err := s.Views(ctx, []int64{c.mentee.ID, other.mentor.ID, c.mentee.ID, 1 << 40}, "intake", start().Add(time.Hour))
		must(t, err)
		if len(list) != 2 || list[0].Person.ID != c.mentee.ID || list[1].Person.ID != other.mentor.ID {
			t.Fatalf("%+v", list)
		}
		v := list[0]
		want, err := s.PersonByID(ctx, c.mentee.ID)
		must(t, err)
		if !reflect.DeepEqual(v.Person, *want) {
			t.Errorf("%+v, want %+v", v.Person, *want)
		}
		pair, err := s.PairByID(ctx, c.pair.ID)
		must(t, err)
		pair.Masks = nil
		if len(v.Pairs) != 1 || !reflect.DeepEqual(v.Pairs[0], *pair) {
			t.Errorf("%+v, want %+v", v.Pairs, pair)
		}
		letters, err := s.Messages(ctx, c.pair.ID)
		must(t, err)
		last := letters[1]
		last.Size, last.OriginalID, last.MaskedID = 0, "", ""
		if got := v.Letters[c.pair.ID]; len(got) != 1 || !reflect.DeepEqual(got[0], last) {
			t.Errorf("%+v, want %+v", got, last)
		}
		asks, err := s.Asks(ctx, c.pair.ID, start().Add(time.Hour))
		must(t, err)
		if got := v.Asks[c.pair.ID]; len(got) != 1 || !reflect.DeepEqual(got, asks) {
			t.Errorf("%+v, want %+v", got, asks)
		}
		if len(v.Nudges) != 2 || v.Nudges[0].Moment != "a" || !v.Nudges[0].Withheld || !v.Nudges[1].JudgedAt.Equal(stored(start())) {
			t.Errorf("%+v", v.Nudges)
		}
		if got := fmt.Sprint(v.Answers); got != fmt.Sprintf("map[%d:map[how:mail] %d:map[]]", c.mentor.ID, c.mentee.ID) {
			t.Error(got)
		}
		if got := v.Absences[c.mentor.ID]; len(v.Absences) != 2 || len(got) != 1 || got[0].From != "2026-04-01" || !got[0].NotedAt.Equal(stored(start())) {
			t.Errorf("%+v", v.Absences)
		}

		sketches, err := s.Sketches(ctx, []int64{c.mentor.ID}, "intake")
		must(t, err)
		if len(sketches) != 1 || len(sketches[0].Pairs) != 2 || sketches[0].Pairs[1].State != PairPaused || len(sketches[0].Letters)+len(sketches[0].Asks) != 0 {
			t.Fatalf("%+v", sketches)
		}
		must(t, s.Fill(ctx, []*View{&sketches[0]}, start()))
		if got := sketches[0].Letters; len(got) != 2 || len(got[c.pair.ID]) != 2 || got[c.pair.ID][1].OriginalID != "" {
			t.Errorf("%+v", got)
		}
		addresses, err := s.MailAddresses(ctx, []int64{c.mentor.ID, c.mentee.ID, 1 << 40})
		if err != nil || len(addresses) != 2 || addresses[c.mentor.ID] != "alice0@corp.example" { // not their second
			t.Errorf("%v, %v", addresses, err)
		}
		if none, err := s.Views(ctx, nil, "intake", start()); err != nil || len(none) != 0 {
			t.Errorf("%+v, %v", none, err)
		}
	})
}

func TestPadded(t *testing.T) {
	for _, test := range []struct{ list, want []int64 }{
		{nil, nil},
		{[]int64{7}, []int64{7}},
		{[]int64{7, 8}, []int64{7, 8}},
		{[]int64{7, 8, 9}, []int64{7, 8, 9, 9}},
		{[]int64{1, 2, 3, 4, 5}, []int64{1, 2, 3, 4, 5, 5, 5, 5}},
	} {
		if got := padded(test.list); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%v: %v, want %v", test.list, got, test.want)
		}
	}
}
