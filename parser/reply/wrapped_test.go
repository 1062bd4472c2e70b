package reply

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWrappedAttributions breaks each attribution of one line as clients do
// that break lines at some column.
func TestWrappedAttributions(t *testing.T) {
	files, err := filepath.Glob("testdata/attributions/*.txt")
	if err != nil || len(files) < 22 {
		t.Fatalf("%d languages, %v; want 22", len(files), err)
	}
	byLang := tally{}
	for _, file := range files {
		forms, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lang := strings.TrimSuffix(filepath.Base(file), ".txt")
		for form := range strings.SplitSeq(strings.TrimSpace(string(forms)), "\n\n") {
			if strings.Contains(form, "\n") {
				continue
			}
			last := ""
			for width := 60; width <= 78; width++ {
				broken := wrap(form, width)
				if broken == form || broken == last {
					continue
				}
				last = broken
				ok := introduces(t, broken, "> Hello Ben,\n>\n> how are you?") && introduces(t, broken, "Hello Ben,\n\nhow are you?")
				byLang.add(lang, ok)
			}
		}
	}
	t.Logf("wrapped introductions by language\n%s", byLang)
}

// wrap breaks a line at the last space that leaves at most width letters.
func wrap(s string, width int) string {
	letters := []rune(s)
	if len(letters) <= width {
		return s
	}
	for i := width; i > 0; i-- {
		if letters[i] == ' ' {
			return string(letters[:i]) + "\n" + wrap(string(letters[i+1:]), width)
		}
	}
	return s
}
