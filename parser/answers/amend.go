package answers

import (
	"slices"
	"strconv"
)

// corrections take back what was answered, wherever they stand.
var corrections = phrases(`actually|on second thought|on second thoughts|on reflection|scratch that|i meant|i mean|i meant to say|correction|changed my mind
	change my mind|make it|make that|change that to|change it to|change this to|come to think of it|thinking about it|my mistake|my bad|i got that wrong|i was wrong|i made a mistake|i mixed up|i mixed that up
	finalement|en fait|tout compte fait|je voulais dire|je veux dire|voulais dire|pardon|reflexion faite|a la reflexion|apres reflexion|erratum|rectification|change d avis
	mettez plutot|mettre plutot|mets plutot|disons plutot|let s say
	je corrige|je rectifie|je me corrige|je me suis trompe|je me suis trompee|me suis trompe|me suis trompee|erreur de ma part|j ai fait une erreur|petite erreur|apres coup|tout bien reflechi|en y repensant|en y reflechissant|changez pour|remplacez par`)

// amends are corrections where another answer to the same question stands
// before: "sorry, number 1 should be b".
var amends = phrases(`change|remplacez|remplace|corrigez|modifiez|changez|changing|changer|modifier|remplacer|sorry|oops|ops|whoops|no wait|wait no|no sorry|wait|rather than|instead of|should be|should have been|should read|must be|instead|not a|not b|not c|not d|not e
	desole|desolee|oups|zut|non pardon|devrait etre|doit etre|au lieu|plutot que|a la place|mettez plutot|plutot|et non|et pas|mea culpa|excusez moi`)

// takesBack tells whether words take back an answer that stands before them.
func takesBack(list []token) bool { return corrections.in(list) || amends.in(list) }

// reconsider finds second thoughts in lines that were not used: an option that
// they name takes the place of the answer that was given.
func (r *Reader) reconsider(f *findings, lines []string) {
	used := f.used()
	for _, line := range lines {
		list := r.words.read(line)
		if used[line] || len(list) > maxWords || !takesBack(list) {
			continue
		}
		r.renumber(f, line, list)
		if !corrections.in(list) {
			continue
		}
		p := newPassage(line, list)
		for _, m := range r.words.phrases.matches(list, func(s sense) bool { return s.strength != under && s.option >= 0 }) {
			it := item{from: m.from, to: m.to}
			if p.cover([]item{it}); len(m.senses) > 1 || p.denied(it) || !f.answers(m.senses[0].question) {
				continue
			}
			s := m.senses[0]
			f.list = append(f.list, finding{s.question, r.questions[s.question].Options[s.option].Key, line, amended})
		}
	}
}

// renumber finds numbers of answered questions with another letter or figure
// beside them: "correction: 2 should be b, not a", "make it b for the first".
func (r *Reader) renumber(f *findings, line string, list []token) {
	for i := range list {
		q := r.referred(list, i)
		if q < 0 || !f.answers(q) {
			continue
		}
		value := r.valueBehind(f, q, line, list, i)
		if value == "" {
			value = r.onlyOther(f, q, line, list)
		}
		if value != "" {
			f.list = append(f.list, finding{q, value, line, amended})
		}
	}
}

// referred returns the question that token i is the number of, or -1.
func (r *Reader) referred(list []token, i int) int {
	if n, ok := ordinals[list[i].word]; ok {
		return r.numbered(n)
	}
	if n, ok := numbers[list[i].word]; ok && asking[wordAt(list, i-1)] {
		return r.numbered(n)
	}
	n, err := strconv.Atoi(list[i].word)
	if err != nil {
		return -1
	}
	return r.numbered(n)
}

// valueBehind returns the new value that stands shortly behind the number of
// question q, at token i.
func (r *Reader) valueBehind(f *findings, q int, line string, list []token, i int) string {
	for k := i + 1; k < len(list) && k < i+9; k++ {
		if partOfWord(line, list, k) {
			continue // "c'est"
		}
		value := r.valueAt(q, list[k].word)
		if value != "" && !denials[wordAt(list, k-1)] && !f.holds(q, value) {
			return value
		}
		if value == "" && !fillers[list[k].word] && !amending[list[k].word] {
			break
		}
	}
	return ""
}

