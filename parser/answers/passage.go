package answers

import "strings"

// A passage is a text whose words are being weighed: those that name an option,
// those that mean something else, and mere filling.
type passage struct {
	text string
	list []token
	said []bool // the tokens that belong to an option, or are mere politeness
}

func newPassage(text string, list []token) *passage {
	p := &passage{text, list, make([]bool, len(list))}
	for i := range list {
		if m, ok := pleases.match(list, i, nil); ok {
			p.cover([]item{{from: m.from, to: m.to}})
		}
	}
	return p
}

// skip leaves the words of a set out of the count of what else is said: those
// that speak of the question itself.
func (p *passage) skip(words map[string]bool) {
	for i, t := range p.list {
		p.said[i] = p.said[i] || words[t.word]
	}
}

// pleases speak to the reader, and of nothing.
var pleases = phrases(`s il vous plait|s il te plait|if you please|if you like|si vous voulez bien
	will do|would do|will be fine|will be enough|will be great|will be perfect|will be plenty|will suffice|will work|will suit me
	fera l affaire|feront l affaire|i don t mind|i do not mind|i wouldn t mind|i would not mind|don t mind|ca ne me derange pas|cela ne me derange pas|nothing else really|nothing else|rien d autre|rien de plus|that is all|that s all|c est tout
	ll usually|will usually|ll normally|will normally|ll generally|will generally|ll mostly|ll always|will always|ll typically|ll probably|ce qu il me faut|ce qu il me faudrait|il me faut|il me faudrait`)

// A span is a range of tokens, the last one excluded.
type span struct{ from, to int }

func (p *passage) all() span { return span{0, len(p.list)} }

// cover marks the tokens of the items.
func (p *passage) cover(items []item) {
	for _, it := range items {
		for i := it.from; i < it.to; i++ {
			p.said[i] = true
		}
	}
}

// word returns a token's word, "" beyond the ends.
func (p *passage) word(i int) string { return wordAt(p.list, i) }

func wordAt(list []token, i int) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return list[i].word
}

// gap returns what stands before token i, back to the token before it.
func (p *passage) gap(i int) string {
	switch {
	case i >= len(p.list):
		return p.text[p.list[len(p.list)-1].end:]
	case i > 0:
		return p.text[p.list[i-1].end:p.list[i].start]
	}
	return p.text[:p.list[0].start]
}

// has tells whether a word of the set stands in the span, outside an option.
func (p *passage) has(words map[string]bool, in span) bool {
	for i := in.from; i < in.to; i++ {
		if !p.said[i] && words[p.list[i].word] {
			return true
		}
	}
	return false
}

// told tells whether a clause is about what was, or will be done. Where the
// question is known, what will be done answers it: "once a month will do".
func (p *passage) told(in span, how bearing) bool {
	for i := in.from; i < in.to; i++ {
		if word := p.list[i].word; !p.said[i] && past[word] && !(how == direct && future[word]) {
			return true
		}
	}
	return false
}

// rest counts the words of a span that are neither part of an option nor mere
// filling. Thanks are filling behind an answer only.
func (p *passage) rest(in span) int {
	n, answered := 0, false
	for i := in.from; i < in.to; i++ {
		word := p.list[i].word
		answered = answered || p.said[i]
		if !p.said[i] && !fillers[word] && !(thanking[word] && answered) {
			n++
		}
	}
	return n
}

// restBeside counts the words that are left beside those that speak of a
// question.
func (p *passage) restBeside(about map[string]bool) int {
	n := p.rest(p.all())
	for i, t := range p.list {
		if !p.said[i] && !fillers[t.word] && (about[t.word] || acting[t.word]) {
			n--
		}
	}
	return n
}

// splitting words begin a new clause.
var splitting = set("mais but car because since parce puisque so donc sinon otherwise although however even")

// clause returns the clause around a token.
func (p *passage) clause(at int) span {
	s := span{at, at + 1}
	for s.from > 0 && !p.list[s.from].ends && !splitting[p.list[s.from].word] {
		s.from--
	}
	for s.to < len(p.list) && !p.list[s.to].ends && !splitting[p.list[s.to].word] {
		s.to++
	}
	return s
}

// asks tells whether the sentence with an item is a question.
func (p *passage) asks(it item) bool {
	rest := p.text[p.list[it.to-1].end:]
	end := strings.IndexAny(rest, ".!?\n;")
	return end >= 0 && rest[end] == '?'
}

// opening returns the tokens of the first sentence.
func (p *passage) opening() []token {
	end := strings.IndexAny(p.text, ".!?\n;")
	if end >= 0 {
		for i, t := range p.list {
			if t.start > end {
				return p.list[:i]
			}
		}
	}
	return p.list
}

// point returns the tokens from the first one on that is not mere filling:
// behind "well, I think…".
func point(list []token) []token {
	for len(list) > 0 && fillers[list[0].word] && !denials[list[0].word] {
		if _, ok := doubts.begins(list); ok {
			break
		}
		list = list[1:]
	}
	return list
}

// onlyFilling tells whether the words add nothing to "nothing" and "I don't
// know".
func onlyFilling(list []token) bool {
	for _, t := range list {
		if !fillers[t.word] && !lingering[t.word] && !thanking[t.word] {
			return false
		}
	}
	return true
}

// isNumber tells whether a word is a number or "once", "twice".
func isNumber(word string) bool {
	_, ok := numbers[word]
	return ok || word == "once" || word == "twice" || isFigure(word)
}

// isFigure tells whether a word is written in digits.
func isFigure(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }
