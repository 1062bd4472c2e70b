package templates

import (
	"errors"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// all is every value that a mail may name.
var all = sample()

// sample reads the values that stand for what mails name.
func sample() map[string]any {
	raw, err := os.ReadFile("testdata/sample.yaml")
	if err != nil {
		panic(err)
	}
	values := map[string]any{}
	if err := yaml.Unmarshal(raw, &values); err != nil {
		panic(err)
	}
	return values
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
