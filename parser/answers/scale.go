package answers

import (
	"strconv"
	"strings"
)

// scale reads which number of a scale a text means: "4", "4/5", "4 out of 5",
// "quatre". A number outside the scale, a fraction and another scale are not
// understood.
func (v *vocabulary) scale(q Question, text string, how bearing) verdict {
	list := v.read(text)
	if len(list) == 0 || len(list) > maxWords {
		return verdict{}
	}
	if doubts.in(firstSentence(text, list)) {
		return verdict{doubt: true}
	}
	var found verdict
	used := make([]bool, len(list))
	of := false // named with the end of the scale
	digits := hasDigits(list)
	for i := 0; i < len(list); i++ {
		n, ok := valueOf(list[i].word, digits, len(list))
		if !ok {
			continue
		}
		if i+1 < len(list) && isFraction(text[list[i].end:list[i+1].start]) && isNumber(list[i+1].word) {
			return verdict{} // 4.5, 4,5
		}
		used[i] = true
		top, to := outOf(list, text, i)
		if to > 0 {
			for k := i; k < to; k++ {
				used[k] = true
			}
			if top != q.Max {
				return verdict{}
			}
			of = true
		}
		if n < q.Min || n > q.Max {
			return verdict{}
		}
		found.values = appendValue(found.values, strconv.Itoa(n))
		i = max(i, to-1)
	}
	for i, t := range list {
		used[i] = used[i] || len(found.values) > 1 && between[t.word]
	}
	rest := v.rest(list, used)
	found.part = rest > 0
	leads := len(list) > 0 && used[0] && (len(list) == 1 || list[1].ends || !used[len(list)-1] && used[1]) && isNumber(list[0].word)
	if rest > 0 && (how == exact || !of && !((how == direct || how == numbered) && leads)) {
		return verdict{}
	}
	return found
}

// between joins two numbers: "3 or 4", "entre 3 et 4".
var between = set("or ou and et to a between entre")

// isFraction tells whether a decimal point or comma stands between two numbers.
func isFraction(gap string) bool { return gap == "." || gap == "," }

// valueOf reads a number. Where there are digits, words like "un" are none.
func valueOf(word string, digits bool, words int) (int, bool) {
	if word[0] >= '0' && word[0] <= '9' {
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
		if t.word[0] >= '0' && t.word[0] <= '9' {
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

func appendValue(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
