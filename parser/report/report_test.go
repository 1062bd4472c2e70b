package report

import (
	"strings"
	"testing"
	"time"
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

// TestReadLong reads texts made to be slow for a reader that goes back.
func TestReadLong(t *testing.T) {
	for _, piece := range []string{"mailbox ", "1 de ", "<<< 5", "<", "5.1.", ">>> ", "\n>", "Action: failed\n", "quota of your account ", "í"} {
		start := time.Now()
		readMail(t, []byte(head+"\r\n"+strings.Repeat(piece, 1<<20/len(piece))))
		readMail(t, []byte(dsn("Action: failed\r\nDiagnostic-Code: smtp; "+strings.Repeat(piece, 1<<20/len(piece)))))
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q: %v", piece, d)
		}
	}
}
