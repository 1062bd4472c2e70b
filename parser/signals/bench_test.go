package signals

import (
	"os"
	"strings"
	"testing"

	"mentorrelay/parser/message"
	"mentorrelay/parser/reply"
)

// mail returns a letter of some 4 KB: half of it written, half quoted, or
// all of it written.
func mail(b *testing.B, language string, quotes bool) string {
	b.Helper()
	var written strings.Builder
	for _, name := range []string{"_mentee.txt", "_mentor.txt"} {
		text, err := os.ReadFile("testdata/letters/" + language + name)
		if err != nil {
			b.Fatal(err)
		}
		written.Write(text)
		written.WriteByte('\n')
	}
	if !quotes {
		return written.String() + written.String()
	}
	introduction := map[string]string{
		"en": "On Tue, 12 Mar 2024 at 10:15, Anna Berg <anna@mail.example> wrote:\n",
		"fr": "Le mar. 12 mars 2024 à 10:15, Anna Berg <anna@mail.example> a écrit :\n",
	}[language]
	return written.String() + introduction + "> " + strings.ReplaceAll(written.String(), "\n", "\n> ")
}

// BenchmarkLetter reads a letter as a mail's receiver does, step by step.
func BenchmarkLetter(b *testing.B) {
	for _, language := range []string{"en", "fr"} {
		for form, quotes := range map[string]bool{"written": false, "quoting": true} {
			text := mail(b, language, quotes)
			written := reply.Split(text).New()
			for step, read := range map[string]func(){
				"split":    func() { _ = reply.Split(text).New() },
				"language": func() { message.Language(written[:min(2048, len(written))]) },
				"find":     func() { Find(written, language) },
				"events":   func() { Events(written, language) },
				"links":    func() { Links(written) },
				"read":     func() { Read(written, language) },
			} {
				b.Run(language+"/"+form+"/"+step, func(b *testing.B) {
					b.SetBytes(int64(len(text)))
					b.ReportAllocs()
					for b.Loop() {
						read()
					}
				})
			}
		}
	}
}

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

// BenchmarkRead reads 100 KB of one repeated pattern, which must take less
// than 50 ms whatever the pattern.
func BenchmarkRead(b *testing.B) {
	for name, pattern := range patterns {
		text := strings.Repeat(pattern, 100_000/len(pattern)+1)
		for _, language := range []string{"en", "fr"} {
			b.Run(name+"/"+language, func(b *testing.B) {
				for b.Loop() {
					Read(text, language)
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
	"way":     "how way what i ",
	"talk":    "there is a talk on at 5 ",
	"www":     "www.http://<",
}
