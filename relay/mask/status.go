package mask

import (
	"bytes"
	"strings"

	"mentorrelay/parser/message"
)

// status rewrites groups of fields, as a delivery status (RFC 3464), a
// disposition notification (RFC 8098) or a feedback report (RFC 5965) has
// them: what happened to which address stays, what hosts it happened on goes.
func (rw *rewriter) status(data []byte) []byte {
	var out []byte
	for _, block := range bytes.Split(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\n\n")) {
		var group []byte
		for _, f := range message.ParseHeader(block).Fields() {
			group = rw.statusField(group, f)
		}
		if len(out) > 0 && len(group) > 0 {
			out = append(out, '\r', '\n')
		}
		out = append(out, group...)
	}
	return out
}

func (rw *rewriter) statusField(b []byte, f message.Field) []byte {
	switch strings.ToLower(f.Name) {
	case "original-recipient", "final-recipient", "action", "status", "diagnostic-code",
		"disposition", "failure", "error", "warning", "feedback-type", "version":
		return rw.textField(b, f, rw.match.scrub)
	case "reporting-mta": // required, RFC 3464 §2.2.2
		return appendField(b, f.Name, "dns; "+rw.match.host)
	case "arrival-date", "last-attempt-date", "will-retry-until":
		if t, ok := message.ParseDate(f.Value()); ok {
			return appendField(b, f.Name, t.UTC().Format("Mon, 2 Jan 2006 15:04:05 -0700"))
		}
	}
	return b
}
