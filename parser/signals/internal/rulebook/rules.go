package rulebook

import mathbits "math/bits"

// A Book is one language's rules, compiled. It may be used by many at once.
type Book struct {
	*lexicon
	steps    []step
	lead     uint16 // the set of words that may stand before a clause
	known    bits   // the classes that tell the language
	chapters [chapters]chapter

	fills     bits // by class, needWidth words of them: the needs that its words fill
	needWidth int
	when      needSet // those of the rules that tell when an event is
}

// The chapters of a book: what tells the kinds of a sentence, what an ask is
// about, that an event is shared, and that writers answer their own questions.
const (
	kinds = iota
	topics
	events
	answers
	chapters
)

// A rule is a pattern and what it says of a sentence that holds it.
type rule struct {
	findings Findings
	anchor   anchor
	first    uint16 // step
}

// Kinds is a set of kinds of sentences, or of what the rules of another
// chapter find.
type Kinds uint8

// The kinds.
const (
	Ask Kinds = 1 << iota
	Offer
	Thanks
	Commit
	Report
	Pace
)

// names are what rules find, as they name it, in the order of the bits.
var names = [chapters][]string{
	kinds:   {"ask", "offer", "thanks", "commit", "report", "pace"},
	topics:  {"help", "wishes", "after"},
	events:  {"event", "when"},
	answers: {"reader", "answer"},
}

// when is the bit of what tells when an event is; toReader and answer are those
// of the chapter of answers.
const (
	when     Kinds = 1 << 1
	toReader Kinds = 1 << 0
	answer   Kinds = 1 << 1
)

// A Topic is what an ask is about.
type Topic int

// The topics. In a sentence that is about two, the first of them counts.
const (
	NoTopic Topic = iota
	Help
	Wishes
	After
)

// Findings are what rules say of a sentence: a kind holds if a rule says so,
// unless another denies it; what a strong rule says can't be denied.
type Findings struct {
	Plain, Strong, Veto Kinds
	Span                string // of time, as the rules name it; "" for none
}

// Kinds returns the kinds that hold.
func (f Findings) Kinds() Kinds { return f.Strong | f.Plain&^f.Veto }

// Where a pattern may begin.
type anchor byte

const (
	anywhere anchor = iota
	clause          // at the start of a clause, lead words aside
	start           // at the start of the sentence, lead words aside
)

// A step is one place of a pattern. Patterns are small graphs of steps.
type step struct {
	op   op
	set  uint16
	next uint16
	ways []uint16 // of a fork, or what must not follow
}

type op byte

const (
	match  op = iota // the pattern is met
	one              // a word of the set
	maybe            // the same, or nothing
	fork             // one of several ways
	unless           // none of the ways goes on from here
	near             // up to nearWords words without a mark
	far              // up to farWords words or marks
	end              // the end of the sentence, marks aside
)

// How far a pattern's words may stand apart, and how many words may stand
// before a clause. They bound the time a pattern takes at each word.
const nearWords, farWords, leadWords = 3, 12, 12

// Read says what the rules find in a sentence. A question mark asks, unless a
// rule denies it; a pace must name its span, unless its rule is strong.
func (b *Book) Read(tokens []Token) Findings {
	var found Findings
	at, filled := beginning, b.filled(tokens)
	for i, t := range tokens {
		if t.Mark == '?' {
			found.Plain |= Ask
		}
		b.try(&b.chapters[kinds], tokens, i, at, &filled, &found)
		at = at.after(t, b)
	}
	if found.Span == "" {
		found.Plain &^= Pace
	}
	return found
}

// Topic says what a sentence that asks is about.
func (b *Book) Topic(tokens []Token) Topic {
	filled := b.filled(tokens)
	found := b.find(topics, tokens, &filled)
	for i := range names[topics] {
		if found&(1<<i) != 0 {
			return Topic(i + 1)
		}
	}
	return NoTopic
}

// AsksReader tells whether a question speaks to the reader, and so waits for
// them whatever comes next.
func (b *Book) AsksReader(tokens []Token) bool { return b.answers(tokens)&toReader != 0 }

