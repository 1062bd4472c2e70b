package rulebook

import (
	"slices"
	"testing"
)

func TestOwn(t *testing.T) {
	for sentence, want := range map[string]string{
		"no marks at all":                       "no marks at all",
		`they say "where do you live" and wait`: `they say "" and wait`,
		"« Pourquoi nous ? » est un piège":      `"" est un piege`,
		`what is a "soft skill" anyway`:         `what is a "soft skill" anyway`,
		`"why?" and then "how?", they say`:      `"" and then "", they say`,
		`a 3" pipe`:                             `a 3" pipe`,
		`"one two three" a 3" pipe`:             `"" a 3" pipe`,
		`"all of it is quoted"`:                 `""`,
		`""`:                                    `""`,
		"":                                      "",
	} {
		got := Own(Bare().Scan(sentence, nil))
		if !slices.Equal(got, Bare().Scan(want, nil)) {
			t.Errorf("%q: want what %q gives, got %v", sentence, want, got)
		}
	}
}
