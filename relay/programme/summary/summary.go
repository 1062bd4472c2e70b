// Package summary composes what the monthly summaries say: to each
// participant about their own exchanges, and to the coordinator about the
// programme. It is pure: facts in, facts out.
package summary

import (
	"math"
	"time"

	"mentorrelay/parser/rhythm"
	"mentorrelay/storage"
)

const day = 24 * time.Hour

// measured is the time over which reply times and the like are measured: the
// year before the last letter.
const measured = 365 * day

// A Person is whom a summary is for, and of what.
type Person struct {
	Month     time.Time // its first moment, in the reader's time zone
	Now       time.Time
	Tips      string     // what the reader wishes of tips, as in storage.Person
	Exchanges []Exchange // those that have begun, in the order to be shown
}

// An Exchange is a pair, seen by the reader.
type Exchange struct {
	Side      rhythm.Side // the reader's
	ReaderID  int64
	Other     string // the other, under the name that the reader knows
	State     string // as in storage.Pair
	Cadence   string // as in storage.Pair
	Began     time.Time
	Asked     bool              // both were asked about their pace lately
	Letters   []storage.Message // oldest first
	Questions []storage.Ask     // of the other, which the reader has not answered; oldest first
	Away      bool              // one of the two has announced an absence that is not over
}

// A Summary is the facts of a person's month.
type Summary struct {
	Month      time.Time
	Pairs      []Section
	Suggestion Suggestion
}

// A Section is the facts of one exchange. Spans are in whole days from 1; what
// is not known is 0 or empty.
type Section struct {
	Other         string
	Paused, Ended bool
	Yours, Theirs int // letters of the month

	Cadence string // as in storage.Pair
	Pace    string // how the cadence was kept, in a month with letters: PaceKept, PaceSlower or PaceFaster

	YourReply, TheirReply int    // what is usual
	Resumes               string // who writes first after a silence: You, Other or InTurns
	Asks, Gives           int    // of the reader, in their last five turns
	Balance               string // who writes more: You, Other or InTurns

	Within, Waiting int // the reader waits for a letter, on this day, and nine in ten came within those
	Questions       []string
	More            int // questions beside those

	Weeks  []time.Time // the Mondays of those that the chart shows; none if there was no letter
	Counts [2][]int    // letters of each, the reader's first
}

// Who of a pair does something.
const (
	You     = "you"
	Other   = "other"
	InTurns = "in-turns"
)

// Of composes the summary of a person. It leaves out what began after the month,
// and what has ended without a letter in it; where nothing is left, there is no
// summary to send.
func Of(p Person) Summary {
	s := Summary{Month: p.Month}
	for _, e := range p.Exchanges {
		e.Letters = until(e.Letters, p.Now)
		v := section(p, e)
		if !e.Began.Before(p.Month.AddDate(0, 1, 0)) || v.Ended && v.Yours+v.Theirs == 0 {
			continue
		}
		s.Pairs = append(s.Pairs, v)
		s.Suggestion = s.Suggestion.or(suggest(p, e, len(s.Pairs)))
	}
	return s
}

// until drops the letters from after a moment.
func until(letters []storage.Message, now time.Time) []storage.Message {
	n := len(letters)
	for n > 0 && letters[n-1].At.After(now) {
		n--
	}
	return letters[:n]
}

func section(p Person, e Exchange) Section {
	s := Section{Other: e.Other, Paused: e.State == storage.PairPaused, Ended: e.State == storage.PairEnded, Cadence: e.Cadence}
	next := p.Month.AddDate(0, 1, 0)
	for _, m := range e.Letters {
		switch {
		case m.At.Before(p.Month) || !m.At.Before(next):
		case m.WriterID == e.ReaderID:
			s.Yours++
		default:
			s.Theirs++
		}
	}
	if !s.Paused || s.Yours+s.Theirs > 0 {
		s.Counts, s.Weeks = weeks(p.Month, e)
	}
	if s.Paused || s.Ended {
		return s
	}
	if s.Yours+s.Theirs > 0 {
		s.Pace = pace(e, next)
	}
	s.Questions, s.More = quoted(e.Questions)
	s.figures(p, e)
	return s
}

// figures adds what the rhythm of an exchange comes to.
func (s *Section) figures(p Person, e Exchange) {
	f := rhythmOf(e).At(p.Now)
	own, other := f.Sides[e.Side], f.Sides[1-e.Side]
	s.YourReply, s.TheirReply = days(own.ReplyTime), days(other.ReplyTime)
	s.Asks, s.Gives = own.Asks, own.Gives
	s.Resumes = share(own.Initiative)
	if f.Balance != nil {
		half := (1 + *f.Balance) / 2 // the mentor's share of the letters
		if e.Side == rhythm.Mentee {
			half = 1 - half
		}
		s.Balance = share(&half)
	}
	if since := waitsSince(e); other.Within != nil && !since.IsZero() && !e.Away {
		if waiting := p.Now.Sub(since); waiting <= *other.Within {
			s.Within, s.Waiting = days(other.Within), max(1, int(math.Ceil(float64(waiting)/float64(day))))
		}
	}
}

// rhythmOf is the rhythm of an exchange.
func rhythmOf(e Exchange) *rhythm.Rhythm {
	r := rhythm.New(measured)
	for _, m := range e.Letters {
		side := e.Side
		if m.WriterID != e.ReaderID {
			side = 1 - side
		}
		r.Add(rhythm.Event{Side: side, At: m.At, Words: int(m.Words), Asks: int(m.Asks), Gives: int(m.Offers + m.Thanks + m.Reports)})
	}
	return r
}

// waitsSince is when the reader wrote what the other has not answered: the
// start of their turn, or zero.
func waitsSince(e Exchange) (at time.Time) {
	for i := len(e.Letters) - 1; i >= 0 && e.Letters[i].WriterID == e.ReaderID; i-- {
		at = e.Letters[i].At
	}
	return at
}

// days is a span in whole days, of which the last has begun; 0 if it is not known.
func days(d *time.Duration) int {
	if d == nil {
		return 0
	}
	return max(1, int(math.Ceil(float64(*d)/float64(day))))
}

// share names who has the greater part, which is two thirds at the least.
func share(own *float64) string {
	switch {
	case own == nil:
		return ""
	case *own >= 2./3:
		return You
	case *own <= 1./3:
		return Other
	}
	return InTurns
}
