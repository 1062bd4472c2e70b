package templates

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// all is every value that a mail may name.
var all = map[string]any{
	"Name": "Zoé", "Other": "Ben", "Programme": "Horizon", "Coordinator": "coord@horizon.test",
	"Date": "1er mars", "Tried": "3 jours", "Limit": "25 MiB", "Copies": "dan@far.test",
	"Days": 7, "Address": "zoe@home.test", "Person": "Ben Durand", "Class": "full", "Status": "5.7.1", "Action": "reported", "Pair": 12,
	"Role": "mentee", "Questions": "1. Comment ?\n   a) par courriel, tout simplement, ou autrement\n   b) lors d’appels", "Understood": "1. bien", "Mask": "ben.k7f3q9x2@relay.test", "Overlap": "- les rivières",
	"Cadence": "une lettre par mois", "Quiet": "chacun peut écrire", "Policy": "Personne ne lit vos lettres.", "Help": "help@relay.test", "Lines": "> peut-être",
	"Tip": "keep-warm", "Every": 9, "Yours": 2, "Letters": 4, "Asks": 5, "Words": 240, "Unanswered": 2, "Usual": 4,
	"Span": "half-year", "Plan": "mentee-first", "Asked": true, "Offer": "relire un texte", "Question": "Qu’avez-vous lu ces derniers temps ?",
	"Until": "3 avril", "Unread": "31 février", "None": true, "Passed": true, "Farewell": true, "Rematch": true, "Wish": "vous écrire plus souvent",
	"Mentor": "Alice Martin", "Mentee": "Ben Durand",

	"Month": "mars", "Several": true, "Suggestion": "rest", "About": "Ben", "Pairs": []map[string]any{{
		"Heading": "Avec Ben", "Underline": "--------", "Other": "Ben", "Silent": false, "Paused": false, "Yours": 3, "Theirs": 1,
		"CadenceText": "une lettre par mois", "Pace": "slower", "Picture": "[chart 1]", "Lines": true, "YourReply": 1, "TheirReply": 12,
		"Resumes": "in-turns", "Balance": "other", "GiveAndAsk": true, "Asks": 2, "Both": true, "Gives": 1, "Within": 12, "Waiting": 5,
		"Questions": []string{"Et vous ?", "Quand ?"}, "More": 2,
	}},
	"Active": 12, "Paused": 1, "Invited": 0, "Ended": 2, "Wordless": 3, "Writers": 20, "Cases": []map[string]any{{
		"Number": 1, "Mentor": "Alice Martin", "Mentee": "Ben Durand", "Pair": 12, "Reason": "silent", "Who": "Ben Durand", "Days": 40,
		"Unanswered": 3, "Pulse": 0, "CadenceText": "une lettre par semaine", "Orders": []string{"PAUSE 1", "CHECK 1"},
	}},
	"Mail": true, "Returned": 4, "Suspended": 1, "Complaints": 1, "Tips": []map[string]any{{
		"Name": "Remercier", "With": 20, "WithPercent": 55, "Without": 5, "WithoutPercent": 40, "Compared": true, "LowPoints": "−12", "HighPoints": "+45", "Off": true,
	}},
}

// longest is how many characters a mail may have: a screen, but for some.
func longest(key string) int {
	switch key {
	case "summary", "coordinator-summary":
		return 1500
	}
	return 750
}

func TestEveryMailInEveryLanguage(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Languages(), " "); got != "en fr" {
		t.Errorf("languages: %s", got)
	}
	names := regexp.MustCompile(`{{[^}]*\.([A-Z]\w*)`)
	for _, tag := range c.tags {
		for key, mail := range c.mails[tag] {
			m, err := c.Render(tag.String(), key, all)
			if err != nil {
				t.Error(err)
				continue
			}
			body, footer, ok := strings.Cut(m.Text, "\n-- \n")
			if !ok || strings.TrimSpace(footer) == "" {
				t.Errorf("%s/%s does not end with how often it comes", tag, key)
			}
			if strings.Contains(m.Text, "!") || utf8.RuneCountInString(m.Subject) > 90 || utf8.RuneCountInString(body) > longest(key) {
				t.Errorf("%s/%s is loud or long: %q, %d characters", tag, key, m.Subject, utf8.RuneCountInString(body))
			}
			want := c.mails[c.tags[0]][key].Root.String()
			if got, want := placeholders(names, mail.Root.String()), placeholders(names, want); got != want {
				t.Errorf("%s/%s names %s, and %s in English", tag, key, got, want)
			}
		}
	}
}

// placeholders lists what a template names, each once.
func placeholders(names *regexp.Regexp, text string) string {
	found := map[string]bool{}
	for _, m := range names.FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(found)), " ")
}

func TestTheNearestLanguage(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for want, got := range map[string]string{"fr": "fr", "fr-CA": "fr", "en-GB": "en", "ja": "en", "": "en", "not a tag": "en"} {
		m, err := c.Render(want, "pair-paused", all)
		if err != nil || m.Language != got {
			t.Errorf("%q gives %v, %v; want %s", want, m, err, got)
		}
	}
}

func TestAMissingValueIsAnError(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Render("en", "pair-paused", map[string]any{"Name": "Zoé"}); err == nil {
		t.Error("a mail with a hole in it was rendered")
	}
	if _, err := c.Render("en", "no-such-mail", all); !errors.Is(err, ErrNoMail) {
		t.Errorf("a mail that is not there gives %v", err)
	}
}

func TestCommands(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"YES": "yes", "Oui": "yes", "NON": "no", "Signaler": "report", "REPORT": "report", "bloquer": "block",
		"désabonner": "stop", "DESABONNER": "stop", "Désabonner": "stop", "": "", "hello": "", "yes!": "",
	} {
		if got := c.Command(word); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
}

func TestParity(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	a, b := file("A\n\na"), file("yes: oui")
	for wrong, files := range map[string]fstest.MapFS{
		"fr lacks b.txt":             {"en/a.txt": a, "en/b.txt": a, "fr/a.txt": a, "en/commands.list": b, "fr/commands.list": b},
		"fr has 2 mails, en has 1":   {"en/a.txt": a, "fr/b.txt": a, "fr/a.txt": a, "en/commands.list": b, "fr/commands.list": b},
		"fr/commands.list":           {"en/a.txt": a, "fr/a.txt": a, "en/commands.list": b},
		"other commands than en":     {"en/a.txt": a, "fr/a.txt": a, "en/commands.list": b, "fr/commands.list": file("yes: oui\nno: non")},
		"stands for no and for yes":  {"en/a.txt": a, "fr/a.txt": a, "en/commands.list": b, "fr/commands.list": file("no: OUI")},
		`"yes" has no colon`:         {"en/a.txt": a, "en/commands.list": file("yes")},
		"not named after a language": {"words/a.txt": a, "words/commands.list": b},
	} {
		if _, err := read(files); err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("got %v, want %s", err, wrong)
		}
	}
}
