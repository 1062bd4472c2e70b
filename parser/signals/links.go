package signals

import (
	"strings"
	"unicode/utf8"
)

// Links returns the web addresses in a text, in order, repeats included:
// what begins with http://, https:// or www., without the punctuation that
// ends the sentence around it.
func Links(text string) []string {
	if !mayLink(text) {
		return nil
	}
	var found []string
	for text != "" {
		n := wordLength(text)
		if link := linkIn(text[:n]); link != "" {
			found = append(found, link)
		}
		text = text[n:]
		text = text[separator(text):]
	}
	return found
}

// wordLength returns how much of a text comes before the first separator.
func wordLength(text string) int {
	for i := range len(text) {
		if c := text[i]; (c <= '>' || c >= 0xc2) && separator(text[i:]) > 0 {
			return i
		}
	}
	return len(text)
}

// separator returns the length of what parts words at the start of a text: a
// control character, a space, an angle bracket or a quotation mark; 0 for none.
func separator(text string) int {
	if text == "" {
		return 0
	}
	switch c := text[0]; {
	case c <= ' ', c == '<', c == '>', c == '"':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	r, size := utf8.DecodeRuneInString(text)
	switch r {
	case '«', '»', '\u00a0', '\u202f':
		return size
	}
	return 0
}

// mayLink tells at little cost that a text has no web address.
func mayLink(text string) bool {
	if strings.Contains(text, "://") {
		return true
	}
	for {
		stop := strings.IndexByte(text, '.')
		if stop < 0 {
			return false
		}
		if stop >= len("www") && strings.EqualFold(text[stop-len("www"):stop], "www") {
			return true
		}
		text = text[stop+1:]
	}
}

// linkIn returns the web address that a word is, or holds after an opening
// mark, as in "(https://…".
func linkIn(word string) string {
	if strings.IndexByte(word, '.') < 0 && strings.IndexByte(word, ':') < 0 {
		return ""
	}
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
