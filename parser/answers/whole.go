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
		at := inReply
		if len(f.list) > 0 && takesBack(tokens(sentence)) {
			at = amended
		}
		v := r.judge(0, sentence, exact)
		if len(v.values) == 0 && r.questions[0].Kind == Scale {
			v = r.judge(0, sentence, numbered)
		}
		for _, s := range r.readSentence(sentence) {
			if len(v.values) == 0 && (s.firm || s.short || s.whole) {
				f.add(0, verdict{values: []string{s.value}}, sentence, at)
			}
		}
		f.add(0, v, sentence, at)
	}
}

func dropGreeting(lines []string) []string {
	lines = trimLines(lines)
	if len(lines) > 0 && isGreeting(tokens(lines[0])) {
		return lines[1:]
	}
	return lines
}
