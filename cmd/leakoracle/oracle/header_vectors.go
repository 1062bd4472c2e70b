package oracle

import "slices"

func headerVectors() []*Vector {
	return slices.Concat(
		fields("header", headerRows),
		fields("header", addressRows),
		optional(fields("header", suspectRows)),
	)
}

// headerRows are families of fields that no reader needs.
var headerRows = []row{
	{"trace", `Return-Path: <{{tagged}}>
Received: from {{host}} ({{host}} [{{ip}}])
	by {{host "Received by"}} (Postfix) with ESMTPSA id {{token "Received id"}}
	for <{{tagged "Received for"}}>; Sun, 22 Nov 2026 10:00:00 {{zone}} (PST)
Received: from [IPv6:2001:db8::{{token "Received IPv6"}}] (helo={{host "Received helo"}})
X-Received: by {{ip}} with SMTP id {{token}}
Delivered-To: {{tagged}}
X-Original-To: {{tagged}}
Envelope-To: {{tagged}}
X-Envelope-From: <{{tagged}}>
X-Envelope-To: <{{tagged}}>
X-Forwarded-To: {{tagged}}
X-Forwarded-For: {{tagged}} {{ip}}
X-Forwarded-Encrypted: i=1; {{token}}
Received-SPF: pass ({{host}}: {{ip}}) client-ip={{ip}}; envelope-from="{{tagged}}"; helo={{host}};
Authentication-Results: {{host}}; spf=pass smtp.mailfrom={{tagged}}; dkim=pass header.i=@{{host}}
X-Google-Smtp-Source: {{token}}
X-Gm-Message-State: {{token}}
X-Originating-Client: {{host}}
`},
	{"origin", `X-Originating-IP: [{{ip}}]
X-Originating-Email: [{{tagged}}]
X-Sender-IP: {{ip}}
X-Source-IP: {{ip}}
X-Real-IP: {{ip}}
X-ClientAddr: {{ip}}
X-Client-IP: {{ip}}
X-Remote-Host: {{host}}
X-Country-Code: {{token}}
X-AuthUser: {{tagged}}
X-Authenticated-User: {{tagged}}
X-Authenticated-Sender: {{host}}: {{tagged}}
X-Get-Message-Sender-Via: {{host}}: authenticated_id: {{tagged}}
X-Sender: {{tagged}}
X-X-Sender: {{tagged}}
X-Sender-ID: {{token}}
X-PHP-Originating-Script: 1000:{{token}}.php
X-PHP-Script: {{host}}/{{token}} for {{ip}}
X-Source-Dir: {{host}}:/home/{{token}}
X-AntiAbuse: Primary Hostname - {{host}}
X-Report-Abuse-To: {{tagged}}
X-SECURESERVER-ACCT: {{token}}
X-SID-PRA: {{tagged}}
X-MS-Exchange-Organization-AuthAs: {{token}}
X-MS-Exchange-CrossTenant-Id: {{token}}
X-MS-Exchange-Transport-CrossTenantHeadersStamped: {{host}}
X-OriginatorOrg: {{host}}
X-ME-Sender: <xms:{{token}}>
X-Yahoo-Newman-Id: {{token}}
X-UI-Sender-Class: {{token}}
X-Spam-Report: {{host}} {{ip}}
X-Virus-Scanned: by {{host}}
X-Proofpoint-GUID: {{token}}
X-Mimecast-Originator: {{host}}
NNTP-Posting-Host: {{ip}}
X-Trace: {{host}} 1 {{ip}}
`},
	{"client", `User-Agent: Mail/{{token}}
X-Mailer: Mail {{token}} on {{host}}
X-MimeOLE: Produced By {{token}}
X-Newsreader: {{token}}
X-Operating-System: {{token}}
X-Face: {{token}}
Face: {{token}}
X-Image-Url: https://{{host}}/{{token}}
Organization: {{token}}
X-Organization: {{token}}
X-URL: https://{{host}}/
X-Homepage: https://{{host}}/
X-Phone: {{token}}
X-Location: {{token}}
X-Timezone: {{token}}
X-Accept-Language: {{token}}
Accept-Language: {{token}}
X-Priority: 3 ({{token}})
X-MSMail-Priority: {{token}}
Priority: {{token}}
Importance: normal ({{token}})
Sensitivity: {{token}}
Thread-Topic: {{token}}
Thread-Index: {{token}}
X-MS-Has-Attach: {{token}}
X-MS-TNEF-Correlator: <{{token}}>
X-Apple-Mail-Remote-Attachments: {{token}}
X-Apple-Base-Url: x-msg://{{token}}/
X-Apple-Auto-Saved: {{token}}
X-Universally-Unique-Identifier: {{token}}
X-Uniform-Type-Identifier: {{token}}
X-Mozilla-Draft-Info: {{token}}
X-Identity-Key: {{token}}
X-Account-Key: {{token}}
X-Android-Message-ID: <{{token}}>
X-Evolution-Identity: {{token}}
X-KMail-Identity: {{token}}
X-GMX-UID: {{token}}
X-{{token "field name"}}: 1
Jabber-ID: {{tagged}}
Comments: {{token}} {{tagged}}
Keywords: {{token}}
PICS-Label: {{token}}
MIME-Version: 1.0 ({{token}})
`},
	{"ids", `Message-ID: <{{token}}@{{host}}>
In-Reply-To: <{{token}}@{{host}}>
References: <{{token}}@{{host}}> <{{token}}@{{host}}>
X-Message-ID: <{{token}}@{{host}}>
Original-Message-ID: <{{token}}@{{host}}>
X-Original-Message-ID: <{{token}}@{{host}}>
X-Entity-Ref-ID: {{token}}
Supersedes: <{{token}}@{{host}}>
Obsoletes: <{{token}}@{{host}}>
Content-ID: <{{token}}@{{host}}>
X-Gmail-Original-Message-ID: <{{token}}@{{host}}>
X-Microsoft-Original-Message-ID: <{{token}}@{{host}}>
X-Content-Reference: {{token}}
`},
	{"signing", `DKIM-Signature: v=1; a=rsa-sha256; d={{host}}; i={{tagged}};
	s={{token}}; h=from:to; bh={{token}}; b={{token}}
X-Google-DKIM-Signature: v=1; d={{host}}; s={{token}}; b={{token}}
DomainKey-Signature: a=rsa-sha1; d={{host}}; s={{token}}; b={{token}}
ARC-Seal: i=1; a=rsa-sha256; d={{host}}; s={{token}}; b={{token}}
ARC-Message-Signature: i=1; d={{host}}; s={{token}}; b={{token}}
ARC-Authentication-Results: i=1; {{host}}; spf=pass smtp.mailfrom={{tagged}}
BIMI-Selector: v=BIMI1; s={{token}}
BIMI-Location: v=BIMI1; l=https://{{host}}/{{token}}.svg
BIMI-Indicator: {{token}}
VBR-Info: md={{host}}; mc=all
Feedback-ID: {{token}}:{{host}}
CFBL-Address: {{tagged}}; report=arf
CFBL-Feedback-ID: {{token}}
X-CSA-Complaints: {{tagged}}
X-SES-Outgoing: 2026.11.22-{{ip}}
X-Mailgun-Sid: {{token}}
`},
	{"keys", `Autocrypt: addr={{tagged}}; prefer-encrypt=mutual; keydata={{token}}
Autocrypt-Gossip: addr={{tagged}}; keydata={{token}}
Autocrypt-Setup-Message: {{token}}
OpenPGP: id={{token}}; url=https://{{host}}/key.asc; preference=sign
X-PGP-Key: https://{{host}}/{{token}}
X-PGP-KeyID: {{token}}
X-PGP-Fingerprint: {{token}}
X-PGP-Sig: {{token}}
X-Enigmail-Version: {{token}}
X-SMIME-Cert: {{token}}
`},
	{"resent", `Resent-Date: Sun, 22 Nov 2026 10:00:00 {{zone}}
Resent-From: {{name}} <{{tagged}}>
Resent-Sender: {{tagged}}
Resent-To: {{tagged}}
Resent-Cc: {{tagged}}
Resent-Bcc: {{tagged}}
Resent-Reply-To: {{tagged}}
Resent-Message-ID: <{{token}}@{{host}}>
Resent-User-Agent: {{token}}
`},
	{"x400", `X400-Originator: {{tagged}}
X400-MTS-Identifier: [/PRMD={{token}}/ADMD= /C=FR/;{{host}}]
X400-Received: by {{host}}
Original-Encoded-Information-Types: {{token}}
Originator-Return-Address: {{tagged}}
Alternate-Recipient: {{tagged}}
DL-Expansion-History: {{tagged}}
Discarded-X400-IPMS-Extensions: {{token}}
Autoforwarded: {{tagged}}
MMHS-Originator-Reference: {{token}}
SIO-Label: {{token}}
TLS-Required: No ({{token}})
Expires: Sun, 22 Nov 2027 10:00:00 {{zone}}
Deferred-Delivery: Sun, 22 Nov 2026 10:00:00 {{zone}}
`},
	{"content", `Content-Description: {{from}}
Content-Location: https://{{host}}/{{token}}
Content-Base: https://{{host}}/
Content-Class: {{token}}
Content-Features: {{token}}
Content-MD5: {{token}}
Content-Duration: {{token}}
Content-Alternative: {{token}}
Content-Translation-Type: {{token}}
Content-Return: {{token}}
Content-Identifier: {{token}}
Content-SGML-Entity: {{token}}
Content-Language: x-{{token}}, {{from}}
Content-Script-Type: {{token}}
Content-{{token "field name"}}: 1
`},
	{"date zone", "Date: Sun, 22 Nov 2026 10:00:00 {{zone}}\n"},
	{"date comment", "Date: Sun, 22 Nov 2026 10:00:00 +0000 ({{token}})\n"},
	{"date without seconds", "Date: 22 Nov 26 10:00 {{zone}}\n"},
	{"date twice", "Date: Sun, 22 Nov 2026 10:00:00 +0000\nDate: Sun, 22 Nov 2026 10:00:00 {{zone}}\n"},
	{"date broken", "Date: today {{token}}\n"},
	{"long", "X-Long: {{token}} {{\"x \" | repeat 480}} {{token}}\n"},
	{"folded", "X-Folded:\n {{token}}\n\t{{token}}\n {{tagged}}\n"},
	{"spaced", "X-Spaced : {{token}} {{tagged}}\n"},
	{"encoded", "X-Encoded: {{tagged | bword}} {{tagged | qword}}\n"},
	{"letter case", "x-MAILER: {{token}}\nrEPLY-tO: {{tagged}}\nREFERENCES: <{{token}}@{{host}}>\n"},
}

