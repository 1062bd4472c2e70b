package main

import (
	"bytes"
	"os"
	"testing"
)

// TestWeights trains anew, and finds the weights that are part of the program.
func TestWeights(t *testing.T) {
	const corpus = "../../../../shared/corpus/signals/asks_en.tsv"
	if _, err := os.Stat(corpus); os.IsNotExist(err) {
		t.Skip("no corpus of English asks beside the repository")
	}
	var got bytes.Buffer
	if err := run([]string{corpus, "../testdata/en_dev.tsv"}, &got); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../internal/asks/en.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("internal/asks/en.tsv is not what train writes; rules or sentences have changed since: train again")
	}
}

func TestWrongUse(t *testing.T) {
	for _, files := range [][]string{nil, {"testdata/absent.tsv"}, {"main.go"}} {
		if err := run(files, new(bytes.Buffer)); err == nil {
			t.Errorf("%v: no error", files)
		}
	}
}
