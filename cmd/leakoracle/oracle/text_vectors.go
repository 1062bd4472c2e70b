package oracle

import "slices"

// plainVectors write an address in plain text in the ways of people and of
// their clients.
func plainVectors() []*Vector {
	return slices.Concat(
		texts("plain", "text/plain; charset=utf-8", slices.Concat(addressForms, writtenForms, invisibleForms)),
		known("disguised on purpose: a client shows no address, only a person sees one", texts("disguise", "text/plain; charset=utf-8", disguises)),
		known("names in the text are the sender's own words", texts("names", "text/plain; charset=utf-8", []row{
			{"attribution", "On Sunday, Alice {{name}} <{{from}}> wrote:\n> Hi\n"},
		})),
	)
}

// addressForms are addresses by themselves.
var addressForms = []row{
	{"bare", "{{from}}"},
	{"upper case", "{{from | upper}} {{from | title}}"},
	{"tagged", "{{tagged}} {{tagged | upper}} {{tagged}}"},
	{"two tags", "{{from | replace \"@\" \"+a.b@\"}} {{tagged | replace \"+\" \"+a+\"}}"},
	{"angle brackets", "Alice <{{from}}> <mailto:{{from}}>"},
	{"mailto", "mailto:{{from}}?subject=Re:%20x&cc={{tagged}}"},
	{"quoted local part", `"{{from | local}}"@{{from | after "@"}}`},
	{"quoted with backslash", `"{{from | local | backslash}}"@{{from | after "@"}}`},
	{"percent", "https://x.example/?q={{from | percent}}&r={{tagged | percent}}"},
	{"percent twice", "https://x.example/?q={{from | percent | percent}}"},
	{"percent thrice", "https://x.example/?q={{from | percent | percent | percent}}"},
	{"percent letters", "mailto:{{from | percents}}"},
	{"percent mixed", "mailto:%{{printf \"%02x\" (index from 0)}}{{slice from 1}}"},
	{"query", "https://x.example/?to={{from}}&cc={{from}}#{{from}}"},
	{"user of a link", "https://{{from | percent}}:secret@x.example/ ftp://{{from | percent}}@x.example/"},
	{"path", "https://x.example/u/{{from}}/edit"},
	{"sip", "sip:{{from}} xmpp:{{from}} acct:{{from}} im:{{from}} skype:{{from}}?call"},
}

// writtenForms are addresses in sentences.
var writtenForms = []row{
	{"end of a sentence", "Write to {{from}}. Or to {{from}}! Or {{from}}? Or {{from}}; {{from}}, {{from}}: {{from}}…"},
	{"quotes", "'{{from}}' \"{{from}}\" «{{from}}» ‘{{from}}’ “{{from}}” ({{from}}) [{{from}}] {{\"{\"}}{{from}}}"},
	{"emphasis", "*{{from}}* _{{from}}_ /{{from}}/ `{{from}}` ~~{{from}}~~ -{{from}}- |{{from}}|"},
	{"markdown", "[write](mailto:{{from}}) [{{from}}](https://x.example) <{{from}}>"},
	{"separators", "{{from}},{{from}};{{from}}|{{from}}/{{from}}\t{{from}}={{from}}"},
	{"leading marks", "to:{{from}} email={{from}} ->{{from}} --{{from}} ...{{from}} @{{from}} #{{from}}"},
	{"other scripts", "请联系{{from}}谢谢 お問い合わせは{{from}}まで。 اكتب إلى {{from}}، شكرا"},
	{"quoted reply", "> On Sunday Alice wrote:\n> {{from}}\n>> {{from}}\n>>> <{{from}}>\n"},
	{"attribution", "On Sun, 22 Nov 2026, Alice <{{from}}>\nwrote:\n> Hi\n"},
	{"forward", "---------- Forwarded message ----------\nFrom: Alice <{{from}}>\nTo: {{from}}\nReply-To: {{from}}\n"},
	{"signature", "-- \nAlice | {{from}} | https://x.example\n"},
	{"file name", "see {{from}}.pdf and ./{{from}}.docx"},
	{"first and last", "{{from}}\n\n\n{{from}}"},
	{"long line", "{{\"word \" | repeat 180}}{{from}} {{\"word \" | repeat 80}}{{from}}"},
	{"without spaces", "{{\"x,\" | repeat 300}}{{from}},{{\"x,\" | repeat 300}}"},
	{"long text", "{{range numbers 900}}A line of a long letter that says little, and then names {{from}} once more, and goes on so.\n{{end}}"},
}