// addressRows are fields that name somebody.
var addressRows = []row{
	{"sender", "Sender: {{tagged}}\nOriginator: {{tagged}}\nAuthor: {{tagged}}\nX-Original-From: {{tagged}}\nOriginal-From: {{tagged}}\nX-Real-From: {{tagged}}\n"},
	{"reply", "Reply-To: {{name}} <{{tagged}}>\nX-Reply-To: {{tagged}}\nMail-Reply-To: {{tagged}}\nMail-Followup-To: {{tagged}}\nFollowup-To: {{tagged}}\nErrors-To: {{tagged}}\nX-Errors-To: {{tagged}}\nBounces-To: {{tagged}}\nX-Bounce-To: {{tagged}}\n"},
	{"reply bare", "Reply-To: {{from}}\nSender: {{from}}\n"},
	{"reply encoded", "Reply-To: {{tagged | qword}} <{{tagged}}>\n"},
	{"receipt", "Return-Receipt-To: {{tagged}}\nDisposition-Notification-To: {{name}} <{{tagged}}>\nDisposition-Notification-Options: x={{token}}\nX-Confirm-Reading-To: {{tagged}}\nRead-Receipt-To: {{tagged}}\nReturn-Receipt-Requested: {{tagged}}\nGenerate-Delivery-Report: {{token}}\nOriginal-Recipient: rfc822;{{tagged}}\n"},
	{"copies", "Cc: {{name}} <{{token}}@{{host}}>, {{tagged}}\nBcc: {{token}}@{{host}}\nX-Bcc: {{tagged}}\nApparently-To: {{tagged}}\n"},
	{"third parties", "To: {{mask}}, {{name}} <{{token}}@{{host}}>, {{tagged}}\n"},
	{"named mask", "To: \"{{name}} {{from}}\" <{{mask}}>\n"},
	{"group", "To: {{token}}: {{mask}}, {{tagged}};\n"},
}

