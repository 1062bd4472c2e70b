package templates

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// surveys has a file for each survey and language: intake.fr.yaml.
//
//go:embed surveys/*.yaml
var surveys embed.FS

// A Survey is what is asked by mail, in one language.
type Survey struct {
	Key       string     `yaml:"key" json:"key"`
	Language  string     `yaml:"language" json:"language"` // BCP 47
	Questions []Question `yaml:"questions" json:"questions"`
}

// A Question is one of a survey. Besides what is shown, it holds what people
// write about it, in every language served, since a reply need not be in the
// language of the mail. Those lists may use (a|b) for either and (a|) for what
// can be left out.
type Question struct {
	Key     string   `yaml:"key" json:"key"`
	Number  int      `yaml:"number" json:"number"` // from 1, in order
	Kind    string   `yaml:"kind" json:"kind"`     // choice, text or scale
	Text    string   `yaml:"text" json:"text"`     // as asked when the reader's role is not known
	Mentor  string   `yaml:"mentor" json:"-"`      // as asked of a mentor, where it differs
	Mentee  string   `yaml:"mentee" json:"-"`      // as asked of a mentee, where it differs
	Options []Option `yaml:"options" json:"options"`
	Min     int      `yaml:"min" json:"min,omitempty"` // of a scale
	Max     int      `yaml:"max" json:"max,omitempty"`

	Names    []string `yaml:"names" json:"-"` // what people call the question: "frequency: monthly"
	About    []string `yaml:"about" json:"-"` // words of a sentence that speaks of it
	Other    []string `yaml:"other" json:"-"` // looks like an option and is none: "every two months"
	Wordings []string `yaml:"-" json:"-"`     // every text the question is asked in, over roles and languages
}

// An Option is one of a choice.
type Option struct {
	Key    string `yaml:"key" json:"key"`
	Letter string `yaml:"letter" json:"letter"` // from a, in order
	Text   string `yaml:"text" json:"text"`

	Words []string `yaml:"words" json:"-"` // what people write for it, wherever they write it
	Alone []string `yaml:"alone" json:"-"` // says it as an answer by itself, not inside just any sentence
	Under []string `yaml:"under" json:"-"` // says it only where its question is known
}

// Surveys is every survey in every language served.
type Surveys struct{ byKey map[string][]Survey }

// ErrNoSurvey is the error for a survey that no language has.
var ErrNoSurvey = errors.New("templates: no such survey")

// NewSurveys reads the embedded surveys. A file that lacks a key, an option, a
// letter or a number, or that does not match its other languages, is refused by
// name.
func NewSurveys() (*Surveys, error) { return readSurveys(surveys) }

func readSurveys(files fs.FS) (*Surveys, error) {
	names, err := fs.Glob(files, "surveys/*.yaml")
	if err != nil {
		return nil, err
	}
	all, languages := &Surveys{map[string][]Survey{}}, map[string]bool{}
	for _, name := range names {
		s, err := readSurvey(files, name)
		if err != nil {
			return nil, fmt.Errorf("templates: %s: %w", name, err)
		}
		all.byKey[s.Key] = append(all.byKey[s.Key], s)
		languages[s.Language] = true
	}
	for key, translations := range all.byKey {
		for lang := range languages {
			if !slices.ContainsFunc(translations, func(s Survey) bool { return s.Language == lang }) {
				return nil, fmt.Errorf("templates: surveys/%s.%s.yaml is missing", key, lang)
			}
		}
		if err := parity(translations); err != nil {
			return nil, err
		}
		share(translations)
	}
	return all, nil
}

func readSurvey(files fs.FS, name string) (Survey, error) {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return Survey{}, err
	}
	var s Survey
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&s); err != nil {
		return s, err
	}
	if err := dec.Decode(new(any)); err != io.EOF {
		return s, errors.New("holds more than one document")
	}
	if want := s.Key + "." + s.Language + ".yaml"; path.Base(name) != want {
		return s, fmt.Errorf("is named otherwise than its key and language: %s", want)
	}
	if tag, err := language.Parse(s.Language); err != nil || tag.String() != s.Language {
		return s, fmt.Errorf("%q is not a language", s.Language)
	}
	return s, s.check()
}

// Survey returns a survey in the language served that is nearest to the one
// wanted (a BCP 47 tag), English where none is near.
func (s *Surveys) Survey(key, wanted string) (Survey, error) {
	translations := s.byKey[key]
	if len(translations) == 0 {
		return Survey{}, fmt.Errorf("%w: %s", ErrNoSurvey, key)
	}
	// The first is what the matcher falls back to; files come sorted, so English does.
	tags := make([]language.Tag, len(translations))
	for i, t := range translations {
		tags[i] = language.Make(t.Language)
	}
	want, err := language.Parse(wanted)
	if err != nil {
		return translations[0], nil
	}
	_, i, _ := language.NewMatcher(tags).Match(want)
	return translations[i], nil
}

// Keys lists the surveys, sorted.
func (s *Surveys) Keys() []string {
	var keys []string
	for key := range s.byKey {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// For returns the survey as it is put to a mentor or a mentee: the Text of each
// question fits the role. Any other role leaves it as it is.
func (s Survey) For(role string) Survey {
	s.Questions = slices.Clone(s.Questions)
	for i := range s.Questions {
		q := &s.Questions[i]
		switch {
		case role == "mentor" && q.Mentor != "":
			q.Text = q.Mentor
		case role == "mentee" && q.Mentee != "":
			q.Text = q.Mentee
		}
	}
	return s
}

// share gives each translation what people write in the others. The surveys
// are in parity, so that positions agree.
func share(translations []Survey) {
	files := make([]Survey, len(translations))
	for i, s := range translations {
		files[i] = s.clone()
	}
	for i := range translations {
		for j := range files {
			if i != j {
				translations[i].learn(files[j])
			}
		}
		for k := range translations[i].Questions {
			q := &translations[i].Questions[k]
			for _, s := range append([]Survey{files[i]}, files...) {
				f := s.Questions[k]
				for _, text := range []string{f.Text, f.Mentor, f.Mentee} {
					if text = strings.TrimSpace(text); text != "" && !slices.Contains(q.Wordings, text) {
						q.Wordings = append(q.Wordings, text)
					}
				}
			}
		}
	}
}

// clone copies a survey down to its options.
func (s Survey) clone() Survey {
	s.Questions = slices.Clone(s.Questions)
	for i := range s.Questions {
		s.Questions[i].Options = slices.Clone(s.Questions[i].Options)
	}
	return s
}

// learn adds another language's words to the survey's own.
func (s *Survey) learn(other Survey) {
	for i, from := range other.Questions {
		q := &s.Questions[i]
		q.Names = slices.Concat(q.Names, from.Names)
		q.About = slices.Concat(q.About, from.About)
		q.Other = slices.Concat(q.Other, from.Other)
		for k, o := range from.Options {
			to := &q.Options[k]
			to.Words = slices.Concat(to.Words, []string{o.Text}, o.Words)
			to.Alone = slices.Concat(to.Alone, o.Alone)
			to.Under = slices.Concat(to.Under, o.Under)
		}
	}
}
