package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

// corpus holds bounces of many servers, with the classes that are right.
const corpus = "../../../shared/corpus/bounces"

// floor is the least share of right classes, in percent. All of these mails
// were read while the tables were written: on mails never seen, expect less.
const floor = 95

type labelled struct {
	File    string  `json:"file"`
	Classes []Class `json:"classes"`
}

// TestCorpus reads the corpus and prints its score by class and its confusion
// matrix. A certain gone must always be right: it suspends somebody's mail.
func TestCorpus(t *testing.T) {
	right, total := map[Class]int{}, map[Class]int{}
	matrix := map[Class]map[Class]int{}
	var sum, good int
	for _, l := range readCorpus(t) {
		raw, err := os.ReadFile(filepath.Join(corpus, l.File))
		if err != nil {
			t.Fatal(err)
		}
		got := readMail(t, raw)
		want, ok := l.Classes[0], slices.Contains(l.Classes, got.Class)
		if ok {
			want = got.Class
			good++
			right[want]++
		} else {
			t.Logf("%s: %s, certain %v, want %s: %s %s", l.File, got.Class, got.Certain, l.Classes, got.Status, got.Reason)
		}
		if got.Certain && !ok {
			t.Errorf("%s: certain, and wrong", l.File)
		}
		sum++
		total[want]++
		if matrix[want] == nil {
			matrix[want] = map[Class]int{}
		}
		matrix[want][got.Class]++
	}
	t.Logf("%d of %d, %.1f %%\n%s", good, sum, 100*float64(good)/float64(sum), table(right, total, matrix))
	if 100*good < floor*sum {
		t.Errorf("below the floor of %d %%", floor)
	}
}

// table prints the matrix: a row for each class that was right, a column for
// each class found.
func table(right, total map[Class]int, matrix map[Class]map[Class]int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%-16s %7s", "right\\found", "score")
	for _, c := range severity {
		fmt.Fprintf(&out, " %6.6s", c)
	}
	for _, row := range severity {
		if total[row] == 0 {
			continue
		}
		fmt.Fprintf(&out, "\n%-16s %3d/%3d", row, right[row], total[row])
		for _, c := range severity {
			fmt.Fprintf(&out, " %6d", matrix[row][c])
		}
	}
	return out.String()
}

func readCorpus(t *testing.T) []labelled {
	f, err := os.Open(filepath.Join(corpus, "expected.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no shared/corpus/bounces")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []labelled
	for s := bufio.NewScanner(f); s.Scan(); {
		var l labelled
		if err := json.Unmarshal(s.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// readMail reads the report in a mail, its envelope sender out of its
// Return-Path.
func readMail(t testing.TB, raw []byte) Report {
	t.Helper()
	src := bytes.NewReader(raw)
	root, err := message.Scan(src, src.Size(), message.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	sender := "unknown"
	if root.Header.Has("Return-Path") {
		sender = root.Header.Get("Return-Path")
	}
	return Read(src, root, sender)
}
