package answers

import "strings"

// covered marks the tokens that belong to an item.
func covered(list []token, items []item) []bool {
	said := make([]bool, len(list))
	for _, it := range items {
		for i := it.from; i < it.to; i++ {
			said[i] = true
		}
	}
	return said
}

// rest counts the words that are neither part of an option nor mere filling.
func (v *vocabulary) rest(list []token, said []bool) int {
	n, any := 0, false
	for i, t := range list {
		any = any || said[i]
		if !said[i] && !fillers[t.word] && !(thanking[t.word] && any) && !(wordAt(list, i+1) == "plait") {
			n++
		}
	}
	return n
}

// strays tells whether a clause holds words that are mere filling neither for
// an option nor for anything said about it.
func (v *vocabulary) strays(list []token, said []bool, in span) bool {
	return v.rest(list[in.from:in.to], said[in.from:in.to]) > 0
}

// A span is a range of tokens.
type span struct{ from, to int }

// splitting words begin a new clause.
var splitting = set("mais but car because since parce puisque so donc sinon otherwise although however even")

// clauseOf returns the clause around a token.
func clauseOf(list []token, at int) span {
	s := span{at, at + 1}
	for s.from > 0 && !list[s.from].ends && !splitting[list[s.from].word] {
		s.from--
	}
	for s.to < len(list) && !list[s.to].ends && !splitting[list[s.to].word] {
		s.to++
	}
	return s
}

// any tells whether a word of the set stands in the span, outside an option.
func any(list []token, said []bool, in span, words map[string]bool) bool {
	for i := in.from; i < in.to; i++ {
		if !said[i] && words[list[i].word] {
			return true
		}
	}
	return false
}

// denied tells whether the clause turns an option down: "not weekly", "mail
// rather than calls", "a call is difficult".
func (v *vocabulary) denied(list []token, said []bool, it item) bool {
	clause := clauseOf(list, it.from)
	for i := clause.from; i < clause.to; i++ {
		if said[i] {
			continue
		}
		word, next := list[i].word, wordAt(list, i+1)
		switch {
		case i < it.from && (word == "rather" && next == "than" || word == "plutot" && (next == "que" || next == "qu") || word == "instead" && next == "of" || word == "lieu" && next == "de"):
			return true
		case i < it.from && (word == "anything" && next == "but" || word == "tout" && next == "sauf"):
			return true
		case i > it.from && (word == "too" || word == "trop") && next != "" && i+1 < clause.to:
			return true
		case denials[word] && !harmless(list, i, it):
			return true
		}
	}
	return false
}

// harmless tells whether the denial at i denies nothing: "why not", "no
// problem", "no more than once a month", "b, not c" for b.
func harmless(list []token, i int, it item) bool {
	before, next := wordAt(list, i-1), wordAt(list, i+1)
	if next == "de" || next == "d" {
		next = wordAt(list, i+2)
	}
	switch {
	case before == "pourquoi" || before == "why":
		return true
	case next == "problem" || next == "probleme" || next == "souci" || next == "doubt" || next == "doute":
		return true
	case i < it.from && it.from-i <= 7 && (wordAt(list, it.from-2) == "more" || wordAt(list, it.from-2) == "plus"):
		return true // no more than
	case wordAt(list, i-1) == "sans" && list[i].word == "doute":
		return true
	}
	// What is denied comes after; only "is not", "doesn't suit" and the like look back.
	if i > it.from {
		return !verbs[before] && !(faults[list[i].word] && before != "pas")
	}
	return false
}

// verbs come before a denial that looks back: "mail does not suit me".
var verbs = set("is are isn does doesn don would wouldn est sont convient va sera serait suit suits")

func wordAt(list []token, i int) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return list[i].word
}

// bounded tells whether a phrase is only part of a vaguer one: "more than once
// a week", "one or two times a month", "every week or two".
func (v *vocabulary) bounded(list []token, text string, it item) bool {
	if it.letter {
		return false
	}
	i := it.from - 1
	switch wordAt(list, i) {
	case "than", "de", "d", "que", "qu":
		switch wordAt(list, i-1) {
		case "more", "less", "plus", "moins", "fewer":
			for k := i - 2; k >= 0 && k >= i-6; k-- {
				if denials[list[k].word] {
					return false // no more than: that at most
				}
			}
			return true
		}
	case "a", "ou", "or", "to", "et", "and":
		if isNumber(wordAt(list, i-1)) && isNumber(list[it.from].word) {
			return true
		}
	}
	if i >= 0 && isNumber(list[i].word) && isNumber(list[it.from].word) && !list[it.from].ends {
		return true // 2-3 times a month
	}
	after := wordAt(list, it.to)
	return (after == "or" || after == "ou") && (isNumber(wordAt(list, it.to+1)) || wordAt(list, it.to+1) == "so") &&
		(it.to+2 >= len(list) || list[it.to+2].ends || true)
}

func isNumber(word string) bool {
	if word == "" {
		return false
	}
	_, ok := numbers[word]
	return ok || word == "once" || word == "twice" || word[0] >= '0' && word[0] <= '9'
}

// asked tells whether the sentence with an item is a question.
func asked(text string, list []token, it item) bool {
	end := strings.IndexAny(text[list[it.to-1].end:], ".!?\n;")
	return end >= 0 && text[list[it.to-1].end+end] == '?'
}

// firstSentence returns the tokens of a text's first sentence.
func firstSentence(text string, list []token) []token {
	end := strings.IndexAny(text, ".!?\n;")
	if end < 0 {
		return list
	}
	for i, t := range list {
		if t.start > end {
			return list[:i]
		}
	}
	return list
}

// skipFillers leaves out the words before the point: "well, I think…".
func skipFillers(list []token) []token {
	for len(list) > 0 && fillers[list[0].word] && !denials[list[0].word] {
		if _, ok := doubts.begins(list); ok {
			break
		}
		list = list[1:]
	}
	return list
}