// invisibleForms are addresses with what no client shows in them.
var invisibleForms = []row{
	{"wide at sign", "{{from | at \"＠\"}} {{from | at \"﹫\"}}"},
	{"wide", "{{from | wide}}"},
	{"ideographic dot", "{{from | dot \"。\"}} {{from | dot \"．\"}} {{from | dot \"｡\"}}"},
	{"zero width space", "{{from | between \"\u200b\"}}"},
	{"zero width joiners", "{{from | between \"\u200c\"}} {{from | between \"\u200d\"}}"},
	{"word joiner", "{{from | between \"\u2060\"}} {{from | at \"\u2063@\u2064\"}}"},
	{"byte order mark", "\ufeff{{from}} {{from | between \"\ufeff\"}}"},
	{"soft hyphen", "{{from | between \"\u00ad\"}}"},
	{"direction marks", "\u200e{{from}}\u200f {{from | at \"\u200e@\u200f\"}} \u202a{{from}}\u202c \u2066{{from | dot \"\u2069.\"}}"},
	{"variation selector", "{{from | at \"@\ufe0e\"}} {{from | at \"@\U000e0100\"}}"},
	{"grapheme joiner", "{{from | at \"\u034f@\"}}"},
	{"mongolian separator", "{{from | at \"\u180e@\"}}"},
	{"deprecated format characters", "{{from | at \"\u206a@\u206f\"}}"},
	{"annotation characters", "{{from | at \"\ufff9@\ufffb\"}}"},
	{"tag characters", "{{from | at \"\U000e0041@\U000e007f\"}}"},
}

var disguises = []row{
	{"mathematical letters", "{{from | maths}}"},
	{"spaces", "{{from | at \" @ \"}}"},
	{"tracker", "https://t.example/?u={{from | oneline}}"},
	{"tracker at other alignments", "https://t.example/?u={{printf \"a%s\" from | oneline}}&v={{printf \"ab%s\" from | oneline}}"},
}

