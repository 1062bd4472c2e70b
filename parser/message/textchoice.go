package message

import (
	"strings"
	"unicode"
)

// alternative returns the better of the forms that one text comes in. Plain
// text is what its writer's client made of it, the first one if there are
// several; the page is taken where that lost something.
func (r *textReader) alternative(parts []*Part) Text {
	var plain, page Text
	for _, p := range parts {
		switch text := r.read(p); {
		case isBlank(text.Plain):
		case text.HTML:
			page = text
		case plain.Plain == "":
			plain = text
		}
	}
	if page.HTML && (isBlank(plain.Plain) || isWorse(plain.Plain, page.Plain)) {
		return page
	}
	return plain
}

// isWorse tells whether a plain text lost what the page has: all of it but a
// note that there is a page, most of its words, the marks of what is quoted,
// or the separator of the signature.
func isWorse(plain, page string) bool {
	words, pageWords := len(strings.Fields(plain)), len(strings.Fields(page))
	switch {
	case isStub(plain, page, words):
		return true
	case words < pageWords/4 && pageWords >= 20:
		return true
	case isMarkup(plain):
		return true
	case hasLine(page, isQuoted) && !hasLine(plain, isQuoted):
		return true
	}
	return hasLine(page, isSeparator) && !hasLine(plain, isSeparator)
}

// stubWords is how many words a note that there is a page has at most.
const stubWords = 40

// isStub tells whether a plain text only says that there is a page, as it does
// in many words: "Your client does not support HTML", "Ce message est au
// format HTML".
func isStub(plain, page string, words int) bool {
	return words <= stubWords && mentionsHTML(plain) && !mentionsHTML(page)
}

func mentionsHTML(s string) bool {
	return strings.Contains(strings.ToLower(s), "html")
}

// isMarkup tells whether a plain text is a page in disguise.
func isMarkup(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s[:min(len(s), 256)]))
	return strings.HasPrefix(s, "<!doctype") || strings.HasPrefix(s, "<html") || strings.HasPrefix(s, "<div") && strings.Contains(s, "</")
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

// hasLine tells whether there is a line of that kind.
func hasLine(s string, is func(string) bool) bool {
	for line := range strings.Lines(s) {
		if is(line) {
			return true
		}
	}
	return false
}

func isQuoted(line string) bool {
	return strings.HasPrefix(strings.TrimLeft(line, " \u00a0"), ">")
}

func isSeparator(line string) bool {
	return strings.TrimRight(line, " \r\n") == "--"
}

// sameWords tells whether two texts are the same but for white space and
// punctuation.
func sameWords(a, b string) bool {
	if len(a) > 2*len(b) || len(b) > 2*len(a) {
		return false
	}
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s)
	}
	return letters(a) == letters(b)
}
