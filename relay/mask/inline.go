package mask

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// changedOctets looks at what a property holds in base64 (RFC 5545 §3.3.1,
// RFC 2426 §2.4.1) or as a data: link (RFC 2397) as at a part of its own: a
// picture loses where it was taken, a text its addresses.
func (p *properties) changedOctets() []byte {
	line := unfolded(p.line)
	head, value := cutOctets(line)
	if len(value) == 0 {
		return nil
	}
	data := decodedOctets(value)
	blanks := places(data[:min(len(data), imageHead)])
	for _, b := range blanks {
		b.apply(data, 0)
	}
	if scrubbed := p.scrubbedFile(data); scrubbed != nil {
		data = scrubbed
	} else if len(blanks) == 0 {
		return nil
	}
	return p.folded75(head, base64.StdEncoding.AppendEncode(nil, data))
}

// cutOctets returns the base64 of a property, and what comes before.
func cutOctets(line []byte) (head, value []byte) {
	head, value, _ = cutProperty(line)
	comma := bytes.IndexByte(value, ',')
	start := strings.ToLower(string(value[:max(0, min(comma, maxHead))]))
	switch params := strings.ToLower(string(head)); {
	case strings.HasPrefix(start, "data:") && strings.Contains(start, ";base64"):
		return line[:len(head)+1+comma+1], value[comma+1:]
	case strings.Contains(params, "encoding=b") || strings.Contains(params, `encoding="b`) || strings.Contains(params, ";base64"):
		return line[:len(head)+1], value
	}
	return line, nil
}

// decodedOctets decodes what of value is base64.
func decodedOctets(value []byte) []byte {
	pure := make([]byte, 0, len(value))
	for _, c := range value {
		if isAlnum(lower(c)) || c == '+' || c == '/' {
			pure = append(pure, c)
		}
	}
	data, _ := base64.RawStdEncoding.AppendDecode(nil, pure) // one character too many gives no octet
	return data
}

// scrubbedFile returns a file with its addresses replaced, or nil if it is no
// text or holds none.
func (p *properties) scrubbedFile(data []byte) []byte {
	head := data[:min(len(data), sniffed)]
	if !isText(head) {
		return nil
	}
	var t text
	t.guess("", head)
	return p.scrubbed(data, t)
}
