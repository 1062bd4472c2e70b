package report

import (
	"time"

	"mentorrelay/parser/message"
)

// An Absence is the days on which the writer of an automatic reply is away;
// either may be the zero Date if the reply does not tell it.
type Absence struct {
	From, Until Date
}

// IsZero tells whether nothing is known of an absence.
func (a Absence) IsZero() bool { return a == Absence{} }

// What makes a pair of dates one that somebody would announce in an automatic
// reply of today, in days.
const (
	maxPast   = 90  // an absence that began earlier is told of by its end
	maxFuture = 400 // maternity and sabbatical leaves
)

// maxClock is how far the date of a message may be from when it came. A
// message waits for days, not for months; what differs more is a wrong clock.
const maxClock = 30 * 24 * time.Hour

// writtenAt is when a message was written, by its date or else by when it was
// received; zero if neither is known.
func writtenAt(date string, received time.Time) time.Time {
	written, ok := message.ParseDate(date)
	if !ok || !received.IsZero() && received.Sub(written).Abs() > maxClock {
		return received
	}
	return written
}

// readAbsence reads the dates of an automatic reply. The reference is the day
// it was written: a date without a year is the one nearest to it.
func readAbsence(subject, text string, written time.Time) Absence {
	if written.IsZero() {
		return Absence{}
	}
	ref := Date{written.Year(), written.Month(), written.Day()}
	for _, s := range []string{subject, fold(told(upTo(text, maxAbsence)))} {
		if a := findAbsence(words(s), ref); !a.IsZero() {
			return a
		}
	}
	return Absence{}
}

// maxAbsence is how much of a reply is read for its dates.
const maxAbsence = 8 << 10

// findAbsence takes the first date of each sort that a text holds.
func findAbsence(ws []string, ref Date) Absence {
	var a Absence
	american := language(ws) == "en"
	ws = joinBetween(ws)
	for i := 0; i < len(ws); {
		if !digit(ws[i][0]) && months[ws[i]] == 0 {
			i++ // no date begins here
			continue
		}
		from, until, n := spanAt(ws[i:], ref, american)
		if n == 0 {
			i++
			continue
		}
		if !until.IsZero() {
			if a.Until.IsZero() {
				a.From, a.Until = from, until
			}
			i += n
			continue
		}
		switch cueOf(ws, i, i+n) {
		case cueFrom:
			if a.From.IsZero() {
				a.From = from
			}
		case cueUntil:
			if a.Until.IsZero() {
				a.Until = from
			}
		case cueBack:
			if a.Until.IsZero() {
				a.Until = from.add(-1)
			}
		}
		i += n
	}
	return a.plausible(ref)
}

// plausible drops what cannot be: an end before the beginning, and dates far
// from the day of writing.
func (a Absence) plausible(ref Date) Absence {
	if !a.Until.IsZero() && (a.Until.days(ref) < -maxPast || a.Until.days(ref) > maxFuture) {
		return Absence{}
	}
	if !a.From.IsZero() && !a.Until.IsZero() && a.Until.days(a.From) < 0 {
		a.From = Date{}
	}
	return a
}

// A Date is a day of the calendar, in no time zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date as ISO 8601 has it, or nothing.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

func (d Date) time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// add returns the date a number of days later.
func (d Date) add(days int) Date {
	t := d.time().AddDate(0, 0, days)
	return Date{t.Year(), t.Month(), t.Day()}
}

// days is how many days the date is after another.
func (d Date) days(other Date) int {
	return int(d.time().Sub(other.time()) / (24 * time.Hour))
}

// valid tells whether the day is in the calendar.
func (d Date) valid() bool {
	t := d.time()
	return d.Year >= 1990 && d.Year < 2200 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && t.Day() == d.Day
}

// near gives a date without a year the year that brings it closest to the
// reference.
func (d Date) near(ref Date) Date {
	if d.Year != 0 {
		return d
	}
	best := Date{}
	for y := ref.Year - 1; y <= ref.Year+1; y++ {
		c := Date{y, d.Month, d.Day}
		if c.valid() && (best.IsZero() || abs(c.days(ref)) < abs(best.days(ref))) {
			best = c
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }
