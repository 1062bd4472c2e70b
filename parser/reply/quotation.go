package reply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotation marks what is quoted from line i on, with quote marks, and
// returns the line after it. Some clients put the mark before the
// attribution, too.
func (t *text) quotation(i int) int {
	if first := i; i == 0 || t.lines[i-1].depth == 0 {
		for i < len(t.lines) && t.lines[i].depth > 0 && t.lines[i].blank() {
			i++
		}
		if i == len(t.lines) || t.lines[i].depth == 0 {
			return i
		}
		intro := t.introduction(i)
		t.mark(i, intro.end, Attribution)
		t.forward = t.forward || intro.forward
		if intro.end > i {
			t.announcedBy(t.lastText(first), i, intro)
		}
		i = intro.end
	}
	for ; i < len(t.lines) && (t.lines[i].depth > 0 || t.wrapped(i)); i++ {
		t.lines[i].kind = Quoted
	}
	return i
}

// wrapped tells the tail of a quoted line that a client broke without
// repeating the mark: a link alone, or a few words after a line so long that
// the first of them found no room there. Where quotation goes on right below
// it takes less to believe so.
func (t *text) wrapped(i int) bool {
	const room = 70 // columns at which clients break lines, at the least
	s := t.lines[i].text
	if s == "" || i == 0 || t.lines[i-1].depth == 0 || len(s) > 2*room {
		return false
	}
	above, inside := t.lines[i-1].text, i+1 < len(t.lines) && t.lines[i+1].depth > 0
	if inside && (s[0] == '<' || s[0] == '(' && strings.Contains(s, "://")) {
		return true
	}
	first, _, _ := strings.Cut(s, " ")
	if !lower(s) || len(s) > room/2 || utf8.RuneCountInString(t.raw(i-1))+1+utf8.RuneCountInString(first) <= room {
		return false
	}
	if inside {
		return !strings.HasSuffix(above, "?")
	}
	return !strings.ContainsAny(above[max(0, len(above)-1):], ".?!:;")
}

// announcedBy makes a line above a quoted introduction at line i a part of it:
// the writer's name in the header, or the line that a client draws.
func (t *text) announcedBy(above, i int, intro introduction) {
	if above < 0 || t.lines[above].kind != New {
		return
	}
	if rule(t.lines[above].text) || intro.header && t.names(above, i, intro.end) {
		t.lines[above].kind = Attribution
	}
}

// names tells whether a line is but a name with a colon that is also in the
// header from line i up to end, which was quoted with the message.
func (t *text) names(line, i, end int) bool {
	if !endsInColon(t.lines[line].text) {
		return false
	}
	name := strings.TrimRight(t.lines[line].text, ": \u00a0")
	return fullName(name) && strings.Contains(t.src[t.lines[i].start:t.lines[end-1].end], name)
}

// torn tells the rest of a quoted line that stands without a mark, but with
// the space that was before it: who answers in the middle of a line in
// Thunderbird's plain text leaves it so. Its own rest is quoted below it, or
// it ends a question that the line above the answer had room for.
func (t *text) torn(i int) bool {
	raw := t.raw(i)
	if i == 0 || len(raw) < 2 || raw[0] != ' ' || raw[1] == ' ' || t.lines[i-1].kind != New || strings.HasPrefix(t.raw(i-1), " ") {
		return false
	}
	above := t.answering(i)
	switch {
	case above < 0:
		return false
	case strings.ContainsAny(raw[len(raw)-1:], ".?!:;"):
		return t.ends(above, i)
	}
	return i+1 < len(t.lines) && t.lines[i+1].depth > 0 && lower(t.lines[i+1].text)
}

// ends tells whether line i is a question, in a mail of Thunderbird, that goes
// on where the quoted line above broke off. Writers break their own lines so,
// too, and an answer is worth more than a quoted rest: what is no question is
// taken for theirs.
func (t *text) ends(above, i int) bool {
	const widest = 76 // columns at which lines are broken, at the most
	first, _ := utf8.DecodeRuneInString(t.lines[i].text)
	return unicode.IsUpper(first) && strings.HasSuffix(t.lines[i].text, "?") && t.thunderbird() &&
		sentence(t.lines[above].text) &&
		utf8.RuneCountInString(t.lines[above].text)+utf8.RuneCountInString(t.raw(i)) <= widest &&
		(i+1 == len(t.lines) || !strings.HasPrefix(t.raw(i+1), " "))
}

