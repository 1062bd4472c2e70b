package signals

import (
	"strings"
	"testing"
)

func BenchmarkClassify(b *testing.B) {
	for _, language := range []string{"en", "fr"} {
		b.Run(language, func(b *testing.B) {
			all := readLabelled(b, language+"_held.tsv")
			for i := 0; b.Loop(); i++ {
				Classify(all[i%len(all)].sentence, language)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
		})
	}
}

// BenchmarkFind reads 100 KB of one repeated pattern, which must take less
// than 50 ms whatever the pattern.
func BenchmarkFind(b *testing.B) {
	for name, pattern := range patterns {
		text := strings.Repeat(pattern, 100_000/len(pattern)+1)
		for _, language := range []string{"en", "fr"} {
			b.Run(name+"/"+language, func(b *testing.B) {
				for b.Loop() {
					Find(text, language)
				}
			})
		}
	}
}

// patterns are what costs most: words that begin many rules, without an end;
// words that may stand before a clause; marks; very short sentences and lines.
var patterns = map[string]string{
	"i":       "i ",
	"can you": "can you let me know if ",
	"je":      "je ",
	"j'ai":    "j'ai bien ",
	"so":      "so and but ",
	"commas":  "so, ",
	"si":      "si vous avez besoin de ",
	"marks":   "?!.",
	"stops":   "a. ",
	"lines":   "I will try\n",
	"items":   "- yes\n\n",
	"quotes":  "« » ? ",
	"letters": "a",
	"accents": "é\u0301",
	"spaces":  " ",
	"nbsp":    "a\u00a0?",
}
