package rulebook

// A lexicon tells the words of one language's rules apart: a tree of letters
// whose nodes carry a class. Words that stand in the same sets of the rules
// share a class; class 0 stands in none.
type lexicon struct {
	nodes []node
	marks [128]uint16 // the classes of punctuation marks
	ends  []ending    // of words that no rule names

	numbers map[uint16]uint16 // the classes of numbers that no rule names, by that of their stem
	rows    bits              // by class, width words of them: the sets it stands in
	width   int
}

// classes returns how many there are.
func (l *lexicon) classes() int { return len(l.rows) / l.width }

// holds returns the classes that stand in each of n sets.
func (l *lexicon) holds(n int) [][]uint16 {
	all := make([][]uint16, n)
	for class := range uint16(l.classes()) {
		for set := range uint16(n) {
			if l.in(class, set) {
				all[set] = append(all[set], class)
			}
		}
	}
	return all
}

// in tells whether the words of a class stand in a set.
func (l *lexicon) in(class, set uint16) bool {
	return l.rows[int(class)*l.width+int(set>>6)]&(1<<(set&63)) != 0
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
	if slot := slots[b]; slot < noSlot {
		return l.nodes[from].next[slot]
	}
	return dead
}

// slots are the places of letters and digits among a node's nexts.
var slots = func() (table [256]byte) {
	for b := range table {
		table[b] = noSlot
	}
	for slot := range letters {
		table[letters[slot]] = byte(slot)
	}
	return table
}()

const noSlot = byte(len(letters))

// bits is a set of small numbers.
type bits []uint64

func (b bits) add(n uint16) { b[n>>6] |= 1 << (n & 63) }
