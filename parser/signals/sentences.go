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
	lines := strings.Split(text, "\n")
	for len(lines) > 0 {
		block, width := paragraph(lines)
		lines = lines[len(block):]
		for len(block) > 0 {
			n := 1
			for n < len(block) && (wrapped(block[n-1], block[n], width) || hanging(block[0], block[n])) {
				n++
			}
			found = cut(found, strings.Join(strings.Fields(withoutMark(strings.Join(block[:n], " "))), " "))
			block = block[n:]
		}
	}
	return found
}

// paragraph returns the lines up to the next blank one (that one alone, if it
// is the first), and the width they seem wrapped at, in runes.
func paragraph(lines []string) (block []string, width int) {
	const narrow = 50 // nobody's client wraps below
	width = narrow
	n := 0
	for ; n < len(lines) && strings.TrimSpace(lines[n]) != ""; n++ {
		width = max(width, utf8.RuneCountInString(strings.TrimSpace(lines[n])))
	}
	return lines[:max(n, 1)], width
}

// wrapped tells whether a line goes on in the next only because it was full.
func wrapped(line, next string, width int) bool {
	line, next = strings.TrimSpace(line), strings.TrimSpace(next)
	if listMark(next) > 0 {
		return false
	}
	word, _, _ := strings.Cut(next, " ")
	return utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width
}

// hanging tells whether a line goes on a list item, being indented as its text.
func hanging(item, line string) bool {
	if line = strings.TrimRight(line, " \t\r"); listMark(strings.TrimSpace(line)) > 0 {
		return false
	}
	return listMark(strings.TrimSpace(item)) > 0 && (line[0] == ' ' || line[0] == '\t')
}

// withoutMark drops the mark of a list item.
func withoutMark(line string) string {
	line = strings.TrimSpace(line)
	return line[listMark(line):]
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

// cut appends the sentences of a paragraph, whose white space is single spaces.
func cut(found []string, text string) []string {
	from := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !terminator(r) {
			i += size
			continue
		}
		stop := i
		i = closing(text, i)
		if ends(text, from, stop, i) {
			found = appendSentence(found, text[from:i])
			from = i
		}
	}
	return appendSentence(found, text[from:])
}

func appendSentence(found []string, s string) []string {
	if s = strings.TrimSpace(s); !strings.ContainsFunc(s, wordRune) {
		return found
	}
	return append(found, s)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '?' }

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
