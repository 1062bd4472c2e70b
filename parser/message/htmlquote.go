package message

import (
	"bytes"
	"strings"
)

// innermostQuote returns the element that quotes the current position.
func (r *renderer) innermostQuote() *element {
	for i := len(r.stack) - 1; i >= 0 && i >= len(r.stack)-maxSearch; i-- {
		if r.stack[i].quote {
			return &r.stack[i]
		}
	}
	return nil
}

// What an attribution has at most.
const (
	maxAttribution       = 3 // lines
	maxAttributionOctets = 2000
)

// liftAttribution takes the quote marks off an attribution at the start of a
// quotation: Apple Mail, iOS and Yahoo on Android put it inside. One that does
// not stand alone there is only taken out of the outermost quotation, so that
// each line is moved once, and if there is none before it.
func (r *renderer) liftAttribution(e *element) {
	if e == nil || e.at < 0 {
		return
	}
	at := e.at
	e.at = -1
	text := r.out[at:]
	n := attributionEnd(text[:min(len(text), maxAttributionOctets)])
	if n == 0 || n < len(text) && (e.depth > 0 || bytes.HasSuffix(bytes.TrimRight(r.out[:at], "\n"), []byte(":"))) {
		return
	}
	lifted := r.out[:at]
	for line := range strings.Lines(string(text[:n])) {
		lifted = append(lifted, strings.TrimPrefix(line, "> ")...)
	}
	r.out = append(lifted, text[n:]...)
	r.low = e.depth
}

// attributionEnd returns where the attribution ends that a quoted text starts
// with; 0 if it starts with none.
func attributionEnd(text []byte) int {
	n, lines := 0, 0
	for line := range bytes.Lines(text) {
		n += len(line)
		if len(bytes.Trim(line, "> \n")) == 0 && lines == 0 {
			continue
		}
		if bytes.HasSuffix(line, []byte(":\n")) && bytes.ContainsAny(text[:n], "0123456789@") {
			return n
		}
		if lines++; lines == maxAttribution {
			break
		}
	}
	return 0
}
