package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"mentorrelay/parser/message"
)

// FuzzReport reads whatever comes as a report: nothing panics, and what is
// found keeps the promises of its type.
func FuzzReport(f *testing.F) {
	for _, m := range reports {
		f.Add([]byte(m.text))
	}
	files, _ := filepath.Glob(filepath.Join(corpus, "*.eml"))
	for _, name := range files {
		if raw, err := os.ReadFile(name); err == nil && len(raw) < 8<<10 {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		src := bytes.NewReader(raw)
		root, err := message.Scan(src, src.Size(), message.DefaultLimits())
		if err != nil {
			return
		}
		r := Read(src, root, root.Header.Get("Return-Path"))
		if rank(r.Class) < 0 {
			t.Errorf("class %q", r.Class)
		}
		if r.Certain && r.Class != ClassGone {
			t.Errorf("certain of %s", r.Class)
		}
		for _, c := range r.Recipients {
			if rank(c.Class) > rank(r.Class) {
				t.Errorf("%s is worse than %s", c.Class, r.Class)
			}
			if c.Status != "" && findStatus(c.Status) != c.Status {
				t.Errorf("status %q", c.Status)
			}
		}
		for _, d := range []Date{r.Absence.From, r.Absence.Until} {
			if !d.IsZero() && !d.valid() {
				t.Errorf("date %v", d)
			}
		}
	})
}
