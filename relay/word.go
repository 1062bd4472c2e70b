package relay

import (
	"strings"
	"unicode"
)

// FirstWord is the first word of a text, without what stands around it.
func FirstWord(text string) string {
	for word := range strings.FieldsSeq(text) {
		if word = Bare(word); word != "" {
			return word
		}
	}
	return ""
}

// Bare is a word without quotes, asterisks, full stops and the like.
func Bare(word string) string {
	return strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
}
