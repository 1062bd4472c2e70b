package imapdoor

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"strings"
)

// maxHeader is how much of a header is read: the relay refuses a longer one.
const maxHeader = 256 << 10

// recipientFields are the fields that tell for whom a message was delivered,
// those first that the delivery itself wrote. To and Cc are their writer's.
var recipientFields = [][]string{{"delivered-to"}, {"x-original-to"}, {"envelope-to"}, {"to", "cc"}}

// A header holds the fields of a message that the door reads, unfolded, by
// their names in lower case.
type header map[string][][]byte

// readHeader reads what it can; a line that is no field is passed over.
func readHeader(r io.Reader) header {
	h := make(header)
	lines := bufio.NewScanner(io.LimitReader(r, maxHeader))
	lines.Buffer(nil, maxHeader+1)
	var name string // of the field that a folded line continues, if it is read
	for lines.Scan() && len(lines.Bytes()) > 0 {
		line := lines.Bytes()
		if line[0] == ' ' || line[0] == '\t' {
			if name != "" {
				last := &h[name][len(h[name])-1]
				*last = append(*last, line...)
			}
			continue
		}
		before, value, _ := bytes.Cut(line, []byte(":"))
		name = strings.ToLower(string(bytes.TrimRight(before, " \t")))
		if !isRead(name) {
			name = ""
			continue
		}
		h[name] = append(h[name], bytes.Clone(value))
	}
	return h
}

func isRead(name string) bool {
	return name == "return-path" || slices.ContainsFunc(recipientFields, func(kind []string) bool {
		return slices.Contains(kind, name)
	})
}

// returnPath is the reverse-path that the delivery noted (RFC 5321 §4.4), empty
// where it is null or unknown.
func (h header) returnPath() string {
	values := h["return-path"]
	if len(values) == 0 {
		return ""
	}
	found := addresses(values[0]) // the topmost is the last delivery's
	if len(found) == 0 {
		return ""
	}
	return found[0]
}

// addresses lists the addresses in all fields of these names.
func (h header) addresses(names ...string) []string {
	var found []string
	for _, name := range names {
		for _, value := range h[name] {
			found = append(found, addresses(value)...)
		}
	}
	return found
}

// addresses reads an address list (RFC 5322 §3.4), whatever is wrong with it:
// net/mail gives up on the whole field for one bad name, and the mask may be
// the address after it. Names and comments are passed over, since a mask in
// there is not a recipient; a quoted local part is none of ours.
func addresses(field []byte) []string {
	var (
		found   []string
		entry   []byte // what may become an address
		inAngle bool
		closed  bool // the entry's <address> is complete
	)
	finish := func() {
		if inAngle { // obs-route: <@a.example,@b.example:user@c.example>
			entry = entry[bytes.LastIndexByte(entry, ':')+1:]
		}
		if address := string(bytes.TrimSpace(entry)); isAddress(address) {
			found = append(found, address)
		}
		entry, inAngle = entry[:0], false
	}
	for i := 0; i < len(field); i++ {
		switch c := field[i]; {
		case c == '"':
			i = skipQuoted(field, i)
			entry = append(entry, '"')
		case c == '(':
			i = skipComment(field, i)
		case c == '<':
			entry, inAngle = entry[:0], true
		case c == '>' && inAngle:
			finish()
			closed = true
		case inAngle:
			entry = append(entry, c)
		case c == ',' || c == ';':
			if !closed {
				finish()
			}
			entry, closed = entry[:0], false
		case c == ':': // so far it was the name of a group
			entry = entry[:0]
		default:
			entry = append(entry, c)
		}
	}
	if !closed {
		finish()
	}
	return found
}

// isAddress tells whether s may be one of our addresses.
func isAddress(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && !strings.ContainsAny(s, "\"\x00\r\n\t <>()")
}

// skipQuoted returns the position of the quote that ends the string at i.
func skipQuoted(field []byte, i int) int {
	for i++; i < len(field) && field[i] != '"'; i++ {
		if field[i] == '\\' {
			i++
		}
	}
	return i
}

// skipComment returns the position of the parenthesis that ends the comment,
// with those inside it, at i.
func skipComment(field []byte, i int) int {
	for depth := 0; i < len(field); i++ {
		switch field[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return i
}
