package signals

import (
	"math"
	"slices"
	"strings"

	"mentorrelay/parser/signals/internal/asks"
	"mentorrelay/parser/signals/internal/rulebook"
)

// A reader reads the sentences of one text.
type reader struct {
	book     *rulebook.Book
	model    *asks.Model      // nil where there is none
	tokens   []rulebook.Token // of the sentence scanned last
	own      []rulebook.Token // those of them that nobody else is quoted with
	features []uint32

	asked int // where the signals have the ask of the question just before, plus one; 0 for none
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

// signals appends those of one sentence. An answer to the question before it
// takes back that question's ask, save where the sentence opens a paragraph,
// which may answer what was quoted above.
func (r *reader) signals(sentence string, opens bool, to []Signal) []Signal {
	kinds, span := r.read(sentence)
	if r.asked > 0 && !opens && r.book.Answers(r.own) && !r.asksReader(to[r.asked-1].Text) {
		to = slices.Delete(to, r.asked-1, r.asked)
	}
	r.asked = 0
	if kinds&rulebook.Ask != 0 && strings.HasSuffix(sentence, "?") {
		r.asked = len(to) + 1
	}
	for i, k := range order {
		if kinds&(1<<i) == 0 {
			continue
		}
		s := Signal{Kind: k, Text: sentence}
		switch k {
		case Ask:
			s.About = r.topic()
		case Pace:
			s.Pace = span
		}
		to = append(to, s)
	}
	return to
}

// asksReader tells whether a question speaks to the reader.
func (r *reader) asksReader(question string) bool {
	return r.book.AsksReader(rulebook.Own(r.book.Scan(question, nil)))
}

// read gives the kinds of one sentence, and the span if it has a pace.
func (r *reader) read(sentence string) (rulebook.Kinds, Span) {
	r.scan(sentence)
	found := r.book.Read(r.own)
	return r.kinds(found), Span(found.Span)
}

// kinds adds to what the rules found what the model has to say.
func (r *reader) kinds(found rulebook.Findings) rulebook.Kinds {
	kinds := found.Kinds()
	if r.model == nil || kinds&rulebook.Ask != 0 {
		return kinds
	}
	r.features = asks.Features(r.own, found, r.features[:0])
	if r.model.Score(r.features) > threshold(found) {
		kinds |= rulebook.Ask
	}
	return kinds
}

// threshold returns the log-odds from which the model's word is taken for an
// ask. What the rules know to do something else must look more like one, still
// more so what they know to offer or deny to ask; what they are sure of is
// nothing else. Found by cross-validation, which would have a sentence alone
// at -0.6; but the corpus is business mail, where an imperative asks, and much
// advice from mentors lies between, while their asks do not.
func threshold(found rulebook.Findings) float64 {
	const alone, beside, denied = -0.2, 0.3, 1.0
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

// scan cuts a sentence into words and marks.
func (r *reader) scan(sentence string) {
	r.tokens = r.book.Scan(sentence, r.tokens[:0])
	r.own = rulebook.Own(r.tokens)
}

// event tells whether the sentence that was scanned last shares an event.
func (r *reader) event() bool { return r.book.Event(r.tokens) }

// topic tells what the sentence that was scanned last asks about.
func (r *reader) topic() Topic {
	return topics[r.book.Topic(r.own)]
}

// topics are those of rulebook.
var topics = [...]Topic{NoTopic, Help, Wishes, After}
