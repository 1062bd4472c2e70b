package answers

import (
	"regexp"
	"slices"
	"strings"
)

// freeText reads a text that answers a question in the writer's own words. A
// text that puts the answer off or says that there is none is no answer.
func (r *Reader) freeText(lines []string) verdict {
	lines = trimLines(dropClosing(lines))
	if len(lines) == 0 {
		return verdict{}
	}
	if len(lines) == 1 {
		lines[0] = lines[0][len(marked.FindString(lines[0])):]
	}
	text := strings.Join(lines, "\n")
	list := r.words.read(text)
	if len(list) == 0 || len(lines) == 1 && isHint(lines[0]) {
		return verdict{}
	}
	if saysNothing(list) {
		return verdict{doubt: true}
	}
	return verdict{values: []string{text}}
}

// marked is what stands before a text and does not belong to it: a bullet, an
// arrow, the writer's initials in square brackets, or "Answer:".
var marked = regexp.MustCompile(`^(?:[-*•·–—]+\s+|[-=]+>\s*|[→➔➜►▶]\s*|\[\p{Lu}{2,3}\]\s*|(?i:(?:my |ma )?(?:answer|reply|response|réponse|reponse|rép|rep|r|a)\.?[\s\x{a0}\x{202f}]*:)\s*)+`)

// maxExcuse is how long a text is, in words, that only puts the answer off.
const maxExcuse = 30

// saysNothing tells whether a text is no answer: "nothing yet", "I'll answer
// later", "je ne sais pas".
func saysNothing(list []token) bool {
	for _, words := range [][]token{list, point(list)} {
		if n, ok := empty.begins(words); ok && refuses(words, n) {
			return true
		}
		if n, ok := doubts.begins(words); ok && (len(words)-n <= 3 || onlyFilling(words[n:])) {
			return true
		}
	}
	return len(list) <= maxExcuse && putOff.in(list) || refers(list)
}

// maxReference is how long a text is, in words, that only refers to another.
const maxReference = 6

// refers tells whether a text only points at another answer: "see question 4".
func refers(list []token) bool {
	_, ok := references.begins(list)
	return ok && len(list) <= maxReference
}

var references = phrases("comme plus haut|comme ci dessus|comme ci avant|see|cf|refer to|as in|as for|as above|same as|as said|as i said|voir|cf|comme pour|comme a|comme au|comme en|meme chose|pareil|meme reponse|comme dit|comme deja dit")

// maxRefusal is how long a text is, in words, that begins with "nothing" and
// means it: "nothing special, surprise me".
const maxRefusal = 7

// refuses tells whether a text whose first n words say "nothing" says no more.
func refuses(words []token, n int) bool {
	for n < len(words) && !words[n].ends && onlyFilling(words[n:n+1]) {
		n++
	}
	return onlyFilling(words[n:]) || len(words) <= maxRefusal && words[n].ends && !adds(words[n:])
}

// adds tells whether words take a refusal back: "nothing, but I can cook".
func adds(words []token) bool {
	return slices.ContainsFunc(words, func(t token) bool {
		return splitting[t.word] || t.word == "just" || t.word == "only" || t.word == "juste" || t.word == "seulement" || hasDigits(words) || t.word == "i" || t.word == "je" || t.word == "j"
	})
}

// lingering words soften "nothing" and "I don't know".
var lingering = set("particular specific unfortunately malheureusement helas yet now moment instant encore actuellement right honestly franchement desole desolee sorry particulier special really come mind particularly ici here afraid crains")

// isHint tells whether a line of a survey only explains what may be written.
func isHint(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "(") || strings.HasPrefix(line, "[") || strings.HasPrefix(line, "<") ||
		strings.Contains(line, "mailto:") || strings.Contains(line, "://") || strings.Trim(line, "_.-=*… ") == ""
}

func trimLines(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	var list []string
	for i, line := range lines {
		if i > 0 || strings.TrimSpace(line) != "" {
			list = append(list, strings.TrimSpace(line))
		}
	}
	return list
}

// dropClosing cuts the end of a letter off: "Merci, / Lise".
func dropClosing(lines []string) []string {
	after := 0 // lines below that may be a name
	for i := len(lines) - 1; i >= 0 && after <= 3; i-- {
		words := tokens(lines[i])
		if len(words) == 0 {
			continue
		}
		if isClosing(words) && len(sentences(lines[i])) == 1 {
			return dropClosing(lines[:i])
		}
		if at := inlineClosing(lines[i]); at > 0 {
			return append(slices.Clone(lines[:i]), lines[i][:at])
		}
		if len(words) > 4 || hasDigits(words) {
			break
		}
		after++
	}
	return lines
}

// inlineClosing finds a closing that ends a line, behind a sentence of another
// kind: "… and sailing. Best, Mo". It returns where the line should end, 0 for
// none.
func inlineClosing(line string) int {
	at := strings.LastIndexAny(line, ".!?")
	for at > 0 && strings.TrimSpace(line[at+1:]) == "" {
		at = strings.LastIndexAny(line[:at], ".!?")
	}
	if at < 1 {
		return 0
	}
	words := tokens(line[at+1:])
	if n, ok := closings.begins(words); ok && (n == len(words) || words[n].ends && len(words) <= n+3) {
		return at + 1
	}
	return 0
}

// isClosing tells whether a line only says goodbye or thanks.
func isClosing(words []token) bool {
	if n, ok := closings.begins(words); ok && (n == len(words) || len(words) <= n+3 && (words[n].ends || words[n].word == "from" || words[n].word == "de")) {
		return true
	}
	return thanking[words[0].word] || words[0].word == "many" && len(words) > 1 && thanking[words[1].word]
}

// isGreeting tells whether a line only greets.
func isGreeting(words []token) bool {
	_, ok := greetings.begins(words)
	return ok && len(words) <= 4
}
