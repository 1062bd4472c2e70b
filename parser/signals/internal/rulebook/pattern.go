package rulebook

import (
	"fmt"
	"slices"
	"strings"
)

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

// ways adds the steps of alternatives. Those that begin alike share steps, so
// that trying them costs the less.
func (c *compiler) ways(members [][]string, next uint16) []uint16 {
	var firsts []string
	tails := map[string][][]string{} // by first word
	for _, m := range members {
		if tails[m[0]] == nil {
			firsts = append(firsts, m[0])
		}
		tails[m[0]] = append(tails[m[0]], m[1:])
	}
	var shared []string
	words := map[string][]string{} // first words, by what follows them
	for _, first := range firsts {
		key := fmt.Sprint(first == "$", tails[first])
		if words[key] == nil {
			shared = append(shared, key)
		}
		words[key] = append(words[key], first)
	}
	var ways []uint16
	for _, key := range shared {
		then := c.then(tails[words[key][0]], next)
		if words[key][0] == "$" {
			ways = append(ways, c.step(step{op: end, next: then}))
		} else {
			ways = append(ways, c.step(step{op: one, set: c.set(words[key]), next: then}))
		}
	}
	return ways
}

// then returns the step at which the rests of alternatives begin; one that has
// no rest goes on with next.
func (c *compiler) then(tails [][]string, next uint16) uint16 {
	longer := slices.DeleteFunc(slices.Clone(tails), func(t []string) bool { return len(t) == 0 })
	if len(longer) == 0 {
		return next
	}
	ways := c.ways(longer, next)
	if len(longer) < len(tails) {
		ways = append(ways, next)
	}
	if len(ways) == 1 {
		return ways[0]
	}
	return c.step(step{op: fork, ways: ways})
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
