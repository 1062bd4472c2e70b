package signals

import "strings"

// Links returns the web addresses in a text, in order, repeats included:
// what begins with http://, https:// or www., without the punctuation that
// ends the sentence around it.
func Links(text string) []string {
	var found []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || strings.ContainsRune("<>\"«»\u00a0\u202f", r) }) {
		if link := linkIn(word); link != "" {
			found = append(found, link)
		}
	}
	return found
}

// linkIn returns the web address that a word is, or holds after an opening
// mark, as in "(https://…".
func linkIn(word string) string {
	word = strings.TrimLeft(word, "([{'*_-:")
	lower := strings.ToLower(word[:min(len(word), len("https://"))])
	for _, scheme := range []string{"http://", "https://", "www."} {
		if !strings.HasPrefix(lower, scheme) {
			continue
		}
		word = strings.TrimRight(word, ".,;:!?'*_]}…")
		if strings.HasSuffix(word, ")") && !strings.Contains(word, "(") {
			word = strings.TrimRight(word, ").,;:!?")
		}
		if len(word) > len(scheme) {
			return word
		}
	}
	return ""
}
