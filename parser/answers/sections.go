package answers

import "strings"

// readSections reads the sections and tells whether there were any that
// answered something.
func (r *Reader) readSections(f *findings, all []section) bool {
	how := direct
	t := r.weigh(all, direct)
	if t.wrong > 0 { // this may be another list: look closer
		how = numbered
		t = r.weigh(all, numbered)
	}
	for _, s := range all {
		if r.questions[s.question].Kind == Text {
			continue
		}
		v, source := r.readSection(s, how)
		if s.named || t.wrong <= t.right {
			f.add(s.question, v, source, inReply)
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
		case v.doubt || v.tried || s.shown != nil || strings.TrimSpace(strings.Join(s.lines, "")) == "":
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
	if s.named {
		how = direct
	}
	if s.last && s.shown != nil && len(s.shown.shown) > 1 {
		how = exact // the end of our own mail may follow
	}
	v := r.judge(s.question, lines[0], how)
	if len(v.values) > 0 || v.doubt || len(lines) == 1 {
		return v, source[0]
	}
	return r.judge(s.question, strings.Join(lines, "\n"), how), strings.Join(source, "\n")
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
