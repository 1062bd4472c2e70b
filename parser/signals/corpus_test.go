package signals

import (
	"os"
	"slices"
	"strings"
	"testing"

	"mentorrelay/parser/signals/internal/asks"
	"mentorrelay/parser/signals/internal/rulebook"
)

// corpus holds sentences of English business mail and advertisements, labelled
// Yes where they ask for or propose something: more than an ask as this
// package has it, since offers and promises count as well.
const corpus = "../../../shared/corpus/signals/asks_en.tsv"

// floorCorpus is the least F1 for sentences never trained on.
const floorCorpus = 0.76

// TestCorpus cross-validates: each fifth of the corpus is judged by a model
// that was trained on the other four. Sentences that share over half of their
// pairs of words are kept in one fifth.
func TestCorpus(t *testing.T) {
	sentences, isAsk := readCorpus(t)
	var train []asks.Example
	for _, l := range readLabelled(t, "en_dev.tsv") {
		train = append(train, asks.NewExample(l.sentence, slices.Contains(l.kinds, Ask)))
	}
	mentoring := len(train)
	groups := groupAlike(sentences)
	const folds = 5
	var whole, rules score
	for fold := range folds {
		train = train[:mentoring]
		for i, s := range sentences {
			if groups[i]%folds != fold {
				train = append(train, asks.NewExample(s, isAsk[i]))
			}
		}
		r := reader{book: rulebook.English(), model: asks.Train(train).Model()}
		bare := reader{book: rulebook.English()}
		for i, s := range sentences {
			if groups[i]%folds == fold {
				kinds, _ := r.read(s)
				whole.count(isAsk[i], kinds&rulebook.Ask != 0)
				kinds, _ = bare.read(s)
				rules.count(isAsk[i], kinds&rulebook.Ask != 0)
			}
		}
	}
	t.Logf("rules alone:     F1 %.3f  %v", rules.f1(), rules)
	t.Logf("rules and model: F1 %.3f  %v", whole.f1(), whole)
	if whole.f1() < floorCorpus {
		t.Errorf("F1 %.3f, want at least %.2f", whole.f1(), floorCorpus)
	}
}

func readCorpus(t *testing.T) (sentences []string, isAsk []bool) {
	t.Helper()
	text, err := os.ReadFile(corpus)
	if os.IsNotExist(err) {
		t.Skip("no corpus of English asks beside the repository")
	} else if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		label, sentence, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			t.Fatalf("no tab in %q", line)
		}
		sentences = append(sentences, sentence)
		isAsk = append(isAsk, label == "Yes")
	}
	return sentences, isAsk
}

// groupAlike numbers sentences so that those that share over half of their
// pairs of words have the same number.
func groupAlike(sentences []string) []int {
	group := make([]int, len(sentences))
	find := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	having := map[[2]string][]int{}
	sizes := make([]int, len(sentences))
	for i, s := range sentences {
		group[i] = i
		pairs := map[[2]string]bool{}
		words := rulebook.Words(s)
		for j := 1; j < len(words); j++ {
			pairs[[2]string(words[j-1:j+1])] = true
		}
		sizes[i] = len(pairs)
		shared := map[int]int{}
		for p := range pairs {
			for _, other := range having[p] {
				shared[other]++
			}
			having[p] = append(having[p], i)
		}
		for other, n := range shared {
			if n >= 3 && 2*n > min(sizes[i], sizes[other]) {
				group[find(other)] = find(i)
			}
		}
	}
	for i := range group {
		group[i] = find(i)
	}
	return group
}
