package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// facts are what a reading of one to five lines, word by word, found that
// speaks for or against their being an attribution.
type facts struct {
	tokens    int // words, numbers, names in quotation marks, addresses
	openers   int // openers and particles before anything else
	firstDate int // which token is the first of a date; -1 for none
	numbers   int // from 1 to 31
	strangers int // words in small letters that are not of the vocabulary
	prose     int // words of a sentence
	open      int // angle brackets that are open still

	verb, address, endsInVerb         bool
	date, dayMonth, month, year, time bool
	zone                              bool // GMT+1, -0800
	colon                             bool // the last line ends in a colon
}

func newFacts() facts { return facts{firstDate: -1} }

// fullDate tells a day of a month, or more.
func (f *facts) fullDate() bool {
	return f.date || f.month && f.numbers > 0 || f.dayMonth && (f.time || f.year) ||
		f.numbers >= 3 && f.time || f.year && (f.numbers >= 2 || f.numbers == 1 && f.time)
}

// dateFirst tells lines that begin with a date, but for an opener.
func (f *facts) dateFirst() bool { return f.firstDate >= 0 && f.firstDate <= f.openers }

// suffice tells whether what was read is an attribution: one line or several,
// with quoted lines below or not.
func (f *facts) suffice(oneLine, quoteFollows bool) bool {
	if f.open > 0 || f.tokens < 2 {
		return false
	}
	ends := f.colon || f.endsInVerb || quoteFollows
	plain := f.prose == 0
	switch {
	case f.verb && ends && f.dateFirst() && f.fullDate():
		// On Tue, 2011-03-01 at 18:02 +0530, Anna Berg wrote:
		return f.address || plain && (f.time || f.year || f.date || quoteFollows)
	case f.verb && ends && (f.address || f.fullDate() && f.time):
		// Anna Berg <anna@mail.test> schrieb am 1. März 2011 um 18:02 Uhr:
		return (plain || f.address && quoteFollows && f.prose == 1) && f.strangers <= 2
	case f.address && f.dateFirst() && f.fullDate() && (f.time || f.year || f.date) && (f.colon || quoteFollows):
		// 2011-03-01 18:02 GMT+05:30 Anna Berg <anna@mail.test>:
		return plain && f.strangers <= 2
	case f.date && f.time && f.zone && f.firstDate == 0:
		// 2011-03-01 18:02 GMT+05:30 Anna Berg
		return plain && f.strangers <= 2 && f.tokens <= 12
	case quoteFollows && f.colon && (f.verb || f.address):
		// Anna Berg wrote: but not "Ma responsable a écrit :", though "ma" is a Tuesday in Dutch
		return oneLine && plain && f.tokens <= 7 && (f.strangers == 0 || f.strangers == 1 && f.firstDate != 0)
	case quoteFollows && f.colon && f.fullDate() && (f.time || f.address):
		// * Anna Berg [2011-03-01 18:02]:
		return plain && f.strangers <= 2
	}
	return false
}

// longestWord is longer than any word of the vocabulary, in bytes.
const longestWord = 32

// mostOpeners is how many words such as "On" or "Le" an attribution begins with.
const mostOpeners = 4

// mostProse is how many words of a sentence one may have, at the most.
const mostProse = 1

// hopeless tells what no further line makes an attribution: most text, so it
// is worth to stop early.
func (f *facts) hopeless() bool {
	return f.prose > mostProse || f.openers > mostOpeners || f.strangers > 2 && f.tokens > f.openers && !f.dateFirst()
}

// read adds a line.
func (f *facts) read(s string) {
	f.begin(s)
	for s != "" {
		s = f.token(s)
	}
}

// skim adds a line, or as much of it as makes the facts hopeless.
func (f *facts) skim(s string) {
	f.begin(s)
	for s != "" && f.prose <= mostProse {
		s = f.token(s)
	}
}

func (f *facts) begin(s string) {
	f.colon = endsInColon(s)
	f.endsInVerb = false
}

// token reads what s begins with and returns the rest.
func (f *facts) token(s string) string {
	if f.open > 0 {
		return f.bracket(s)
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == '<':
		f.open++
		f.tokens++
		return f.bracket(s[1:])
	case r == '"' || r == '“' || r == '„' || r == '«':
		return f.quotation(s[size:])
	case unicode.IsLetter(r) || digit(r):
		return f.word(s)
	case (r == '+' || r == '-') && f.time && len(s) > 4 && digits(s[1:5]) == 4:
		f.zone = true
		return s[5:]
	}
	return s[size:]
}

// bracket reads what stands in an open angle bracket, up to the end of the
// bracket or the start of one within: an address, or a link.
func (f *facts) bracket(s string) string {
	end := strings.IndexAny(s, "<>")
	if end < 0 {
		end = len(s)
	} else if s[end] == '>' {
		f.open--
	} else {
		f.open++
	}
	f.address = f.address || strings.Contains(s[:end], "@")
	return s[min(end+1, len(s)):]
}

// quotation reads a name in quotation marks, if they close nearby: some
// clients forget to close them.
func (f *facts) quotation(s string) string {
	end := strings.IndexAny(s[:min(80, len(s))], `"”“»`)
	if end <= 0 {
		return s
	}
	f.tokens++
	f.address = f.address || strings.Contains(s[:end], "@")
	_, size := utf8.DecodeRuneInString(s[end:])
	return s[end+size:]
}

