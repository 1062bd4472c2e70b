package rulebook

// A chapter is rules that are tried together, indexed by the words they begin
// with: of hundreds of rules few can begin at a word, and fewer go on with
// the next.
type chapter struct {
	rules  []rule
	starts [][]someRules // by class, the rules whose first word it can be
	nexts  bits          // by class, width words of them: the rules whose second word it can be
	alone  bits          // the rules that one word may meet, or whose second can be any
	clause bits          // the rules that only the start of a clause meets
	start  bits          // the rules that only the start of the sentence meets
	width  int
	needs  []uint16 // by rule, the need that a sentence must fill; 0 for none
}

// someRules are those of 64 successive rules, from 64*word on, whose bits are
// set.
type someRules struct {
	word  int
	rules uint64
}

// allowed leaves out the rules that what follows and where they stand rule
// out at little cost.
func (c *chapter) allowed(some someRules, rest []Token, at place) uint64 {
	left := some.rules
	if len(rest) > 0 {
		left &= c.nexts[int(rest[0].class)*c.width+some.word]
	} else {
		left &= c.alone[some.word]
	}
	if !at.inClause() {
		left &^= c.clause[some.word]
	}
	if !at.inSentence() {
		left &^= c.start[some.word]
	}
	return left
}

// index makes a chapter of rules. Holds are the classes that stand in each set.
func (b *Book) index(rules []rule, holds [][]uint16) chapter {
	width := (len(rules) + 63) / 64
	c := chapter{
		rules: rules, starts: make([][]someRules, b.classes()), nexts: make(bits, b.classes()*width),
		alone: make(bits, width), clause: make(bits, width), start: make(bits, width), width: width,
	}
	for n, r := range rules {
		switch r.anchor {
		case clause:
			c.clause.add(uint16(n))
		case start:
			c.start.add(uint16(n))
		}
		first, second, any := b.opening(r)
		for _, set := range first {
			for _, class := range holds[set] {
				c.begins(class, n)
			}
		}
		for _, set := range second {
			for _, class := range holds[set] {
				c.nexts[int(class)*width:].add(uint16(n))
			}
		}
		if any {
			c.alone.add(uint16(n))
		}
	}
	for class := range b.classes() {
		for i, any := range c.alone {
			c.nexts[class*width+i] |= any
		}
	}
	return c
}

// opening returns the sets that a rule's first word can be of, and those of
// its second; any tells that it can be of any, or missing.
func (b *Book) opening(r rule) (first, second []uint16, any bool) {
	b.reach(r.first, func(s *step) {
		first = append(first, s.set)
		sure := b.reach(s.next, func(s *step) { second = append(second, s.set) })
		any = any || !sure
	})
	return first, second, any
}

// begins notes that a class can be the first word of rule n.
func (c *chapter) begins(class uint16, n int) {
	all := c.starts[class]
	if last := len(all) - 1; last < 0 || all[last].word != n/64 {
		all = append(all, someRules{word: n / 64})
	}
	all[len(all)-1].rules |= 1 << (n % 64)
	c.starts[class] = all
}

// A place is where a word stands in its sentence.
type place struct {
	clause   int // lead words since the clause began; off, if others are among them
	sentence int // lead words and marks since the sentence began; off, likewise
}

const off = leadWords + 1

var beginning place

// inClause tells whether none but lead words stand before in the clause.
func (p place) inClause() bool { return p.clause <= leadWords }

// inSentence tells whether none but lead words stand before in the sentence.
func (p place) inSentence() bool { return p.sentence <= leadWords }

// after returns the place of the word after t.
func (p place) after(t Token, b *Book) place {
	switch {
	case t.Mark != 0:
		return place{0, min(p.sentence+1, off)}
	case b.in(t.class, b.lead):
		return place{min(p.clause+1, off), min(p.sentence+1, off)}
	}
	return place{off, off}
}
