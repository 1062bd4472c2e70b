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
var joints = regexp.MustCompile(`(?i) (?:and|but|so|et|mais|donc) (?:by|email|mail|calls|phone|par|plutôt|i|i'm|i’m|we|my|if|je|nous|on|mon|ma|si) | (?:et|mais|donc) j['’]| (?:because|since|as i|as my|car|parce qu|parce que|puisque|puisqu|vu que|étant donné|comme je|comme mon|comme ma)[ '’]`)

// reasoned tells whether a clause only gives a reason for the one before it.
func reasoned(clause []token) bool {
	switch wordAt(clause, 0) {
	case "because", "since", "car", "parce", "puisque", "puisqu", "vu", "etant":
		return true
	case "as":
		return wordAt(clause, 1) == "i" || wordAt(clause, 1) == "my"
	case "comme":
		return wordAt(clause, 1) == "je" || wordAt(clause, 1) == "mon" || wordAt(clause, 1) == "ma"
	}
	return false
}

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
