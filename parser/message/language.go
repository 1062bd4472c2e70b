package message

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Language returns the language of a text as a BCP 47 tag without a region:
// "fr", "en"; or "" if it is a toss-up or none that is known. The script
// decides where one language has it for itself. Among those in Latin letters
// frequent words do, with or without accents, and the accents; so a sentence
// is enough. It looks at the first 32 KiB, and not at quoted lines, addresses
// and whatever holds digits.
func Language(text string) string {
	var c census
	text = text[:min(len(text), 32<<10)]
	for line := range strings.Lines(text) {
		if !isQuoted(line) {
			c.line(line)
		}
	}
	return c.language()
}

// A weight is what an occurrence speaks for each of the languages in which it
// is found, divided among them.
const (
	wordWeight   = 120
	endWeight    = 40
	letterWeight = 40
)

// lexicon tells for each word, and each letter, the languages it speaks for.
type lexicon struct {
	languages []string
	words     map[string]uint32 // a bit for each language
	letters   map[rune]uint32
	endings   [1 << 10]bool // whether a known ending has these last two letters
}

// lastTwo packs the last two letters of a word.
func lastTwo(word []byte) int {
	n := len(word)
	return int(word[n-2]&31)<<5 | int(word[n-1]&31)
}

// latinLexicon returns the words and letters of all languages in Latin script.
var latinLexicon = sync.OnceValue(func() *lexicon {
	x := &lexicon{words: map[string]uint32{}, letters: map[rune]uint32{}}
	for i, l := range latinLanguages {
		x.languages = append(x.languages, l.language)
		for _, word := range strings.Fields(l.words) {
			x.words[word] |= 1 << i
			if word[0] == '~' {
				x.endings[lastTwo([]byte(word))] = true
			}
		}
		for _, r := range l.letters {
			x.letters[r] |= 1 << i
		}
	}
	return x
})

// census counts what a text is made of.
type census struct {
	scripts [scriptCount]int
	scores  [maxLanguages]int // by index in the lexicon
	words   int               // in Latin letters
	word    [maxWord]byte
}

const (
	maxLanguages = 32
	maxWord      = 24 // octets of a word that is looked up
	minEnding    = 5  // octets of a word whose ending is looked up
	maxEnding    = 5  // octets of an ending
)

// line counts the words of a line.
func (c *census) line(line string) {
	x := latinLexicon()
	for token := range strings.FieldsSeq(line) {
		if !isCode(token) {
			c.token(x, token)
		}
	}
}

// isCode tells of what is no word of a language: addresses, numbers, code.
func isCode(token string) bool {
	for i := range len(token) {
		switch c := token[i]; {
		case c >= '0' && c <= '9', c == '@', c == '_', c == '=', c == '<', c == '{', c == '\\':
			return true
		case c == ':' && i+2 < len(token) && token[i+1] == '/':
			return true
		}
	}
	return strings.HasPrefix(token, "www.")
}

// token counts what stands between two spaces: its letters by script, and its
// words where they are Latin.
func (c *census) token(x *lexicon, token string) {
	word, elided := c.word[:0], false
	for _, r := range token {
		switch {
		case r < utf8.RuneSelf && isLetter(byte(r)):
			c.scripts[scriptLatin]++
			if len(word) < maxWord-1 {
				word = append(word, byte(r)|0x20)
			}
			continue
		case r == '\'' || r == '’':
			c.count(x, append(word, '\''), elided)
			word, elided = c.word[:0], true
			continue
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			r = unicode.ToLower(r)
			c.letter(x, r)
			if folded := fold(r); len(word)+len(folded) < maxWord {
				word = append(word, folded...)
			}
			continue
		case unicode.Is(unicode.Mn, r): // an accent of its own
			continue
		case r >= utf8.RuneSelf:
			c.add(x.letters[r], letterWeight)
		}
		c.count(x, word, elided)
		word, elided = c.word[:0], false
	}
	c.count(x, word, elided)
}

