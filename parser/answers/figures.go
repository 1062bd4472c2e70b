package answers

import "slices"

// withFigures adds the number of a scale that a sentence names. The words of the
// scale's question then mean no option: "quite at ease in writing, say 4".
func (r *Reader) withFigures(all []saying, sentence string) []saying {
	q := r.onlyScale()
	if q < 0 {
		return all
	}
	p := newPassage(sentence, r.words.read(sentence))
	about := r.words.about[q]
	if len(p.list) == 0 || len(p.list) > maxWords {
		return all
	}
	s, ok := r.readFigure(p, q)
	if !ok && !slices.ContainsFunc(p.list, func(t token) bool { return about[t.word] && easing[t.word] }) {
		return all
	}
	all = slices.DeleteFunc(all, func(o saying) bool { return o.question != q && r.speaksFor(o.words, about) })
	if ok {
		all = append(all, s)
	}
	return all
}

// easing words speak of how easy something is, and not of a means.
var easing = set("ease aise")

// speaksFor tells whether all words of an option that say something are those
// of a question.
func (r *Reader) speaksFor(words []token, about map[string]bool) bool {
	n := 0
	for _, t := range words {
		if about[t.word] {
			n++
		} else if !fillers[t.word] {
			return false
		}
	}
	return n > 0
}

// onlyScale returns the question that has a scale, or -1 where not just one has.
func (r *Reader) onlyScale() int {
	found := -1
	for i, q := range r.questions {
		if q.Kind == Scale {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// readFigure reads a number that is named with the end of its scale, "4/5", or
// in a sentence about its question: "on writing, I'd give myself a 4".
func (r *Reader) readFigure(p *passage, q int) (saying, bool) {
	for _, m := range r.words.phrases.matches(p.list, nil) {
		if m.to > m.from+1 {
			p.cover([]item{{from: m.from, to: m.to}}) // "every 2 weeks"
		}
	}
	named := slices.ContainsFunc(p.list, func(t token) bool { return r.words.about[q][t.word] })
	at := p.soleFigure(r.questions[q])
	if at < 0 {
		return saying{}, false
	}
	clause := newPassage(p.text, p.list).around(at)
	found, ended, ok := clause.figures(r.questions[q])
	if !ok || len(found) != 1 {
		return saying{}, false
	}
	clause.skip(r.words.about[q])
	clause.skip(rating)
	rest := clause.rest(clause.all())
	if rest > 0 && !(ended && named && rest <= 2) || !named && !(ended && clause.rest(clause.all()) == 0) {
		return saying{}, false
	}
	return saying{question: q, value: found[0], named: named, whole: !named}, true
}

// rating words give a number to something.
var rating = set("rate rated rating score give myself grade mark marks points point solid self evaluation out of star stars fair written english french skills skill language donne donnerais mets mettez evalue estime situe situerais auto attribue attribuerais points point note noter accorde francais anglais echelle scale my level")

// soleFigure returns the only token outside other phrases that is a number of
// the scale, or -1.
func (p *passage) soleFigure(q Question) int {
	digits, found := hasDigits(p.list), -1
	for i := 0; i < len(p.list); i++ {
		if p.said[i] {
			continue
		}
		n, ok := valueOf(p.word(i), digits, len(p.list))
		if !ok {
			continue
		}
		if found >= 0 || n < q.Min || n > q.Max {
			return -1
		}
		found = i
		if _, to := outOf(p.list, p.text, i); to > 0 {
			i = to - 1
		}
	}
	return found
}

// around returns the clause around a token as a passage of its own.
func (p *passage) around(at int) *passage {
	in := span{at, at + 1}
	for in.from > 0 && !p.list[in.from].ends {
		in.from--
	}
	for in.to < len(p.list) && !p.list[in.to].ends {
		in.to++
	}
	return newPassage(p.text, p.list[in.from:in.to])
}
