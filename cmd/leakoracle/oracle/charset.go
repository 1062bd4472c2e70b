package oracle

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// fromUTF16 decodes UTF-16 in network order.
func fromUTF16(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for len(b) > 1 {
		units = append(units, binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	return string(utf16.Decode(units))
}

// fromCharset decodes text in the charset of that label; nil if there is
// nothing to decode.
func fromCharset(label string, text []byte) []byte {
	label = strings.ToLower(strings.TrimSpace(label))
	label, _, _ = strings.Cut(label, "*") // a language, RFC 2231 §5
	if label == "utf-7" || label == "unicode-1-1-utf-7" {
		return utf7(text)
	}
	e := charset(label)
	if e == nil {
		return nil
	}
	out, err := e.NewDecoder().Bytes(text)
	if err != nil {
		return nil
	}
	return changed(text, string(out))
}

func charset(label string) encoding.Encoding {
	switch label {
	case "utf-16": // RFC 2781 §3.3, unlike the WHATWG
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "utf-32", "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	}
	if e, err := htmlindex.Get(label); err == nil && e != encoding.Replacement {
		return e
	}
	if e, err := ianaindex.MIME.Encoding(label); err == nil {
		return e
	}
	return nil
}

var (
	word      = regexp.MustCompile(`=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=`)
	wordBreak = regexp.MustCompile(`\?=\s+=\?`)
)

// words decodes encoded words, RFC 2047, also where they do not belong, and
// joins neighbours.
func words(b []byte) []byte {
	if !bytes.Contains(b, []byte("=?")) {
		return nil
	}
	b = wordBreak.ReplaceAll(b, []byte("?==?"))
	return word.ReplaceAllFunc(b, func(m []byte) []byte {
		sub := word.FindSubmatch(m)
		var text []byte
		if strings.EqualFold(string(sub[2]), "b") {
			text = looseBase64(sub[3])
		} else {
			text = escaped(bytes.ReplaceAll(sub[3], []byte("_"), []byte(" ")), '=')
		}
		if decoded := fromCharset(string(sub[1]), text); decoded != nil {
			return decoded
		}
		return text
	})
}

var param = regexp.MustCompile(`([A-Za-z-]+)\*(\d*)(\*?)=(?:"([^"]*)"|([^\s;"]*))`)

// parameters joins the continuations of RFC 2231 §3 in the order they stand
// in, and decodes them.
func parameters(b []byte) []byte {
	if !bytes.Contains(b, []byte("*")) || !bytes.Contains(b, []byte("=")) {
		return nil
	}
	var out []byte
	name, label := "", ""
	for _, m := range param.FindAllSubmatch(b, -1) {
		if n := strings.ToLower(string(m[1])); n != name || len(m[2]) == 0 || string(m[2]) == "0" {
			name, label = n, ""
			out = append(out, '\n')
		}
		value := string(m[4]) + string(m[5])
		if len(m[3]) > 0 || len(m[2]) == 0 {
			if parts := strings.SplitN(value, "'", 3); len(parts) == 3 && label == "" {
				label, value = parts[0], parts[2]
			}
			if plain, err := url.PathUnescape(value); err == nil {
				value = plain
			}
			if decoded := fromCharset(label, []byte(value)); decoded != nil {
				value = string(decoded)
			}
		}
		out = append(out, value...)
	}
	return out
}

// toCharset returns the function that writes text in a charset.
func toCharset(label string) func(string) string {
	e := charset(label)
	return func(s string) string {
		text, err := e.NewEncoder().String(s)
		if err != nil {
			panic("oracle: a vector that its charset cannot write: " + err.Error())
		}
		return text
	}
}

// toUTF7 writes all but letters as RFC 2152 may.
func toUTF7(s string) string {
	return regexp.MustCompile(`[^A-Za-z0-9 \r\n]+`).ReplaceAllStringFunc(s, func(run string) string {
		return "+" + base64.RawStdEncoding.EncodeToString([]byte(utf16Of(run)[2:])) + "-"
	})
}
