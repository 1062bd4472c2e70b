package answers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// note records lines that look like an answer but were not understood.
func (f *findings) note(lines []string) {
	for _, line := range trimLines(lines) {
		if line == "" {
			return
		}
		f.unread = append(f.unread, line)
	}
}

// corrections take back what was answered.
var corrections = phrases(`actually|on second thought|on second thoughts|on reflection|scratch that|i meant|i mean|correction|changed my mind|change my mind|make it|make that|come to think of it|thinking about it
	finalement|en fait|tout compte fait|je voulais dire|voulais dire|pardon|reflexion faite|a la reflexion|apres reflexion|erratum|rectification|change d avis`)

// reconsider finds second thoughts in lines that were not used: an option that
// they name stands against the answer that was given.
func (r *Reader) reconsider(f *findings, lines []string) {
	used := f.used()
	for _, line := range lines {
		list := r.words.read(line)
		if used[line] || len(list) > maxWords || !corrections.in(list) {
			continue
		}
		r.renumber(f, line, list)
		p := newPassage(line, list)
		for _, m := range r.words.phrases.matches(list, func(s sense) bool { return s.strength != under && s.option >= 0 }) {
			it := item{from: m.from, to: m.to}
			if p.cover([]item{it}); len(m.senses) > 1 || p.denied(it) || !f.answers(m.senses[0].question) {
				continue
			}
			s := m.senses[0]
			f.list = append(f.list, finding{s.question, r.questions[s.question].Options[s.option].Key, line, inReply})
		}
	}
}

// renumber finds numbers of answered questions with another letter behind them:
// "correction: 2 should be b".
func (r *Reader) renumber(f *findings, line string, list []token) {
	for i, t := range list {
		n, err := strconv.Atoi(t.word)
		q := r.numbered(n)
		if err != nil || q < 0 || !f.answers(q) {
			continue
		}
		for k := i + 1; k < len(list) && k < i+5; k++ {
			if o := optionOf(r.questions[q], list[k].word); o >= 0 {
				f.list = append(f.list, finding{q, r.questions[q].Options[o].Key, line, inReply})
			}
			if !fillers[list[k].word] {
				break
			}
		}
	}
}

// used returns the lines that were read as answers.
func (f *findings) used() map[string]bool {
	used := map[string]bool{}
	for _, x := range f.list {
		for line := range strings.SplitSeq(x.source, "\n") {
			used[line] = true
		}
	}
	return used
}

// answers tells whether question q is answered.
func (f *findings) answers(q int) bool {
	return slices.ContainsFunc(f.list, func(x finding) bool { return x.question == q })
}

var answerLike = regexp.MustCompile(`^(?i:question|q|n°|#)?\s*\d{1,2}\s*[.):=–-]?\s*[a-zA-Z]\b|^\(?[a-zA-Z]\)?[.]?$`)

// noteUnread records the lines that look like an answer and were not used.
func (r *Reader) noteUnread(f *findings, lines []string) {
	used := f.used()
	for _, line := range f.unread {
		used[line] = true
	}
	for _, line := range lines {
		if !used[line] && answerLike.MatchString(line) && len(tokens(line)) <= 6 {
			f.unread = append(f.unread, line)
		}
	}
}
