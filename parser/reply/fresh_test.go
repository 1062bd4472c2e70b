package reply

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

// TestFresh reads mails that were labelled line by line before any of them was
// split; README.md beside them tells how many were right at first sight. The
// golden file of each has its blocks.
func TestFresh(t *testing.T) {
	files, err := filepath.Glob("testdata/fresh/*/*.*")
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(file string) bool { return filepath.Ext(file) == ".golden" })
	right := tally{}
	for _, file := range files {
		mail, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(mail)
		if filepath.Ext(file) == ".html" {
			text = message.PlainText(text)
		}
		complete(t, text)
		name := strings.TrimSuffix(file, filepath.Ext(file)) + ".txt"
		right.add(filepath.Base(filepath.Dir(file)), golden(t, name, blocks(Split(text))))
	}
	if n := len(files); n < 150 {
		t.Fatalf("%d mails, want 150", n)
	}
	t.Logf("mails right by language\n%s", right)
}
