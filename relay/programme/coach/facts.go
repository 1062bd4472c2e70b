package coach

import (
	"strings"
	"unicode/utf8"
)

// How much is quoted of what somebody wrote, in characters: a tip is short.
const (
	longestQuote = 200
	longestOffer = 100
)

// Facts are what gave rise to a tip, for its words and for who asks why. Those
// that a tip does not name are zero. They are kept as JSON, and read back into
// Facts (a map would lack what is zero); what is kept holds nothing that
// anybody wrote: a question is kept for 60 days at most, and an offer with the
// answers of the person.
type Facts struct {
	Days       int    `json:",omitempty"` // since what it is about
	Every      int    `json:",omitempty"` // the other usually writes every so many days
	Yours      int    `json:",omitempty"` // the person wrote every so many days lately
	Letters    int    `json:",omitempty"` // the person wrote so many
	Asks       int    `json:",omitempty"` // in one letter, or letters in a row that asked
	Words      int    `json:",omitempty"` // of the other's advice
	Unanswered int    `json:",omitempty"` // letters of the person since the other's last one
	Usual      int    `json:",omitempty"` // days in which the person usually answers
	Span       string `json:",omitempty"` // the pace that the other proposed
	Plan       string `json:",omitempty"` // for a silence
	Asked      bool   `json:",omitempty"` // by the other, how something went
	Offer      string `json:"-"`          // what the person said they could offer
	Question   string `json:"-"`          // that waits for an answer
}

// Data is the facts as a template names them.
func (f Facts) Data() map[string]any {
	return map[string]any{
		"Days": f.Days, "Every": f.Every, "Yours": f.Yours, "Letters": f.Letters, "Asks": f.Asks, "Words": f.Words,
		"Unanswered": f.Unanswered, "Usual": f.Usual, "Span": f.Span, "Plan": f.Plan, "Asked": f.Asked, "Offer": f.Offer, "Question": f.Question,
	}
}

// clip is a text on one line, cut between words if it is longer than so many
// characters.
func clip(text string, longest int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	cut := string([]rune(text)[:longest])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}
