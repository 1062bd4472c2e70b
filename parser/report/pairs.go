package report

import "strings"

// A pair is what is spoken of and what is said of it. Servers have countless
// sentences on a few facts: "this mailbox was closed", "the account has been
// closed by its owner". A pair is found where one of its predicates follows
// one of its nouns closely, in the same sentence.
type pair struct{ nouns, says []string }

type pairs []pair

// inWords ends the reasons that rest on a pair, which is less than a phrase.
const inWords = ", as far as its words tell"

// maxPlaces is how many places of a predicate are looked at, so that a text
// of nothing else takes no longer.
const maxPlaces = 8

// in returns the first predicate of the pairs that a folded text holds with
// one of its nouns.
func (ps pairs) in(text string) (string, bool) {
	for _, p := range ps {
		for _, said := range p.says {
			if p.near(text, said) {
				return said, true
			}
		}
	}
	return "", false
}

// near tells whether a predicate follows one of the nouns in a text.
func (p pair) near(text, said string) bool {
	from := 0
	for range maxPlaces {
		i := strings.Index(text[from:], said)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(said)
		if i > 0 && letter(text[i-1]) && letter(said[0]) {
			continue // within a word
		}
		between, ok := afterNoun(sentence(text[max(0, i-gap):i]), p.nouns)
		if _, other := anyOf(between, others); ok && !other {
			return true
		}
	}
	return false
}

// afterNoun returns what follows the last of the nouns in a text.
func afterNoun(text string, nouns []string) (rest string, ok bool) {
	last := -1
	for _, n := range nouns {
		i := strings.LastIndex(text, n)
		for i > 0 && letter(text[i-1]) && letter(n[0]) {
			i = strings.LastIndex(text[:i], n) // within a word
		}
		if i > last {
			last, rest, ok = i, text[i+len(n):], true
		}
	}
	return rest, ok
}

// others are what a predicate may be about instead, if they stand between it
// and the noun: "the mailbox takes nothing: its queue was closed".
var others = []string{
	"message", "queue", "connection", "nachricht", "connexion", "verbindung", "mensaje", "messaggio", "mensagem", "bericht",
}

// sentence returns the part of a text after the last mark that ends one.
func sentence(s string) string {
	for _, mark := range []string{". ", "; ", "! ", ", but "} {
		if i := strings.LastIndex(s, mark); i >= 0 {
			s = s[i+len(mark):]
		}
	}
	return s
}
