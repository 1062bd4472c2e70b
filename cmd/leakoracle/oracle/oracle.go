// Package oracle tells whether a relay that masks addresses gives them away:
// it plants canaries in letters wherever something of the sender can hide,
// and searches what the relay makes of them.
//
// It knows nothing of the relay, and shares no code with any: it decodes on
// its own, and in ways that no single parser would.
package oracle

import (
	"crypto/sha256"
	"regexp"
	"strings"
	"time"
)

// People are who writes to whom. A relay under test forwards what From writes
// to Mask to Reader, who is to see neither From nor Also.
type People struct {
	From   string   // the sender's real address
	Also   []string // others of the sender, if the relay knows of any
	Mask   string   // the address that From writes to
	Reader string   // the real address of whom it reaches
}

// A Run is what all letters of one pass have in common.
type Run struct {
	People
	Seed [32]byte  // of the canaries: random, so that no two runs have the same
	At   time.Time // the date of the letters
	Helo string    // the name that the sender's machine gives itself

	zone string // of the sender, instead of one that few share
}

// A Vector is a letter to be: one way in which something of the sender can
// reach the reader.
type Vector struct {
	Name string // family/what, and for text its transfer encoding

	// Optional marks what a relay may refuse, keep back or answer with a
	// notice, such as encrypted mail or a bounce. If it arrives, it must be
	// clean.
	Optional bool

	// Known says why finding the canary is no defect of a relay, if by common
	// reckoning it is none. Such leaks are reported apart.
	Known string

	letter
}

// NeedsAlso tells whether the vector is about other addresses of the sender.
func (v *Vector) NeedsAlso() bool { return v.also }

// A Letter is a message with canaries in it.
type Letter struct {
	Vector   *Vector
	MailFrom string // the envelope's sender, empty for null
	UTF8     bool   // needs SMTPUTF8, RFC 6531
	Data     []byte
	Marker   string // tells which letter a message came from
	Canaries []Canary
	Kept     []string            // what must be found in the text that arrives
	Files    [][sha256.Size]byte // of attachments that must arrive as they are
}

// A Canary is what must not be found in what arrives.
type Canary struct {
	Place string   // where it was planted, such as a header field
	Text  string   // in lower case
	forms []string // other ways to write the same, such as with A-labels
	scope scope
}

// A scope bounds where a canary counts.
type scope int

const (
	anywhere   scope = iota
	inHeader         // short enough to be met in a body by chance
	fromReader       // the reader's own address, which the envelope and To name
)

// A Leak is a canary that was found.
type Leak struct {
	Canary  Canary
	Where   string // in what arrived: "Subject", "part 1.2 (text/html)"
	How     string // the decodings it took, or "raw"
	Excerpt string
}

// A Report is what the search of one message gave.
type Report struct {
	Leaks   []Leak
	Missing []string // what should have survived and did not
}

// markers are what Letter.Marker looks like.
var markers = regexp.MustCompile(`oraclemark[a-z]{12}`)

// Marker returns the marker of the letter that a message came from, or "".
func Marker(message []byte) string {
	if m := markers.Find(message); m != nil {
		return string(m)
	}
	s := newSearch(nil)
	found := ""
	s.visit = func(v view) bool {
		found = string(markers.Find(v.text))
		return found == ""
	}
	s.message(message)
	return found
}

// Notice returns the letter to Examine a mail to the sender with, such as one
// about a refusal: it must not name the reader.
func (r *Run) Notice() *Letter {
	return &Letter{Vector: &Vector{Name: "(notices to the sender)"}, Canaries: []Canary{{Place: "reader", Text: strings.ToLower(r.Reader)}}}
}

// Stray returns the letter to Examine a mail to the reader with that came
// from no letter of this run: it must not name the sender.
func (r *Run) Stray() *Letter {
	l := &Letter{Vector: &Vector{Name: "(mail without a marker)"}}
	for _, a := range append([]string{r.From}, r.Also...) {
		l.Canaries = append(l.Canaries, Canary{Place: author, Text: strings.ToLower(a)})
	}
	return l
}
