package answers

import (
	"slices"
	"strconv"
	"strings"
)

// A verdict is what a text says about one question.
type verdict struct {
	values []string // different from each other; more than one is a contradiction
	doubt  bool     // it says that there is no answer
	part   bool     // the rest of the text speaks of something else
	tried  bool     // it speaks of the question, but says none of its options
}

// A bearing is how much is known of a text beforehand.
type bearing int

const (
	loose    bearing = iota // part of a letter
	direct                  // written under the question
	numbered                // written behind its number, which may be another list's
	exact                   // must be the answer and nothing else
)

// An item is an option found in a text.
type item struct {
	from, to int // tokens
	option   int
	letter   bool
	strength strength
}

// choice reads which options a text means.
func (v *vocabulary) choice(qs []Question, q int, text string, how bearing) verdict {
	list := v.read(text)
	if len(list) == 0 || len(list) > maxWords {
		return verdict{}
	}
	if _, ok := doubts.begins(skipFillers(list)); ok || doubts.in(firstSentence(text, list)) && how != exact {
		if !v.hasLetter(list, qs[q]) {
			return verdict{doubt: true}
		}
	}
	if n, ok := empty.begins(list); ok && onlyFilling(list[n:]) {
		if _, own := v.phrases.match(list, 0, func(s sense) bool { return s.question == q }); !own {
			return verdict{doubt: true}
		}
	}
	items := v.items(list, text, qs[q], q)
	said := covered(list, items)
	rest := v.rest(list, said)
	var keep []item
	for _, it := range items {
		if it.option < 0 || v.denied(list, said, it) || v.bounded(list, text, it) {
			continue
		}
		if !it.letter && !v.fits(it, how, rest, list, said) {
			continue
		}
		if !it.letter && asked(text, list, it) && (rest > 0 || any(list, said, span{0, len(list)}, wondering)) {
			continue
		}
		keep = append(keep, it)
	}
	var chosen verdict
	if how == exact && rest > 0 {
		keep = nil
	}
	chosen.part, chosen.tried = rest > 0, len(items) > 0 && how != numbered || len(list) == 1 && len(list[0].word) == 1
	for _, o := range decide(keep, list, text) {
		chosen.values = append(chosen.values, qs[q].Options[o].Key)
	}
	if len(items) == 0 {
		if o := ordinal(list, len(qs[q].Options)); o >= 0 {
			chosen.values = []string{qs[q].Options[o].Key}
		}
	}
	return chosen
}

// maxWords is more than anyone writes about one option.
const maxWords = 120

// fits tells whether a phrase may be taken for an answer here.
func (v *vocabulary) fits(it item, how bearing, rest int, list []token, said []bool) bool {
	if rest == 0 {
		return true
	}
	if it.strength == under {
		return false
	}
	clause := clauseOf(list, it.from)
	if any(list, said, clause, past) {
		return false
	}
	if how == direct || how == numbered && it.strength == strong || how == numbered && !v.strays(list, said, clause) {
		return true
	}
	return (it.strength == strong && how == loose || any(list, said, clause, wishes))
}

// items finds the options of a question in a text, by letter and by phrase.
func (v *vocabulary) items(list []token, text string, q Question, number int) []item {
	var items []item
	own := func(s sense) bool { return s.question == number }
	for i := 0; i < len(list); i++ {
		if o, to := letterAt(list, text, i, q); o != nil {
			if m, ok := v.phrases.match(list, i, own); !ok || m.to <= to {
				for _, option := range o {
					items = append(items, item{i, to, option, true, strong})
				}
				i = to - 1
				continue
			}
		}
		m, ok := v.phrases.match(list, i, own)
		if !ok {
			continue
		}
		for _, s := range m.senses {
			items = append(items, item{m.from, m.to, s.option, false, s.strength})
		}
		i = m.to - 1
	}
	return items
}

// hasLetter tells whether a text names an option by its letter.
func (v *vocabulary) hasLetter(list []token, q Question) bool {
	return len(list) > 0 && len(list[0].word) == 1 && optionOf(q, list[0].word) >= 0 &&
		(len(list) == 1 || list[1].ends)
}

// cueing words come before a letter that stands for an option.
var cueing = set("option answer choice letter reponse choix lettre pick choose go with is est prends choisis dirais say plutot rather or ou and et the le la for pour prefere prefer")

