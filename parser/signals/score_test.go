package signals

import (
	_ "embed"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A labelled sentence of the test data: its kinds, and the span of its pace.
type labelled struct {
	sentence string
	kinds    []Kind
	span     Span
}

func readLabelled(t testing.TB, name string) []labelled {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var all []labelled
	for line := range strings.Lines(string(text)) {
		labels, sentence, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			t.Fatalf("%s: no tab in %q", name, line)
		}
		l := labelled{sentence: sentence}
		for _, label := range strings.Split(labels, ",") {
			kind, span, _ := strings.Cut(label, ":")
			switch {
			case kind == "-":
				continue
			case !slices.Contains(order[:], Kind(kind)):
				t.Fatalf("%s: unknown kind in %q", name, line)
			}
			l.kinds = append(l.kinds, Kind(kind))
			l.span = Span(span)
		}
		all = append(all, l)
	}
	return all
}

// A score counts one kind's sentences: found and right, found and wrong, missed.
type score struct{ right, wrong, missed int }

func (s score) f1() float64 {
	return 2 * float64(s.right) / float64(2*s.right+s.wrong+s.missed)
}

func (s *score) count(want, got bool) {
	switch {
	case want && got:
		s.right++
	case got:
		s.wrong++
	case want:
		s.missed++
	}
}

// TestScores scores the sets of sentences. The rules were written with the
// first half of each at hand; the other half was kept apart.
func TestScores(t *testing.T) {
	for _, set := range []struct {
		file, language string
		floor          float64
	}{
		{"fr_dev.tsv", "fr", 0.0},
		{"fr_held.tsv", "fr", 0.0},
		{"en_dev.tsv", "en", 0.0},
		{"en_held.tsv", "en", 0.0},
		{"fr_third.tsv", "fr", 0.0},
		{"en_third.tsv", "en", 0.0},
		{"fr_more.tsv", "fr", 0.0},
		{"en_more.tsv", "en", 0.0},
	} {
		t.Run(set.file, func(t *testing.T) {
			showMisses := os.Getenv("MISSES") != "" && strings.Contains(set.file, os.Getenv("MISSES"))
			var byKind [len(order)]score
			all := readLabelled(t, set.file)
			for _, l := range all {
				got := Classify(l.sentence, set.language)
				if showMisses && !slices.Equal(got, l.kinds) {
					t.Logf("want %v, got %v: %s", l.kinds, got, l.sentence)
				}
				for i, k := range order {
					byKind[i].count(slices.Contains(l.kinds, k), slices.Contains(got, k))
				}
			}
			macro := 0.0
			for i, s := range byKind {
				t.Logf("%-7s F1 %.3f  right %3d  wrong %3d  missed %3d", order[i], s.f1(), s.right, s.wrong, s.missed)
				macro += s.f1() / float64(len(order))
			}
			t.Logf("macro F1 %.3f over %d sentences", macro, len(all))
			if macro < set.floor {
				t.Errorf("macro F1 %.3f, want at least %.2f", macro, set.floor)
			}
		})
	}
}
