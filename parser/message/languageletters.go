package message

// A script is a set of letters, or of those that one language has for itself
// among several of its script.
type script int

const (
	scriptOther script = iota
	scriptLatin
	scriptCyrillic
	scriptGreek
	scriptHan
	scriptKana
	scriptHangul
	scriptArabic
	scriptHebrew
	scriptThai
	onlyRussian
	onlyUkrainian
	onlyPersian
	scriptCount
)

// scriptOf returns the script of a letter that is not Latin.
func scriptOf(r rune) script {
	switch {
	case r >= 0x1e00 && r < 0x1f00:
		return scriptLatin
	case r >= 0x370 && r < 0x400, r >= 0x1f00 && r < 0x2000:
		return scriptGreek
	case r >= 0x400 && r < 0x530:
		return scriptCyrillic
	case r >= 0x590 && r < 0x600:
		return scriptHebrew
	case r >= 0x600 && r < 0x780, r >= 0xfb50 && r < 0xfe00, r >= 0xfe70 && r < 0xff00:
		return scriptArabic
	case r >= 0xe00 && r < 0xe80:
		return scriptThai
	case r >= 0x3040 && r < 0x3100, r >= 0xff66 && r < 0xffa0:
		return scriptKana
	case r >= 0x1100 && r < 0x1200, r >= 0xac00 && r < 0xd7b0:
		return scriptHangul
	case r >= 0x3400 && r < 0xa000, r >= 0xf900 && r < 0xfb00, r >= 0x20000 && r < 0x32000:
		return scriptHan
	}
	return scriptOther
}

// fold returns a lower-case Latin letter as it is typed without accents; what
// is not one of Europe's comes back empty.
func fold(r rune) string {
	switch {
	case r >= 'à' && r <= 'å', r == 'ā', r == 'ă', r == 'ą':
		return "a"
	case r == 'æ':
		return "ae"
	case r == 'ç', r == 'ć', r == 'č', r == 'ĉ', r == 'ċ':
		return "c"
	case r >= 'è' && r <= 'ë', r == 'ē', r == 'ĕ', r == 'ė', r == 'ę', r == 'ě':
		return "e"
	case r >= 'ì' && r <= 'ï', r == 'ı', r == 'ī', r == 'į', r == 'ĩ':
		return "i"
	case r == 'ñ', r == 'ń', r == 'ň', r == 'ņ':
		return "n"
	case r >= 'ò' && r <= 'ö', r == 'ø', r == 'ő', r == 'ō':
		return "o"
	case r >= 'ù' && r <= 'ü', r == 'ů', r == 'ű', r == 'ū', r == 'ų':
		return "u"
	case r == 'ý', r == 'ÿ':
		return "y"
	case r == 'ß':
		return "ss"
	case r == 'œ':
		return "oe"
	case r == 'ś', r == 'š', r == 'ş', r == 'ș', r == 'ŝ':
		return "s"
	case r == 'ź', r == 'ž', r == 'ż':
		return "z"
	case r == 'ł', r == 'ľ', r == 'ĺ':
		return "l"
	case r == 'ř', r == 'ŕ':
		return "r"
	case r == 'ť', r == 'ţ', r == 'ț':
		return "t"
	case r == 'ď', r == 'đ':
		return "d"
	case r == 'ğ', r == 'ģ':
		return "g"
	}
	return ""
}
