// Package match proposes which mentor and which mentee might suit each other,
// from what both answered to the intake survey.
package match

import (
	"slices"
	"time"

	"golang.org/x/text/language"
)

// A Candidate is a person who might be paired.
type Candidate struct {
	ID       int64 // tells people apart; who enrolled first has the lower one
	Language language.Tag
	Zone     *time.Location    // nil is UTC
	Answers  map[string]string // to the intake survey, by the question's key
	Places   int               // how many mentees a mentor has room for; of mentors only
	Has      int               // how many mentees a mentor has already; of mentors only
	Never    []int64           // people whom they are not proposed with, such as those of a pair that ended
}

// Rules are what holds for all candidates.
type Rules struct {
	At     time.Time // when the time zones are compared
	Least  int       // the lowest score that is proposed, 0 to 100
	Little []string  // words that say nothing about a topic, of all languages served
}

// A Proposal is a mentor and a mentee who might suit each other.
type Proposal struct {
	Mentor, Mentee int // their places in the lists of candidates
	Score          int // 0 to 100
	facts          []fact
}

// Why somebody is left over. Each is the end of a phrase's key: "match left
// language".
const (
	LeftAlone    = "alone"    // nobody is there on the other side
	LeftLanguage = "language" // nobody on the other side has a language in common with them
	LeftFormer   = "former"   // all who have are people whom they are not to be paired with
	LeftLittle   = "little"   // they have too little in common with all others
	LeftNumber   = "number"   // all who would suit them are proposed to somebody else
)

// An Outcome is what is proposed, the highest score first, and why the others
// are left over, by their place in the list of candidates. Mentors who have a
// mentee are never left over.
type Outcome struct {
	Proposals   []Proposal
	LeftMentors map[int]string
	LeftMentees map[int]string
}

// further is what the score of a mentor's second mentee has to be above that
// of the first of another mentor; of the third, twice as much. It spreads the
// work, but not at any price.
const further = 15

// Propose finds the proposals of which there are as many as can be, and of
// those the ones whose scores add up to the most; where two choices are worth
// the same, those who enrolled first have a proposal. It takes a time that
// grows with the product of the mentors' places, the mentees, and the smaller
// of both numbers. The order of both lists decides between choices that are
// still the same, and nothing else does.
func Propose(mentors, mentees []Candidate, rules Rules) Outcome {
	givers, seekers := profiles(mentors, mentees, rules)
	worth := newWorth(givers, seekers, rules.Least)
	out := Outcome{LeftMentors: map[int]string{}, LeftMentees: map[int]string{}}
	taken, given := make([]bool, len(mentors)), make([]bool, len(mentees))
	for seat, mentee := range worth.assign() {
		if mentee < 0 {
			continue
		}
		mentor := worth.seats[seat].mentor
		marks := compare(&givers[mentor], &seekers[mentee])
		taken[mentor], given[mentee] = true, true
		out.Proposals = append(out.Proposals, Proposal{mentor, mentee, marks.score(), facts(&givers[mentor], &seekers[mentee], marks)})
	}
	slices.SortStableFunc(out.Proposals, func(a, b Proposal) int {
		if a.Score != b.Score {
			return b.Score - a.Score
		}
		return a.Mentee - b.Mentee
	})
	for i := range mentors {
		if !taken[i] && mentors[i].Has == 0 {
			out.LeftMentors[i] = why(len(mentees), func(k int) int { return worth.score(i, k) }, rules.Least)
		}
	}
	for k := range mentees {
		if !given[k] {
			out.LeftMentees[k] = why(len(mentors), func(i int) int { return worth.score(i, k) }, rules.Least)
		}
	}
	return out
}

// why tells why somebody is left over, from their scores with each of the n
// on the other side.
func why(n int, score func(int) int, least int) string {
	if n == 0 {
		return LeftAlone
	}
	reason := LeftLanguage
	for k := range n {
		switch s := score(k); {
		case s >= least:
			return LeftNumber
		case s >= 0:
			reason = LeftLittle
		case s == former && reason == LeftLanguage:
			reason = LeftFormer
		}
	}
	return reason
}
