package templates

import (
	"errors"
	"fmt"
	"strings"
)

// check finds what a survey's file lacks.
func (s Survey) check() error {
	if s.Key == "" || len(s.Questions) == 0 {
		return errors.New("has no key or no questions")
	}
	seen := map[string]bool{}
	for i, q := range s.Questions {
		name := q.Key
		if name == "" {
			return fmt.Errorf("question %d has no key", i+1)
		}
		if seen[name] {
			return fmt.Errorf("%s comes twice", name)
		}
		seen[name] = true
		if q.Number != i+1 {
			return fmt.Errorf("%s has number %d, its place is %d", name, q.Number, i+1)
		}
		if err := q.check(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (q Question) check() error {
	if strings.TrimSpace(q.Text) == "" {
		return errors.New("has no text")
	}
	if (q.Mentor == "") != (q.Mentee == "") {
		return errors.New("has a wording for one role only")
	}
	if (q.Kind == "scale") != (q.Min != 0 || q.Max != 0) || (q.Kind == "choice") != (len(q.Options) > 0) {
		return fmt.Errorf("min and max are for a scale, options for a choice: this is %q", q.Kind)
	}
	switch q.Kind {
	case "text":
		return nil
	case "scale":
		if q.Min < 0 || q.Min >= q.Max {
			return fmt.Errorf("its scale runs from %d to %d", q.Min, q.Max)
		}
		return nil
	case "choice":
		return q.checkOptions()
	}
	return fmt.Errorf("kind %q is none of choice, text, scale", q.Kind)
}

func (q Question) checkOptions() error {
	seen := map[string]bool{}
	for i, o := range q.Options {
		switch {
		case o.Key == "":
			return fmt.Errorf("option %d has no key", i+1)
		case seen[o.Key]:
			return fmt.Errorf("option %s comes twice", o.Key)
		case o.Letter != string(rune('a'+i)) || i > 25:
			return fmt.Errorf("option %s has letter %q, its place is %c", o.Key, o.Letter, 'a'+i)
		case strings.TrimSpace(o.Text) == "":
			return fmt.Errorf("option %s has no text", o.Key)
		}
		seen[o.Key] = true
	}
	return nil
}

// parity checks that a survey asks the same in every language.
func parity(translations []Survey) error {
	first := translations[0]
	for _, s := range translations[1:] {
		if err := first.sameAs(s); err != nil {
			return fmt.Errorf("templates: surveys/%s.%s.yaml: unlike %s, %w", s.Key, s.Language, first.Language, err)
		}
	}
	return nil
}

func (s Survey) sameAs(other Survey) error {
	for i, q := range s.Questions {
		if i >= len(other.Questions) {
			return fmt.Errorf("it lacks %s", q.Key)
		}
		o := other.Questions[i]
		if q.Key != o.Key || q.Kind != o.Kind || q.Min != o.Min || q.Max != o.Max {
			return fmt.Errorf("question %d is %s (%s %d–%d), not %s (%s %d–%d)",
				q.Number, o.Key, o.Kind, o.Min, o.Max, q.Key, q.Kind, q.Min, q.Max)
		}
		for k, option := range q.Options {
			if k >= len(o.Options) || o.Options[k].Key != option.Key {
				return fmt.Errorf("%s lacks option %s in its place", q.Key, option.Key)
			}
		}
		if len(o.Options) > len(q.Options) {
			return fmt.Errorf("%s has %d options, not %d", q.Key, len(o.Options), len(q.Options))
		}
	}
	if len(other.Questions) > len(s.Questions) {
		return fmt.Errorf("it asks %s", other.Questions[len(s.Questions)].Key)
	}
	return nil
}
