package report

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

const head = "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.corp.test\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"

// dsn is a delivery status notification with these fields for its recipients.
func dsn(fields string) string {
	return head + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
		"--b\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
		"Reporting-MTA: dns; mx.corp.test\r\n\r\n" + fields + "\r\n--b--\r\n"
}

var reports = []struct {
	name, text string
	class      Class
	status     string
	recipient  string
}{
	{"failed", dsn("Final-Recipient: rfc822; ben@uni.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"), ClassGone, "5.1.1", "ben@uni.test"},
	{"the diagnostic is more precise", dsn("Final-Recipient: rfc822; ben@uni.test\r\nAction: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550-5.7.26 no DKIM\r\n 550 5.7.26 here\r\n"), ClassRefusedUs, "5.7.26", "ben@uni.test"},
	{"delayed", dsn("Final-Recipient: rfc822; ben@uni.test\r\nAction: delayed\r\nStatus: 4.0.0\r\n"), ClassTemporary, "4.0.0", "ben@uni.test"},
	{"relayed", dsn("Final-Recipient: rfc822; ben@uni.test\r\nAction: relayed\r\nStatus: 2.0.0\r\n"), ClassDelivered, "2.0.0", "ben@uni.test"},
	{"the worst of several", dsn("Final-Recipient: rfc822; a@uni.test\r\nAction: delivered\r\nStatus: 2.1.5\r\n\r\nFinal-Recipient: rfc822; b@uni.test\r\nAction: failed\r\nStatus: 5.2.2\r\n"), ClassFull, "5.2.2", "b@uni.test"},
	{"UTF-8", dsn("Final-Recipient: utf-8; jürg@uni.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"), ClassGone, "5.1.1", "jürg@uni.test"},
	{"Status alone", dsn("Final-Recipient: rfc822; ben@uni.test\r\nAction: failed\r\nStatus: 5.3.4\r\n"), ClassRefusedMessage, "5.3.4", "ben@uni.test"},
	{"qmail", head + "\r\nHi.\r\n\r\n<ben@uni.test>:\r\n192.0.2.1 does not like recipient.\r\nRemote host said: 552 5.2.2 Over quota\r\nGiving up on 192.0.2.1.\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nSubject: no such user\r\n", ClassFull, "5.2.2", "ben@uni.test"},
	{"in French", head + "\r\n<ben@uni.test>: 550 Destinataire inconnu\r\n", ClassGone, "", "ben@uni.test"},
	{"in German", head + "\r\nben@uni.test: Das Postfach ist voll.\r\n", ClassFull, "", "ben@uni.test"},
	{"refused once the message has come", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 User unknown (in reply to end of DATA command)\r\n", ClassRefusedUs, "", "ben@uni.test"},
	{"complaint", "From: fbl@uni.test\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\r\nHi.\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\nOriginal-Rcpt-To: <ben@uni.test>\r\n\r\n--b--\r\n", ClassComplaint, "", "ben@uni.test"},
	{"receipt", "From: ben@uni.test\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n--b\r\n\r\nRead.\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; ben@uni.test\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--b--\r\n", ClassDelivered, "", "ben@uni.test"},
	{"absence", "Return-Path: <>\r\nFrom: ben@uni.test\r\nSubject: Automatic reply: hello\r\n\r\nThe mailbox is full of joy.\r\n", ClassAutoReply, "", ""},
	{"a letter about parcels", "Return-Path: <ben@uni.test>\r\nFrom: ben@uni.test\r\nSubject: Undelivered parcels\r\n\r\nThe address was unknown to the postman.\r\n", ClassUnknown, "", ""},
	{"a letter", "Return-Path: <ben@uni.test>\r\nFrom: ben@uni.test\r\nSubject: Re: absence\r\n\r\nThe user unknown to us wrote that his mailbox is full.\r\n", ClassUnknown, "", ""},
}

func TestRead(t *testing.T) {
	for _, c := range reports {
		got := readMail(t, []byte(c.text))
		if got.Class != c.class || got.Status != c.status || got.Recipient != c.recipient {
			t.Errorf("%s: %s %s %s (%s), want %s %s %s", c.name, got.Class, got.Status, got.Recipient, got.Reason, c.class, c.status, c.recipient)
		}
	}
}

// counter counts the octets that are read of a message.
type counter struct {
	io.ReaderAt
	n int
}

func (c *counter) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	c.n += n
	return n, err
}

