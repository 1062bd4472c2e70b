package year

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// sealed is what differs between two mails that say the same: what is drawn at random.
var sealed = regexp.MustCompile(`[a-z]\+[a-z0-9]+@relay\.test|[a-z0-9]{20,}@relay\.test|Date: [^\n]*|boundary=[a-z0-9]+`)

// TestNothingOfTheOther runs some months twice, and the second time one of each
// pair answers otherwise what is theirs alone: the survey where they do not agree,
// how it is going, what pace would suit, how many tips they wish for. The mails of
// all others are the same, word for word and minute for minute.
func TestNothingOfTheOther(t *testing.T) {
	var got [2][]string
	for variant := range 2 {
		start := time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC)
		w := newWorld(t, "sqlite:"+filepath.Join(t.TempDir(), "other.db"), 7, start, start.AddDate(0, 5, 0))
		w.idle = true // who orders a word to both, tells them something
		n := 0
		for _, nature := range natures() {
			if !slices.Contains([]string{"echo", "eager", "taker", "many asks", "late mentor", "wishes differ", "fades, mentee first", "silent"}, nature.name) {
				continue
			}
			for range 2 {
				k := n
				w.after(time.Duration(n)*7*time.Hour, func() {
					a, b := w.enrol(k%2, zones[k%2]), w.enrol(k/2%2, zones[k%2])
					private(w, w.couple(a, b, nature, k), k%2, variant)
				})
				n++
			}
		}
		w.clockwork(zones[:2])
		w.run()
		for _, f := range w.faults {
			t.Error(f)
		}
		for _, m := range w.mails {
			if m.to != nil && m.kind != "letter" && m.to.number%2 != m.to.pairs[0].number%2 {
				got[variant] = append(got[variant], fmt.Sprintf("%s %s to %s: %s", at(m.at), m.kind, m.to, sealed.ReplaceAllString(m.decoded, "…")))
			}
		}
	}
	if len(got[0]) < 150 {
		t.Fatalf("only %d mails", len(got[0]))
	}
	t.Logf("%d mails", len(got[0]))
	for i := range min(len(got[0]), len(got[1])) {
		if got[0][i] != got[1][i] {
			t.Fatal(difference(got[0][i], got[1][i]))
		}
	}
	if len(got[0]) != len(got[1]) {
		t.Errorf("%d mails, or %d", len(got[0]), len(got[1]))
	}
}

// difference is the first line of two mails, and where they differ.
func difference(a, b string) string {
	one, other := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(one), len(other)) {
		if one[i] != other[i] {
			return fmt.Sprintf("%s\n%s\nor\n%s\n%s", one[0], one[i], other[0], other[i])
		}
	}
	return fmt.Sprintf("%s\nor\n%s\n%d lines, or %d", one[0], other[0], len(one), len(other))
}

// private has one of a pair, the side with an even or odd number, answer in one
// of two ways what the other must not learn.
func private(w *world, p *pair, side, variant int) {
	x, other := p.people[side], p.people[1-side]
	x.pulse = []int{1, 5}[variant]
	other.pulse = 3
	p.pace[1-side] = "c"
	p.pace[side] = []string{"a", "b"}[variant]
	x.lateness, other.lateness = 5*time.Hour, 9*time.Hour
	// The other’s are 2a 3a 6a.
	answers := func(how, why, replies, ease, extra string) string {
		return fmt.Sprintf("1%s 2%s 3%s\n4: jazz, %s%s\n5: %s\n6%s 7: %s\n8%s", x.wishes[0], how, why, x.topic, extra, x.offer, replies, ease, x.wishes[1])
	}
	x.answers = []string{answers("b", "c", "b", "1", ""), answers("c", "d", "c", "5", ", origami")}[variant]
	other.answers = fmt.Sprintf("1%s 2a 3a\n4: jazz, %s\n5: %s\n6a 7: 3\n8%s", other.wishes[0], other.topic, other.offer, other.wishes[1])
	if p.name != "wishes differ" && p.name != "silent" { // where both are asked about the pace, both must have room for it
		w.after(40*day, func() { w.order(x, []string{"less", "tips"}[variant]) })
	}
}
