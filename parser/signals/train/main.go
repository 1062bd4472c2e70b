// Train learns the model that finds English asks, and writes its weights:
//
//	go run ./parser/signals/train CORPUS SENTENCES… > parser/signals/internal/asks/en.tsv
//
// CORPUS holds the Parakweet email intent data (Apache-2.0): a line for each sentence, "Yes"
// or "No" for whether it asks for or proposes something, a tab, the sentence.
// SENTENCES are files of the form of parser/signals/testdata, of mail as
// mentors and mentees write it: en_dev.tsv, never en_held.tsv.
// The same files give the same weights.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"mentorrelay/parser/signals/internal/asks"
	"mentorrelay/parser/signals/internal/rulebook"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(files []string, to io.Writer) error {
	if len(files) == 0 {
		return fmt.Errorf("name the corpus, then files of sentences")
	}
	var examples []asks.Example
	texts := map[uint32]string{}
	for _, name := range files {
		found, err := read(name, texts)
		if err != nil {
			return err
		}
		examples = append(examples, found...)
	}
	return asks.Train(examples).Write(to, texts)
}

// read reads a file of labels and sentences, and notes its features' texts.
func read(name string, texts map[uint32]string) ([]asks.Example, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var examples []asks.Example
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		labels, sentence, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			return nil, fmt.Errorf("%s: no tab in %q", name, lines.Text())
		}
		examples = append(examples, asks.NewExample(sentence, labels == "Yes" || strings.Contains(labels, "ask")))
		asks.Texts(rulebook.Words(sentence), texts)
	}
	return examples, lines.Err()
}
