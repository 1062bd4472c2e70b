// Package reply tells apart what is new in a message from what it quotes, and
// which quoted block each new one answers.
package reply

import "strings"

// A Kind is what a block of a message's text is.
type Kind string

// The kinds. Each non-blank line of a text is in exactly one block.
const (
	New         Kind = "new"         // written for this message; what a pure forward passes on is new too
	Quoted      Kind = "quoted"      // of an earlier message
	Attribution Kind = "attribution" // the line or header block that introduces a quotation
	Signature   Kind = "signature"   // the writer's signature, a device's footer, a disclaimer
)

// A Block is consecutive lines of one kind.
type Block struct {
	Kind    Kind
	Text    string // without surrounding blank lines; what is quoted is without its marks
	Answers int    // for a new block: the index of the quoted block it answers; -1 for none
}

// A Reply is a text in its blocks, in order.
type Reply struct{ Blocks []Block }

// New returns the newly written text.
func (r Reply) New() string { return r.join(New) }

// Quoted returns what is quoted, without its marks.
func (r Reply) Quoted() string { return r.join(Quoted) }

// Attribution returns the lines that introduce quotations.
func (r Reply) Attribution() string { return r.join(Attribution) }

// Signature returns the signature and the footers.
func (r Reply) Signature() string { return r.join(Signature) }

func (r Reply) join(kind Kind) string {
	var texts []string
	for _, b := range r.Blocks {
		if b.Kind == kind {
			texts = append(texts, b.Text)
		}
	}
	return strings.Join(texts, "\n\n")
}

// Split tells the blocks of a text apart. The text is as a plain-text client
// shows it: UTF-8, line feeds, quoted lines marked with ">". Every line that
// is not blank is in exactly one block, in order; only a line that an
// attribution shares with the words before it is cut in two. It takes time
// linear in the text's length.
func Split(src string) Reply { return SplitMail("", src) }

// SplitMail tells the blocks of a mail's text apart as Split does. Its
// subject, decoded, tells one thing that the text does not: whether a mail in
// which nothing stands above another mail, as Outlook quotes it, passes that
// on or is a reply left empty. A reply ("Re:", "AW:") has no new text then; of
// a forward ("Fwd:", "TR:"), and under a subject without either, the text of
// the other mail is new.
func SplitMail(subject, src string) Reply {
	t := &text{src: src, lines: scan(src), purpose: purposeOf(subject)}
	t.forward = t.purpose == passesOn
	t.walk()
	t.ownQuotations()
	t.signatures()
	if t.forward && !t.holds(New) {
		t.quotedIsWritten() // what is passed on is what its sender has to say
	}
	return Reply{t.blocks()}
}
