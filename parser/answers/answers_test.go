package answers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mentorrelay/parser/reply"
)

// TestOneTap reads what a one-tap link writes, for every option of every
// language, below which clients add what they like.
func TestOneTap(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		questions := intake(t, language, "")
		for _, other := range []string{"en", "fr"} { // sent in one language, read after a change to another
			r := NewReader(intake(t, other, ""))
			for _, q := range questions {
				for _, o := range q.Options {
					line := Line(q, o)
					expectOne(t, r, "one tap", line+"\n", q, o.Key)
					expectOne(t, r, "one tap", line+"\r\n\r\n-- \r\nSent from a phone, 1a 2b\r\n", q, o.Key)
					expectOne(t, r, "one tap", line+"\n\nOn Mon, 2 Mar 2026 at 09:00, Horizon <s@relay.test> wrote:\n> 1. How often would you like to be in touch?\n> a) every week\n", q, o.Key)
				}
			}
		}
	}
}

func TestSourcesAndWhatWasNotUnderstood(t *testing.T) {
	questions := intake(t, "en", "")
	for _, c := range []struct{ text, answers, again, unread string }{
		{"Hi,\n1b, that's it\n9: x\n", "how-often=fortnightly from 1b, that's it", "", "9: x"},
		{"1: weekly\n2: yes\n", "how-often=weekly from 1: weekly", "", "2: yes"},
		{"1. weekly or monthly\n2a", "how=mail from 2a", "how-often", ""},
		{"b", "", "", "b"},
		{"3: not sure\n7: 4", "writing=4 from 7: 4", "", "3: not sure"},
		{"4: sailing\nand rowing\n8c", "topics=sailing\nand rowing from 4: sailing\nand rowing; if-quiet=remind from 8c", "", ""},
		{"Thanks, that is kind.", "", "", ""},
	} {
		got := Read(reply.Split(c.text), questions)
		var list []string
		for _, a := range got.Answers {
			list = append(list, fmt.Sprintf("%s=%s from %s", a.Key, a.Value, a.Source))
		}
		if s := strings.Join(list, "; "); s != c.answers {
			t.Errorf("%q answers %q, want %q", c.text, s, c.answers)
		}
		if s := strings.Join(got.Contradicted, " "); s != c.again {
			t.Errorf("%q contradicts itself on %q, want %q", c.text, s, c.again)
		}
		if s := strings.Join(got.Unread, "\n"); s != c.unread {
			t.Errorf("%q leaves %q, want %q", c.text, s, c.unread)
		}
	}
}

// TestWithoutASplitter reads a reply whose quotation was not told apart.
func TestWithoutASplitter(t *testing.T) {
	r := NewReader(intake(t, "en", ""))
	text := "1b\n> 2. How would you rather be in touch?\n> a) by mail\n> b) by phone or video\nb\n"
	got := r.Read(reply.Reply{Blocks: []reply.Block{{Kind: reply.New, Text: text, Answers: -1}}})
	if len(got.Answers) != 2 || got.Answers[0].Value != "fortnightly" || got.Answers[1].Value != "calls" {
		t.Errorf("got %+v", got)
	}
}

func TestNoQuestionsNoAnswers(t *testing.T) {
	got := Read(reply.Split("1b 2a"), nil)
	if len(got.Answers)+len(got.Contradicted) > 0 {
		t.Errorf("got %+v", got)
	}
}

// TestNoPhraseMeansTwoOptions checks the surveys' words: where a question is
// known, each phrase is one option's.
func TestNoPhraseMeansTwoOptions(t *testing.T) {
	questions := intake(t, "fr", "")
	var walk func(n *node, phrase string)
	walk = func(n *node, phrase string) {
		seen := map[int]int{}
		for _, s := range n.senses {
			if other, ok := seen[s.question]; ok {
				t.Errorf("%s: %q means options %d and %d", questions[s.question].Key, phrase, other, s.option)
			}
			seen[s.question] = s.option
		}
		for word, next := range n.next {
			walk(next, strings.TrimSpace(phrase+" "+word))
		}
	}
	walk(&newVocabulary(questions, "").phrases, "")
}

func TestExpand(t *testing.T) {
	var got []string
	for _, words := range expand("(a|the|) x (y (z|)|w)") {
		got = append(got, strings.Join(words, " "))
	}
	slices.Sort(got)
	want := "a x w,a x y,a x y z,the x w,the x y,the x y z,x w,x y,x y z"
	if s := strings.Join(got, ","); s != want {
		t.Errorf("got %s", s)
	}
	for _, odd := range []string{"a (b", "a)", "(", "(|", ""} {
		if len(expand(odd)) == 0 {
			t.Errorf("%q is nothing", odd)
		}
	}
}

func TestSlips(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"montly", "monthly", true}, {"monthlyy", "monthly", true}, {"mnothly", "monthly", true}, {"manthly", "monthly", true},
		{"monthly", "monthly", false}, {"mnothyl", "monthly", false}, {"", "a", true}, {"ab", "", false}, {"bc", "cd", false},
	} {
		if got := oneSlip(c.a, c.b); got != c.want {
			t.Errorf("%q, %q: %t", c.a, c.b, got)
		}
		if got := oneSlip(c.b, c.a); got != c.want {
			t.Errorf("%q, %q: %t", c.b, c.a, got)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"1ère FOIS": "1 ere fois", "L’écrit": "l ecrit", "œuvre": "oeuvre", "e\u0301té": "ete", "1b2": "1 b 2", "¿?": "",
	} {
		if got := strings.Join(wordsOf(in), " "); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// TestHintsAreNoAnswers reads replies above a survey whose mail explains what
// may be written under the free questions.
func TestHintsAreNoAnswers(t *testing.T) {
	questions := intake(t, "en", "")
	r := NewReader(questions)
	survey := ""
	for _, q := range questions {
		survey += list(q, "%d. %s\n", "   %s) %s\n", false) + "A word is enough.\n\n"
	}
	survey += "We send one reminder, by mail, within a week.\n"
	for _, below := range []string{survey, "> " + strings.ReplaceAll(survey, "\n", "\n> ")} {
		got := r.Read(reply.Reply{Blocks: []reply.Block{{Kind: reply.New, Text: "1c 2b\n\n" + below, Answers: -1}}})
		if len(got.Answers) != 2 || len(got.Contradicted) > 0 {
			t.Errorf("%q gives %+v", below, got)
		}
	}
}

// TestLongReplies reads the start of what is too long, in whole lines, and
// takes no more time for the rest.
func TestLongReplies(t *testing.T) {
	r := NewReader(intake(t, "en", ""))
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"answers, then a long text":   {"1c\n2b\n" + strings.Repeat("3 ", 50<<10), 2},
		"a long line alone":           {strings.Repeat("3 ", 50<<10), 0},
		"an answer cut off by length": {strings.Repeat("x\n", maxRead/2-1) + "1c 2b\n", 0},
	} {
		if got := r.Read(reply.Reply{Blocks: []reply.Block{{Kind: reply.New, Text: c.text, Answers: -1}}}); len(got.Answers) != c.want {
			t.Errorf("%s: %+v", name, got.Answers)
		}
	}
}
