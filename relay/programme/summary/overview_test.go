package summary

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mentorrelay/storage"
)

func standing(id int64, mentor, mentee, cadence string, list []storage.Message) Standing {
	return Standing{ID: id, Mentor: mentor, Mentee: mentee, MentorID: partner, State: storage.PairActive, Cadence: cadence, Began: autumn, Letters: list}
}

func overview() *Overview {
	o := &Overview{Month: february, Now: march, Returned: 4, Suspended: 1, Complaints: 1, Tips: []Tip{
		{Key: "keep-warm", With: 40, Without: 11, ShareWith: 0.55, ShareWithout: 4. / 11, Low: -0.12, High: 0.452},
		{Key: "slow-down", With: 31, Without: 20, ShareWith: 0.42, ShareWithout: 0.8, Low: -0.58, High: -0.1, Off: true},
		{Key: "give-back", With: 3, ShareWith: 1},
	}}
	o.Add(standing(1, "Alice Martin", "Ben Durand", "fortnightly", lively))
	silent := standing(12, "Alice Martin", "Chloé Petit", "weekly", letters("ben 2026-01-12", "you 2026-01-19", "you 2026-01-26", "you 2026-02-02"))
	o.Add(silent)
	reported := standing(7, "Dan Moreau", "Emma Roy", "monthly", letters("ben 2026-02-03"))
	reported.State, reported.Reported[1] = storage.PairEnded, time.Date(2026, 2, 12, 8, 0, 0, 0, paris)
	o.Add(reported)
	unwell := standing(9, "Farid Said", "Gaël Le Goff", "monthly", nil)
	unwell.Pulse = [2]int{4, 1}
	o.Add(unwell)
	o.Add(standing(3, "Hélène Blanc", "Ida Noir", "weekly", nil)) // a fourth, which waits
	invited := standing(20, "Jo", "Kim", "", nil)
	invited.State = storage.PairInvited
	o.Add(invited)
	paused := standing(21, "Lou", "Max", "weekly", nil)
	paused.State = storage.PairPaused
	o.Add(paused)
	return o
}

func TestOverviewsAsCoordinatorsGetThem(t *testing.T) {
	words := catalogue(t)
	quiet := &Overview{Month: february, Now: march}
	quiet.Add(standing(1, "Alice Martin", "Ben Durand", "fortnightly", lively))
	for name, o := range map[string]*Overview{"coordinator": overview(), "coordinator-quiet": quiet} {
		for _, language := range []string{"en", "fr"} {
			data := o.Data(words, language)
			data["Programme"] = "Horizon"
			golden(t, name+"-"+language, render(t, words, language, "coordinator-summary", data), nil)
		}
		var b bytes.Buffer
		if err := Report(&b, "Horizon", o); err != nil {
			t.Fatal(err)
		}
		same(t, name+"-terminal.txt", b.String())
	}
}

// TestWordsOfAnOverview checks that what a coordinator is told to write is
// understood, and that each tip has a name.
func TestWordsOfAnOverview(t *testing.T) {
	words := catalogue(t)
	tips, err := filepath.Glob("../../../templates/en/tip-*.txt")
	if err != nil || len(tips) == 0 {
		t.Fatalf("%d tips, %v", len(tips), err)
	}
	for _, language := range words.Languages() {
		for _, command := range []string{"check", "pause", "rematch"} {
			if word := words.Phrase(language, "order "+command); words.Command(word) != command {
				t.Errorf("%s: %s is written %q, and read as %q", language, command, word, words.Command(word))
			}
		}
		for _, tip := range tips {
			if key := "tip " + strings.TrimSuffix(strings.TrimPrefix(filepath.Base(tip), "tip-"), ".txt"); words.Phrase(language, key) == "" {
				t.Errorf("%s has no name for the %s", language, key)
			}
		}
	}
}

// TestTheMostPressingCases checks that the order in which pairs are added does
// not matter.
func TestTheMostPressingCases(t *testing.T) {
	var list []Standing
	for id := range int64(9) {
		s := standing(id+1, "A", "B", "weekly", lively)
		switch id {
		case 2, 3:
			s.Pulse[0] = 2
		case 5:
			s.Suspended[1] = true
		case 7:
			s.Letters = letters("ben 2026-01-12", "you 2026-01-19")
		case 8:
			s.Letters = letters("ben 2026-01-12", "you 2026-01-18")
		}
		list = append(list, s)
	}
	for turn := range len(list) {
		o := &Overview{Month: february, Now: march}
		for i := range list {
			o.Add(list[(i+turn)%len(list)])
		}
		got := ""
		for _, c := range o.Cases {
			got += fmt.Sprintf("%d: %s of %d, ", c.Number, c.Reason, c.Pair)
		}
		if want := "1: suspended of 6, 2: silent of 9, 3: silent of 8, "; got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	}
}

func TestWhatNeedsNobody(t *testing.T) {
	waits := letters("ben 2026-01-12", "you 2026-02-10")
	for name, change := range map[string]func(*Standing){
		"a wait within three cycles": func(s *Standing) {},
		"somebody is away":           func(s *Standing) { s.Letters[1].At = autumn; s.Away[0] = true },
		"a pause":                    func(s *Standing) { s.Letters[1].At = autumn; s.State = storage.PairPaused },
		"an end":                     func(s *Standing) { s.Pulse[0] = 1; s.State = storage.PairEnded },
		"as needed, two months":      func(s *Standing) { s.Letters[1].At = march.AddDate(0, -2, 0); s.Cadence = "as-needed" },
		"a pulse of 3":               func(s *Standing) { s.Pulse = [2]int{3, 5} },
	} {
		s := standing(1, "A", "B", "weekly", append([]storage.Message{}, waits...))
		change(&s)
		if c, ok := s.needs(march); ok {
			t.Errorf("%s: %+v", name, c)
		}
	}
}
