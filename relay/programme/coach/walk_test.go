package coach

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"mentorrelay/parser/rhythm"
)

// A walker is a person with two pairs whose letters, absences and mails come by
// chance.
type walker struct {
	random *rand.Rand
	pairs  [2]Moment
	eager  [2][2]float64 // by pair and side: letters a day
	taker  bool          // who never gives
}

func newWalker(random *rand.Rand) *walker {
	w := &walker{random: random, taker: random.IntN(3) == 0}
	side := rhythm.Side(random.IntN(2))
	wish, optedIn := Wish(random.IntN(3)), random.IntN(2) == 0
	cadence := []time.Duration{0, 7 * day, 14 * day, 30 * day, 91 * day}[random.IntN(5)]
	for i := range w.pairs {
		w.pairs[i] = Moment{
			Pair: int64(i), Began: start, Side: side, Wish: wish, OptedIn: optedIn, Cadence: cadence,
			Plan: []string{"", MenteeFirst, MentorFirst, Remind, Leave}[random.IntN(5)],
		}
		for s := range 2 {
			w.eager[i][s] = []float64{0.01, 0.05, 0.2, 0.5}[random.IntN(4)]
		}
	}
	return w
}

// step lets happen what happens before now.
func (w *walker) step(now time.Time) {
	few := func(n int) int { return max(0, w.random.IntN(n+4)-3) }
	for i := range w.pairs {
		m := &w.pairs[i]
		m.Now = now
		for s := range rhythm.Side(2) {
			if w.random.Float64() > w.eager[i][s] {
				continue
			}
			l := Letter{Side: s, At: now.Add(-time.Duration(w.random.IntN(23)) * time.Hour), Words: w.random.IntN(300)}
			l.Asks, l.Offers, l.Thanks, l.Commits, l.Reports = few(4), few(2), few(2), few(2), few(2)
			if w.taker && s == m.Side {
				l.Asks, l.Offers, l.Thanks, l.Reports = l.Asks+1, 0, 0, 0
			}
			l.AsksHelp, l.AsksAfter, l.Pace = min(l.Asks, few(1)), min(l.Asks, few(1)), []string{"", "", "", "week", "month", "quarter"}[w.random.IntN(6)]
			m.Letters = append(m.Letters, l)
			slices.SortStableFunc(m.Letters, func(a, b Letter) int { return a.At.Compare(b.At) })
			if s == m.Side {
				m.Questions = nil
				for j := range w.pairs {
					w.pairs[j].LastWrote = later(w.pairs[j].LastWrote, l.At)
				}
			} else if l.Asks > 0 {
				m.Questions = append(m.Questions, Question{Text: "What then?", At: l.At})
			}
		}
		if w.random.IntN(60) == 0 {
			s := w.random.IntN(2)
			a := Absence{From: now, Until: now.Add(time.Duration(1+w.random.IntN(20)) * day)}
			m.Absent[s] = append(m.Absent[s], a)
			if rhythm.Side(s) == m.Side { // away is a person, whatever the pair
				w.pairs[1-i].Absent[s] = m.Absent[s]
			}
		}
	}
	if w.random.IntN(40) == 0 {
		for i := range w.pairs {
			w.pairs[i].Mails = append(w.pairs[i].Mails, now)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// TestCapsHoldWhateverHappens lets 200 people walk through 300 days each, and
// holds each tip against the rules as the plan has them, without the code that
// applies them.
func TestCapsHoldWhateverHappens(t *testing.T) {
	seen := map[string]int{}
	for person := range 200 {
		random := rand.New(rand.NewPCG(7, uint64(person)))
		w := newWalker(random)
		for n := range 300 {
			w.step(at(float64(n) + 1))
			for i := range w.pairs {
				m := &w.pairs[i]
				tip, ok := Choose(*m)
				if !ok {
					continue
				}
				seen[tip.Key]++
				if err := broken(m, tip, w.pairs[1-i].Letters); err != "" {
					t.Fatalf("person %d, day %d: %s %s: %+v", person, n+1, tip.Key, err, tip)
				}
				given := Nudge{Key: tip.Key, Occasion: tip.Occasion, At: m.Now, Withheld: random.IntN(5) == 0}
				for j := range w.pairs {
					w.pairs[j].Given = append(w.pairs[j].Given, given)
				}
			}
		}
	}
	t.Log(seen)
	for _, key := range Keys() {
		if seen[key] == 0 {
			t.Errorf("nobody ever got %s", key)
		}
	}
}

// broken names the rule that a tip breaks, or "".
func broken(m *Moment, tip Tip, elsewhere []Letter) string {
	ago := func(at time.Time) float64 { return m.Now.Sub(at).Hours() / 24 }
	least := map[Wish]float64{Usual: 14, Fewer: 60}
	mails := 0
	for _, n := range m.Given {
		switch {
		case ago(n.At) < least[m.Wish]:
			return "too soon after " + n.Key
		case n.Key == tip.Key && n.Occasion == tip.Occasion:
			return "twice on one occasion"
		case ago(n.At) < 30:
			mails++
		}
	}
	for _, at := range m.Mails {
		if ago(at) < 30 {
			mails++
		}
	}
	for _, l := range slices.Concat(m.Letters, elsewhere) {
		if l.Side == m.Side && ago(l.At) < 2 {
			return fmt.Sprintf("%.1f days after a letter", ago(l.At))
		}
	}
	for s := range m.Absent {
		for _, a := range m.Absent[s] {
			about := slices.Contains([]string{FirstLetter, TurnTheQuestionBack, KeepWarm, SlowDown, OpenQuestion}, tip.Key)
			if (rhythm.Side(s) == m.Side || about) && !m.Now.Before(a.From) && m.Now.Before(a.Until) {
				return "in an absence"
			}
		}
	}
	switch mine, theirs := turnsOf(m, m.Side), turnsOf(m, 1-m.Side); {
	case mails > 1:
		return "as a third mail in a month"
	case m.Wish == None, m.Side == rhythm.Mentor && !m.OptedIn:
		return "to somebody who wants none"
	case m.Side == rhythm.Mentor && tip.Key != KeepWarm && tip.Key != OpenQuestion:
		return "to a mentor"
	case tip.Facts.Every > 0 && theirs < 3, tip.Facts.Usual > 0 && mine < 3, tip.Key == KeepWarm && m.Cadence == 0:
		return "rests on a figure that is absent"
	}
	return ""
}

// turnsOf counts the turns of a side.
func turnsOf(m *Moment, side rhythm.Side) int {
	n := 0
	for i := range m.Letters {
		if m.Letters[i].Side == side && (i == 0 || m.Letters[i-1].Side != side) {
			n++
		}
	}
	return n
}

func BenchmarkChoose(b *testing.B) {
	line := ""
	for i := range 50 {
		line += fmt.Sprintf("e%d:ask m%d ", 7*i, 7*i+3)
	}
	m := moment(line, 360)
	for b.Loop() {
		Choose(m)
	}
}