// onlyOther returns the one option named by its letter in a line that is not
// the answer already: "for 3, replace c by d".
func (r *Reader) onlyOther(f *findings, q int, line string, list []token) string {
	found := ""
	for k, t := range list {
		o := optionOf(r.questions[q], t.word)
		if o < 0 || !isASCII(line[t.start:t.end]) || partOfWord(line, list, k) || denials[wordAt(list, k-1)] {
			continue
		}
		if t.word == "a" && k+1 < len(list) && !list[k+1].ends {
			continue // an article
		}
		if value := r.questions[q].Options[o].Key; !f.holds(q, value) {
			if found != "" && found != value {
				return ""
			}
			found = value
		}
	}
	return found
}

// partOfWord tells whether token k is cut off by an apostrophe: "c'est", "I'd".
func partOfWord(line string, list []token, k int) bool {
	before := ""
	if k > 0 {
		before = line[list[k-1].end:list[k].start]
	}
	return elides(before, line[list[k].end:])
}

// holds tells whether question q is answered with a value.
func (f *findings) holds(q int, value string) bool {
	return slices.ContainsFunc(f.list, func(x finding) bool { return x.question == q && x.value == value && x.place < amended })
}

// amending words may stand between the number of a question and its new answer.
var amending = set("change changed changez mettre instead not pas non should have been must read from to by par de replace remplacez remplacer say voulais dire meant mean answer pardon sorry actually finalement maintenant now change")

// valueAt returns the value that a word is the letter or the figure of.
func (r *Reader) valueAt(q int, word string) string {
	question := r.questions[q]
	if o := optionOf(question, word); o >= 0 {
		return question.Options[o].Key
	}
	if n, err := strconv.Atoi(word); err == nil && question.Kind == Scale && n >= question.Min && n <= question.Max {
		return strconv.Itoa(n)
	}
	return ""
}

// lastAmended drops the items that a correction between two of them takes back:
// "a – sorry, I mean b".
func (p *passage) lastAmended(items []item) []item {
	for n := len(items) - 1; n > 0; n-- {
		from, to := items[n-1].to, items[n].from
		if from < to && retraction.in(p.list[from:to]) {
			return items[n:]
		}
	}
	return items
}

// isAfterthought tells whether a line takes back an answer and names its
// question behind the new one: "make that monthly for number 1, please".
func (r *Reader) isAfterthought(row row, p piece) bool {
	if p.start == 0 || len(row.text) > maxSentence || !takesBack(row.words) || r.questions[p.question].Kind == Text {
		return false
	}
	return len(r.judge(p.question, p.body(row.text), direct).values) == 0 && len(r.judge(p.question, row.text[:p.start], direct).values) > 0
}

// retraction is what stands between an answer and the one that replaces it.
var retraction = phrases(`i mean|i meant|sorry|oops|make that|make it|scratch that|no wait|wait no|no sorry|correction|my mistake
	je veux dire|je voulais dire|pardon|non pardon|oups|erreur|desole|desolee|rectification`)

// place returns where a section's answer stands: it may take back one above.
func (r *Reader) place(all []section, n int) place {
	source := all[n].source
	if len(source) == 0 || len(source[0]) > maxSentence {
		return inReply
	}
	list := r.words.read(source[0])
	if takesBack(list) && answeredAbove(all, n) {
		return amended
	}
	return inReply
}

// answeredAbove tells whether a section before the n-th, of the last few, is of
// the same question.
func answeredAbove(all []section, n int) bool {
	for i := max(0, n-maxAbove); i < n; i++ {
		if all[i].question == all[n].question {
			return true
		}
	}
	return false
}

// maxAbove is how many sections back an answer may stand that is taken back.
const maxAbove = 40
