package message

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// PlainText returns a page as a plain-text client would have written it: UTF-8
// with line feeds, a line for each line the page has whatever its width, one
// blank line at most between two lines, and "> " before quoted lines for each
// level of quotation. The line that introduces a quotation is not marked, nor
// is what follows a header block (From:, Sent:, To:), since a writer's answers
// may stand in it. A signature that the client has marked up as one follows
// the separator "-- " (RFC 3676 §4.3). What the reader does not see is left
// out. It takes time and memory in proportion to the page.
func PlainText(page string) string {
	r := renderer{page: tokenizer{src: page}}
	r.out = make([]byte, 0, len(page)/2)
	for r.page.next() != endOfPage {
		switch r.page.kind {
		case textToken:
			r.chars(r.page.text)
		case startToken:
			r.start(r.page.name, r.page.attrs)
		case endToken:
			r.finish(r.page.name)
		}
	}
	for len(r.stack) > 0 {
		r.pop()
	}
	r.end()
	return string(r.out)
}

// renderer turns the tags and texts of a page into lines.
type renderer struct {
	lines
	state
	page    tokenizer
	stack   []element
	skipped int   // elements open beyond those
	lists   []int // the lists around: the number of the next item, 0 if they have none

	link    string // the address of the innermost link, if it shows an image alone
	linkAt  int    // length of the output where it starts
	pNoGaps bool   // the page's own style sheet takes the margins of paragraphs away
}

// state is what an element inherits.
type state struct {
	hidden bool
	pre    bool
	bullet bool
}

// start opens an element.
func (r *renderer) start(name atom.Atom, attrs []attribute) {
	switch name {
	case atom.Br:
		r.br(attrs)
		return
	case atom.Hr:
		r.rule()
		return
	case atom.Img:
		r.image(attrs)
		return
	}
	if isVoid(name) {
		return
	}
	r.closeImplied(name)
	if len(r.stack) >= maxOpen {
		r.skipped++
		r.separate(name)
		return
	}
	e := element{name: name, outer: r.state, depth: r.depth, indent: r.indent, lists: len(r.lists), at: -1}
	if len(attrs) > 0 {
		e.effect = effectOf(attrs)
	}
	r.open(&e, attrs)
	r.stack = append(r.stack, e)
}

// open applies what an element does to what it holds.
func (r *renderer) open(e *element, attrs []attribute) {
	if r.hidden = r.hidden || e.hidden || isHidden(e.name); r.hidden {
		return
	}
	e.noMargin = e.noMargin || e.name == atom.P && r.pNoGaps
	if isBlock(e.name) {
		r.block(e)
	}
	if e.name == atom.Blockquote && (e.cited || !e.indented) {
		e.quote = true
	}
	if e.quote {
		r.quote(r.depth + 1)
		e.at = len(r.out)
	}
	if e.reference {
		r.end()
		r.awaited = maxAttribution
	}
	if e.signature {
		r.end()
		r.signature = true
	}
	r.pre = !e.collapsed && (r.pre || e.pre || isPreformatted(e.name))
	r.bullet = r.bullet || e.bullet
	r.special(e, attrs)
}

// special opens the elements that are unlike others.
func (r *renderer) special(e *element, attrs []attribute) {
	switch e.name {
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		if n := len(r.lists); n > 0 && n < maxNested {
			r.indent += 2
		}
		first := 0
		if e.name == atom.Ol {
			first = max(1, e.number)
		}
		r.lists = append(r.lists, first)
	case atom.Li:
		r.item(e.number)
	case atom.Td, atom.Th:
		r.gap = r.begun
	case atom.A:
		r.link, r.linkAt = "", len(r.out)
		for _, a := range attrs {
			if sameName(a.name, "href") && strings.HasPrefix(a.value, "http") {
				r.link = a.value
			}
		}
	}
}

// item puts the bullet or the number of a list item before its text.
func (r *renderer) item(number int) {
	r.marker = "- "
	if n := len(r.lists); n > 0 && r.lists[n-1] > 0 {
		if number > 0 {
			r.lists[n-1] = number
		}
		r.marker = strconv.Itoa(r.lists[n-1]) + ". "
		r.lists[n-1]++
	}
}

// block ends the line before a block.
func (r *renderer) block(e *element) {
	if (hasMargin(e.name) || e.attribution) && !e.noMargin {
		r.paragraph()
	} else {
		r.end()
	}
}

// chars writes the text between two tags.
func (r *renderer) chars(s string) {
	switch {
	case r.hidden:
		r.sheet(s)
	case r.bullet:
		r.wordBullet(s)
	default:
		r.write(s, r.pre)
	}
}
