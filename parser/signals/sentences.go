package signals

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts a text into its sentences, in order. Each is a piece of the
// text with its white space reduced to single spaces, without the mark of the
// list item it may begin. A line break ends a sentence where the writer, not
// the width of the lines, made it: before a blank line, a list item, or where
// the next word would have fit. Blank input has no sentences.
func Sentences(text string) []string {
	var found []string
	eachSentence(text, func(s string, _ bool) { found = append(found, s) })
	return found
}

// eachSentence calls do with each of them, and whether it opens a paragraph, a
// list item or another line that the writer broke.
func eachSentence(text string, do func(sentence string, opens bool)) {
	lines := make([]line, 0, 16) // of one paragraph
	var joined []byte
	for len(text) > 0 {
		next := text
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			next, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		if l := readLine(next); l.text != "" {
			lines = append(lines, l)
			continue
		}
		joined = paragraph(lines, joined, do)
		lines = lines[:0]
	}
	paragraph(lines, joined, do)
}

// paragraph cuts the lines between two blank ones. The bytes of into are
// overwritten, and returned to be so again.
func paragraph(lines []line, into []byte, do func(string, bool)) []byte {
	const narrow = 50 // nobody's client wraps below
	width := narrow
	for _, l := range lines {
		width = max(width, l.width)
	}
	for len(lines) > 0 {
		n := 1
		for n < len(lines) && lines[n].mark == 0 && (lines[n-1].full(lines[n], width) || lines[0].mark > 0 && lines[n].indented) {
			n++
		}
		lines[0].text = strings.TrimPrefix(lines[0].text[lines[0].mark:], " ")
		if n == 1 && lines[0].even {
			cut(lines[0].text, do)
		} else {
			into = into[:0]
			for _, l := range lines[:n] {
				into = l.appendTo(into)
			}
			cut(string(into), do)
		}
		lines = lines[n:]
	}
	return into
}

// A line is one line of a paragraph.
type line struct {
	text     string // without white space around it
	width    int    // in runes
	even     bool   // its white space is single spaces
	indented bool   // by a space or a tab
	mark     int    // the length of a list item's mark
}

func readLine(s string) line {
	l := line{text: strings.TrimSpace(s), even: true}
	if l.text == "" {
		return l
	}
	l.indented = s[0] == ' ' || s[0] == '\t'
	l.mark = listMark(l.text)
	for i := 0; i < len(l.text); l.width++ {
		c := l.text[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(l.text[i:])
			l.even = l.even && !unicode.IsSpace(r)
			i += size
			continue
		}
		if c <= ' ' && (c != ' ' || l.text[i+1] == ' ') && unicode.IsSpace(rune(c)) {
			l.even = false
		}
		i++
	}
	return l
}

// full tells whether the first word of the next line had no room in a line.
func (l line) full(next line, width int) bool {
	if l.width+1+len(next.text) <= width {
		return false
	}
	word, _, _ := strings.Cut(next.text, " ")
	return l.width+1+utf8.RuneCountInString(word) > width
}

// appendTo appends the words of a line, single spaces between them, and before
// them unless they are the first.
func (l line) appendTo(to []byte) []byte {
	if l.even && l.text != "" {
		if len(to) > 0 {
			to = append(to, ' ')
		}
		return append(to, l.text...)
	}
	for word := range strings.FieldsSeq(l.text) {
		if len(to) > 0 {
			to = append(to, ' ')
		}
		to = append(to, word...)
	}
	return to
}

// listMark returns the length of the mark that makes a line a list item:
// a bullet, or a number or letter with a full stop or parenthesis; 0 for none.
func listMark(line string) int {
	r, size := utf8.DecodeRuneInString(line)
	n := 0
	switch {
	case strings.ContainsRune("-–—*•·‣▪◦+>→", r):
		n = size
	case r == '(':
		n = 1
		fallthrough
	case '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		for n < len(line) && n < 3 && (digit(line[n]) || n <= 1 && letter(line[n])) {
			n++
		}
		if n == len(line) || line[n] != ')' && (line[n] != '.' || letter(line[0])) {
			return 0
		}
		n++
	}
	if n == 0 || n < len(line) && line[n] != ' ' && line[n] != '\t' {
		return 0
	}
	return n
}

