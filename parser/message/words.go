package message

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// DecodeHeader returns a field's value with its encoded words (RFC 2047) read,
// whatever their charset. Neighbours of one charset are joined before they are
// decoded, since many clients split characters between them.
func DecodeHeader(value string) string {
	if !strings.Contains(value, "=?") {
		if utf8.ValidString(value) {
			return value
		}
		return decodeText("", []byte(value))
	}
	var d wordDecoder
	for {
		start := strings.Index(value, "=?")
		if start < 0 {
			break
		}
		w, end, ok := cutWord(value[start:])
		if !ok {
			d.text(value[:start+2])
			value = value[start+2:]
			continue
		}
		d.text(value[:start])
		d.word(w)
		value = value[start+end:]
	}
	d.text(value)
	d.flush()
	return d.out.String()
}

// An encodedWord is the charset and the octets of one encoded word.
type encodedWord struct {
	charset string
	octets  []byte
}

// cutWord reads the encoded word that s starts with: =?charset?encoding?text?=
// with the language of RFC 2231 §5 left out, and spaces in the text allowed.
func cutWord(s string) (encodedWord, int, bool) {
	head := strings.SplitN(s[2:], "?", 3)
	if len(head) < 3 || len(head[1]) != 1 || head[0] == "" || strings.ContainsAny(head[0], " \t") {
		return encodedWord{}, 0, false
	}
	charset, _, _ := strings.Cut(head[0], "*")
	text, _, ok := strings.Cut(head[2], "?=")
	if !ok {
		return encodedWord{}, 0, false
	}
	end := 2 + len(head[0]) + 1 + len(head[1]) + 1 + len(text) + 2
	switch head[1] {
	case "q", "Q":
		return encodedWord{charset, decodeQ(text)}, end, true
	case "b", "B":
		return encodedWord{charset, decodeB(text)}, end, true
	}
	return encodedWord{}, 0, false
}

// decodeQ decodes the Q encoding, RFC 2047 §4.2.
func decodeQ(text string) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '_' {
			c = ' '
		} else if c == '=' && i+2 < len(text) {
			if b, ok := unhex(text[i+1], text[i+2]); ok {
				c = b
				i += 2
			}
		}
		out = append(out, c)
	}
	return out
}

// decodeB decodes the B encoding, RFC 2047 §4.1, as far as it goes.
func decodeB(text string) []byte {
	text = strings.Map(func(r rune) rune {
		if r == '=' || r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, text)
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	n, _ := base64.RawStdEncoding.Decode(out, []byte(text))
	return out[:n]
}

// wordDecoder joins text and decoded words. White space between two encoded
// words is no part of the value, RFC 2047 §6.2.
type wordDecoder struct {
	out  strings.Builder
	held encodedWord
}

func (d *wordDecoder) text(s string) {
	if s == "" || (d.held.octets != nil && strings.Trim(s, " \t") == "") {
		return
	}
	d.flush()
	d.out.WriteString(decodeText("", []byte(s)))
}

func (d *wordDecoder) word(w encodedWord) {
	if d.held.octets != nil && strings.EqualFold(d.held.charset, w.charset) {
		d.held.octets = append(d.held.octets, w.octets...)
		return
	}
	d.flush()
	d.held = w
}

func (d *wordDecoder) flush() {
	if d.held.octets != nil {
		d.out.WriteString(decodeText(d.held.charset, d.held.octets))
		d.held = encodedWord{}
	}
}
