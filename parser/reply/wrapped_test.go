package reply

import (
	"strings"
	"testing"
)

// TestWrappedAttributions breaks each attribution of one line as clients do
// that break lines at some column.
func TestWrappedAttributions(t *testing.T) {
	eachAttribution(t, func(form string, right func(bool)) {
		if strings.Contains(form, "\n") {
			return
		}
		last := ""
		for width := 60; width <= 78; width++ {
			broken := wrap(form, width)
			if broken == form || broken == last {
				continue
			}
			last = broken
			right(introduces(t, broken, "> Hello Ben,\n>\n> how are you?") && introduces(t, broken, "Hello Ben,\n\nhow are you?"))
		}
	})
}

// wrap breaks a line at the last space that leaves at most width letters.
func wrap(s string, width int) string {
	letters := []rune(s)
	if len(letters) <= width {
		return s
	}
	for i := width; i > 0; i-- {
		if letters[i] == ' ' {
			return string(letters[:i]) + "\n" + wrap(string(letters[i+1:]), width)
		}
	}
	return s
}