// count looks a word up, or else its ending. What stands after an apostrophe
// may mean something only there: I'm, aujourd'hui.
func (c *census) count(x *lexicon, word []byte, elided bool) {
	var key [maxWord + 1]byte
	if len(word) > 1 {
		c.words++
	}
	if elided && len(word) > 0 && len(word) <= 3 {
		if mask := x.words[string(append(append(key[:0], '\''), word...))]; mask != 0 {
			c.add(mask, wordWeight)
			return
		}
	}
	if mask := x.words[string(word)]; mask != 0 {
		c.add(mask, wordWeight)
		return
	}
	if len(word) < minEnding || !x.endings[lastTwo(word)] {
		return
	}
	for n := min(maxEnding, len(word)-1); n >= 2; n-- {
		if mask := x.words[string(append(append(key[:0], '~'), word[len(word)-n:]...))]; mask != 0 {
			c.add(mask, endWeight)
			return
		}
	}
}

// add counts what speaks for each of the languages in the mask.
func (c *census) add(mask uint32, weight int) {
	if mask == 0 {
		return
	}
	weight /= bits.OnesCount32(mask)
	for ; mask != 0; mask &= mask - 1 {
		c.scores[bits.TrailingZeros32(mask)] += weight
	}
}

// letter counts a letter beyond ASCII, in lower case.
func (c *census) letter(x *lexicon, r rune) {
	if r < 0x250 {
		c.scripts[scriptLatin]++
		c.add(x.letters[r], letterWeight)
		return
	}
	switch s := scriptOf(r); s {
	case scriptCyrillic:
		c.scripts[s]++
		if strings.ContainsRune("іїєґ", r) {
			c.scripts[onlyUkrainian]++
		} else if strings.ContainsRune("ыэъё", r) {
			c.scripts[onlyRussian]++
		}
	case scriptArabic:
		c.scripts[s]++
		if strings.ContainsRune("پچژگکی", r) {
			c.scripts[onlyPersian]++
		}
	default:
		c.scripts[s]++
	}
}

// language draws the conclusion.
func (c *census) language() string {
	n := &c.scripts
	han, kana := n[scriptHan]*lettersPerHan, n[scriptKana]
	most := max(n[scriptLatin], n[scriptCyrillic], n[scriptGreek], han+kana, n[scriptHangul], n[scriptArabic], n[scriptHebrew], n[scriptThai])
	switch {
	case most == 0, n[scriptOther] > most:
		return ""
	case han+kana == most && kana*10 >= n[scriptHan]:
		return "ja"
	case han+kana == most:
		return "zh"
	case n[scriptHangul] == most:
		return "ko"
	case n[scriptCyrillic] == most:
		return c.cyrillic()
	case n[scriptGreek] == most:
		return "el"
	case n[scriptArabic] == most:
		if n[onlyPersian]*20 > most {
			return "fa"
		}
		return "ar"
	case n[scriptHebrew] == most:
		return "he"
	case n[scriptThai] == most:
		return "th"
	}
	return c.latin()
}

// lettersPerHan is how many letters a Chinese character stands for.
const lettersPerHan = 2

// cyrillic tells Ukrainian from Russian by the letters that only one of them
// has. A text without any is short, and Russian is the more common.
func (c *census) cyrillic() string {
	if c.scripts[onlyUkrainian] > c.scripts[onlyRussian] {
		return "uk"
	}
	return "ru"
}

// latin returns the language that most speaks for, unless another is close.
func (c *census) latin() string {
	best, second := 0, 0
	language := ""
	for i, name := range latinLexicon().languages {
		score := c.scores[i]
		if score > 0 && (name == "fr" || name == "en") {
			score += expected
		}
		switch {
		case score > best:
			best, second, language = score, best, name
		case score > second:
			second = score
		}
	}
	if best-second < max(best/closeShare, endWeight/2) || best < c.words*leastPerWord {
		return ""
	}
	return language
}

// expected is what speaks for French and English beforehand, the languages of
// the programmes: it decides where a few words are as common in another.
const expected = 30

// closeShare is the part of its score by which a language must be ahead of the
// next: less is a toss-up.
const closeShare = 12

// leastPerWord is what speaks for a language in the least, for each word: less
// is chance, in a language that is not known here. Real sentences have at
// least three times as much.
const leastPerWord = 8
