package answers

import (
	"slices"
	"strings"
)

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
	firm, sure, hit := false, false, map[int]bool{}
	for _, sentence := range all {
		for _, s := range r.readSentence(sentence) {
			met = append(met, finding{s.question, s.value, sentence, inProse})
			hit[s.question] = true
			firm = firm || s.firm
			sure = sure || s.named || s.whole && s.firm && (s.wished || len(all) == 1)
		}
	}
	if firm && len(hit) > 1 || sure {
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
	firm     bool // by itself, and not only beside others, it is an answer
}

// readSentence reads what a sentence says about whichever question. A clause
// that only holds an option counts where the others are of its kind.
func (r *Reader) readSentence(sentence string) []saying {
	if promises(tokens(sentence)) || len(sentence) > maxSentence {
		return nil
	}
	var all []saying
	letter := "" // "b) every two weeks"
	if m := lettered.FindStringSubmatch(sentence); m != nil {
		letter, sentence = strings.ToLower(m[1]), sentence[len(m[0]):]
	}
	parts, plain := clauses(sentence), true
	for i, clause := range parts {
		found := r.readClause(clause)
		if i+1 < len(parts) && r.looksBack(parts[i+1]) {
			found = nil
		}
		for k, s := range found {
			found[k].named = s.named || s.whole && r.mentions(append(slices.Clone(parts[:i]), parts[i+1:]...), s.question)
		}
		all = append(all, found...)
		p := newPassage(clause, r.words.read(clause))
		plain = plain && (len(found) > 0 || len(p.list) == 0 || p.rest(p.all()) == 0 || isGreeting(p.list) || isClosing(p.list))
	}
	if strings.HasSuffix(sentence, "?") {
		return nil
	}
	for k, s := range all {
		all[k].firm = s.whole && plain || s.named || s.wished
	}
	return slices.DeleteFunc(all, func(s saying) bool {
		if letter != "" && r.letterOf(s) != letter {
			return true
		}
		return !s.firm && !s.short
	})
}

// looksBack tells whether a clause turns down what the one before it says:
// "weekly, that is too much".
func (r *Reader) looksBack(clause string) bool {
	p := newPassage(clause, r.words.read(clause))
	return len(p.list) > 0 && p.turnsDown(0)
}

// letterOf returns the letter of an answer's option.
func (r *Reader) letterOf(s saying) string {
	for _, o := range r.questions[s.question].Options {
		if o.Key == s.value {
			return o.Letter
		}
	}
	return ""
}

// mentions tells whether one of the clauses speaks of a question: "if it goes
// quiet" before "a reminder, please".
func (r *Reader) mentions(clauses []string, q int) bool {
	return slices.ContainsFunc(clauses, func(clause string) bool {
		p := newPassage(clause, r.words.read(clause))
		return p.has(r.words.about[q], p.all())
	})
}

// readClause reads what a clause says about whichever question.
func (r *Reader) readClause(clause string) []saying {
	p := newPassage(clause, r.words.read(clause))
	var items []item
	var owners []int
	for _, m := range r.words.phrases.matches(p.list, func(s sense) bool { return s.strength != under }) {
		if s, ok := r.owner(m, p); ok {
			items, owners = append(items, item{m.from, m.to, s.option, false, s.strength}), append(owners, s.question)
		}
	}
	p.cover(items)
	rest, own := p.rest(p.all()), !p.has(others, p.all())
	var found []saying
	for n, it := range items {
		q, plain := owners[n], it.strength == strong
		if it.option < 0 || p.denied(it) || p.bounded(it) || p.has(past, p.all()) {
			continue
		}
		s := saying{question: q, value: r.questions[q].Options[it.option].Key}
		s.whole = rest == 0 && !approving[p.word(it.from-1)]
		s.named = own && p.has(r.words.about[q], p.all()) && (plain || rest <= 2)
		s.wished = own && plain && p.has(wishes, p.all())
		s.short = own && plain && rest <= 2 // "weekly at first"
		if s.whole || s.named || s.wished || s.short {
			found = append(found, s)
		}
	}
	return append(found, r.readFigures(clause)...)
}

// others are those whose wishes are not the writer's.
var others = set("you your vous votre vos he she they his her their il elle ils elles leur leurs")

// approving words make an exclamation: "good call".
var approving = set("great good nice lovely perfect fine bon bonne")

// owner returns the one sense of a phrase, where it has one: of several
// questions it must be the one the clause speaks of.
func (r *Reader) owner(m match, p *passage) (sense, bool) {
	if len(m.senses) == 1 {
		return m.senses[0], true
	}
	var found []sense
	for _, s := range m.senses {
		if p.has(r.words.about[s.question], p.all()) {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return sense{}, false
}

// readFigures reads a number that is named with the end of its scale, "4/5",
// where only one question has a scale.
func (r *Reader) readFigures(clause string) []saying {
	var scales []int
	for i, q := range r.questions {
		if q.Kind == Scale {
			scales = append(scales, i)
		}
	}
	if len(scales) != 1 {
		return nil
	}
	q, p := scales[0], newPassage(clause, r.words.read(clause))
	found, ended, _ := p.figures(r.questions[q])
	named, whole := p.has(r.words.about[q], p.all()), p.rest(p.all()) == 0
	if !ended || len(found) != 1 || !named && !whole {
		return nil
	}
	return []saying{{question: q, value: found[0], named: named, whole: whole}}
}
