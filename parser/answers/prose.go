package answers

import (
	"regexp"
	"slices"
	"strings"
)

// readOnly reads a reply to a single question: all of it may be the answer.
func (r *Reader) readOnly(f *findings, lines []string) {
	lines = trimLines(dropClosing(dropGreeting(lines)))
	if len(lines) == 0 {
		return
	}
	if r.questions[0].Kind == Text {
		v := r.words.freeText(lines)
		f.add(0, v, strings.Join(lines, "\n"), inReply)
		return
	}
	text := strings.Join(lines, "\n")
	if absences.in(r.words.read(text)) {
		return
	}
	all := sentences(text)
	for _, sentence := range all {
		if r.judge(0, sentence, exact).doubt {
			f.unread = append(f.unread, all...)
			return
		}
	}
	for _, sentence := range all {
		v := r.judge(0, sentence, exact)
		for _, s := range r.readSentence(sentence) {
			if len(v.values) == 0 {
				f.add(0, verdict{values: []string{s.value}}, sentence, inReply)
			}
		}
		f.add(0, v, sentence, inReply)
	}
}

func dropGreeting(lines []string) []string {
	lines = trimLines(lines)
	if len(lines) > 0 && isGreeting(tokens(lines[0])) {
		return lines[1:]
	}
	return lines
}

// readInOrder reads answers without numbers, one a line and one for each
// question, and tells whether it did.
func (r *Reader) readInOrder(f *findings, lines []string) bool {
	var said []string
	for _, line := range trimLines(dropClosing(dropGreeting(lines))) {
		if line != "" {
			said = append(said, line)
		}
	}
	if len(said) != len(r.questions) || len(said) < 3 {
		return false
	}
	verdicts := make([]verdict, len(said))
	for i, line := range said {
		if r.questions[i].Kind == Text {
			verdicts[i] = r.words.freeText([]string{line})
			continue
		}
		verdicts[i] = r.judge(i, line, exact)
		if len(verdicts[i].values) == 0 {
			return false
		}
	}
	for i, v := range verdicts {
		f.add(i, v, said[i], inReply)
	}
	return true
}

// readProse reads answers out of sentences. One sentence could be about
// anything; what it says counts where it names its question, where others
// answer too, or where there is nothing else.
func (r *Reader) readProse(f *findings, lines []string) {
	text := strings.Join(trimLines(dropClosing(dropGreeting(lines))), "\n")
	all := sentences(text)
	if absences.in(r.words.read(text)) {
		return
	}
	var met []finding
	named, hit := false, map[int]bool{}
	for _, sentence := range all {
		for _, s := range r.readSentence(sentence) {
			met = append(met, finding{s.question, s.value, sentence, inProse})
			hit[s.question] = true
			named = named || s.named || s.whole && len(all) == 1
		}
	}
	if len(hit) > 1 || named {
		f.list = append(f.list, met...)
		return
	}
	for _, x := range met {
		f.unread = append(f.unread, x.source)
	}
}

// maxSentence is longer than what anyone says about a question, in octets.
const maxSentence = 1000

// promises tells whether a sentence is about what the writer will do: that is
// no wish yet, whatever it names.
func promises(sentence []token) bool {
	for _, t := range sentence {
		switch {
		case t.word == "will" || t.word == "ll" || t.word == "vais":
			return true
		case strings.HasSuffix(t.word, "rai") && len(t.word) > 5 && !wishes[t.word+"s"]:
			return true // "je remplirai", but not "j'aimerai" for "j'aimerais"
		}
	}
	return false
}

// A saying is an answer found in a clause.
type saying struct {
	question int
	value    string
	named    bool // the clause speaks of the question
	wished   bool // it says what the writer wants
	whole    bool // it says nothing else
	short    bool // it says little else, in words that are plain
}

// readSentence reads what a sentence says about whichever question. A clause
// that only holds an option counts where the others are of its kind.
func (r *Reader) readSentence(sentence string) []saying {
	if promises(tokens(sentence)) || len(sentence) > maxSentence {
		return nil
	}
	var all []saying
	parts, plain := clauses(sentence), true
	for i, clause := range parts {
		found := r.readClause(clause)
		for k, s := range found {
			found[k].named = s.named || s.whole && r.mentions(append(slices.Clone(parts[:i]), parts[i+1:]...), s.question)
		}
		all = append(all, found...)
		list := r.words.read(clause)
		plain = plain && (len(found) > 0 || len(list) == 0 || r.words.rest(list, make([]bool, len(list))) == 0 || isGreeting(list) || isClosing(list))
	}
	if strings.HasSuffix(sentence, "?") {
		return nil
	}
	return slices.DeleteFunc(all, func(s saying) bool {
		return !(s.whole && plain || s.named || s.wished || s.short && len(r.questions) == 1)
	})
}

