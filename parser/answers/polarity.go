package answers

import "slices"

// denied tells whether the clause turns an option down: "not weekly", "mail
// rather than calls", "a call is difficult".
func (p *passage) denied(it item) bool {
	clause, rather := p.clause(it.from), false
	if p.outdone(it, clause) || clause.to < len(p.list) && p.turnsDown(clause.to) {
		return true
	}
	for i := clause.from; i < clause.to; i++ {
		word, next := p.word(i), p.word(i+1)
		rather = rather || comparing[word] && i < it.from
		if p.said[i] {
			continue
		}
		switch {
		case i > it.from && (word == "trop" || word == "too" && i+1 < clause.to): // "too often", and not "that too"
			return true
		case denials[word] && !p.harmless(i, it):
			return true
		case i > it.from:
		case rather && (word == "than" || word == "que" || word == "qu") && p.word(i-1) != "more" && p.word(i-1) != "plus",
			word == "instead" && next == "of", word == "lieu" && instead[next],
			word == "anything" && next == "but", word == "tout" && next == "sauf":
			return true
		}
	}
	return false
}

// outdone tells whether the clause prefers another option to this one: "I
// prefer mail to calls", "je préfère le mail au téléphone".
func (p *passage) outdone(it item, clause span) bool {
	if !toWords[p.word(it.from-1)] && !toWords[p.word(it.from)] {
		return false
	}
	other := false
	for i := it.from - 1; i >= clause.from; i-- {
		other = other || p.said[i]
		if preferring[p.word(i)] {
			return other
		}
	}
	return false
}

// turnsDown tells whether the clause that begins at token i looks back at the
// one before it and turns it down: "weekly, that would be too much".
func (p *passage) turnsDown(i int) bool {
	clause := p.clause(i)
	if p.has(denials, clause) && p.has(abilities, clause) && !slices.Contains(p.said[clause.from:clause.to], true) && p.rest(clause) <= 2 {
		return true // "every week, I can't"
	}
	if !backward[p.word(i)] {
		return false
	}
	last := p.word(clause.to - 1)
	return p.has(faults, clause) || last == "trop" || p.has(excess, clause) && last != "too"
}

var (
	preferring = set("prefer preferred prefers prefere prefererais preferer")
	toWords    = set("au aux a to over")
	backward   = set("that it this ce c ca cela")
	excess     = set("too trop")
	instead    = set("de d du des")
	comparing  = set("rather plutot more plus sooner better mieux")

	// abilities are what is lacking where something can't be done.
	abilities = set("can cannot cant peux possible")

	// verbs come before a denial that looks back: "mail does not suit me".
	verbs = set("is are isn does doesn don would wouldn est sont convient va sera serait suit suits")

	// troubles are what there is none of: "no problem with calls".
	troubles = set("problem problems probleme problemes souci soucis doubt doute")
)

// harmless tells whether the denial at token i does not deny the option: "why
// not", "no problem", "no more than once a month"; "b, not c" for b.
func (p *passage) harmless(i int, it item) bool {
	before, next := p.word(i-1), p.word(i+1)
	if next == "de" || next == "d" {
		next = p.word(i + 2)
	}
	limit := p.word(it.from - 2) // "no more than", "pas plus de"
	switch {
	case before == "pourquoi" || before == "why" || troubles[next]:
		return true
	case i < it.from:
		return it.from-i <= 7 && (limit == "more" || limit == "plus")
	}
	return !verbs[before] && !(faults[p.word(i)] && before != "pas")
}

// limits stand before the most that is wanted, and are part of it.
var limits = [][]string{
	{"not", "more", "often", "than"}, {"not", "more", "than"}, {"no", "more", "than"}, {"no", "more", "often", "than"},
	{"at", "most"}, {"at", "the", "most"}, {"pas", "plus", "d"}, {"pas", "plus", "de"}, {"au", "plus"}, {"au", "maximum"},
}

// limitBefore returns the token where a limit begins that ends before token i:
// "not more than once a month". It returns i where there is none.
func (p *passage) limitBefore(i int) int {
	for _, limit := range limits {
		from := i - len(limit)
		if from >= 0 && slices.EqualFunc(limit, p.list[from:i], func(word string, t token) bool { return word == t.word }) &&
			!slices.ContainsFunc(p.list[from+1:i], func(t token) bool { return t.ends }) {
			return from
		}
	}
	return i
}

// bounded tells whether a phrase is only part of a vaguer one: "more than once
// a week", "one or two times a month", "every week or two".
func (p *passage) bounded(it item) bool {
	if it.letter {
		return false
	}
	i, number := it.from-1, isNumber(p.word(it.from))
	if p.lowest(it.from) {
		return true
	}
	switch p.word(i) {
	case "than", "de", "d", "que", "qu":
		switch p.word(i - 1) {
		case "more", "less", "plus", "moins", "fewer":
			return !p.limited(i - 2)
		}
	case "a", "ou", "or", "to", "et", "and":
		if number && isNumber(p.word(i-1)) {
			return true
		}
	}
	if number && isNumber(p.word(i)) && !p.list[it.from].ends {
		return true // 2-3 times a month
	}
	or := p.word(it.to)
	return (or == "or" || or == "ou") && isNumber(p.word(it.to+1))
}

// lowest tells whether only the least that is wanted ends before token i: "at
// least once a month" may be every week.
func (p *passage) lowest(i int) bool {
	last, before := p.word(i-1), p.word(i-2)
	return last == "least" && before == "at" || last == "moins" && before == "au" || last == "minimum"
}

// limited tells whether a denial stands shortly before token i, which makes
// "more than" an upper limit.
func (p *passage) limited(i int) bool {
	for k := i; k >= 0 && k > i-5; k-- {
		if denials[p.word(k)] {
			return true
		}
	}
	return false
}
