package report

import "strings"

// What is read of the words of a report. A server says what it has to say at
// the top, and the tables of phrases are long.
const (
	maxProse      = 8 << 10 // octets for people
	maxDiagnostic = 2 << 10 // octets of one diagnostic, or of what is said of one recipient
)

// A prose is what a report tells people. Recipients share it, so it is looked
// through but once.
type prose struct {
	folded string
	found  *finding
}

// newProse reads a text. What IronPort says before it quotes a reply is said of
// whatever was refused at RCPT.
func newProse(text string) *prose {
	return &prose{folded: strings.ReplaceAll(fold(upTo(text, maxProse)), "unknown address error", "")}
}

// find returns the first row of the table that has a phrase in the text.
func (p *prose) find() finding {
	if p.found == nil {
		f := find(p.folded)
		p.found = &f
	}
	return *p.found
}

// upTo returns the first n octets of a text, or somewhat less if a character
// would be cut.
func upTo(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}
