package templates

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/language"
)

func TestPhrases(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Phrase("fr-CA", "cadence monthly"); got != "une lettre par mois" {
		t.Errorf("%q", got)
	}
	if got := c.Phrase("ja", "cadence monthly") + c.Phrase("en", "no such phrase") + c.Phrase("en", "letters"); got != "a letter a month" {
		t.Errorf("%q", got)
	}
}

func TestCounts(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for wanted, counts := range map[string]map[int]string{
		"en":    {0: "0 letters", 1: "1 letter", 2: "2 letters", 1000000: "1000000 letters"},
		"fr-CH": {0: "0 lettre", 1: "1 lettre", 2: "2 lettres", 1000000: "1000000 lettres"},
	} {
		for n, want := range counts {
			if got := c.Count(wanted, "letters", n); got != want {
				t.Errorf("%s, %d: %q, want %q", wanted, n, got, want)
			}
		}
	}
	if got := c.Count("en", "no such phrase", 1); got != "" {
		t.Errorf("%q", got)
	}
}

func TestCategories(t *testing.T) {
	for tag, want := range map[string]string{"en": "one other", "fr": "one other", "ja": "other", "pl": "few many one other", "ar": "few many one other two zero"} {
		if got := strings.Join(categories(language.MustParse(tag)), " "); got != want {
			t.Errorf("%s has %s, want %s", tag, got, want)
		}
	}
}

func TestAMailCounts(t *testing.T) {
	files := folder("en", `letters: {one: "a letter", other: "{{.N}} letters"}`)
	files["en/a.txt"] = &fstest.MapFile{Data: []byte(`{{count "letters" .N}}` + "\n\n" + `{{phrase .Key}}`)}
	c, err := read(files)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := c.Render("en", "a", map[string]any{"N": 1, "Key": "letters"}); err == nil {
		t.Errorf("a phrase with a hole was rendered: %q", m.Text)
	}
	if m, err := c.Render("en", "a", map[string]any{"N": 3, "Key": "x"}); err == nil {
		t.Errorf("no phrase was rendered: %q", m.Text)
	}
	files["en/messages.yaml"].Data = append(files["en/messages.yaml"].Data, "\nx: y"...)
	if c, err = read(files); err != nil {
		t.Fatal(err)
	}
	if m, err := c.Render("en", "a", map[string]any{"N": 1, "Key": "x"}); err != nil || m.Subject+m.Text != "a lettery" {
		t.Errorf("%+v, %v", m, err)
	}
}

// folder is a language with a mail, a command and some phrases.
func folder(tag, phrases string) fstest.MapFS {
	return fstest.MapFS{
		tag + "/a.txt":         {Data: []byte("A\n\na")},
		tag + "/commands.list": {Data: []byte("yes: oui")},
		tag + "/messages.yaml": {Data: []byte(phrases)},
	}
}

func TestPhrasesInEveryLanguage(t *testing.T) {
	const n = `letters: {one: "{{.N}}", other: "{{.N}}"}`
	for wrong, phrases := range map[string]struct{ tag, theirs, english string }{
		`fr lacks the phrase "a"`:                                     {"fr", "", "a: b"},
		`en lacks the phrase "a"`:                                     {"fr", "a: b", ""},
		`fr lacks the phrase "b"`:                                     {"fr", "a: b\nb: ''", "a: b\nb: c"},
		`pl lacks the phrase "letters" for the plural category few`:   {"pl", n, n},
		`fr lacks the phrase "letters" for the plural category one`:   {"fr", `letters: "{{.N}}"`, n},
		`en lacks the phrase "letters" for the plural category one`:   {"ja", n, `letters: "{{.N}}"`},
		`the phrase "letters" in fr names "", in en "N"`:              {"fr", `letters: {one: a, other: b}`, n},
		`fr/messages.yaml: a: template: :1: unclosed action`:          {"fr", `a: "{{.N"`, `a: b`},
		`fr/messages.yaml: reserved keys [one] mixed with unreserved`: {"fr", `a: {one: b, others: c}`, `a: b`},
		`fr/messages.yaml: yaml: `:                                    {"fr", "a: b\na: c", `a: b`},
		`en/messages.yaml: invalid translation file`:                  {"fr", "a: b", `just words`},
	} {
		files := folder("en", phrases.english)
		for name, file := range folder(phrases.tag, phrases.theirs) {
			files[name] = file
		}
		if _, err := read(files); err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("got %v, want %s", err, wrong)
		}
	}
}

func TestElide(t *testing.T) {
	for name, want := range map[string]string{
		"Alice": "d’Alice", "Ben": "de Ben", "Éléonore": "d’Éléonore", "Hélène": "d’Hélène", "Hugo": "d’Hugo", "Harry": "de Harry",
		"Yves": "d’Yves", "Yann": "de Yann", "": "de ", "Œdipe": "d’Œdipe", "李": "de 李", "Y": "de Y",
	} {
		if got := elide("de", name); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := elide("Que", "Alice"); got != "Qu’Alice" {
		t.Error(got)
	}
}
