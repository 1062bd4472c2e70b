package message

import (
	"sort"
	"strconv"
	"strings"
)

// A Param is a parameter of a Content-Type or Content-Disposition field.
type Param struct {
	Name  string // lower case, without the marks of RFC 2231
	Value string // decoded: quoting, RFC 2231 and, as many clients write it, RFC 2047
}

// ParseParams splits the value of a Content-Type or Content-Disposition field
// (RFC 2045 §5.1, RFC 2183 §2) into its first word, in lower case, and its
// parameters, each name once.
func ParseParams(value string) (string, []Param) {
	kind, rest := cutParam(value)
	words := strings.Fields(stripComments(kind))
	kind = ""
	if len(words) > 0 {
		kind = strings.ToLower(words[0])
	}
	var raw []rawParam
	for rest != "" {
		var item string
		item, rest = cutParam(rest)
		name, val, ok := strings.Cut(item, "=")
		if name = strings.ToLower(strings.TrimSpace(stripComments(name))); ok && name != "" {
			raw = append(raw, newRawParam(name, unquote(val)))
		}
	}
	return kind, join(raw)
}

// isToken is the token of RFC 2045 §5.1.
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`()<>@,;:\"/[]?=`, r)
	})
}

// cutParam cuts s at the first semicolon outside quotes and comments.
func cutParam(s string) (item, rest string) {
	quoted, depth := false, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && (quoted || depth > 0):
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ';' && depth == 0:
			return s[:i], s[i+1:]
		}
	}
	if quoted || depth > 0 { // a quote that never closes: semicolons separate after all
		item, rest, _ = strings.Cut(s, ";")
		return item, rest
	}
	return s, ""
}

// unquote returns the value of a quoted-string, or a token as it is without
// the comments around it. What stands amid a token is no comment, but from a
// client that does not quote: name=report (1).pdf.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, `"`) {
		if !strings.HasPrefix(s, "(") && !strings.HasSuffix(s, ")") {
			return s
		}
		return strings.TrimSpace(stripComments(s))
	}
	value := make([]byte, 0, len(s))
	for i := 1; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		value = append(value, s[i])
	}
	return string(value)
}

// stripComments removes comments, RFC 5322 §3.2.2.
func stripComments(s string) string {
	if strings.IndexByte(s, '(') < 0 {
		return s
	}
	out, depth := make([]byte, 0, len(s)), 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0 && c == '\\':
			i++
		case depth == 0:
			out = append(out, c)
		}
	}
	return string(out)
}

// rawParam is one segment of a parameter, RFC 2231 §3 and §4.
type rawParam struct {
	name     string
	order    int  // -1 for a parameter in one piece
	extended bool // percent-encoded, the first segment led by charset and language
	value    string
}

func newRawParam(name, value string) rawParam {
	p := rawParam{name: name, order: -1, value: value}
	if base, ok := strings.CutSuffix(p.name, "*"); ok {
		p.name, p.extended = base, true
	}
	if base, number, ok := strings.Cut(p.name, "*"); ok {
		if n, err := strconv.Atoi(number); err == nil && n >= 0 {
			p.name, p.order = base, n
		}
	}
	return p
}

// join puts the segments of each parameter together. Of a parameter written
// both ways the RFC 2231 form wins, otherwise the first.
func join(raw []rawParam) []Param {
	var params []Param
	seen := make(map[string]bool, len(raw))
	for _, p := range raw {
		if !seen[p.name] {
			seen[p.name] = true
			params = append(params, Param{p.name, value(raw, p.name)})
		}
	}
	return params
}

// value returns what all segments of the named parameter say.
func value(raw []rawParam, name string) string {
	var plain, segments []rawParam
	for _, p := range raw {
		switch {
		case p.name != name:
		case p.order >= 0 || p.extended:
			segments = append(segments, p)
		default:
			plain = append(plain, p)
		}
	}
	if len(segments) == 0 {
		if name == "boundary" { // never encoded, RFC 2046 §5.1.1, whatever it looks like
			return plain[0].value
		}
		return DecodeHeader(plain[0].value)
	}
	sort.SliceStable(segments, func(i, j int) bool { return segments[i].order < segments[j].order })
	if segments[0].order < 0 { // name*= is complete by itself
		segments = segments[:1]
	}
	return decodeSegments(segments)
}

// decodeSegments joins segments in order and decodes them by the charset that
// the first one names.
func decodeSegments(segments []rawParam) string {
	charset, octets := "", []byte(nil)
	for i, p := range segments {
		v := p.value
		if p.extended {
			if i == 0 {
				if label, rest, ok := strings.Cut(v, "'"); ok {
					charset = label
					_, v, _ = strings.Cut(rest, "'")
				}
			}
			v = unpercent(v)
		}
		octets = append(octets, v...)
	}
	return decodeText(charset, octets)
}

// unpercent decodes %XX and leaves alone what is not that.
func unpercent(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, ok := unhex(s[i+1], s[i+2]); ok {
				out = append(out, b)
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}
