package answers

import (
	"slices"
	"strconv"
	"strings"
)

// scale reads which number of a scale a text means: "4", "4/5", "4 out of 5",
// "quatre". A number outside the scale, a fraction and another scale are not
// understood.
func (r *Reader) scale(q int, text string, how bearing) verdict {
	list := r.words.read(text)
	if len(list) == 0 || len(list) > maxWords {
		return verdict{}
	}
	p := newPassage(text, list)
	if doubts.in(p.opening()) {
		return verdict{doubt: true}
	}
	if how != exact {
		p = p.beforeComment()
		list = p.list
	}
	found, ended, ok := p.figures(r.questions[q])
	if !ok || len(found) == 0 {
		return verdict{}
	}
	if len(found) > 1 {
		for i := range list {
			p.said[i] = p.said[i] || between[list[i].word]
		}
	}
	p.skip(r.words.about[q])
	rest := p.rest(p.all())
	last := p.said[len(list)-1] && len(list) <= 10 // "je me situe à 4"
	if rest == 0 || how != exact && (ended || p.leads() || how == direct && last) {
		return verdict{values: found, part: rest > 0}
	}
	return verdict{}
}

// beforeComment leaves out what is said about a figure behind it: "4 (my wife
// says 2)", "3 - I was 5 years abroad", but not "3, maybe 4".
func (p *passage) beforeComment() *passage {
	if len(p.list) < 3 || !isFigure(p.word(0)) || !p.list[1].ends || p.fraction(0) {
		return p
	}
	inBracket := strings.Contains(p.gap(1), "(") && !p.list[2].ends // "4 (5 in Dutch)"
	if gap := p.gap(1); strings.Contains(gap, "/") || isNumber(p.word(1)) && !inBracket || correcting[p.word(1)] || alternating[p.word(1)] || wavering[p.word(1)] {
		return p
	}
	return newPassage(p.text[:p.list[0].end], p.list[:1])
}

// wavering words bring another figure.
var wavering = set("maybe perhaps sometimes possibly peut parfois eventuellement voire hmm well enfin")

// reasons are words that begin a comment on a figure: "2 my French is new".
var reasons = set("my because since i mon ma car parce je j")

// leads tells whether a text begins with a number, and comments on it.
func (p *passage) leads() bool {
	return p.said[0] && (len(p.list) == 1 || p.list[1].ends || p.said[1] || reasons[p.word(1)])
}

// figures finds the numbers of a scale, each once, and marks them. It tells
// whether one is named with the end of the scale, as in "4/5"; ok is false
// where a number is none of this scale.
func (p *passage) figures(q Question) (found []string, ended, ok bool) {
	digits := hasDigits(p.list)
	for i := 0; i < len(p.list); i++ {
		if p.isRange(i, q) {
			for k := range 3 {
				p.said[i+k] = true
			}
			i += 2
			continue
		}
		n, isNumber := valueOf(p.list[i].word, digits, len(p.list))
		if !isNumber {
			continue
		}
		top, to := outOf(p.list, p.text, i)
		if n < q.Min || n > q.Max || to > 0 && top != q.Max || p.fraction(i) {
			return nil, false, false
		}
		ended = ended || to > 0
		to = max(to, i+1)
		for k := i; k < to; k++ {
			p.said[k] = true
		}
		if value := strconv.Itoa(n); !slices.Contains(found, value) {
			found = append(found, value)
		}
		i = to - 1
	}
	return found, ended, true
}

// isRange tells whether the whole scale is named from token i on, and something
// follows: "from 1 to 5 I am a 2".
func (p *passage) isRange(i int, q Question) bool {
	join := p.word(i + 1)
	return p.word(i) == strconv.Itoa(q.Min) && p.word(i+2) == strconv.Itoa(q.Max) && (join == "to" || join == "a") && i+3 < len(p.list)
}

// fraction tells whether a decimal point or comma stands behind token i.
func (p *passage) fraction(i int) bool {
	gap := p.gap(i + 1)
	return isFigure(p.word(i+1)) && (gap == "." || gap == ",")
}

// between joins two numbers: "3 or 4", "entre 3 et 4".
var between = set("or ou and et to a between entre")

// valueOf reads a number. Where there are digits, words like "un" are none.
func valueOf(word string, digits bool, words int) (int, bool) {
	if isFigure(word) {
		n, err := strconv.Atoi(word)
		return n, err == nil
	}
	if digits || (word == "un" || word == "une" || word == "one") && words > 2 {
		return 0, false
	}
	n, ok := numbers[word]
	return n, ok
}

func hasDigits(list []token) bool {
	for _, t := range list {
		if isFigure(t.word) {
			return true
		}
	}
	return false
}

// outOf reads the end of the scale behind a number: "/5", "sur 5", "out of 5".
// It returns where that ends, 0 for none.
func outOf(list []token, text string, i int) (top, to int) {
	j := i + 1
	switch {
	case j < len(list) && strings.TrimSpace(text[list[i].end:list[j].start]) == "/":
	case wordAt(list, j+2) == "echelle" || wordAt(list, j+2) == "scale": // "sur une échelle de 5"
		j += 4
	case wordAt(list, j) == "sur" || wordAt(list, j) == "of":
		j++
	case wordAt(list, j) == "out" && wordAt(list, j+1) == "of":
		j += 2
	default:
		return 0, 0
	}
	if j >= len(list) {
		return 0, 0
	}
	if n, ok := numbers[list[j].word]; ok {
		return n, j + 1
	}
	n, err := strconv.Atoi(list[j].word)
	if err != nil {
		return 0, 0
	}
	return n, j + 1
}
