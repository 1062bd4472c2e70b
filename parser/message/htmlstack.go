package message

import "golang.org/x/net/html/atom"

// An element is one that is open.
type element struct {
	name atom.Atom
	effect
	outer  state
	depth  int // quote levels outside
	indent int // outside
	lists  int // outside
	at     int // output before a quotation; -1 once its attribution is looked for
}

const (
	maxOpen   = 1000 // elements; browsers flatten deeper ones too
	maxSearch = 256  // elements looked through for the one that a tag closes
	maxNested = 8    // lists that are indented
)

// closeImplied closes what a start tag ends without an end tag, HTML §13.1.2.4.
func (r *renderer) closeImplied(name atom.Atom) {
	switch name {
	case atom.Li:
		r.closeUpTo(atom.Ul, atom.Ol, atom.Li)
	case atom.Dt, atom.Dd:
		r.closeUpTo(atom.Dl, atom.Dl, atom.Dt, atom.Dd)
	case atom.Td, atom.Th:
		r.closeUpTo(atom.Table, atom.Tr, atom.Td, atom.Th)
	case atom.Tr:
		r.closeUpTo(atom.Table, atom.Table, atom.Tr)
	}
	if isBlock(name) || name == atom.Hr {
		r.closeParagraph()
	}
}

// closeUpTo closes the innermost element of these names, if none of the two
// bounds is further in.
func (r *renderer) closeUpTo(bound, bound2 atom.Atom, names ...atom.Atom) {
	for i := len(r.stack) - 1; i >= 0 && i >= len(r.stack)-maxSearch; i-- {
		open := r.stack[i].name
		for _, name := range names {
			if open == name {
				r.popTo(i)
				return
			}
		}
		if open == bound || open == bound2 {
			return
		}
	}
}

// closeParagraph closes an open paragraph around the current position.
func (r *renderer) closeParagraph() {
	for i := len(r.stack) - 1; i >= 0 && i >= len(r.stack)-maxSearch; i-- {
		if r.stack[i].name == atom.P {
			r.popTo(i)
			return
		}
		if isBlock(r.stack[i].name) || isScope(r.stack[i].name) {
			return
		}
	}
}

// finish closes the element that an end tag names, and those inside it that
// were left open. An end tag without its element is ignored.
func (r *renderer) finish(name atom.Atom) {
	switch {
	case r.skipped > 0:
		r.skipped--
		r.separate(name)
		return
	case name == atom.Br:
		r.br(nil)
		return
	}
	for i := len(r.stack) - 1; i >= 0 && i >= len(r.stack)-maxSearch; i-- {
		open := r.stack[i].name
		if open == name {
			r.popTo(i)
			return
		}
		if isScope(open) && !isScope(name) && !isTablePart(name) || isBlock(open) && !isBlock(name) && !isScope(name) {
			return
		}
	}
	if name == atom.P && !r.hidden {
		r.paragraph()
	}
}

// separate ends the line at a block that is too deep to be followed.
func (r *renderer) separate(name atom.Atom) {
	if isBlock(name) && !r.hidden {
		r.end()
	}
}

func isTablePart(name atom.Atom) bool {
	return name == atom.Tr || name == atom.Tbody || name == atom.Thead || name == atom.Tfoot
}

func (r *renderer) popTo(i int) {
	for len(r.stack) > i {
		r.pop()
	}
}

// pop closes the innermost element.
func (r *renderer) pop() {
	e := r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	if !r.hidden {
		r.close(&e)
	}
	r.state = e.outer
}

// close ends what an element did to what it holds.
func (r *renderer) close(e *element) {
	if isBlock(e.name) {
		r.block(e)
	}
	if e.quote || e.reference || e.signature {
		r.end()
		r.signature, r.awaited = false, 0
	}
	if e.quote || e.reference {
		r.quote(e.depth)
		r.liftAttribution(e)
		r.blank = true
	}
	r.indent, r.lists = e.indent, r.lists[:e.lists]
	if e.name == atom.A {
		r.link = ""
	}
}
