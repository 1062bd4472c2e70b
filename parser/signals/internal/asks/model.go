package asks

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"mentorrelay/parser/signals/internal/rulebook"
)

// A Model is the weights of a logistic regression. It may be used by many at
// once.
type Model struct {
	bias  float32
	slots []slot          // by hash, the next free one where taken; a power of two
	maybe [1 << 10]uint64 // by the low bits of the hash, which features there may be: most there are not
}

type slot struct {
	hash   uint32 // 0 for none
	weight float32
}

// Read reads a model: a line for each feature, its weight, a tab, and its text
// (words parted by spaces, ^ for the start and $ for the end of the sentence).
// The feature without text is the bias.
func Read(r io.Reader) (*Model, error) {
	var m Model
	var features []slot
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		number, text, ok := strings.Cut(lines.Text(), "\t")
		weight, err := strconv.ParseFloat(number, 32)
		if !ok || err != nil {
			return nil, fmt.Errorf("no weight and feature: %q", lines.Text())
		}
		if text == "" {
			m.bias = float32(weight)
			continue
		}
		features = append(features, slot{hash(text), float32(weight)})
	}
	m.slots = make([]slot, sizeFor(len(features)))
	for _, f := range features {
		m.add(f)
	}
	return &m, lines.Err()
}

// sizeFor returns a power of two at least twice n.
func sizeFor(n int) int {
	size := 2
	for size < 2*n {
		size *= 2
	}
	return size
}

func (m *Model) add(f slot) {
	m.maybe[f.hash>>6&(1<<10-1)] |= 1 << (f.hash & 63)
	for i := int(f.hash); ; i++ {
		if s := &m.slots[i&(len(m.slots)-1)]; s.hash == 0 {
			*s = f
			return
		}
	}
}

// hash returns the hash of a feature from its text.
func hash(text string) uint32 {
	words := strings.Fields(text)
	h := rulebook.Hash(words[0])
	for _, w := range words[1:] {
		h = join(h, rulebook.Hash(w))
	}
	return h
}

// Score returns the log-odds of an ask, from the features of a sentence.
func (m *Model) Score(features []uint32) float64 {
	sum := m.bias
	for _, f := range features {
		if m.maybe[f>>6&(1<<10-1)]&(1<<(f&63)) == 0 {
			continue
		}
		for i := int(f); ; i++ {
			s := &m.slots[i&(len(m.slots)-1)]
			if s.hash == f {
				sum += s.weight
				break
			}
			if s.hash == 0 {
				break
			}
		}
	}
	return float64(sum)
}
