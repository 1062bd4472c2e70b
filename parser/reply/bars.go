package reply

import "strings"

// bars takes the bars that lines begin with for quote marks below the first
// attribution, which ends before line i: mutt, alpine and others can be set to
// write them. Where other marks come first, bars are of a table or a drawing.
func (t *text) bars(i int) {
	if t.barred {
		return
	}
	t.barred = true
	for i < len(t.lines) && t.lines[i].depth == 0 && !t.bar(i) {
		i++
	}
	if i == len(t.lines) || t.lines[i].depth > 0 {
		return
	}
	for ; i < len(t.lines); i++ {
		if t.bar(i) {
			depth, rest := unquote(unbar(t.raw(i)))
			t.lines[i].depth, t.lines[i].text = depth+1, trim(rest)
		}
	}
}

// bar tells a line that begins with a bar, and is not a row of a table, which
// ends in one.
func (t *text) bar(i int) bool {
	l := &t.lines[i]
	return l.depth == 0 && strings.HasPrefix(l.text, "|") && (len(l.text) == 1 || !strings.HasSuffix(l.text, "|"))
}

// unbar returns what follows the bars at the start of a line.
func unbar(s string) string {
	rest := trimLeft(s)
	for strings.HasPrefix(rest, "|") {
		s = rest[1:]
		rest = trimLeft(s)
	}
	return s
}
