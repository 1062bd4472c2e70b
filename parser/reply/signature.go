package reply

import "strings"

// A passage is what was written from line start up to line end, its first
// and last lines not blank.
type passage struct {
	start, end int
	opens      bool // nothing stands above it
	said       bool // more than a greeting was written above it
	answered   bool // something quoted follows, and then more that was written
}

// signatures takes what was not written from the ends of what was.
func (t *text) signatures() {
	var p passage
	p.opens = true
	last := t.lastWritten()
	for i := t.nextText(0); i <= last; i = t.nextText(p.end) {
		p.start, p.end = i, i+1
		if t.lines[i].kind == New {
			p.end = t.writtenUntil(i)
			next := t.nextText(p.end)
			p.answered = next < last && t.lines[next].kind == Quoted
			t.sign(p)
			p.said = p.said || t.says(p.start, p.end)
		}
		p.opens = false
	}
}

// lastWritten returns the last line that was written, -1 for none.
func (t *text) lastWritten() int {
	last := len(t.lines) - 1
	for last >= 0 && t.lines[last].kind != New {
		last--
	}
	return last
}

// writtenUntil returns the line after what is written from line i on, blank
// lines within it.
func (t *text) writtenUntil(i int) int {
	end := i
	for ; i < len(t.lines) && (t.lines[i].kind == New || t.lines[i].empty()); i++ {
		if t.lines[i].kind == New {
			end = i + 1
		}
	}
	return end
}

// sign marks the signature at the end of a passage: what stands under a
// delimiter, and, repeatedly, what a device, a company, a mailing list or the
// writer's card put at the end. An answer between quoted lines has only the
// first.
func (t *text) sign(p passage) {
	for p.opens && p.start < p.end && t.heads(p.start) {
		t.mark(p.start, p.start+1, Signature)
		p.start = t.nextText(p.start + 1)
	}
	p.end = t.signature(t.delimited(p), p.end)
	if p.answered {
		return
	}
	p.end = t.signature(t.legal(p.start, p.end), p.end)
	for {
		cut := t.trailing(p)
		if cut == p.end {
			return
		}
		p.end = t.signature(cut, p.end)
	}
}

// signature marks the lines from i up to end as a signature and returns i.
func (t *text) signature(i, end int) int {
	t.mark(i, end, Signature)
	return i
}

// heads tells what stands above what was written, though it is none of it: a
// device's footer of someone who writes below it, or a server's warning.
func (t *text) heads(i int) bool {
	s := t.lines[i].text
	return t.lines[i].kind == New && (footer(s) || banner(s))
}

// trailing returns where the last part of a signature begins in a passage;
// its end for none.
func (t *text) trailing(p passage) int {
	i, end := p.start, p.end
	last := t.lastText(end)
	if last < i {
		return end
	}
	if footer(t.lines[last].text) {
		if above := last - 1; above >= i && fullName(t.lines[above].text) {
			return above
		}
		return last
	}
	if cut := t.signedOff(p); cut < end {
		return cut
	}
	if cut := t.card(i, end, 1); cut < end {
		return cut
	}
	// Under a full card there may be a company's words.
	if start := t.paragraph(i, last); t.card(i, start, 3) < start {
		return t.card(i, start, 3)
	}
	return end
}

// delimited returns the line of the delimiter above a signature. RFC 3676,
// section 4.3, has "-- "; without its space, or as another line drawn, it
// counts if little follows, since writers part their letters with them too.
func (t *text) delimited(p passage) int {
	below := 0 // lines with text from i on
	for _, l := range t.lines[min(p.start, p.end):p.end] {
		if !l.blank() {
			below++
		}
	}
	for i := p.start; i < p.end; i++ {
		l := &t.lines[i]
		if l.blank() {
			continue
		}
		below--
		three := l.text == "---" && t.signs(i+1, p.end)
		if l.depth > 0 || !delimiter(l.text) && !three || p.opens && i == p.start && l.text != "--" {
			continue
		}
		most := 12
		switch {
		case t.raw(i) == "-- ":
			most = below
		case l.text == "—" || l.text == "–":
			most = 6
		}
		if 0 < below && below <= most {
			return i
		}
	}
	return p.end
}

// signs tells whether what stands from line i up to end, under "---", is a full
// name and few fragments, or one name: writers part their letters so, too.
func (t *text) signs(i, end int) bool {
	const most = 4 // lines
	first, n := "", 0
	for ; i < end && n <= most; i++ {
		switch s := t.lines[i].text; {
		case s == "":
			continue
		case !fragment(s):
			return false
		case n == 0:
			first = s
		}
		n++
	}
	return n == 1 && named(first) || 1 < n && n <= most && fullName(first)
}

// delimiter tells a line that may stand above a signature.
func delimiter(s string) bool {
	switch s {
	case "--", "—", "–":
		return true
	}
	return strings.HasPrefix(s, "__") && strings.Trim(s, "_") == "" || strings.HasPrefix(s, "**. . .") || strings.HasPrefix(s, ". . .")
}

// paragraph returns the first line of the lines without a blank one between
// them that end with line last.
func (t *text) paragraph(first, last int) int {
	for last > first && !t.lines[last-1].blank() {
		last--
	}
	return last
}

// legal returns where the disclaimers begin at the end, or the lines that a
// mailing list adds.
func (t *text) legal(i, end int) int {
	const paragraphs = 12 // a disclaimer in two languages has as many
	const listLines = 8   // that a list adds at most
	cut, below := end, 0
	var folded []byte
	for last, n := t.lastText(end), 0; last >= i && n < paragraphs; n++ {
		start := t.paragraph(i, last)
		var legal bool
		legal, folded = disclaimer(t.src[t.lines[start].start:t.lines[last].end], folded)
		for at := last; at >= start; at-- {
			below++
			if s := t.lines[at].text; legal && legalLine(s) || below <= listLines && listFooter(s) {
				cut = at
			}
		}
		last = t.lastText(start)
	}
	if above := cut - 1; cut < end && above >= i && rule(t.lines[above].text) {
		cut = above
	}
	return cut
}

// signedOff returns where a signature begins that follows "Best regards": at
// that line if the name stands right under it, as clients put it there, and
// otherwise after the name, since who parts the two by a blank line mostly
// typed them. A message that says nothing else keeps them. Thanks are no
// sign-off: they say something.
func (t *text) signedOff(p passage) int {
	at := t.signOffLine(p.start, p.end)
	if at < 0 {
		return p.end
	}
	name := t.nextText(at + 1)
	switch {
	case name >= p.end || !named(t.lines[name].text):
		return min(name, p.end)
	case name == at+1 && (p.said || t.says(p.start, at)):
		return at
	}
	return min(t.nextText(name+1), p.end)
}

// signOffLine returns the line between i and end that says "Best regards",
// with nothing but fragments under it, or -1.
func (t *text) signOffLine(i, end int) int {
	const longest = 12 // lines under it
	for at, n := t.lastText(end), 0; at >= i && n < longest; at, n = t.lastText(at), n+1 {
		if signOff(t.lines[at].text) {
			return at
		}
		if !fragment(t.lines[at].text) {
			return -1
		}
	}
	return -1
}

// says tells whether more than a greeting is written from line i up to end.
func (t *text) says(i, end int) bool {
	for ; i < end; i++ {
		if l := &t.lines[i]; l.kind == New && !l.blank() && !greeting(l.text) {
			return true
		}
	}
	return false
}
