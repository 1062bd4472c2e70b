package reply

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAttributions reads the introductions that mail clients write in each
// language, above a quotation with marks and above one without.
func TestAttributions(t *testing.T) {
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
			ok := introduces(t, form, "> Hello Ben,\n>\n> how are you?") && introduces(t, form, "Hello Ben,\n\nhow are you?")
			byLang.add(lang, ok)
		}
	}
	t.Logf("introductions by language\n%s", byLang)
}

func introduces(t *testing.T, form, quotation string) bool {
	t.Helper()
	const written = "Thank you for your message, I am well."
	r := Split(written + "\n\n" + form + "\n\n" + quotation + "\n")
	if r.New() == written && squeeze(r.Attribution()) == squeeze(form) && r.Quoted() == "Hello Ben,\n\nhow are you?" {
		return true
	}
	t.Errorf("%s\n%s\ngives %+v", form, quotation, r.Blocks)
	return false
}
