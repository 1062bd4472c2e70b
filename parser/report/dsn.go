package report

import (
	"strings"
)

// A delivery is the fields of one recipient, RFC 3464 §2.3.
type delivery struct {
	original, final, action, status, diagnostic string
	comment                                     string // of the status field
}

// readStatus reads a delivery status notification, with what the text beside
// it adds where the fields say too little.
func readStatus(b *body) []Recipient {
	text := told(b.text)
	stage, all := findStage(text), newProse(text)
	var out []Recipient
	for _, d := range deliveries(b.status) {
		said := all
		if mine := about(text, d.final); mine != "" {
			said = newProse(upTo(mine, maxDiagnostic))
		}
		out = append(out, d.judge(said, stage))
	}
	if len(out) == 0 {
		return readFreeForm(b)
	}
	return out
}

// judge decides what became of the message for a recipient; said is what the
// report tells people of it.
func (d *delivery) judge(said *prose, stage stage) Recipient {
	e := evidence{
		action:     d.action,
		diagnostic: fold(d.diagnostic),
		comment:    d.comment,
		said:       said,
		stage:      stage,
	}
	if s := findStage(e.diagnostic); s != stageUnknown {
		e.stage = s
	}
	e.read(d.status)
	v := e.verdict()
	return Recipient{
		Original: d.original, Final: d.final,
		Class: v.class, Certain: e.certain(v), Failed: e.failed(v),
		Status: e.status, Reason: explain(v.reason, d.diagnostic),
	}
}

// deliveries reads the recipients out of a delivery status part, or of a text
// that holds its fields. Groups end in an empty line, and, since not every
// server keeps to that, where a field comes back.
func deliveries(s string) []delivery {
	var out []delivery
	var d delivery
	var seen [len(deliveryFields)]bool
	flush := func() {
		if seen != [len(deliveryFields)]bool{} && (d.final != "" || d.original != "" || d.action != "") {
			out = append(out, d)
		}
		d, seen = delivery{}, [len(deliveryFields)]bool{}
	}
	for _, line := range unfolded(upTo(s, maxProse)) {
		if strings.TrimSpace(line) == "" {
			flush()
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		for i, f := range deliveryFields {
			if !strings.EqualFold(strings.TrimSpace(name), f) {
				continue
			}
			if seen[i] {
				flush()
			}
			seen[i] = true
			d.take(f, strings.TrimSpace(value))
		}
		if len(out) == maxRecipients {
			return out
		}
	}
	flush()
	return out
}

// maxRecipients is how many recipients a report is read for; ours has one.
const maxRecipients = 20

// deliveryFields are the fields that are read of each recipient.
var deliveryFields = [...]string{"Original-Recipient", "Final-Recipient", "Action", "Status", "Diagnostic-Code"}

func (d *delivery) take(name, value string) {
	switch name {
	case "Original-Recipient":
		d.original = address(value)
	case "Final-Recipient":
		d.final = address(value)
	case "Action":
		d.action = word(value)
	case "Status":
		d.status = word(value)
		if _, comment, ok := strings.Cut(value, "("); ok {
			d.comment = fold(strings.TrimSuffix(comment, ")"))
		}
	case "Diagnostic-Code":
		d.diagnostic = upTo(value, maxDiagnostic)
		if agent, rest, ok := strings.Cut(d.diagnostic, ";"); ok && !strings.ContainsAny(strings.TrimSpace(agent), " :") {
			d.diagnostic = strings.TrimSpace(rest) // without its type, RFC 3464 §2.3.6
		}
	}
}

// unfolded splits a text into lines, those that continue another joined to it
// (RFC 5322 §2.2.3).
func unfolded(s string) []string {
	var out []string
	var line strings.Builder
	for l := range strings.Lines(s) {
		l = strings.TrimRight(l, "\n")
		if strings.TrimSpace(l) != "" && (l[0] == ' ' || l[0] == '\t') && line.Len() > 0 {
			line.WriteByte(' ')
			line.WriteString(strings.TrimSpace(l))
			continue
		}
		out = append(out, line.String())
		line.Reset()
		line.WriteString(l)
	}
	return append(out, line.String())
}
