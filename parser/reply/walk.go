package reply

import (
	"cmp"
	"strings"
)

// walk tells written, introducing and quoted lines apart, from the first to
// the last.
func (t *text) walk() {
	for i := t.next(0); i < len(t.lines); i = t.next(i) {
		if t.lines[i].depth > 0 {
			i = t.quotation(i)
			continue
		}
		if t.elision(i) {
			t.lines[i].kind = Quoted
			i++
			continue
		}
		if at := t.inline(i); at > 0 {
			t.cut(i, at)
			t.lines[i].kind = New
			i++
		}
		intro := t.introduction(i)
		if intro.end == i {
			t.lines[i].kind = New
			if t.torn(i) {
				t.lines[i].kind = Quoted
			}
			i++
			continue
		}
		t.mark(i, intro.end, Attribution)
		t.forward = t.forward || intro.forward
		if intro.attribution {
			t.quoted = cmp.Or(t.quoted, intro.end)
			t.bars(intro.end)
		}
		next := t.next(intro.end)
		if t.level(next, i) && !(intro.attribution && t.greets(next)) && t.unmarked(i, next, intro) {
			return
		}
		i = next
	}
}

// greets tells whether a writer who answers below an attribution put a line
// or more between it and the quotation, the first of them line i: marks
// follow, and nothing else that introduces them.
func (t *text) greets(i int) bool {
	for i = t.nextText(i); i < len(t.lines); i = t.nextText(i + 1) {
		if t.lines[i].depth > 0 {
			return true
		}
		if t.introduction(i).end > i {
			return false
		}
	}
	return false
}

// unmarked marks what follows an introduction at line i without quote marks
// from line next on: mostly, all to the end is quoted. Where nothing is
// written above, it may be what the message passes on, which stays; under a
// header alone, it may even be the answer, unless the header is Outlook's,
// which begins with From, and the subject says that this is a reply. It tells
// whether the end is reached.
func (t *text) unmarked(i, next int, intro introduction) bool {
	switch above := t.writtenAbove(i); {
	case intro.forward && !above:
		t.mark(next, len(t.lines), New)
	case intro.header && !above && (t.purpose != replies || label(t.lines[i].text) != from):
		return false
	default:
		t.mark(next, len(t.lines), Quoted)
		t.unmarkedAnswers(next)
		t.signedByOther(i, next)
	}
	return true
}

// signedByOther marks as quoted the name at the end of the text, below
// answers that begin at line next or later, if it is of the line that begins
// the introduction: From: Anna Berg.
func (t *text) signedByOther(i, next int) {
	last := t.lastText(len(t.lines))
	if l := &t.lines[last]; last > next && l.kind == New && named(l.text) && strings.Contains(t.lines[i].text, strings.Trim(l.text, " ,.*-")) {
		l.kind = Quoted
	}
}

// writtenAbove tells whether something other than a signature stands above
// line i.
func (t *text) writtenAbove(i int) bool {
	for _, l := range t.lines[:i] {
		switch {
		case l.blank():
		case delimiter(l.text):
			return false
		case l.kind == Attribution, l.kind == New && !footer(l.text):
			return true
		}
	}
	return false
}