// TestReadLong reads texts made to be slow for a reader that goes back: what is
// looked at does not grow with them beyond a bound, nor does what is found.
func TestReadLong(t *testing.T) {
	for _, piece := range pieces {
		var octets [2]int
		var found [2]int
		for i, size := range []int{1 << 20, 2 << 20} {
			raw := []byte(head + "\r\n" + strings.Repeat(piece, size/len(piece)))
			root, err := message.Scan(bytes.NewReader(raw), int64(len(raw)), message.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			src := &counter{ReaderAt: bytes.NewReader(raw)}
			r := Read(src, root, "<>")
			octets[i], found[i] = src.n, len(r.Recipients)
			if len(r.Reason) > 2*maxReason {
				t.Errorf("%q: a reason of %d octets", piece, len(r.Reason))
			}
		}
		if octets[1] > octets[0] || octets[0] > 2*maxText || found[1] > maxRecipients {
			t.Errorf("%q: read %d and %d octets, found %d", piece, octets[0], octets[1], found[1])
		}
	}
}

// TestCertain tells what codes say from what words alone say. Only the first
// may suspend a person's mail at once.
func TestCertain(t *testing.T) {
	const addr = "Final-Recipient: rfc822; ben@uni.test\r\nAction: failed\r\n"
	for _, c := range []struct {
		name, text string
		class      Class
		certain    bool
	}{
		{"a status for the address", dsn(addr + "Status: 5.1.1\r\n"), ClassGone, true},
		{"a status for the domain", dsn(addr + "Status: 5.1.2\r\n"), ClassGone, true},
		{"a domain without mail", dsn(addr + "Status: 5.1.10\r\nDiagnostic-Code: smtp; 556 5.1.10 Null MX\r\n"), ClassGone, true},
		{"moved", dsn(addr + "Status: 5.1.6\r\n"), ClassGone, true},
		{"disabled", dsn(addr + "Status: 5.2.1\r\nDiagnostic-Code: smtp; 550 5.2.1 This account is disabled\r\n"), ClassGone, true},
		{"the status in the words", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 5.1.1 User unknown (in reply to RCPT TO command)\r\n", ClassGone, true},
		{"a refused RCPT", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 User unknown (in reply to RCPT TO command)\r\n", ClassGone, true},
		{"words alone", dsn(addr + "Status: 5.0.0\r\nDiagnostic-Code: smtp; 550 User unknown\r\n"), ClassGone, false},
		{"prose alone", head + "\r\nSorry, there is no such user here: ben@uni.test\r\n", ClassGone, false},
		{"prose in French", head + "\r\n<ben@uni.test>: destinataire inconnu\r\n", ClassGone, false},
		{"a status that may pass", dsn(addr + "Status: 4.1.1\r\nDiagnostic-Code: smtp; 450 4.1.1 User unknown\r\n"), ClassGone, false},
		{"words that say else", dsn(addr + "Status: 5.1.1\r\nDiagnostic-Code: smtp; 552 5.1.1 Mailbox over quota\r\n"), ClassFull, false},
		{"still trying", dsn("Final-Recipient: rfc822; ben@uni.test\r\nAction: delayed\r\nStatus: 4.1.1\r\nDiagnostic-Code: smtp; 450 User unknown\r\n"), ClassTemporary, false},
		{"a policy in such words", dsn(addr + "Status: 5.7.1\r\nDiagnostic-Code: smtp; 550 5.7.1 User unknown\r\n"), ClassRefusedUs, false},
		{"a policy for the recipient", dsn(addr + "Status: 5.7.1\r\nDiagnostic-Code: smtp; 550 5.7.1 ben@uni.test: delivery not allowed\r\n"), ClassRefusedUs, false},
		{"our address, in such words", dsn(addr + "Status: 5.7.606\r\nDiagnostic-Code: smtp; 550 5.7.606 Access denied, banned sending IP; user unknown\r\n"), ClassRefusedUs, false},
		{"our sender is unknown", dsn(addr + "Status: 5.1.0\r\nDiagnostic-Code: smtp; 550 5.1.0 Sender rejected: unknown user\r\n"), ClassRefusedUs, false},
		{"our domain is unknown", dsn(addr + "Status: 5.1.8\r\n"), ClassRefusedUs, false},
		{"MAIL refused", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 User unknown (in reply to MAIL FROM command)\r\n", ClassRefusedUs, false},
		{"a sentence in no table of phrases", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 Dieses Konto wurde gelöscht (in reply to RCPT TO command)\r\n", ClassGone, false},
		{"a code alone", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 xyzzy (in reply to RCPT TO command)\r\n", ClassGone, false},
		{"looked up after the data", head + "\r\n<ben@uni.test>: host mx.uni.test said: 552 1 Requested mail action aborted, mailbox not found (in reply to end of DATA command)\r\n", ClassGone, false},
		{"our account", dsn(addr + "Status: 5.7.1\r\nDiagnostic-Code: smtp; 550 5.7.1 Your account was suspended for abuse\r\n"), ClassRefusedUs, false},
		{"the data refused", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 User unknown (in reply to end of DATA command)\r\n", ClassRefusedUs, false},
		{"on a block list", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 Mailbox unavailable. Your IP address 192.0.2.7 is blacklisted (in reply to RCPT TO command)\r\n", ClassRefusedUs, false},
		{"DMARC", head + "\r\n<ben@uni.test>: host mx.uni.test said: 550 5.7.1 no such user accepts unauthenticated mail, see DMARC (in reply to end of DATA command)\r\n", ClassRefusedUs, false},
		{"only from some", head + "\r\n<ben@uni.test>: the recipient is only accepting mail from known addresses\r\n", ClassRefusedUs, false},
		{"the subject is the author's", head + "\r\nYour message could not be delivered.\r\n\r\n  To: ben@uni.test\r\n  Betreff: User unknown, mailbox full\r\n", ClassTemporary, false},
		{"no answer", head + "\r\nThe computer of ben@uni.test does not have a mail system running right now: could not be delivered.\r\n", ClassTemporary, false},
		{"no reason", head + "\r\nYour mail to ben@uni.test could not be delivered.\r\n", ClassTemporary, false},
		{"the returned message is not the server's", head + "\r\nYour mail could not be delivered.\r\n\r\n--- Original message ---\r\n\r\nuser unknown, 550 5.1.1\r\n", ClassTemporary, false},
	} {
		got := readMail(t, []byte(c.text))
		if got.Class != c.class || got.Certain != c.certain {
			t.Errorf("%s: %s, certain %v, want %s, %v: %s %s", c.name, got.Class, got.Certain, c.class, c.certain, got.Status, got.Reason)
		}
	}
}
