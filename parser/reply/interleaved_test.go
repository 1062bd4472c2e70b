package reply

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// TestInterleaved reads mails whose answers stand between the lines they
// answer, in the forms of mail clients. The golden file of each has its new
// blocks, each under the last line of the quoted block that it answers.
func TestInterleaved(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		t.Run(lang, func(t *testing.T) {
			files, err := filepath.Glob("testdata/interleaved/" + lang + "/*.txt")
			if err != nil || len(files) < 40 {
				t.Fatalf("%d mails, %v; want 40", len(files), err)
			}
			right := 0
			for _, file := range files {
				mail, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				complete(t, string(mail))
				if golden(t, file, answers(Split(string(mail)))) {
					right++
				}
			}
			t.Logf("%s: %d of %d mails right", lang, right, len(files))
		})
	}
}

// golden compares what was got from a mail with the file beside it.
func golden(t *testing.T, mail, got string) bool {
	t.Helper()
	file := strings.TrimSuffix(mail, ".txt") + ".golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", mail, got, want)
	}
	return got == string(want)
}

// answers writes the new blocks of a reply as the golden files have them.
func answers(r Reply) string {
	var b strings.Builder
	for _, block := range r.Blocks {
		switch {
		case block.Kind != New:
			continue
		case block.Answers < 0:
			b.WriteString("--- new\n")
		default:
			quoted := strings.Split(r.Blocks[block.Answers].Text, "\n")
			b.WriteString("--- answers: " + strings.TrimSpace(quoted[len(quoted)-1]) + "\n")
		}
		b.WriteString(block.Text + "\n")
	}
	return b.String()
}
