package summary

import (
	"strings"

	"mentorrelay/storage"
)

const (
	mostQuestions = 3   // that are quoted
	longestQuote  = 160 // runes
)

// quoted are the newest questions as they are quoted, oldest first, and how
// many there are beside. One that names a mail address is left out: the letter
// itself shows it masked, and its sentence may not.
func quoted(asks []storage.Ask) (questions []string, more int) {
	for _, a := range asks {
		if text := strings.Join(strings.Fields(a.Text), " "); text != "" && !strings.ContainsAny(text, "@＠") {
			questions = append(questions, shortened(text))
		}
	}
	if more = len(questions) - mostQuestions; more > 0 {
		return questions[more:], more
	}
	return questions, 0
}

// shortened cuts a text between words.
func shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= longestQuote {
		return text
	}
	cut := string(runes[:longestQuote])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// Open lists what the other asked since the reader's last letter, out of what
// was asked in a pair.
func Open(asks []storage.Ask, letters []storage.Message, readerID int64) []storage.Ask {
	var open []storage.Ask
	for _, a := range asks {
		answered := false
		for _, m := range letters {
			answered = answered || m.WriterID == readerID && m.At.After(a.At)
		}
		if a.WriterID != readerID && !answered {
			open = append(open, a)
		}
	}
	return open
}
