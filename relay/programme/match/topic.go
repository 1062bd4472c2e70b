package match

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is one that a candidate uses of what they would speak about or could
// offer.
type word struct {
	number  int // the same for all that mean the same
	topic   bool
	offer   bool
	written string // as they wrote it
}

// A vocabulary numbers words, so that comparing two people compares numbers.
type vocabulary struct {
	little  map[string]bool
	numbers map[string]int
}

func newVocabulary(little []string) *vocabulary {
	v := &vocabulary{map[string]bool{}, map[string]int{}}
	for _, w := range little {
		v.little[folded(w)] = true
	}
	return v
}

// read lists the words of a candidate's answers, by number, each once.
func (v *vocabulary) read(answers map[string]string) []word {
	var list []word
	for _, question := range []string{"topics", "offer"} {
		text := answers[question]
		for _, written := range split(text) {
			key := folded(written)
			if v.little[key] && (!capitals(written) || capitals(text)) { // AI is a topic, "ai" is French for have
				continue
			}
			number, ok := v.numbers[stem(key)]
			if !ok {
				number = len(v.numbers)
				v.numbers[stem(key)] = number
			}
			list = append(list, word{number, question == "topics", question == "offer", written})
		}
	}
	slices.SortStableFunc(list, func(a, b word) int { return cmp.Compare(a.number, b.number) })
	once := list[:0]
	for _, w := range list {
		if n := len(once); n > 0 && once[n-1].number == w.number {
			once[n-1].topic, once[n-1].offer = once[n-1].topic || w.topic, once[n-1].offer || w.offer
			continue
		}
		once = append(once, w)
	}
	return once
}

// split cuts a text into words of two letters or more, and such as C# and C++.
func split(text string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(norm.NFC.String(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+#", r)
	}), func(w string) bool { return utf8.RuneCountInString(w) < 2 })
}

// capitals tells whether nothing is written small.
func capitals(text string) bool { return text == strings.ToUpper(text) }

// ligatures are letters that no decomposition takes apart.
var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss")

// folded is a word without letter case and accents.
func folded(w string) string {
	return ligatures.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(w)))
}

// stem makes the plainest plurals and spellings of English and French one with
// the singular: letters and letter, réseaux and réseau, companies and company,
// and with them strategy and stratégie. Short words stay, as in "bus".
func stem(w string) string {
	if len(w) > 3 && !strings.HasSuffix(w, "ss") {
		w = strings.TrimSuffix(w, "s")
	}
	if len(w) > 3 {
		w = strings.TrimSuffix(w, "x")
	}
	if stump, ok := strings.CutSuffix(w, "y"); ok && len(w) > 3 {
		w = stump + "ie"
	}
	return w
}

// countShared counts the words that make a topic for two people.
func countShared(mentor, mentee []word) int {
	n := 0
	for range shared(mentor, mentee) {
		n++
	}
	return n
}

// shared yields, as the mentor writes them, the words that make a topic for two
// people: what one would speak about, or learn, and the other would speak about
// or offers.
func shared(mentor, mentee []word) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i, k := 0, 0; i < len(mentor) && k < len(mentee); {
			a, b := &mentor[i], &mentee[k]
			switch {
			case a.number < b.number:
				i++
				continue
			case a.number > b.number:
				k++
				continue
			}
			if (a.topic || b.topic) && !yield(a.written) {
				return
			}
			i, k = i+1, k+1
		}
	}
}