// mentions tells whether one of the clauses speaks of a question: "if it goes
// quiet" before "a reminder, please".
func (r *Reader) mentions(clauses []string, q int) bool {
	return slices.ContainsFunc(clauses, func(clause string) bool {
		list := r.words.read(clause)
		return any(list, make([]bool, len(list)), span{0, len(list)}, r.words.about[q])
	})
}

// readClause reads what a clause says about whichever question.
func (r *Reader) readClause(clause string) []saying {
	list := r.words.read(clause)
	var items []item
	var owners []int
	for _, m := range r.words.phrases.matches(list, func(s sense) bool { return s.strength != under }) {
		if s, ok := r.owner(m, list); ok {
			items, owners = append(items, item{m.from, m.to, s.option, false, s.strength}), append(owners, s.question)
		}
	}
	said := covered(list, items)
	rest, all := r.words.rest(list, said), span{0, len(list)}
	var found []saying
	for n, it := range items {
		q := owners[n]
		if it.option < 0 || r.words.denied(list, said, it) || r.words.bounded(list, clause, it) || any(list, said, all, past) {
			continue
		}
		s := saying{question: q, value: r.questions[q].Options[it.option].Key}
		s.whole = rest == 0 && (it.from == 0 || !approving[list[it.from-1].word])
		own := !any(list, said, all, others)
		s.named = own && any(list, said, all, r.words.about[q]) && (it.strength == strong || rest <= 2)
		s.wished = own && it.strength == strong && any(list, said, all, wishes)
		s.short = own && it.strength == strong && rest <= 2
		if s.whole || s.named || s.wished || s.short {
			found = append(found, s)
		}
	}
	return append(found, r.figures(clause, list)...)
}

// others are those whose wishes are not the writer's.
var others = set("you your vous votre vos he she they his her their il elle ils elles leur leurs")

// approving words make an exclamation: "good call".
var approving = set("great good nice lovely perfect fine bon bonne")

// owner returns the one sense of a phrase, where it has one: of several
// questions it must be the one the clause speaks of.
func (r *Reader) owner(m match, list []token) (sense, bool) {
	if len(m.senses) == 1 {
		return m.senses[0], true
	}
	var found []sense
	for _, s := range m.senses {
		if any(list, make([]bool, len(list)), span{0, len(list)}, r.words.about[s.question]) {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return sense{}, false
}

// figures reads a number of a scale that is named with the scale's end, "4/5",
// where only one question has a scale.
func (r *Reader) figures(clause string, list []token) []saying {
	scale := -1
	for i, q := range r.questions {
		if q.Kind == Scale {
			if scale >= 0 {
				return nil
			}
			scale = i
		}
	}
	if scale < 0 {
		return nil
	}
	for i := range list {
		if top, _ := outOf(list, clause, i); top != r.questions[scale].Max {
			continue
		}
		v := r.words.scale(r.questions[scale], clause, loose)
		named := any(list, make([]bool, len(list)), span{0, len(list)}, r.words.about[scale])
		if len(v.values) == 1 && (named || !v.part) {
			return []saying{{question: scale, value: v.values[0], named: named, whole: !v.part}}
		}
	}
	return nil
}

// wrapped is how long a line is that the client or the writer broke.
const wrapped = 50

// sentences splits a text into sentences. A line that is too short to have been
// wrapped ends one.
func sentences(text string) []string {
	var list []string
	start := 0
	cut := func(end int) {
		if s := strings.TrimSpace(text[start:end]); s != "" {
			list = append(list, s)
		}
		start = end
	}
	line := 0
	for i := range len(text) {
		switch text[i] {
		case '.', '!', '?':
			if i+1 == len(text) || text[i+1] == '\n' || text[i+1] == ' ' && strings.Trim(text[start:i], "0123456789 \n") != "" {
				cut(i + 1) // "3. Then…" is not two
			}
		case '\n':
			if i-line < wrapped {
				cut(i)
			}
			line = i + 1
		}
	}
	cut(len(text))
	return list
}

// clauses splits a sentence at its commas and the like.
func clauses(sentence string) []string {
	return strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune(",;:()–—•", r) })
}

var answerLike = regexp.MustCompile(`^(?i:question|q|n°|#)?\s*\d{1,2}\s*[.):=–-]?\s*[a-zA-Z]\b|^\(?[a-zA-Z]\)?[.]?$`)

// noteUnread records the lines outside all sections that look like an answer.
func (r *Reader) noteUnread(f *findings, lines []string) {
	for _, line := range lines {
		if answerLike.MatchString(line) && len(tokens(line)) <= 6 && !slices.ContainsFunc(f.list, func(x finding) bool { return x.source == line }) {
			f.unread = append(f.unread, line)
		}
	}
}
