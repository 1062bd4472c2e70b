package reply

import "bytes"

// A finder finds whether a text holds any of many phrases, in one pass.
type finder struct {
	begin   [1 << 12]uint8 // by three bytes: a place in lists, which is empty where no phrase begins so
	lists   [][]string
	phrases []string
}

// newFinder returns a finder of phrases of three bytes or more.
func newFinder(phrases []string) *finder {
	f := &finder{lists: make([][]string, 1), phrases: phrases}
	for _, p := range phrases {
		at := &f.begin[trigram(p[0], p[1], p[2])]
		if *at == 0 {
			*at = uint8(len(f.lists))
			f.lists = append(f.lists, nil)
		}
		f.lists[*at] = append(f.lists[*at], p)
	}
	return f
}

// trigram mixes three bytes into a place in a finder's table.
func trigram(a, b, c byte) int { return (int(a)<<7 ^ int(b)<<4 ^ int(c)) & (1<<12 - 1) }

// in tells whether a folded text holds one of the phrases.
func (f *finder) in(text []byte) bool {
	for i := 0; i+2 < len(text); i++ {
		at := f.begin[trigram(text[i], text[i+1], text[i+2])]
		if at == 0 {
			continue
		}
		for _, p := range f.lists[at] {
			if len(text)-i >= len(p) && string(text[i:i+len(p)]) == p {
				return true
			}
		}
	}
	return false
}

// count counts the phrases that a folded text holds.
func (f *finder) count(text []byte) int {
	n := 0
	for _, p := range f.phrases {
		if bytes.Contains(text, []byte(p)) {
			n++
		}
	}
	return n
}
