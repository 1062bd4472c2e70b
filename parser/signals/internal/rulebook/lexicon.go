package rulebook

// A lexicon tells the words of one language's rules apart: a tree of letters
// whose nodes carry a class. Words that stand in the same sets of the rules
// share a class; class 0 stands in none.
type lexicon struct {
	nodes []node
	marks [128]uint16 // the classes of punctuation marks
	ends  []ending    // of words that no rule names

	numbers map[uint16]uint16 // the classes of numbers that no rule names, by that of their stem
	sets    []bits            // by set: which classes stand in it
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

// unnamed returns the class of a word that no rule names, from that of its stem
// and its tail.
func (l *lexicon) unnamed(stem uint16, t tail, number bool) uint16 {
	if number {
		return l.numbers[stem]
	}
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

func (b bits) add(n uint16) { b[n>>6] |= 1 << (n & 63) }

func (b bits) join(o bits) {
	for i := range b {
		b[i] |= o[i]
	}
}
