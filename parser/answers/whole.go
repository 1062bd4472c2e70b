package answers

import "strings"

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
		for _, s := range r.readSentence(sentence) {
			if len(v.values) == 0 && (s.firm || s.short) {
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

// readInOrder reads answers without numbers, one a line and one for each
// question, and tells whether it did.
func (r *Reader) readInOrder(f *findings, lines []string) bool {
	var said []string
	for _, line := range trimLines(dropClosing(dropGreeting(lines))) {
		if line != "" {
			said = append(said, line)
		}
	}
	if len(said) != len(r.questions) || len(said) < 3 {
		return false
	}
	verdicts := make([]verdict, len(said))
	for i, line := range said {
		if r.questions[i].Kind == Text {
			verdicts[i] = r.freeText([]string{line})
			continue
		}
		verdicts[i] = r.judge(i, line, exact)
		if len(verdicts[i].values) == 0 {
			return false
		}
	}
	for i, v := range verdicts {
		f.add(i, v, said[i], inReply)
	}
	return true
}
