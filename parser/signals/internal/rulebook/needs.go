package rulebook

import (
	"cmp"
	"math"
	"slices"
)

// A need is a set of words one of which must stand in a sentence for a rule to
// be met. Most rules have several. A rule is tried only where the rarest is
// filled, which spares nearly all of what gaps would cost.

// mostNeeds is how many needs are told apart; 0 stands for none.
const mostNeeds = 1 << 10

// A needSet is a set of needs.
type needSet [mostNeeds / 64]uint64

func (s *needSet) has(need uint16) bool { return s[need>>6]&(1<<(need&63)) != 0 }

func (s *needSet) add(need uint16) { s[need>>6] |= 1 << (need & 63) }

// any tells whether two sets have a need in common.
func (s *needSet) any(o *needSet) bool {
	for i := range s {
		if s[i]&o[i] != 0 {
			return true
		}
	}
	return false
}

// filled returns the needs that a sentence fills.
func (b *Book) filled(tokens []Token) needSet {
	all := needSet{1} // what is no need is filled
	for _, t := range tokens {
		row := b.fills[int(t.class)*b.needWidth:][:b.needWidth]
		for i, word := range row {
			all[i&(len(all)-1)] |= word
		}
	}
	return all
}

// commonness guesses how often the words of a set are written: short ones most.
func commonness(words []string) float64 {
	const letter = 6 // times as rare as without it
	sum := 0.0
	for _, w := range words {
		if w[0] == '*' { // an ending
			return 1
		}
		sum += math.Pow(letter, -float64(len(w)))
	}
	return sum
}

// noteNeeds gives the rules their needs. Sets are the words of the sets, holds
// the classes that stand in them.
func (b *Book) noteNeeds(sets [][]string, holds [][]uint16) {
	common := make([]float64, len(sets))
	for i, words := range sets {
		common[i] = commonness(words)
	}
	numbers := map[uint16]uint16{}
	memo := make(map[uint16][]uint16)
	for i := range b.chapters {
		c := &b.chapters[i]
		c.needs = make([]uint16, len(c.rules))
		for n, r := range c.rules {
			if must := b.must(r.first, memo); len(must) > 0 {
				rarest := slices.MinFunc(must, func(x, y uint16) int { return cmp.Compare(common[x], common[y]) })
				if numbers[rarest] == 0 && len(numbers) < mostNeeds-1 {
					numbers[rarest] = uint16(len(numbers) + 1)
				}
				c.needs[n] = numbers[rarest]
			}
			if i == events && r.findings.Plain&when != 0 {
				b.when.add(c.needs[n])
			}
		}
	}
	b.needWidth = len(numbers)/64 + 1
	b.fills = make(bits, b.classes()*b.needWidth)
	for set, need := range numbers {
		for _, class := range holds[set] {
			b.fills[int(class)*b.needWidth:].add(need)
		}
	}
}

// must returns the sets that every way from a step to the end of its pattern
// takes a word of.
func (b *Book) must(at uint16, memo map[uint16][]uint16) []uint16 {
	if sets, ok := memo[at]; ok {
		return sets
	}
	var sets []uint16
	switch s := &b.steps[at]; s.op {
	case match:
		return nil
	case one:
		sets = append(slices.Clip(b.must(s.next, memo)), s.set)
	case fork:
		sets = b.must(s.ways[0], memo)
		for _, w := range s.ways[1:] {
			others := b.must(w, memo)
			sets = slices.DeleteFunc(slices.Clone(sets), func(set uint16) bool { return !slices.Contains(others, set) })
		}
	default:
		sets = b.must(s.next, memo)
	}
	memo[at] = sets
	return sets
}
