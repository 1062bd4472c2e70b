package report

import "strings"

// A nature marks the reasons that depend on more than the words.
type nature int

const (
	plain nature = iota
	unknownUser
	unknownHost
	diskFull    // the mailbox's or, if it may pass, the server's
	unavailable // RFC 5321 §4.2.2 has the same words for 450 and 550
	vague       // a precise status says more
)

// A finding is what a phrase stands for.
type finding struct {
	class  Class
	reason string
	nature nature
	words  string // the phrase that was found, or the predicate of a pair
}

// find returns the first row of the table that has a phrase in the text.
func find(folded string) finding {
	if folded == "" {
		return finding{}
	}
	for _, row := range reasons {
		words, ok := anyOf(folded, row.phrases)
		if !ok {
			words, ok = row.pairs.in(folded)
		}
		if ok {
			f := row.finding
			f.words = words
			return f
		}
	}
	return finding{}
}

// anyOf returns the first phrase that a text holds.
func anyOf(text string, phrases []string) (string, bool) {
	for _, p := range phrases {
		if holds(text, p) {
			return p, true
		}
	}
	return "", false
}

// gap is how many octets may stand for an ellipsis in a phrase.
const gap = 60

// holds tells whether a text holds a phrase, from the start of a word. An
// ellipsis stands for a few words. Each place is looked at once, so that time
// is linear in the text.
func holds(text, phrase string) bool {
	first, rest, more := strings.Cut(phrase, "…")
	for {
		i := strings.Index(text, first)
		if i < 0 {
			return false
		}
		inside := i > 0 && letter(text[i-1]) && letter(first[0])
		text = text[i+len(first):]
		if !inside && (!more || near(text, rest)) {
			return true
		}
	}
}

// near tells whether the rest of a phrase follows within the gap.
func near(text, rest string) bool {
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, "…")
		i := strings.Index(text[:min(len(text), gap+len(part))], part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return true
}
