package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestAttribution = 5   // lines: clients wrap at 72 to 80 letters
	widestAttribution  = 500 // bytes
)

// attribution returns the line after the attribution that begins at line i,
// or i where none begins. Instead of knowing the sentence that each client
// has in each language it looks for what they have in common: a date, an
// address or a name, a verb, a colon, at the start of a line, and no words
// of a sentence around them.
func (t *text) attribution(i int) int {
	m := t.matchAttribution(i)
	for _, start := range m.starts {
		if start >= m.end {
			break
		}
		if t.header(start, false) > start || t.marker(start) != noMarker {
			return i
		}
		if later := t.matchAttribution(start); later.end > start && t.apart(i, start, m, later) {
			return i
		}
	}
	return m.end
}

// A match is the lines from some line on that read like an attribution.
type match struct {
	end    int   // the line after them; the first of them for none
	dated  bool  // they begin with a date
	full   bool  // they hold a full date
	starts []int // the lines among them at which one could begin as well
}

// apart tells whether the lines from i on, which read like an attribution
// whole, are words of the text above one that begins at line start: a short
// answer, such as "2b" or "Tuesday at 10", right above it. Clients break an
// attribution where the line is full, or behind the date.
func (t *text) apart(i, start int, whole, later match) bool {
	head := newFacts()
	for j := i; j < start; j++ {
		head.read(t.lines[j].text)
	}
	dated, full := head.fullDate(), t.full(start-1)
	switch {
	case later.dated && later.full && opens(t.lines[start].text):
		return true
	case head.address && (head.verb || dated && !later.full), full && dated && !later.full:
		return false
	case !whole.dated:
		return true
	case !dated:
		return !full
	}
	return later.full || !t.leads(i, start, &head)
}

// leads tells whether the lines from i up to start, which hold a full date, do
// so as those of an attribution that goes on there: with a name whose address
// follows, or as in "On Tue, 12 Mar 2024 10:15:32 +0100".
func (t *text) leads(i, start int, f *facts) bool {
	return t.lines[start].text[0] == '<' ||
		f.time && (f.zone || opens(t.lines[i].text) || strings.HasSuffix(t.lines[start-1].text, ","))
}

// full tells a line that has no room for the first word of the next one.
func (t *text) full(i int) bool {
	const room = 60 // columns at which clients break lines, at the least
	first, _, _ := strings.Cut(strings.TrimLeft(t.raw(i+1), " \t"), " ")
	return utf8.RuneCountInString(t.raw(i))+1+utf8.RuneCountInString(first) > room
}

// matchAttribution returns how far the lines from i on read like an
// attribution.
func (t *text) matchAttribution(i int) match {
	m := match{end: i}
	depth := t.lines[i].depth
	if !mayOpen(t.lines[i].text) || !t.mayEnd(i, depth) {
		return m
	}
	f := newFacts()
	width, read := 0, 0
	for j := i; j < len(t.lines) && read < longestAttribution; j++ {
		s, ok := t.continuation(j, depth, f.open > 0)
		if width += len(s); !ok || width > widestAttribution {
			break
		}
		if s == "" {
			continue
		}
		if j > i && f.open == 0 {
			m.starts = append(m.starts, j)
		}
		f.skim(s)
		read++
		if f.hopeless() {
			break
		}
		if quoted := t.quoteFollows(j, depth) || t.greeted(i, j, &f); f.suffice(read == 1, quoted) {
			m.end = j + 1
			if f.colon || quoted {
				break
			}
			// A verb without a colon, or Gmail's old form: the name may follow.
		}
	}
	m.dated, m.full = f.dateFirst(), f.fullDate()
	return m
}

// continuation returns what line j adds to an attribution, "" for nothing,
// and whether one may go on there. A blank line ends it, save around an
// address in angle brackets that became lines of its own; there, the closing
// bracket at the start of a line looks like a quote mark.
func (t *text) continuation(j, depth int, open bool) (s string, ok bool) {
	l := &t.lines[j]
	switch {
	case l.blank() && l.depth == depth:
		return "", open || j+1 < len(t.lines) && strings.HasPrefix(t.lines[j+1].text, "<")
	case open && l.depth == depth+1:
		return ">" + l.text, true
	}
	return l.text, l.depth == depth
}

// quoteFollows tells whether the next line that is not empty is quoted
// deeper.
func (t *text) quoteFollows(i, depth int) bool {
	next := t.next(i + 1)
	return next < len(t.lines) && t.lines[next].depth > depth
}

// greeted tells whether lines i to j, which begin with a date and end in a
// colon, are the first of the text, and a quotation is next but for words
// that their writer put between the two.
func (t *text) greeted(i, j int, f *facts) bool {
	return f.colon && f.dateFirst() && f.fullDate() && f.time && t.lastText(i) < 0 && t.greets(j+1)
}

// mayOpen tells cheaply whether an attribution may begin with a line: most
// lines have neither a digit near their start nor an address nor a colon.
func mayOpen(s string) bool {
	if len(s) > widestAttribution || oneLongWord(s) {
		return false
	}
	const start = 48              // bytes
	const arab, pers = 0xD9, 0xDB // the bytes that Arabic and Persian digits begin with
	for i := range min(start, len(s)) {
		if c := s[i]; '0' <= c && c <= '9' || c == arab || c == pers {
			return true
		}
	}
	return strings.IndexByte(s, '@') >= 0 || strings.IndexByte(s, '<') >= 0 || endsInColon(s)
}

// oneLongWord tells a line of a file in letters, or of a link: no word of an
// attribution is that long, but in scripts that part none.
func oneLongWord(s string) bool {
	if len(s) <= 2*longestWord {
		return false
	}
	for i := range 2 * longestWord {
		if c := s[i]; c == ' ' || c == '@' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mayEnd tells cheaply whether one of the lines from i on may be the last of
// an attribution: none ends as a sentence does, unless a quotation follows.
func (t *text) mayEnd(i, depth int) bool {
	for j := i; j < min(len(t.lines), i+longestAttribution) && !t.lines[j].blank(); j++ {
		if !endsSentence(t.lines[j].text) || t.quoteFollows(j, depth) {
			return true
		}
	}
	return false
}

func endsSentence(s string) bool {
	switch s[len(s)-1] {
	case '.', '!', '?', ',', ';':
		return true
	}
	return false
}

// endsInColon tells a line that leads to what follows, be it bold or not.
func endsInColon(s string) bool {
	for s != "" && (s[len(s)-1] == '*' || s[len(s)-1] == '_') {
		s = s[:len(s)-1]
	}
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
}

// inline returns at which byte of line i an attribution begins in its
// middle: some clients put it behind the last words of the reply. It is -1
// for none.
func (t *text) inline(i int) int {
	const tries = 24 // words of a reply that short
	s := t.lines[i].text
	if t.inlined || !endsInColon(s) || len(s) > widestAttribution {
		return -1
	}
	at := 0
	for range tries {
		space := strings.IndexByte(s[at:], ' ')
		if space < 0 {
			break
		}
		at += space + 1
		if !opens(s[at:]) {
			continue
		}
		f := newFacts()
		f.read(s[at:])
		if f.verb && f.time && f.dateFirst() && f.fullDate() && f.suffice(true, t.quoteFollows(i, t.lines[i].depth)) {
			return at
		}
	}
	return -1
}

// opens tells a text that begins with an opener in a capital.
func opens(s string) bool {
	const longest = 8 // bytes
	end := wordEnd(s)
	if end > longest {
		return false
	}
	var store [2 * longest]byte
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && words[string(appendFold(store[:0], s[:end]))]&opener != 0
}
