package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	letter  = "From: alice@corp.test\r\nSubject: Hello\r\n\r\nHow are you?\r\n"
	holiday = "From: ben@uni.test\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n"
)

func TestParse(t *testing.T) {
	b := newBox(t)
	var files []string
	for name, text := range map[string]string{"letter.eml": letter, "holiday.eml": holiday} {
		file := filepath.Join(b.dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if got := b.must(t, append([]string{"parse", "--json"}, files...)...); strings.Count(got, "\n") != len(files) {
		t.Errorf("not a line each:\n%s", got)
	}
	for file, want := range map[string]string{"letter.eml": "", "holiday.eml": "auto-reply"} {
		v := decode[parseView](t, b, "parse", filepath.Join(b.dir, file))
		if string(v.Automatic) != want || filepath.Base(v.File) != file {
			t.Errorf("%s: %+v", file, v)
		}
	}
}

func TestParseStdin(t *testing.T) {
	b := newBox(t)
	b.stdin = holiday
	if v := decode[parseView](t, b, "parse"); v.File != "-" || v.Automatic != "auto-reply" || v.Signals == nil || v.Answers == nil {
		t.Errorf("%+v", v)
	}
}

func TestParseLimits(t *testing.T) {
	b := newBox(t)
	b.stdin = "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\n\r\n\r\n", 2000)
	b.fails(t, exitFailed, "-: message exceeds the limit of 1000 for its parts", "parse")
}

// TestParseReply reads a person's reply: what is new in it, what it says, and
// the survey's answers.
func TestParseReply(t *testing.T) {
	b := newBox(t)
	b.stdin = "From: ben@uni.test\r\nSubject: Re: Quelques questions\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
		"Bonjour,\r\n\r\n1c 2b\r\nMerci pour votre aide. Pourriez-vous me dire quand tout cela commence ?\r\n\r\n-- \r\nBen\r\n\r\n" +
		"Le 20 novembre 2026 à 10:00, Horizon a écrit :\r\n> 1. À quelle fréquence ?\r\n"
	v := decode[parseView](t, b, "parse", "--survey", "intake")
	if v.Language != "fr" || !strings.HasPrefix(v.NewText, "Bonjour") || strings.Contains(v.NewText, "fréquence") ||
		!strings.Contains(v.Quoted, "fréquence") || !strings.HasPrefix(v.Attribution, "Le 20") || !strings.Contains(v.Signature, "Ben") {
		t.Errorf("%+v", v)
	}
	if v.Answers["how-often"] != "monthly" || v.Answers["how"] != "calls" || len(v.Answers) != 2 {
		t.Errorf("answers: %v", v.Answers)
	}
	kinds := ""
	for _, s := range v.Signals {
		kinds += string(s.Kind) + " "
	}
	if kinds != "thanks ask " {
		t.Errorf("signals: %+v", v.Signals)
	}
	b.fails(t, exitFailed, `there is no survey "exit", only intake, pace, pulse`, "parse", "--survey", "exit")
}

// TestParseSentences classifies bare sentences.
func TestParseSentences(t *testing.T) {
	b := newBox(t)
	b.stdin = "Could you tell me more about it?\n\nThe weather was fine.\n"
	got := b.must(t, "parse", "--sentences", "--language", "en", "--json")
	want := "{\"text\":\"Could you tell me more about it?\",\"kinds\":[\"ask\"]}\n{\"text\":\"The weather was fine.\",\"kinds\":[]}\n"
	if got != want {
		t.Errorf("%s", got)
	}
}

// TestSurveyShow prints the survey as programs rely on it.
func TestSurveyShow(t *testing.T) {
	v := decode[surveyView](t, newBox(t), "survey", "show", "intake", "--language", "fr")
	if v.Key != "intake" || v.Language != "fr" || len(v.Questions) != 8 {
		t.Fatalf("%+v", v)
	}
	keys := ""
	for i, q := range v.Questions {
		keys += q.Key + " "
		if q.Number != i+1 || q.Text == "" || (q.Kind == "choice") != (len(q.Options) > 0) {
			t.Errorf("%+v", q)
		}
	}
	if keys != "how-often how why topics offer reply-time writing if-quiet " {
		t.Errorf("keys: %s", keys)
	}
	if o := v.Questions[0].Options[2]; o.Key != "monthly" || o.Letter != "c" || o.Text != "chaque mois" {
		t.Errorf("%+v", o)
	}
}

// TestParseShares shows what is shared in a letter, and what an ask is about.
func TestParseShares(t *testing.T) {
	b := newBox(t)
	b.stdin = "From: alice@corp.test\r\nSubject: Hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
		"How can I help you?\r\n\r\nThere is a talk on negotiation on Thursday 12 March at 18:30, you are welcome to come.\r\nSee https://talks.example/negotiation for more.\r\n"
	v := decode[parseView](t, b, "parse")
	if len(v.Links) != 1 || len(v.Events) != 1 || len(v.Signals) == 0 || v.Signals[0].About != "help" {
		t.Errorf("%+v", v)
	}
}
