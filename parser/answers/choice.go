package answers

import (
	"slices"
	"strconv"
	"strings"
)

// A verdict is what a text says about one question.
type verdict struct {
	values []string // different from each other; more than one is a contradiction
	doubt  bool     // it says that there is no answer
	part   bool     // the rest of the text speaks of something else
	tried  bool     // it speaks of the question, but says none of its options
}

// A bearing is how much is known of a text beforehand.
type bearing int

const (
	direct   bearing = iota // it stands under the question
	numbered                // it stands behind its number, which may be another list's
	exact                   // it must be the answer and nothing else
)

// An item is an option found in a text.
type item struct {
	from, to int // tokens
	option   int
	letter   bool
	strength strength
}

// maxWords is more than anyone writes about one option.
const maxWords = 120

// choice reads which options a text means.
func (r *Reader) choice(q int, text string, how bearing) verdict {
	list := r.words.read(text)
	if len(list) == 0 || len(list) > maxWords {
		return verdict{}
	}
	p := newPassage(text, list)
	if r.declines(p, q, how) {
		return verdict{doubt: true}
	}
	items := r.items(p, q)
	p.cover(items)
	rest := p.rest(p.all())
	var keep []item
	for _, it := range items {
		if it.option >= 0 && !p.denied(it) && !p.bounded(it) && (it.letter || p.fits(it, how, rest)) && (how != exact || rest == 0) {
			keep = append(keep, it)
		}
	}
	found := verdict{
		part:  rest > 0,
		tried: len(items) > 0 && how != numbered || len(list) == 1 && len(list[0].word) == 1,
	}
	options := r.questions[q].Options
	for _, o := range p.decide(keep) {
		found.values = append(found.values, options[o].Key)
	}
	if o := ordinal(list, len(options)); o >= 0 && len(items) == 0 {
		found.values = []string{options[o].Key}
	}
	return found
}

// declines tells whether a text says that there is no answer. A letter at its
// beginning is one, whatever follows.
func (r *Reader) declines(p *passage, q int, how bearing) bool {
	_, doubted := doubts.begins(point(p.list))
	if doubted || how != exact && doubts.in(p.opening()) {
		return !(p.letters(0, r.questions[q]) != nil && (len(p.list) == 1 || p.list[1].ends))
	}
	n, ok := empty.begins(p.list)
	if !ok || !onlyFilling(p.list[n:]) {
		return false
	}
	_, own := r.words.phrases.match(p.list, 0, func(s sense) bool { return s.question == q })
	return !own
}

// wondering words make a question of what could be a proposal.
var wondering = set("possible ce")

// fits tells whether a phrase may be taken for an answer here.
func (p *passage) fits(it item, how bearing, rest int) bool {
	if p.asks(it) && (rest > 0 || p.has(wondering, p.all())) {
		return false
	}
	if rest == 0 {
		return true
	}
	clause := p.clause(it.from)
	if it.strength == under || p.has(past, clause) {
		return false
	}
	return how == direct || it.strength == strong || p.rest(clause) == 0 || p.has(wishes, clause)
}

// items finds the options of a question in a text, by letter and by phrase.
func (r *Reader) items(p *passage, q int) []item {
	var items []item
	for i := 0; i < len(p.list); i++ {
		m, ok := r.words.phrases.match(p.list, i, func(s sense) bool { return s.question == q })
		if letters := p.letters(i, r.questions[q]); letters != nil && (!ok || m.to == i+1) {
			for _, option := range letters {
				items = append(items, item{i, i + 1, option, true, strong})
			}
			continue
		}
		if !ok {
			continue
		}
		for _, s := range m.senses {
			items = append(items, item{m.from, m.to, s.option, false, s.strength})
		}
		i = m.to - 1
	}
	return items
}

// decide settles what the options found in a text amount to. A letter at the
// beginning counts before what is said about it, unless that joins another one
// to it, or is another one and nothing else: "b) every month".
func (p *passage) decide(items []item) []int {
	var options []int
	for n, it := range items {
		if n > 0 && items[0].letter && items[0].from == 0 && !it.letter {
			whole := n == 1 && it.from == 1 && it.to == len(p.list)
			if !whole && !p.joined(items[n-1], it) {
				continue
			}
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

// connecting words join two answers.
var connecting = set("or ou and et")

// ordinal reads "the second one" and "option 2": the place of an option, or -1.
func ordinal(list []token, options int) int {
	found, named := -1, false
	for i, t := range list {
		n, ok := ordinals[t.word]
		counted := i+1 < len(list) && list[i+1].glued && suffixes[list[i+1].word] // 2nd, 2e
		if !ok && isFigure(t.word) && (named || counted) {
			n, _ = strconv.Atoi(t.word)
			ok = true
		}
		if t.word == "last" || t.word == "derniere" || t.word == "dernier" {
			n, ok = options, true
		}
		switch {
		case ok && found >= 0, ok && (n < 1 || n > options):
			return -1
		case ok:
			found = n - 1
		case !fillers[t.word] && !suffixes[t.word] && wordAt(list, i+1) != "plait":
			return -1
		}
		named = naming[t.word]
	}
	return found
}
