package reply

import "testing"

func TestBars(t *testing.T) {
	const attribution = "On 12/03/2024 10:15, Anna Berg wrote:\n"
	tests := []struct{ name, text, written, quoted string }{
		{"bars", attribution + "| How are you?\n| \n| | I was ill.\n\nBetter.\n", "Better.", "How are you?\n\nI was ill."},
		{"marks within bars", attribution + "| > I was ill.\n| And now?\nBetter.\n", "Better.", "I was ill.\nAnd now?"},
		{"a drawing below marks", attribution + "> Where is it?\n\n| x marks the spot\n", "| x marks the spot", "Where is it?"},
		{"a table above", "| Monday | 10\n| Friday | 12\n\n" + attribution + "> When?\n", "| Monday | 10\n| Friday | 12", "When?"},
		{"a table between bars", attribution + "| When?\n\n| Monday | 10 |\n| Friday | 12 |\n\n| And where?\n", "| Monday | 10 |\n| Friday | 12 |", "When?\n\nAnd where?"},
		{"no attribution", "| How are you?\n\nBetter.\n", "| How are you?\n\nBetter.", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			complete(t, test.text)
			r := Split(test.text)
			if r.New() != test.written || r.Quoted() != test.quoted {
				t.Errorf("new %q, quoted %q; want %q, %q", r.New(), r.Quoted(), test.written, test.quoted)
			}
		})
	}
}
