// Package coach decides which tip on writing to each other a person of a pair
// might like at a moment, and what comes of tips: facts in, decisions out.
package coach

import (
	"time"

	"mentorrelay/parser/rhythm"
)

const (
	day = 24 * time.Hour

	// TipEvery is the least time between two tips to one person, and
	// TipEveryFewer that to one who wishes for fewer.
	TipEvery      = 14 * day
	TipEveryFewer = 60 * day

	// A person gets at most mailsMost service mails in mailsWithin, beside
	// surveys and summaries.
	mailsMost   = 2
	mailsWithin = 30 * day

	// ownMessage is how long after a message of their own a person is left in
	// peace: who has just written needs no advice on writing.
	ownMessage = 48 * time.Hour
)

// A Letter is the facts of one letter of a pair: counts of sentences of its new
// text.
type Letter struct {
	Side  rhythm.Side
	At    time.Time
	Words int

	Asks, Offers, Thanks, Commits, Reports int

	AsksHelp   int // of the asks: how to help
	AsksWishes int // what the other enjoys, or would like out of it
	AsksAfter  int // how something went
	Shares     int // links and events shared
	// Pace is how long it proposes to leave until the next, such as "month"; ""
	// if it names no span.
	Pace string
	// Unread says that it is in a language of whose sentences only the question
	// marks are understood, so that what it does not say is not known.
	Unread bool
}

// gives tells whether there is anything in it for the reader.
func (l *Letter) gives() bool { return l.Offers+l.Thanks+l.Reports+l.Shares > 0 }

// spans are the paces that a letter may propose; others name no time.
var spans = map[string]time.Duration{
	"day": day, "week": 7 * day, "fortnight": 14 * day, "month": 30 * day, "quarter": 91 * day, "half-year": 182 * day, "year": 365 * day,
}

// A Wish is what a person wishes of tips.
type Wish int

// The wishes.
const (
	Usual Wish = iota
	Fewer
	None
)

// An Absence is a time for which one of a pair announced to be away: from From,
// until before Until (the first moment back).
type Absence struct {
	From  time.Time // zero: since ever
	Until time.Time // zero: not said, taken for two weeks from From
}

// A Nudge is a tip that a person was sent before, or that was withheld from
// them.
type Nudge struct {
	Key      string
	Occasion string
	At       time.Time
	Withheld bool
}

// A Question is a sentence that asks something of a person and that they have
// not answered.
type Question struct {
	Text string
	At   time.Time // of the letter
}

// The plans for a silence that both of a pair may have agreed to.
const (
	MenteeFirst = "mentee-first"
	MentorFirst = "mentor-first"
	Remind      = "remind"
	Leave       = "leave"
)

// A Moment is what is known at a moment of one person and one of their pairs,
// which is active.
type Moment struct {
	Now     time.Time
	Pair    int64 // tells the pair from others of the person
	Began   time.Time
	Side    rhythm.Side   // whose moment it is
	Cadence time.Duration // how often the pair agreed to write; 0: as needed
	Letters []Letter      // of the pair, oldest first, by both
	Absent  [2][]Absence  // by side
	Plan    string        // for a silence, if both agreed to it
	Offer   string        // the person's own answer to what they could offer
	// Questions are open ones that this person holds, of this pair.
	Questions []Question

	// Of the person, over all their pairs.
	OptedIn   bool // as a mentor, to tips; mentees need not
	Wish      Wish
	LastWrote time.Time   // their last letter in any pair; zero: it is in Letters
	Given     []Nudge     // in any order, sent and withheld
	Mails     []time.Time // service mails to them that are no tip, survey or summary

	Off map[string]bool // tips that are switched off since they do harm
}

// other is the other side.
func (m *Moment) other() rhythm.Side { return 1 - m.Side }

// A Tip is one that fits a moment.
type Tip struct {
	Key string
	// Occasion tells what gave rise to it: a tip is given once for each.
	Occasion string
	Facts    Facts
}
