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
	firm, sure, hit, said := false, false, map[int]bool{}, 0
	for _, sentence := range all {
		found := r.readSentence(sentence)
		if len(found) > 0 {
			said++
		}
		for _, s := range found {
			met = append(met, finding{s.question, s.value, sentence, inProse})
			hit[s.question] = true
			firm = firm || s.firm && (s.plain || s.named)
			brief := len(all) == 1 && (s.plain || len(tokens(sentence)) <= maxBrief)
			sure = sure || s.named || s.whole && s.firm && (s.wished || brief)
		}
	}
	if len(hit) == 1 && len(all) > maxAside*said { // said in passing
		sure = false
	}
	if firm && len(hit) > 1 || sure {
		f.list = append(f.list, met...)
		return
	}
	for _, x := range met {
		f.unread = append(f.unread, x.source)
	}
}

// maxBrief is how long a reply is, in words, that is a bare answer.
const maxBrief = 4

// maxAside is how many sentences may stand around one that answers.
const maxAside = 5

// maxSentence is longer than what anyone says about a question, in octets.
const maxSentence = 1000

// A saying is an answer found in a clause.
type saying struct {
	question int
	value    string
	named    bool    // the clause speaks of the question
	wished   bool    // it says what the writer wants
	whole    bool    // it says nothing else
	short    bool    // it says little else, in words that are plain
	firm     bool    // by itself, and not only beside others, it is an answer
	plain    bool    // in a phrase that means it anywhere
	words    []token // those of the option
}

// readSentence reads what a sentence says about whichever question. A clause
// that only holds an option counts where the others are of its kind.
func (r *Reader) readSentence(sentence string) []saying {
	if len(sentence) > maxSentence || promises(r.withoutOwn(tokens(sentence))) {
		return nil
	}
	var all []saying
	letter := "" // "b) every two weeks"
	if m := lettered.FindStringSubmatch(sentence); m != nil {
		letter, sentence = strings.ToLower(m[1]), sentence[len(m[0]):]
	}
	parts, plain := clauses(sentence), true
	for i, clause := range parts {
		p := newPassage(clause, r.words.read(clause))
		if reasoned(p.list) {
			continue
		}
		found := r.readClause(clause)
		if i+1 < len(parts) && r.looksBack(parts[i+1]) {
			found = nil
		}
		for k, s := range found {
			found[k].named = s.named || s.whole && r.mentions(append(slices.Clone(parts[:i]), parts[i+1:]...), s.question)
		}
		all = append(all, found...)
		plain = plain && (len(found) > 0 || len(p.list) == 0 || p.rest(p.all()) == 0 || isGreeting(p.list) || isClosing(p.list) || r.refuses(clause))
	}
	if strings.HasSuffix(sentence, "?") {
		return proposed(all, tokens(sentence))
	}
	all = r.withFigures(all, sentence)
	if enumerates(all) {
		return nil
	}
	for k, s := range all {
		all[k].firm = s.whole && plain || s.named || s.wished
	}
	return slices.DeleteFunc(all, func(s saying) bool {
		if letter != "" && r.letterOf(s) != letter {
			return true
		}
		return !s.firm && !s.short && !(s.whole && len(r.questions) == 1)
	})
}

// proposed returns what a question proposes, "could we do every two weeks?":
// answers beside others, and none by themselves.
func proposed(all []saying, sentence []token) []saying {
	if _, ok := proposals.begins(sentence); !ok || enumerates(all) {
		return nil
	}
	return slices.DeleteFunc(all, func(s saying) bool { return !s.plain || !s.short && !s.whole })
}

// enumerates tells whether a sentence names three options of one question: it
// lists them, and chooses none.
func enumerates(all []saying) bool {
	values := map[int][]string{}
	for _, s := range all {
		if !slices.Contains(values[s.question], s.value) {
			values[s.question] = append(values[s.question], s.value)
		}
		if len(values[s.question]) > 2 {
			return true
		}
	}
	return false
}

// looksBack tells whether a clause turns down what the one before it says:
// "weekly, that is too much".
func (r *Reader) looksBack(clause string) bool {
	p := newPassage(clause, r.words.read(clause))
	return len(p.list) > 0 && p.turnsDown(0)
}

// refuses tells whether a clause says that an option is not wanted, and
// nothing else: "not by phone".
func (r *Reader) refuses(clause string) bool {
	p := newPassage(clause, r.words.read(clause))
	for _, m := range r.words.phrases.matches(p.list, nil) {
		p.cover([]item{{from: m.from, to: m.to}})
	}
	denied := p.has(denials, p.all())
	for i, t := range p.list {
		p.said[i] = p.said[i] || denials[t.word] || disliking[t.word]
	}
	return denied && p.rest(p.all()) == 0
}

// disliking words say with a denial that something is not liked.
var disliking = set("person people fan type keen friend fond big much thing enjoy lover into cup tea aime apprecie supporte fan doue douee amateur adepte truc tellement trop")

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
	named, rest := false, 0
	for _, clause := range clauses {
		p := newPassage(clause, r.words.read(clause))
		named = named || p.has(r.words.about[q], p.all())
		rest += p.restBeside(r.words.about[q])
	}
	return named && rest <= maxMention
}

// maxMention is how many other words may stand beside those that speak of the
// question: "if silence sets in".
const maxMention = 1

// readClause reads what a clause says about whichever question.
func (r *Reader) readClause(clause string) []saying {
	p := newPassage(clause, r.words.read(clause))
	var items []item
	var owners []int
	for _, m := range r.words.phrases.matches(p.list, func(s sense) bool { return s.strength != under }) {
		if p.said[m.from] {
			continue // "nothing else"
		}
		for _, s := range r.owners(m, p) {
			items, owners = append(items, item{p.limitBefore(m.from), m.to, s.option, false, s.strength}), append(owners, s.question)
		}
	}
	p.cover(items)
	if p.nobody() {
		return nil
	}
	own := !p.has(others, p.all()) && !r.speaksOfSomebody(p) && (len(r.questions) == 1 || !p.has(addressing, p.all()))
	personal := own && p.has(oneself, p.all())
	var found []saying
	for n, it := range items {
		q, plain := owners[n], it.strength == strong
		if it.option < 0 || p.habit() || p.denied(it) || p.bounded(it) || p.has(past, p.all()) {
			continue
		}
		if !plain && r.speaksOfOther(p, q, owners) {
			continue
		}
		rest := p.restBeside(r.words.about[q])
		s := saying{question: q, value: r.questions[q].Options[it.option].Key, plain: plain, words: p.list[it.from:it.to]}
		s.whole = rest == 0 && !approving[p.word(it.from-1)]
		_, offered := r.words.own.match(p.list, it.from, nil)
		s.named = (personal || own && (rest == 0 || offered)) && p.has(r.words.about[q], p.all()) && (plain || rest <= 1)
		s.wished = own && plain && (personal || rest <= 2) && p.has(wishes, p.all())
		s.short = own && plain && rest <= 2 // "weekly at first"
		if s.whole || s.named || s.wished || s.short {
			found = append(found, s)
		}
	}
	return found
}

// owners returns the senses that a phrase has: of several questions it must be
// the one the clause speaks of, unless it plainly speaks of each: "one call a
// month".
func (r *Reader) owners(m match, p *passage) []sense {
	plain := !slices.ContainsFunc(m.senses, func(s sense) bool { return s.strength != strong })
	if len(m.senses) == 1 || plain {
		return m.senses
	}
	var found []sense
	for _, s := range m.senses {
		if p.has(r.words.about[s.question], p.all()) {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		return found
	}
	return nil
}
