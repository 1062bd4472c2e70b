package signals

import (
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
	return parseLabelled(t, name, string(text))
}

func parseLabelled(t testing.TB, name, text string) []labelled {
	t.Helper()
	var all []labelled
	for line := range strings.Lines(text) {
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
			if span != "" {
				l.span = Span(span)
			}
		}
		all = append(all, l)
	}
	return all
}

// A score counts one kind's sentences: found and right, found and
// wrong, missed, and rightly not found.
type score struct{ right, wrong, missed, none int }

func (s score) f1() float64 {
	return 2 * float64(s.right) / float64(2*s.right+s.wrong+s.missed)
}

func (s score) precision() float64 { return float64(s.right) / float64(s.right+s.wrong) }

func (s score) recall() float64 { return float64(s.right) / float64(s.right+s.missed) }

func (s *score) count(want, got bool) {
	switch {
	case want && got:
		s.right++
	case got:
		s.wrong++
	case want:
		s.missed++
	default:
		s.none++
	}
}

// TestScores scores the sets of sentences, all written for this package. The
// rules were written with the dev sets at hand; the held sets were put aside
// before the first rule, and their misses never read. At first sight these
// scored 0.970 in French and 0.945 in English. That flatters, since whoever
// wrote them wrote the rules: batches written later, which then joined the dev
// sets, scored at first sight 0.81, 0.85, 0.87, 0.80, 0.97, 0.92, 0.85 and
// 0.91 in French and 0.88, 0.80, 0.83, 0.82, 0.94, 0.84, 0.88, 0.80 and 0.90 in
// English, the rules having learnt from each before the next.
func TestScores(t *testing.T) {
	for _, set := range []struct {
		file, language string
		floor          float64 // of macro F1
	}{
		{"fr_dev.tsv", "fr", 0.97},
		{"fr_held.tsv", "fr", 0.94},
		{"en_dev.tsv", "en", 0.97},
		{"en_held.tsv", "en", 0.94},
	} {
		t.Run(set.file, func(t *testing.T) {
			all := readLabelled(t, set.file)
			var byKind tally
			for _, l := range all {
				got := Classify(l.sentence, set.language)
				if strings.HasSuffix(set.file, "dev.tsv") && !alike(got, l.kinds) {
					t.Logf("want %v, got %v: %s", l.kinds, got, l.sentence)
				}
				byKind.count(l.kinds, got)
			}
			if macro := byKind.log(t); macro < set.floor {
				t.Errorf("macro F1 %.3f, want at least %.2f", macro, set.floor)
			}
		})
	}
}

func alike(a, b []Kind) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(k Kind) bool { return !slices.Contains(b, k) })
}

// TestSpans holds the spans of the paces that are found to be right.
func TestSpans(t *testing.T) {
	for _, set := range []struct{ file, language string }{
		{"fr_dev.tsv", "fr"}, {"fr_held.tsv", "fr"}, {"en_dev.tsv", "en"}, {"en_held.tsv", "en"},
	} {
		right, all := 0, 0
		for _, l := range readLabelled(t, set.file) {
			for _, s := range Find(l.sentence, set.language) {
				if s.Kind != Pace || !slices.Contains(l.kinds, Pace) {
					continue
				}
				all++
				if s.Pace == l.span {
					right++
				} else if strings.HasSuffix(set.file, "dev.tsv") {
					t.Logf("want %q, got %q: %s", l.span, s.Pace, s.Text)
				}
			}
		}
		t.Logf("%s: %d of %d spans right", set.file, right, all)
		if 100*right < 90*all {
			t.Errorf("%s: %d of %d spans right", set.file, right, all)
		}
	}
}

// A tally holds the score of each kind, in the order of order.
type tally [len(order)]score

func (t *tally) count(want, got []Kind) {
	for i, k := range order {
		t[i].count(slices.Contains(want, k), slices.Contains(got, k))
	}
}

// log prints the table, and returns the mean of the F1.
func (t *tally) log(to *testing.T) (macro float64) {
	to.Helper()
	sentences := 0
	for i, s := range t {
		to.Logf("%-7s F1 %.3f  right %3d  wrong %3d  missed %3d", order[i], s.f1(), s.right, s.wrong, s.missed)
		macro += s.f1() / float64(len(order))
		sentences = s.right + s.wrong + s.missed + s.none
	}
	to.Logf("macro F1 %.3f over %d sentences", macro, sentences)
	return macro
}
