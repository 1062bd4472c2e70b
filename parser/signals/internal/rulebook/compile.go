package rulebook

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// compile reads the rules of a language: a file of words, and one for each
// kind.
func compile(files fs.FS) (*Book, error) {
	c := newCompiler()
	var problems []error
	for _, kind := range append([]string{"words"}, names...) {
		name := kind + ".rules"
		text, err := fs.ReadFile(files, name)
		if err != nil {
			problems = append(problems, err)
		}
		for n, line := range strings.Split(string(text), "\n") {
			line, _, _ = strings.Cut(line, "//")
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			if err := c.line(line); err != nil {
				problems = append(problems, fmt.Errorf("%s:%d: %w", name, n+1, err))
			}
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return c.book(), nil
}

// index notes which words each rule can begin with and go on with.
func (b *Book) index() {
	classes := 64 * len(b.sets[b.lead])
	b.starts = make([][]uint16, classes)
	for n := range b.rules {
		r := &b.rules[n]
		first := make(bits, classes/64)
		second, sure := make(bits, classes/64), true
		b.reach(r.first, func(s *step) {
			first.join(b.sets[s.set])
			sure = b.reach(s.next, func(s *step) { second.join(b.sets[s.set]) }) && sure
		})
		if sure {
			r.second = second
		}
		for class := range classes {
			if first.has(uint16(class)) {
				b.starts[class] = append(b.starts[class], uint16(n))
			}
		}
	}
}

// reach visits the steps that can take the next word from a step on. It tells
// whether these are all there is: no gap, and no end of the pattern.
func (b *Book) reach(at uint16, visit func(*step)) bool {
	s := &b.steps[at]
	switch s.op {
	case one:
		visit(s)
		return true
	case maybe:
		visit(s)
		return b.reach(s.next, visit)
	case fork:
		sure := true
		for _, w := range s.ways {
			sure = b.reach(w, visit) && sure
		}
		return sure
	case unless:
		return b.reach(s.next, visit)
	}
	return false
}

// A compiler turns rules into steps over numbered sets of words.
type compiler struct {
	names map[string][][]string // what a name stands for: words, or sequences of words
	ids   map[string]uint16     // of the sets, by their words
	sets  [][]string
	steps []step // the first is match
	rules []rule
}

func newCompiler() *compiler {
	return &compiler{names: map[string][][]string{}, ids: map[string]uint16{}, steps: []step{{op: match}}}
}

// book returns the book of the rules read so far.
func (c *compiler) book() *Book {
	lead := c.set(singles(c.names["lead"]))
	b := &Book{lexicon: newLexicon(c.sets), rules: c.rules, steps: c.steps, lead: lead}
	b.index()
	return b
}

// line reads one line: a name or a rule.
func (c *compiler) line(line string) error {
	if name, members, ok := strings.Cut(line, " = "); ok && !strings.Contains(name, " ") {
		for _, m := range strings.Fields(members) {
			words, err := c.alternatives(m)
			if err != nil {
				return err
			}
			c.names[name] = append(c.names[name], words...)
		}
		return nil
	}
	if name, pattern, ok := strings.Cut(line, " + "); ok && !strings.Contains(name, " ") {
		return c.sequences(name, strings.Fields(pattern))
	}
	effects, pattern, ok := strings.Cut(line, " : ")
	fields := strings.Fields(pattern)
	if !ok || len(fields) == 0 {
		return fmt.Errorf("neither a rule nor a name: %q", line)
	}
	var r rule
	for _, e := range strings.Fields(effects) {
		if err := r.findings.parse(e); err != nil {
			return err
		}
	}
	switch fields[0] {
	case "^":
		r.anchor, fields = clause, fields[1:]
	case "^^":
		r.anchor, fields = start, fields[1:]
	}
	var err error
	for _, f := range slices.Backward(fields) {
		if r.first, err = c.field(f, r.first); err != nil {
			return err
		}
	}
	if (&Book{steps: c.steps}).reach(r.first, func(*step) {}) {
		c.rules = append(c.rules, r)
		return nil
	}
	return fmt.Errorf("a pattern begins with a word: %q", pattern)
}

// sequences adds to what a name stands for the ways to choose a word of each
// field.
func (c *compiler) sequences(name string, fields []string) error {
	ways := [][]string{nil}
	for _, f := range fields {
		members, err := c.alternatives(f)
		if err != nil {
			return err
		}
		var longer [][]string
		for _, w := range ways {
			for _, m := range members {
				longer = append(longer, append(slices.Clip(w), m...))
			}
		}
		ways = longer
	}
	c.names[name] = append(c.names[name], ways...)
	return nil
}

// parse reads "ask", "ask!", "-ask" or "span:month".
func (e *Findings) parse(s string) error {
	if span, ok := strings.CutPrefix(s, "span:"); ok {
		e.Span = span
		return nil
	}
	into := &e.Plain
	name, veto := strings.CutPrefix(s, "-")
	name, strong := strings.CutSuffix(name, "!")
	if veto {
		into = &e.Veto
	} else if strong {
		into = &e.Strong
	}
	bit := slices.Index(names, name)
	if bit < 0 {
		return fmt.Errorf("unknown effect %q", s)
	}
	*into |= 1 << bit
	return nil
}
