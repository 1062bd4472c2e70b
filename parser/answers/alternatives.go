package answers

import (
	"slices"
	"strings"
)

// decide settles what the options found in a text amount to. A letter at the
// beginning counts before what is said about it, unless that joins another one
// to it, or is another one and nothing else: "b) every month".
func (p *passage) decide(items []item) []int {
	var options []int
	for n, it := range items {
		if n > 0 && items[0].letter && items[0].from == 0 && !it.letter {
			whole := n == 1 && it.from == 1 && it.to == len(p.list)
			if !whole && !p.joined(items[n-1], it) && !p.adds(it) {
				continue
			}
		}
		if n > 0 && it.letter && items[0].letter && items[0].from == 0 && p.aside(it) {
			continue
		}
		options = appendNew(options, it.option)
	}
	return options
}

func appendNew(list []int, n int) []int {
	if slices.Contains(list, n) {
		return list
	}
	return append(list, n)
}

// joined tells whether only "or", "and" or a slash stands between two options.
func (p *passage) joined(a, b item) bool {
	return b.from == a.to+1 && connecting[p.word(a.to)] || b.from == a.to && strings.ContainsAny(p.gap(b.from), "/+&")
}

// adds tells whether an option stands right behind a word that sets it beside
// the one before: "c, but weekly in the holidays".
func (p *passage) adds(it item) bool {
	return alternating[p.word(it.from-1)] || alternating[p.word(it.from-2)] && fillers[p.word(it.from-1)]
}

// aside tells whether a letter stands in a bracket that does not set it beside
// the one before: "c (b would be nice, too)", but not "c (or b)".
func (p *passage) aside(it item) bool {
	for i := it.from; i > 0; i-- {
		gap := p.gap(i)
		if strings.Contains(gap, ")") {
			return false
		}
		if strings.Contains(gap, "(") {
			return !alternating[p.word(i)] && !correcting[p.word(i)] && i+1 < len(p.list) && !p.list[i+1].ends
		}
	}
	return false
}

// alternating words set another answer beside the first.
var alternating = set("but mais otherwise sinon or ou else then puis")

// connecting words join two answers.
var connecting = set("or ou and et soit")
