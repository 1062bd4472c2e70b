package report

import (
	"strings"
	"testing"
)

// A said is what the servers of the table report: the command that was
// refused, and the answer to it. Without an answer the host was not reached,
// and text says why.
type said struct {
	stage        stage
	code, status string
	text         string
}

// answer is the reply in one line, as RFC 5321 §4.2 and RFC 2034 have it.
func (s said) answer() string {
	return strings.TrimSpace(strings.Join(strings.Fields(s.code+" "+s.status+" "+s.text), " "))
}

// command is the command that was refused.
func (s said) command() string {
	switch s.stage {
	case stageMail:
		return "MAIL FROM:<b@relay.test>"
	case stageData:
		return "DATA"
	}
	return "RCPT TO:<ben@uni.test>"
}

// failing is the status of a report on it, in its field.
func (s said) failing() string {
	switch {
	case s.status != "":
		return s.status
	case strings.HasPrefix(s.code, "4"), s.code == "":
		return "4.0.0"
	}
	return "5.0.0"
}

// byServer writes what servers send back, each in its own form.
var byServer = []struct {
	name  string
	write func(s said) string
}{
	{"Postfix", func(s said) string {
		text := "host mx.uni.test[192.0.2.9] said: " + s.answer() + "\n    (in reply to " + s.command()[:4] + " command)"
		diagnostic := "smtp; " + s.answer()
		if s.code == "" {
			text = s.text
			diagnostic = "X-Postfix; " + s.text
		}
		return report("Undelivered Mail Returned to Sender", "This is the mail system at host mx.corp.test.\n\nYour mail to one or more people did not get through; it is\nattached below.\n\n                   The mail system\n\n<ben@uni.test>: "+text,
			"Final-Recipient: rfc822; ben@uni.test\nOriginal-Recipient: rfc822;ben@uni.test\nAction: failed\nStatus: "+s.failing()+"\nRemote-MTA: dns; mx.uni.test\nDiagnostic-Code: "+diagnostic)
	}},
	{"Exim", func(s said) string {
		text := "host mx.uni.test [192.0.2.9]\n    SMTP error from remote mail server after " + eximStage(s) + ":\n    " + s.answer()
		if s.code == "" {
			text = s.text
		}
		return "Return-Path: <>\nX-Failed-Recipients: ben@uni.test\nAuto-Submitted: auto-replied\nFrom: Mail Delivery System <Mailer-Daemon@mx.corp.test>\nTo: b@relay.test\nSubject: Mail delivery failed: returning message to sender\n\n" +
			"Software made this message by itself.\n\nWhat you sent could not be delivered to all of those it was for.\nThis error is permanent. The address that failed:\n\n  ben@uni.test\n    " + text + "\n\n" + returned("------ This is a copy of your message, including all the headers. ------")
	}},
	{"sendmail", func(s said) string {
		talk := "... while talking to mx.uni.test.:\n>>> " + s.command() + "\n<<< " + s.answer() + "\n550 5.1.1 <ben@uni.test>... Not delivered\n"
		if s.code == "" {
			talk = "<ben@uni.test>... Deferred: " + s.text + "\n"
		}
		return report("Returned mail: see transcript for details", "The original message was received at Mon, 29 Jun 2026 10:00:00 +0200\nfrom relay.test [192.0.2.7]\n\n   ----- The following addresses had permanent fatal errors -----\n<ben@uni.test>\n    (reason: "+s.answer()+")\n\n   ----- Transcript of session follows -----\n"+talk,
			"Final-Recipient: RFC822; ben@uni.test\nAction: failed\nStatus: "+s.failing()+"\nRemote-MTA: DNS; mx.uni.test\nDiagnostic-Code: SMTP; "+s.answer()+"\nLast-Attempt-Date: Mon, 29 Jun 2026 10:00:02 +0200")
	}},
	{"qmail", func(s said) string {
		text := "Connected to 192.0.2.9 but " + map[stage]string{stageMail: "sender was rejected.", stageRcpt: "192.0.2.9 does not like recipient.", stageData: "192.0.2.9 failed after I sent the message."}[s.stage] +
			"\nRemote host said: " + s.answer() + "\nGiving up on 192.0.2.9."
		if s.code == "" {
			text = "Sorry, " + s.text
		}
		return plainMail("MAILER-DAEMON@mx.corp.test", "failure notice", "Hi. This is the qmail-send program at mx.corp.test.\nI was not able to deliver your message to these addresses,\nand I have given up on it.\n\n<ben@uni.test>:\n"+text+"\n\n"+returned("--- Below this line is a copy of the message."))
	}},
	{"OpenSMTPD", func(s said) string {
		return plainMail("Mailer Daemon <MAILER-DAEMON@mx.corp.test>", "Delivery status notification: error", "    Hi!\n\n    Here is the MAILER-DAEMON: no need to REPLY to this e-mail.\n\n    A message could not be handed on to some\n    of those it was for:\n\nben@uni.test: "+s.answer()+"\n\n"+returned("    Below is a copy of the original message:"))
	}},
	{"Office 365", func(s said) string {
		remote := "Remote Server returned '" + s.answer() + "'"
		if s.code == "" {
			remote = "Remote Server returned '550 4.4.7 QUEUE.Expired; message expired'\n" + s.text
			s = said{s.stage, "550", "4.4.7", "QUEUE.Expired; message expired"}
		}
		return report("Undeliverable: chapter two", "Delivery has failed to these recipients or groups:\n\nben@uni.test<mailto:ben@uni.test>\nSomething went wrong with your message. The one who looks after e-mail\nthere can see more below.\n\nDiagnostic information for administrators:\n\nGenerating server: DB9PR01MB0001.prod.example\n\nben@uni.test\n"+remote+"\n\nOriginal message headers:\n\nReceived: from DB9PR01MB0002.prod.example",
			"Final-Recipient: rfc822;ben@uni.test\nAction: failed\nStatus: "+s.failing()+"\nDiagnostic-Code: smtp;"+s.answer()+"\nX-Display-Name: Ben")
	}},
	{"Exchange 2003", func(s said) string {
		code := "#" + s.failing() + " smtp;" + s.answer()
		return plainMail("System Administrator <postmaster@corp.test>", "Undeliverable: chapter two", "Your message\n\n  To:      ben@uni.test\n  Subject: chapter two\n  Sent:    Mon, 29 Jun 2026 10:00:00 +0200\n\ndid not reach the following recipient(s):\n\nben@uni.test on Mon, 29 Jun 2026 10:00:02 +0200\n    The e-mail system of those who should get it has answered:\n    <mx.uni.test "+code+">\n")
	}},
	{"Gmail", func(s said) string {
		text := "The response from the remote server was:\n" + s.answer()
		if s.code == "" {
			text = "The response was:\n" + s.text
		}
		return report("Delivery Status Notification (Failure)", "** Message not delivered **\n\nYour message to ben@uni.test did not go through. See the details\nbelow.\n\n"+text,
			"Final-Recipient: rfc822; ben@uni.test\nAction: failed\nStatus: "+s.failing()+"\nRemote-MTA: dns; mx.uni.test. (192.0.2.9, the server for the domain uni.test.)\nDiagnostic-Code: smtp; "+s.answer()+"\nLast-Attempt-Date: Mon, 29 Jun 2026 01:00:02 -0700 (PDT)")
	}},
	{"Gmail of old", func(s said) string {
		state := map[stage]string{stageMail: "13", stageRcpt: "14", stageData: "18"}[s.stage]
		text := "Google tried to hand it over, but the server for the domain uni.test\ndid not take it. The error that the other server returned was:\n" + s.code + " " + s.answer() + " (state " + state + ")."
		if s.code == "" {
			text = "Technical details of the failure:\n" + s.text
		}
		return plainMail("Mail Delivery Subsystem <mailer-daemon@googlemail.test>", "Delivery Status Notification (Failure)", "Delivery to the following recipient failed permanently:\n\n     ben@uni.test\n\n"+text+"\n\n"+returned("----- Original message -----"))
	}},
	{"Amazon SES", func(s said) string {
		return report("Delivery Status Notification (Failure)", "Delivering the mail to these recipients ended in an error:\nben@uni.test",
			"Action: failed\nFinal-Recipient: rfc822; ben@uni.test\nDiagnostic-Code: smtp; "+s.answer()+"\nStatus: "+s.failing())
	}},
	{"Amazon SNS", func(s said) string {
		return plainMail("AWS Notifications <no-reply@sns.example>", "AWS Notification Message", `{"notificationType":"Bounce","bounce":{"bounceType":"Undetermined","bouncedRecipients":[{"emailAddress":"ben@uni.test","action":"failed","status":"`+s.failing()+`","diagnosticCode":"smtp; `+strings.ReplaceAll(s.answer(), `"`, `\"`)+`"}]}}`)
	}},
	{"Yahoo", func(s said) string {
		return plainMail("MAILER-DAEMON@yahoo.test", "Failure Notice", "Sorry, your message could not be delivered to this address.\n\n<ben@uni.test>:\n"+s.code+": "+strings.TrimPrefix(s.answer(), s.code+" ")+"\n\n"+returned("--- Below this line is a copy of the message."))
	}},
	{"Zoho", func(s said) string {
		return plainMail("mailer-daemon@mail.zoho.test", "Undelivered Mail Returned to Sender", "Mail software has made this message by itself.\n Yours could not be delivered to one or more people. This is a permanent error.\n\nben@uni.test, ERROR CODE :"+s.code+" - "+strings.TrimPrefix(s.answer(), s.code+" ")+"\n\n"+returned("Received:from mail.zoho.test by mx.zohomail.test"))
	}},
	{"Courier", func(s said) string {
		return report("NOTICE: mail delivery status.", "Here is a delivery status notification from mx.corp.test,\nrunning the Courier mail server.\n\nThe original message was received on Mon, 29 Jun 2026 10:00:00 +0200\n\n---------------------------------------------------------------------------\n\n                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<ben@uni.test>:\n    mx.uni.test [192.0.2.9]:\n>>> "+s.command()+"\n<<< "+s.answer(),
			"Final-Recipient: rfc822; ben@uni.test\nAction: failed\nStatus: "+s.failing()[:2]+"0.0\nRemote-MTA: dns; mx.uni.test [192.0.2.9]\nDiagnostic-Code: smtp; "+s.answer())
	}},
	{"Domino", func(s said) string {
		return report("DELIVERY FAILURE: "+s.answer(), "Your message\n\n  Subject: chapter two\n\nwas not delivered to:\n\n  ben@uni.test\n\nbecause:\n\n  "+s.answer(),
			"Final-Recipient: rfc822;ben@uni.test\nAction: failed\nStatus: "+s.failing()[:2]+"0.0\nDiagnostic-Code: X-Notes; "+s.answer())
	}},
	{"GMX", func(s said) string {
		text := "SMTP error from remote server for " + strings.SplitN(s.command(), ":", 2)[0] + " command, host: mx.uni.test (192.0.2.9) reason: " + s.answer()
		if s.code == "" {
			text = s.text
		}
		return plainMail("\"GMX Mailer Daemon\" <mailer-daemon@gmx.test>", "Mail delivery failed: returning message to sender", "Software made this message by itself.\n\nWhat you sent could not be delivered to all of those it was for.\nThis error is permanent. The address that failed:\n\nben@uni.test:\n"+text+"\n\n"+returned("--- The header of the original message is following. ---"))
	}},
	{"MDaemon", func(s said) string {
		return plainMail("MDaemon at mx.corp.test <MDaemon@mx.corp.test>", "Permanent Delivery Failure", "The attached message had PERMANENT fatal delivery errors!\n\nTranscript of session follows.\n\nFailed address: ben@uni.test\n\n--- Session Transcript ---\n 10:00:01 --> "+s.command()+"\n 10:00:01 <-- "+s.answer()+"\n 10:00:01 --> QUIT\n--- End Transcript ---\n")
	}},
	{"hMailServer", func(s said) string {
		return plainMail("mailer-daemon@mx.corp.test", "Message undeliverable: chapter two", "Your message did not get to those it was for.\n\nYour message\n   Subject: chapter two\n   Sent: Mon, 29 Jun 2026 10:00:00 +0200\n\nThe following recipient(s) could not be reached:\n\nben@uni.test\n   Error Type: SMTP\n   Remote server (192.0.2.9) issued an error.\n   hMailServer sent: "+s.command()+"\n   Remote server replied: "+s.answer()+"\n\nhMailServer\n")
	}},
	{"chasquid", func(s said) string {
		return report("Mail delivery failed: returning message to sender", "Delivery of your message to the following recipient(s) failed permanently:\n\n  - ben@uni.test\n\n\nTechnical details:\n- \"ben@uni.test\" (EMAIL) failed permanently with error:\n    "+strings.SplitN(s.command(), ":", 2)[0]+" "+s.answer(),
			"Original-Recipient: utf-8; ben@uni.test\nFinal-Recipient: utf-8; ben@uni.test\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; "+strings.SplitN(s.command(), ":", 2)[0]+" "+s.answer())
	}},
	{"Haraka", func(s said) string {
		return report("Failure notice: chapter two", "Hi. This is the mailer of mx.corp.test.\nYour message did not get to these addresses, and I have given up:\n\n<ben@uni.test>: "+s.answer(),
			"Original-Recipient: rfc822;ben@uni.test\nFinal-Recipient: rfc822;ben@uni.test\nAction: failed\nStatus: "+s.failing()+"\nRemote-MTA: mx.uni.test\nDiagnostic-Code: smtp; "+s.answer())
	}},
	{"IronPort", func(s said) string {
		why := "5.3.0 - Other mail system problem " + s.code + "-'" + strings.TrimPrefix(s.answer(), s.code+" ") + "'"
		switch {
		case s.code == "":
			why = "5.4.7 - Delivery expired (message too old) '" + s.text + "'"
		case strings.HasPrefix(s.code, "4"):
			why = "4.3.2 - Not accepting messages at this time " + s.code + "-'" + strings.TrimPrefix(s.answer(), s.code+" ") + "'"
		case s.stage == stageRcpt:
			why = "5.1.0 - Unknown address error " + s.code + "-'" + strings.TrimPrefix(s.answer(), s.code+" ") + "'"
		}
		return plainMail("Mail Delivery System <MAILER-DAEMON@esa.corp.test>", "Delivery Status Notification (Failure)", "The following message to <ben@uni.test> was undeliverable.\nThe reason for the problem:\n"+why+"\n")
	}},
	{"a provider in French", func(s said) string {
		return plainMail("Mail Delivery System <mailer-daemon@courriel.test>", "Échec de la remise de votre message", "Bonjour,\n\nVotre message à ben@uni.test n'a pas pu être remis à son destinataire.\n\nRéponse du serveur mx.uni.test :\n"+s.answer()+"\n\n"+returned("----- Message d'origine -----"))
	}},
	{"a provider in German", func(s said) string {
		return plainMail("Postmaster <postmaster@post.test>", "Unzustellbar: Kapitel zwei", "Guten Tag,\n\nIhre Nachricht an ben@uni.test konnte nicht zugestellt werden.\nDer Server mx.uni.test hat geantwortet:\n\n"+s.answer()+"\n\n"+returned("----- Ursprüngliche Nachricht -----"))
	}},
}

