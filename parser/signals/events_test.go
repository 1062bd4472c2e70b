package signals

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEvents scores the events that are found to be shared, with sets as those
// of TestTopics. At first sight precision and recall were in French 1.00/0.28,
// then 0.93/0.70 (held); in English 0.90/0.36, then 1.00/0.70 (held).
func TestEvents(t *testing.T) {
	for _, set := range []struct {
		file, language    string
		precision, recall float64 // the least
	}{
		{"fr_dev.tsv", "fr", 0.96, 0.85},
		{"en_dev.tsv", "en", 0.96, 0.85},
		{"fr_held.tsv", "fr", 0.90, 0.60},
		{"en_held.tsv", "en", 0.90, 0.60},
	} {
		t.Run(set.file, func(t *testing.T) {
			text, err := os.ReadFile("testdata/events/" + set.file)
			if err != nil {
				t.Fatal(err)
			}
			var s score
			for line := range strings.Lines(string(text)) {
				label, sentence, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
				if !ok || label != "event" && label != "-" {
					t.Fatalf("no label in %q", line)
				}
				got := len(Events(sentence, set.language)) > 0
				s.count(label == "event", got)
				if got != (label == "event") && strings.HasSuffix(set.file, "dev.tsv") {
					t.Logf("want %s, got %v: %s", label, got, sentence)
				}
			}
			t.Logf("precision %.3f recall %.3f  right %3d  wrong %3d  missed %3d", s.precision(), s.recall(), s.right, s.wrong, s.missed)
			if s.precision() < set.precision || s.recall() < set.recall {
				t.Errorf("below %.2f or %.2f", set.precision, set.recall)
			}
		})
	}
}

// TestRead holds Read to what the functions for each part find.
func TestRead(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		text, err := os.ReadFile("testdata/events/" + language + "_dev.tsv")
		if err != nil {
			t.Fatal(err)
		}
		all := string(text) + "\nCould you look at https://corp.test? Thank you!"
		want := Reading{Signals: Find(all, language), Events: Events(all, language), Links: Links(all)}
		if len(want.Signals) == 0 || len(want.Events) == 0 || len(want.Links) != 1 {
			t.Fatalf("%s: %d signals, %d events, %d links", language, len(want.Signals), len(want.Events), len(want.Links))
		}
		if diff := cmp.Diff(want, Read(all, language)); diff != "" {
			t.Errorf("%s: -want +got\n%s", language, diff)
		}
	}
}
