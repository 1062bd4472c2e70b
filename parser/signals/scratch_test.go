package signals

import (
	"slices"
	"testing"

	"mentorrelay/parser/signals/internal/asks"
	"mentorrelay/parser/signals/internal/rulebook"
)

func TestScratch(t *testing.T) {
	sentences, isAsk := readCorpus(t)
	var train []asks.Example
	for _, file := range []string{"en_dev.tsv", "en_more.tsv"} {
		for _, l := range readLabelled(t, file) {
			train = append(train, asks.NewExample(l.sentence, slices.Contains(l.kinds, Ask), asks.MentoringWeight))
		}
	}
	mentoring := len(train)
	groups := groupAlike(sentences)
	type row struct {
		f   rulebook.Findings
		z   float64
		yes bool
	}
	var rows, held []row
	b := rulebook.English()
	for fold := range 5 {
		train = train[:mentoring]
		for i, s := range sentences {
			if groups[i]%5 != fold {
				train = append(train, asks.NewExample(s, isAsk[i], 1))
			}
		}
		m := asks.Train(train).Model()
		for i, s := range sentences {
			if groups[i]%5 == fold {
				tk := b.Scan(s, nil)
				f := b.Read(tk)
				rows = append(rows, row{f, m.Score(asks.Features(tk, f, nil)), isAsk[i]})
			}
		}
		if fold == 0 {
			for _, l := range readLabelled(t, "en_held.tsv") {
				tk := b.Scan(l.sentence, nil)
				f := b.Read(tk)
				held = append(held, row{f, m.Score(asks.Features(tk, f, nil)), slices.Contains(l.kinds, Ask)})
			}
		}
	}
	for _, veto := range []float64{9, 1.5, 1} {
		for _, alone := range []float64{-0.5, -0.25, 0, 0.25} {
			for _, beside := range []float64{0, 0.5, 1, 1.5} {
				dec := func(r row) bool {
					if r.f.Kinds()&1 != 0 {
						return true
					}
					if r.f.Veto&1 != 0 {
						return r.z > veto
					}
					if r.f.Kinds() != 0 {
						return r.z > beside
					}
					return r.z > alone
				}
				var a, h score
				for _, r := range rows {
					a.count(r.yes, dec(r))
				}
				for _, r := range held {
					h.count(r.yes, dec(r))
				}
				t.Logf("veto %.1f alone %.2f beside %.1f: corpus %.3f held %.3f %v", veto, alone, beside, a.f1(), h.f1(), h)
			}
		}
	}
	var m score
	for _, r := range rows {
		m.count(r.yes, r.z > 0)
	}
	t.Log("model", m.f1(), m)
}
