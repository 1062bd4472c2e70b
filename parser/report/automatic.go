// Package report recognises mail that no person wrote: automatic replies,
// bounces, complaints, receipts and bulk.
package report

import "strings"

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
	contentType := strings.ToLower(h.Get("Content-Type"))
	if strings.HasPrefix(contentType, "multipart/report") {
		switch {
		case strings.Contains(contentType, "feedback-report"):
			return Complaint
		case strings.Contains(contentType, "disposition-notification"):
			return Receipt
		}
		return Bounce
	}
	if daemon(envelopeSender) {
		return Bounce
	}
	if v := word(h.Get("Auto-Submitted")); v != "" && v != "no" {
		return AutoReply
	}
	switch word(h.Get("Precedence")) {
	case "bulk", "list", "junk":
		return Bulk
	}
	if h.Get("X-Auto-Response-Suppress") != "" || h.Get("X-Autoreply") != "" || h.Get("X-Autorespond") != "" {
		return AutoReply
	}
	return ""
}

// daemon tells whether an envelope sender is one that only programs use. The
// null reverse-path is that of every bounce (RFC 5321 §4.5.5).
func daemon(sender string) bool {
	local, _, _ := strings.Cut(strings.ToLower(sender), "@")
	return sender == "" || sender == "<>" || local == "mailer-daemon"
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
