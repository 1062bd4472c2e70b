package match

import (
	"slices"
	"time"

	"golang.org/x/text/language"
)

// The score is out of 100, and what somebody did not say counts for nothing:
//
//	topics   30   10 for each word that both use, three at most
//	cadence  25   the same wish; 15 if the wishes are next to each other, 5 if
//	              one lies between them; as-needed is next to every other
//	purpose  20   what the mentee seeks is what the mentor would like to be
//	mode     15   the same means, or one of them is open to any
//	zone     10   the same clock, and one less for each hour between the clocks
//
// The weights are by judgement, in the order in which a mentee would miss what
// is not there: something to speak about first. Time zones come last, since
// letters wait.
const (
	perTopic, maxTopics = 10, 3
	purposeMarks        = 20
	modeMarks           = 15
	zoneMarks           = 10
)

// cadenceMarks are by the steps between the wishes.
var cadenceMarks = [...]int{25, 15, 5, 0}

// cadences are the wishes for how often to write, the most frequent first.
var cadences = []string{"weekly", "fortnightly", "monthly", "quarterly", "as-needed"}

const (
	asNeeded = "as-needed"
	open     = "open"  // to any means
	local    = "local" // somebody near to know
	other    = "other" // a purpose that no two share by name
)

// near is how far clocks may be apart if somebody is to be local.
const near = time.Hour

// Scores of those who are not proposed with each other at all.
const (
	strangers = -1 // have no language in common
	former    = -2 // are not to be paired
)

// A profile is a candidate, ready to be compared with many.
type profile struct {
	*Candidate
	speaks []bool        // by number, the languages of others that they share
	tongue int           // the number of their own
	ahead  time.Duration // of UTC
	words  []word        // by number
}

// profiles makes both lists ready to be compared.
func profiles(mentors, mentees []Candidate, rules Rules) (givers, seekers []profile) {
	var tongues []language.Tag
	v := newVocabulary(rules.Little)
	lists := [2][]profile{}
	for side, list := range [][]Candidate{mentors, mentees} {
		for i := range list {
			p := profile{Candidate: &list[i], words: v.read(list[i].Answers)}
			if p.tongue = slices.Index(tongues, p.Language); p.tongue < 0 {
				p.tongue, tongues = len(tongues), append(tongues, p.Language)
			}
			if p.Zone != nil {
				_, seconds := rules.At.In(p.Zone).Zone()
				p.ahead = time.Duration(seconds) * time.Second
			}
			lists[side] = append(lists[side], p)
		}
	}
	shared := make([][]bool, len(tongues))
	for i := range tongues {
		for k := range tongues {
			shared[i] = append(shared[i], common(tongues[i], tongues[k]))
		}
	}
	for _, list := range lists {
		for i := range list {
			list[i].speaks = shared[list[i].tongue]
		}
	}
	return lists[0], lists[1]
}

// common tells whether people of two languages can write to each other: the
// one reads that of the other well (CLDR language matching, Unicode TR35 §4.4).
func common(a, b language.Tag) bool {
	return language.Comprehends(a, b) >= language.High || language.Comprehends(b, a) >= language.High
}

// marks are what a pair has in common, in points.
type marks struct{ topics, purpose, cadence, mode, zone int }

func (m marks) score() int { return m.topics + m.purpose + m.cadence + m.mode + m.zone }

// score is that of a mentor and a mentee, or why there is none.
func score(mentor, mentee *profile) int {
	switch {
	case !mentor.speaks[mentee.tongue]:
		return strangers
	case mentor.ID == mentee.ID, slices.Contains(mentor.Never, mentee.ID), slices.Contains(mentee.Never, mentor.ID):
		return former
	}
	return compare(mentor, mentee).score()
}

// compare finds what two have in common.
func compare(mentor, mentee *profile) marks {
	m := marks{topics: perTopic * min(maxTopics, countShared(mentor.words, mentee.words))}
	if why := purpose(mentor, mentee); why != "" {
		m.purpose = purposeMarks
	}
	if apart := steps(mentor.Answers["how-often"], mentee.Answers["how-often"]); apart >= 0 {
		m.cadence = cadenceMarks[min(apart, len(cadenceMarks)-1)]
	}
	if mode(mentor, mentee) != "" {
		m.mode = modeMarks
	}
	m.zone = max(0, zoneMarks-int(apart(mentor, mentee)/time.Hour))
	return m
}

// purpose is what the mentee seeks and the mentor would like to be, or "".
func purpose(mentor, mentee *profile) string {
	why := mentee.Answers["why"]
	if why != mentor.Answers["why"] || why == other || why == local && apart(mentor, mentee) > near {
		return ""
	}
	return why
}

// steps counts the steps between two wishes for how often to write; -1 if one
// did not say.
func steps(a, b string) int {
	i, k := slices.Index(cadences, a), slices.Index(cadences, b)
	switch {
	case i < 0 || k < 0:
		return -1
	case i != k && (a == asNeeded || b == asNeeded):
		return 1
	}
	return max(i-k, k-i)
}

// mode is the means that suits both, or "".
func mode(mentor, mentee *profile) string {
	a, b := mentor.Answers["how"], mentee.Answers["how"]
	switch {
	case a == b, b == open:
		return a
	case a == open:
		return b
	}
	return ""
}

// apart is how far the clocks on their walls are apart, 12 hours at most:
// people 23 hours apart see the same time of different days.
func apart(a, b *profile) time.Duration {
	d := (a.ahead - b.ahead).Abs() % (24 * time.Hour)
	return min(d, 24*time.Hour-d)
}
