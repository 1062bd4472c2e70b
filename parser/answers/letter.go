package answers

import (
	"slices"
	"strings"
)

var (
	// naming words make what follows an option's letter or place.
	naming = set("option answer choice letter reponse choix lettre")

	// cueing words may stand before a letter that means an option.
	cueing = set(`option answer choice letter reponse choix lettre pick choose go with is est prends choisis dirais say plutot
		rather or ou and et the le la for pour prefere prefer otherwise sinon but mais else then puis maybe perhaps mean meant either soit`)

	// trailing words may stand right behind one.
	trailing = set(`please svp stp thanks thank thx merci plutot because car parce since puisque for pour s il mais but and et or ou
		rather not pas si if surtout mostly definitely is est would serait me suits i je peut though maybe probably
		ce cela sounds looks works fine ok okay sera convient va otherwise sinon soit are sont both during pendant when quand until jusqu`)
)

// letters returns the options that token i names by letter: one, or several
// written together ("cd"); none where it is just a word, as in "a few days",
// "d'accord" and "e-mail".
func (p *passage) letters(i int, q Question) []int {
	t := p.list[i]
	options := lettersIn(t.word, q)
	if options == nil || !isASCII(p.text[t.start:t.end]) { // "à" is not "a"
		return nil
	}
	before, after := p.gap(i), p.gap(i+1)
	if strings.HasSuffix(before, "'") && strings.HasPrefix(after, "'") && len(t.word) == 1 {
		return options
	}
	if isSmiley(before, p.text[t.start:]) && i > 0 && !isFigure(p.word(i-1)) && !naming[p.word(i-1)] {
		return nil
	}
	if connecting[p.word(i-1)] && len(lettersIn(p.word(i-2), q)) == 1 && len(p.word(i-2)) == 1 {
		return options // "b or a, I don't mind"
	}
	if after == "-" && len(lettersIn(p.word(i+1), q)) == 1 && (i+2 == len(p.list) || p.list[i+2].ends) {
		return options // "a-b"
	}
	if elides(before, after) || i+1 < len(p.list) && (after == "-" || after == ".") {
		return nil
	}
	if len(t.word) > 1 {
		if i > 0 || i+1 < len(p.list) && !p.list[i+1].ends {
			return nil
		}
		return options
	}
	if !p.opens(i) || i+1 < len(p.list) && strings.TrimSpace(after) == "" && !p.closes(i) {
		return nil
	}
	return options
}

// isSmiley tells whether a letter is the mouth of one: "video :D".
func isSmiley(before, rest string) bool {
	eyes := strings.TrimRight(before, "-")
	return len(eyes) > 1 && strings.ContainsAny(eyes[len(eyes)-1:], ":;=") && eyes[len(eyes)-2] == ' ' && strings.HasPrefix(rest, "D")
}

// opens tells whether a letter may begin at token i, by what stands before.
func (p *passage) opens(i int) bool {
	if i == 0 || p.list[i].ends || cueing[p.word(i-1)] {
		return true
	}
	if p.word(i) == "a" && !(connecting[p.word(i+1)] && len(p.word(i+2)) == 1) && strings.TrimSpace(p.gap(i+1)) == "" && i+1 < len(p.list) {
		return false // "il y a", "is a must"
	}
	gap := p.gap(i)
	return fillers[p.word(i-1)] || denials[p.word(i-1)] || strings.TrimSpace(gap) == "/" || gap == "-" && len(p.word(i-1)) == 1 || strings.ContainsAny(gap, "+&")
}

// closes tells whether a letter may end before the word behind token i.
func (p *passage) closes(i int) bool {
	return isFigure(p.word(i+1)) || trailing[p.word(i+1)] || i > 0 && naming[p.word(i-1)]
}

// elides tells whether a letter belongs to the word beside it: "d'accord",
// "I'd".
func elides(before, after string) bool {
	return strings.HasPrefix(after, "'") || strings.HasPrefix(after, "’") || strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’")
}

// lettersIn returns the options whose letters make up a word.
func lettersIn(word string, q Question) []int {
	if len(word) > 3 {
		return nil
	}
	var options []int
	for k := range len(word) {
		o := optionOf(q, word[k:k+1])
		if o < 0 || slices.Contains(options, o) {
			return nil
		}
		options = append(options, o)
	}
	return options
}

// optionOf returns the place of the option with this letter, or -1.
func optionOf(q Question, letter string) int {
	return slices.IndexFunc(q.Options, func(o Option) bool { return o.Letter == letter })
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
