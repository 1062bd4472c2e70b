package report

import (
	"strings"

	"mentorrelay/parser/message"
)

// returnMarks begin the lines with which servers announce the message that
// they return; what follows says nothing about its fate.
var returnMarks = []string{
	"below this line is a copy", "this is a copy of", "this is a copy of your", "original message",
	"unsent message", "message headers follow", "message header follow", "the header of the original",
	"original mail", "included is a copy", "returned message", "enclosed is a copy",
	"below is a copy", "copy of the original", "message follows", "original headers",
	"a copy of your message", "here is your returned mail", "the original message follows",
	"urspruengliche nachricht", "ursprungliche nachricht", "message d'origine", "message original",
	"mensaje original", "messaggio originale", "mensagem original", "oorspronkelijk bericht",
}

// told returns what a report says in its own words: the lines above the
// returned message, without quotation marks.
func told(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(unquote(line), " \t")
		if out.Len() > 0 && returns(line) {
			break
		}
		out.WriteString(line)
	}
	return out.String()
}

// returns tells whether a line begins the returned message.
func returns(line string) bool {
	if h, _, ok := strings.Cut(line, ":"); ok && len(h) < 30 {
		switch strings.ToLower(h) {
		case "received", "return-path", "x-received", "dkim-signature", "arc-seal":
			return true
		}
	}
	if len(line) > 120 {
		return false
	}
	l := strings.TrimLeft(fold(line), "-=*_ ")
	for _, m := range returnMarks {
		if strings.HasPrefix(l, m) {
			return !strings.HasPrefix(l, "original message was") && !strings.HasPrefix(l, "the original message was")
		}
	}
	return false
}

// failures are how servers say to people that a message was not delivered,
// folded.
var failures = []string{
	"could not be delivered", "could not be sent", "couldn't be delivered", "can't be delivered",
	"cannot be delivered", "was not delivered", "wasn't delivered", "not been delivered", "not be delivered",
	"unable to deliver", "undeliverable", "undelivered", "delivery failed", "delivery has failed",
	"failed to deliver", "returned to sender", "mail delivery", "did not reach", "permanent fatal errors",
	"delivery problems", "mail system error",
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
		for _, d := range ds {
			out = append(out, d.judge(text, findStage(text)))
		}
		return out
	}
	r := judgeText(text)
	if r.Class == ClassUnknown {
		if whole := judgeText(unquoted(b.text)); whole.Class != ClassUnknown {
			r = whole
		}
	}
	if r.Class == ClassUnknown {
		e := evidence{text: b.subject}
		if v := e.verdict(); v.class != ClassUnknown {
			r.Class, r.Reason = v.class, v.reason
		}
	}
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

// unquoted returns a text without quotation marks at the start of its lines.
func unquoted(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(unquote(line))
	}
	return out.String()
}

// unquote takes one level of quotation off a line. A line of a transcript in sendmail's form is not quoted by its three marks.
func unquote(line string) string {
	if strings.HasPrefix(line, ">") && !strings.HasPrefix(line, ">>> ") {
		line = strings.TrimPrefix(line[1:], " ")
	}
	return line
}

// judgeText decides by a text alone: by what the remote server is told to
// have answered, and else by all of it.
func judgeText(text string) Recipient {
	answer := findAnswer(text)
	e := evidence{diagnostic: fold(answer), text: text, stage: findStage(text)}
	if answer == "" {
		e.status = findStatus(fold(text))
	}
	e.read("")
	v := e.verdict()
	if answer == "" {
		answer = strings.TrimSpace(text)
	}
	return Recipient{Class: v.class, Status: e.status, Reason: explain(v.reason, answer)}
}

// answers are the words after which bounces quote the remote server.
var answers = []string{
	"<<< ", "said: ", "remote host said:", "server returned was:", "(reason: ", "delay reason:",
	"the response was:", "the response from the remote server was:", "diagnostic code: smtp;",
	"server message\n", "smtp error from remote mail server", "smtp error from remote mailer",
	"did not like our", "smtp:rcpt host", "responsecode",
}

// answerLines is how many lines of a quoted answer are read: RFC 5321 allows
// more, but what matters comes first.
const answerLines = 8

// findAnswer returns what a text quotes of the remote server, or nothing.
func findAnswer(text string) string {
	lower := lowerASCII(text)
	for _, a := range answers {
		i := strings.Index(lower, a)
		if i < 0 {
			continue
		}
		rest := text[i+len(a):]
		if a == "<<< " {
			return transcript(rest)
		}
		return paragraph(rest)
	}
	return ""
}

// lowerASCII lowers the letters of ASCII alone, so that offsets stay.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}

// paragraph returns the text up to an empty line, and not more than a few
// lines of it.
func paragraph(s string) string {
	s = strings.TrimLeft(s, "\n ")
	if i := strings.Index(s, "\n\n"); i >= 0 {
		s = s[:i]
	}
	lines := strings.SplitN(s, "\n", answerLines+1)
	return strings.Join(lines[:min(len(lines), answerLines)], "\n")
}

// transcript returns the first answer of a transcript in sendmail's form, all
// of its lines.
func transcript(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\n")
		if len(out) > 0 {
			rest, ok := strings.CutPrefix(line, "<<< ")
			if !ok || len(out) == answerLines {
				break
			}
			line = rest
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
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
