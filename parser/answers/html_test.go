package answers

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"mentorrelay/parser/message"
)

var expected = regexp.MustCompile(`<!-- => (.*) -->\n`)

// TestHTML reads replies as clients write them in HTML, through the text that
// the message package makes of them.
func TestHTML(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "html", "*.html"))
	if err != nil || len(files) == 0 {
		t.Fatal("no replies", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		c := letterCase{file: name, language: name[:2], want: map[string]string{}, questions: intake(t, name[:2], "")}
		for _, m := range expected.FindAllSubmatch(raw, -1) {
			c.expect(string(m[1]))
		}
		c.text = message.PlainText(expected.ReplaceAllString(string(raw), ""))
		s, wrong := c.read(NewReader(c.questions))
		for _, w := range wrong {
			t.Errorf("%s: %s\n%s", name, w, c.text)
		}
		if s.all == 0 {
			t.Errorf("%s expects nothing", name)
		}
	}
}
