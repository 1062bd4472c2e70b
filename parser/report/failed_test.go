package report

import (
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

// TestFailed tells what was given up from what is still tried.
func TestFailed(t *testing.T) {
	dsn := func(action, status string) string {
		return "From: MAILER-DAEMON@mx.test\nSubject: Report\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
			"--b\n\nText.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; a@x.test\nAction: " +
			action + "\nStatus: " + status + "\n\n--b--\n"
	}
	free := func(subject, text string) string {
		return "From: MAILER-DAEMON@mx.test\nSubject: " + subject + "\n\n" + text + "\n"
	}
	for _, c := range []struct {
		name, raw string
		want      bool
	}{
		{"failed", dsn("failed", "5.1.1"), true},
		{"failed, for a temporary cause", dsn("failed", "4.4.7"), true},
		{"failed, without a reason", dsn("failed", "5.0.0"), true},
		{"delayed", dsn("delayed", "4.4.1"), false},
		{"delivered", dsn("delivered", "2.0.0"), false},
		{"relayed", dsn("relayed", "2.0.0"), false},
		{"in words", free("Undelivered mail", "Your message could not be delivered.\n\n<a@x.test>: 550 User unknown"), true},
		{"in words, a warning", free("Delayed mail (still being retried)", "Your message could not be delivered for 4 hours.\nIt will be retried until it is 5 days old.\n\n<a@x.test>: connection timed out"), false},
		{"in words, in French", free("Message non remis", "Votre message n'a pas pu être remis.\n\n<a@x.test>: 552 boîte pleine"), true},
	} {
		raw := strings.ReplaceAll(c.raw, "\n", "\r\n")
		root, err := message.Scan(strings.NewReader(raw), int64(len(raw)), message.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if r := Read(strings.NewReader(raw), root, ""); r.Failed != c.want {
			t.Errorf("%s: failed %v, class %s", c.name, r.Failed, r.Class)
		}
	}
}

// TestClassify reads the answers of servers.
func TestClassify(t *testing.T) {
	for _, c := range []struct {
		codes, reply string
		class        Class
		certain      bool
	}{
		{"550 5.1.1", "5.1.1 <a@x.test>: Recipient address rejected: User unknown", ClassGone, true},
		{"552 5.2.2", "5.2.2 Mailbox full", ClassFull, false},
		{"550 5.7.1", "5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.example", ClassRefusedUs, false},
		{"552 5.3.4", "5.3.4 Message size exceeds fixed limit", ClassRefusedMessage, false},
		{"451 4.3.0", "4.3.0 Try again later", ClassTemporary, false},
		{"421 4.4.2", "", ClassTemporary, false},
		{"554 5.0.0", "no", ClassTemporary, false},
	} {
		if class, certain := Classify(c.codes, c.reply); class != c.class || certain != c.certain {
			t.Errorf("%s %s: %s, certain %v", c.codes, c.reply, class, certain)
		}
	}
}
