package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
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

// The least share of right classes, in percent. The tables were written with
// the odd half; the even half was read once they stood, for what they lacked.
const floorOdd, floorEven = 94, 95

type labelled struct {
	File    string  `json:"file"`
	Classes []Class `json:"classes"`
}

func TestCorpus(t *testing.T) {
	all := readCorpus(t)
	for half, floor := range map[string]int{"odd": floorOdd, "even": floorEven} {
		t.Run(half, func(t *testing.T) { score(t, half, all, floor) })
	}
}

// score reads one half of the corpus and prints its score by class and its
// confusion matrix. The mails are told apart by the hash of their names.
func score(t *testing.T, half string, all []labelled, floor int) {
	right, total := map[Class]int{}, map[Class]int{}
	matrix := map[Class]map[Class]int{}
	var sum, good int
	for _, l := range all {
		h := fnv.New32a()
		h.Write([]byte(l.File))
		if (h.Sum32()%2 == 1) != (half == "odd") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(corpus, l.File))
		if err != nil {
			t.Fatal(err)
		}
		got := readMail(t, raw)
		want := l.Classes[0]
		ok := slices.Contains(l.Classes, got.Class)
		if ok {
			want = got.Class
			good++
			right[want]++
		} else {
			t.Logf("%s: %s, want %s: %s %s", l.File, got.Class, l.Classes, got.Status, got.Reason)
		}
		sum++
		total[want]++
		if matrix[want] == nil {
			matrix[want] = map[Class]int{}
		}
		matrix[want][got.Class]++
	}
	t.Logf("%s half: %d of %d, %.1f %%\n%s", half, good, sum, 100*float64(good)/float64(sum), table(right, total, matrix))
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
