package rulebook

import (
	"slices"
	"strings"
)

// newLexicon builds the lexicon of sets of words. A word may be a stem with an
// asterisk ("conseil*"), an ending of at most four letters ("*rai"), which
// holds for words that no stem matches, a punctuation mark, or # for any number.
func newLexicon(sets [][]string) *lexicon {
	b := lexiconBuilder{
		lexicon: &lexicon{nodes: make([]node, 2), numbers: map[uint16]uint16{}},
		words:   map[uint16][]int{}, stems: map[uint16][]int{}, classes: map[string]uint16{},
	}
	b.class(nil)
	for id, words := range sets {
		for _, w := range words {
			b.put(w, id)
		}
	}
	for _, n := range b.digits {
		b.words[n] = append(b.words[n], b.number...)
	}
	b.settle(root, nil, "")
	b.closeUnnamed()
	for mark, ids := range b.marked {
		b.marks[mark] = b.class(ids)
	}
	b.fill(len(sets))
	return b.lexicon
}

type lexiconBuilder struct {
	*lexicon
	words, stems map[uint16][]int // by node, the sets it stands in
	digits       []uint16         // the nodes of numbers
	number       []int            // the sets that hold any number
	marked       [128][]int       // by mark, the sets it stands in
	classes      map[string]uint16
	members      [][]int // by class, its sets
}

// put notes that a word stands in a set.
func (b *lexiconBuilder) put(w string, set int) {
	stem, isStem := strings.CutSuffix(w, "*")
	last, isEnding := strings.CutPrefix(w, "*")
	switch {
	case isEnding:
		b.ending(last, set)
	case w == "#":
		b.number = append(b.number, set)
	case strings.Contains(marks, w):
		b.marked[w[0]] = append(b.marked[w[0]], set)
	case isStem:
		n := b.grow(stem)
		b.stems[n] = append(b.stems[n], set)
	default:
		n := b.grow(w)
		b.words[n] = append(b.words[n], set)
		if strings.Trim(w, "0123456789") == "" {
			b.digits = append(b.digits, n)
		}
	}
}

// grow returns the node of a word, made as need be.
func (b *lexiconBuilder) grow(word string) uint16 {
	at := uint16(root)
	for i := range len(word) {
		next := b.step(at, word[i])
		if next == dead {
			b.nodes = append(b.nodes, node{})
			next = uint16(len(b.nodes) - 1)
			slot := int(word[i]) - 'a'
			if word[i] <= '9' {
				slot = int(word[i]) - '0' + 26
			}
			b.nodes[at].next[slot] = next
		}
		at = next
	}
	return at
}

// settle gives the nodes below one their classes; stems are the sets of the
// stems passed on the way.
func (b *lexiconBuilder) settle(at uint16, stems []int, word string) {
	stems = append(slices.Clip(stems), b.stems[at]...)
	b.nodes[at].stem = b.class(stems)
	sets := append(slices.Clip(stems), b.words[at]...)
	if len(sets) > 0 {
		for _, e := range b.ends {
			if strings.HasSuffix(word, e.letters) {
				sets = append(sets, e.set)
			}
		}
	}
	b.nodes[at].class = b.class(sets)
	for slot, next := range b.nodes[at].next {
		if next != dead {
			b.settle(next, stems, word+string(letters[slot]))
		}
	}
}

// letters are the bytes that nodes part at, in their order.
const letters = "abcdefghijklmnopqrstuvwxyz0123456789"

// ending adds an ending's set.
func (b *lexiconBuilder) ending(last string, set int) {
	e := ending{letters: last, set: set}
	for i := range len(last) {
		e.tail, e.mask = e.tail<<8|tail(last[i]), e.mask<<8|0xff
	}
	b.ends = append(b.ends, e)
}

// closeUnnamed gives classes to the words that no rule names, by their stems:
// numbers, and what has an ending, the longest first.
func (b *lexiconBuilder) closeUnnamed() {
	slices.SortStableFunc(b.ends, func(x, y ending) int { return len(y.letters) - len(x.letters) })
	stems := map[uint16]bool{}
	for _, n := range b.nodes {
		stems[n.stem] = true
	}
	for stem := range stems {
		b.numbers[stem] = b.class(append(slices.Clone(b.members[stem]), b.number...))
	}
	for i, e := range b.ends {
		b.ends[i].classes = map[uint16]uint16{}
		for stem := range stems {
			sets := slices.Clone(b.members[stem])
			for _, o := range b.ends {
				if strings.HasSuffix(e.letters, o.letters) {
					sets = append(sets, o.set)
				}
			}
			b.ends[i].classes[stem] = b.class(sets)
		}
	}
}

// class returns the class of the words that stand in exactly these sets.
func (b *lexiconBuilder) class(sets []int) uint16 {
	sets = slices.Clone(sets)
	slices.Sort(sets)
	sets = slices.Compact(sets)
	key := string(encodeInts(sets))
	id, ok := b.classes[key]
	if !ok {
		id = uint16(len(b.members))
		b.classes[key] = id
		b.members = append(b.members, sets)
	}
	return id
}

func encodeInts(ns []int) []byte {
	var key []byte
	for _, n := range ns {
		key = append(key, byte(n), byte(n>>8))
	}
	return key
}

// fill writes down which of n sets each class stands in.
func (b *lexiconBuilder) fill(n int) {
	b.width = (n + 63) / 64
	b.rows = make(bits, len(b.members)*b.width)
	for class, sets := range b.members {
		for _, s := range sets {
			b.rows[class*b.width:].add(uint16(s))
		}
	}
}
