package signals

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestLetters finds the signals of whole letters, the language told from the
// words, and compares them with the files beside.
func TestLetters(t *testing.T) {
	letters, err := filepath.Glob("testdata/letters/*.txt")
	if err != nil || len(letters) == 0 {
		t.Fatal("no letters", err)
	}
	for _, letter := range letters {
		t.Run(filepath.Base(letter), func(t *testing.T) {
			text, err := os.ReadFile(letter)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, s := range Find(string(text), "") {
				kind := string(s.Kind)
				switch {
				case s.Pace != NoSpan:
					kind += ":" + string(s.Pace)
				case s.About != NoTopic:
					kind += ":" + string(s.About)
				}
				fmt.Fprintf(&got, "%s\t%s\n", kind, s.Text)
			}
			golden := strings.TrimSuffix(letter, ".txt") + ".signals.tsv"
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