func eximStage(s said) string {
	switch s.stage {
	case stageMail:
		return "MAIL FROM:<b@relay.test> SIZE=2310"
	case stageData:
		return "end of data"
	}
	return "RCPT TO:<ben@uni.test>"
}

// returned is a message sent back, whose own words must not decide.
func returned(mark string) string {
	return mark + "\n\nFrom: Ada <b@relay.test>\nTo: ben@uni.test\nSubject: mailbox full, user unknown\n\nDear Ben, the virus of the story is too large.\n"
}

func plainMail(from, subject, body string) string {
	return "Return-Path: <>\nFrom: " + from + "\nTo: b@relay.test\nSubject: " + subject + "\nContent-Type: text/plain; charset=utf-8\n\n" + body
}

// report is a multipart/report with a text and the fields of a recipient.
func report(subject, text, fields string) string {
	return "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.corp.test>\nTo: b@relay.test\nSubject: " + subject + "\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
		"--b\nContent-Type: text/plain; charset=utf-8\n\n" + text + "\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.corp.test\n\n" + fields +
		"\n\n--b\nContent-Type: text/rfc822-headers\n\nFrom: Ada <b@relay.test>\nSubject: mailbox full, user unknown\n\n--b--\n"
}

// TestServers reads what each server writes of each answer.
func TestServers(t *testing.T) {
	for _, server := range byServer {
		for _, a := range answered {
			got := readMail(t, []byte(strings.ReplaceAll(server.write(a.said), "\n", "\r\n")))
			if got.Class != a.want {
				t.Errorf("%s, %s: %s (%s %s), want %s", server.name, a.answer(), got.Class, got.Status, got.Reason, a.want)
			}
			if got.Kind != Bounce {
				t.Errorf("%s, %s: kind %q", server.name, a.answer(), got.Kind)
			}
			if got.Certain && a.want != ClassGone {
				t.Errorf("%s, %s: certain", server.name, a.answer())
			}
		}
	}
}
