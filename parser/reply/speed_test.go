package reply

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// patterns are repeated to find input that takes more than linear time.
var patterns = []string{
	"a", " ", "\n", "\r\n", ">", "> ", "> > ", ">\n", "> a\n", "a\n> b\n", "<", "<\n", "@", "@\n", ":", ":\n", "\"", "\"a\n",
	"-", "--\n", "-- \n", "----\n\n", "____\n", "-----Original Message-----\n", "From: a\n", "From: a\nTo: b\n", "Cc: a\n", "a,\n",
	"On 1 May 2020 at 10:00\n", "On 1 May 2020 at 10:00, A <a@b.test\n", "a On 1 May 2020 at 10:00, A <a@b.test> wrote:\n",
	"a On 1 May 2020 at 10:00, A <a@b.test> wrote:\n> b\n", "A <a@b.test> wrote:\n\n> b\n", "wrote:\n", "A wrote 1\n<", "A wrote 1\n<>\n", "---wrote:---", "x y z١\n",
	"1.1.1 ", "1:1\n", "Sent from my iPhone\n", "Best regards\nAnna\n", "this message is confidential\n\n", "Anna Berg\n+33 6 12 34 56 78\n\n",
	"é", "\u200b", "\u200b\n", "年", "١", "&gt;", "*", "**From:**\n", "([<", "On ", "\t\n", ">\n\n", "> a\n\n", "-- \na\n", "Begin forwarded message:\n", "--- a ---\n", "[A] b\n", "below\n",
	"a:\n> b\n\n", "[...]\n", "[...]\n\n> a\n", "www.a.test\n", "To: a,\n", "1 <\n", "A 1 <a@b.test>\n", "Le ", "> On 1 May 2020, A wrote:\n",
	"2b\nOn 1 May 2020 at 10:00, A wrote:\n", "1 May 2020 10:00\n", "A wrote 1:\n> b?\nc\n D.\n", "---\nA\n", "------ Original Message ------\nFrom a\n",
}

// pairs are repeated one after the other.
var pairs = [][2]string{
	{"\n", "a\n> b\n"}, {"____", "Best regards\nAnna\n"}, {"A wrote 1\n<b@c.test\"x>\n", "([<"},
	{"> a\n", "a\n"}, {"\n", "[...]\n"}, {"My answers are below\nOn 1 May 2020 at 10:00, A <a@b.test> wrote:\n", "a?\nb\n"}, {"a\n", "-- \n"}, {"On 1 May 2020 at 10:00, A <a@b.test> wrote:\n", "\n"},
}

// BenchmarkPatterns splits 100 KB of each pattern. At most 50 ms is the aim.
func BenchmarkPatterns(b *testing.B) {
	const size = 100_000 // bytes
	texts := map[string]string{}
	for _, p := range patterns {
		texts[p] = strings.Repeat(p, size/len(p))
	}
	for _, p := range pairs {
		texts[p[0]+p[1]] = strings.Repeat(p[0], size/2/len(p[0])) + strings.Repeat(p[1], size/2/len(p[1]))
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		b.Run(strings.ReplaceAll(name, "/", "_"), func(b *testing.B) {
			for b.Loop() {
				Split(texts[name])
			}
		})
	}
}

func BenchmarkCorpus(b *testing.B) {
	var texts []string
	for _, c := range readCorpus(b) {
		if c.Format == "plain" {
			texts = append(texts, c.Input)
		}
	}
	for b.Loop() {
		for _, text := range texts {
			Split(text)
		}
	}
	b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "messages/s")
}
