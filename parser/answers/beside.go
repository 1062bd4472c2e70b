package answers

import (
	"slices"
	"strings"
)

// readBeside reads sentences that stand beside answers with numbers. Only what
// says plainly what the writer wants counts there; against a numbered answer it
// stands as another one.
func (r *Reader) readBeside(f *findings, lines []string) {
	text := strings.Join(trimLines(dropClosing(dropGreeting(lines))), "\n")
	if list := r.words.read(text); absences.in(list) {
		return
	}
	for _, sentence := range sentences(text) {
		list := r.words.read(sentence)
		if takesBack(list) || r.namesNumber(list) {
			continue // second thoughts are read by their numbers
		}
		for _, s := range r.readSentence(sentence) {
			if !s.firm || !(s.plain || s.named) || !(s.named || s.wished || s.whole && len(list) <= maxBrief) {
				continue
			}
			at := inProse
			if f.answers(s.question) && s.wished && !slices.ContainsFunc(list, func(t token) bool { return splitting[t.word] || alternating[t.word] }) {
				at = inReply
			}
			f.list = append(f.list, finding{s.question, s.value, sentence, at})
		}
	}
}

// namesNumber tells whether words name one of the questions by its number.
func (r *Reader) namesNumber(list []token) bool {
	return slices.ContainsFunc(list, func(t token) bool { return asking[t.word] && len(t.word) > 2 })
}

// beyond returns what follows the first paragraph of the last section, where
// that is no text: it belongs to the letter.
func (r *Reader) beyond(all []section) []string {
	s := all[len(all)-1]
	if r.questions[s.question].Kind == Text || s.shown != nil {
		return nil
	}
	first, _ := paragraph(s.lines, s.source)
	for i := range s.lines {
		if len(first) > 0 && &s.lines[i] == &first[0] {
			return s.lines[i+len(first):]
		}
	}
	return nil
}
