package trust

import (
	"errors"
	"slices"
	"strings"
)

// errSyntax is the fault of a field that is not as RFC 8601 §2.2 has it.
var errSyntax = errors.New("malformed Authentication-Results")

// A said is what an Authentication-Results field says.
type said struct {
	server  string // authserv-id
	results []result
}

// A result is what one method came to.
type result struct {
	method     string
	value      string
	properties map[string]string // by "ptype.property"
}

// parseResults reads the value of an Authentication-Results field (RFC 8601
// §2.2). It is strict, since comments, quoted strings and properties hold
// what a stranger wrote, and nothing in them may pass for a result.
func parseResults(value string) (said, error) {
	s := &scanner{rest: value}
	out := said{server: s.value(";")}
	if version := s.value(";"); out.server == "" || version != "" && version != "1" {
		return said{}, errSyntax
	}
	for s.space(); s.fault == nil && s.rest != ""; s.space() {
		s.expect(';')
		if s.space(); s.rest == "" {
			break // some end with a semicolon
		}
		if r, ok := s.result(); ok {
			out.results = append(out.results, r)
		}
	}
	if s.fault != nil {
		return said{}, s.fault
	}
	return out, nil
}

// A scanner cuts tokens off a structured field (RFC 5322 §3.2). After a fault
// it finds nothing more.
type scanner struct {
	rest  string
	fault error
}

// result reads a methodspec with its reason and properties. It is false for
// "none", that there is none.
func (s *scanner) result() (result, bool) {
	method := strings.ToLower(s.value("=/;"))
	if s.space(); method == none && (s.rest == "" || s.rest[0] == ';') {
		return result{}, false
	}
	if s.next('/') && s.value("=;") != "1" {
		s.fail() // a version of the method that is not known
	}
	s.expect('=')
	r := result{method: method, value: strings.ToLower(s.value(";")), properties: map[string]string{}}
	if r.method == "" || r.value == "" {
		s.fail()
	}
	for s.space(); s.fault == nil && s.rest != "" && s.rest[0] != ';'; s.space() {
		s.property(r.properties)
	}
	return r, s.fault == nil
}

// property reads a reasonspec or propspec. One that is said twice says
// nothing certain.
func (s *scanner) property(known map[string]string) {
	name := strings.ToLower(s.value("=;"))
	if s.next('.') || strings.HasSuffix(name, ".") { // white space or a comment around the dot
		name = strings.TrimSuffix(name, ".") + "." + strings.ToLower(s.value("=;"))
	}
	s.expect('=')
	kind, property, dotted := strings.Cut(name, ".")
	switch {
	case name == "reason" && len(known) == 0:
	case !dotted || property == "" || !slices.Contains(kinds, kind):
		s.fail()
	}
	if _, twice := known[name]; twice {
		s.fail()
	}
	value := s.value(";")
	if name != "reason" {
		known[name] = value
	}
}

// kinds are the property types (RFC 8601 §2.3, RFC 7293).
var kinds = []string{"smtp", "header", "body", "policy", "dns"}

// value reads a token, a quoted string or, as in addresses, both side by
// side, up to white space, a comment or one of the stops.
func (s *scanner) value(stops string) string {
	s.space()
	var b strings.Builder
	for s.rest != "" {
		c := s.rest[0]
		switch {
		case c == '"':
			b.WriteString(s.quoted())
			continue
		case c <= ' ' || c == '(' || strings.IndexByte(stops, c) >= 0:
			return b.String()
		case c == 0x7f || c == ')' || c == ';' || c == '\\':
			s.fail()
			return ""
		}
		b.WriteByte(c)
		s.rest = s.rest[1:]
	}
	return b.String()
}

// quoted reads a quoted string (RFC 5322 §3.2.4).
func (s *scanner) quoted() string {
	var b strings.Builder
	for i := 1; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '"':
			s.rest = s.rest[i+1:]
			return b.String()
		case c == '\\' && i+1 < len(s.rest):
			i++
			b.WriteByte(s.rest[i])
		default:
			b.WriteByte(c)
		}
	}
	s.fail()
	return ""
}

// space skips white space and comments, which nest (RFC 5322 §3.2.2).
func (s *scanner) space() {
	depth := 0
	for i := 0; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == '\\' && depth > 0:
			i++
		case depth == 0 && c != ' ' && c != '\t':
			s.rest = s.rest[i:]
			return
		}
	}
	s.rest = ""
	if depth > 0 {
		s.fail()
	}
}

// next skips one character if it comes next.
func (s *scanner) next(c byte) bool {
	s.space()
	if s.rest == "" || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

// expect skips a character that must come next.
func (s *scanner) expect(c byte) {
	if !s.next(c) {
		s.fail()
	}
}

func (s *scanner) fail() { s.rest, s.fault = "", errSyntax }
