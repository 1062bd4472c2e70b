package oracle

import "slices"

// malformedVectors are letters that break the rules the way clients, lists and
// filters do, and those that two parsers read differently. A relay may refuse
// some of them.
func malformedVectors() []*Vector {
	const b64 = "{{printf \"Hello %s %s\\n\" from keep | base64}}"
	return slices.Concat(whole("malformed", []row{
		{"no closing delimiter", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b\n\n{{from}} {{keep}}\n"},
		{"no delimiter", "Content-Type: multipart/mixed; boundary=b\n\n{{from}}\n"},
		{"no boundary", "Content-Type: multipart/mixed\n\n--b\n\n{{from}}\n--b--\n"},
		{"empty boundary", "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\n{{from}}\n----\n"},
		{"boundary prefix", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\n{{from}} {{keep}}\n--bb--\n--b\n\n{{from}} {{keep}}\n--b--\n"},
		{"same boundary inside", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{{from}}\n--b--\n\n{{from}}\n--b--\n"},
		{"closed too early", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b--\n--b\n\n{{from}}\n--b--\n"},
		{"delimiters with spaces", "Content-Type: multipart/mixed; boundary=b\n\n--b \t\n\n{{keep}}\n--b  \n\n{{from}}\n--b-- \n"},
		{"extended boundary", "Content-Type: multipart/mixed; boundary*=us-ascii''b\n\n--b\n\n{{from}} {{keep}}\n--b--\n"},
		{"boundary in pieces", "Content-Type: multipart/mixed; boundary*0=b; boundary*1=c\n\n--bc\n\n{{from}} {{keep}}\n--bc--\n"},
		{"two boundaries", "Content-Type: multipart/mixed; boundary=a; boundary=b\n\n--a\nContent-Type: text/plain\n\n{{from}}\n--a--\n--b\n\n{{from}}\n--b--\n"},
		{"unclosed boundary quote", "Content-Type: multipart/mixed; boundary=\"b\n\n--b\n\n{{from}}\n--b--\n"},
		{"encoded multipart", "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n{{printf \"--b\\n\\nHello %s\\n--b--\\n\" from | base64}}"},
		{"quoted multipart", "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: quoted-printable\n\n--b\n\n{{from}} {{keep}}\n--b--\n"},
		{"two types", "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: quoted-printable\n\n{{from}}\n--b--\n"},
		{"two types, other order", "Content-Type: multipart/mixed; boundary=b\nContent-Type: text/html\n\n--b\n\n{{from}} {{keep}}\n--b--\n"},
		{"two encodings", "Content-Type: text/plain\nContent-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: base64\n\n{{from}} {{keep}}\n"},
		{"two encodings, other order", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\nContent-Transfer-Encoding: 8bit\n\n" + b64},
		{"said to be base64", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nHello, {{from}}!\n"},
		{"said to be quoted-printable", "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n{{keep}} a=b {{from}} 100% = {{keep}}\n"},
		{"plain after base64", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b64 + "\n{{from}}\n"},
		{"footer of a list", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b64 + "_______\nA footer, {{from}}\n"},
		{"space in the type", "Content-Type: text / plain\n\n{{from}} {{keep}}\n"},
		{"half a type", "Content-Type: text\n\n{{from}} {{keep}}\n"},
		{"empty type", "Content-Type:\n\n{{from}} {{keep}}\n"},
		{"part with half a type", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: html\n\n{{from}} {{keep}}\n--b--\n"},
		{"part without empty line", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n{{from}} and\nno more\n--b\n\n{{keep}}\n--b--\n"},
		{"space before the colon", "Content-Type : multipart/mixed; boundary=b\n\n--b\nContent-Type : text/plain\nContent-Transfer-Encoding : base64\n\n" + b64 + "--b--\n"},
		{"upper case", "CONTENT-TYPE: MULTIPART/MIXED; BOUNDARY=B\n\n--B\nCONTENT-TYPE: TEXT/HTML; CHARSET=UTF-8\nCONTENT-TRANSFER-ENCODING: QUOTED-PRINTABLE\n\n{{from | at \"=26=2364=3B\"}} {{keep}}\n--B--\n"},
		{"comments in the type", "Content-Type: (a) multipart/mixed (b); (c) boundary=b (d)\n\n--b\n\n{{from}} {{keep}}\n--b--\n"},
		{"text after a nested letter", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\n{{from}}\n--c--\n{{token \"inner epilogue\"}}\n--b\n\n{{keep}}\n--b--\n"},
		{"boundary with a colon", "Content-Type: multipart/mixed; boundary=\"a:b=c,d?\"\n\n--a:b=c,d?\n\n{{from}} {{keep}}\n--a:b=c,d?--\n"},
		{"boundary not quoted", "Content-Type: multipart/mixed; boundary=a:b=c\n\n--a:b=c\n\n{{from}} {{keep}}\n--a:b=c--\n"},
		{"boundary encoded word", "Content-Type: multipart/mixed; boundary=\"=?utf-8?q?b?=\"\n\n--=?utf-8?q?b?=\n\n{{from}} {{keep}}\n--=?utf-8?q?b?=--\n"},
		{"leaf said to hold parts", "Content-Type: text/plain; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{{from}} {{keep}}\n--b--\n"},
	}), optional(raws()), optional(whole("malformed", []row{
		{"NUL", "Content-Type: text/plain\n\n{{from | at \"\x00@\"}} {{keep}}\n"},
		{"controls", "Content-Type: text/plain\n\n{{from | at \"\x01@\x02\"}} {{from | at \"\x7f@\x08\"}} {{keep}}\n"},
		{"NUL, encoded", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{{printf \"Hello %s\\n\" (from | at \"\x00@\") | base64}}"},
		{"line of a megabyte", "Content-Type: text/plain\n\n{{keep}} {{\"word \" | repeat 20000}}{{from}} {{\"word \" | repeat 20000}}\n"},
		{"thousand attachments", "Content-Type: multipart/mixed; boundary=b\n\n{{range numbers 1200}}--b\n\nx\n{{end}}--b\n\n{{from}}\n--b--\n"},
	})))
}

// raws are letters whose line breaks are not those of mail; many servers
// refuse them for good reasons.
func raws() []*Vector {
	raw := func(name, kind, body string) *Vector {
		return &Vector{Name: "malformed/" + name, letter: letter{kind: kind, body: body, binary: true}}
	}
	return []*Vector{
		raw("bare LF", "text/plain", "Hello\n{{from}}\nbye\n"),
		raw("bare CR", "text/plain", "Hello\r{{from}}\rbye\r\n"),
		raw("double CR", "text/plain", "Hello\r\r\n{{from}}\r\r\nbye\r\n"),
		raw("parts by bare LF", "multipart/mixed; boundary=b", "--b\n\nHello\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{{from}}\n--b--\n"),
		raw("parts by bare CR", "multipart/mixed; boundary=b", "--b\r\rHello\r--b\rContent-Type: text/plain\r\r{{from}}\r--b--\r\n"),
	}
}
