package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// nestedVectors put a letter, or what is left of one, inside the letter.
func nestedVectors() []*Vector {
	return slices.Concat(
		mixed("nested", nestedRows),
		mixed("nested/depth", []row{{"3", deep(3)}, {"8", deep(8)}}),
		whole("nested", wholeNestedRows),
		optional(whole("nested", []row{
			{"partial", "Content-Type: message/partial; id=\"{{token}}@{{host}}\"; number=1; total=2\n\nFrom: {{from}}\nSubject: x {{marker}}\n\n{{from}}\n"},
			{"report", "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n{{from}} was not reached by {{host}}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; {{host}}\nArrival-Date: Sun, 22 Nov 2026 10:00:00 {{zone}}\n\nFinal-Recipient: rfc822; {{from}}\nRemote-MTA: dns; {{host}}\n--b\nContent-Type: text/rfc822-headers\n\nReceived: from {{host}} [{{ip}}]\nFrom: {{from}}\n--b--\n"},
		})),
	)
}

// innerLetter is a letter of the sender's own with all its traces.
const innerLetter = `Return-Path: <{{tagged}}>
Received: from {{host}} ([{{ip}}]) by {{host}}; Sun, 22 Nov 2026 10:00:00 {{zone}}
Delivered-To: {{tagged}}
X-Originating-IP: {{ip}}
User-Agent: {{token}}
DKIM-Signature: d={{host}}; s={{token}}; b={{token}}
Autocrypt: addr={{tagged}}; keydata={{token}}
From: Alice <{{from}}>
Reply-To: {{tagged}}
Sender: {{tagged}}
To: Alice <{{tagged}}>, {{tagged}}
Cc: "{{from}}" <{{from}}>
Date: Sun, 22 Nov 2026 10:00:00 {{zone}}
Subject: to {{from | qword}} {{keep}}
Message-ID: <{{token}}@{{host}}>
In-Reply-To: <{{token}}@{{host}}>
References: <{{token}}@{{host}}>
X-{{token}}: 1
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8; name={{from}}

{{keep}} {{from}} {{keep}}
`

var nestedRows = []row{
	{"letter", "Content-Type: message/rfc822\n\n" + innerLetter},
	{"letter as attachment", "Content-Type: message/rfc822; name=\"{{from}}.eml\"\nContent-Disposition: attachment; filename=\"{{from}}.eml\"\nContent-Description: {{from}}\n\n" + innerLetter},
	{"base64", "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{{inner `" + innerLetter + "` | base64}}"},
	{"quoted-printable", "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n{{inner `" + innerLetter + "` | quoted}}"},
	{"global", "Content-Type: message/global\n\n" + innerLetter},
	{"news", "Content-Type: message/news\n\n" + innerLetter},
	{"headers", "Content-Type: text/rfc822-headers\n\n" + innerHeader},
	{"headers in base64", "Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n{{inner `" + innerHeader + "` | base64}}"},
	{"status", "Content-Type: message/delivery-status\n\n" + statusFields},
	{"status in base64", "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n{{inner `" + statusFields + "` | base64}}"},
	{"disposition", "Content-Type: message/disposition-notification\n\nReporting-UA: {{host}}; Mail {{token}}\nMDN-Gateway: dns;{{host}}\nOriginal-Recipient: rfc822;{{from}}\nFinal-Recipient: rfc822;{{from}}\nOriginal-Message-ID: <{{token}}@{{host}}>\nDisposition: manual-action/MDN-sent-manually; displayed\n"},
	{"feedback", "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: {{token}}\nOriginal-Mail-From: <{{from}}>\nOriginal-Rcpt-To: {{tagged}}\nReceived-Date: Sun, 22 Nov 2026 10:00:00 {{zone}}\nSource-IP: {{ip}}\nReporting-MTA: dns; {{host}}\n"},
	{"external body", "Content-Type: message/external-body; access-type=mail-server; server=\"{{from}}\"; site=\"{{host}}\"; directory=\"{{token}}\"; name=\"{{from}}\"; subject=\"{{token}}\"\n\nContent-Type: text/plain\nContent-ID: <{{token}}@{{host}}>\n\n{{from}}\n"},
	{"http", "Content-Type: message/http\n\nGET / HTTP/1.1\nFrom: {{from}}\n\n{{keep}}\n"},
	{"sip", "Content-Type: message/sip\n\nINVITE sip:x\nFrom: {{from}}\n\n{{keep}}\n"},
	{"unparsable letter", "Content-Type: message/rfc822\n\nno header at all {{from}}\n"},
	{"mbox letter", "Content-Type: message/rfc822\n\nFrom {{tagged}} Sun Nov 22 10:00:00 2026\nX-Mailer: {{token}}\nSubject: {{from}}\n\n{{keep}} {{from}}\n"},
	{"encoded address fields", "Content-Type: message/rfc822\n\nFrom: {{from | qword}} <{{from}}>\nTo: x: {{from}}, \"a {{from}}\" <{{tagged}}>;\nCc: {{from | replace \"@\" \"(work)@\"}}, {{from | local}} @ {{from | after \"@\"}}, <@x.example:{{from}}>\nSubject: x\n\n{{keep}}\n"},
}

