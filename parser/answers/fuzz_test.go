package answers

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"mentorrelay/parser/reply"
)

// FuzzRead checks that nothing is made up: a value is an option of its
// question, a number of its scale, or stands in the text.
func FuzzRead(f *testing.F) {
	for _, c := range cases(f, "*.txt") {
		f.Add(c.text, c.language == "fr", byte(0))
	}
	f.Add("4", false, byte(7))
	f.Add("c'est la vie", true, byte(1))
	all := map[bool][]Question{false: intake(f, "en", ""), true: intake(f, "fr", "")}
	readers := map[bool][]*Reader{}
	for french, questions := range all {
		readers[french] = append(readers[french], NewReader(questions))
		for i := range questions {
			readers[french] = append(readers[french], NewReader(questions[i:i+1]))
		}
	}
	f.Fuzz(func(t *testing.T, text string, french bool, only byte) {
		questions, reader := all[french], readers[french][0]
		if n := int(only) % (len(questions) + 1); n > 0 {
			questions, reader = questions[n-1:n], readers[french][n]
		}
		blocks := reply.Split(text)
		seen := map[string]bool{}
		got := reader.Read(blocks)
		for _, a := range got.Answers {
			if seen[a.Key] || !holds(questions, a, blocks) {
				t.Errorf("%q gives %+v", text, a)
			}
			seen[a.Key] = true
		}
		for _, key := range got.Contradicted {
			if seen[key] {
				t.Errorf("%q: %s is both answered and contradicted, or twice", text, key)
			}
			seen[key] = true
		}
	})
}

func holds(questions []Question, a Answer, blocks reply.Reply) bool {
	i := slices.IndexFunc(questions, func(q Question) bool { return q.Key == a.Key })
	if i < 0 || a.Source == "" && a.Value != "" {
		return false
	}
	q := questions[i]
	switch q.Kind {
	case Choice:
		return slices.ContainsFunc(q.Options, func(o Option) bool { return o.Key == a.Value })
	case Scale:
		n, err := strconv.Atoi(a.Value)
		return err == nil && n >= q.Min && n <= q.Max
	}
	var whole strings.Builder
	for _, b := range blocks.Blocks {
		whole.WriteString(b.Text + "\n")
	}
	for line := range strings.SplitSeq(a.Value, "\n") {
		if !strings.Contains(whole.String(), line) {
			return false
		}
	}
	return a.Value != ""
}
