package reply

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// eachAttribution calls do with the introductions that mail clients write in
// each language, and shows how many were right.
func eachAttribution(t *testing.T, do func(form string, right func(ok bool))) {
	t.Helper()
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
			do(form, func(ok bool) { byLang.add(lang, ok) })
		}
	}
	t.Logf("right by language\n%s", byLang)
}

// TestAttributions reads introductions above a quotation with marks and above one
// without.
func TestAttributions(t *testing.T) {
	eachAttribution(t, func(form string, right func(bool)) {
		right(introduces(t, form, "> Hello Ben,\n>\n> how are you?") && introduces(t, form, "Hello Ben,\n\nhow are you?"))
	})
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