// word reads a word, a number or an address at the start of s, and returns
// the rest of s.
func (f *facts) word(s string) string {
	end := tokenEnd(s)
	if strings.IndexByte(s[:end], '@') >= 0 {
		f.tokens++
		f.address = true
		return s[end:]
	}
	if r, _ := utf8.DecodeRuneInString(s); digit(r) {
		return f.number(s)
	}
	end = wordEnd(s)
	if end > longestWord && s[0] < utf8.RuneSelf {
		f.tokens++
		f.prose += 2 // a link, or padding: no attribution has one outside of brackets
		return s[end:]
	}
	var store [2 * longestWord]byte
	folded := appendFold(store[:0], s[:end])
	f.classify(words[string(folded)], s[:end], folded)
	return s[end:]
}

// wordEnd returns where the word at the start of s ends. "napisał(a)" and
// "a.m" are single words, and scripts without spaces give long ones.
func wordEnd(s string) int {
	start := 0
	for start < len(s) && 'a' <= s[start]|0x20 && s[start]|0x20 <= 'z' {
		start++
	}
	for i, r := range s[start:] {
		i += start
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r) || unseen(r) || r == '\'' || r == '’':
		case r == '.' && i+1 < len(s) && i > 0 && letterAt(s[i+1:]):
		default:
			for _, suffix := range [...]string{"(a)", "(а)"} {
				if strings.HasPrefix(s[i:], suffix) {
					return i + len(suffix)
				}
			}
			return i
		}
	}
	return len(s)
}

func letterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// classify counts a word that is not a number.
func (f *facts) classify(c class, word string, folded []byte) {
	if c&(month|weekday) != 0 && f.firstDate < 0 {
		f.firstDate = f.tokens
	}
	if c&(opener|particle) != 0 && f.openers == f.tokens {
		f.openers++
	}
	f.tokens++
	f.month = f.month || c&month != 0
	f.zone = f.zone || string(folded) == "gmt" || string(folded) == "utc"
	isVerb := c&verb != 0 || c == 0 && scriptlessVerb(word)
	f.verb = f.verb || isVerb
	f.endsInVerb = isVerb
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case c == prose:
		f.prose++
	case c == 0 && !isVerb && unicode.IsLower(first):
		f.strangers++
	}
}

func scriptlessVerb(word string) bool {
	if word[0] < 0xE0 { // nothing of these scripts is encoded below
		return false
	}
	for _, v := range scriptless {
		if strings.Contains(word, v) {
			return true
		}
	}
	return false
}

// tokenEnd returns where the token ends that s begins with: at white space or
// at what parts words and addresses.
func tokenEnd(s string) int {
	for i := range len(s) {
		switch s[i] {
		case ' ', '\t', ',', ';', '<', '>', '"', '(', ')', '[', ']':
			return i
		case 0xC2: // a non-breaking space, in UTF-8
			if i+1 < len(s) && s[i+1] == 0xA0 {
				return i
			}
		}
	}
	return len(s)
}

// number reads a number, a date in numbers or a time at the start of s.
func (f *facts) number(s string) string {
	if f.firstDate < 0 {
		f.firstDate = f.tokens
	}
	f.tokens++
	var groups [4]int
	var lengths [4]int
	var separator rune
	n, i := 0, 0
	for n < len(groups) {
		value, length, size := leadingNumber(s[i:])
		if length == 0 {
			break
		}
		groups[n], lengths[n] = value, length
		n++
		i += size
		next, size := utf8.DecodeRuneInString(s[i:])
		after, _ := utf8.DecodeRuneInString(s[min(i+size, len(s)):])
		if !strings.ContainsRune(".:/-h٫", next) || !digit(after) || separator != 0 && next != separator {
			break
		}
		separator = next
		i += size
	}
	f.quantity(groups[:n], lengths[:n], separator)
	return s[i:]
}

// quantity notes what a group of numbers is: 2011-03-01, 18:02, 2011, 28.
func (f *facts) quantity(groups, lengths []int, separator rune) {
	switch {
	case separator == ':' || separator == 'h':
		f.time = true
	case len(groups) >= 3:
		f.date = true
	case len(groups) == 2:
		f.dayMonth = true
		f.time = f.time || separator == '.' && lengths[1] == 2
	case lengths[0] == 4 && groups[0] >= 1970 && groups[0] < 2100:
		f.year = true
	case groups[0] >= 1 && groups[0] <= 31 && lengths[0] <= 2:
		f.numbers++
	}
}

// leadingNumber reads the digits at the start of s: their value (up to four
// digits of it), their count, and the bytes they take.
func leadingNumber(s string) (value, length, size int) {
	for _, r := range s {
		if !digit(r) {
			if unseen(r) {
				size += utf8.RuneLen(r)
				continue
			}
			break
		}
		if length < 4 {
			value = value*10 + int(foldRune(r)-'0')
		}
		length++
		size += utf8.RuneLen(r)
	}
	return value, length, size
}

// digit tells a digit of the scripts whose digits foldRune knows.
func digit(r rune) bool {
	if r < 0x660 {
		return '0' <= r && r <= '9'
	}
	f := foldRune(r)
	return '0' <= f && f <= '9'
}

// digits counts the ASCII digits at the start of s.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}
