package summary

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mentorrelay/parser/rhythm"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	paris    = zone("Europe/Paris")
	february = time.Date(2026, 2, 1, 0, 0, 0, 0, paris)
	march    = time.Date(2026, 3, 1, 9, 0, 0, 0, paris)
	autumn   = time.Date(2025, 9, 1, 9, 0, 0, 0, paris)
)

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

const reader, partner = 1, 2

// letters reads a line such as "you 2026-02-03 ask ask give": who wrote on
// which day, at noon, and what.
func letters(lines ...string) (list []storage.Message) {
	for _, line := range lines {
		words := strings.Fields(line)
		at, err := time.ParseInLocation(time.DateOnly, words[1], paris)
		if err != nil {
			panic(err)
		}
		m := storage.Message{WriterID: reader, At: at.Add(12 * time.Hour), Words: 120}
		if words[0] != "you" {
			m.WriterID = partner
		}
		for _, w := range words[2:] {
			switch w {
			case "ask":
				m.Asks++
			case "give":
				m.Thanks++
			}
		}
		list = append(list, m)
	}
	return list
}

var lively = letters(
	"you 2025-11-03 ask", "ben 2025-11-06 give", "you 2025-11-17 give ask", "ben 2025-11-22", "you 2025-12-01 ask", "ben 2025-12-05 give",
	"you 2025-12-15 give", "ben 2025-12-24", "you 2026-01-05 ask give", "ben 2026-01-09 ask", "you 2026-01-12 give", "ben 2026-01-20 give",
	"you 2026-01-22", "you 2026-02-02 ask", "ben 2026-02-07 ask", "you 2026-02-10 give", "ben 2026-02-14 give", "you 2026-02-25 ask",
)

func ask(day, text string) storage.Ask {
	at, err := time.ParseInLocation(time.DateOnly, day, paris)
	if err != nil {
		panic(err)
	}
	return storage.Ask{WriterID: partner, Text: text, At: at}
}

func exchange(other, cadence string, list []storage.Message) Exchange {
	return Exchange{Side: rhythm.Mentee, ReaderID: reader, Other: other, State: storage.PairActive, Cadence: cadence, Began: autumn, Letters: list}
}

func with(e Exchange, change func(*Exchange)) Exchange {
	change(&e)
	return e
}

var oneSided = exchange("Alice", "weekly", letters("you 2026-02-02 ask", "ben 2026-02-04 give", "you 2026-02-09 ask", "you 2026-02-16 ask", "you 2026-02-23 ask ask"))

var asked = with(exchange("Ben", "monthly", letters("you 2025-11-03", "ben 2025-11-20", "you 2025-11-28 give", "ben 2026-02-01 ask ask", "ben 2026-02-03 ask ask")), func(e *Exchange) {
	e.Questions = []storage.Ask{
		ask("2026-02-01", "Qu’avez-vous retenu de l’entretien ?"), ask("2026-02-01", "Préférez-vous un\n appel ?"),
		ask("2026-02-03", "Which of the two offers would you rather take, now that you have had some days to think about it, and is there anything that still speaks against it, or anybody?"),
		ask("2026-02-03", "Puis-je vous présenter quelqu’un ?"),
	}
})

var months = map[string]Person{
	"lively":    {Exchanges: []Exchange{exchange("Ben", "fortnightly", lively)}},
	"silent":    {Exchanges: []Exchange{exchange("Ben", "monthly", nil)}},
	"one-sided": {Exchanges: []Exchange{oneSided}},
	"asked":     {Exchanges: []Exchange{asked}},
	"two": {Exchanges: []Exchange{
		exchange("Alice", "fortnightly", lively),
		with(exchange("Ben", "quarterly", letters("ben 2025-10-10", "you 2025-11-02 give", "ben 2026-01-30")), func(e *Exchange) { e.State = storage.PairPaused }),
	}},
}

// TestSummariesAsPeopleGetThem writes them in both languages, the text and the
// page.
func TestSummariesAsPeopleGetThem(t *testing.T) {
	words := catalogue(t)
	for name, p := range months {
		p.Month, p.Now = february, march
		s := Of(p)
		for language, question := range map[string]string{"en": "How is it going, from 1 (not well) to 5 (very well)?", "fr": "Comment cela se passe-t-il, de 1 (mal) à 5 (très bien) ?"} {
			data := s.Data(words, language)
			maps.Copy(data, map[string]any{"Name": "Zoé", "Programme": "Horizon", "Coordinator": "coord@horizon.test", "Question": question})
			images, err := s.Images(words, language)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+"-"+language, render(t, words, language, "summary", data), images)
		}
	}
}

