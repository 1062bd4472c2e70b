package oracle

import "slices"

// partVectors hide something in the header of a part, and around parts.
func partVectors() []*Vector {
	return slices.Concat(mixed("part", []row{
		{"id", "Content-Type: image/png\nContent-ID: <{{token}}@{{host}}>\nContent-Transfer-Encoding: base64\n\n{{picture \"plain\" | octets}}"},
		{"id that is an address", "Content-Type: image/png\nContent-ID: <{{from}}>\nContent-Transfer-Encoding: base64\n\n{{picture \"plain\" | octets}}"},
		{"location", "Content-Type: text/html\nContent-Location: file:///C:/Users/{{token}}/{{from | percent}}\nContent-Base: http://{{host}}/\n\n<p>{{keep}}</p>"},
		{"location, encoded", "Content-Type: text/html\nContent-Location: {{from | qword}}\n\n<p>{{keep}}</p>"},
		{"location, bare", "Content-Type: text/html\nContent-Location: {{from}}\n\n<p>{{keep}}</p>"},
		{"description", "Content-Type: text/plain\nContent-Description: from {{from}}\n\n{{keep}}"},
		{"description, encoded", "Content-Type: text/plain\nContent-Description: {{from | words}}\n\n{{keep}}"},
		{"language", "Content-Type: text/plain\nContent-Language: {{from}} ({{token}})\n\n{{keep}}"},
		{"other content fields", "Content-Type: text/plain\nContent-MD5: {{token}}\nContent-Class: {{token}}\nContent-Features: {{token}}\nContent-Duration: {{token}}\nContent-Disposition: inline; x={{token}} ({{token}})\nContent-X-{{token}}: 1\nContent-Translation-Type: {{token}}\n\n{{keep}}"},
		{"other fields", "Content-Type: text/plain\nX-Attachment-Id: {{token}}\nX-Mailer: {{token}}\nMessage-ID: <{{token}}@{{host}}>\nFrom: {{from}}\nReceived: from {{host}} by {{ip}}\nDate: Sun, 22 Nov 2026 10:00:00 {{zone}}\nX-Apple-Part-Url: {{token}}@{{host}}\n\n{{keep}}"},
		{"parameters", "Content-Type: text/plain; x-unix-mode=0644-{{token}}; x-apple-part-url={{token}}; x-mac-creator={{token}}; reply-type={{token}}; charset=us-ascii; x=\"{{from}}\"\nContent-Disposition: inline; x-{{token}}=1; handling={{token}}; creation-date=\"Sun, 22 Nov 2026 10:00:00 {{zone}} ({{token}})\"; modification-date=\"{{token}}\"; read-date=\"{{token}}\"\n\n{{keep}}"},
		{"type is an address", "Content-Type: {{from}}\n\n{{keep}}"},
		{"charset is an address", "Content-Type: text/plain; charset=\"{{from}}\"\n\n{{keep}}"},
		{"encoding is an address", "Content-Type: text/plain\nContent-Transfer-Encoding: {{from}}\n\n{{keep}}"},
		{"disposition is an address", "Content-Type: text/plain\nContent-Disposition: {{from}}\n\n{{keep}}"},
		{"form", "Content-Type: text/plain\nContent-Disposition: form-data; name=\"{{from}}\"\n\n{{keep}}"},
		{"comment", "Content-Type: text/plain (by {{from}} {{token}})\n\n{{keep}}"},
		{"no header", "\n{{from}} {{keep}}"},
	}), whole("around", []row{
		{"preamble", "Content-Type: multipart/mixed; boundary=b\n\nFor {{from \"preamble\"}} {{token \"preamble\"}} at {{host \"preamble\"}}\n--b\n\n{{keep}}\n--b--\n"},
		{"epilogue", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b--\nFor {{from \"epilogue\"}} {{token \"epilogue\"}}\n"},
		{"boundary", "Content-Type: multipart/mixed; boundary=\"b-{{token \"boundary\" | set}}\"\n\n--b-{{get}}\n\nHello {{keep}}\n"},
		{"boundary with an address", "Content-Type: multipart/mixed; boundary=\"{{from}}\"\n\n--{{from \"delimiter\"}}\n\n{{keep}}\n--{{from \"delimiter\"}}--\n"},
		{"boundary with a host", "Content-Type: multipart/mixed; boundary=\"{{host \"boundary\" | set}}\"\n\n--{{get}}\n\n{{keep}}\n--{{get}}--\n"},
		{"inner boundary", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=\"{{host \"boundary\" | set}}\"\n\ninner {{from \"inner preamble\"}}\n--{{get}}\n\n{{keep}}\n--{{get}}--\ninner {{from \"inner epilogue\"}}\n--b--\n"},
		{"delimiter line", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b-- {{from \"closing delimiter\"}}\n"},
		{"related", "Content-Type: multipart/related; boundary=b; start=\"<1.{{token \"start\" | set}}@x.example>\"; type=\"text/html\"\n\n--b\nContent-Type: text/html\nContent-ID: <1.{{get}}@x.example>\n\n<p>{{keep}}</p><img src=\"cid:2.{{get}}@x.example\"><img src='cid:3%2e{{get}}%40x.example'>\n--b\nContent-Type: image/png\nContent-ID: <2.{{get}}@x.example>\nContent-Transfer-Encoding: base64\n\n{{picture \"plain\" | octets}}--b\nContent-Type: image/png\nContent-ID: <3.{{get}}@x.example>\nContent-Transfer-Encoding: base64\n\n{{picture \"plain\" | octets}}--b--\n"},
		{"parallel", "Content-Type: multipart/parallel; boundary=b\n\n--b\n\n{{from}} {{keep}}\n--b--\n"},
		{"appledouble", "Content-Type: multipart/appledouble; boundary=b\n\n--b\nContent-Type: application/applefile; name=\"{{from}}\"\nContent-Transfer-Encoding: base64\n\nAAAA\n--b\nContent-Type: text/plain; name=\"{{from}}\"\n\n{{from}} {{keep}}\n--b--\n"},
		{"unknown multipart", "Content-Type: multipart/x-thing; boundary=b\n\n--b\n\n{{from}} {{keep}}\n--b--\n"},
	}))
}

// fileNameVectors are names of files in all forms that clients write.
func fileNameVectors() []*Vector {
	named := func(r row, kind, disposition string) row {
		return row{r.name, "Content-Type: application/pdf" + kind + "\nContent-Disposition: attachment" + disposition +
			"\nContent-Transfer-Encoding: base64\n\n{{file \"%PDF-1.4 plain\" | octets}}"}
	}
	forms := []row{
		{"plain", "=\"cv {{from}}.pdf\""},
		{"token", "={{from}}.pdf"},
		{"joined", "=\"2026-{{from}}-cv_{{from}}.pdf\""},
		{"upper case", "=\"{{from | upper}}.PDF\""},
		{"tagged", "=\"{{tagged}}.pdf\""},
		{"encoded word", "=\"{{from | qword}}\""},
		{"base64 word", "=\"{{from | bword}}.pdf\""},
		{"encoded word, no quotes", "={{from | qword}}"},
		{"split words", "=\"{{from | words}}\""},
		{"extended", "*={{from | extended}}.pdf"},
		{"extended letters", "*=utf-8'fr'{{from | percents}}.pdf"},
		{"extended latin", "*=iso-8859-1''%e9%20{{from | percent}}.pdf"},
		{"percent", "=\"{{from | percent}}.pdf\""},
		{"entities", "=\"{{from | at \"&#64;\"}}.pdf\""},
		{"backslashes", "=\"{{from | backslash}}\\\".pdf\""},
		{"octets", "=\"caf\xe9 {{from}}.pdf\""},
		{"zero width", "*=utf-8''{{from | between \"\u200b\" | percents}}"},
	}
	var rows []row
	for _, f := range forms {
		rows = append(rows,
			named(row{"name/" + f.name, ""}, "; name"+f.text, ""),
			named(row{"filename/" + f.name, ""}, "", "; filename"+f.text),
		)
	}
	rows = append(rows,
		named(row{"name/pieces", ""}, ";\n {{from | pieces \"name\"}}", ""),
		named(row{"filename/pieces", ""}, "", ";\n {{from | pieces \"filename\"}}"),
		named(row{"filename/plain pieces", ""}, "", "; filename*0=\"cv {{slice from 0 7}}\"; filename*1=\"{{slice from 7}}\""),
		named(row{"filename/pieces in disorder", ""}, "", "; filename*1=\"{{slice from 7}}\"; filename*0=\"{{slice from 0 7}}\""),
		named(row{"both", ""}, "; name=\"{{from | qword}}\"", "; filename*={{from | extended}}; filename=\"{{from}}\""),
		named(row{"twice", ""}, "", "; filename=a.pdf; filename=\"{{from}}\""),
		named(row{"two dispositions", ""}, "", "; filename=a.pdf\nContent-Disposition: attachment; filename=\"{{from}}\""),
		named(row{"unclosed", ""}, "", "; filename=\"{{from}}"),
		named(row{"spaces", ""}, "; name = \"{{from}}\"", " ; filename = {{from}}"),
		named(row{"path", ""}, "", "; filename=\"/home/{{from}}/cv.pdf\""),
	)
	return mixed("filename", rows)
}
