package templates

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// intake is what stored answers and one-tap links rely on.
var intake = []string{
	"1 how-often choice weekly fortnightly monthly quarterly as-needed",
	"2 how choice mail calls meetings open",
	"3 why choice local field outside-view encouragement other",
	"4 topics text",
	"5 offer text",
	"6 reply-time choice days week fortnight",
	"7 writing scale",
	"8 if-quiet choice mentee-first mentor-first remind leave",
}

func TestTheIntakeSurveyInEveryLanguage(t *testing.T) {
	all, err := NewSurveys()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fr"} {
		s, err := all.Survey("intake", lang)
		if err != nil || s.Language != lang {
			t.Fatalf("%s: %v, %v", lang, s.Language, err)
		}
		for i, q := range s.Questions {
			line := fmt.Sprint(q.Number, " ", q.Key, " ", q.Kind)
			for k, o := range q.Options {
				line += " " + o.Key
				if o.Letter != string("abcde"[k]) {
					t.Errorf("%s/%s: %s has letter %s", lang, q.Key, o.Key, o.Letter)
				}
			}
			if line != intake[i] {
				t.Errorf("%s: %s, want %s", lang, line, intake[i])
			}
			if q.Kind == "scale" && (q.Min != 1 || q.Max != 5) {
				t.Errorf("%s/%s runs from %d to %d", lang, q.Key, q.Min, q.Max)
			}
		}
		if len(s.Questions) != len(intake) {
			t.Errorf("%s asks %d questions", lang, len(s.Questions))
		}
	}
}

func TestEachLanguageKnowsTheWordsOfTheOthers(t *testing.T) {
	all, err := NewSurveys()
	if err != nil {
		t.Fatal(err)
	}
	en, _ := all.Survey("intake", "en-GB")
	fr, _ := all.Survey("intake", "fr-CA")
	if q := en.Questions[0]; !slices.Contains(q.Options[1].Words, "toutes les deux semaines") ||
		!slices.Contains(q.Wordings, "À quelle fréquence aimeriez-vous échanger ?") {
		t.Errorf("English knows %q and %q", q.Options[1].Words, q.Wordings)
	}
	if q := fr.Questions[0]; !slices.Contains(q.Options[1].Words, "every two weeks") ||
		q.Wordings[0] != q.Text || !slices.Contains(q.Names, "frequency") {
		t.Errorf("French knows %q and %q", q.Options[1].Words, q.Names)
	}
}

func TestASurveyFitsItsReader(t *testing.T) {
	all, err := NewSurveys()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := all.Survey("intake", "fr")
	plain, mentor, mentee := s.Questions[2].Text, s.For("mentor").Questions[2].Text, s.For("mentee").Questions[2].Text
	if plain == mentor || mentor == mentee || mentee == plain {
		t.Errorf("%q, %q, %q", plain, mentor, mentee)
	}
	if s.Questions[2].Text != plain {
		t.Error("asking one role changed the survey for all")
	}
}

func TestNoSuchSurvey(t *testing.T) {
	all, err := NewSurveys()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all.Survey("outtake", "fr"); !errors.Is(err, ErrNoSurvey) {
		t.Errorf("got %v", err)
	}
	if keys := strings.Join(all.Keys(), " "); keys != "intake pace pulse" {
		t.Errorf("surveys: %s", keys)
	}
}

const tea = `key: tea
language: en
questions:
  - {key: milk, number: 1, kind: choice, text: Milk, options: [{key: yes-please, letter: a, text: "yes"}, {key: no-thanks, letter: b, text: "no"}]}
  - {key: sugar, number: 2, kind: scale, text: Sugar, min: 1, max: 3}
`

func TestABrokenSurveyIsRefusedByName(t *testing.T) {
	the := strings.Replace(tea, "language: en", "language: fr", 1)
	for _, c := range []struct{ name, en, fr, want string }{
		{"a missing translation", tea, "", "surveys/tea.fr.yaml is missing"},
		{"a missing question", tea, the[:strings.LastIndex(the, "  - {")], "surveys/tea.fr.yaml: unlike en, it lacks sugar"},
		{"a missing option", tea, strings.Replace(the, `, {key: no-thanks, letter: b, text: "no"}`, "", 1), "milk lacks option no-thanks"},
		{"a question too many", tea, the + "  - {key: cup, number: 3, kind: text, text: Cup}\n", "surveys/tea.fr.yaml: unlike en, it asks cup"},
		{"another kind", tea, strings.Replace(the, "kind: scale, text: Sugar, min: 1, max: 3", "kind: text, text: Sugar", 1), "question 2 is sugar (text 0–0)"},
		{"a letter out of order", strings.Replace(tea, "letter: b", "letter: c", 1), the, `surveys/tea.en.yaml: milk: option no-thanks has letter "c"`},
		{"a number out of order", strings.Replace(tea, "number: 2", "number: 3", 1), the, "surveys/tea.en.yaml: sugar has number 3, its place is 2"},
		{"no text", strings.Replace(tea, "text: Sugar", "text: ' '", 1), the, "surveys/tea.en.yaml: sugar: has no text"},
		{"no option text", strings.Replace(tea, `text: "no"`, "text: ''", 1), the, "milk: option no-thanks has no text"},
		{"a question without key", strings.Replace(tea, "key: sugar, ", "", 1), the, "surveys/tea.en.yaml: question 2 has no key"},
		{"an option without key", strings.Replace(tea, "key: no-thanks, ", "", 1), the, "milk: option 2 has no key"},
		{"a key twice", strings.Replace(tea, "key: sugar", "key: milk", 1), the, "milk comes twice"},
		{"one role only", strings.Replace(tea, "text: Sugar", "text: Sugar, mentor: Sugar", 1), the, "sugar: has a wording for one role only"},
		{"an unknown field", strings.Replace(tea, "min: 1", "minimum: 1", 1), the, "surveys/tea.en.yaml: yaml: unmarshal errors:\n  line 5: field minimum not found"},
		{"an unknown kind", strings.Replace(tea, "kind: scale", "kind: guess", 1), the, "sugar: min and max are for a scale"},
		{"an empty scale", strings.Replace(tea, "max: 3", "max: 1", 1), the, "its scale runs from 1 to 1"},
		{"another name", strings.Replace(tea, "key: tea", "key: coffee", 1), the, "surveys/tea.en.yaml: is named otherwise"},
		{"two documents", tea + "---\nkey: more\n", the, "surveys/tea.en.yaml: holds more than one document"},
		{"not YAML", "key: [", the, "surveys/tea.en.yaml: yaml:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{
				"surveys/tea.en.yaml":   {Data: []byte(c.en)},
				"surveys/other.fr.yaml": {Data: []byte(strings.NewReplacer("key: tea", "key: other").Replace(the))},
				"surveys/other.en.yaml": {Data: []byte(strings.NewReplacer("key: tea", "key: other").Replace(tea))},
			}
			if c.fr != "" {
				files["surveys/tea.fr.yaml"] = &fstest.MapFile{Data: []byte(c.fr)}
			}
			_, err := readSurveys(files)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	ok := fstest.MapFS{"surveys/tea.en.yaml": {Data: []byte(tea)}, "surveys/tea.fr.yaml": {Data: []byte(the)}}
	if _, err := readSurveys(ok); err != nil {
		t.Error(err)
	}
}
