package match

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A fact is one that speaks for a pair: the key of a phrase, and what follows
// it.
type fact struct {
	key  string
	then string // the key of a phrase
	text string
}

// shown is how many topics are named at most: some people write a page.
const shown = 5

// facts are what two have in common, as the marks have found it, what weighs
// most first.
func facts(mentor, mentee *profile, m marks) []fact {
	var list []fact
	if m.topics > 0 {
		words := slices.Collect(shared(mentor.words, mentee.words))
		list = append(list, fact{key: "match topics", text: strings.Join(words[:min(shown, len(words))], ", ")})
	}
	if m.purpose > 0 {
		list = append(list, fact{key: "match why " + purpose(mentor, mentee)})
	}
	if m.cadence > 0 {
		list = append(list, rhythm(mentor.Answers["how-often"], mentee.Answers["how-often"]))
	}
	if m.mode > 0 {
		list = append(list, fact{key: "match how " + mode(mentor, mentee)})
	}
	switch d := apart(mentor, mentee); {
	case d == 0:
		list = append(list, fact{key: "match clock same"})
	case m.zone > 0:
		list = append(list, fact{key: "match clock apart", text: hours(d)})
	}
	return list
}

// rhythm tells what two wishes for how often to write make together: the rarer
// one holds.
func rhythm(a, b string) fact {
	if a == b {
		return fact{key: "match cadence same", then: "cadence " + a}
	}
	rarer := cadences[max(slices.Index(cadences, a), slices.Index(cadences, b))]
	return fact{key: "match cadence near", then: "cadence " + rarer}
}

// hours writes a length of time as in "3 h" or "5 h 45".
func hours(d time.Duration) string {
	h, m := int(d/time.Hour), int(d%time.Hour/time.Minute)
	if m == 0 {
		return fmt.Sprintf("%d h", h)
	}
	return fmt.Sprintf("%d h %02d", h, m)
}

// Reasons are a sentence for each fact that speaks for the pair; say gives the
// phrase for a key, such as "match topics" or "cadence monthly", in the
// reader's language. They say nothing that only one of both answered, beyond
// what suits both.
func (p *Proposal) Reasons(say func(key string) string) []string {
	list := []string{}
	for _, f := range p.facts {
		s := say(f.key)
		if f.then != "" {
			s += " " + say(f.then)
		}
		if f.text != "" {
			s += " " + f.text
		}
		list = append(list, s+".")
	}
	return list
}
