package reply

import (
	"strings"
	"testing"
)

// TestTightAnswers reads short answers right above the introductions of each
// language, without a blank line between, as Yahoo and others send them.
func TestTightAnswers(t *testing.T) {
	answers := []string{
		"1. once a month\n2. by phone\n8. the mentor writes first\nThanks",
		"1a\n2b\n3c\n4d\n5\n6a", "2b", "1 b", "14:30", "12/03", "yes\n7", "OK 3", "1. b\n2. a @ home",
		"mardi 12\nmerci", "le 12 mars", "12. März um 10:00", "On Tuesday at 10:00", "lundi 18 mars 2024", "2024-03-18 14:30",
		"18 mars 2024\nBen", "3) mentor <3", "Yes\nNo\n\n2a\nBest regards",
	}
	eachAttribution(t, func(form string, right func(bool)) {
		for _, answer := range answers {
			right(below(t, answer, form, "> Hello Ben,\n>\n> how are you?") && below(t, answer, form, "Hello Ben,\n\nhow are you?"))
		}
	})
}

func below(t *testing.T, answer, form, quotation string) bool {
	t.Helper()
	r := Split(answer + "\n" + form + "\n" + quotation + "\n")
	got := strings.TrimSpace(r.New() + "\n" + r.Signature())
	if squeeze(got) == squeeze(answer) && squeeze(r.Attribution()) == squeeze(form) && r.Quoted() == "Hello Ben,\n\nhow are you?" {
		return true
	}
	t.Errorf("%q above\n%s\n%s\ngives %+v", answer, form, quotation, r.Blocks)
	return false
}