// thunderbird tells whether the text is as Thunderbird makes one: the first
// quotation is right below an attribution that names no address.
func (t *text) thunderbird() bool {
	return t.quoted > 0 && t.quoted < len(t.lines) && t.lines[t.quoted].depth > 0 && !strings.Contains(t.lines[t.quoted-1].text, "@")
}

// answering returns the last line of the quotation that ends shortly above
// line i, or -1.
func (t *text) answering(i int) int {
	const longest = 60 // lines of an answer
	for j := i - 1; j >= max(0, i-longest); j-- {
		if t.lines[j].kind == Quoted && !t.lines[j].blank() {
			return j
		}
	}
	return -1
}

// elision tells a line above or below a quotation that stands for what its
// writer left out of it.
func (t *text) elision(i int) bool {
	const longest = 16 // bytes
	s := t.lines[i].text
	if len(s) < 3 || len(s) > longest || s[0] != '[' && s[0] != '(' && s[0] != '<' {
		return false
	}
	switch strings.ToLower(strings.Trim(s, "[]()<> -.…")) {
	case "", "snip", "snipped", "cut", "trimmed", "coupé", "coupe", "gekürzt":
		above, below := t.lastText(i), t.nextText(i+1)
		return above >= 0 && t.lines[above].kind == Quoted || below < len(t.lines) && t.lines[below].depth > 0
	}
	return false
}

// ownQuotations gives back to the writer what they quote in their letter, a
// poem or a passage: a sentence with a colon leads to it, or it stands alone
// amid the letter, and no client introduced it. A message that is nothing
// but a quotation which no client introduced is its sender's as well.
func (t *text) ownQuotations() {
	groups, attributed := t.groups()
	if len(groups) == 0 {
		return
	}
	if !t.holds(New) && !t.holds(Attribution) {
		t.quotedIsWritten()
		return
	}
	alone := len(groups) == 1 && groups[0].depth == 1
	ledAll := !slices.ContainsFunc(groups, func(g group) bool { return !t.led(g.start) })
	for _, g := range groups {
		above := t.lastText(g.start)
		if above < 0 || t.lines[above].kind != New {
			continue
		}
		amid := alone && (attributed && !greeting(t.lines[above].text) || t.nextText(g.end) < len(t.lines) && t.letter(g.start))
		if ledAll || attributed && t.led(g.start) || amid {
			t.mark(g.start, g.end, New)
		}
	}
}

// led tells whether the sentence above line i leads to it with a colon, and
// not to answers. "Dear Anna:" is no sentence.
func (t *text) led(i int) bool {
	above := t.lastText(i)
	if above < 0 || !endsInColon(t.lines[above].text) || greeting(t.lines[above].text) {
		return false
	}
	place, answer := announces(t.lines[above].text)
	return !place && !answer
}

// A group is the lines from start up to end, quoted up to a depth.
type group struct{ start, end, depth int }

// groups returns the quotations with marks that stand before any
// introduction, and whether one follows.
func (t *text) groups() (groups []group, attributed bool) {
	for i, l := range t.lines {
		switch {
		case l.kind == Attribution:
			return groups, true
		case l.kind != Quoted:
		case i > 0 && t.lines[i-1].kind == Quoted:
			g := &groups[len(groups)-1]
			g.end, g.depth = i+1, max(g.depth, l.depth)
		default:
			groups = append(groups, group{i, i + 1, l.depth})
		}
	}
	return groups, false
}

// letter tells whether more than a greeting is written before line i.
func (t *text) letter(i int) bool {
	const greeting = 40 // bytes
	sum := 0
	for _, l := range t.lines[:i] {
		if l.kind == New {
			sum += len(l.text)
		}
	}
	return sum > greeting
}