// Answers tells whether a sentence answers the question before it.
func (b *Book) Answers(tokens []Token) bool { return b.answers(tokens)&answer != 0 }

func (b *Book) answers(tokens []Token) Kinds {
	filled := b.filled(tokens)
	return b.find(answers, tokens, &filled)
}

// Event tells whether a sentence announces an event, and when it is.
func (b *Book) Event(tokens []Token) bool {
	filled := b.filled(tokens)
	return filled.any(&b.when) && b.find(events, tokens, &filled) == 1<<len(names[events])-1
}

// find gives what the rules of a chapter find.
func (b *Book) find(chapter int, tokens []Token, filled *needSet) Kinds {
	var found Findings
	at := beginning
	for i, t := range tokens {
		b.try(&b.chapters[chapter], tokens, i, at, filled, &found)
		at = at.after(t, b)
	}
	return found.Kinds()
}

// try adds what the rules of a chapter find that begin at token i.
func (b *Book) try(c *chapter, tokens []Token, i int, at place, filled *needSet, found *Findings) {
	for _, some := range c.starts[tokens[i].class] {
		left := c.allowed(some, tokens[i+1:], at)
		for ; left != 0; left &= left - 1 {
			n := some.word*64 + mathbits.TrailingZeros64(left)
			if !filled.has(c.needs[n]) {
				continue
			}
			r := &c.rules[n]
			if !found.covers(&r.findings) && b.match(tokens, i, r.first) {
				found.add(&r.findings)
			}
		}
	}
}

// Known counts the words of a sentence that the rules for kinds know.
func (b *Book) Known(tokens []Token) int {
	n := 0
	for _, t := range tokens {
		if t.Mark == 0 && b.known[t.class>>6]&(1<<(t.class&63)) != 0 {
			n++
		}
	}
	return n
}

// noteKnown notes the classes of words that tell the language.
func (b *Book) noteKnown(sets [][]uint16) {
	b.known = make(bits, (b.classes()+63)/64)
	for _, classes := range sets {
		for _, class := range classes {
			b.known.add(class)
		}
	}
}

func (e *Findings) add(o *Findings) {
	e.Plain |= o.Plain
	e.Strong |= o.Strong
	e.Veto |= o.Veto
	if e.Span == "" {
		e.Span = o.Span
	}
}

// covers tells whether another effect would add nothing.
func (e *Findings) covers(o *Findings) bool {
	return o.Plain&^e.Plain == 0 && o.Strong&^e.Strong == 0 && o.Veto&^e.Veto == 0 && (o.Span == "" || e.Span != "")
}

// match tells whether a pattern is met by the tokens from i on.
func (b *Book) match(tokens []Token, i int, at uint16) bool {
	for {
		s := &b.steps[at]
		switch s.op {
		case match:
			return true
		case one:
			if i == len(tokens) || !b.in(tokens[i].class, s.set) {
				return false
			}
			i++
		case maybe:
			if i < len(tokens) && b.in(tokens[i].class, s.set) && b.match(tokens, i+1, s.next) {
				return true
			}
		case fork:
			return b.any(tokens, i, s.ways)
		case unless:
			if b.any(tokens, i, s.ways) {
				return false
			}
		case near, far:
			return b.skip(tokens, i, s)
		case end:
			for ; i < len(tokens); i++ {
				if tokens[i].Mark == 0 {
					return false
				}
			}
		}
		at = s.next
	}
}

func (b *Book) any(tokens []Token, i int, ways []uint16) bool {
	for _, w := range ways {
		if b.match(tokens, i, w) {
			return true
		}
	}
	return false
}

// skip matches what follows a gap.
func (b *Book) skip(tokens []Token, i int, s *step) bool {
	most := nearWords
	if s.op == far {
		most = farWords
	}
	next := &b.steps[s.next]
	for last := min(i+most, len(tokens)); i <= last; i++ {
		hopeless := next.op == one && (i == len(tokens) || !b.in(tokens[i].class, next.set))
		if !hopeless && b.match(tokens, i, s.next) {
			return true
		}
		if s.op == near && i < len(tokens) && tokens[i].Mark != 0 {
			return false
		}
	}
	return false
}
