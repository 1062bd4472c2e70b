package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// card returns where a block of name, title, telephone and addresses begins
// that ends right before line end; end for none. It needs a name, and under
// it as many contacts as told, one a telephone number, or one more.
func (t *text) card(i, end, contacts int) int {
	const longest = 14 // lines of a card
	cut, full, found, phones := end, false, 0, 0
	for at, n := t.lastText(end), 0; at >= i && n < longest; at, n = t.lastText(at), n+1 {
		s := t.lines[at].text
		kind := contact(s)
		switch {
		case kind != none:
			found++
			if kind == phone {
				phones++
			}
			continue
		case !fragment(s) || greeting(s):
			n = longest
		case found >= contacts && (phones > 0 || found > contacts) && named(s) && (fullName(s) || !full):
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
	case len(s) < 200 && strings.Count(s, " ") <= 4 && (strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, "@")):
		return link
	}
	return none
}

// fragment tells a short line that is not a sentence, nor an item of a list.
func fragment(s string) bool {
	if len(s) > 90 || contact(s) != none {
		return contact(s) != none
	}
	if strings.ContainsAny(s[len(s)-1:], ".!?:;,") && !strings.HasSuffix(s, "Inc.") && !strings.HasSuffix(s, "Ltd.") {
		return false
	}
	if s[0] == '-' || s[0] == '>' || strings.HasPrefix(s, "* ") || strings.HasPrefix(s, "•") || numbered(s) {
		return false
	}
	f := fold(s[:min(4, len(s))])
	return !strings.HasPrefix(f, "ps ") && !strings.HasPrefix(f, "p.s") && !strings.HasPrefix(f, "ps:") && !strings.HasPrefix(f, "nb ")
}

// numbered tells an item of a numbered list: "1. " or "1) ".
func numbered(s string) bool {
	n := digits(s)
	return n > 0 && n < 3 && n < len(s) && (s[n] == '.' || s[n] == ')')
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
