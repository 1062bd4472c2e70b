package year

import (
	"slices"
	"testing"

	"mentorrelay/parser/signals"
)

// TestVocabulary: letters say what the year takes them to say. Where it fails, it
// is the words that are to be changed, or the parser; not the year.
func TestVocabulary(t *testing.T) {
	means := map[string][]signals.Kind{
		"ask": {signals.Ask}, "offer": {signals.Offer}, "thanks": {signals.Thanks}, "commit": {signals.Commit}, "report": {signals.Report},
		"plain": nil, "advice": nil, "help": {signals.Ask, signals.Offer}, "wishes": {signals.Ask}, "after": {signals.Ask}, "quarter": {signals.Pace},
	}
	about := map[string]signals.Topic{"help": signals.Help, "wishes": signals.Wishes, "after": signals.After}
	for language, kinds := range vocabulary {
		for kind, want := range means {
			for _, sentence := range kinds[kind] {
				if got := signals.Classify(sentence, language); !slices.Equal(got, want) {
					t.Errorf("%s %s: “%s” is %v", language, kind, sentence, got)
				}
				for _, s := range signals.Find(sentence, language) {
					if s.Kind == signals.Ask && s.About != about[kind] || s.Kind == signals.Pace && s.Pace != signals.Quarter {
						t.Errorf("%s %s: “%s” is about %q, pace %q", language, kind, sentence, s.About, s.Pace)
					}
				}
			}
		}
	}
}
