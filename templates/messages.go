package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	texttemplate "text/template"
	"time"
	"unicode/utf8"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// messageFile holds, in each language's folder, what is said inside mails: a
// phrase for each key, or one for each plural category of the language
// (CLDR), in which {{.N}} is the number.
const messageFile = "messages.yaml"

// messages are the phrases of every language.
type messages struct {
	bundle *i18n.Bundle
	says   map[language.Tag]*i18n.Localizer
	forms  map[language.Tag]map[string]map[string]string // by key and plural category
}

func newMessages() *messages {
	return &messages{
		bundle: i18n.NewBundle(language.English), says: map[language.Tag]*i18n.Localizer{},
		forms: map[language.Tag]map[string]map[string]string{},
	}
}

// Phrase is what is said in the language served that is nearest to the one
// wanted, for a key such as "cadence weekly"; "" if there is no such phrase.
func (c *Catalogue) Phrase(wanted, key string) string {
	return c.messages.say(c.nearest(wanted), key, nil, nil)
}

// Fill is a phrase with values in it, such as the date "{{.Day}} {{.Month}}".
// It is "" if there is no such phrase, or a value is missing.
func (c *Catalogue) Fill(wanted, key string, values map[string]any) string {
	return c.messages.say(c.nearest(wanted), key, nil, values)
}

// Count is what is said of a number of things in the language served that is
// nearest to the one wanted, with the right plural: "3 letters" for "letters".
// It is "" if there is no such phrase.
func (c *Catalogue) Count(wanted, key string, n int) string {
	return c.messages.count(c.nearest(wanted), key, n)
}

// Date is a day in words, as its time zone has it, with its month named as in
// "month 3" or "short month 3".
func (c *Catalogue) Date(wanted, months string, t time.Time) string {
	key := "date"
	if t.Day() == 1 {
		key = "date first"
	}
	return c.Fill(wanted, key, map[string]any{"Day": t.Day(), "Month": c.Phrase(wanted, fmt.Sprintf("%s %d", months, t.Month()))})
}

func (m *messages) count(tag language.Tag, key string, n int) string {
	return m.say(tag, key, n, map[string]any{"N": n})
}

// say is a phrase in the form that fits a number, if there is one.
func (m *messages) say(tag language.Tag, key string, n any, values map[string]any) string {
	wish := i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: values, TemplateParser: strict}
	said, err := m.says[tag].Localize(&wish)
	if said == "" && err != nil { // a plural category that no small number has falls back to "other"
		return ""
	}
	return said
}

// strict refuses a phrase with a hole in it.
var strict = &template.TextParser{Option: "missingkey=error"}

// functions are what a mail can call: {{phrase "cadence weekly"}},
// {{count "letters" .N}}, in its own language, and {{elide "de" .Other}}.
func (m *messages) functions(tag language.Tag) texttemplate.FuncMap {
	found := func(key, said string) (string, error) {
		if said == "" {
			return "", fmt.Errorf("%s has no phrase %q", tag, key)
		}
		return said, nil
	}
	return texttemplate.FuncMap{
		"phrase": func(key string) (string, error) { return found(key, m.say(tag, key, nil, nil)) },
		"count":  func(key string, n int) (string, error) { return found(key, m.count(tag, key, n)) },
		"elide":  elide,
	}
}

// elide puts a French word such as "de" or "que" before a name: "d’Alice",
// "de Ben". Before an h most French names elide, but for those in Ha-, which
// mostly come from elsewhere; before a y, those in which it is a vowel.
func elide(word, name string) string {
	first, rest := utf8.DecodeRuneInString(folded(name))
	second, _ := utf8.DecodeRuneInString(folded(name)[rest:])
	vowel := func(r rune, vowels string) bool { return r != utf8.RuneError && strings.ContainsRune(vowels, r) }
	if vowel(first, "aeiouœæ") || first == 'h' && vowel(second, "eiouy") || first == 'y' && second != utf8.RuneError && !vowel(second, "aeiouy") {
		return strings.TrimSuffix(word, "e") + "’" + name
	}
	return word + " " + name
}

// read adds the phrases of a language; it may have none.
func (m *messages) read(files fs.FS, folder string, tag language.Tag) error {
	m.forms[tag] = map[string]map[string]string{}
	name := folder + "/" + messageFile
	raw, err := fs.ReadFile(files, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("templates: %w", err)
	}
	list, err := m.bundle.ParseMessageBytes(tag, raw, yaml.Unmarshal)
	if err != nil {
		return fmt.Errorf("templates: %s: %w", name, err)
	}
	for _, message := range list {
		forms := map[string]string{}
		for category, text := range map[string]string{
			"zero": message.Zero, "one": message.One, "two": message.Two, "few": message.Few, "many": message.Many, "other": message.Other,
		} {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			if _, err := texttemplate.New("").Parse(text); err != nil {
				return fmt.Errorf("templates: %s: %s: %w", name, message.ID, err)
			}
			forms[category] = text
		}
		m.forms[tag][message.ID] = forms
	}
	m.says[tag] = i18n.NewLocalizer(m.bundle, tag.String())
	return nil
}

// parity checks that a language says all that another does, with the same
// values, and a count in each of its own plural categories.
func (m *messages) parity(tag, other language.Tag) error {
	for _, key := range slices.Sorted(maps.Keys(m.forms[other])) {
		forms, theirs := m.forms[tag][key], m.forms[other][key]
		if forms["other"] == "" && len(theirs) > 0 {
			return fmt.Errorf("templates: %s lacks the phrase %q", tag, key)
		}
		if len(forms) > 1 || len(theirs) > 1 {
			for _, category := range categories(tag) {
				if forms[category] == "" {
					return fmt.Errorf("templates: %s lacks the phrase %q for the plural category %s", tag, key, category)
				}
			}
		}
		if named, want := values(forms), values(theirs); named != want {
			return fmt.Errorf("templates: the phrase %q in %s names %q, in %s %q", key, tag, named, other, want)
		}
	}
	return nil
}

// categories lists the plural categories that counts of a language have
// (Unicode TR35 part 3 §5), as far as a programme counts: "many" of French
// begins at a million.
func categories(tag language.Tag) []string {
	probe := i18n.NewBundle(tag)
	if err := probe.AddMessages(tag, &i18n.Message{ID: "?", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}); err != nil {
		return []string{"other"} // nobody knows its plurals
	}
	say, found := i18n.NewLocalizer(probe, tag.String()), map[string]bool{"other": true}
	for n := range 1000 {
		if category, err := say.Localize(&i18n.LocalizeConfig{MessageID: "?", PluralCount: n}); err == nil {
			found[category] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

var placeholder = regexp.MustCompile(`{{[^}]*\.([A-Z]\w*)`)

// values lists what the forms of a phrase name, each once. Not each form need
// name all: "one" may say "a letter".
func values(forms map[string]string) string {
	found := map[string]bool{}
	for _, text := range forms {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			found[m[1]] = true
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(found)), " ")
}