func catalogue(t *testing.T) *templates.Catalogue {
	t.Helper()
	words, err := templates.New()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func render(t *testing.T, words *templates.Catalogue, language, key string, data map[string]any) *templates.Mail {
	t.Helper()
	m, err := words.Render(language, key, data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func golden(t *testing.T, name string, m *templates.Mail, images map[string]templates.Image) {
	t.Helper()
	links := map[string]string{}
	for n := range 5 {
		links[fmt.Sprint(n+1)] = fmt.Sprintf("mailto:s+k7f3@relay.test?body=%d", n+1)
	}
	for line, image := range images {
		image.ContentID = strings.Trim(strings.ReplaceAll(line, " ", "-"), "[]") + "@relay.test"
		images[line] = image
	}
	same(t, name+".txt", "Subject: "+m.Subject+"\n\n"+m.Plain(images))
	same(t, name+".html", m.HTML(links, images))
}

func same(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s has changed:\n%s", name, diff)
	}
}

func TestPace(t *testing.T) {
	const n = 12
	every := func(days int, who ...string) (list []string) {
		for i := range n {
			at := march.AddDate(0, 0, -days*(n-i))
			for k, w := range who {
				list = append(list, w+" "+at.AddDate(0, 0, k).Format(time.DateOnly))
			}
		}
		return list
	}
	for _, c := range []struct {
		name, cadence string
		lines         []string
		began         time.Time
		want          string
	}{
		{"each week, as agreed", "weekly", every(7, "you", "ben"), autumn, PaceKept},
		{"each second week, a week agreed", "weekly", every(14, "you", "ben"), autumn, PaceSlower},
		{"each week, a fortnight agreed", "fortnightly", every(7, "you", "ben"), autumn, PaceKept},
		{"each third day, a fortnight agreed", "fortnightly", every(3, "you", "ben"), autumn, PaceFaster},
		{"each month, as agreed", "monthly", every(30, "you", "ben"), autumn, PaceKept},
		{"one writes each week, the other never", "weekly", every(7, "you"), autumn, PaceSlower},
		{"nobody writes", "monthly", nil, autumn, PaceSlower},
		{"nobody writes, and it has just begun", "monthly", nil, march.AddDate(0, 0, -20), ""},
		{"as needed", "as-needed", every(7, "you", "ben"), autumn, ""},
		{"not known", "", every(7, "you", "ben"), autumn, ""},
	} {
		e := exchange("Ben", c.cadence, letters(c.lines...))
		e.Began = c.began
		if got := pace(e, february.AddDate(0, 1, 0)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSuggestions(t *testing.T) {
	answered := letters("ben 2025-12-01", "you 2025-12-02 give", "ben 2025-12-09", "you 2025-12-10", "ben 2025-12-20", "you 2025-12-21", "ben 2026-02-20")
	for _, c := range []struct {
		name, tips string
		e          Exchange
		want       string
	}{
		{"a lively pair", "", exchange("Ben", "fortnightly", lively), ""},
		{"a silence that nobody has broken", "", exchange("Ben", "monthly", nil), SuggestSign},
		{"a silence since the other's letter", "", exchange("Ben", "monthly", letters("you 2025-11-01", "ben 2025-11-05")), SuggestSign},
		{"a silence since one's own letter", "", exchange("Ben", "quarterly", letters("ben 2025-12-30", "you 2026-01-05")), SuggestPace},
		{"a long wait", "", exchange("Ben", "weekly", letters("ben 2025-12-30", "you 2026-01-05")), SuggestHelp},
		{"several letters wait", "", oneSided, SuggestRest},
		{"a question waits for long", "", asked, SuggestAnswer},
		{"a question is new", "", with(exchange("Ben", "as-needed", answered), func(e *Exchange) { e.Questions = []storage.Ask{ask("2026-02-28", "?")} }), ""},
		{"asks, and nothing given", "", exchange("Ben", "monthly", letters("you 2026-01-05 ask", "ben 2026-01-09", "you 2026-01-25 ask ask", "ben 2026-02-20")), SuggestGiveBack},
		{"slower than agreed", "", exchange("Ben", "weekly", letters("you 2026-01-05", "ben 2026-01-09", "you 2026-02-15 give", "ben 2026-02-24")), SuggestPace},
		{"no tips wanted", storage.TipsNone, exchange("Ben", "monthly", nil), ""},
		{"a mentor", "", with(exchange("Ben", "monthly", nil), func(e *Exchange) { e.Side = rhythm.Mentor }), ""},
		{"a mentor who wants tips", storage.TipsWanted, with(exchange("Ben", "monthly", nil), func(e *Exchange) { e.Side = rhythm.Mentor }), SuggestSign},
		{"somebody is away", "", with(exchange("Ben", "monthly", nil), func(e *Exchange) { e.Away = true }), ""},
		{"a pause", "", with(exchange("Ben", "monthly", nil), func(e *Exchange) { e.State = storage.PairPaused }), ""},
	} {
		if got := Of(Person{Month: february, Now: march, Tips: c.tips, Exchanges: []Exchange{c.e}}).Suggestion.Key; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOneSuggestionForAllPairs(t *testing.T) {
	s := Of(Person{Month: february, Now: march, Exchanges: []Exchange{exchange("Ben", "monthly", nil), oneSided, asked}}).Suggestion
	if s.Key != SuggestRest || s.Other != "Alice" || s.Pair != 2 {
		t.Errorf("%+v", s)
	}
}

// TestLaterLettersDoNotCount checks that the month that is asked for is told
// as it was, and that a letter after midnight of its last day is of the next.
func TestLaterLettersDoNotCount(t *testing.T) {
	list := letters("you 2026-01-31", "you 2026-02-01", "ben 2026-02-28", "ben 2026-03-01", "you 2026-03-02")
	list[0].At = time.Date(2026, 1, 31, 23, 30, 0, 0, time.UTC) // the 1st in Paris
	list[2].At = time.Date(2026, 2, 28, 23, 30, 0, 0, time.UTC)
	s := Of(Person{Month: february, Now: march, Exchanges: []Exchange{exchange("Ben", "weekly", list)}}).Pairs[0]
	if s.Yours != 2 || s.Theirs != 0 {
		t.Errorf("%d and %d letters", s.Yours, s.Theirs)
	}
}

// TestWhatIsOver checks that an end is not told over again each month.
func TestWhatIsOver(t *testing.T) {
	ended := func(e *Exchange) { e.State = storage.PairEnded }
	s := Of(Person{Month: february, Now: march, Exchanges: []Exchange{
		with(exchange("Ben", "weekly", letters("you 2026-01-03")), ended),
		with(exchange("Zoé", "weekly", nil), func(e *Exchange) { e.Began = march.Add(-time.Hour) }),
		with(asked, ended),
	}})
	if len(s.Pairs) != 1 || s.Pairs[0].Theirs != 2 || s.Pairs[0].Questions != nil || s.Suggestion.Key != "" {
		t.Errorf("%+v", s)
	}
}

// TestCalmSilence checks that the line comes only while the wait is usual. A
// wait as long as the longest counts among them.
func TestCalmSilence(t *testing.T) {
	e := exchange("Ben", "fortnightly", lively)
	for days, want := range map[int]int{0: 1, 1: 1, 4: 4, 15: 15, 16: 0, 60: 0} {
		now := lively[len(lively)-1].At.AddDate(0, 0, days)
		if got := Of(Person{Month: february, Now: now, Exchanges: []Exchange{e}}).Pairs[0]; got.Waiting != want || (want > 0) != (got.Within == 16) {
			t.Errorf("after %d days: day %d of %d, want %d of 16", days, got.Waiting, got.Within, want)
		}
	}
}

func TestWeeks(t *testing.T) {
	spring := time.Date(2026, 3, 1, 0, 0, 0, 0, paris) // the clocks change on the 29th
	e := exchange("Ben", "monthly", letters("you 2026-01-04", "you 2026-01-05", "ben 2026-03-23", "you 2026-03-30", "ben 2026-04-05", "ben 2026-04-06"))
	counts, mondays := weeks(spring, e)
	if got := fmt.Sprint(counts); got != "[[1 0 0 0 0 0 0 0 0 0 0 0 1] [0 0 0 0 0 0 0 0 0 0 0 1 1]]" {
		t.Errorf("%s", got)
	}
	if mondays[0].Format(time.DateOnly) != "2026-01-05" || slices.ContainsFunc(mondays, func(m time.Time) bool { return m.Weekday() != time.Monday || m.Hour() != 0 }) {
		t.Errorf("%v", mondays)
	}
	if counts, mondays := weeks(spring, exchange("Ben", "monthly", letters("you 2025-01-04"))); counts[0] != nil || mondays != nil {
		t.Errorf("a chart of nothing: %v", counts)
	}
}

func TestOpen(t *testing.T) {
	list := []storage.Ask{ask("2026-02-01", "a"), ask("2026-02-08", "b"), {WriterID: reader, Text: "own", At: march}}
	var got []string
	for _, a := range Open(list, letters("ben 2026-02-01", "you 2026-02-02", "ben 2026-02-08"), reader) {
		got = append(got, a.Text)
	}
	if fmt.Sprint(got) != "[b]" {
		t.Errorf("%v", got)
	}
}

// TestAQuestionThatNamesAnAddress is not quoted: the letter showed it masked.
func TestAQuestionThatNamesAnAddress(t *testing.T) {
	if got, more := quoted([]storage.Ask{ask("2026-02-01", "Write to ben@home.test?"), ask("2026-02-01", "Or not?")}); fmt.Sprint(got, more) != "[Or not?] 0" {
		t.Errorf("%v, %d more", got, more)
	}
}
