package signals

import (
	"strings"

	"mentorrelay/parser/signals/internal/rulebook"
)

// guess tells French from English by the small words that only one of them
// has or, where there are none, by which language's rules know more of the
// words; "" if neither leads.
func guess(text string) string {
	const enough = 400 // bytes; a sentence or two settle it
	if len(text) > enough {
		text = text[:enough]
	}
	french := 0
	for _, w := range rulebook.Words(text) {
		french += smallWords[w]
	}
	if french == 0 {
		for sign, book := range map[int]*rulebook.Book{1: rulebook.French(), -1: rulebook.English()} {
			french += sign * book.Known(book.Scan(text, nil))
		}
	}
	switch {
	case french > 0:
		return "fr"
	case french < 0:
		return "en"
	}
	return ""
}

// smallWords counts for French, or, negative, for English. Words of both, such
// as "on" and "me", are left out.
var smallWords = weigh(
	"le la les un une des du de et est je j tu vous nous il elle ce c qu que qui pour pas ne n dans sur avec mon ma mes votre vos ton ta tes au aux se si ou mais merci bonjour tres bien ca cela etre avez ai suis l y en par comment pourquoi quel quelle peux pouvez",
	"the an and is are i you he she it they we of to in for with my your his her that this was were be been have has had do does did not can could would will shall what how why when who which if or thanks thank hi hello at from about let any us please")

func weigh(french, english string) map[string]int {
	weights := map[string]int{}
	for _, w := range strings.Fields(french) {
		weights[w]++
	}
	for _, w := range strings.Fields(english) {
		weights[w]--
	}
	return weights
}
