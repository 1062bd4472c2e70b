package answers

import (
	"maps"
	"slices"
	"strings"
)

// A word of minMisspelt letters is not easily another one with a slip in it; one
// of minExchanged is not with two letters exchanged.
const (
	minMisspelt  = 6
	minExchanged = 5
)

// spell prepares the look-up of words with one slip: every long word of the questions is
// filed under itself with one letter left out.
func (v *vocabulary) spell() {
	for _, word := range slices.Sorted(maps.Keys(v.meant)) { // the same each time
		if len(word) < minExchanged {
			continue
		}
		for _, short := range shorter(word) {
			v.near[short] = append(v.near[short], word)
		}
	}
}

// shorter lists a word with each of its letters left out.
func shorter(word string) []string {
	list := make([]string, 0, len(word))
	for i := range len(word) {
		list = append(list, word[:i]+word[i+1:])
	}
	return list
}

// read splits a text into tokens, with slips of one letter in long words mended
// where only one known word is so near.
func (v *vocabulary) read(text string) []token {
	list := tokens(text)
	for i, t := range list {
		if meant := slips[t.word]; meant != "" && !v.known[t.word] {
			list[i].word = meant
			continue
		}
		if len(t.word) >= minExchanged && len(t.word) <= 24 && !v.known[t.word] {
			list[i].word = v.mend(t.word)
		}
	}
	return list
}

// slips are those of words too short to be mended by their letters alone.
var slips = map[string]string{
	"evry": "every", "evey": "every", "evrey": "every", "eveyr": "every", "evr": "every", "eveery": "every", "veery": "every", "everey": "every",
	"mial": "mail", "maill": "mail", "maiil": "mail", "amil": "mail", "emial": "email", "emal": "email", "eamil": "email", "emaill": "email", "mel": "mail",
	"wek": "week", "wekk": "week", "weeek": "week", "wekks": "weeks", "weks": "weeks", "weaks": "weeks", "wks": "weeks", "wk": "week",
	"mnth": "month", "mounth": "month", "monht": "month", "mth": "month", "monthes": "months", "mths": "months", "mounths": "months",
	"phne": "phone", "phon": "phone", "fone": "phone", "phoen": "phone", "phome": "phone", "fon": "phone",
	"vidoe": "video", "viedo": "video", "vedio": "video", "vid": "video", "videos": "video", "vidio": "video",
	"dyas": "days", "dasy": "days", "dayes": "days", "teh": "the", "hte": "the", "twoo": "two", "tw": "two", "thre": "three", "fw": "few", "witin": "within", "wthin": "within",
	"jorus": "jours", "jous": "jours", "jrs": "jours", "joures": "jours", "qlq": "quelques", "qlqs": "quelques", "qques": "quelques", "qqes": "quelques", "qelques": "quelques", "qqe": "quelques",
	"sem": "semaine", "mios": "mois", "mosi": "mois", "moiss": "mois", "chq": "chaque", "chaq": "chaque", "chak": "chaque", "chque": "chaque", "chaqe": "chaque",
	"tt": "tout", "tts": "tous", "ttes": "toutes", "deu": "deux", "duex": "deux", "dex": "deux", "visoi": "visio", "vsio": "visio", "viso": "visio", "telphone": "telephone", "telefone": "telephone", "tph": "telephone",
	"rapel": "rappel", "rapell": "rappel", "rapple": "rappel", "rapelle": "rappel", "leav": "leave", "leve": "leave", "nudg": "nudge",
}

func (v *vocabulary) mend(word string) string {
	found := ""
	for _, short := range append(shorter(word), word) {
		candidates := v.near[short]
		if v.meant[short] {
			candidates = append([]string{short}, candidates...)
		}
		for _, c := range candidates {
			switch {
			case !misspells(word, c):
			case found == "" || strings.HasPrefix(found, c):
				found = c
			case !strings.HasPrefix(c, found): // an ending more is the same word
				return word
			}
		}
	}
	if found == "" {
		return word
	}
	return found
}

// misspells tells whether a word may be a slip for a known one.
func misspells(word, known string) bool {
	if !oneSlip(word, known) {
		return false
	}
	return len(known) >= minMisspelt || len(word) == len(known) && len(known) >= minExchanged && sameLetters(word, known)
}

func sameLetters(a, b string) bool {
	var count [256]int
	for i := range len(a) {
		count[a[i]]++
		count[b[i]]--
	}
	return count == [256]int{}
}

// oneSlip tells whether two different words are one letter put in, left out or
// changed, or two neighbours exchanged, apart (Damerau 1964).
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return len(b)-len(a) == 1 && a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return i < len(a)
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
