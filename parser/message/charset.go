package message

import (
	"strings"
	"unicode/utf8"

	"github.com/cention-sany/utf7"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Charset returns the encoding that a charset parameter names; nil means that
// the label is unknown, or that the text is UTF-8 or ASCII as it is.
func Charset(label string) encoding.Encoding {
	label = strings.ToLower(strings.Trim(label, " \t\"'"))
	switch label {
	case "", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit":
		return nil
	case "utf-7", "unicode-1-1-utf-7":
		return utf7.UTF7
	case "utf-16", "utf16": // RFC 2781 §4.3, unlike the WHATWG
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "utf-32":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	}
	if e, err := htmlindex.Get(label); err == nil && e != encoding.Replacement {
		return known(e)
	}
	if e, err := ianaindex.MIME.Encoding(label); err == nil {
		return known(e)
	}
	return nil
}

// known returns nil for the encodings that stand for UTF-8 or for nothing.
func known(e encoding.Encoding) encoding.Encoding {
	if e == encoding.Nop || e == encoding.Replacement {
		return nil
	}
	if name, err := htmlindex.Name(e); err == nil && name == "utf-8" {
		return nil
	}
	return e
}

// decodeText returns octets in the labelled charset as UTF-8. What is labelled
// wrongly, or not at all, is read as UTF-8 or else as Windows-1252, in which
// every octet means something.
func decodeText(label string, octets []byte) string {
	if e := Charset(label); e != nil {
		if text, err := e.NewDecoder().Bytes(octets); err == nil {
			return string(text)
		}
	}
	if utf8.Valid(octets) {
		return string(octets)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(octets)
	if err != nil {
		return strings.ToValidUTF8(string(octets), "\uFFFD")
	}
	return string(text)
}
