package report

import (
	"io"
	"time"

	"mentorrelay/parser/message"
)

// A Class is what a report says about the mail it reports on, by what the
// relay has to do about it.
type Class string

// The classes.
const (
	ClassGone           Class = "gone"            // no such user or host, moved, disabled
	ClassFull           Class = "full"            // mailbox full
	ClassTemporary      Class = "temporary"       // another attempt may succeed
	ClassRefusedUs      Class = "refused-us"      // our host, domain or authentication, or a policy
	ClassRefusedMessage Class = "refused-message" // its size or its content
	ClassComplaint      Class = "complaint"       // marked as spam
	ClassAutoReply      Class = "auto-reply"
	ClassDelivered      Class = "delivered"
	ClassUnknown        Class = "unknown"
)

// severity orders the classes where a report names several recipients: the
// last one is the one that asks most of the relay.
var severity = []Class{
	ClassUnknown, ClassDelivered, ClassAutoReply, ClassTemporary,
	ClassRefusedMessage, ClassRefusedUs, ClassFull, ClassGone, ClassComplaint,
}

// A Recipient is what became of a message for one recipient.
type Recipient struct {
	Original string // as the sender wrote it; may be empty
	Final    string // as the reporting server knows it; may be empty
	Class    Class
	Certain  bool   // of class gone: the codes say so, not words alone
	Failed   bool   // it was given up: nobody tries again
	Status   string // RFC 3463, or empty
	Reason   string
}

// A Report is what a message reports. Its class, status and reason are those
// of the recipient that fared worst.
//
// A mailbox should be suspended at once only on a certain gone. Words alone
// ("user unknown", in a server's prose or from a filter) are no more than a
// hint: wait for a second one.
type Report struct {
	Kind       Kind
	Class      Class
	Certain    bool   // of class gone: the codes say so, not words alone
	Failed     bool   // for this recipient it was given up: nobody tries again
	Status     string // RFC 3463, or empty
	Reason     string // a diagnostic, for the operator only: it may name the real address
	Recipient  string
	Recipients []Recipient
	Absence    Absence // of an automatic reply that tells it
}

// Read reads what the message in src reports: a delivery status notification
// (RFC 3464, RFC 6533), a bounce in a server's own words, a complaint
// (RFC 5965), a receipt (RFC 8098) or an absence. The class of anything else
// is unknown.
func Read(src io.ReaderAt, root *message.Part, envelopeSender string) Report {
	return ReadAt(src, root, envelopeSender, time.Time{})
}

// ReadAt does what Read does of a message that was received at a time: the
// dates of an absence are read relative to it where the message has no date of
// its own, or one that cannot be true.
func ReadAt(src io.ReaderAt, root *message.Part, envelopeSender string, received time.Time) Report {
	b := body{src: src, root: root, subject: fold(message.DecodeHeader(root.Header.Get("Subject")))}
	b.collect(root)
	b.text = upTo(b.text, maxProse)
	r := Report{Kind: Automatic(root.Header, envelopeSender), Class: ClassUnknown}
	if r.Kind == "" && b.absent() {
		r.Kind = AutoReply
	}
	switch {
	case b.feedback != "" || complains(b.subject, b.text):
		r.Kind = Complaint
		r.set(readFeedback(b.feedback))
	case b.disposition != "":
		r.Kind = Receipt
		r.set(readDisposition(b.disposition))
	case b.status != "":
		r.Kind = Bounce
		r.set(readStatus(&b))
	case r.Kind == AutoReply && !bounces(b.subject):
		r.Class = ClassAutoReply
		r.Absence = readAbsence(b.subject, b.text, writtenAt(root.Header.Get("Date"), received))
	case b.notification():
		if rs, kind := readNotification(b.raw); kind != "" {
			r.Kind = kind
			r.set(rs)
		}
	case r.Kind == Bounce, b.looksReturned():
		r.Kind = Bounce
		r.set(readFreeForm(&b))
	}
	return r
}

// looksReturned tells whether a message reads like a bounce, though neither its
// sender nor its form say that it is one: people write of parcels that are
// undelivered, and postmasters write letters.
func (b *body) looksReturned() bool {
	if !bounces(b.subject) && !official(b.root.Header.Get("From")) {
		return false
	}
	return fails(b.text) || replyLine(told(b.text)) != ""
}

// set takes over what became of each recipient, and the worst of it.
func (r *Report) set(recipients []Recipient) {
	r.Recipients = recipients
	for i, rcpt := range recipients {
		worse := rank(rcpt.Class) - rank(r.Class)
		if i > 0 && (worse < 0 || worse == 0 && (r.Certain || !rcpt.Certain)) {
			continue
		}
		r.Class, r.Certain, r.Failed, r.Status, r.Reason = rcpt.Class, rcpt.Certain, rcpt.Failed, rcpt.Status, rcpt.Reason
		r.Recipient = rcpt.Final
		if r.Recipient == "" {
			r.Recipient = rcpt.Original
		}
	}
}

func rank(c Class) int {
	for i, s := range severity {
		if s == c {
			return i
		}
	}
	return -1
}
