package asks

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"mentorrelay/parser/signals/internal/rulebook"
)

var lessons = []struct {
	sentence string
	asks     bool
}{
	{"Please send the file.", true}, {"Please send the book.", true}, {"Please send it today.", true},
	{"Could you send the file?", true}, {"Could you come?", true}, {"Could you see it?", true},
	{"The file is here.", false}, {"The book is here.", false}, {"It is here today.", false},
	{"I saw the file.", false}, {"I saw the book.", false}, {"I saw it today.", false},
}

func learn(t *testing.T) (*Trained, map[uint32]string) {
	t.Helper()
	var examples []Example
	texts := map[uint32]string{}
	for range atLeast {
		for _, l := range lessons {
			examples = append(examples, NewExample(l.sentence, l.asks))
			Texts(rulebook.Words(l.sentence), texts)
		}
	}
	return Train(examples), texts
}

func score(m *Model, sentence string) float64 { return m.Score(NewExample(sentence, false).Features) }

func TestTrain(t *testing.T) {
	trained, _ := learn(t)
	m := trained.Model()
	for sentence, want := range map[string]bool{
		"Please send the letter.": true, "Could you write?": true,
		"The letter is here.": false, "I saw the letter.": false,
	} {
		if got := score(m, sentence); got > 0 != want {
			t.Errorf("%q: %.2f", sentence, got)
		}
	}
}

// TestWrite writes a model, reads it, and finds it the same, and the same again
// however often it is trained.
func TestWrite(t *testing.T) {
	trained, texts := learn(t)
	var first, second bytes.Buffer
	if err := trained.Write(&first, texts); err != nil {
		t.Fatal(err)
	}
	again, _ := learn(t)
	if err := again.Write(&second, texts); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Error("the same examples gave two models")
	}
	for line := range strings.Lines(first.String()) {
		if number, text, _ := strings.Cut(line, "\t"); number == "" || text == "" {
			t.Errorf("no weight or text: %q", line)
		}
	}
	m, err := Read(&first)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lessons {
		want := score(trained.Model(), l.sentence)
		if got := score(m, l.sentence); math.Abs(got-want) > 0.3 {
			t.Errorf("%q: %.2f after writing, %.2f before", l.sentence, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	for _, text := range []string{"0.5 please", "half\tplease"} {
		if _, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	m, err := Read(strings.NewReader("-0.50\t\n1.25\tcan you\n0.50\t^ can you\n0.25\t? $\n"))
	if err != nil {
		t.Fatal(err)
	}
	for sentence, want := range map[string]float64{
		"": -0.5, "Can you?": 1.5, "So can you": 0.75, "can": -0.5,
	} {
		if got := score(m, sentence); got != want {
			t.Errorf("%q: %.2f, want %.2f", sentence, got, want)
		}
	}
}

func TestEnglish(t *testing.T) {
	if please, none := score(English(), "Please review the draft."), score(English(), "The weather is fine."); please < 0 || none > 0 {
		t.Errorf("%.2f for a request, %.2f for none", please, none)
	}
	if len(englishWeights) > 500_000 {
		t.Errorf("the weights take %d bytes", len(englishWeights))
	}
}
