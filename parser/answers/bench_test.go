package answers

import (
	"testing"

	"mentorrelay/parser/reply"
)

func BenchmarkNewReader(b *testing.B) {
	questions := intake(b, "fr", "")
	for b.Loop() {
		NewReader(questions)
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
