package mask

import (
	"slices"
	"strings"

	"mentorrelay/parser/message"
)

// contentHeader appends the Content fields of p that the copy keeps, each
// once, in their order.
func (rw *rewriter) contentHeader(b []byte, p *message.Part) []byte {
	if rw.isLeft(p) { // the whole of its message
		return b
	}
	encoding := ""
	if pl := rw.plans[p]; pl != nil {
		encoding = pl.encoding
	}
	var seen []string
	for _, f := range p.Header.Fields() {
		name := strings.ToLower(f.Name)
		if !strings.HasPrefix(name, "content-") || slices.Contains(seen, name) {
			continue
		}
		seen = append(seen, name)
		if name == "content-transfer-encoding" && encoding != "" {
			continue
		}
		b = rw.contentField(b, p, name, f)
	}
	if encoding != "" {
		b = appendField(b, "Content-Transfer-Encoding", encoding)
	}
	return b
}

// contentField appends one Content field by its own rule: RFC 2045, RFC 2183,
// RFC 2392, RFC 2557 and RFC 3282. Others are dropped.
func (rw *rewriter) contentField(b []byte, p *message.Part, name string, f message.Field) []byte {
	switch name {
	case "content-type":
		return rw.paramField(b, p, f, typeParams)
	case "content-disposition":
		return rw.paramField(b, p, f, dispositionParams)
	case "content-transfer-encoding":
		if !isToken2045(p.Encoding) {
			return b
		}
		if strings.EqualFold(f.Value(), p.Encoding) && isWritable(f) {
			return appendRaw(b, f)
		}
		return appendField(b, f.Name, p.Encoding)
	case "content-description": // often the name of a file
		return rw.textField(b, f, rw.match.scrubName)
	case "content-id":
		return rw.contentID(b, f)
	case "content-location":
		return rw.location(b, f)
	case "content-language":
		if value := f.Value(); value != "" && len(value) < 100 && strings.Trim(strings.ToLower(value), "abcdefghijklmnopqrstuvwxyz0123456789-, ") == "" {
			return appendField(b, f.Name, value)
		}
	}
	return b
}

// The parameters that a copy keeps. Others say how, when and where a file was
// made.
const (
	typeParams        = " boundary charset component delsp format method name optinfo profile report-type start start-info type version "
	dispositionParams = " filename size "
)

// paramField appends a Content-Type or Content-Disposition. It stands as it
// was if all of it can be kept.
func (rw *rewriter) paramField(b []byte, p *message.Part, f message.Field, allowed string) []byte {
	kind, params := message.ParseParams(f.Value())
	dirty := !isWritable(f) || hasComment(f.Value()) || rw.holdsAddress(f.Value(), rw.match.scrubName)
	var kept []message.Param
	for _, param := range params {
		if !strings.Contains(allowed, " "+param.Name+" ") {
			dirty = true
			continue
		}
		value := rw.paramValue(p, param)
		dirty = dirty || value != param.Value
		kept = append(kept, message.Param{Name: param.Name, Value: value})
	}
	if !isKind(kind, allowed == typeParams) {
		dirty, kind = true, "attachment"
		if allowed == typeParams {
			kind = p.MediaType
		}
	}
	if !dirty {
		return appendRaw(b, f)
	}
	return appendField(b, f.Name, formatParams(kind, kept))
}

// hasComment tells whether a structured value has a comment, RFC 5322 §3.2.2,
// in which anything may stand.
func hasComment(value string) bool {
	quoted := false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == '(' && !quoted:
			return true
		}
	}
	return quoted && strings.Contains(value, "(")
}

// isKind tells whether the first word of a field can be kept.
func isKind(kind string, slash bool) bool {
	if slash {
		major, minor, ok := strings.Cut(kind, "/")
		return ok && isToken2045(major) && isToken2045(minor)
	}
	return isToken2045(kind)
}

// paramValue returns the value of a parameter in the copy.
func (rw *rewriter) paramValue(p *message.Part, param message.Param) string {
	switch param.Name {
	case "boundary":
		return rw.boundary(rw.multiparts)
	case "start": // RFC 2387 §3.2
		return rw.idValue(param.Value)
	}
	return rw.match.scrubName(clean(param.Value))
}

// idValue returns a content id, in its angle brackets or without.
func (rw *rewriter) idValue(value string) string {
	id := strings.Trim(value, " \t<>")
	if !strings.Contains(id, "@") && rw.match.scrub(id) == id {
		return value
	}
	return strings.Replace(value, id, rw.match.newID(clean(id)), 1)
}

// contentID appends a Content-ID. One without a host tells nothing.
func (rw *rewriter) contentID(b []byte, f message.Field) []byte {
	value := f.Value()
	if id := rw.idValue(value); id != value || !isWritable(f) {
		return appendField(b, f.Name, "<"+strings.Trim(clean(id), " \t<>")+">")
	}
	return appendRaw(b, f)
}

// location appends a Content-Location that is a mere name. One with a scheme
// tells a host, or a path on the sender's disk; an encoded word is no URI.
func (rw *rewriter) location(b []byte, f message.Field) []byte {
	value := f.Value()
	if strings.ContainsAny(value, `:\@%`) || strings.HasPrefix(value, "//") || !isWritable(f) || message.DecodeHeader(value) != value {
		return b
	}
	return appendRaw(b, f)
}
