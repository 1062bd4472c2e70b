package answers

import (
	"slices"
	"strings"
)

// readSections reads the sections and tells whether there were any that
// answered something. Where our questions were asked in the same mail, a list
// of numbers is more likely to be one of answers.
func (r *Reader) readSections(f *findings, all []section, asked bool) bool {
	how := direct
	t := r.weigh(all, direct)
	if t.wrong > 0 { // this may be another list: look closer
		how = numbered
		t = r.weigh(all, numbered)
	}
	if how == numbered && t.right >= minTrusted && t.wrong*2 <= t.right { // it is no other list
		how = direct
		t = r.weigh(all, direct)
	}
	for n, s := range all {
		if r.questions[s.question].Kind == Text {
			continue
		}
		v, source := r.readSection(s, how)
		if s.named || t.wrong <= t.right || asked && t.wrong <= 2*t.right {
			f.add(s.question, v, source, r.place(all, n))
		}
		if len(v.values) == 0 && s.shown == nil {
			f.note(s.source)
		}
	}
	found := t.right > 0
	for _, s := range all {
		if r.questions[s.question].Kind != Text || !r.mayBeText(s, t) {
			continue
		}
		lines, source := s.text()
		v := r.freeText(lines)
		if f.add(s.question, v, strings.Join(trimLines(source), "\n"), inReply) {
			found = true
		} else if v.doubt {
			f.note(source)
		}
	}
	return found
}

// minTrusted is how many numbers must be followed by answers before the others
// are taken for those of questions, too.
const minTrusted = 3

// mayBeText tells whether the section of a free question may be its answer. It
// is none in a list of the writer's own, and none below the survey as it was
// sent, where the words under a free question are ours.
func (r *Reader) mayBeText(s section, t tally) bool {
	if s.shown != nil {
		return !(t.shown > 2 && t.shown == len(r.questions) && t.typed == 0)
	}
	return s.named || t.right > t.wrong || t.wrong == 0 && s.colon
}

// A tally counts sections.
type tally struct {
	right, wrong int // choices and scales that are answered, and that speak of something else
	shown, typed int // questions that stand there unquoted, and those of them that are answered
}

// weigh counts the sections.
func (r *Reader) weigh(all []section, how bearing) (t tally) {
	for _, s := range all {
		if s.shown != nil {
			t.shown++
		}
		if r.questions[s.question].Kind == Text {
			continue
		}
		v, _ := r.readSection(s, how)
		switch {
		case len(v.values) > 0 && s.shown != nil:
			t.right, t.typed = t.right+1, t.typed+1
		case len(v.values) > 0:
			t.right++
			if len(tokens(strings.Join(s.lines, " "))) == 1 && s.colon {
				t.right++ // "2: a" is nothing else
			}
		case v.doubt || v.tried || s.shown != nil || len(tokens(strings.Join(s.lines, " "))) == 0:
		default:
			t.wrong++
		}
	}
	return t
}

// readSection reads what a section says about a choice or a scale: in its first
// line, or else in its first paragraph.
func (r *Reader) readSection(s section, how bearing) (verdict, string) {
	lines, source := s.lines, s.source
	if s.shown != nil {
		if len(s.shown.marked) > 0 {
			return s.shown.ticks(r.questions[s.question]), strings.Join(s.shown.ticked, "\n")
		}
		if len(s.shown.shown) > 1 {
			lines, source = s.shown.typed, s.shown.typed
		}
	}
	lines, source = paragraph(lines, source)
	if len(lines) == 0 {
		return verdict{}, ""
	}
	if i := slices.IndexFunc(lines[1:], leading.MatchString); i >= 0 { // of another list
		lines, source = lines[:i+1], source[:i+1]
	}
	if s.named {
		how = direct
	}
	if s.loose || s.last && s.shown != nil && len(s.shown.shown) > 1 {
		how = exact // other words, or the end of our own mail, may follow
	}
	v := r.judge(s.question, lines[0], how)
	if v.doubt || len(lines) == 1 {
		return v, source[0]
	}
	if all := r.judge(s.question, strings.Join(lines, "\n"), how); len(v.values) == 0 || len(all.values) > len(v.values) {
		return all, strings.Join(source, "\n")
	}
	return v, source[0]
}

// paragraph returns the first paragraph of some lines.
func paragraph(lines, source []string) ([]string, []string) {
	for len(lines) > 0 && (strings.TrimSpace(lines[0]) == "" || isGreeting(tokens(lines[0]))) {
		lines, source = lines[1:], source[1:]
	}
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			return lines[:i], source[:i]
		}
	}
	return lines, source
}

// text returns the lines of a free text. Where no question follows, what comes
// after its first paragraph may be the rest of the letter.
func (s section) text() (lines, source []string) {
	lines, source = s.lines, s.source
	if !s.bounded || s.last && s.shown != nil {
		lines, source = paragraph(lines, source)
	}
	lines = dropClosing(lines)
	return lines, source[:min(len(lines), len(source))]
}
