package rulebook

import (
	"slices"
	"strings"
)

// A lexicon tells the words of one language's rules apart: a tree of letters
// whose nodes carry a class. Words that stand in the same sets of the rules
// share a class; class 0 stands in none.
type lexicon struct {
	nodes  []node
	marks  [128]uint16 // the classes of punctuation marks
	number uint16      // the class of a number that no rule names
	ends   []ending    // the classes of words that no rule names, by how they end
	sets   []bits      // by set: which classes stand in it
}

type node struct {
	next  [36]uint16 // by letter, then digit; 0 for none
	class uint16     // of the word that ends here
	stem  uint16     // of a word that goes on from here as no rule has it
}

// An ending is the last letters of a word.
type ending struct {
	letters string
	set     int
	tail    tail
	mask    tail
	classes map[uint16]uint16 // by the class of the word's stem
}

// A tail is the last bytes of a word, the last one lowest.
type tail uint32

// unnamed returns the class of a word that no rule names, from that of its stem.
func (l *lexicon) unnamed(stem uint16, t tail) uint16 {
	for i := range l.ends {
		if e := &l.ends[i]; t&e.mask == e.tail {
			return e.classes[stem]
		}
	}
	return stem
}

const (
	dead = 0 // the node of words no rule knows
	root = 1
)

// step follows one byte of a folded word.
func (l *lexicon) step(from uint16, b byte) uint16 {
	switch {
	case 'a' <= b && b <= 'z':
		return l.nodes[from].next[b-'a']
	case '0' <= b && b <= '9':
		return l.nodes[from].next[b-'0'+26]
	}
	return dead
}

// bits is a set of small numbers.
type bits []uint64

func (b bits) has(n uint16) bool { return b[n>>6]&(1<<(n&63)) != 0 }

// newLexicon builds the lexicon of sets of words. A word may be a stem with an
// asterisk ("conseil*"), an ending of at most four letters ("*rai"), which
// holds for words that no stem matches, a punctuation mark, or # for any number.
func newLexicon(sets [][]string) *lexicon {
	b := lexiconBuilder{
		lexicon: &lexicon{nodes: make([]node, 2)},
		words:   map[uint16][]int{}, stems: map[uint16][]int{}, classes: map[string]uint16{},
	}
	b.class(nil)
	var marked [128][]int
	var number []int
	for id, words := range sets {
		for _, w := range words {
			stem, isStem := strings.CutSuffix(w, "*")
			last, isEnding := strings.CutPrefix(w, "*")
			switch {
			case isEnding:
				b.ending(last, id)
			case w == "#":
				number = append(number, id)
			case strings.Contains(marks, w):
				marked[w[0]] = append(marked[w[0]], id)
			case isStem:
				n := b.grow(stem)
				b.stems[n] = append(b.stems[n], id)
			default:
				n := b.grow(w)
				b.words[n] = append(b.words[n], id)
				if strings.Trim(w, "0123456789") == "" {
					b.numbers = append(b.numbers, n)
				}
			}
		}
	}
	for _, n := range b.numbers {
		b.words[n] = append(b.words[n], number...)
	}
	b.number = b.class(number)
	b.settle(root, nil, "")
	b.closeEndings()
	for mark, ids := range marked {
		b.marks[mark] = b.class(ids)
	}
	b.fill(len(sets))
	return b.lexicon
}

type lexiconBuilder struct {
	*lexicon
	words, stems map[uint16][]int // by node, the sets it stands in
	numbers      []uint16         // nodes of numbers
	classes      map[string]uint16
	members      [][]int // by class, its sets
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

// closeEndings gives the endings their classes, the longest first.
func (b *lexiconBuilder) closeEndings() {
	slices.SortStableFunc(b.ends, func(x, y ending) int { return len(y.letters) - len(x.letters) })
	stems := map[uint16]bool{}
	for _, n := range b.nodes {
		stems[n.stem] = true
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

// fill writes down which classes stand in which of n sets.
func (b *lexiconBuilder) fill(n int) {
	size := (len(b.members) + 63) / 64
	b.sets = make([]bits, n)
	for i := range b.sets {
		b.sets[i] = make(bits, size)
	}
	for class, sets := range b.members {
		for _, s := range sets {
			b.sets[s][class>>6] |= 1 << (class & 63)
		}
	}
}
