package summary

import (
	"time"

	"mentorrelay/parser/rhythm"
	"mentorrelay/storage"
)

// A Suggestion is the one thing that a summary suggests, or nothing.
type Suggestion struct {
	Key   string // one of those below; empty: nothing is suggested
	Other string // whom it is about
	Pair  int    // which section, from 1

	rank int
}

// The suggestions, the most pressing first.
const (
	SuggestHelp     = "help"     // a long wait for an answer
	SuggestRest     = "rest"     // several letters wait: the next word may be the other's
	SuggestAnswer   = "answer"   // a question has waited for long
	SuggestSign     = "sign"     // a silence that the reader may end
	SuggestGiveBack = "give"     // asks and nothing given
	SuggestPace     = "ask-pace" // the pace has drifted from what was agreed
)

var suggestions = [...]string{SuggestHelp, SuggestRest, SuggestAnswer, SuggestSign, SuggestGiveBack, SuggestPace}

// or is the more pressing of two suggestions; the first if they are alike.
func (s Suggestion) or(other Suggestion) Suggestion {
	if s.Key == "" || other.Key != "" && other.rank < s.rank {
		return other
	}
	return s
}

const (
	// questionRests is how long a question may wait where no reply time is known.
	questionRests = 14 * day
	// quietAfter is how long a silence is where letters come as needed.
	quietAfter = 90 * day
	// asksAlone is how many asks without anything given make a suggestion.
	asksAlone = 3
)

// suggest finds what to say about an exchange. A mentor hears something only
// on request, nobody about an absence.
func suggest(p Person, e Exchange, pair int) Suggestion {
	asked := p.Tips == storage.TipsWanted || p.Tips != storage.TipsNone && e.Side == rhythm.Mentee
	if !asked || e.State != storage.PairActive || e.Away {
		return Suggestion{}
	}
	f := rhythmOf(e).At(p.Now)
	for rank, key := range suggestions {
		if fits(key, p, e, f.Sides[e.Side], f.Sides[1-e.Side].Within) {
			return Suggestion{Key: key, Other: e.Other, Pair: pair, rank: rank}
		}
	}
	return Suggestion{}
}

// fits tells whether a suggestion does, by the reader's own figures and how
// long nine in ten answers of the other take.
func fits(key string, p Person, e Exchange, own rhythm.Figure, within *time.Duration) bool {
	since, rare := waitsSince(e), cycle(e.Cadence)
	if rare == 0 {
		rare = quietAfter
	}
	quiet := p.Now.Sub(e.Began)
	if n := len(e.Letters); n > 0 {
		quiet = p.Now.Sub(e.Letters[n-1].At)
	}
	usual := within == nil || p.Now.Sub(since) <= *within
	switch key {
	case SuggestHelp:
		return !since.IsZero() && p.Now.Sub(since) > 3*rare && (within == nil || !usual)
	case SuggestRest:
		return own.Unanswered >= 2 && usual
	case SuggestAnswer:
		return len(e.Questions) > 0 && p.Now.Sub(e.Questions[0].At) > patience(own.ReplyTime)
	case SuggestSign:
		return since.IsZero() && quiet > rare*3/2
	case SuggestGiveBack:
		return own.Asks >= asksAlone && own.Gives == 0
	case SuggestPace:
		drift := pace(e, p.Month.AddDate(0, 1, 0))
		return !e.Asked && (drift == PaceSlower || drift == PaceFaster)
	}
	return false
}

// patience is how long a question rests before it is brought up: twice what
// is usual.
func patience(usual *time.Duration) time.Duration {
	if usual == nil {
		return questionRests
	}
	return 2 * *usual
}
