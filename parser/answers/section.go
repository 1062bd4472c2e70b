package answers

import (
	"slices"
	"strings"
)

// A section is the lines that answer one question.
type section struct {
	question int
	lines    []string // the first may be what stands behind the marker
	source   []string // the same lines as written
	named    bool     // the question is beyond doubt: it stands above, or is spelled out
	bare     bool     // no sign follows its number
	signed   bool     // a number with a sign opened it
	loose    bool     // no sign follows what names the question
	colon    bool     // its number stands before a colon, as numbers of lists seldom do
	bounded  bool     // another question follows in the same writing
	last     bool     // no other section follows
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
	if len(all) > 0 {
		all[len(all)-1].last = true
	}
	r := p.reader
	switch {
	case r.readSections(f, all, p.ours > 0):
		r.readBeside(f, append(free, r.beyond(all)...))
	case len(r.questions) == 1 && len(all) == 0:
		r.readOnly(f, free)
	case !r.readInOrder(f, free):
		r.readProse(f, free)
	}
	for _, s := range all {
		free = append(free, s.source...)
	}
	r.reconsider(f, free)
	r.noteUnread(f, free)
}

// questionAbove returns the question quoted right above row i, or -1: where
// the whole survey stands above, the reply is to all of it, and where much else
// follows the question, to something else.
func (p *page) questionAbove(i int) int {
	heads, last := 0, -1
	for j := i - 1; j >= 0 && p.rows[j].quoted; j-- {
		if p.rows[j].head != nil {
			heads++
			last = max(last, j)
		}
	}
	if all := len(p.reader.questions); last < 0 || all > 2 && heads == all {
		return -1
	}
	form, _ := p.formAt(last)
	stray := slices.DeleteFunc(form.typed, func(line string) bool { return line == "" })
	if len(stray) > maxWrapped {
		return -1
	}
	return form.question
}

// sections splits rows i to j into the lines that answer a question and those
// outside. The question that stands quoted above them, if any, is the first.
func (p *page) sections(i, j, above int) (list []section, free []string) {
	if above >= 0 {
		list = append(list, section{question: above, named: true, bounded: j < len(p.rows)})
	}
	for ; i < j; i++ {
		row := p.rows[i]
		cur := current(list)
		switch found := p.opened(i, cur); {
		case len(found) > 0:
			if cur != nil {
				cur.bounded = found[0].shown == nil || cur.shown != nil
			}
			for k := range found[1:] {
				found[k].bounded = true
			}
			list = append(list, found...)
			if row.head != nil {
				i += row.head.rows - 1
			}
		case cur == nil:
			free = append(free, row.text)
		default:
			cur.put(row.text, row.text)
		}
	}
	return list, free
}

func current(list []section) *section {
	if len(list) == 0 {
		return nil
	}
	return &list[len(list)-1]
}

// opened returns the sections that begin in row i, where cur is the last one so
// far: at a question of the survey, or at markers.
func (p *page) opened(i int, cur *section) []section {
	row := p.rows[i]
	if row.head != nil {
		form, _ := p.formAt(i)
		s := section{question: row.head.question, named: true, shown: &form}
		if row.head.tail != "" {
			s.put(row.head.tail, row.text)
		}
		return []section{s}
	}
	if cur != nil && cur.shown != nil && len(cur.shown.shown) > 1 {
		if o, _ := p.reader.optionRow(cur.shown, row.text); o >= 0 {
			return nil // "2. every two weeks" as an option, not as an answer
		}
	}
	var list []section
	found := p.markers(row, cur)
	if len(found) > 0 && cur != nil && cur.named {
		if lead := leadOf(row.text, found[0]); strings.Trim(lead, "* ") != "" {
			cur.put(lead, row.text) // "c. And for question 1: b"
		}
	}
	for _, m := range found {
		again := cur != nil && cur.named && cur.question == m.question // "4. sailing" under question 4
		s := section{question: m.question, named: m.strong || again, bare: !m.sign, signed: m.sign, loose: m.loose, colon: m.colon}
		s.put(m.body(row.text), row.text)
		list = append(list, s)
	}
	return list
}

func (s *section) put(line, source string) {
	s.lines = append(s.lines, line)
	s.source = append(s.source, source)
}

// markers splits a line into pieces, unless it is part of the text that is
// being written: a list of one's own in a text is no list of answers.
func (p *page) markers(row row, cur *section) []piece {
	line := row.text
	found := p.reader.pieces(line)
	if p.dialogue && strings.HasSuffix(line, "?") {
		return p.asked(line)
	}
	if len(found) == 0 {
		return p.inColumn(row, cur)
	}
	first := found[0]
	if cur == nil {
		return found
	}
	if len(found) == 1 && p.reader.isAfterthought(row, first) {
		return nil
	}
	begun := len(trimLines(cur.lines)) > 0
	switch p.reader.questions[cur.question].Kind {
	case Scale:
		if v := p.reader.judge(cur.question, line, direct); cur.named && !begun && !first.strong && first.question != cur.question && len(v.values) > 0 {
			return nil // "5 - I write for a living" under question 7
		}
		return found
	case Choice:
		return found
	}
	q, body := p.reader.questions[first.question], first.body(line)
	if q.Kind == Text {
		if first.question == cur.question && !begun {
			return found
		}
		if first.question == cur.question || q.Number < p.reader.questions[cur.question].Number && !first.strong {
			return nil
		}
		return found
	}
	later := q.Number > p.reader.questions[cur.question].Number
	if cur.signed && first.sign && first.start == 0 && q.Number == p.reader.questions[cur.question].Number+1 {
		return found // the next of a list, whether or not it is understood
	}
	if v := p.reader.judge(first.question, body, direct); len(v.values) > 0 || (v.doubt || v.tried) && (first.strong || later) || body == "" && later {
		return found
	}
	return nil
}

// asked reads a line that asks a question by its name: "How often?"
func (p *page) asked(line string) []piece {
	name := strings.TrimRight(line, "? \u00a0\u202f") + ":"
	found, ok := p.reader.namePiece(p.reader.words.read(name), name)
	if !ok || found.from < len(name) {
		return nil
	}
	found.from, found.to = len(line), len(line)
	return []piece{found}
}

// inColumn reads a row of a column of answers, "4 sailing", that its own words
// do not tell.
func (p *page) inColumn(row row, cur *section) []piece {
	q, body := p.reader.columnRow(row)
	if q < 0 || !p.column && !p.follows(q, cur) || cur != nil && q <= cur.question {
		return nil
	}
	return []piece{{question: q, from: len(row.text) - len(body), to: len(row.text)}}
}

// follows tells whether question q is a text, and the line before answered the
// one before it without a sign behind its number, too.
func (p *page) follows(q int, cur *section) bool {
	return cur != nil && cur.bare && cur.question+1 == q && p.reader.questions[q].Kind == Text
}
