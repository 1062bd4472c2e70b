// Package asks tells, by a model trained on labelled sentences, how likely an
// English sentence asks for or proposes something.
package asks

import (
	"strconv"

	"mentorrelay/parser/signals/internal/rulebook"
)

// The model is a logistic regression over words, pairs and triples of words,
// marks counted among them; over what the rules found; and over the sentence's
// length. A feature is known by a hash of its text.

// Features appends the hashes of a sentence's features to into. One that
// stands twice counts twice.
func Features(tokens []rulebook.Token, findings rulebook.Findings, into []uint32) []uint32 {
	one, two := start, uint32(0) // the words before
	for i, t := range tokens {
		into = append(into, t.Hash, join(one, t.Hash))
		if i > 0 {
			into = append(into, join(join(two, one), t.Hash))
		}
		two, one = one, t.Hash
	}
	into = append(into, join(one, stop))
	for i := range found {
		if bit := rulebook.Kinds(1) << i; findings.Kinds()&bit != 0 {
			into = append(into, found[i])
		} else if findings.Veto&bit != 0 {
			into = append(into, denied[i])
		}
	}
	return append(into, lengths[min(len(tokens)/4, len(lengths)-1)])
}

var (
	start, stop = rulebook.Hash("^"), rulebook.Hash("$")
	found       = numbered("=found", 6)
	denied      = numbered("=denied", 6)
	lengths     = numbered("=length", 9)
)

func numbered(name string, n int) []uint32 {
	hashes := make([]uint32, n)
	for i := range hashes {
		hashes[i] = rulebook.Hash(name + strconv.Itoa(i))
	}
	return hashes
}

// join hashes two features that follow each other.
func join(first, second uint32) uint32 {
	h := first*0x9e3779b1 ^ second
	h ^= h >> 15
	return h * 0x85ebca77
}
