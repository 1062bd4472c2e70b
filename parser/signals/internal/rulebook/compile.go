package rulebook

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// compile reads a file of rules.
func compile(text string) (*Book, error) {
	c := compiler{names: map[string][][]string{}, ids: map[string]uint16{}, steps: []step{{op: match}}}
	var problems []error
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "//")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := c.line(line, n+1); err != nil {
			problems = append(problems, fmt.Errorf("line %d: %w", n+1, err))
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	lead := c.set(singles(c.names["lead"]))
	book := &Book{lexicon: newLexicon(c.sets), rules: c.rules, steps: c.steps, lead: lead}
	book.starts = make([][]uint16, 64*len(book.sets[lead]))
	for class := range book.starts {
		for n, r := range book.rules {
			if book.begins(r.first, uint16(class)) {
				book.starts[class] = append(book.starts[class], uint16(n))
			}
		}
	}
	return book, nil
}

// begins tells whether a pattern's first word can be of a class.
func (b *Book) begins(at, class uint16) bool {
	s := &b.steps[at]
	switch s.op {
	case one:
		return b.sets[s.set].has(class)
	case maybe:
		return b.sets[s.set].has(class) || b.begins(s.next, class)
	case fork:
		return slices.ContainsFunc(s.ways, func(w uint16) bool { return b.begins(w, class) })
	case unless:
		return b.begins(s.next, class)
	}
	return false // no rule may begin with a gap
}

// A compiler turns rules into steps over numbered sets of words.
type compiler struct {
	names map[string][][]string // what a name stands for: words, or sequences of words
	ids   map[string]uint16     // of the sets, by their words
	sets  [][]string
	steps []step // the first is match
	rules []rule
}

// line reads one line: a name or a rule.
func (c *compiler) line(line string, number int) error {
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
	effects, pattern, ok := strings.Cut(line, " : ")
	fields := strings.Fields(pattern)
	if !ok || len(fields) == 0 {
		return fmt.Errorf("neither a rule nor a name: %q", line)
	}
	r := rule{line: number}
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
	c.rules = append(c.rules, r)
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

// field adds the steps of one field of a pattern before the step next, and
// returns the first of them.
func (c *compiler) field(f string, next uint16) (uint16, error) {
	switch f {
	case "..":
		return c.step(step{op: near, next: next}), nil
	case "...":
		return c.step(step{op: far, next: next}), nil
	}
	inner, optional := strings.CutPrefix(f, "[")
	inner = strings.TrimSuffix(inner, "]")
	not := len(f) > 1 && f[0] == '!'
	if not {
		inner = f[1:]
	}
	members, err := c.alternatives(inner)
	if err != nil {
		return 0, err
	}
	if not {
		return c.step(step{op: unless, next: next, ways: c.ways(members, 0)}), nil
	}
	words := singles(members)
	if optional && len(words) == len(members) {
		return c.step(step{op: maybe, set: c.set(words), next: next}), nil
	}
	ways := c.ways(members, next)
	switch {
	case optional:
		return c.step(step{op: fork, ways: append(ways, next)}), nil
	case len(ways) == 1:
		return ways[0], nil
	}
	return c.step(step{op: fork, ways: ways}), nil
}

// ways adds the steps of alternatives; the single words among them are one.
func (c *compiler) ways(members [][]string, next uint16) []uint16 {
	var ways []uint16
	if words := singles(members); len(words) > 0 {
		ways = append(ways, c.step(step{op: one, set: c.set(words), next: next}))
	}
	for _, m := range members {
		if single(m) {
			continue
		}
		at := next
		for _, word := range slices.Backward(m) {
			if word == "$" {
				at = c.step(step{op: end, next: at})
			} else {
				at = c.step(step{op: one, set: c.set([]string{word}), next: at})
			}
		}
		ways = append(ways, at)
	}
	return ways
}

func (c *compiler) step(s step) uint16 {
	c.steps = append(c.steps, s)
	return uint16(len(c.steps) - 1)
}

// alternatives reads "could/can/would_you_be_able_to/<please>".
func (c *compiler) alternatives(field string) ([][]string, error) {
	var all [][]string
	for _, alternative := range strings.Split(field, "/") {
		ways := [][]string{nil}
		for _, part := range strings.FieldsFunc(alternative, func(r rune) bool { return r == '_' || r == '\'' }) {
			members := [][]string{{folded(part)}}
			if name, ok := strings.CutPrefix(part, "<"); ok {
				members = c.names[strings.TrimSuffix(name, ">")]
			}
			if len(members) == 0 || !valid(members[0][0]) {
				return nil, fmt.Errorf("%q is no word, and not named above", part)
			}
			var longer [][]string
			for _, w := range ways {
				for _, m := range members {
					longer = append(longer, append(slices.Clip(w), m...))
				}
			}
			ways = longer
		}
		all = append(all, ways...)
	}
	return all, nil
}

// valid tells whether a word can be found in a lexicon.
func valid(word string) bool {
	if word == "$" || word == "#" || len(word) == 1 && strings.Contains(marks, word) {
		return true
	}
	word = strings.TrimSuffix(strings.TrimPrefix(word, "*"), "*")
	return word != "" && strings.Trim(word, letters) == ""
}

// folded writes a word of the rules as scan reads it.
func folded(word string) string {
	var b []byte
	for _, r := range word {
		first, second := fold(r)
		switch {
		case first == 0:
			b = append(b, string(r)...) // a mark, or the asterisk of a stem
		case second == 0:
			b = append(b, first)
		default:
			b = append(b, first, second)
		}
	}
	return string(b)
}

// set returns the number of a set of words.
func (c *compiler) set(words []string) uint16 {
	words = slices.Clone(words)
	slices.Sort(words)
	words = slices.Compact(words)
	key := strings.Join(words, " ")
	id, ok := c.ids[key]
	if !ok {
		id = uint16(len(c.sets))
		c.ids[key] = id
		c.sets = append(c.sets, words)
	}
	return id
}

// single tells whether an alternative is one word.
func single(member []string) bool { return len(member) == 1 && member[0] != "$" }

// singles gives the single words of alternatives.
func singles(members [][]string) []string {
	var words []string
	for _, m := range members {
		if single(m) {
			words = append(words, m[0])
		}
	}
	return words
}
