package templates

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// all is every value that a mail may name.
var all = map[string]any{
	"Name": "Zoé", "Other": "Ben", "Programme": "Horizon", "Coordinator": "coord@horizon.test",
	"Date": "1er mars", "Tried": "3 jours", "Limit": "25 MiB", "Copies": "dan@far.test",
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
			if strings.Contains(m.Text, "!") || len(m.Subject) > 90 || len(body) > 600 {
				t.Errorf("%s/%s is loud or long: %q, %d octets", tag, key, m.Subject, len(body))
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
	found := ""
	for _, name := range []string{"Name", "Other", "Programme", "Coordinator", "Date", "Tried", "Limit", "Copies"} {
		for _, m := range names.FindAllStringSubmatch(text, -1) {
			if m[1] == name && !strings.Contains(found, name+" ") {
				found += name + " "
			}
		}
	}
	return found
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

func TestALanguageThatLacksAMailIsNamed(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	_, err := read(fstest.MapFS{"en/a.txt": file("A\n\na"), "en/b.txt": file("B\n\nb"), "fr/a.txt": file("A\n\na")})
	if err == nil || !strings.Contains(err.Error(), "fr lacks b.txt") {
		t.Errorf("got %v", err)
	}
}