// transferVectors are about transfer encodings in their odd forms.
func transferVectors() []*Vector {
	const quoted = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
	const b64 = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
	return whole("transfer", []row{
		{"soft breaks", quoted + "{{keep}}\n{{everywhere \"=\\n\"}}{{keep}}\n"},
		{"soft breaks with spaces", quoted + "{{keep}}\n{{everywhere \"= \\t\\n\"}}{{keep}}\n"},
		{"two soft breaks", quoted + "{{keep}}\n{{everywhere \"=\\n=\\n\"}}{{keep}}\n"},
		{"quoted at sign", quoted + "{{keep}} {{from | at \"=40\"}} {{tagged | at \"=40\"}} {{keep}}\n"},
		{"quoted letters", quoted + "{{keep}} {{from | quoteds}} {{keep}}\n"},
		{"quoted in lower case", quoted + "{{keep}} {{from | at \"=c2=ad=40\" | dot \"=2e\"}} {{keep}}\n"},
		{"quoted percent", quoted + "{{keep}} mailto:{{from | at \"=2540\"}} {{from | at \"%3=\\n40\"}} {{from | at \"=\\n%=\\n40\"}} {{keep}}\n"},
		{"broken quoted", quoted + "{{keep}} =zz=, {{from}}=4 {{keep}}\n"},
		{"base64 lines", b64 + "{{range $i, $n := numbers 24}}{{from | printf \"so %s so\\n\" | base64 | replace \"\\r\\n\" \"\" | fold 20 | replace \"\\n \" \"\\n\"}}\n{{end}}{{\"Yours\" | base64}}\n"},
		{"base64 line of 3", b64 + "{{printf \"Hello %s %s\\n\" from keep | base64 | replace \"\\r\\n\" \"\" | fold 3 | replace \"\\n \" \"\\n\"}}\n"},
		{"base64 without padding", b64 + "{{printf \"Hello %s %s\" keep from | unpadded}}\n"},
		{"base64 with spaces", b64 + "{{printf \"Hello %s %s\\n\" keep from | oneline | between \" \"}}\n"},
		{"base64 with other characters", b64 + "{{printf \"Hello %s %s\\n\" keep from | oneline | fold 7 | replace \"\\n \" \"!*\"}}\n"},
		{"base64 padding inside", b64 + "{{printf \"Hello %s %s\" keep (from | before \"@\") | oneline}}\n{{from | after \"rt\" | printf \"@%.0s\" | oneline}}\n{{from | after \"@\" | oneline}}\n"},
		{"BASE64", "Content-Type: TEXT/PLAIN\nContent-Transfer-Encoding: BASE64\n\n{{printf \"Hello %s %s\\n\" keep from | base64}}"},
		{"comment after", "Content-Type: text/plain (plain {{token}})\nContent-Transfer-Encoding: base64 (so {{token}})\n\n{{printf \"Hello %s %s\\n\" keep from | base64}}"},
		{"comment before", "Content-Type: text/plain\nContent-Transfer-Encoding: (so {{token}}) base64\n\n{{printf \"Hello %s %s\\n\" keep from | base64}}"},
		{"semicolon", "Content-Type: text/plain;\nContent-Transfer-Encoding: base64;\n\n{{printf \"Hello %s %s\\n\" keep from | base64}}"},
		{"in quotes", "Content-Type: text/plain\nContent-Transfer-Encoding: \"base64\"\n\n{{printf \"Hello %s %s\\n\" keep from | base64}}"},
		{"base64 without MIME-Version", "MIME-Version: \nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{{printf \"Hello %s %s\\n\" keep from | base64}}"},
		{"binary", "Content-Type: text/plain\nContent-Transfer-Encoding: binary\n\n{{keep}} {{from}} {{keep}}\n"},
		{"unknown", "Content-Type: text/plain\nContent-Transfer-Encoding: x-thing\n\n{{keep}} {{from}} {{keep}}\n"},
		{"uuencoded body", "Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\n{{printf \"Hello %s\\n\" from | uu}}"},
		{"uuencode in text", "Content-Type: text/plain\n\n{{keep}}\n{{printf \"Hello %s\\n\" from | uu}}{{keep}}\n"},
		{"flowed", "Content-Type: text/plain; format=flowed\n\n{{keep}} and so on, do write \nto {{from}} \nor {{from}} \nor both. {{keep}}\n> {{from}} \n> so\n"},
		{"flowed, cut, DelSp", "Content-Type: text/plain; format=flowed; delsp=yes\n\n{{keep}}\n{{everywhere \" \\n\"}}{{keep}}\n"},
		{"flowed, cut, DelSp, quoted", "Content-Type: text/plain; format=flowed; delsp=yes\n\n{{keep}}\n> so {{from | at \" \\n> @\"}} so\n{{keep}}\n"},
		{"no MIME", "X-Mailer: {{token}}\n\n{{keep}} {{from}} {{keep}}\n"},
		{"no MIME, octets", "X-Mailer: {{token}}\n\n{{keep}} caf\xe9 {{from}} {{keep}}\n"},
		{"no MIME, encoded", "Content-Transfer-Encoding: quoted-printable\nMIME-Version:\n\n{{keep}} {{from | at \"=40\"}} {{keep}}\n"},
		{"dots", "Content-Type: text/plain\n\n.{{from}}\n..\n.\n..{{keep}}\n.{{keep}}\n"},
	})
}

