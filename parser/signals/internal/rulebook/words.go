package rulebook

import "unicode/utf8"

// A Token is one word or one mark of a sentence.
type Token struct {
	class uint16 // of the word, in the rules' lexicon
	Mark  byte   // the mark, reduced to one of , ; : ? ! . " ( ) - or 0 for a word
	Hash  uint32 // of the folded word, or of the mark
}

// FNV-1a.
const (
	hashStart = 2166136261
	hashPrime = 16777619
)

// Hash returns the hash that a token has whose folded word, or mark, is this.
func Hash(word string) uint32 {
	h := uint32(hashStart)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * hashPrime
	}
	return h
}

// Scan cuts a sentence into tokens, appended to into. Words are folded to
// lower case without accents, since much French mail is typed without them,
// and are cut at apostrophes and hyphens, which are as often left out or
// typed as spaces: "pourriez-vous", "pourriez vous" and "j'ai", "j ai" are
// the same.
func (l *lexicon) Scan(sentence string, into []Token) []Token {
	word := noWord
	for i := 0; i < len(sentence); {
		i += word.run(l, sentence[i:])
		if i == len(sentence) {
			break
		}
		b := sentence[i]
		if b == ' ' {
			into = word.end(l, into)
			i++
			continue
		}
		r, size := rune(b), 1
		if b >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(sentence[i:])
		}
		i += size
		first, second := fold(r)
		switch {
		case first == skipped:
		case first != 0:
			word.add(l, first)
			if second != 0 {
				word.add(l, second)
			}
		default:
			into = word.end(l, into)
			if mark := markOf(r); mark != 0 && !(mark == '?' && inAddress(sentence[i:])) {
				into = append(into, Token{class: l.marks[mark], Mark: mark, Hash: (hashStart ^ uint32(mark)) * hashPrime})
			}
		}
	}
	return word.end(l, into)
}

// ascii holds what fold gives for the bytes that stand for themselves.
var ascii = func() (table [256]byte) {
	for b := range byte(utf8.RuneSelf) {
		table[b], _ = fold(rune(b))
	}
	return table
}()

// inAddress tells, from what follows a question mark, whether it is part of a
// web address.
func inAddress(rest string) bool {
	if rest == "" || rest[0] >= utf8.RuneSelf {
		return false
	}
	first, _ := fold(rune(rest[0]))
	return first != 0 || rest[0] == '=' || rest[0] == '/'
}

// A walk is a word being read, and where it stands in the lexicon's tree.
type walk struct {
	node   uint16
	stem   uint16 // the class by the stems passed
	length int
	others bool // than digits
	hash   uint32
	tail   tail
}

var noWord = walk{node: root, hash: hashStart}

// run adds the letters and digits of ASCII that s begins with, and returns how
// many there are. It does what add does, faster.
func (w *walk) run(l *lexicon, s string) int {
	node, stem, hash, last, others := w.node, w.stem, w.hash, w.tail, w.others
	n := 0
	for ; n < len(s); n++ {
		b := ascii[s[n]]
		if b == 0 {
			break
		}
		hash = (hash ^ uint32(b)) * hashPrime
		last = last<<8 | tail(b)
		others = others || b > '9'
		if node == dead {
			continue
		}
		if node = l.nodes[node].next[slots[b]]; node != dead {
			stem = l.nodes[node].stem
		}
	}
	w.node, w.stem, w.hash, w.tail, w.others = node, stem, hash, last, others
	w.length += n
	return n
}

func (w *walk) add(l *lexicon, b byte) {
	w.length++
	w.hash = (w.hash ^ uint32(b)) * hashPrime
	w.others = w.others || b > '9' || b < '0'
	w.tail = w.tail<<8 | tail(b)
	w.node = l.step(w.node, b)
	if w.node != dead {
		w.stem = l.nodes[w.node].stem
	}
}

func (w *walk) end(l *lexicon, into []Token) []Token {
	if w.length == 0 {
		return into
	}
	class := l.nodes[w.node].class
	if class == 0 {
		class = l.unnamed(w.stem, w.tail, !w.others)
	}
	into = append(into, Token{class: class, Hash: w.hash})
	*w = noWord
	return into
}

// skipped marks a rune that is part of a word without counting in it.
const skipped = 0xff

// fold gives a letter or digit in lower case without its accent, as one or
// two bytes; 0 for what parts words, skipped for what does not count.
func fold(r rune) (first, second byte) {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return byte(r), 0
	case 'A' <= r && r <= 'Z':
		return byte(r) + 'a' - 'A', 0
	case r < 0xc0:
		if r == 0xad { // soft hyphen
			return skipped, 0
		}
		return 0, 0
	case r < 0x100:
		return latin[r-0xc0], latinSecond(r)
	case r == 'œ' || r == 'Œ':
		return 'o', 'e'
	case r == 'Ÿ':
		return 'y', 0
	case 0x300 <= r && r < 0x370, 0x200b <= r && r <= 0x200d, r == 0xfeff: // combining accents, zero width
		return skipped, 0
	case 0x2000 <= r && r < 0x3040, r == utf8.RuneError, 0xfe00 <= r && r < 0xff20, r == '؟', r >= 0x1f000:
		return 0, 0 // punctuation, symbols, emoji
	}
	return other, 0
}

// other stands for any letter that no rule uses.
const other = 0x01

// latin folds U+00C0 to U+00FF; × and ÷ part words.
const latin = "aaaaaaaceeeeiiii" + "dnooooo\x00ouuuuyts" + "aaaaaaaceeeeiiii" + "dnooooo\x00ouuuuyty"

func latinSecond(r rune) byte {
	switch r {
	case 'æ', 'Æ':
		return 'e'
	case 'ß':
		return 's'
	}
	return 0
}

// marks are the punctuation marks that rules and clauses know.
const marks = ",;:?!.\"()-"

// markOf reduces a punctuation rune to one of marks, or 0.
func markOf(r rune) byte {
	switch r {
	case ',', ';', ':', '?', '!', '.', '"', '(', ')':
		return byte(r)
	case '…':
		return '.'
	case '«', '»', '“', '”', '„':
		return '"'
	case '–', '—':
		return '-'
	case '？', '؟':
		return '?'
	case '！':
		return '!'
	}
	return 0
}

// Words returns the folded words and the marks of a sentence, as Scan reads them.
func Words(sentence string) []string {
	var found []string
	var word []byte
	end := func() {
		if len(word) > 0 {
			found = append(found, string(word))
			word = word[:0]
		}
	}
	for _, r := range sentence {
		first, second := fold(r)
		switch {
		case first == skipped:
		case second != 0:
			word = append(word, first, second)
		case first != 0:
			word = append(word, first)
		default:
			end()
			if mark := markOf(r); mark != 0 {
				found = append(found, string(mark))
			}
		}
	}
	end()
	return found
}
