package reply

import (
	"unicode"
	"unicode/utf8"
)

// Letters without their accents, in lower case: of U+00C0 to U+017F, then of
// the Greek block from U+0386. People and programs drop accents, and a table
// of words is shorter when it need not hold both forms.
const (
	latin = "aaaaaaaceeeeiiiiðnooooo×ouuuuyþsaaaaaaaceeeeiiiiðnooooo÷ouuuuyþy" +
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhħħiiiiiiiiiiĳĳjjkkĸllllllŀŀllnnnnnnŉŋŋoooooooorrrrrrssssssssttttŧŧuuuuuuuuuuuuwwyyyzzzzzzſ"
	greek = "α·εηι΋ο΍υωιαβγδεζηθικλμνξοπρ΢στυφχψωιυαεηιυαβγδεζηθικλμνξοπρσστυφχψωιυουω"
)

var (
	latinLetters = []rune(latin)
	greekLetters = []rune(greek)
)

// foldRune returns a letter in lower case without its accent, a digit of any
// script as an ASCII digit, a typographic apostrophe as an ASCII one, and -1
// for what is not seen: marks of direction and joining, Arabic vowel signs.
func foldRune(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < 0xA0:
		return r
	case 0xC0 <= r && r < 0x180:
		return latinLetters[r-0xC0]
	case 0x386 <= r && r < 0x386+rune(len(greekLetters)):
		return greekLetters[r-0x386]
	case r == 'ё' || r == 'Ё':
		return 'е'
	case r == '’' || r == 'ʼ' || r == '‘':
		return '\''
	case unseen(r) || 0x300 <= r && r < 0x370 || 0x64B <= r && r <= 0x652:
		return -1
	case 0x660 <= r && r <= 0x669: // Arabic-Indic
		return r - 0x660 + '0'
	case 0x6F0 <= r && r <= 0x6F9: // Persian
		return r - 0x6F0 + '0'
	case 0xFF10 <= r && r <= 0xFF19: // full width
		return r - 0xFF10 + '0'
	case unicode.IsSpace(r):
		return ' '
	}
	return unicode.ToLower(r)
}

// unseen tells the characters that a reader does not see: zero-width ones,
// and the marks that mail clients put around names in right-to-left text.
func unseen(r rune) bool {
	return r == 0xAD || 0x200B <= r && r <= 0x200F || 0x202A <= r && r <= 0x202E ||
		0x2060 <= r && r <= 0x2069 || r == 0x61C || r == 0xFEFF
}

// fold returns a text as foldRune folds its letters.
func fold(s string) string {
	return string(appendFold(make([]byte, 0, len(s)), s))
}

func appendFold(buf []byte, s string) []byte {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			buf = append(buf, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if f := foldRune(r); f >= 0 {
			buf = utf8.AppendRune(buf, f)
		}
		i += size
	}
	return buf
}

// skipped tells what may stand around the text of a line without being of it.
func skipped(r rune) bool { return unicode.IsSpace(r) || unseen(r) }

// trim cuts white space and unseen characters from both ends.
func trim(s string) string { return trimLeft(trimRight(s)) }

func trimLeft(s string) string {
	for len(s) > 0 {
		if c := s[0]; c > ' ' && c < utf8.RuneSelf {
			return s
		}
		r, size := utf8.DecodeRuneInString(s)
		if !skipped(r) {
			return s
		}
		s = s[size:]
	}
	return s
}

func trimRight(s string) string {
	for len(s) > 0 {
		if c := s[len(s)-1]; c > ' ' && c < utf8.RuneSelf {
			return s
		}
		r, size := utf8.DecodeLastRuneInString(s)
		if !skipped(r) {
			return s
		}
		s = s[:len(s)-size]
	}
	return s
}

// lower tells a text that begins with a small letter.
func lower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}
