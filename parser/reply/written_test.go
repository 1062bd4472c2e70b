package reply

import (
	"os"
	"strings"
	"testing"
)

// TestWrittenStays reads letters that hold what looks like a quotation, a
// header or a signature, and are their writer's own to the last line.
func TestWrittenStays(t *testing.T) {
	file, err := os.ReadFile("testdata/written.txt")
	if err != nil {
		t.Fatal(err)
	}
	kept := tally{}
	for _, part := range strings.Split(string(file), "=== ")[1:] {
		name, letter, _ := strings.Cut(part, "\n")
		letter = strings.TrimSpace(letter)
		kept.add("alone", stays(t, name, letter, ""))
		kept.add("above a mail", stays(t, name, letter, "\n\nOn 12 Mar 2024, at 10:15, Anna Berg wrote:\n\n> Hello Ben,\n> how are you?\n"))
	}
	t.Logf("letters kept whole\n%s", kept)
}

func stays(t *testing.T, name, letter, below string) bool {
	t.Helper()
	r := Split(letter + below)
	if r.New() == letter {
		return true
	}
	t.Errorf("%s: %+v", name, r.Blocks)
	return false
}
