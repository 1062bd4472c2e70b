package coach

import "time"

// A Calm is what makes a wait an ordinary one: so many of the other's answers
// came within so many days, and this is such a day.
type Calm struct {
	Came, Answers int // so many of so many
	Within        int // days
	Day           int // of the wait; 1 is the first
}

// CalmSilence fits when the person waits for an answer no longer than it took
// until nine in ten of the other's came (over a year; absent with fewer than
// three turns of theirs), and nobody is away. It is a line of the summary, and
// tells only what the letters tell that the person holds.
func CalmSilence(m Moment) (Calm, bool) {
	v := look(m)
	waits, within := v.open(v.other()), v.theirs().Within
	if waits == nil || within == nil || v.away() {
		return Calm{}, false
	}
	wait := v.Now.Sub(waits.start())
	if wait > *within {
		return Calm{}, false
	}
	c := Calm{Within: up(*within), Day: up(wait)}
	for i := 1; i < len(v.turns); i++ {
		if v.turns[i].side() != v.other() || v.turns[i-1].start().Before(v.Letters[len(v.Letters)-1].At.Add(-habits)) {
			continue
		}
		c.Answers++
		if v.turns[i].start().Sub(v.turns[i-1].start()) <= time.Duration(c.Within)*day {
			c.Came++
		}
	}
	return c, true
}

// up rounds up to whole days, at least one.
func up(d time.Duration) int { return max(1, int((d+day-1)/day)) }
