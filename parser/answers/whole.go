package answers

import (
	"slices"
	"strings"
)

// readOnly reads a reply to a single question: all of it may be the answer.
func (r *Reader) readOnly(f *findings, lines []string) {
	lines = trimLines(dropClosing(dropGreeting(lines)))
	if len(lines) == 0 {
		return
	}
	text := strings.Join(lines, "\n")
	if r.questions[0].Kind == Text {
		if all := sentences(text); len(all) == 1 && strings.HasSuffix(text, "?") { // asks us something
			f.unread = append(f.unread, text)
			return
		}
		f.add(0, r.freeText(lines), text, inReply)
		return
	}
	if absences.in(r.words.read(text)) {
		return
	}
	all := sentences(text)
	for _, sentence := range all {
		if r.judge(0, sentence, exact).doubt {
			f.unread = append(f.unread, all...)
			return
		}
	}
	for _, sentence := range all {
		v := r.judge(0, sentence, exact)
		if len(v.values) == 0 && r.questions[0].Kind == Scale {
			v = r.judge(0, sentence, numbered)
		}
		for _, s := range r.readSentence(sentence) {
			if len(v.values) == 0 && (s.firm || s.short || s.whole) {
				f.add(0, verdict{values: []string{s.value}}, sentence, inReply)
			}
		}
		f.add(0, v, sentence, inReply)
	}
}

func dropGreeting(lines []string) []string {
	lines = trimLines(lines)
	if len(lines) > 0 && isGreeting(tokens(lines[0])) {
		return lines[1:]
	}
	return lines
}

// minInOrder is how many questions answers in order must answer: fewer may be
// chance.
const minInOrder = 3

// readInOrder reads answers without numbers, one for each question, a line each
// or all in one line, and tells whether it did.
func (r *Reader) readInOrder(f *findings, lines []string) bool {
	said := slices.DeleteFunc(trimLines(dropClosing(dropGreeting(lines))), func(line string) bool { return line == "" })
	if len(said) == 1 || len(said) == 2 && strings.HasSuffix(said[0], ":") {
		said = items(said[len(said)-1])
	}
	if len(said) != len(r.questions) {
		return false
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
