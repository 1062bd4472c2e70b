package report

import "strings"

// evidence is all that a report tells of one recipient.
type evidence struct {
	action     string // RFC 3464 §2.3.3
	status     string // RFC 3463
	code       string // RFC 5321 §4.2
	diagnostic string // the server's words, folded
	comment    string // on the status, folded
	said       *prose // what the report tells people
	stage      stage
}

// read completes the evidence: the status that the server's words hold is
// more precise than the field, which many mailers fill with a class alone.
func (e *evidence) read(field string) {
	e.diagnostic = afterSentence(e.diagnostic)
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
	e.diagnostic = unbroken(e.diagnostic, e.code)
}

// verdict weighs the evidence: the server's own words, then a precise status,
// then what people are told, then what a vague status and the stage suggest.
func (e *evidence) verdict() verdict {
	switch e.action {
	case "delivered", "relayed", "expanded", "deliverable": // the last is Postfix's, of a probe
		return verdict{ClassDelivered, e.action}
	}
	if v := rejection(e.said.folded); v.class != "" {
		return v
	}
	for _, step := range []func() verdict{
		func() verdict { return byProvider(e.diagnostic) },
		func() verdict { return e.phrase(e.diagnostic) },
		func() verdict { return e.phrase(e.comment) },
		e.byCode,
		func() verdict { return byDetail(e.status) },
		e.fromProse,
		func() verdict { return bySubject(e.status) },
		e.byStage,
		func() verdict { return bare(e.diagnostic) },
		e.byReply,
	} {
		v := step()
		if v.class == ClassGone && e.action == "delayed" {
			return verdict{ClassTemporary, "for now, " + v.reason}
		}
		if v.class != "" {
			return v
		}
	}
	if e.action == "failed" || e.action == "delayed" {
		return verdict{ClassTemporary, "no reason given"}
	}
	return verdict{ClassUnknown, ""}
}

// byCode reads the two reply codes of hosts that take no mail, RFC 7504.
func (e *evidence) byCode() verdict {
	if (e.code == "521" || e.code == "556") && !aboutPolicy(e.status) {
		return verdict{ClassGone, "the host takes no mail"}
	}
	return verdict{}
}

// fromProse looks up what people are told. A fault that may pass, among its
// sentences, counts less than a status or a reply code that says what is at
// fault.
func (e *evidence) fromProse() verdict {
	v := e.weigh(e.said.find())
	if v.class == ClassTemporary && !e.passing() {
		for _, s := range []verdict{bySubject(e.status), e.byStage(), bare(e.diagnostic), e.byReply()} {
			if s.class != "" {
				return s
			}
		}
	}
	return v
}

// bare reads a refusal that gives no reason: nobody's mailbox is at fault as
// far as can be told.
func bare(folded string) verdict {
	if _, ok := anyOf(folded, usBare); ok {
		return verdict{ClassRefusedUs, "refused without a reason"}
	}
	return verdict{}
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
func (e *evidence) phrase(folded string) verdict { return e.weigh(find(folded)) }

// weigh makes a verdict of a finding, by what else is known.
func (e *evidence) weigh(v finding) verdict {
	switch {
	case v.nature == vague && strings.HasPrefix(e.status, "5") && e.status[2] != '4' && byDetail(e.status).class != "":
		return byDetail(e.status) // but servers give any status of the network
	case v.nature == unknownUser && e.stage == stageData && !aboutAddress(e.status) && among(v.words, borrowed):
		// A server that took the recipient and finds it unknown once the
		// message has come is filtering, unless its words are its own:
		// some look recipients up that late.
		return verdict{ClassRefusedUs, "filtered after the message was sent"}
	case v.nature == unknownUser && e.stage != stageRcpt && aboutPolicy(e.status):
		// A policy, in the words for an unknown user, so as to tell nothing.
		return verdict{ClassRefusedUs, "refused by policy"}
	case v.nature == diskFull && e.passing():
		return verdict{ClassTemporary, "mail system full"}
	case v.nature != plain && v.class == ClassGone && (e.stage == stageMail || e.stage == stageConnect):
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

// aboutPolicy tells whether a status is about security or policy, RFC 3463
// §3.8.
func aboutPolicy(status string) bool {
	return len(status) > 3 && status[1:4] == ".7."
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
	case strings.HasPrefix(e.code, "50"):
		return verdict{ClassRefusedMessage, "the dialogue was not understood"} // RFC 5321 §4.2.4
	case e.stage == stageConnect, e.stage == stageMail:
		return verdict{ClassRefusedUs, "refused before the recipient"}
	case e.stage == stageData:
		return verdict{ClassRefusedUs, "refused after the message"}
	}
	return verdict{}
}

// byReply is what the reply code alone says (RFC 5321 §4.2.3, RFC 1870 §6),
// where the words are in no table. It is never certain.
func (e *evidence) byReply() verdict {
	switch e.code {
	case "550", "551", "553":
		return verdict{ClassGone, bareCode}
	case "522": // not of RFC 5321, and used for 5.2.2
		return verdict{ClassFull, bareCode}
	case "552":
		if e.stage == stageData || e.stage == stageMail {
			return verdict{ClassRefusedMessage, bareCode}
		}
		return verdict{ClassFull, bareCode}
	}
	return verdict{}
}

// bareCode is the reason where nothing but the reply code gives one.
const bareCode = "by its code alone"

// certain tells whether a verdict of gone rests on more than words. Filters
// borrow the words for an unknown user so as to tell spammers nothing, and
// people are told many things; what a server says by its codes, it says to
// programs. Certain is
//
//   - a permanent status (RFC 3463) that names the address, the mailbox or its
//     domain, unless the words beside it speak against it, and
//   - a permanent refusal of the recipient's own command, in the set phrases for
//     it, whose status does not speak of policy.
func (e *evidence) certain(v verdict) bool {
	if v.class != ClassGone || e.action != "" && e.action != "failed" {
		return false
	}
	status := byDetail(e.status)
	named := aboutAddress(e.status) || strings.HasPrefix(v.reason, status.reason)
	if strings.HasPrefix(e.status, "5") && named && status.class == ClassGone {
		return e.stage != stageData && e.stage != stageMail && e.stage != stageConnect
	}
	return e.stage == stageRcpt && strings.HasPrefix(e.code, "5") && !strings.HasPrefix(e.status, "4") &&
		!aboutPolicy(e.status) && v.reason != bareCode && !strings.HasSuffix(v.reason, inWords)
}
