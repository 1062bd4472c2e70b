package asks

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"mentorrelay/parser/signals/internal/rulebook"
)

// An Example is a sentence to learn from.
type Example struct {
	Features []uint32
	Asks     bool
}

// The settings found best by cross-validation.
const (
	atLeast = 3    // examples that a feature must be in
	epochs  = 16   // the weights of the later half are averaged
	rate    = 0.05 // AdaGrad's
	decay   = 3e-3 // L2
)

// Train learns a model. The same examples give the same model.
func Train(examples []Example) *Trained {
	t := &Trained{index: map[uint32]int{}}
	counts := map[uint32]int{}
	for _, e := range examples {
		for _, f := range e.Features {
			counts[f]++
			if counts[f] == atLeast {
				t.index[f] = len(t.index)
			}
		}
	}
	known := make([][]int, len(examples))
	for i, e := range examples {
		for _, f := range e.Features {
			if n, ok := t.index[f]; ok {
				known[i] = append(known[i], n)
			}
		}
	}
	t.descend(examples, known)
	return t
}

// Trained is what training has learnt.
type Trained struct {
	index   map[uint32]int // by feature, the place of its weight
	weights []float64
	bias    float64
}

// descend fits the weights by AdaGrad (Duchi, Hazan and Singer 2011).
func (t *Trained) descend(examples []Example, known [][]int) {
	weights, slopes := make([]float64, len(t.index)), make([]float64, len(t.index))
	t.weights = make([]float64, len(t.index))
	bias := 0.0
	random := rand.New(rand.NewPCG(1, 2))
	for epoch := range epochs {
		for _, i := range random.Perm(len(examples)) {
			score := bias
			for _, f := range known[i] {
				score += weights[f]
			}
			miss := -1 / (1 + math.Exp(-score))
			if examples[i].Asks {
				miss++
			}
			bias += rate / 2 * miss
			for _, f := range known[i] {
				slope := miss - decay*weights[f]
				slopes[f] += slope * slope
				weights[f] += rate * slope / (math.Sqrt(slopes[f]) + 1e-2)
			}
		}
		if epoch >= epochs/2 {
			for f, w := range weights {
				t.weights[f] += w / (epochs - epochs/2)
			}
			t.bias += bias / (epochs - epochs/2)
		}
	}
}

// Model returns the model as it will be used.
func (t *Trained) Model() *Model {
	m := &Model{bias: float32(t.bias), slots: make([]slot, sizeFor(len(t.index)))}
	for f, n := range t.index {
		m.add(slot{f, float32(t.weights[n])})
	}
	return m
}

// Write writes the weights in the form that Read reads, the heaviest first,
// save those too light to matter. Texts holds the texts of the features.
func (t *Trained) Write(w io.Writer, texts map[uint32]string) error {
	const light = 0.02
	var lines []string
	for f, n := range t.index {
		if math.Abs(t.weights[n]) >= light {
			lines = append(lines, fmt.Sprintf("%.2f\t%s\n", t.weights[n], texts[f]))
		}
	}
	slices.SortFunc(lines, func(a, b string) int {
		return cmp.Or(cmp.Compare(magnitude(b), magnitude(a)), cmp.Compare(a, b))
	})
	_, err := fmt.Fprintf(w, "%.2f\t\n%s", t.bias, strings.Join(lines, ""))
	return err
}

func magnitude(line string) string {
	number, _, _ := strings.Cut(line, "\t")
	return strings.TrimPrefix(number, "-")
}

// NewExample makes an example of an English sentence.
func NewExample(sentence string, isAsk bool) Example {
	book := rulebook.English()
	tokens := book.Scan(sentence, nil)
	return Example{Features: Features(tokens, book.Read(tokens), nil), Asks: isAsk}
}
