package report

import (
	"strings"

	"mentorrelay/parser/message"
)

// readFeedback reads the fields of a complaint, RFC 5965 §3. All types of
// feedback but not-spam (RFC 6430) say that somebody or something took the
// mail for abuse.
func readFeedback(fields string) []Recipient {
	h := message.ParseHeader([]byte(strings.TrimLeft(fields, "\n")))
	kind := word(h.Get("Feedback-Type"))
	c := Recipient{Class: ClassComplaint, Reason: "feedback: " + kind}
	switch kind {
	case "":
		c.Reason = "feedback"
	case "not-spam":
		c.Class = ClassUnknown
	}
	var out []Recipient
	for _, to := range append(h.All("Original-Rcpt-To"), h.All("Removal-Recipient")...) {
		c.Final = address(to)
		out = append(out, c)
	}
	if len(out) == 0 {
		out = append(out, c)
	}
	return out
}

// complaints are how services say it that send no RFC 5965 report.
var complaints = []string{
	"this is an email abuse report",
	"complaint about message from",
	"feedback-type: abuse",
	"apple mail sent this email to unsubscribe",
}

// complains tells whether a mail without a machine-readable part is a
// complaint.
func complains(subject, text string) bool {
	if strings.HasPrefix(subject, "complaint about message from") {
		return true
	}
	head := fold(text[:min(len(text), 500)])
	for _, c := range complaints {
		if strings.HasPrefix(head, c) {
			return true
		}
	}
	return false
}

// readDisposition reads a receipt, RFC 8098 §3.2: whatever became of the
// message, it reached the mailbox.
func readDisposition(fields string) []Recipient {
	h := message.ParseHeader([]byte(strings.TrimLeft(fields, "\n")))
	mode, disposition, _ := strings.Cut(strings.ToLower(h.Get("Disposition")), ";")
	if disposition == "" {
		disposition = mode
	}
	r := Recipient{
		Original: address(h.Get("Original-Recipient")),
		Final:    address(h.Get("Final-Recipient")),
		Class:    ClassDelivered,
		Reason:   "receipt: " + strings.TrimSpace(disposition),
	}
	if strings.Contains(disposition, "fail") || strings.Contains(disposition, "denied") {
		r.Class = ClassUnknown
	}
	return []Recipient{r}
}

// address returns the address of a recipient field, RFC 3464 §2.3.2, without
// its type.
func address(value string) string {
	if kind, rest, ok := strings.Cut(value, ";"); ok && !strings.Contains(kind, "@") {
		value = rest
	}
	for _, a := range message.ParseAddressList(value) {
		return a.Addr
	}
	return strings.Trim(strings.TrimSpace(value), "<>")
}
