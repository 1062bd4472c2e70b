package answers

import "slices"

// reasons tells whether an option only stands in a remark on an answer before
// it: "by mail, I am shy on the phone", "by mail, since calls are hard with my
// shifts".
func (p *passage) reasons(items []item, it item) bool {
	clause := p.clause(it.from)
	if clause.from == 0 || it.letter {
		return false
	}
	answered := slices.ContainsFunc(items, func(o item) bool {
		before := p.clause(o.from)
		return o.option >= 0 && o.option != it.option && before.to <= clause.from && p.rest(before) == 0 && !p.has(denials, before)
	})
	if !answered || p.has(alternating, clause) || p.has(besides, clause) || p.has(wishes, clause) || isNumber(p.word(clause.from)) {
		return false
	}
	if reasoned(p.list[clause.from:clause.to]) || causing[p.word(clause.from)] {
		return true
	}
	return subjects[p.word(clause.from)] && it.from > clause.from && p.rest(clause) > 0 ||
		p.has(copulas, span{it.to, clause.to}) && p.rest(clause) > 0
}

var (
	// subjects begin a sentence of its own behind a comma.
	subjects = set("i my we je j mon ma mes nous on")

	// causing words begin a reason.
	causing = set("because since car parce puisque puisqu as")

	// copulas say something of an option.
	copulas = set("is are isn aren est sont n me m")

	// besides are words that set another answer beside the one before.
	besides = set("also too sometimes occasionally both aussi egalement parfois can could may might would peux pourrais peut possible like love aime enjoy fine ok okay happy open well suits works")
)
