package summary

import (
	"time"

	"mentorrelay/storage"
)

// How a pair keeps its cadence.
const (
	PaceKept   = "kept"
	PaceSlower = "slower"
	PaceFaster = "faster"
)

// cycle is the time between letters that a cadence means; 0 for as needed.
func cycle(cadence string) time.Duration {
	switch cadence {
	case "weekly":
		return 7 * day
	case "fortnightly":
		return 14 * day
	case "monthly":
		return 365 * day / 12
	case "quarterly":
		return 365 * day / 4
	}
	return 0
}

// pace compares two cycles, or the month if that is longer, with the cadence.
// It counts rounds, a turn by each of the two, so that who writes without an
// answer does not keep it for both. A first cycle is not judged.
func pace(e Exchange, until time.Time) string {
	one := cycle(e.Cadence)
	if one == 0 {
		return ""
	}
	from := until.Add(-2 * one)
	if month := until.AddDate(0, -1, 0); month.Before(from) {
		from = month
	}
	if e.Began.After(from) {
		from = e.Began
	}
	span := until.Sub(from)
	if span < one {
		return ""
	}
	rounds, agreed := float64(turns(e.Letters, from, until))/2, float64(span)/float64(one)
	switch {
	case rounds < 0.7*agreed: // a round may have begun before, or be under way
		return PaceSlower
	case rounds > 2*agreed:
		return PaceFaster
	}
	return PaceKept
}

// turns counts those that began within a time.
func turns(letters []storage.Message, from, until time.Time) int {
	n := 0
	for i, m := range letters {
		begins := i == 0 || letters[i-1].WriterID != m.WriterID
		if begins && !m.At.Before(from) && m.At.Before(until) {
			n++
		}
	}
	return n
}
