package coach

import (
	"slices"
	"time"
)

const (
	// openAbsence is how long an absence is taken to last whose end was not
	// said.
	openAbsence = 14 * day
	// settling is how long after an absence nothing is said about silence: who
	// comes back finds other things waiting, too.
	settling = 3 * day
)

// until is the first moment back.
func (a Absence) until() time.Time {
	if a.Until.IsZero() {
		return a.From.Add(openAbsence)
	}
	return a.Until
}

// covers tells whether it covers a moment, with a while after it.
func (a Absence) covers(at time.Time, after time.Duration) bool {
	return !at.Before(a.From) && at.Before(a.until().Add(after))
}

// absent tells whether the person announced to be away now.
func (m *Moment) absent() bool {
	return slices.ContainsFunc(m.Absent[m.Side], func(a Absence) bool { return a.covers(m.Now, 0) })
}

// away tells whether either of the pair is away, or has just come back.
func (m *Moment) away() bool {
	return slices.ContainsFunc(m.absences(), func(a Absence) bool { return a.covers(m.Now, settling) })
}

// absences are those of both.
func (m *Moment) absences() []Absence { return slices.Concat(m.Absent[0], m.Absent[1]) }

// quiet is how long it has been since a moment, without the time for which
// either side announced to be away.
func (m *Moment) quiet(since time.Time) time.Duration {
	list := m.absences()
	slices.SortFunc(list, func(a, b Absence) int { return a.From.Compare(b.From) })
	total, at := time.Duration(0), since // at: all before it is counted
	for _, a := range list {
		from, until := a.From, a.until()
		if from.After(m.Now) {
			break
		}
		if from.After(at) {
			total += from.Sub(at)
		}
		if until.After(at) {
			at = until
		}
	}
	if m.Now.After(at) {
		total += m.Now.Sub(at)
	}
	return total
}
