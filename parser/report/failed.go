package report

import "strings"

// warnings are how servers say, folded, that they still try.
var warnings = []string{
	"will be retried", "will retry", "will keep trying", "will continue to try", "will try again", "still trying", "keeps trying",
	"keep retrying", "retried for", "will be attempted", "further attempts", "no action is required", "need not resend",
	"do not need to resend", "not yet been delivered", "has not yet been", "delivery is delayed", "delivery delayed",
	"has been delayed", "was delayed", "is delayed", "warning message only", "this is a warning",
	"sera reessay", "seront reessay", "nouvelle tentative", "tentatives ulterieures", "est retarde", "a ete retarde",
	"wird weiter versucht", "verzoger", "se volvera a intentar", "se ha retrasado", "verra ritentat", "in ritardo",
	"sera repetid", "foi adiada", "opnieuw geprobeerd", "vertraagd",
}

func warns(folded string) bool {
	_, ok := anyOf(folded, warnings)
	return ok
}

// failed tells whether the message was given up for the recipient (RFC 3464
// §2.3.3), and not delivered, or tried again.
func (e *evidence) failed(v verdict) bool {
	switch e.action {
	case "failed":
		return true
	case "":
		return v.class != ClassUnknown && v.class != ClassDelivered && !warns(e.said.folded)
	}
	return false
}

// Classify reads what a server answered when it refused a message for good, or
// until it was given up: its codes, as in "550 5.1.1", and its text.
func Classify(codes, reply string) (class Class, certain bool) {
	code, status, _ := strings.Cut(codes, " ")
	e := evidence{action: "failed", diagnostic: fold(upTo(code+" "+reply, maxDiagnostic)), said: newProse("")}
	e.stage = findStage(e.diagnostic)
	e.read(status)
	v := e.verdict()
	return v.class, e.certain(v)
}
