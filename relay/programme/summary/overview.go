package summary

import (
	"cmp"
	"slices"
	"time"

	"mentorrelay/parser/rhythm"
	"mentorrelay/storage"
)

// An Overview is the facts of a programme's month. Make it with a month and a
// moment, add all pairs, then take it.
type Overview struct {
	Month time.Time // its first moment, in the programme's time zone
	Now   time.Time

	Active, Paused, Invited, Ended int // pairs, as they stand
	Letters                        int // of the month
	Writers                        int // people who wrote them, once for each of their pairs
	Quiet                          int // active pairs without a letter in the month
	Cases                          []Case

	Returned   int // mails that came back in the month
	Suspended  int // mailboxes that take no mail now
	Complaints int // mails of the month that were marked as spam

	Tips []Tip
}

// A Tip is how often the other of a pair replied with a tip and without.
type Tip struct {
	Key                     string
	With, Without           int     // moments
	ShareWith, ShareWithout float64 // of those with a reply, from 0 to 1; only where there are moments
	Low, High               float64 // 95 % interval of the difference of shares; only where there are moments of both
	Off                     bool    // switched off, since people do better without
}

// A Standing is a pair as it stands.
type Standing struct {
	ID             int64
	Mentor, Mentee string // their names, as the coordinator knows them
	MentorID       int64
	State, Cadence string // as in storage.Pair
	Began          time.Time
	Letters        []storage.Message // oldest first
	Reported       [2]time.Time      // when a side wrote REPORT in the month; zero if it did not
	Suspended      [2]bool           // a side's mailbox takes no mail
	Pulse          [2]int            // a side's last answer to "how is it going", of the month; 0 for none
	Away           [2]bool           // a side has announced an absence that is not over
}

// A Case is a pair that needs a human, and why, in figures.
type Case struct {
	Number         int // from 1: what a command names
	Pair           int64
	Mentor, Mentee string
	Reason         string // one of those below
	Who            string // who reported, has no mailbox, is silent or answered
	Unanswered     int    // letters
	Days           int    // of silence, or since the report
	Pulse          int
	Cadence        string   // as in storage.Pair
	Commands       []string // keys of commands: check, pause, rematch

	rank int
}

// Why a pair needs a human, the most pressing first.
const (
	ReasonReported  = "reported"
	ReasonUnwell    = "unwell"    // somebody answered 1
	ReasonSuspended = "suspended" // somebody's mailbox takes no mail
	ReasonSilent    = "silent"    // one writes, the other does not
	ReasonUneasy    = "uneasy"    // somebody answered 2
	ReasonQuiet     = "quiet"     // neither has ever written
)

var reasons = []string{ReasonReported, ReasonUnwell, ReasonSuspended, ReasonSilent, ReasonUneasy, ReasonQuiet}

// mostCases is how many pairs a coordinator is shown: few enough to be seen to.
const mostCases = 3

// Add counts a pair, and keeps it if it is among those that most need a human.
func (o *Overview) Add(s Standing) {
	s.Letters = until(s.Letters, o.Now)
	switch s.State {
	case storage.PairActive:
		o.Active++
	case storage.PairPaused:
		o.Paused++
	case storage.PairInvited:
		o.Invited++
	case storage.PairEnded:
		o.Ended++
	}
	var wrote [2]bool
	for _, m := range s.Letters {
		if !m.At.Before(o.Month) && m.At.Before(o.Month.AddDate(0, 1, 0)) {
			o.Letters++
			wrote[s.side(m)] = true
		}
	}
	for _, yes := range wrote {
		if yes {
			o.Writers++
		}
	}
	if s.State == storage.PairActive && wrote == [2]bool{} {
		o.Quiet++
	}
	if c, ok := s.needs(o.Now); ok {
		o.keep(c)
	}
}

func (s Standing) side(m storage.Message) rhythm.Side {
	if m.WriterID == s.MentorID {
		return rhythm.Mentor
	}
	return rhythm.Mentee
}

// keep inserts a case in its place, and drops what is beyond the last.
func (o *Overview) keep(c Case) {
	o.Cases = append(o.Cases, c)
	slices.SortFunc(o.Cases, func(a, b Case) int {
		return cmp.Or(a.rank-b.rank, b.Days-a.Days, cmp.Compare(a.Pair, b.Pair))
	})
	o.Cases = o.Cases[:min(len(o.Cases), mostCases)]
	for i := range o.Cases {
		o.Cases[i].Number = i + 1
	}
}

// needs tells whether a pair needs a human, and for what reason most.
func (s Standing) needs(now time.Time) (Case, bool) {
	c := Case{Pair: s.ID, Mentor: s.Mentor, Mentee: s.Mentee, Cadence: s.Cadence, Commands: []string{"check", "pause", "rematch"}, rank: len(reasons)}
	names := [2]string{s.Mentor, s.Mentee}
	found := func(reason, who string, days, unanswered, pulse int) {
		if rank := slices.Index(reasons, reason); rank < c.rank {
			c.rank, c.Reason, c.Who, c.Days, c.Unanswered, c.Pulse = rank, reason, who, days, unanswered, pulse
		}
	}
	for side, at := range s.Reported {
		if !at.IsZero() {
			found(ReasonReported, names[side], span(now.Sub(at)), 0, 0)
			c.Commands = []string{"rematch"} // it has stopped, and the other is not to learn why
		}
	}
	if s.State == storage.PairEnded || s.State == storage.PairInvited {
		return c, c.Reason != ""
	}
	for side, pulse := range s.Pulse {
		switch pulse {
		case 1:
			found(ReasonUnwell, names[side], 0, 0, pulse)
		case 2:
			found(ReasonUneasy, names[side], 0, 0, pulse)
		}
	}
	for side, suspended := range s.Suspended {
		if suspended {
			found(ReasonSuspended, names[side], 0, 0, 0)
		}
	}
	if s.State == storage.PairActive && s.Away == [2]bool{} {
		s.silence(now, names, found)
	}
	return c, c.Reason != ""
}

// silence finds one that has lasted for more than three times what was agreed:
// of one side, or of both.
func (s Standing) silence(now time.Time, names [2]string, found func(string, string, int, int, int)) {
	most := cycle(s.Cadence)
	if most == 0 {
		most = quietAfter
	}
	n := len(s.Letters)
	if n == 0 {
		if quiet := now.Sub(s.Began); quiet > 3*most {
			found(ReasonQuiet, "", span(quiet), 0, 0)
		}
		return
	}
	writer, since, unanswered := s.side(s.Letters[n-1]), time.Time{}, 0
	for i := n - 1; i >= 0 && s.side(s.Letters[i]) == writer; i-- {
		since = s.Letters[i].At
		unanswered++
	}
	if waited := now.Sub(since); waited > 3*most {
		found(ReasonSilent, names[1-writer], span(waited), unanswered, 0)
	}
}

// span is a time in whole days, from 1.
func span(d time.Duration) int { return days(&d) }
