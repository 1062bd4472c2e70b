package message

import (
	"bytes"
	"strings"
)

// A Field is one header field as it stands in the source.
type Field struct {
	Name string
	Raw  string // what follows the colon, line folding included, without the last line break
}

// Value returns the field's value on one line, RFC 5322 §2.2.3.
func (f Field) Value() string { return unfold(f.Raw) }

// A Header is the fields of one entity in their order.
type Header struct {
	fields []Field
}

// ParseHeader reads a block of header fields. A line that is neither a field
// nor the continuation of one is left out.
func ParseHeader(block []byte) Header {
	var h Header
	text := string(block)
	h.fields = make([]Field, 0, strings.Count(text, "\n")+1)
	for len(text) > 0 {
		end := fieldEnd(text)
		if name, raw, ok := cutField(text[:end]); ok {
			h.fields = append(h.fields, Field{name, raw})
		}
		text = text[end:]
	}
	return h
}

// fieldEnd returns where the field that text starts with ends, its
// continuation lines included.
func fieldEnd(text string) int {
	end := 0
	for {
		i := strings.IndexByte(text[end:], '\n')
		if i < 0 {
			return len(text)
		}
		end += i + 1
		if end == len(text) || (text[end] != ' ' && text[end] != '\t') {
			return end
		}
	}
}

// cutField splits a field at its colon. White space before the colon is
// obsolete, RFC 5322 §4.5, and still met.
func cutField(line string) (name, raw string, ok bool) {
	line = strings.TrimSuffix(line, "\n")
	line = strings.TrimSuffix(line, "\r")
	colon := strings.IndexByte(line, ':')
	if colon <= 0 {
		return "", "", false
	}
	name = strings.TrimRight(line[:colon], " \t")
	if !isFieldName(name) {
		return "", "", false
	}
	return name, line[colon+1:], true
}

// isFieldName tells whether name is one or more ftext, RFC 5322 §3.6.8.
func isFieldName(name string) bool {
	for i := range len(name) {
		if name[i] <= ' ' || name[i] >= 0x7f {
			return false
		}
	}
	return name != ""
}

// Fields returns all fields in order.
func (h Header) Fields() []Field { return h.fields }

// Field returns the first field of that name.
func (h Header) Field(name string) (Field, bool) {
	for _, f := range h.fields {
		if len(f.Name) == len(name) && strings.EqualFold(f.Name, name) {
			return f, true
		}
	}
	return Field{}, false
}

// Get returns the value of the first field of that name, on one line.
func (h Header) Get(name string) string {
	f, _ := h.Field(name)
	return f.Value()
}

// All returns the values of all fields of that name, in order.
func (h Header) All(name string) []string {
	var values []string
	for _, f := range h.fields {
		if strings.EqualFold(f.Name, name) {
			values = append(values, f.Value())
		}
	}
	return values
}

// Has tells whether there is a field of that name.
func (h Header) Has(name string) bool {
	_, ok := h.Field(name)
	return ok
}

// unfold removes the line breaks of a folded value and the white space around
// it. The white space after each break stays, RFC 5322 §2.2.3.
func unfold(raw string) string {
	if strings.IndexByte(raw, '\n') < 0 {
		return strings.Trim(raw, " \t\r")
	}
	value := make([]byte, 0, len(raw))
	for {
		line, rest, more := strings.Cut(raw, "\n")
		value = append(value, strings.TrimSuffix(line, "\r")...)
		if !more {
			return string(bytes.Trim(value, " \t\r"))
		}
		raw = rest
	}
}
