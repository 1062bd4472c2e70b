package reply

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMails reads whole mails; the golden file beside each has its blocks.
func TestMails(t *testing.T) {
	files, err := filepath.Glob("testdata/mails/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d mails, %v", len(files), err)
	}
	for _, file := range files {
		mail, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		complete(t, string(mail))
		golden(t, file, blocks(Split(string(mail))))
	}
}

// blocks writes a reply as the golden files have it.
func blocks(r Reply) string {
	var b strings.Builder
	for i, block := range r.Blocks {
		fmt.Fprintf(&b, "--- %d %s", i, block.Kind)
		if block.Answers >= 0 {
			fmt.Fprintf(&b, ", answers %d", block.Answers)
		}
		b.WriteString("\n" + block.Text + "\n")
	}
	return b.String()
}
