package reply

import "strings"

// An introduction is the lines that a mail client writes above a message that
// it quotes or passes on.
type introduction struct {
	end         int  // the line after it; its first line for none
	attribution bool // it is one line, if maybe wrapped
	header      bool // it is a block of header fields without a separator
	forward     bool // it says that the message is passed on
}

// introduction reads what introduces a message at line i: a drawn line, a
// client's "Original Message", a block of header fields, an attribution.
func (t *text) introduction(i int) introduction {
	intro := introduction{end: i}
	at := t.skipRules(i)
	if !t.level(at, i) {
		return intro
	}
	separated := at > i
	if m := t.marker(at); m != noMarker {
		separated = true
		intro = introduction{end: at + 1, forward: m == forwarded}
		if at = t.skipRules(t.next(at + 1)); !t.level(at, i) {
			return intro
		}
		if end := t.bareHeader(at); end > at {
			intro.end = end
			return intro
		}
	}
	if end := t.header(at, separated); end > at {
		intro.end, intro.header = end, !separated
	} else if end := t.attribution(at); end > at {
		intro.end, intro.attribution = end, !separated
	}
	return intro
}

// skipRules returns the line with text after up to three drawn lines.
func (t *text) skipRules(i int) int {
	for n := 0; n < 3 && i < len(t.lines) && rule(t.lines[i].text); n++ {
		i = t.next(i + 1)
	}
	return i
}

// marker tells what marker line i is. Words between dashes are one in any
// language if a header stands right below, or if they end in a verb.
func (t *text) marker(i int) marker {
	s := t.lines[i].text
	if m := readMarker(s); m != noMarker {
		return m
	}
	if len(s) > longestMarker || !strings.HasPrefix(s, "---") || !strings.HasSuffix(s, "--") || rule(s) {
		return noMarker
	}
	if next := t.next(i + 1); t.level(next, i) && t.header(next, true) > next {
		return original
	}
	const most = 7 // words of "---- Anna Berg wrote ----"
	f := newFacts()
	if f.read(strings.Trim(s, "- ")); f.endsInVerb && f.tokens <= most {
		return original
	}
	return noMarker
}

// rule tells a line that is drawn: at least four dashes, underscores, equals
// signs or stars, and nothing else.
func rule(s string) bool {
	n := 0
	for _, r := range s {
		switch r {
		case '-', '_', '=', '—', '–', '─', '━', '*', '~':
			n++
		case ' ':
		default:
			return false
		}
	}
	return n >= 4
}
