package rulebook

// A Book is one language's rules, compiled. It may be used by many at once.
type Book struct {
	*lexicon
	rules  []rule
	steps  []step
	starts [][]uint16 // by class, the rules whose first word it can be
	lead   uint16     // the set of words that may stand before a clause
}

// A rule is a pattern and what it says of a sentence that holds it.
type rule struct {
	findings Findings
	anchor   anchor
	first    uint16 // step
	second   bits   // the classes that a second word can be of; nil for any, or none
}

// Kinds is a set of kinds of sentences.
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

// names are the kinds as rules name them, in the order of their bits.
var names = []string{"ask", "offer", "thanks", "commit", "report", "pace"}

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
	for i, t := range tokens {
		if t.Mark == '?' {
			found.Plain |= Ask
		}
		for _, n := range b.starts[t.class] {
			r := &b.rules[n]
			if !r.follows(tokens[i+1:]) || found.covers(r.findings) || !b.anchored(r.anchor, tokens, i) {
				continue
			}
			if b.match(tokens, i, r.first) {
				found.add(r.findings)
			}
		}
	}
	if found.Span == "" {
		found.Plain &^= Pace
	}
	return found
}

// follows tells, at little cost, whether the rest of a sentence can go on from
// the rule's first word.
func (r *rule) follows(rest []Token) bool {
	return r.second == nil || len(rest) > 0 && r.second.has(rest[0].class)
}

// Known counts the words of a sentence that stand in some rule.
func (b *Book) Known(tokens []Token) int {
	n := 0
	for _, t := range tokens {
		if t.class != 0 && t.Mark == 0 {
			n++
		}
	}
	return n
}

func (e *Findings) add(o Findings) {
	e.Plain |= o.Plain
	e.Strong |= o.Strong
	e.Veto |= o.Veto
	if e.Span == "" {
		e.Span = o.Span
	}
}

// covers tells whether another effect would add nothing.
func (e *Findings) covers(o Findings) bool {
	return o.Plain&^e.Plain == 0 && o.Strong&^e.Strong == 0 && o.Veto&^e.Veto == 0 && (o.Span == "" || e.Span != "")
}

// anchored tells whether a pattern may begin at token i.
func (b *Book) anchored(a anchor, tokens []Token, i int) bool {
	if a == anywhere {
		return true
	}
	for n := range i {
		if n == leadWords {
			return false
		}
		t := tokens[i-1-n]
		if t.Mark != 0 {
			if a == clause {
				return true
			}
			continue
		}
		if !b.sets[b.lead].has(t.class) {
			return false
		}
	}
	return true
}

// match tells whether a pattern is met by the tokens from i on.
func (b *Book) match(tokens []Token, i int, at uint16) bool {
	for {
		s := &b.steps[at]
		switch s.op {
		case match:
			return true
		case one:
			if i == len(tokens) || !b.sets[s.set].has(tokens[i].class) {
				return false
			}
			i++
		case maybe:
			if i < len(tokens) && b.sets[s.set].has(tokens[i].class) && b.match(tokens, i+1, s.next) {
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
		hopeless := next.op == one && (i == len(tokens) || !b.sets[next.set].has(tokens[i].class))
		if !hopeless && b.match(tokens, i, s.next) {
			return true
		}
		if s.op == near && i < len(tokens) && tokens[i].Mark != 0 {
			return false
		}
	}
	return false
}