func digit(b byte) bool  { return '0' <= b && b <= '9' }
func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// cut calls do with the sentences of a text whose white space is single
// spaces.
func cut(text string, do func(string, bool)) {
	from := 0
	for i := 0; i < len(text); {
		if !mayTerminate[text[i]] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !terminator(r) {
			i += size
			continue
		}
		stop := i
		i = closing(text, i)
		if ends(text, from, stop, i) {
			sentence(text[from:i], from == 0, do)
			from = i
		}
	}
	sentence(text[from:], from == 0, do)
}

// sentence calls do with a sentence that has a word.
func sentence(s string, opens bool, do func(string, bool)) {
	if s = strings.TrimSpace(s); strings.ContainsFunc(s, wordRune) {
		do(s, opens)
	}
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '?' }

// mayTerminate has the bytes that terminators begin with.
var mayTerminate = [256]bool{'.': true, '?': true, '!': true, 0xe2: true, 0xe3: true, 0xef: true}

func terminator(r rune) bool {
	switch r {
	case '.', '?', '!', '…', '？', '！', '。':
		return true
	}
	return false
}

// closing returns where a run of terminators, begun at i, ends, with the
// quotation marks and parentheses it closes.
func closing(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case terminator(r), strings.ContainsRune("»”’\")]'*_", r):
			i += size
		case unicode.IsSpace(r): // French sets a space before ? ! and »
			next, more := utf8.DecodeRuneInString(text[i+size:])
			if next != '»' && next != '?' && next != '!' {
				return i
			}
			i += size + more
		default:
			return i
		}
	}
	return i
}

// ends tells whether the terminator at stop, whose run goes to i, ends the
// sentence that begins at from.
func ends(text string, from, stop, i int) bool {
	if i == len(text) {
		return true
	}
	space, size := utf8.DecodeRuneInString(text[i:])
	if !unicode.IsSpace(space) {
		return text[stop] >= utf8.RuneSelf && space >= utf8.RuneSelf // 。 is followed by no space
	}
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	lower := unicode.IsLower(next)
	run := text[stop:i]
	quoted := strings.ContainsAny(run, "»”\")'")
	switch {
	case run == ".":
		return !abbreviation(lastWord(text[from:stop]), lower)
	case strings.HasPrefix(run, "..") || strings.HasPrefix(run, "…"):
		return !lower || strings.ContainsAny(run, "?!")
	}
	return !lower || !quoted // « Pourquoi ? » m'a-t-elle demandé
}

// lastWord returns the last word of a piece of text, at most 16 bytes of it.
func lastWord(s string) string {
	if len(s) > 16 {
		s = s[len(s)-16:]
	}
	if i := strings.LastIndexAny(s, " ('\"\u00a0"); i >= 0 {
		s = s[i+1:]
	}
	return s
}

// abbreviation tells whether the full stop after a word does not end the
// sentence; lower, whether the next word begins in lower case.
func abbreviation(word string, lower bool) bool {
	if len(word) == 1 && letter(word[0]) && word != "I" {
		return lower || word[0] <= 'Z' // an initial
	}
	switch strings.ToLower(word) {
	case "mm", "mme", "mlle", "mr", "mrs", "ms", "dr", "pr", "prof", "st", "ste", "mgr", "cf", "vs", "env",
		"fig", "chap", "tél", "p.ex", "e.g", "i.e", "eg", "ie", "c.-à-d", "approx", "n°":
		return true
	case "ex", "etc", "al", "inc", "ltd", "jr", "sr", "no", "pp", "a.m", "p.m", "min", "max", "art", "tel":
		return lower
	}
	return false
}
