package answers

import (
	"regexp"
	"slices"
	"strings"
)

// minInOrder is how many questions answers in order must answer: fewer may be
// chance.
const minInOrder = 3

// readInOrder reads answers without numbers, one for each question, a line each
// or all in one line, and tells whether it did.
func (r *Reader) readInOrder(f *findings, lines []string) bool {
	said := slices.DeleteFunc(trimLines(dropClosing(dropGreeting(lines))), func(line string) bool { return line == "" })
	for len(said) > 1 && strings.HasSuffix(said[0], ":") && announces(strings.TrimSuffix(said[0], ":")) {
		said = said[1:]
	}
	if len(said) == 1 {
		said = items(said[0])
	}
	said = unlist(said)
	if len(said) != len(r.questions) {
		return r.readSome(f, said)
	}
	enough := min(minInOrder, len(r.questions))
	answered, verdicts := 0, make([]verdict, len(said))
	for i, line := range said {
		v := verdict{}
		if r.questions[i].Kind == Text {
			v = r.freeText([]string{line})
		} else if v = r.judge(i, line, exact); len(v.values) > 0 {
			answered++
		} else if !v.doubt && len(tokens(line)) > 0 {
			return false
		}
		verdicts[i] = v
	}
	for i, v := range verdicts {
		if answered >= enough {
			f.add(i, v, said[i], inReply)
		}
	}
	return answered >= enough
}

// readSome reads answers in the order of the questions where some have none: at
// least four, each of which answers the next question that it can answer, and
// nothing besides. Letters do not tell which questions they answer, unless only
// the free ones were left out.
func (r *Reader) readSome(f *findings, said []string) bool {
	if len(said) <= minInOrder || len(said) >= len(r.questions) {
		return false
	}
	closed := 0
	for _, q := range r.questions {
		if q.Kind != Text {
			closed++
		}
	}
	q, found := 0, []finding(nil)
	for _, text := range said {
		if len(text) > maxSentence || isGuess(text) && len(said) != closed {
			return false
		}
		v := verdict{}
		for ; q < len(r.questions); q++ {
			if v = r.judge(q, text, exact); len(v.values) == 1 {
				break
			}
		}
		if q == len(r.questions) {
			return false
		}
		found = append(found, finding{q, v.values[0], text, inReply})
		q++
	}
	f.list = append(f.list, found...)
	return true
}

// isGuess tells whether a text is a letter alone.
func isGuess(text string) bool {
	list := tokens(text)
	return len(list) == 1 && len(list[0].word) == 1 && !isFigure(list[0].word)
}

var bullet = regexp.MustCompile(`^(?:[-*•·–—]+|[-=]+>|→|➔|➜|►|▶)\s+`)

// unlist takes the bullets off a list, each line of which has one.
func unlist(lines []string) []string {
	list := make([]string, len(lines))
	for i, line := range lines {
		m := bullet.FindString(line)
		if m == "" {
			return lines
		}
		list[i] = line[len(m):]
	}
	return list
}

// items splits a line at its commas, behind a lead-in such as "my answers:".
func items(line string) []string {
	if lead, rest, ok := strings.Cut(line, ":"); ok && isLeadIn(lead) {
		line = rest
	}
	list := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' || r == '/' || r == '|' })
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// isLeadIn tells whether a text only says that answers follow.
func isLeadIn(text string) bool {
	return !slices.ContainsFunc(tokens(text), func(t token) bool { return !fillers[t.word] && !introducing[t.word] && greetings.next[t.word] == nil })
}
