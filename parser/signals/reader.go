package signals

import (
	"strings"

	"mentorrelay/parser/signals/internal/asks"
	"mentorrelay/parser/signals/internal/rulebook"
)

// A reader reads the sentences of one text.
type reader struct {
	book     *rulebook.Book   // nil where there are no rules
	model    *asks.Model      // nil where there is none
	tokens   []rulebook.Token // kept for the next sentence, as are
	features []uint32
}

func newReader(text, language string) reader {
	primary, _, _ := strings.Cut(strings.ToLower(language), "-")
	if primary == "" {
		primary = guess(text)
	}
	switch primary {
	case "fr":
		return reader{book: rulebook.French()}
	case "en":
		return reader{book: rulebook.English(), model: asks.English()}
	}
	return reader{}
}

// read gives the kinds of one sentence, and the span if it has a pace.
func (r *reader) read(sentence string) (rulebook.Kinds, Span) {
	if r.book == nil {
		if questions(sentence) {
			return rulebook.Ask, NoSpan
		}
		return 0, NoSpan
	}
	r.tokens = r.book.Scan(sentence, r.tokens[:0])
	found := r.book.Read(r.tokens)
	return r.kinds(found), Span(found.Span)
}

// kinds adds to what the rules found what the model has to say.
func (r *reader) kinds(found rulebook.Findings) rulebook.Kinds {
	kinds := found.Kinds()
	if r.model == nil || kinds&rulebook.Ask != 0 {
		return kinds
	}
	r.features = asks.Features(r.tokens, found, r.features[:0])
	if r.model.Score(r.features) > threshold(found) {
		kinds |= rulebook.Ask
	}
	return kinds
}

// threshold returns the log-odds from which the model's word is taken for an
// ask. What the rules know to do something else, or deny to ask, must look
// much more like one. Found by cross-validation.
func threshold(found rulebook.Findings) float64 {
	const alone, beside, denied = -0.5, 0.7, 1.8
	switch {
	case found.Veto&rulebook.Ask != 0:
		return denied
	case found.Kinds() != 0:
		return beside
	}
	return alone
}

// questions tells whether a sentence has a question mark at the end of a
// word, as a question has and an address has not.
func questions(sentence string) bool {
	for i, r := range sentence {
		switch r {
		case '？', '؟':
			return true
		case '?':
			if rest := sentence[i+1:]; rest == "" || !letter(rest[0]) && !digit(rest[0]) && rest[0] != '=' && rest[0] != '/' {
				return true
			}
		}
	}
	return false
}
