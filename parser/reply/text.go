package reply

import "slices"

// A text is the lines of a message while they are told apart.
type text struct {
	src     string
	lines   []line
	purpose purpose
	forward bool // it passes on another message
	inlined bool // a line was cut in two
	quoted  int  // the line below the first attribution; 0 for none
	barred  bool // bars were looked for
}

// raw returns a line as it was written.
func (t *text) raw(i int) string { return t.src[t.lines[i].start:t.lines[i].end] }

// next returns the first line from i on that is not empty.
func (t *text) next(i int) int {
	for i < len(t.lines) && t.lines[i].empty() {
		i++
	}
	return i
}

// nextText returns the first line from i on that is not blank.
func (t *text) nextText(i int) int {
	for i < len(t.lines) && t.lines[i].blank() {
		i++
	}
	return i
}

// lastText returns the last line before i that is not blank, or -1.
func (t *text) lastText(i int) int {
	for i--; i >= 0 && t.lines[i].blank(); i-- {
	}
	return i
}

// level tells whether there is a line i, as deep in quotation as line j.
func (t *text) level(i, j int) bool {
	return i < len(t.lines) && t.lines[i].depth == t.lines[j].depth
}

// holds tells whether a line of a kind has text.
func (t *text) holds(kind Kind) bool {
	return slices.ContainsFunc(t.lines, func(l line) bool { return l.kind == kind && !l.blank() })
}

// mark sets what the lines from i up to end are.
func (t *text) mark(i, end int, kind Kind) {
	for ; i < end; i++ {
		t.lines[i].kind = kind
	}
}

// quotedIsWritten makes everything quoted written.
func (t *text) quotedIsWritten() {
	for i := range t.lines {
		if t.lines[i].kind == Quoted {
			t.lines[i].kind = New
		}
	}
}

// cut makes two lines of line i, which is not quoted, at a byte of its text.
func (t *text) cut(i, at int) {
	l := t.lines[i]
	at += l.end - len(trimLeft(t.raw(i)))
	t.lines = slices.Insert(t.lines, i, newLine(t.src, l.start, at))
	t.lines[i+1] = newLine(t.src, at, l.end)
	t.inlined = true
}
