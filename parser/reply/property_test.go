package reply

import (
	"strings"
	"testing"
)

// complete fails unless the blocks hold every line of a text, once and in
// order, but for quote marks, white space, and what is not seen, whatever the
// subject.
func complete(t *testing.T, text string) {
	t.Helper()
	for _, subject := range []string{"", "Re: a", "Fwd: a"} {
		accounts(t, text, SplitMail(subject, text))
	}
}

func accounts(t *testing.T, text string, r Reply) {
	t.Helper()
	var got strings.Builder
	for i, b := range r.Blocks {
		if bare(b.Text) == "" && !strings.Contains(b.Text, "|") { // bars are marks below an attribution only
			t.Errorf("block %d of %.200q is blank", i, text)
		}
		if b.Answers >= i || b.Answers >= 0 && (b.Kind != New || r.Blocks[b.Answers].Kind != Quoted) {
			t.Errorf("block %d of %q answers block %d", i, text, b.Answers)
		}
		got.WriteString(bare(b.Text))
	}
	if want := bare(text); got.String() != want {
		t.Errorf("the blocks of %.2000q hold\n%.2000q, want\n%.2000q", text, got.String(), want)
	}
}

// bare returns a text without its quote marks, white space and what is not
// seen.
func bare(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		_, rest := unquote(unbar(strings.TrimSuffix(l, "\n")))
		b.WriteString(squeeze(rest))
	}
	return b.String()
}

func TestEveryLineIsKept(t *testing.T) {
	for _, c := range readCorpus(t) {
		complete(t, c.text())
		complete(t, c.Input)
		complete(t, strings.ReplaceAll(c.text(), "\n", "\r\n"))
	}
}

func FuzzSplit(f *testing.F) {
	for _, p := range patterns {
		f.Add(strings.Repeat(p, 3))
	}
	f.Add("Hello\n\nOn Tue, 2011-03-01 at 18:02 +0530, Anna Berg <\nanna@mail.test> wrote:\n> Hi\n> > Ho\nwell\n-- \nAnna")
	f.Add("On 12/03/2024 10:15, Anna Berg wrote:\n| Hi\n| > Ho\nwell\n| a | b |\n torn\n> tail")
	f.Fuzz(func(t *testing.T, text string) {
		complete(t, text)
		if n := len(text); 0 < n && n < 64 { // for what takes more than linear time
			complete(t, strings.Repeat(text, 20_000/n))
		}
	})
}
