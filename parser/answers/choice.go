package answers

import (
	"slices"
	"strconv"
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

// wavers tells whether two options are set beside each other before any doubt:
// "within a few days or within a week, hard to say".
func (p *passage) wavers(items []item) bool {
	return len(items) > 1 && items[0].from == 0 && items[0].option != items[1].option && items[0].option >= 0 && items[1].option >= 0 && p.joined(items[0], items[1])
}

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
	items := r.items(p, q)
	if r.declines(p, q, how) && !p.wavers(items) {
		return verdict{doubt: true}
	}
	p.cover(items)
	if len(items) > 0 {
		p.skip(r.words.about[q])
	}
	rest := p.rest(p.all())
	found := verdict{
		part:  rest > 0,
		tried: len(items) > 0 && (how != numbered || items[0].strength == strong) || len(list) == 1 && len(list[0].word) == 1,
	}
	options := r.questions[q].Options
	for _, o := range p.decide(p.lastAmended(p.chosen(items, how, rest))) {
		found.values = append(found.values, options[o].Key)
	}
	if o := ordinal(list, len(options)); o >= 0 && len(items) == 0 {
		found.values = []string{options[o].Key}
	}
	return found
}

// chosen returns the items that may be meant. What is no answer by itself still
// stands against another that is no better, and against one that it is offered
// beside: "the mentee first, else the mentor".
func (p *passage) chosen(items []item, how bearing, rest int) []item {
	var keep, unfit []item
	for _, it := range items {
		switch {
		case it.option < 0 || how != exact && p.reasons(items, it) || p.denied(it) || p.bounded(it) || how == exact && rest > 0:
		case it.letter || p.fits(it, how, rest):
			keep = append(keep, it)
		case !p.told(p.clause(it.from), how):
			unfit = append(unfit, it)
		}
	}
	if how != direct || len(keep) == 0 || keep[0].letter {
		return keep
	}
	plain := slices.ContainsFunc(keep, func(it item) bool { return it.strength == strong })
	for _, it := range unfit {
		if !plain || it.strength == under && p.rest(p.clause(it.from)) <= maxAlternative {
			keep = append(keep, it)
		}
	}
	return keep
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

// maxBeside is how many words that mean something else may stand beside one
// that says an option only by itself.
const maxBeside = 3

// maxAlternative is how many words that mean something else may stand in a
// clause that only offers another option.
const maxAlternative = 1

// wondering words make a question of what could be a proposal.
var wondering = set("possible ce")

// fits tells whether a phrase may be taken for an answer here.
func (p *passage) fits(it item, how bearing, rest int) bool {
	if p.asks(it) && (rest > 0 || p.has(wondering, p.all())) && !(how == direct && p.proposes()) {
		return false
	}
	if rest == 0 {
		return true
	}
	clause := p.clause(it.from)
	if it.strength == under || p.told(clause, how) {
		return false
	}
	if it.strength == strong || p.has(wishes, clause) {
		return true
	}
	return p.rest(clause) == 0 || how == direct && p.rest(clause) <= maxBeside
}

// proposes tells whether a question proposes something: "could we use mail?"
func (p *passage) proposes() bool {
	_, ok := proposals.begins(p.list)
	return ok
}

var proposals = phrases("could you|can you|would you please|pourriez vous|pouvez vous|peux tu|pourrais tu|could we|can we|may we|shall we|might we|pourrions nous|pourrait on|on pourrait|peut on|pouvons nous|est ce que nous pourrions|est ce qu on pourrait")

// items finds the options of a question in a text, by letter and by phrase.
func (r *Reader) items(p *passage, q int) []item {
	if only := p.onlyLetters(r.questions[q]); only != nil {
		return only
	}
	var items []item
	for i := 0; i < len(p.list); i++ {
		m, ok := r.words.phrases.longest(p.list, i, func(s sense) bool { return s.question == q })
		if letters := p.letters(i, r.questions[q]); letters != nil && (!ok || m.to == i+1) {
			for _, option := range letters {
				items = append(items, item{i, i + 1, option, true, strong})
			}
			continue
		}
		if !ok {
			continue
		}
		from := p.limitBefore(m.from)
		for _, s := range m.senses {
			items = append(items, item{from, m.to, s.option, false, s.strength})
		}
		i = m.to - 1
	}
	return items
}

// onlyLetters returns the options of a text that is nothing but their letters:
// "a b".
func (p *passage) onlyLetters(q Question) []item {
	var items []item
	for i, t := range p.list {
		o := optionOf(q, t.word)
		if len(t.word) != 1 || o < 0 || !isASCII(p.text[t.start:t.end]) {
			return nil
		}
		items = append(items, item{i, i + 1, o, true, strong})
	}
	return items
}

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