// suspectRows make a letter look like one that no person wrote, or like one
// of several authors.
var suspectRows = []row{
	{"list", `List-Id: {{token}} <{{host}}>
List-Unsubscribe: <mailto:{{tagged}}>, <https://{{host}}/{{token}}>
List-Unsubscribe-Post: {{token}}
List-Post: <mailto:{{tagged}}>
List-Owner: <mailto:{{tagged}}>
List-Help: <mailto:{{tagged}}>
List-Subscribe: <mailto:{{tagged}}>
List-Archive: <https://{{host}}/{{token}}>
Archived-At: <https://{{host}}/{{token}}>
X-BeenThere: {{tagged}}
X-Mailman-Version: {{token}}
X-Loop: {{tagged}}
Mailing-List: list {{tagged}}; contact {{tagged}}
`},
	{"news", "Newsgroups: {{token}}\nPath: {{host}}!{{token}}\nDistribution: {{token}}\nX-Newsgroups: {{token}}\n"},
	{"two authors", "From: {{from}}, {{name}} <{{token}}@{{host}}>\nSender: {{from}}\n"},
	{"two From", "From: {{from}}\nFrom: {{name}} <{{tagged}}>\n"},
	{"mbox line", ">From {{tagged}} Sun Nov 22 10:00:00 2026\nX-After: {{token}}\n"},
	{"no colon", "X-Before: {{token}}\n{{tagged \"line without colon\"}} {{token \"line without colon\"}}\nX-After: {{token}}\n"},
	{"octets", "X-Octets: caf\xe9 \x01 {{token}}\n"},
	{"blank fold", "X-Fold: {{token}}\n \n {{tagged}}\n"},
}

