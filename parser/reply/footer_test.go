package reply

import (
	"os"
	"strings"
	"testing"
)

func TestFooters(t *testing.T) {
	const written = "Tuesday is fine, see you then."
	file, err := os.ReadFile("testdata/footers.txt")
	if err != nil {
		t.Fatal(err)
	}
	for footer := range strings.Lines(string(file)) {
		footer = strings.TrimSpace(footer)
		for _, above := range []string{"\n", "\n\n", "\n\n-- \n"} {
			r := Split(written + above + footer + "\n\nOn 12 Mar 2024, at 10:15, Anna Berg wrote:\n\n> Hello\n")
			if r.New() != written || !strings.HasSuffix(r.Signature(), footer) {
				t.Errorf("%q%s: %+v", above, footer, r.Blocks)
			}
		}
	}
}
