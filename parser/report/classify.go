package report

import "strings"

// A stage is how far the dialogue with the remote server had come.
type stage int

const (
	stageUnknown stage = iota
	stageConnect       // greeting, HELO, STARTTLS
	stageMail
	stageRcpt
	stageData // DATA, and the end of the data
)

// stages are the words by which servers tell the stage. Those of the first
// rows are more telling.
var stages = []struct {
	stage   stage
	phrases []string
}{
	{stageRcpt, []string{
		"reply to rcpt to", "after rcpt to", "after pipelined rcpt to", "our rcpt to", "[rcpt_to]",
		"smtp:rcpt", "does not like recipient",
	}},
	{stageMail, []string{
		"reply to mail from", "after mail from", "after pipelined mail from", "our mail from", "[mail_from]",
		"smtp:mail", "does not like sender",
	}},
	{stageData, []string{
		"reply to end of data", "reply to data", "after end of data", "after data", "after sending data block",
		"our data", "our final data", "after i sent the message", "[data]", "smtp:data", "smtp command data",
	}},
	{stageConnect, []string{
		"reply to ehlo", "reply to helo", "after ehlo", "after helo", "after initial connection",
		"refused to talk to me", "while receiving the initial server greeting", "but my name was rejected",
	}},
}

// findStage returns the stage that a text tells.
func findStage(text string) stage {
	if s := transcriptStage(text); s != stageUnknown {
		return s
	}
	folded := fold(text)
	for _, s := range stages {
		if _, ok := anyOf(folded, s.phrases); ok {
			return s.stage
		}
	}
	return stageUnknown
}

// transcriptStage reads the stage off a transcript in sendmail's form: the
// command before the first answer.
func transcriptStage(text string) stage {
	before, _, ok := strings.Cut(text, "<<< ")
	if !ok {
		return stageUnknown
	}
	i := strings.LastIndex(before, ">>> ")
	if i < 0 {
		return stageUnknown
	}
	command := strings.ToLower(before[i+4:])
	switch {
	case strings.HasPrefix(command, "rcpt"):
		return stageRcpt
	case strings.HasPrefix(command, "mail"):
		return stageMail
	case strings.HasPrefix(command, "data"), strings.HasPrefix(command, "."):
		if _, ok := anyOf(fold(text), pipelined); ok {
			return stageRcpt
		}
		return stageData
	}
	return stageConnect
}

// pipelined are the answers to DATA by which a transcript shows that the
// recipient was refused before: with PIPELINING (RFC 2920) the command stands
// above the answer to RCPT.
var pipelined = []string{"need rcpt", "rcpt before data", "no valid recipients", "<<< 503 ", "no recipients"}

// evidence is all that a report tells of one recipient.
type evidence struct {
	action     string // RFC 3464 §2.3.3
	agent      string // type of the diagnostic
	status     string // RFC 3463
	code       string // RFC 5321 §4.2
	diagnostic string // the server's words, folded
	comment    string // on the status, folded
	text       string // what the report tells people
	stage      stage
}

// read completes the evidence: the status that the server's words hold is
// more precise than the field, which many mailers fill with a class alone.
func (e *evidence) read(field string) {
	// IronPort quotes the reply after a sentence of its own, which is always
	// about an unknown address.
	if _, quoted, ok := strings.Cut(e.diagnostic, "unknown address error "); ok {
		e.diagnostic = quoted
	}
	// Postfix keeps why it had stopped trying.
	if _, cause, ok := strings.Cut(e.diagnostic, "delivery temporarily suspended: "); ok {
		e.diagnostic = cause
	}
	e.code = findCode(e.diagnostic)
	if s := findStatus(e.diagnostic); s != "" && (!strings.HasSuffix(s, ".0.0") || field == "") {
		e.status = s
	}
	if e.status == "" {
		e.status = findStatus(field)
	}
}

// verdict weighs the evidence: the server's own words, then a precise status,
// then what people are told, then what a vague status and the stage suggest.
func (e *evidence) verdict() verdict {
	switch e.action {
	case "delivered", "relayed", "expanded", "deliverable": // the last is Postfix's, of a probe
		return verdict{ClassDelivered, e.action}
	}
	folded := fold(e.text)
	if v := rejection(folded); v.class != "" {
		return v
	}
	for _, step := range []func() verdict{
		func() verdict { return e.phrase(e.diagnostic) },
		func() verdict { return e.phrase(e.comment) },
		func() verdict { return byDetail(e.status) },
		func() verdict { return e.phrase(folded) },
		func() verdict { return bySubject(e.status) },
		e.byStage,
	} {
		if v := step(); v.class != "" {
			return v
		}
	}
	return verdict{ClassUnknown, ""}
}

// rejection reads the notice of Dovecot's delivery agent, which gives the
// reason after these words and a status of its own making.
func rejection(folded string) verdict {
	_, why, ok := strings.Cut(folded, "was automatically rejected: ")
	if !ok {
		return verdict{}
	}
	v := find(why)
	return verdict{v.class, v.reason}
}

// phrase looks a text up in the table of phrases.
func (e *evidence) phrase(folded string) verdict {
	v := find(folded)
	switch {
	case v.nature == unknownUser && e.stage == stageData && !aboutAddress(e.status):
		// A server that took the recipient and finds it unknown once the
		// message has come is filtering.
		return verdict{ClassRefusedUs, "filtered after the message was sent"}
	case v.nature != plain && (e.stage == stageMail || e.stage == stageConnect):
		return verdict{ClassRefusedUs, "our own name was not known"}
	case (v.nature == unknownHost || v.nature == unavailable) && e.passing():
		return verdict{ClassTemporary, "for now, " + v.reason}
	}
	return verdict{v.class, v.reason}
}

// aboutAddress tells whether a status is about an address, RFC 3463 §3.2.
func aboutAddress(status string) bool {
	return len(status) > 3 && status[1:4] == ".1."
}

// passing tells whether the server calls its failure one that may pass.
func (e *evidence) passing() bool {
	return strings.HasPrefix(e.status, "4") || e.status == "" && strings.HasPrefix(e.code, "4")
}

// byStage is what can be said where no words and no status tell: a failure
// that may pass is temporary, and who is refused before a recipient is named
// is refused for what they are.
func (e *evidence) byStage() verdict {
	switch {
	case e.action == "delayed", e.passing():
		return verdict{ClassTemporary, "temporary"}
	case !strings.HasPrefix(e.code, "5"):
	case e.stage == stageConnect, e.stage == stageMail:
		return verdict{ClassRefusedUs, "refused before the recipient"}
	case e.stage == stageData:
		return verdict{ClassRefusedUs, "refused after the message"}
	}
	return verdict{}
}
