package signals

import "strings"

// guess tells French from English by the small words that only one of them
// has; "" if neither leads.
func guess(text string) string {
	const enough = 400 // bytes; a sentence or two settle it
	if len(text) > enough {
		text = text[:enough]
	}
	score := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t\n\r,.;:!?'’\"«»()-\u00a0\u202f", r) }) {
		score += smallWords[w]
	}
	switch {
	case score > 0:
		return "fr"
	case score < 0:
		return "en"
	}
	return ""
}

// smallWords counts for French, or, negative, for English.
var smallWords = weigh(
	"le la les un une des du de et est je j tu vous nous il elle ce c qu que qui pour pas ne n dans sur avec mon ma mes votre vos ton ta tes au aux se si ou où plus mais merci bonjour très bien ça cela être avez ai suis d l à y en par comment pourquoi quel quelle peux pouvez",
	"the a an and is are i you he she it they we of to in on for with my your his her that this was were be been have has had do does did not can could would will shall what how why when who which if or but thanks thank hi hello i'm it's at from about let any me us please")

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
