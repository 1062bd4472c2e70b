// Package signals finds the sentences of a message that ask, offer, thank,
// commit, report back or propose a pace, what the asks are about, and the
// events and links that are shared, in French and English.
//
// A sentence may have several kinds, or none. What each means:
//
//   - ask: the reader is to answer, advise, tell, send or meet, whether it is
//     put as a question, a wish ("I was wondering whether…") or a request.
//     Not asks: questions reported ("he asked me if…"), rhetorical ("who
//     knows?") or of politeness ("how are you?"), and offers put as questions
//     ("shall I send it?"), save "how can I help?", which asks and offers;
//     nor advice to act on ("ask them why the post is free"), nor what stands
//     between quotation marks ("'why us?' is what they ask").
//   - offer: the writer would do or give something for the reader, be there
//     for them, or invites them.
//   - thanks: gratitude to the reader, not "thanks to the rain".
//   - commit: the writer says that they will do something of their own will,
//     not what merely will be ("I'll be on holiday").
//   - report: what became of something done, tried or decided, such as the
//     reader can have waited to hear; not a life told.
//   - pace: when, or how often, to write or talk again.
package signals

// A Kind is what a sentence does.
type Kind string

// The kinds.
const (
	Ask    Kind = "ask"
	Offer  Kind = "offer"
	Thanks Kind = "thanks"
	Commit Kind = "commit"
	Report Kind = "report"
	Pace   Kind = "pace"
)

// order lists the kinds as Classify gives them, and as rulebook.Kinds has its
// bits.
var order = [...]Kind{Ask, Offer, Thanks, Commit, Report, Pace}

// A Span is how long the writer proposes to leave between messages or until
// the next one.
type Span string

// The spans. NoSpan stands for a pace that names none ("after the summer",
// "a little less often").
const (
	NoSpan    Span = ""
	Day       Span = "day"
	Week      Span = "week"
	Fortnight Span = "fortnight"
	Month     Span = "month"
	Quarter   Span = "quarter"
	HalfYear  Span = "half-year"
	Year      Span = "year"
)

// A Topic is what an ask is about, where advice on the conversation depends
// on it.
type Topic string

// The topics. NoTopic stands for all others, most asks.
const (
	NoTopic Topic = ""
	Help    Topic = "help"   // "how can I help?", put openly; no concrete offer
	Wishes  Topic = "wishes" // what the reader would like, enjoys, lately read; how often suits them
	After   Topic = "after"  // what became of something: "how did the interview go?"
)

// A Signal is one kind found in one sentence.
type Signal struct {
	Kind  Kind
	Text  string // the sentence, its white space reduced to single spaces
	Pace  Span   // of a Pace only
	About Topic  // of an Ask only
}

// A Reading is all that is found in a text.
type Reading struct {
	Signals []Signal
	Events  []string // the sentences that share an event
	Links   []string // the web addresses, repeats included
}

// Read returns what Find, Events and Links find, in one go.
func Read(text, language string) Reading {
	r := newReader(text, language)
	found := Reading{Links: Links(text)}
	eachSentence(text, func(s string, opens bool) {
		found.Signals = r.signals(s, opens, found.Signals)
		if r.event() {
			found.Events = append(found.Events, s)
		}
	})
	return found
}

// Find returns the signals of a text in the order of its sentences, and within
// a sentence in the order ask, offer, thanks, commit, report, pace. The text is
// what a message newly says, of any length: paragraphs, lists, wrapped lines.
// A question that the next sentence answers ("Was it right? Yes, …") is no ask,
// where it does not speak to the reader and no line break parts the two. The
// language is a BCP 47 tag; empty, it is told from the words. In languages
// other than French and English only question marks are read. Time is linear
// in the text.
func Find(text, language string) []Signal {
	r := newReader(text, language)
	var found []Signal
	eachSentence(text, func(s string, opens bool) { found = r.signals(s, opens, found) })
	return found
}

// Events returns the sentences of a text that share an event: an invitation to
// it, or word of it, with its day or hour. The writer's own appointments,
// proposals to meet or call, deadlines and what is past are none. The text and
// its language are as for Find; in languages other than French and English
// nothing is found.
func Events(text, language string) []string {
	r := newReader(text, language)
	var found []string
	eachSentence(text, func(s string, _ bool) {
		if r.scan(s); r.event() {
			found = append(found, s)
		}
	})
	return found
}

// Classify returns the kinds of one sentence by itself, in the order ask,
// offer, thanks, commit, report, pace; nil for none. The language is as for
// Find.
func Classify(sentence, language string) []Kind {
	r := newReader(sentence, language)
	kinds, _ := r.read(sentence)
	var found []Kind
	for i, k := range order {
		if kinds&(1<<i) != 0 {
			found = append(found, k)
		}
	}
	return found
}
