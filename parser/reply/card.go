package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// card returns where a block of name, title, telephone and addresses begins
// that ends right before line end; end for none. It needs a name, and under
// it as many contacts as told, one of them a telephone number, or one more.
// A sentence that leads to it with a colon makes it someone else's.
func (t *text) card(i, end, contacts int) int {
	const longest = 14 // lines of a card
	cut, full, found, phones := end, false, 0, 0
	for at, n := t.lastText(end), 0; at >= i && n < longest; at, n = t.lastText(at), n+1 {
		s := t.lines[at].text
		switch contact(s) {
		case phone:
			phones++
			found++
			continue
		case link:
			found++
			continue
		}
		if !fragment(s) || greeting(s) {
			break
		}
		enough := found > contacts || found == contacts && phones > 0
		if enough && named(s) && (fullName(s) || !full) {
			cut, full = at, fullName(s)
		}
	}
	if above := t.lastText(cut); above < i || endsInColon(t.lines[above].text) {
		return end
	}
	return cut
}

// A contactKind is what a line of a card holds.
type contactKind uint8

const (
	none contactKind = iota
	phone
	link // an address of mail or web
)

// contact tells a line that holds little but a telephone number or an
// address.
func contact(s string) contactKind {
	const longest = 200 // bytes
	if len(s) > longest {
		return none
	}
	digits, letters := 0, 0
	for _, r := range s {
		switch {
		case digit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	switch {
	case digits >= 8 && letters <= 20 && !strings.Contains(s, "://"):
		return phone
	case strings.Count(s, " ") <= 4 && (strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, "@")):
		return link
	}
	return none
}

// fragment tells a short line that is neither a sentence nor an item of a
// list, such as cards are made of.
func fragment(s string) bool {
	const longest = 90 // bytes
	if contact(s) != none {
		return true
	}
	return len(s) <= longest && !sentence(s) && !item(s) && !postscript(s)
}

// sentence tells a text that ends like a sentence, or in the midst of one.
func sentence(s string) bool {
	return strings.ContainsAny(s[len(s)-1:], ".!?:;,") && !strings.HasSuffix(s, "Inc.") && !strings.HasSuffix(s, "Ltd.")
}

// item tells an item of a list.
func item(s string) bool {
	n := digits(s)
	numbered := 0 < n && n < 3 && n < len(s) && (s[n] == '.' || s[n] == ')')
	return numbered || s[0] == '-' || s[0] == '>' || strings.HasPrefix(s, "* ") || strings.HasPrefix(s, "•")
}

// postscript tells a line that begins with PS or NB.
func postscript(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	switch strings.ToUpper(strings.TrimRight(first, ".:")) {
	case "PS", "P.S", "NB", "N.B":
		return true
	}
	return false
}

// named tells one to four words that each begin with a capital, or are of a
// script without.
func named(s string) bool {
	s = strings.Trim(s, "*_,- ")
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 4 || len(s) > 40 {
		return false
	}
	for _, w := range fields {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(r) || unicode.IsLower(r) {
			return false
		}
	}
	return !strings.ContainsAny(s, "@:/!?0123456789")
}

// fullName tells a name of two words or more.
func fullName(s string) bool { return strings.Contains(strings.Trim(s, "* "), " ") && named(s) }
