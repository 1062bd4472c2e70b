package answers

import (
	"maps"
	"strings"
)

// strength is how much a phrase says by itself.
type strength int

const (
	strong strength = iota // anywhere
	alone                  // as an answer by itself
	under                  // under its own question
)

// A sense is what a phrase may mean.
type sense struct {
	question int
	option   int // -1: of the question, and none of its options
	strength strength
}

// A node of the phrases, word by word.
type node struct {
	next   map[string]*node
	senses []sense
}

func (n *node) add(words []string, s sense) {
	if len(words) == 0 {
		return
	}
	for _, w := range words {
		if n.next == nil {
			n.next = map[string]*node{}
		}
		if n.next[w] == nil {
			n.next[w] = &node{}
		}
		n = n.next[w]
	}
	for i, old := range n.senses {
		if old.question == s.question && old.option == s.option {
			n.senses[i].strength = min(old.strength, s.strength)
			return
		}
	}
	n.senses = append(n.senses, s)
}

// A vocabulary is every word that the questions know.
type vocabulary struct {
	phrases  node // options and what looks like them
	wordings node // the questions as they are asked
	names    node // what people call them
	about    []map[string]bool
	known    map[string]bool     // words that are not misspelt
	meant    map[string]bool     // those of the questions, which others may be slips of
	near     map[string][]string // words with one letter left out, to the words
	role     string              // of those who write
	own      node                // the phrases of that role alone
}

func newVocabulary(questions []Question, role string) *vocabulary {
	v := &vocabulary{known: map[string]bool{}, near: map[string][]string{}, role: role}
	for i, q := range questions {
		for _, text := range append([]string{q.Text}, q.Wordings...) {
			v.wordings.add(wordsOf(text), sense{question: i})
		}
		for _, name := range append([]string{q.Key}, q.Names...) {
			for _, words := range expand(name) {
				v.names.add(words, sense{question: i})
			}
		}
		about := map[string]bool{}
		for _, word := range q.About {
			about[fold(word)] = true
		}
		for word := range about {
			v.known[word] = true
		}
		v.about = append(v.about, about)
		v.learn(q.Other, sense{i, -1, alone})
		for k, o := range q.Options {
			v.learn([]string{plainText(o.Text)}, sense{i, k, strengthOf(o.Text)})
			v.learn([]string{plainText(o.Key)}, sense{i, k, alone})
			v.learn(o.Words, sense{i, k, strong})
			v.learn(o.Alone, sense{i, k, alone})
			v.learn(o.Under, sense{i, k, under})
		}
	}
	v.know(&v.wordings, &v.names)
	v.meant = maps.Clone(v.known)
	v.know(doubts, empty, putOff, closings, greetings, corrections, amends, retraction)
	for _, list := range []map[string]bool{fillers, thanking, denials, wishes, past, lookalikes, asking} {
		for word := range list {
			v.known[word] = true
		}
	}
	for _, list := range []map[string]int{numbers, ordinals} {
		for word := range list {
			v.known[word] = true
		}
	}
	v.spell()
	return v
}

// strengthOf tells how much an option's own text says: a single word may stand
// in any sentence, and so says little.
func strengthOf(text string) strength {
	if len(wordsOf(text)) < 3 {
		return alone
	}
	return strong
}

// plainText takes the signs of either-or out of a text.
func plainText(text string) string {
	return strings.NewReplacer("(", " ", ")", " ", "|", " ").Replace(text)
}

func (v *vocabulary) learn(phrases []string, s sense) {
	for _, phrase := range phrases {
		role, phrase := cutRole(phrase)
		if role != "" && role != v.role {
			continue
		}
		for _, words := range expand(phrase) {
			v.phrases.add(words, s)
			if role != "" {
				v.own.add(words, s)
			}
			for _, w := range words {
				v.known[w] = true
			}
		}
	}
}

// cutRole takes the role off "[mentor] I write first".
func cutRole(phrase string) (role, rest string) {
	if after, ok := strings.CutPrefix(phrase, "["); ok {
		if role, rest, ok := strings.Cut(after, "]"); ok {
			return role, rest
		}
	}
	return "", phrase
}

// know adds the words of trees to the known ones.
func (v *vocabulary) know(trees ...*node) {
	for _, n := range trees {
		for word, next := range n.next {
			v.known[word] = true
			v.know(next)
		}
	}
}

// expand writes out what (a|b) stands for.
func expand(phrase string) [][]string {
	before, rest, found := strings.Cut(phrase, "(")
	if !found {
		return [][]string{wordsOf(phrase)}
	}
	inner, after, closed := cutGroup(rest)
	if !closed {
		return [][]string{wordsOf(phrase)}
	}
	var list [][]string
	head, tails := wordsOf(before), expand(after)
	for _, choice := range inner {
		for _, mid := range expand(choice) {
			for _, tail := range tails {
				list = append(list, append(append(append([]string{}, head...), mid...), tail...))
			}
		}
	}
	return list
}

// cutGroup splits a group at its bars, up to the bracket that closes it.
func cutGroup(text string) (choices []string, after string, ok bool) {
	depth, start := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case '|':
			if depth == 0 {
				choices, start = append(choices, text[start:i]), i+1
			}
		case ')':
			if depth == 0 {
				return append(choices, text[start:i]), text[i+1:], true
			}
			depth--
		}
	}
	return nil, "", false
}

// A match is a phrase found in a text.
type match struct {
	from, to int // tokens, to is after the last
	senses   []sense
}

// match finds the longest phrase that begins at token i and has a sense that
// is wanted.
func (n *node) match(list []token, i int, wanted func(sense) bool) (match, bool) {
	best, found := match{}, false
	for j := i; j < len(list) && (j == i || !list[j].ends); j++ {
		if n = n.next[list[j].word]; n == nil {
			break
		}
		var senses []sense
		for _, s := range n.senses {
			if wanted == nil || wanted(s) {
				senses = append(senses, s)
			}
		}
		if len(senses) > 0 {
			best, found = match{i, j + 1, senses}, true
		}
	}
	return best, found
}

// longest finds the phrase at token i, or one that begins inside it, reaches
// further and says more: "mails every
// month" in "some mails every month".
func (n *node) longest(list []token, i int, wanted func(sense) bool) (match, bool) {
	m, ok := n.match(list, i, wanted)
	if !ok {
		return m, false
	}
	for k := i + 1; k < m.to; k++ {
		if inner, ok := n.match(list, k, wanted); ok && inner.to > m.to && inner.strength() < m.strength() {
			return inner, true
		}
	}
	return m, true
}

// strength is that of the strongest sense.
func (m match) strength() strength {
	best := under
	for _, s := range m.senses {
		best = min(best, s.strength)
	}
	return best
}

// matches finds the phrases of a text that do not overlap, from left to right.
func (n *node) matches(list []token, wanted func(sense) bool) []match {
	var all []match
	for i := 0; i < len(list); i++ {
		if m, ok := n.longest(list, i, wanted); ok {
			all = append(all, m)
			i = m.to - 1
		}
	}
	return all
}
