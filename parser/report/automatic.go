// Package report recognises mail that no person wrote: automatic replies,
// bounces, complaints, receipts and bulk, and reads what it reports.
package report

import (
	"strings"

	"mentorrelay/parser/message"
)

// A Kind is what sort of automatic mail a message is; a letter of a person
// has none.
type Kind string

// The kinds.
const (
	AutoReply Kind = "auto-reply"
	Bounce    Kind = "bounce"
	Complaint Kind = "complaint"
	Receipt   Kind = "receipt"
	Bulk      Kind = "bulk"
)

// A Header gives the first field of a name, unfolded, or nothing.
type Header interface{ Get(name string) string }

// Automatic classifies a message by its header and its envelope sender
// (RFC 3834 §2 and §5, RFC 3798, RFC 5965, and what mailers do in practice).
func Automatic(h Header, envelopeSender string) Kind {
	if kind := reported(h.Get("Content-Type")); kind != "" {
		return kind
	}
	subject := fold(message.DecodeHeader(h.Get("Subject")))
	null := daemon(envelopeSender) || strings.TrimSpace(h.Get("Return-Path")) == "<>"
	switch {
	case h.Get("X-Failed-Recipients") != "", fromDaemon(h.Get("From")):
		return Bounce
	case null && bounces(subject):
		return Bounce
	case null && (replies(h) || begins(subject, autoReplies) || begins(subject, absences)):
		// RFC 3834 §3.3: replies too go out with a null sender.
		return AutoReply
	case null, official(h.Get("From")) && bounces(subject):
		return Bounce
	}
	if v := word(h.Get("Auto-Submitted")); v != "" && v != "no" {
		return AutoReply
	}
	if replies(h) {
		return AutoReply
	}
	switch word(h.Get("Precedence")) {
	case "bulk", "list", "junk":
		if begins(subject, autoReplies) || begins(subject, absences) {
			return AutoReply
		}
		return Bulk
	}
	if h.Get("X-Auto-Response-Suppress") != "" || begins(subject, autoReplies) {
		return AutoReply
	}
	return ""
}

// reported is the kind of a multipart/report, RFC 6522 §3, by its report-type,
// or of a part of one that stands alone.
func reported(contentType string) Kind {
	media, params := message.ParseParams(contentType)
	kind := strings.TrimPrefix(media, "message/")
	if media == "multipart/report" {
		for _, p := range params {
			if p.Name == "report-type" {
				kind = strings.ToLower(p.Value)
			}
		}
	}
	switch kind {
	case "feedback-report":
		return Complaint
	case "disposition-notification", "global-disposition-notification":
		return Receipt
	case "delivery-status", "global-delivery-status", "multipart/report":
		return Bounce
	}
	if media == "multipart/report" {
		return Bounce
	}
	return ""
}

// replyFields are the fields that responders add; any value tells.
var replyFields = []string{
	"X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Auto-Reply-From", "X-Autoreply-From",
	"X-Vacation", "X-Mail-Autoreply", "X-AutoReply-Id", "X-FC-MachineGenerated", "X-POST-MessageClass",
}

// replies tells whether a responder has marked a message as its own.
func replies(h Header) bool {
	for _, name := range replyFields {
		if v := word(h.Get(name)); v != "" && v != "no" && v != "false" {
			return true
		}
	}
	precedence := word(h.Get("Precedence"))
	if v := word(h.Get("X-Precedence")); precedence == "" {
		precedence = v
	}
	return word(h.Get("Auto-Submitted")) == "auto-replied" ||
		precedence == "auto_reply" || precedence == "auto-reply" ||
		strings.HasPrefix(strings.ToLower(h.Get("X-Mailer")), "vacation")
}

// daemon tells whether an envelope sender is one that only programs use. The
// null reverse-path is that of every bounce (RFC 5321 §4.5.5).
func daemon(sender string) bool {
	local, _, _ := strings.Cut(strings.ToLower(strings.Trim(sender, "<> ")), "@")
	return local == "" || local == "mailer-daemon"
}

// fromDaemon tells whether the author is the program that returns mail.
func fromDaemon(from string) bool {
	lower := strings.ToLower(from)
	return strings.Contains(lower, "mailer-daemon") ||
		strings.Contains(lower, "mail delivery subsystem") ||
		strings.Contains(lower, "mail delivery system")
}

// officials are in the addresses of those who write for a mail server; a
// person may be behind them too.
var officials = []string{
	"postmaster", "no-reply", "noreply", "sysadmin", "mailer", "mail-daemon", "mdaemon", "maildelivery", "mailsystem", "delivery",
}

// official tells whether the author writes for a mail server (a postmaster,
// RFC 5321 §4.5.1, among them).
func official(from string) bool {
	lower := strings.ToLower(from)
	for _, o := range officials {
		if strings.Contains(lower, o) {
			return true
		}
	}
	return strings.TrimSpace(from) == "<>"
}

// word is the first word of a field, in lower case, without comments or
// parameters (RFC 3834 §5 allows both).
func word(value string) string {
	value = strings.TrimSpace(strings.ToLower(value))
	if i := strings.IndexAny(value, " ;(\t"); i >= 0 {
		value = value[:i]
	}
	return value
}
