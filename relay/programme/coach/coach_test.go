package coach

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"mentorrelay/parser/rhythm"
)

// start is when the pairs of these tests began.
var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// at is so many days after the start.
func at(days float64) time.Time { return start.Add(time.Duration(days * float64(day))) }

const hour = 1.0 / 24 // of a day

// letters reads a line such as "m0 e2:ask*3,40 e3:month": who wrote on which
// day, and what: kinds of sentences, words, a pace.
func letters(line string) []Letter {
	var list []Letter
	for word := range strings.FieldsSeq(line) {
		l := Letter{Words: 50}
		if word[0] == 'e' {
			l.Side = rhythm.Mentee
		}
		var days float64
		on, what, _ := strings.Cut(word[1:], ":")
		fmt.Sscan(on, &days)
		l.At = at(days)
		for w := range strings.SplitSeq(what, ",") {
			l.read(w)
		}
		list = append(list, l)
	}
	return list
}

func (l *Letter) read(w string) {
	kind, times, _ := strings.Cut(w, "*")
	n := 1
	fmt.Sscan(times, &n)
	switch kind {
	case "ask":
		l.Asks += n
	case "help":
		l.Asks, l.AsksHelp = l.Asks+n, n
	case "wishes":
		l.Asks, l.AsksWishes = l.Asks+n, n
	case "after":
		l.Asks, l.AsksAfter = l.Asks+n, n
	case "offer":
		l.Offers += n
	case "thanks":
		l.Thanks += n
	case "commit":
		l.Commits += n
	case "report":
		l.Reports += n
	case "share":
		l.Shares += n
	case "unread":
		l.Unread = true
	default:
		if spans[kind] > 0 {
			l.Pace = kind
		}
		fmt.Sscan(kind, &l.Words)
	}
}

// moment is the mentee's of a monthly pair.
func moment(line string, now float64) Moment {
	return Moment{Now: at(now), Pair: 7, Began: start, Side: rhythm.Mentee, Cadence: 30 * day, Letters: letters(line)}
}

// away is an absence from one day until another.
func away(from, until float64) Absence { return Absence{From: at(from), Until: at(until)} }

// mentors makes it the moment of a mentor who has opted in.
func mentors(m *Moment) { m.Side, m.OptedIn = rhythm.Mentor, true }

// facts is what a moment's tip of a key rests on, in JSON, or "" if there is
// none.
func facts(t *testing.T, m Moment, key string) string {
	for _, tip := range Tips(m) {
		if tip.Key == key {
			raw, err := json.Marshal(tip.Facts)
			if err != nil {
				t.Fatal(err)
			}
			return string(raw)
		}
	}
	return ""
}

// A trigger case: with these letters, now, this tip fits or does not.
type fits struct {
	name   string
	line   string
	now    float64
	change func(*Moment)
	want   string // facts; "" if it does not fit
}

func check(t *testing.T, key string, cases []fits) {
	t.Helper()
	for _, c := range cases {
		t.Run(key+"/"+c.name, func(t *testing.T) {
			m := moment(c.line, c.now)
			if c.change != nil {
				c.change(&m)
			}
			got := facts(t, m, key)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got == "" {
				return
			}
			given := m
			for _, tip := range Tips(m) {
				given.Given = append(given.Given, Nudge{Key: tip.Key, Occasion: tip.Occasion, At: m.Now, Withheld: true})
			}
			if again := facts(t, given, key); again == got {
				t.Error("it fits twice on one occasion")
			}
		})
	}
}
