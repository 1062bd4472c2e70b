package answers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A token is a word or a number of a text, without case and accents.
type token struct {
	word       string
	start, end int  // octets in the text
	ends       bool // a clause ended before it
	glued      bool // nothing stands between it and the token before
}

// tokens splits a text into words and numbers; "1b" is two.
func tokens(text string) []token {
	var list []token
	end := 0 // of the token before
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		kind := class(r)
		if kind == none {
			i += n
			continue
		}
		j := i + n
		for j < len(text) {
			r, n := utf8.DecodeRuneInString(text[j:])
			if c := class(r); c != kind && c != mark {
				break
			}
			j += n
		}
		gap := text[end:i]
		list = append(list, token{fold(text[i:j]), i, j, endsClause(gap), gap == "" && len(list) > 0})
		i, end = j, j
	}
	return list
}

type runeClass int

const (
	none runeClass = iota
	letter
	digit
	mark
)

func class(r rune) runeClass {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case unicode.IsLetter(r):
		return letter
	case unicode.Is(unicode.Mn, r):
		return mark // belongs to the letter before
	}
	return none
}

// endsClause tells whether what stands between two words ends a clause. An
// apostrophe, a hyphen inside a word, a slash or a new line does not.
func endsClause(gap string) bool {
	return strings.ContainsAny(gap, ",;.!?:()[]…—–|→") || strings.Contains(gap, " - ") || strings.Contains(gap, "->")
}

var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss")

// fold writes a word in small letters without accents.
func fold(word string) string {
	plain := true
	for i := range len(word) {
		if c := word[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return word
	}
	word = strings.ToLower(word)
	return ligatures.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word)))
}

// wordsOf returns the tokens' words of a text.
func wordsOf(text string) []string {
	var list []string
	for _, t := range tokens(text) {
		list = append(list, t.word)
	}
	return list
}
