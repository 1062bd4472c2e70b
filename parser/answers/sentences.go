package answers

import (
	"regexp"
	"strings"
)

// wrapped is how long a line is that the client or the writer broke.
const wrapped = 50

// sentences splits a text into sentences. A line that is too short to have been
// wrapped ends one.
func sentences(text string) []string {
	var list []string
	start := 0
	cut := func(end int) {
		if s := strings.TrimSpace(text[start:end]); s != "" {
			list = append(list, s)
		}
		start = end
	}
	line := 0
	for i := range len(text) {
		switch text[i] {
		case '.', '!', '?':
			if i+1 == len(text) || text[i+1] == '\n' || text[i+1] == ' ' && strings.Trim(text[start:i], "0123456789 \n") != "" {
				cut(i + 1) // "3. Then…" is not two
			}
		case '\n':
			if i-line < wrapped {
				cut(i)
			}
			line = i + 1
		}
	}
	cut(len(text))
	return list
}

// joints begin a clause of their own: "… and I", "… mais je".
var joints = regexp.MustCompile(`(?i) (?:and|but|so|et|mais|donc) (?:i|i'm|i’m|we|my|je|nous|on|mon|ma) | (?:et|mais|donc) j['’]`)

// clauses splits a sentence at its commas and the like, and where a new subject
// begins.
func clauses(sentence string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune(",;:()–—•", r) }) {
		start := 0
		for _, at := range joints.FindAllStringIndex(part, -1) {
			list, start = append(list, part[start:at[0]]), at[0]
		}
		list = append(list, part[start:])
	}
	return list
}