// letterAt tells which options token i names by letter: one, or several written
// together ("cd").
func letterAt(list []token, text string, i int, q Question) ([]int, int) {
	word := list[i].word
	if len(word) > 3 || !isASCII(text[list[i].start:list[i].end]) {
		return nil, 0 // "à" is not "a"
	}
	var options []int
	for k := range len(word) {
		o := optionOf(q, word[k:k+1])
		if o < 0 || slices.Contains(options, o) {
			return nil, 0
		}
		options = append(options, o)
	}
	after, before := "", text[:list[i].start]
	if i+1 < len(list) {
		after = text[list[i].end:list[i+1].start]
	} else {
		after = text[list[i].end:]
	}
	if i > 0 {
		before = text[list[i-1].end:list[i].start]
	}
	switch quoted := strings.HasSuffix(before, "'") && strings.HasPrefix(after, "'"); {
	case quoted && len(word) == 1:
	case strings.HasPrefix(after, "'") || strings.HasPrefix(after, "’") || strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’"):
		return nil, 0 // d'accord, I'd
	case i+1 < len(list) && (after == "-" || after == "."):
		return nil, 0 // e-mail, e.g.
	case len(word) > 1:
		if i > 0 || i+1 < len(list) && !list[i+1].ends {
			return nil, 0
		}
	case i+1 < len(list) && strings.TrimSpace(after) == "":
		// A letter in the middle of a sentence: "a", "il y a un", "c est".
		next := list[i+1].word
		if (i > 0 && !list[i].ends && !cueing[list[i-1].word] && (word == "a" || !fillers[list[i-1].word])) || !connects(next) && !thanking[next] && !polite[next] && (i == 0 || !naming[list[i-1].word]) {
			return nil, 0
		}
	case i > 0 && !list[i].ends && !cueing[list[i-1].word] && !fillers[list[i-1].word] && !denials[list[i-1].word] && before != "/":
		return nil, 0
	}
	return options, i + 1
}

var (
	// wondering words make a question of what could be a proposal.
	wondering = set("possible ce")

	polite = set("please svp stp plutot because car parce since puisque for pour s il mais but and et or ou rather not pas si if surtout mostly definitely is est would serait me suits")
	naming = set("option answer choice letter reponse choix lettre")
)

func connects(word string) bool { return word == "or" || word == "ou" || word == "and" || word == "et" }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// optionOf returns the place of the option with this letter, or -1.
func optionOf(q Question, letter string) int {
	return slices.IndexFunc(q.Options, func(o Option) bool { return o.Letter == letter })
}

// decide settles what the options found in a text amount to. A letter at the
// beginning counts before what is said about it, unless that joins another one.
func decide(items []item, list []token, text string) []int {
	var options []int
	for n, it := range items {
		if n > 0 && items[0].letter && items[0].from == 0 && !it.letter && !joined(list, items[n-1], it, text) {
			if n == 1 && it.to == len(list) && it.from == 1 { // "b) every month", where b is another
				options = appendNew(options, it.option)
			}
			continue
		}
		options = appendNew(options, it.option)
	}
	return options
}

func appendNew(list []int, n int) []int {
	if slices.Contains(list, n) {
		return list
	}
	return append(list, n)
}

// joined tells whether only "or", "and" or a slash stands between two options.
func joined(list []token, a, b item, text string) bool {
	if b.from == a.to+1 && connects(list[a.to].word) {
		return true
	}
	return b.from == a.to && strings.Contains(text[list[a.to-1].end:list[b.from].start], "/")
}

// ordinal reads "the second one" and "option 2": the place of an option, or -1.
func ordinal(list []token, options int) int {
	found, named := -1, false
	for i, t := range list {
		n, ok := ordinals[t.word]
		if !ok && i+1 < len(list) && list[i+1].glued && suffixes[list[i+1].word] {
			n, _ = strconv.Atoi(t.word)
			ok = true
		}
		if !ok && named && t.word[0] >= '0' && t.word[0] <= '9' {
			n, _ = strconv.Atoi(t.word)
			ok = true
		}
		if t.word == "last" || t.word == "derniere" || t.word == "dernier" {
			n, ok = options, true
		}
		switch {
		case ok && found >= 0, ok && (n < 1 || n > options):
			return -1
		case ok:
			found = n - 1
		case !fillers[t.word] && !suffixes[t.word]:
			return -1
		}
		named = naming[t.word]
	}
	return found
}
