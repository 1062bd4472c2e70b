package oracle

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"
)

// A decoding is one way to read a text further. It returns nil for what it
// does not change. All are linear, and none minds what is malformed.
type decoding struct {
	name   string
	decode func([]byte) []byte
	last   bool // what it gives is not read further
}

// decodings are tried on every text, and on what they give in turn.
var decodings = []decoding{
	{name: "unfolded", decode: unfold},
	{name: "encoded words", decode: words},
	{name: "parameters", decode: parameters},
	{name: "quoted-printable", decode: quotedPrintable},
	{name: "percent", decode: percent},
	{name: "entities", decode: entities},
	{name: "escapes", decode: escapes},
	{name: "rtf", decode: rtf},
	{name: "without tags", decode: untagged},
	{name: "without invisible characters", decode: visible},
	{name: "without quotes and comments", decode: unquoted},
	{name: "base64", decode: islands},
	{name: "uuencode", decode: uudecode},
	{name: "utf-7", decode: utf7},
	{name: "windows-1252", decode: windows1252},
	{name: "iso-2022-jp", decode: iso2022},
	{name: "ebcdic", decode: ebcdic},
	{name: "unpacked", decode: unpacked},
	{name: "without white space", decode: joined, last: true},
}

var folds = regexp.MustCompile(`\r?\n[ \t]`)

// unfold removes line breaks with one white space after them, as iCalendar
// folds (RFC 5545 §3.1). Folds of headers are a case of it.
func unfold(b []byte) []byte {
	if !bytes.Contains(b, []byte("\n ")) && !bytes.Contains(b, []byte("\n\t")) {
		return nil
	}
	return folds.ReplaceAll(b, nil)
}

// unfoldString joins the lines of a header field, RFC 5322 §2.2.3.
func unfoldString(s string) string {
	return strings.NewReplacer("\r\n", "", "\n", "").Replace(s)
}

// quotedPrintable decodes what looks like it (RFC 2045 §6.7), wherever it is.
func quotedPrintable(b []byte) []byte {
	if out := looseQuoted(b); len(out) != len(b) {
		return out
	}
	return nil
}

var softBreaks = regexp.MustCompile(`=[ \t]*\r?\n`)

// looseQuoted decodes quoted-printable and leaves the rest as it is.
func looseQuoted(b []byte) []byte {
	return escaped(softBreaks.ReplaceAll(b, nil), '=')
}

// percent decodes RFC 3986 §2.1.
func percent(b []byte) []byte {
	if out := escaped(b, '%'); len(out) != len(b) {
		return out
	}
	return nil
}

// escaped decodes an escape character and two hexadecimal digits.
func escaped(b []byte, escape byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == escape && i+2 < len(b) {
			if n, err := strconv.ParseUint(string(b[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

// entities decodes character references, with and without semicolons.
func entities(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return nil
	}
	return changed(b, html.UnescapeString(string(b)))
}

func changed(b []byte, s string) []byte {
	if s == string(b) {
		return nil
	}
	return []byte(s)
}

var escapeForms = regexp.MustCompile(`\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|([0-9a-fA-F]{1,6}) ?|\r?\n|(.))`)

// escapes decodes what JSON, scripts, style sheets, calendars and quoted
// strings write after a backslash.
func escapes(b []byte) []byte {
	if bytes.IndexByte(b, '\\') < 0 {
		return nil
	}
	return escapeForms.ReplaceAllFunc(b, func(m []byte) []byte {
		sub := escapeForms.FindSubmatch(m)
		for _, digits := range sub[1:5] {
			if n, err := strconv.ParseUint(string(digits), 16, 32); err == nil && n <= unicode.MaxRune {
				return []byte(string(rune(n)))
			}
		}
		return sub[5]
	})
}

var rtfForms = regexp.MustCompile(`\\'([0-9a-fA-F]{2})|\\u([0-9]{1,5})(?:\\'..|.)?`)

// rtf decodes characters as RTF 1.9 writes them.
func rtf(b []byte) []byte {
	if !bytes.Contains(b, []byte(`\'`)) && !bytes.Contains(b, []byte(`\u`)) {
		return nil
	}
	out := rtfForms.ReplaceAllFunc(b, func(m []byte) []byte {
		sub := rtfForms.FindSubmatch(m)
		if n, err := strconv.ParseUint(string(sub[1]), 16, 8); err == nil {
			return []byte{byte(n)}
		}
		n, err := strconv.Atoi(string(sub[2]))
		if err != nil {
			return m
		}
		return []byte(string(rune(n)))
	})
	return changed(b, string(out))
}

var tags = regexp.MustCompile(`(?s)<!--.*?-->|</?[a-zA-Z!?][^<>]*>`)

// untagged removes markup. What stands in it is found where it stands.
func untagged(b []byte) []byte {
	if bytes.IndexByte(b, '<') < 0 {
		return nil
	}
	return changed(b, string(tags.ReplaceAll(b, nil)))
}

// visible removes what shows nothing, controls included, and writes wide,
// circled and ornamental characters as plain ones: also UTF-16 and UTF-32 of
// plain text, in either order, become plain text.
func visible(b []byte) []byte {
	if isPlain(b) {
		return nil
	}
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= ' ' && r < 0x7f:
			return r
		case r == '\n' || r == '\r' || r == '\t':
			return r
		case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector) || r == '\u034f':
			return -1
		}
		return r
	}, string(b))
	return changed(b, norm.NFKC.String(s))
}