const innerHeader = "Received: from {{host}} ([{{ip}}])\nX-Mailer: {{token}}\nFrom: {{from}}\nSubject: {{from | bword}}\nMessage-ID: <{{token}}@{{host}}>\n"

const statusFields = `Original-Envelope-Id: {{token}}
Reporting-MTA: dns; {{host}}
DSN-Gateway: dns; {{host}}
Received-From-MTA: dns; {{host}} ({{ip}})
Arrival-Date: Sun, 22 Nov 2026 10:00:00 {{zone}}
X-Postfix-Sender: rfc822; {{tagged}}
X-Postfix-Queue-ID: {{token}}

Original-Recipient: rfc822;{{from}}
Final-Recipient: rfc822; {{from}}
Action: failed
Status: 5.1.1
Remote-MTA: dns; {{host}}
Diagnostic-Code: smtp; 550 no such user <{{from}}>
Last-Attempt-Date: Sun, 22 Nov 2026 10:00:00 {{zone}}
Final-Log-ID: {{token}}
`

var wholeNestedRows = []row{
	{"as the letter", "Content-Type: message/rfc822\n\n" + innerLetter},
	{"digest", "Content-Type: multipart/digest; boundary=b\n\n--b\n\n" + innerLetter + "--b\nContent-Type: message/rfc822\n\n" + innerLetter + "--b--\n"},
	{"in an alternative", "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n{{keep}}\n--b\nContent-Type: message/rfc822\n\n" + innerLetter + "--b--\n"},
	{"many parts", "Content-Type: multipart/mixed; boundary=b\n\n{{range numbers 60}}--b\n\n{{tagged \"one of many parts\"}} {{keep}}\n{{end}}--b--\n"},
	{"nested multiparts", nestedMultiparts(6)},
}

// deep is a letter in a letter in a letter.
func deep(levels int) string {
	var b strings.Builder
	b.WriteString("Content-Type: message/rfc822\n\n")
	for i := range levels - 1 {
		fmt.Fprintf(&b, "From: {{from}}\nX-Mailer: {{token}}\nReceived: from {{host}}\nSubject: {{from}} %d\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n", i)
	}
	return b.String() + innerLetter
}

// nestedMultiparts has a text at every level.
func nestedMultiparts(levels int) string {
	var before, after strings.Builder
	for i := range levels {
		fmt.Fprintf(&before, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n\n{{from}} {{keep}}\n--b%d\n", i, i, i)
		after.WriteString(fmt.Sprintf("--b%d--\n", levels-1-i))
	}
	return before.String() + "\n{{tagged \"innermost\"}} {{keep}}\n" + after.String()
}
