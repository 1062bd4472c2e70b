package oracle

import "slices"

// otherTextVectors are texts that are neither plain text nor HTML.
func otherTextVectors() []*Vector {
	one := []row{{"text", "{{from}} {{tagged}} {{keep}}"}}
	var list []*Vector
	for _, kind := range []string{
		"text/markdown; charset=utf-8", "text/csv; charset=utf-8; header=present", "text/tab-separated-values", "text/richtext",
		"text/enriched", "text/css", "text/x-vendor", "text/troff", "text/uri-list", "application/json", "application/xml",
		"application/javascript", "application/x-yaml", "application/rtf", "application/sql", "application/xhtml+xml",
	} {
		list = append(list, texts("type/"+kind, kind, one)...)
	}
	return slices.Concat(list,
		texts("type/text/rtf", "text/rtf", []row{
			{"link", `{\rtf1\ansi {\field{\*\fldinst HYPERLINK "mailto:{{from}}"}{\fldrslt {{from}}}}\par }`},
			{"at sign", `{\rtf1\ansi {{from | at "\\'40"}} {{from | at "\\u64?"}}\par }`},
			{"all", `{\rtf1\ansi {{from | rtf}}\par }`},
			{"groups", `{\rtf1\ansi {{from | at "{\\b @}"}}\par }`},
		}),
		texts("type/application/json", "application/json", []row{
			{"escaped", `{"a":"{{from | at "\\u0040"}}","b":"{{from | json}}","c":"x\n{{from}}\nx"}`},
		}),
		texts("type/application/xml", "application/xml", []row{
			{"entities", `<a mail="{{from | decimal}}">{{from | hexes}}<![CDATA[{{from}}]]><!-- {{from}} --></a>`},
			{"cut", `<a>{{from | at "<b/>@<!-- -->"}}</a>`},
		}),
		texts("type/image/svg+xml", "image/svg+xml", []row{
			{"text", `<svg xmlns="http://www.w3.org/2000/svg"><title>{{from}}</title><text>{{from}}</text><a xlink:href="mailto:{{from}}"/></svg>`},
		}),
		texts("type/text/javascript", "text/javascript", []row{
			{"escaped", `x = "{{from | js}}" + "{{from | at "\\x40"}}"`},
		}),
		texts("type/text/enriched", "text/enriched", []row{
			{"cut", "{{from | at \"<bold>@</bold>\"}}"},
		}),
		mixed("attached", []row{
			{"text", "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\nContent-Transfer-Encoding: base64\n\n{{printf \"Hi %s %s\\n\" from keep | base64}}"},
			{"csv", "Content-Type: text/csv; name=a.csv\nContent-Disposition: attachment; filename=a.csv\nContent-Transfer-Encoding: quoted-printable\n\na,{{from | at \"=40\"}},{{keep}}\n"},
			{"html", "Content-Type: text/html; name=a.html\nContent-Disposition: attachment; filename=a.html\nContent-Transfer-Encoding: base64\n\n{{printf \"<p>%s</p>%s\\n\" (from | decimal) keep | base64}}"},
			{"octets that are text", "Content-Type: application/octet-stream; name=a.txt\nContent-Disposition: attachment; filename=a.txt\nContent-Transfer-Encoding: base64\n\n{{printf \"Hi %s %s\\n\" from keep | base64}}"},
			{"octets that are HTML", "Content-Type: application/octet-stream; name=a.html\nContent-Disposition: attachment; filename=a.html\nContent-Transfer-Encoding: base64\n\n{{printf \"<p>%s</p>%s\\n\" (from | decimal) keep | base64}}"},
			{"octets that are a letter", "Content-Type: application/octet-stream; name=a.eml\nContent-Disposition: attachment; filename=a.eml\nContent-Transfer-Encoding: base64\n\n{{printf \"From: %s\\nSubject: x\\n\\n%s\\n\" from keep | base64}}"},
			{"octets that are UTF-16", "Content-Type: application/octet-stream; name=a.txt\nContent-Disposition: attachment; filename=a.txt\nContent-Transfer-Encoding: base64\n\n{{printf \"Hi %s\\n\" from | utf16 | octets}}"},
			{"no type", "Content-Disposition: attachment; filename=a.txt\n\n{{from}} {{keep}}\n"},
			{"unknown type", "Content-Type: x-app/x-thing\nContent-Disposition: attachment\n\n{{from}} {{keep}}\n"},
			{"log", "Content-Type: application/x-log; name=a.log\nContent-Transfer-Encoding: 7bit\nContent-Disposition: attachment; filename=a.log\n\n{{from}} {{keep}}\n"},
		}),
	)
}