func subjectVectors() []*Vector {
	return fields("subject", []row{
		{"plain", "Subject: I am {{from}} {{keep}} {{marker}}\n"},
		{"upper case", "Subject: {{from | upper}} {{keep}} {{marker}}\n"},
		{"tagged", "Subject: {{tagged}} {{keep}} {{marker}}\n"},
		{"alone", "Subject: {{from}}\n"},
		{"base64", "Subject: {{keep}} {{marker}} {{from | bword}}\n"},
		{"quoted", "Subject: {{keep}} {{marker}} {{from | qword}}\n"},
		{"split words", "Subject: {{keep}} {{marker}}\n {{from | words}}\n"},
		{"all in words", "Subject: {{keep | qword}} {{printf \" %s \" marker | qword}}\n {{from | qword}}\n"},
		{"utf-16 word", "Subject: {{keep}} {{marker}} {{from | words16}}\n"},
		{"language", "Subject: {{keep}} {{marker}} {{from | qword | replace \"utf-8\" \"utf-8*en\"}}\n"},
		{"unknown charset", "Subject: {{keep}} {{marker}} {{from | qword | replace \"utf-8\" \"x-unknown\"}}\n"},
		{"lower case word", "Subject: {{keep}} {{marker}} {{from | qword | replace \"?Q?\" \"?q?\"}}\n"},
		{"word in quotes", "Subject: {{keep}} {{marker}} \"{{from | qword}}\"\n"},
		{"words without space", "Subject: {{keep}} {{marker}} {{from | before \"@\" | qword}}=?utf-8?q?=40?={{from | after \"@\" | qword}}\n"},
		{"percent", "Subject: mailto:{{from | percent}} {{keep}} {{marker}}\n"},
		{"entities", "Subject: {{from | decimal}} {{keep}} {{marker}}\n"},
		{"zero width", "Subject: {{keep}} {{marker}} =?utf-8?q?{{from | between \"\u200b\" | quoteds}}?=\n"},
		{"wide", "Subject: {{keep}} {{marker}} =?utf-8?q?{{from | wide | quoteds}}?=\n"},
		{"raw octets", "Subject: caf\xc3\xa9 {{from}} {{keep}} {{marker}}\n"},
		{"folded", "Subject: {{keep}}\n {{marker}}\n\t{{from}}\n"},
		{"twice", "Subject: {{keep}} {{marker}}\nSubject: {{from}}\n"},
		{"long", "Subject: {{keep}} {{marker}} {{\"word \" | repeat 150}} {{from}}\n"},
	})
}

// nameVectors hold what a reader may not know of the sender's name: all but
// the first name.
func nameVectors() []*Vector {
	return fields("name", []row{
		{"plain", "From: Alice {{name}} <{{from}}>\n"},
		{"quoted", "From: \"{{name}}, Alice ({{token}})\" <{{from}}>\n"},
		{"comment", "From: {{from}} (Alice {{name}} (of {{token}}))\n"},
		{"encoded", "From: {{name | bword}} {{name | qword}} <{{from}}>\n"},
		{"encoded in quotes", "From: \"{{name | qword}}\" <{{from}}>\n"},
		{"address as name", "From: \"{{from \"display name\"}}\" <{{from}}>\n"},
		{"tagged address as name", "From: \"{{tagged}}\" <{{from}}>\n"},
		{"utf-8", "From: Zo\xc3\xab {{name}} <{{from}}>\n"},
	})
}
