package answers

import "strings"

// A section is the lines that answer one question.
type section struct {
	question int
	lines    []string // the first may be what stands behind the marker
	source   []string // the same lines as written
	named    bool     // the question is beyond doubt: it stands above, or is spelled out
	colon    bool     // its number stands before a colon, as numbers of lists seldom do
	bounded  bool     // another question follows in the same writing
	shown    *form    // where the question itself stands there unquoted
}

// readNew reads what was newly written.
func (p *page) readNew(f *findings) {
	var all []section
	var free []string
	for i := 0; i < len(p.rows); {
		if p.rows[i].quoted {
			i++
			continue
		}
		j := i
		for j < len(p.rows) && !p.rows[j].quoted {
			j++
		}
		sections, rest := p.sections(i, j, p.questionAbove(i))
		all, free = append(all, sections...), append(free, rest...)
		i = j
	}
	r := p.reader
	sure := r.readSections(f, all)
	switch {
	case sure:
	case len(r.questions) == 1 && len(all) == 0:
		r.readOnly(f, free)
	default:
		if !r.readInOrder(f, free) {
			r.readProse(f, free)
		}
	}
	r.noteUnread(f, free)
}

// questionAbove returns the question quoted right above row i, or -1: where
// the whole survey stands above, the reply is to all of it.
func (p *page) questionAbove(i int) int {
	last, heads, stray := -1, 0, 0
	for j := i - 1; j >= 0 && p.rows[j].quoted; j-- {
		if h := p.rows[j].head; h != nil {
			heads++
			if last < 0 {
				last = h.question
			}
		}
	}
	if last < 0 {
		return -1
	}
	f := form{question: last}
	for j := i - 1; j >= 0 && p.rows[j].head == nil; j-- {
		if !p.rows[j].blank {
			if o, _ := p.reader.optionRow(&f, p.rows[j].text); o < 0 && len(inlineOptions(p.reader.questions[last], p.rows[j].text)) == 0 && !option.MatchString(p.rows[j].text) {
				stray++
			}
		}
	}
	if len(p.reader.questions) > 2 && heads == len(p.reader.questions) || stray > maxWrapped {
		return -1
	}
	return last
}

// sections splits rows i to j into the lines that answer a question and those
// outside. The question that stands quoted above them, if any, is the first.
func (p *page) sections(i, j, above int) (list []section, free []string) {
	var cur *section
	if above >= 0 {
		list = append(list, section{question: above, named: true, bounded: j < len(p.rows)})
		cur = &list[0]
	}
	open := func(s section) {
		if cur != nil {
			cur.bounded = s.shown == nil || cur.shown != nil
		}
		list = append(list, s)
		cur = &list[len(list)-1]
	}
	for ; i < j; i++ {
		row := p.rows[i]
		if row.head != nil {
			form, _ := p.formAt(i)
			open(section{question: row.head.question, named: true, shown: &form})
			if row.head.tail != "" {
				cur.put(row.head.tail, row.text)
			}
			i += row.head.rows - 1
			continue
		}
		if found := p.markers(row.text, cur); len(found) > 0 {
			for _, m := range found {
				open(section{question: m.question, named: m.strong, colon: m.colon})
				cur.put(m.body(row.text), row.text)
			}
			continue
		}
		if cur == nil {
			free = append(free, row.text)
			continue
		}
		cur.put(row.text, row.text)
	}
	return list, free
}

func (s *section) put(line, source string) {
	s.lines = append(s.lines, line)
	s.source = append(s.source, source)
}

// markers splits a line into pieces, unless it is part of the text that is
// being written: a list of one's own in a text is no list of answers.
func (p *page) markers(line string, cur *section) []piece {
	found := p.reader.pieces(line)
	if len(found) == 0 {
		return nil
	}
	first := found[0]
	if cur == nil || p.reader.questions[cur.question].Kind != Text {
		return found
	}
	q, body := p.reader.questions[first.question], first.body(line)
	if q.Kind == Text {
		if first.question == cur.question || q.Number < p.reader.questions[cur.question].Number && !first.strong {
			return nil
		}
		return found
	}
	if v := p.reader.judge(first.question, body, direct); len(v.values) > 0 || v.doubt && first.strong || body == "" && q.Number > p.reader.questions[cur.question].Number {
		return found
	}
	return nil
}

// readSections reads the sections and tells whether there were any that
// answered something.
func (r *Reader) readSections(f *findings, all []section) bool {
	how := direct
	right, wrong := r.weigh(all, direct)
	if wrong > 0 { // this may be another list: look closer
		how = numbered
		right, wrong = r.weigh(all, numbered)
	}
	for _, s := range all {
		if r.questions[s.question].Kind == Text {
			continue
		}
		v, source := r.readSection(s, how)
		if s.named || wrong <= right {
			f.add(s.question, v, source, inReply)
		}
		if len(v.values) == 0 && s.shown == nil {
			f.note(s.source)
		}
	}
	for i, s := range all {
		if r.questions[s.question].Kind != Text || !s.named && (wrong > 0 && wrong >= right || right == 0 && !s.colon) {
			continue
		}
		lines, source := s.text(i+1 == len(all))
		v := r.words.freeText(lines)
		if f.add(s.question, v, strings.Join(trimLines(source), "\n"), inReply) {
			right++
		} else if v.doubt {
			f.note(source)
		}
	}
	return right > 0
}

// weigh counts the choices and scales among the sections that answer their
// question, and those that speak of something else.
func (r *Reader) weigh(all []section, how bearing) (right, wrong int) {
	for _, s := range all {
		if r.questions[s.question].Kind == Text {
			continue
		}
		v, _ := r.readSection(s, how)
		switch {
		case len(v.values) > 0:
			right++
		case v.doubt || v.tried || s.shown != nil || strings.TrimSpace(strings.Join(s.lines, "")) == "":
		default:
			wrong++
		}
	}
	return right, wrong
}

// note records lines that look like an answer but were not understood.
func (f *findings) note(lines []string) {
	for _, line := range trimLines(lines) {
		if line == "" {
			return
		}
		f.unread = append(f.unread, line)
	}
}

// readSection reads what a section says about a choice or a scale: in its first
// line, or else in its first paragraph.
func (r *Reader) readSection(s section, how bearing) (verdict, string) {
	lines, source := s.lines, s.source
	if s.shown != nil {
		if len(s.shown.marked) > 0 {
			var v verdict
			for _, o := range s.shown.marked {
				v.values = append(v.values, r.questions[s.question].Options[o].Key)
			}
			return v, strings.Join(trimLines(source), "\n")
		}
		if len(s.shown.shown) > 1 {
			lines = s.shown.typed
			source = lines
		}
	}
	lines, source = paragraph(lines, source)
	if len(lines) == 0 {
		return verdict{}, ""
	}
	if s.named {
		how = direct
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
func (s section) text(last bool) (lines, source []string) {
	lines, source = s.lines, s.source
	if !s.bounded || last && s.shown != nil {
		lines, source = paragraph(lines, source)
	}
	lines = dropClosing(lines)
	return lines, source[:min(len(lines), len(source))]
}
