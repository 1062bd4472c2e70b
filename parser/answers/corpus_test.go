package answers

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mentorrelay/parser/reply"
)

// corpus holds mail and sentences that answer no survey.
const corpus = "../../../shared/corpus"

// TestOtherMail reads thousands of mails and sentences that have nothing to do
// with the survey, and finds no answer in them.
func TestOtherMail(t *testing.T) {
	readers := []*Reader{NewReader(intake(t, "en", "")), NewReader(intake(t, "fr", ""))}
	var texts []string
	lines := func(name string, take func(line string)) {
		file, err := os.Open(filepath.Join(corpus, name))
		if err != nil {
			t.Skipf("no %s here", name)
		}
		defer file.Close()
		s := bufio.NewScanner(file)
		s.Buffer(nil, 1<<24)
		for s.Scan() {
			take(s.Text())
		}
		if err := s.Err(); err != nil {
			t.Fatal(err)
		}
	}
	lines("signals/asks_en.tsv", func(line string) {
		_, sentence, _ := strings.Cut(line, "\t")
		texts = append(texts, sentence)
	})
	lines("reply/cases.jsonl", func(line string) {
		var c struct{ Input string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, c.Input)
	})
	found := 0
	for i, text := range texts {
		got := readers[i%2].Read(reply.Split(text))
		if len(got.Answers)+len(got.Contradicted) > 0 {
			found++
			t.Errorf("%.200q gives %v, contradicted %v", text, got.Answers, got.Contradicted)
		}
	}
	t.Logf("%d of %d texts that answer nothing seem to answer", found, len(texts))
}
