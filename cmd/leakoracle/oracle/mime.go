package oracle

import (
	"bytes"
	"fmt"
	"mime"
	"regexp"
	"strings"
)

// maxNesting is how deep parts are looked into. What is deeper is only
// searched with the raw views of what is around it.
const maxNesting = 40

// A field is one header field as it stands.
type field struct {
	name, value string // unfolded at most by its reader
}

// An entity is a message or a part of one, RFC 2045 §2.4.
type entity struct {
	path   string // "" for the message, "1.2" for a part
	fields []field
	kind   string // media type
	params map[string]string
	cte    string
	body   []byte
}

// walk reads a message part by part. What is malformed is read as well as
// can be: it is for finding things, and the raw views find what it misses.
func walk(data []byte, path, kind string, depth int, visit func(e *entity, leaf bool)) {
	e := parseEntity(data, path, kind)
	boundary := e.params["boundary"]
	switch {
	case depth >= maxNesting:
	case strings.HasPrefix(e.kind, "multipart/") && boundary != "":
		visit(e, false)
		inner := "text/plain"
		if e.kind == "multipart/digest" {
			inner = "message/rfc822" // RFC 2046 §5.1.5
		}
		for i, part := range split(e.body, boundary) {
			walk(part, join(path, fmt.Sprint(i+1)), inner, depth+1, visit)
		}
		return
	case e.kind == "message/rfc822", e.kind == "message/global", e.kind == "message/news":
		visit(e, false)
		walk(undoCTE(e.cte, e.body), join(path, "letter"), "text/plain", depth+1, visit)
		return
	}
	visit(e, true)
}

func join(path, step string) string {
	if path == "" {
		return step
	}
	return path + "." + step
}

// parseEntity cuts an entity into its header and its body.
func parseEntity(data []byte, path, kind string) *entity {
	e := &entity{path: path, kind: kind}
	head, body := cutHeader(data)
	e.fields, e.body = parseFields(head), body
	for _, f := range e.fields {
		switch strings.ToLower(f.name) {
		case "content-type":
			if e.params == nil {
				e.kind, e.params = parseType(f.value)
			}
		case "content-transfer-encoding":
			if words := strings.Fields(strings.ToLower(comments.ReplaceAllString(f.value, ""))); e.cte == "" && len(words) > 0 {
				e.cte = strings.Trim(words[0], `";`)
			}
		}
	}
	return e
}

var blankLine = regexp.MustCompile(`\r?\n\r?\n`)

// cutHeader cuts at the first empty line.
func cutHeader(data []byte) (head, body []byte) {
	for _, empty := range []string{"\r\n", "\n"} {
		if bytes.HasPrefix(data, []byte(empty)) {
			return nil, data[len(empty):]
		}
	}
	if at := blankLine.FindIndex(data); at != nil {
		return data[:at[0]], data[at[1]:]
	}
	return data, nil
}

// parseFields reads fields, folded ones with their folds.
func parseFields(head []byte) []field {
	var fields []field
	for line := range strings.SplitAfterSeq(string(head), "\n") {
		if line == "" {
			continue
		}
		if n := len(fields); n > 0 && (line[0] == ' ' || line[0] == '\t') {
			fields[n-1].value += line
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(strings.TrimRight(name, " \t"), " \t") {
			name, value = "(no field)", line
		}
		fields = append(fields, field{strings.TrimSpace(name), value})
	}
	return fields
}

var looseBoundary = regexp.MustCompile(`(?i)boundary\s*=\s*"?([^";\r\n]+)`)

// parseType reads a Content-Type, however it is written.
func parseType(value string) (string, map[string]string) {
	value = strings.TrimSpace(unfoldString(value))
	kind, params, err := mime.ParseMediaType(value)
	if err == nil {
		return kind, params
	}
	kind, _, _ = strings.Cut(value, ";")
	params = map[string]string{}
	if m := looseBoundary.FindStringSubmatch(value); m != nil {
		params["boundary"] = strings.TrimSpace(m[1])
	}
	if m := looseCharset.FindStringSubmatch(value); m != nil {
		params["charset"] = m[1]
	}
	return strings.ToLower(strings.TrimSpace(kind)), params
}

var looseCharset = regexp.MustCompile(`(?i)charset\s*=\s*"?([^";\s]+)`)

// split returns the parts of a multipart. What stands before and after them
// is found by the raw view of what is around them.
func split(body []byte, boundary string) [][]byte {
	var parts [][]byte
	delimiter := []byte("--" + boundary)
	start, pos := -1, 0
	for pos < len(body) {
		end := bytes.IndexByte(body[pos:], '\n')
		line, next := body[pos:], len(body)
		if end >= 0 {
			line, next = body[pos:pos+end], pos+end+1
		}
		rest, ok := bytes.CutPrefix(line, delimiter)
		if rest = bytes.TrimSpace(rest); ok && (len(rest) == 0 || string(rest) == "--") {
			if start >= 0 {
				parts = append(parts, trimBreak(body[start:pos]))
			}
			if start = next; len(rest) > 0 {
				return parts
			}
		}
		pos = next
	}
	if start >= 0 && start < len(body) {
		parts = append(parts, body[start:])
	}
	return parts
}

// trimBreak removes the line break that belongs to a delimiter.
func trimBreak(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// undoCTE decodes a body as its Content-Transfer-Encoding says.
func undoCTE(cte string, body []byte) []byte {
	switch cte {
	case "base64":
		return looseBase64(body)
	case "quoted-printable":
		return looseQuoted(body)
	case "x-uuencode", "uuencode", "x-uue":
		return uudecode(body)
	}
	return body
}
