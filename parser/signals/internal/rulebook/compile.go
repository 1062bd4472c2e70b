package rulebook

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// parts are the files of a language's rules, in the order they are read, each
// with the chapter its rules belong to.
var parts = [...]struct {
	file    string
	chapter int
}{
	{"words", kinds}, {"ask", kinds}, {"offer", kinds}, {"thanks", kinds}, {"commit", kinds},
	{"report", kinds}, {"pace", kinds}, {"topics", topics}, {"events", events},
	{"answers", answers},
}

// compile reads the rules of a language.
func compile(files fs.FS) (*Book, error) {
	c := newCompiler()
	var problems []error
	for _, part := range parts {
		c.chapter = part.chapter
		name := part.file + ".rules"
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
		if c.chapter == kinds {
			c.general = len(c.sets)
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return c.book(), nil
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

	rules   [chapters][]rule
	chapter int // of the rules being read
	general int // how many of the sets are those of the first chapter
}

func newCompiler() *compiler {
	return &compiler{names: map[string][][]string{}, ids: map[string]uint16{}, steps: []step{{op: match}}}
}

// book returns the book of the rules read so far.
func (c *compiler) book() *Book {
	lead := c.set(singles(c.names["lead"]))
	b := &Book{lexicon: newLexicon(c.sets), steps: c.steps, lead: lead}
	holds := b.holds(len(c.sets))
	b.noteKnown(append(holds[:c.general:c.general], holds[lead]))
	for i, rules := range c.rules {
		b.chapters[i] = b.index(rules, holds)
	}
	b.noteNeeds(c.sets, holds)
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
		if err := r.findings.parse(e, names[c.chapter]); err != nil {
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
		c.rules[c.chapter] = append(c.rules[c.chapter], r)
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

// parse reads "ask", "ask!", "-ask" or "span:month". What it names is one of the
// names.
func (e *Findings) parse(s string, names []string) error {
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
