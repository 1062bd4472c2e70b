package coach

import (
	"slices"
	"time"

	"mentorrelay/parser/rhythm"
)

const (
	// habits is over how long a rhythm is measured: people change.
	habits = 365 * day
	// fresh is how long after a letter there is something to say about it: a
	// week more than the time between two tips, so that one of these alone does
	// not hide it.
	fresh = 21 * day
	// postscript is within how long a letter after another by the same hand
	// counts as its postscript and not as one more.
	postscript = 12 * time.Hour
)

// A view is a moment with what is read out of it.
type view struct {
	Moment
	turns   []turn
	figures rhythm.Figures
}

// A turn is consecutive letters by one side.
type turn []Letter

func (t turn) side() rhythm.Side { return t[0].Side }
func (t turn) start() time.Time  { return t[0].At }
func (t turn) end() time.Time    { return t[len(t)-1].At }

// sum adds up what each letter comes to.
func (t turn) sum(of func(*Letter) int) int {
	n := 0
	for i := range t {
		n += of(&t[i])
	}
	return n
}

// any tells whether some letter is so.
func (t turn) any(is func(*Letter) bool) bool {
	return slices.ContainsFunc(t, func(l Letter) bool { return is(&l) })
}

func unread(l *Letter) bool { return l.Unread }

// look reads a moment. What comes after it does not count.
func look(m Moment) *view {
	after := slices.IndexFunc(m.Letters, func(l Letter) bool { return l.At.After(m.Now) })
	if after >= 0 {
		m.Letters = m.Letters[:after]
	}
	v := &view{Moment: m}
	r := rhythm.New(habits)
	for i := range m.Letters {
		l := &m.Letters[i]
		r.Add(rhythm.Event{Side: l.Side, At: l.At, Words: l.Words, Asks: l.Asks, Gives: l.Offers + l.Thanks + l.Reports})
		if i == 0 || m.Letters[i-1].Side != l.Side {
			v.turns = append(v.turns, nil)
		}
		last := &v.turns[len(v.turns)-1]
		*last = append(*last, *l)
	}
	v.figures = r.At(m.Now)
	return v
}

// mine and theirs are the figures of the person and of the other.
func (v *view) mine() *rhythm.Figure   { return &v.figures.Sides[v.Side] }
func (v *view) theirs() *rhythm.Figure { return &v.figures.Sides[v.other()] }

// last returns the last turns of a side, the latest first, n at most.
func (v *view) last(side rhythm.Side, n int) []turn {
	var list []turn
	for i := len(v.turns) - 1; i >= 0 && len(list) < n; i-- {
		if v.turns[i].side() == side {
			list = append(list, v.turns[i])
		}
	}
	return list
}

// open is the turn that waits for an answer of a side, or nil.
func (v *view) open(side rhythm.Side) turn {
	if n := len(v.turns); n > 0 && v.turns[n-1].side() != side {
		return v.turns[n-1]
	}
	return nil
}

// fresh tells whether something is recent enough to be spoken of.
func (v *view) fresh(at time.Time) bool { return v.Now.Sub(at) <= fresh }

// separate lists the times of letters without postscripts.
func separate(letters []Letter) []time.Time {
	var list []time.Time
	for i := range letters {
		if at := letters[i].At; i == 0 || at.Sub(list[len(list)-1]) >= postscript {
			list = append(list, at)
		}
	}
	return list
}

// lastGaps returns the last n gaps between the letters of a side, latest last,
// or nil if there are fewer.
func (v *view) lastGaps(side rhythm.Side, n int) []time.Duration {
	var own []Letter
	for i := range v.Letters {
		if v.Letters[i].Side == side {
			own = append(own, v.Letters[i])
		}
	}
	times := separate(own)
	if len(times) <= n {
		return nil
	}
	var list []time.Duration
	for i := len(times) - n; i < len(times); i++ {
		list = append(list, times[i].Sub(times[i-1]))
	}
	return list
}

// invited tells whether the other proposed, the last time they proposed
// anything, to write at least as often as every so long.
func (v *view) invited(every time.Duration) bool {
	for i := len(v.Letters) - 1; i >= 0; i-- {
		if l := &v.Letters[i]; l.Side == v.other() && spans[l.Pace] > 0 {
			return spans[l.Pace] <= every
		}
	}
	return false
}

// median is the middle one, or the mean of the two.
func median(list []time.Duration) time.Duration {
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}

// days rounds to whole days, at least one.
func days(d time.Duration) int { return max(1, int((d+day/2)/day)) }