// htmlVectors hide an address in markup.
func htmlVectors() []*Vector {
	return slices.Concat(
		texts("html", "text/html; charset=utf-8", slices.Concat(entityForms, attributeForms, markupForms)),
		texts("amp", "text/x-amp-html; charset=utf-8", []row{
			{"text", "<!doctype html><html ⚡4email><body>{{from | at \"<b>@</b>\"}} <a href=\"mailto:{{from}}\">x</a></body></html>"},
			{"state", `<amp-state id=s><script type="application/json">{"a":"{{from | at "\\u0040"}}"}</script></amp-state>`},
		}),
		[]*Vector{{Name: "html/latin", letter: letter{
			kind: "text/html; charset=iso-8859-1", cte: "8bit", charset: toCharset("iso-8859-1"),
			body: "<p>{{keep}} \u00e9</p>{{from | at \"\u00ad@\"}} {{from | at \"&shy;@\"}}\n",
		}}},
		whole("html", []row{
			{"alternative", "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{{keep}}\n--b\nContent-Type: text/html\n\n<p>{{from}} {{keep}}</p>\n--b--\n"},
			{"alternative, other side", "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{{from}} {{keep}}\n--b\nContent-Type: text/html\n\n<p>{{keep}}</p>\n--b--\n"},
			{"alternative, unknown side", "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{{keep}}\n--b\nContent-Type: text/watch-html\n\n<p>{{from | decimal}}</p>\n--b\nContent-Type: text/x-amp-html\n\n<p>{{from}}</p>\n--b--\n"},
			{"soft breaks", "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>{{everywhere \"=\\n\"}}</p><p>{{keep}}</p>\n"},
			{"quoted attribute", "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>{{keep}}</p><a href=3D\"mailto:{{from | at \"=\\n=40\"}}\" title=3D{{from | at \"=40\"}}>x</a>\n"},
			{"plain said to be HTML", "Content-Type: text/html\n\n{{keep}} Alice <{{from}}> a < b & c > d {{from}} {{keep}}\n"},
			{"HTML said to be plain", "Content-Type: text/plain\n\n<p>{{keep}} <a href=\"mailto:{{from | percent}}\">{{from | decimal}}</a></p>\n"},
		}),
	)
}

var entityForms = []row{
	{"decimal", "<p>{{from | at \"&#64;\"}} {{from | decimal}}</p>"},
	{"hexadecimal", "<p>{{from | at \"&#x40;\"}} {{from | hexes}} {{from | HEXES}}</p>"},
	{"leading zeros", "<p>{{from | at \"&#0064;\"}} {{from | zeros}} {{from | at \"&#x00000040;\"}}</p>"},
	{"named", "<p>{{from | at \"&commat;\" | dot \"&period;\"}}</p>"},
	{"without semicolon", "<p>{{from | local}}&#64{{from | after \"@\"}}</p>"},
	{"entity of an entity", "<iframe srcdoc=\"{{from | at \"&amp;#64;\"}}\"></iframe>"},
	{"soft hyphen", "<p>{{from | at \"&shy;@\"}} {{from | between \"&shy;\"}} {{from | between \"&#173;\"}}</p>"},
	{"zero width", "<p>{{from | at \"&ZeroWidthSpace;@\"}} {{from | at \"&#8203;@\"}} {{from | at \"&zwnj;@&zwj;\"}} {{from | at \"&NoBreak;@\"}} {{from | at \"&#xfeff;@\"}}</p>"},
	{"direction", "<p>{{from | at \"&lrm;@&rlm;\"}} &#x202a;{{from}}&#x202c;</p>"},
	{"wide", "<p>{{from | at \"&#65312;\"}} {{from | at \"&#xff20;\"}}</p>"},
	{"percent", "<a href=\"mailto:{{from | percent}}\">x</a> <a href=\"mailto:{{from | percents}}\">x</a>"},
	{"percent as entity", "<a href=\"mailto:{{from | at \"&#37;40\"}}\">x</a> <a href='mailto:{{from | at \"&percnt;40\"}}'>x</a>"},
}

