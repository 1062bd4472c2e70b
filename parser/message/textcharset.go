package message

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// decodeBody returns the octets of a text in UTF-8. The label is believed
// unless the octets speak against it: what is valid UTF-8 beyond ASCII is
// hardly ever anything else, and what has no label that is known is read as
// what it looks like most.
func decodeBody(label string, octets []byte) string {
	octets = bytes.TrimPrefix(octets, []byte("\ufeff"))
	e := Charset(label)
	switch ascii, valid := isASCII(octets), utf8.Valid(octets); {
	case e != nil && !(valid && !ascii && !isWide(e)):
		return decodeAs(e, octets)
	case ascii && bytes.Contains(octets, []byte("\x1b$")):
		return decodeAs(japanese.ISO2022JP, octets)
	case valid:
		return string(octets)
	case looksUTF8(octets):
		return patchUTF8(octets)
	}
	return decodeAs(guess(octets), octets)
}

func decodeAs(e encoding.Encoding, octets []byte) string {
	text, err := e.NewDecoder().Bytes(octets)
	if err != nil && len(text) == 0 {
		text = octets
	}
	return strings.ToValidUTF8(string(text), "\ufffd")
}

// isWide tells of encodings in which the octets of other texts can be valid
// UTF-8 by chance, or by their nature.
func isWide(e encoding.Encoding) bool {
	_, single := e.(*charmap.Charmap)
	return !single
}

func isASCII(octets []byte) bool { return highOctets(octets) == 0 }

// highOctets counts what is not ASCII.
func highOctets(octets []byte) int {
	n := 0
	for _, b := range octets {
		n += int(b >> 7)
	}
	return n
}

// looksUTF8 tells whether most of what is not ASCII is valid UTF-8.
func looksUTF8(octets []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(octets); {
		r, n := utf8.DecodeRune(octets[i:])
		switch {
		case n > 1:
			good++
		case r == utf8.RuneError:
			bad++
		}
		i += n
	}
	return good > bad
}

// patchUTF8 reads what is not valid in UTF-8 as Windows-1252.
func patchUTF8(octets []byte) string {
	var text strings.Builder
	for i := 0; i < len(octets); {
		r, n := utf8.DecodeRune(octets[i:])
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(octets[i])
		}
		text.WriteRune(r)
		i += n
	}
	return text.String()
}

// guesses are the encodings that a text without a label may be in, each with
// common characters of its languages beyond ASCII.
var guesses = []struct {
	encoding.Encoding
	common string
	apart  bool // its letters do not stand in one word with those of ASCII
}{
	{charmap.Windows1252, "éèàçêôùîïâœ’«»äöüßñáíóúåøæãõ€–ìòÉÀÄÖÜ\u00a0", false},
	{charmap.ISO8859_2, "ąćęłńóśźżáčďéěíňřšťúůýžőűăâîșşţ", false},
	{charmap.Windows1250, "ąćęłńóśźżáčďéěíňřšťúůýžőűăâîşţ„”–", false},
	{charmap.Windows1254, "ıiğşçöüİŞĞÇÖÜâ", false},
	{charmap.Windows1251, "оеаинтсрвлкмдпуябьзыгчйіїє", true},
	{charmap.KOI8R, "оеаинтсрвлкмдпуябьзыгчй", true},
	{charmap.Windows1253, "αοιετσνηυρπκμλάέήίόύώςθγδ", true},
	{japanese.ShiftJIS, "のにはをたがでてとしれさいるもなんすまかこ。、あっりくだら", false},
	{japanese.EUCJP, "のにはをたがでてとしれさいるもなんすまかこ。、あっりくだら", true},
	{simplifiedchinese.GB18030, "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你您好谢周，。", true},
	{traditionalchinese.Big5, "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你您好謝週，。", false},
	{korean.EUCKR, "이다는에의을하가고로지한기를은사시리도해요습니안", true},
}

// guess returns the encoding of a text that does not say it: the one in which
// most of the characters beyond ASCII are common ones of its languages. A few
// octets say nothing, and are Windows-1252.
func guess(octets []byte) encoding.Encoding {
	var best encoding.Encoding = charmap.Windows1252
	octets = octets[:min(len(octets), 4096)]
	high := highOctets(octets)
	if high < 4 {
		return best
	}
	mixed := besideLetters(octets)*5 > high
	most := 0.0
	for _, g := range guesses {
		if g.apart && mixed {
			continue
		}
		if score := commonShare(g.Encoding, octets, g.common); score > most {
			best, most = g.Encoding, score
		}
	}
	return best
}

// besideLetters counts the octets beyond ASCII next to a letter of ASCII.
func besideLetters(octets []byte) int {
	n := 0
	for i, b := range octets {
		if b >= utf8.RuneSelf && (i > 0 && isLetter(octets[i-1]) || i+1 < len(octets) && isLetter(octets[i+1])) {
			n++
		}
	}
	return n
}

// commonShare returns the share of common characters among those that are not
// ASCII in a text of this encoding.
func commonShare(e encoding.Encoding, octets []byte, common string) float64 {
	all, good := 0, 0
	for _, r := range decodeAs(e, octets) {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		if strings.ContainsRune(common, r) {
			good++
		}
	}
	return float64(good) / float64(max(all, 1))
}
