package report

import (
	"strings"

	"mentorrelay/parser/message"
)

// failures are how servers say to people that a message was not delivered,
// folded.
var failures = []string{
	"could not be delivered", "could not be sent", "couldn't be delivered", "can't be delivered",
	"cannot be delivered", "was not delivered", "wasn't delivered", "not been delivered", "not be delivered",
	"unable to deliver", "able to deliver", "undeliverable", "undelivered", "delivery failed", "delivery has failed",
	"failed to deliver", "returned to sender", "mail delivery", "did not reach", "permanent fatal errors",
	"delivery problems", "mail system error", "failed permanently", "could not be reached", "delivery to the following",
	"was rejected", "failed recipients", "duplicated message-id",
	"n'a pas pu etre", "n'a pu etre", "konnte nicht", "no se pudo entregar", "no pudo ser entregado",
	"no se ha podido entregar", "non e stato possibile", "non e stato recapitato", "nao foi entregue",
	"nao pode ser entregue", "kon niet worden", "送信できませんでした", "配信できません", "не может быть доставлено",
}

// fails tells whether a text begins like a bounce.
func fails(text string) bool {
	_, ok := anyOf(fold(text[:min(len(text), 1500)]), failures)
	return ok
}

// readFreeForm reads a bounce in a server's own words.
func readFreeForm(b *body) []Recipient {
	text := told(b.text)
	if ds := deliveries(embedded(b.text)); len(ds) > 0 {
		var out []Recipient
		stage, said := findStage(text), newProse(text)
		for _, d := range ds {
			out = append(out, d.judge(said, stage))
		}
		return out
	}
	r := judgeFreeForm(b, text)
	var out []Recipient
	for _, a := range message.ParseAddressList(b.root.Header.Get("X-Failed-Recipients")) {
		r.Final = a.Addr
		out = append(out, r)
	}
	if len(out) == 0 {
		r.Final = firstAddress(text)
		out = append(out, r)
	}
	return out[:min(len(out), maxRecipients)]
}

// maxPreface is how much a report may say above what looks like a returned
// message, in octets, and have told nothing yet.
const maxPreface = 200

// judgeFreeForm decides by what a report tells above the returned message,
// else by all of it, else by its subject. A failure without a reason is put
// down to nobody.
func judgeFreeForm(b *body, text string) Recipient {
	r := judgeText(text)
	if all := linesOf(b.text, func(string) bool { return false }); r.Class == ClassUnknown && len(all) > len(text) && len(text) < maxPreface && !fails(text) {
		// Nothing above the mark of a returned message: perhaps it is none.
		if whole := judgeText(all); whole.Class != ClassUnknown {
			r = whole
			r.Certain = false
		}
	}
	if r.Class == ClassUnknown {
		e := evidence{said: newProse(b.subject)}
		if v := e.verdict(); v.class != ClassUnknown {
			r.Class, r.Reason = v.class, v.reason
		}
	}
	if r.Class == ClassUnknown && (bounces(b.subject) || fails(text)) {
		r.Class, r.Reason = ClassTemporary, explain("no reason given", text)
		r.Failed = !warns(fold(text))
	}
	return r
}

// embedded returns the part of a text that begins with the fields of
// RFC 3464, as servers write it that send no multipart/report.
func embedded(text string) string {
	text = unquoted(text)
	lower := lowerASCII(text)
	at := -1
	for _, f := range []string{"\nreporting-mta:", "\nfinal-recipient:"} {
		if i := strings.Index(lower, f); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	return text[at+1:]
}

// judgeText decides by a text alone: by what the remote server is told to
// have answered, and else by all of it.
func judgeText(text string) Recipient {
	answer := findAnswer(text)
	if answer == "" {
		answer = replyLine(text)
	}
	e := evidence{diagnostic: fold(upTo(answer, maxDiagnostic)), said: newProse(text), stage: findStage(text)}
	if answer == "" {
		e.status = findStatus(e.said.folded)
	}
	e.read("")
	if strings.HasPrefix(e.status, "2") {
		e.status = "" // the version of something
	}
	v := e.verdict()
	if answer == "" {
		answer = strings.TrimSpace(text)
	}
	return Recipient{Class: v.class, Certain: e.certain(v), Failed: e.failed(v), Status: e.status, Reason: explain(v.reason, answer)}
}

// about returns the paragraph that a text has on an address, as Postfix and
// OpenSMTPD write it: the address, a colon, and what happened.
func about(text, addr string) string {
	if addr == "" {
		return ""
	}
	for _, form := range []string{"<" + addr + ">:", "\n" + addr + ":", "<" + addr + "> (expanded"} {
		if i := strings.Index(text, form); i >= 0 {
			return paragraph(text[i+1:])
		}
	}
	return ""
}

// firstAddress returns the first address that a text names.
func firstAddress(text string) string {
	for line := range strings.Lines(text) {
		for f := range strings.FieldsSeq(line) {
			f = strings.Trim(f, "<>()[]:;,.\"'")
			if at := strings.LastIndexByte(f, '@'); at > 0 && at < len(f)-1 && !strings.ContainsAny(f, "<>:/(") {
				return f
			}
		}
	}
	return ""
}

// maxReason keeps what is logged of a diagnostic short.
const maxReason = 300

// explain joins the reason found and the words it was found in.
func explain(reason, diagnostic string) string {
	diagnostic = strings.Join(strings.Fields(diagnostic), " ")
	if len(diagnostic) > maxReason {
		diagnostic = strings.ToValidUTF8(diagnostic[:maxReason], "") + "…"
	}
	switch {
	case reason == "":
		return diagnostic
	case diagnostic == "":
		return reason
	}
	return reason + ": " + diagnostic
}
