package signals

import (
	"math"
	"strings"

	"mentorrelay/parser/signals/internal/asks"
	"mentorrelay/parser/signals/internal/rulebook"
)

// A reader reads the sentences of one text.
type reader struct {
	book     *rulebook.Book
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
	return reader{book: rulebook.Bare()}
}

// read gives the kinds of one sentence, and the span if it has a pace.
func (r *reader) read(sentence string) (rulebook.Kinds, Span) {
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
// ask. What the rules know to do something else must look more like one, still
// more so what they know to offer or deny to ask; what they are sure of is
// nothing else. Found by cross-validation.
func threshold(found rulebook.Findings) float64 {
	const alone, beside, denied = -0.6, 0.3, 1.0
	switch {
	case found.Veto&rulebook.Ask != 0 && found.Strong != 0:
		return math.Inf(1)
	case found.Veto&rulebook.Ask != 0, found.Kinds()&rulebook.Offer != 0:
		return denied
	case found.Kinds() != 0:
		return beside
	}
	return alone
}