// isPlain tells whether text is ASCII without controls.
func isPlain(b []byte) bool {
	for _, c := range b {
		if c >= 0x7f || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

var comments = regexp.MustCompile(`\([^()]*\)`)

// unquoted removes quotes, and comments (RFC 5322 §3.2.2) with the white
// space around them.
func unquoted(b []byte) []byte {
	if !bytes.ContainsAny(b, `"(`) {
		return nil
	}
	return changed(b, string(comments.ReplaceAll(bytes.ReplaceAll(b, []byte(`"`), nil), nil)))
}

var utf7Runs = regexp.MustCompile(`\+([A-Za-z0-9+/]*)-?`)

// utf7 decodes RFC 2152.
func utf7(b []byte) []byte {
	if bytes.IndexByte(b, '+') < 0 {
		return nil
	}
	out := utf7Runs.ReplaceAllFunc(b, func(m []byte) []byte {
		run := utf7Runs.FindSubmatch(m)[1]
		if len(run) == 0 {
			return []byte("+")
		}
		decoded := make([]byte, base64.RawStdEncoding.DecodedLen(len(run)))
		n, _ := base64.RawStdEncoding.Decode(decoded, run)
		return []byte(fromUTF16(decoded[:n]))
	})
	return changed(b, string(out))
}

// windows1252 reads what is no UTF-8 in the charset that most of it is in.
func windows1252(b []byte) []byte {
	if utf8.Valid(b) {
		return nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	return out
}

func iso2022(b []byte) []byte {
	if bytes.IndexByte(b, 0x1b) < 0 {
		return nil
	}
	out, err := japanese.ISO2022JP.NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	return out
}

// ebcdic reads what is hardly ASCII at all as code page 37.
func ebcdic(b []byte) []byte {
	high := 0
	for _, c := range b {
		if c >= 0x80 {
			high++
		}
	}
	if high*2 < len(b) {
		return nil
	}
	out, err := charmap.CodePage037.NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	return out
}

// maxUnpacked bounds what an archive is unpacked to.
const maxUnpacked = 1 << 20

// unpacked reads archives: office documents are some.
func unpacked(b []byte) []byte {
	var out []byte
	take := func(r io.Reader) {
		text, _ := io.ReadAll(io.LimitReader(r, maxUnpacked-int64(len(out)))) // as far as it goes
		out = append(append(out, text...), '\n')
	}
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return nil
		}
		for _, f := range archive.File {
			if r, err := f.Open(); err == nil && len(out) < maxUnpacked {
				take(r)
			}
		}
	} else if bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		if r, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
			take(r)
		}
	}
	return out
}

var quoteMarks = regexp.MustCompile(`\n[> ]+`)

// joined removes white space, soft line breaks, and marks of quotation at the
// start of lines.
func joined(b []byte) []byte {
	if bytes.Contains(b, []byte("=\r\n")) || bytes.Contains(b, []byte("=\n")) {
		b = softBreaks.ReplaceAll(b, nil)
	}
	if bytes.Contains(b, []byte("\n>")) || bytes.Contains(b, []byte("\n >")) {
		b = quoteMarks.ReplaceAll(b, nil)
	}
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c != ' ' && (c < '\t' || c > '\r') {
			out = append(out, c)
		}
	}
	return out
}
