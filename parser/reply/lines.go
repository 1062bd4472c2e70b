package reply

import (
	"strings"
	"unicode/utf8"
)

// A line is one line of the text.
type line struct {
	start, end int    // its place in the text, without the line feed
	text       string // without quote marks, and white space around it
	depth      int    // quote marks before it
	kind       Kind   // what it was found to be; "" as long as nothing is known
}

// blank tells a line without text, be it quoted or not.
func (l *line) blank() bool { return l.text == "" }

// empty tells a line without even a quote mark.
func (l *line) empty() bool { return l.text == "" && l.depth == 0 }

// scan returns the lines of a text.
func scan(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	for start := 0; start < len(text); {
		end := start + strings.IndexByte(text[start:], '\n')
		if end < start {
			end = len(text)
		}
		lines = append(lines, newLine(text, start, end))
		start = end + 1
	}
	return lines
}

func newLine(text string, start, end int) line {
	depth, rest := unquote(text[start:end])
	return line{start: start, end: end, text: trim(rest), depth: depth}
}

// unquote counts the quote marks at the start of a line and returns what
// follows them. Clients write them as "> > ", ">> " and ">>"; a text that
// came through HTML once too often has them as "&gt;".
func unquote(s string) (depth int, rest string) {
	if s == "" || s[0] > '>' && s[0] < utf8.RuneSelf { // most begin with a letter
		return 0, s
	}
	rest = s
	for {
		t := trimLeft(rest)
		switch {
		case strings.HasPrefix(t, ">"):
			t = t[1:]
		case strings.HasPrefix(t, "&gt;"):
			t = t[len("&gt;"):]
		default:
			return depth, rest
		}
		depth, rest = depth+1, t
	}
}
