package answers

import (
	"strings"
	"testing"

	"mentorrelay/parser/reply"
)

func BenchmarkNewReader(b *testing.B) {
	questions := intake(b, "fr", "mentor")
	for b.Loop() {
		NewReaderFor(questions, "mentor")
	}
}

func BenchmarkRead(b *testing.B) {
	questions := intake(b, "fr", "")
	reader := NewReader(questions)
	var replies []reply.Reply
	size := 0
	for _, c := range cases(b, "fr-*.txt") {
		replies = append(replies, reply.Split(c.text))
		size += len(c.text)
	}
	b.SetBytes(int64(size / len(replies)))
	i := 0
	for b.Loop() {
		reader.Read(replies[i%len(replies)])
		i++
	}
	b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "replies/s")
}

// BenchmarkPatterns reads 100 KB of what answers are made of, again and again.
func BenchmarkPatterns(b *testing.B) {
	reader := NewReader(intake(b, "fr", ""))
	for _, pattern := range []string{
		"3 ", "3\n", "1b ", "1b\n", "1: ", "1. a) ", "a) ", "a b c d e ", "3/5 ", "1b 2a 3c\n", "question 2: ", "question 2:\n",
		"every ", "every month ", "monthly ", "monthly\n", "not ", "not monthly ", "je ", "I ", "x", "X ", "- ", "- a\n", ", ", "? ", "[x] a) every week\n",
		"Frequency: monthly, ", "Ad 1: c\n", "Actually weekly.\n", "Q: how?\n", "| 1 | c |\n", "1c, but b ", "3 sailing\n", "and I ", "a b ",
		"> 1. How often would you like to be in touch?\n", "> 1. How often would you like to be in touch?\nb\n",
	} {
		b.Run(strings.TrimSpace(pattern), func(b *testing.B) {
			text := reply.Split(strings.Repeat(pattern, 100<<10/len(pattern)))
			for b.Loop() {
				reader.Read(text)
			}
		})
	}
}
