package oracle

import "slices"

// readerVectors name the reader by their real address, as a forwarded letter
// or an old contact does: the sender is to learn nothing from an answer that
// quotes it, so it becomes the mask.
func readerVectors() []*Vector {
	return slices.Concat(
		texts("reader", "text/plain; charset=utf-8", []row{
			{"text", "{{reader}} {{readertag}} {{reader | upper}} mailto:{{reader | percent}} {{reader | wide}}"},
		}),
		texts("reader", "text/html; charset=utf-8", []row{
			{"html", "<a href=\"mailto:{{reader | percent}}\">{{reader | at \"<b>@</b>\"}}</a> {{reader | decimal}} <!-- {{reader}} -->"},
		}),
		fields("reader", []row{
			{"subject", "Subject: for {{reader}} {{marker}} {{reader | qword}}\n"},
			{"copy", "Cc: {{readertag}}\nReply-To: {{reader}}\nReferences: <x.{{readertag}}>\nX-To: {{reader}}\n"},
		}),
		mixed("reader", []row{
			{"file name", "Content-Type: application/pdf; name=\"for {{reader}}.pdf\"\nContent-Transfer-Encoding: base64\n\nAAAA"},
			{"letter", "Content-Type: message/rfc822\n\nFrom: {{reader}}\nTo: {{reader}}\nDelivered-To: {{reader}}\nSubject: {{reader}}\n\n{{reader}} {{keep}}\n"},
			{"invitation", "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nCONTACT:{{reader}}\nCOMMENT:{{reader | fold 4}}\nSUMMARY:{{keep}}\nEND:VCALENDAR\n"},
		}),
	)
}

// alsoVectors are about other addresses of the sender that the relay knows.
func alsoVectors() []*Vector {
	list := slices.Concat(
		texts("also", "text/plain; charset=utf-8", []row{
			{"text", "{{range also}}{{.}} {{. | upper}} <{{.}}> mailto:{{. | percent}} {{. | local}}+x@{{. | after \"@\"}}\n{{end}}"},
			{"unicode", "{{range also}}{{. | unicode}} {{. | ascii}} {{. | unicode | percent}} {{. | unicode | upper}} {{. | unicode | at \"＠\"}}\n{{end}}"},
			{"decomposed", "{{range also}}{{. | unicode | decomposed}}\n{{end}}"},
		}),
		texts("also", "text/html; charset=utf-8", []row{
			{"html", "{{range also}}<a href=\"mailto:{{. | unicode | percent}}\">{{. | at \"<b>@</b>\"}}</a> {{. | unicode | runes}} {{. | decimal}}{{end}}"},
		}),
		texts("also", "text/html; charset=iso-8859-1", []row{
			{"html in another charset", "{{range also}}{{. | unicode | runes}}{{end}}"},
		}),
		fields("also", []row{
			{"header", "Reply-To: {{range also}}{{.}}, {{end}}{{from}}\nX-Other: {{range also}}{{.}} {{end}}\nSubject: {{range also}}{{. | unicode | qword}} {{. | ascii}} {{end}}{{marker}}\n"},
		}),
	)
	for _, v := range list {
		v.also = true
	}
	return list
}

// survivalVectors hold what must come through: a relay that replaces too much
// damages letters.
func survivalVectors() []*Vector {
	rows := []row{
		{"mask", "Write to {{kept mask}}, to {{kept mask}}."},
		{"others", "Ask {{kept \"carol@other.example\"}} or <{{kept \"dave+x@mail.example\"}}>."},
		{"resemblances", "{{range resemblance}}<{{.}}> {{end}}"},
		{"at signs", "{{kept \"10 kg @ 3 EUR, @you, a@b, me @ home, x@y@z, 100%40, =40, \\\\u0040\"}}"},
		{"local part and domain", "{{kept (printf \"I am %s, and work at %s.\" (before \"@\" mask) \"corp\")}}"},
		{"beside an address", "{{keep}}:{{from}}:{{keep}} {{kept \"x  y\\tz\"}} {{from}}\n{{kept \"ünïcödé – “quotes” € 你好\"}}"},
	}
	return slices.Concat(
		texts("survives", "text/plain; charset=utf-8", rows),
		texts("survives/html", "text/html; charset=utf-8", rows[:3]),
		fields("survives", []row{
			{"subject", "Subject: {{kept \"Re: 3 @ 4, see\"}} {{keep}} {{marker}}\n"},
			{"encoded subject", "Subject: {{marker}} =?utf-8?Q?D=C3=A9j=C3=A0_vu?={{with kept \"Déjà vu\"}}{{end}}\n"},
			{"priority", "Importance: high\n"},
		}),
		whole("survives", []row{
			{"dots", "Content-Type: text/plain\n\n.\n..{{keep}}\n.{{keep}}\n{{kept \".x\"}}\n"},
			{"From line", "Content-Type: text/plain\n\nFrom {{keep}} on\n{{kept \"\\nFrom x\\n\"}}"},
			{"white space", "Content-Type: text/plain; format=flowed\n\n{{kept \"a b \\n c  d\\n\"}}{{from}} \n{{keep}}\n"},
			{"no text", "Content-Type: text/plain\n\n"},
			{"file name", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf{{with kept \"résumé.pdf\"}}{{end}}\nContent-Transfer-Encoding: base64\n\n{{file \"%PDF-1.4 x\" | octets}}--b--\n"},
			{"PGP spoken of", "Content-Type: text/plain\n\n{{kept \"What is a -----BEGIN PGP MESSAGE----- line?\"}}\n"},
		}),
	)
}