// charsetVectors write the address and a text in charsets of every kind.
func charsetVectors() []*Vector {
	const western = "Hello {{keep}}, à bientôt, écrivez à {{from}} ou {{tagged}}. {{keep}}\n"
	samples := []struct {
		label, text string
		encode      func(string) string
	}{
		{"us-ascii", "Hello {{keep}} {{from}} {{keep}}\n", nil},
		{"utf-8", western, nil},
		{"iso-8859-1", western, toCharset("iso-8859-1")},
		{"iso-8859-15", western, toCharset("iso-8859-15")},
		{"windows-1252", western, toCharset("windows-1252")},
		{"macintosh", western, toCharset("macintosh")},
		{"koi8-r", "Привет {{keep}} {{from}} пока {{keep}}\n", toCharset("koi8-r")},
		{"windows-1251", "Привет {{keep}} {{from}} пока {{keep}}\n", toCharset("windows-1251")},
		{"gb18030", "你好{{keep}}请联系{{from}}谢谢{{keep}}\n", toCharset("gb18030")},
		{"gbk", "你好{{keep}}请联系{{from}}谢谢{{keep}}\n", toCharset("gbk")},
		{"big5", "你好{{keep}}請{{from}}謝謝{{keep}}\n", toCharset("big5")},
		{"shift_jis", "こんにちは{{keep}}は{{from}}です{{keep}}\n", toCharset("shift_jis")},
		{"iso-2022-jp", "こんにちは{{keep}}は{{from}}です{{keep}}\n", toCharset("iso-2022-jp")},
		{"euc-jp", "こんにちは{{keep}}は{{from}}です{{keep}}\n", toCharset("euc-jp")},
		{"euc-kr", "안녕{{keep}} {{from}} {{keep}}\n", toCharset("euc-kr")},
		{"ibm037", "Hello {{keep}} {{from}} {{keep}}\n", toCharset("ibm037")},
		{"utf-7", western, toUTF7},
		{"utf-16", western, utf16Of},
		{"utf-16be", western, toCharset("utf-16be")},
		{"utf-16le", western, toCharset("utf-16le")},
		{"utf-32", western, toCharset("utf-32")},
		{"utf-32be", western, toCharset("utf-32be")},
		{"utf-32le", western, toCharset("utf-32le")},
		{"x-unknown", "Hello {{keep}} caf\xe9 {{from}} {{keep}}\n", nil},
	}
	var list []*Vector
	for _, s := range samples {
		for _, cte := range []string{"quoted-printable", "base64"} {
			list = append(list, &Vector{Name: "charset/" + s.label + "/" + cte, letter: letter{
				kind: "text/plain; charset=" + s.label, cte: cte, body: s.text, charset: s.encode,
			}})
		}
		switch s.label {
		case "utf-16", "utf-16be", "utf-16le", "utf-32", "utf-32be", "utf-32le", "ibm037":
			continue // is not for 8bit, RFC 2045 §2.8
		}
		list = append(list, &Vector{Name: "charset/" + s.label + "/8bit", letter: letter{
			kind: "text/plain; charset=" + s.label, cte: "8bit", body: s.text, charset: s.encode,
		}})
	}
	return append(list, mislabelled()...)
}

// mislabelled are texts in another charset than they say.
func mislabelled() []*Vector {
	row := func(name, kind, text string, encode func(string) string) *Vector {
		return &Vector{Name: "charset/" + name, letter: letter{kind: kind, cte: "base64", body: text, charset: encode}}
	}
	const text = "Hello {{from}}\n"
	return []*Vector{
		row("utf-16 without a label", "text/plain", text, utf16Of),
		row("utf-16 labelled utf-8", "text/plain; charset=utf-8", text, utf16Of),
		row("utf-16 labelled iso-8859-1", "text/plain; charset=iso-8859-1", text, utf16Of),
		row("utf-8 labelled utf-16", "text/plain; charset=utf-16", text, nil),
		row("utf-8 labelled us-ascii", "text/plain; charset=us-ascii", "Hé {{from | wide}}\n", nil),
		row("latin labelled utf-8", "text/plain; charset=utf-8", "H\xe9 {{from}} \xe9\n", nil),
		row("label in quotes and spaces", "text/plain; charset=\" utf-16le \"", text, toCharset("utf-16le")),
		row("two labels", "text/plain; charset=utf-8; charset=utf-16", "Hello {{from}} {{keep}}\n", nil),
	}
}