var attributeForms = []row{
	{"mailto", "<a href=\"mailto:{{from}}?subject=Re%3A\">Alice</a> <a href='MAILTO:{{from | upper}}'>x</a> <a href=mailto:{{from}}>x</a>"},
	{"link text", "<a href=\"https://x.example\">{{from}}</a>"},
	{"query", "<a href=\"https://x.example/?a=1&amp;e={{from | percent}}&f={{from}}\">x</a>"},
	{"redirect", "<a href=\"https://safe.example/?url=mailto%3A{{from | percent}}&data=05%7C{{from | percent | percent}}%7C{{from}}\">x</a>"},
	{"title and alt", "<img title=\"{{from}}\" alt='{{from}}' src=x.png longdesc={{from}}>"},
	{"data", "<span data-email=\"{{from}}\" data-x='{\"a\":\"{{from}}\"}' aria-label=\"{{from}}\" id=\"{{from}}\" class=\"{{from}}\" name={{from}}>x</span>"},
	{"sources", "<img src=\"https://x.example/{{from | percent}}.png\" srcset=\"https://x.example/{{from}} 2x\"><body background=\"https://x.example/?{{from}}\">"},
	{"style attribute", "<p style=\"background:url('https://x.example/?{{from}}');font-family:'{{from}}'\">x</p>"},
	{"base", "<base href=\"https://{{from | percent}}@x.example/\"><a href=\"x\">x</a>"},
	{"forms", "<form action=\"mailto:{{from}}\"><input value=\"{{from}}\" placeholder='{{from}}'><option value={{from}}>{{from}}</option><textarea>{{from}}</textarea></form>"},
	{"meta", "<meta name=author content=\"{{from}}\"><meta http-equiv=refresh content=\"0;url=mailto:{{from}}\"><link rel=author href=\"mailto:{{from}}\">"},
	{"embedded", "<object data=\"mailto:{{from}}\"></object><embed src='{{from}}'><param value='{{from}}'><area href=mailto:{{from}}><iframe src=\"mailto:{{from}}\"></iframe>"},
	{"old quotes", "<blockquote cite=\"mid:x\" type=cite>On Sunday, <a href=\"mailto:{{from}}\">&lt;{{from}}&gt;</a> wrote:</blockquote>"},
	{"broken quote", "<a title=\"x href='mailto:{{from}}'>x</a> {{from}}"},
	{"vector markup", "<v:roundrect href=\"mailto:{{from}}\"><o:p>{{from}}</o:p></v:roundrect><svg><text>{{from}}</text><a xlink:href='mailto:{{from}}'/></svg>"},
}

var markupForms = []row{
	{"comment", "<!-- {{from}} --><!--{{from}}--><!-- > {{from}} -- > {{from}} -->"},
	{"conditional comment", "<!--[if mso]><a href=\"mailto:{{from}}\">{{from | at \"<b>@</b>\"}}</a><![endif]--><!--[if !mso]><!-->{{from}}<!--<![endif]-->"},
	{"declarations", "<!DOCTYPE html PUBLIC \"{{from}}\"><?xml version=\"1.0\" x=\"{{from}}\"?><![CDATA[{{from}}]]>"},
	{"style", "<style>/* {{from}} */ a{background:url(https://x.example/?{{from | percent}})} b::after{content:\"{{from}}\"}</style>"},
	{"style escapes", "<style>b::after{content:\"{{from | at \"\\\\40 \"}}\"} i::after{content:\"{{from | css}}\"}</style>"},
	{"script", "<script>var a='{{from}}', b=\"{{from | at \"\\\\u0040\"}}\", c='{{from | at \"\\\\x40\"}}'</script>"},
	{"title", "<html><head><title>{{from}}</title></head><body>x</body></html>"},
	{"hidden", "<template>{{from}}</template><noscript>{{from}}</noscript><span style=\"display:none\">{{from}}</span><xmp>{{from}}</xmp>"},
	{"cut by tags", "<p>{{from | at \"<b>@</b>\" | dot \"<i class='x'>.</i>\"}}</p>"},
	{"every letter in a tag", "<p><b>{{from | between \"</b><b>\"}}</b></p>"},
	{"cut by wbr", "<p>{{from | at \"<wbr>@<wbr/>\"}} {{from | between \"<wbr>\"}}</p>"},
	{"cut by a comment", "<p>{{from | at \"<!-- > x -->@<!---->\"}}</p>"},
	{"cut by an empty link", "<p>{{from | at \"<a name=x></a>@\"}}</p>"},
	{"cut by a tag and entities", "<p>{{from | local}}<b>&#64;</b>{{from | after \"@\" | dot \"<b>&#46;</b>\"}}</p>"},
	{"cut by a newline in a tag", "<p>{{from | at \"<span\\n style='x'\\n>@</span\\n>\"}}</p>"},
	{"tagged and cut", "<p>{{tagged | at \"<b>@</b>\"}} {{tagged | replace \"+\" \"<b>+</b>\"}}</p>"},
	{"cells", "<table><tr><td>Alice</td><td>{{from}}</td><td>x</td></tr></table>"},
	{"outlook header", "<b>From:</b> Alice &lt;{{from}}&gt;<br><b>To:</b> x [mailto:{{from}}]<br>"},
	{"unclosed tag", "<p>x</p><a href=\"mailto:{{from}}\" {{from}}"},
	{"brackets", "<p>&lt;{{from}}&gt; <{{from}}></p>"},
	{"pre", "<pre>To: &lt;{{from}}&gt;\n{{from}}\n</pre>"},
}
