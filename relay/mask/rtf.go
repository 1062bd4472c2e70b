package mask

import "strings"

// rtfWord reads what a backslash begins in RTF (1.9.1, "Conventions of an RTF
// Reader"): a control word, with its number and the space that ends it, or a
// symbol. It returns its size, and what it shows: a character, a space for what
// parts words, or 0 for nothing. A size of 0 means that it is an escape.
func rtfWord(b []byte) (shown byte, size int) {
	if len(b) < 2 {
		return 0, 0
	}
	n := 1
	for n < len(b) && lower(b[n]) >= 'a' && lower(b[n]) <= 'z' {
		n++
	}
	if n == 1 {
		return rtfSymbol(b[1])
	}
	name := string(b[1:n])
	if n < len(b) && b[n] == '-' {
		n++
	}
	digits := n
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	if name == "u" && n > digits { // a character, and one to skip
		return 0, 0
	}
	if n < len(b) && b[n] == ' ' {
		n++
	}
	if strings.Contains(" par line tab cell row sect page column ", " "+name+" ") {
		return ' ', n
	}
	return 0, n
}

// rtfSymbol reads a backslash before c.
func rtfSymbol(c byte) (shown byte, size int) {
	switch c {
	case '\\', '{', '}':
		return c, 2
	case '~': // a space that does not break
		return ' ', 2
	case '-', '*': // a hyphen that is optional, a destination that is too
		return 0, 2
	}
	return 0, 0
}

// group reads, in RTF, what shows nothing: the braces of groups, and line
// breaks, which anything may contain.
func (p *plainer) group(s *stream, i int) int {
	s.tagged = true
	if p.in[i] == '\n' {
		p.space(i)
	}
	return i + 1
}
