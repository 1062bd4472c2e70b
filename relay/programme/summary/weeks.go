package summary

import (
	"time"
)

// How many weeks a chart shows: a quarter of a year, or half a year where
// letters are rare.
const (
	fewestWeeks = 5 // a month: fewer make no picture
	fewWeeks    = 13
	manyWeeks   = 26
)

// weeks counts the letters of each week, the reader's first, up to the one in
// which the month ends; nothing if there are none.
func weeks(month time.Time, e Exchange) (counts [2][]int, mondays []time.Time) {
	n := fewWeeks
	if e.Cadence == "quarterly" || e.Cadence == "as-needed" {
		n = manyWeeks
	}
	last := monday(month.AddDate(0, 1, -1))
	if since := int(last.Sub(monday(e.Began.In(month.Location()))).Round(7*day)/(7*day)) + 1; since < n {
		n = max(since, fewestWeeks) // before that there was nothing to write
	}
	for i := n - 1; i >= 0; i-- {
		mondays = append(mondays, last.AddDate(0, 0, -7*i))
	}
	counts[0], counts[1] = make([]int, n), make([]int, n)
	found := false
	for _, m := range e.Letters {
		i := int(monday(m.At.In(month.Location())).Sub(mondays[0]).Round(7*day) / (7 * day)) // a week in which clocks change is not seven days
		if m.At.Before(mondays[0]) || i >= n {
			continue
		}
		found = true
		if m.WriterID == e.ReaderID {
			counts[0][i]++
		} else {
			counts[1][i]++
		}
	}
	if !found {
		return [2][]int{}, nil
	}
	return counts, mondays
}

// monday is the start of a moment's week.
func monday(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
}
