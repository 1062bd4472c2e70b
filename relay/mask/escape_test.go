package mask

import (
	"testing"
)

// TestEscapes writes an address as the readers of its format do, and holds
// what stands around it to its bytes.
func TestEscapes(t *testing.T) {
	const mask = "alice.k7f3q9x2@relay.test"
	tests := []struct{ name, contentType, before, after string }{
		{"RTF, octet", "text/rtf", `{\rtf1 alice\'40corp.test\par}`, `{\rtf1 ` + mask + `\par}`},
		{"RTF, octets", "text/rtf", `\'61lic\'65\'40corp.test, caf\'e9`, mask + `, caf\'e9`},
		{"RTF, number", "text/rtf", `alice\u64?corp.test \u8364?`, mask + ` \u8364?`},
		{"RTF, number and octet", "text/rtf", `alice\u64\'3fcorp.test alice\u64 ?corp.test alice\u64@corp.test`, mask + " " + mask + " " + mask},
		{"RTF of SMTPUTF8", "text/rtf", `zo\'eb@b\u252?cher.test`, mask},
		{"script", "text/javascript", `a='alice\x40corp.test', b="\x61\x6c\x69\x63\x65\x40corp.test"`, `a='` + mask + `', b="` + mask + `"`},
		{"script, braces", "text/javascript", `alice\u{40}corp.test \u{000061}lice@corp.test \u{40`, mask + " " + mask + ` \u{40`},
		{"script in HTML", "text/html", `<script>a='alice\x40corp.test'</script>`, `<script>a='` + mask + `'</script>`},
		{"no script", "text/plain", `C:\x\alice@corp.test \xzz \u12 \u \x \' \`, `C:\x\` + mask + ` \xzz \u12 \u \x \' \`},
		{"style sheet", "text/css", `a{content:"alice\40 corp.test"} b{content:"\000061lice\40\000063orp.test"}`, `a{content:"` + mask + `"} b{content:"` + mask + `"}`},
		{"style in HTML", "text/html", "<style>a{content:'\\61 \\6C \\69\t\\63\r\n\\65 \\40 corp.test'}</style>", "<style>a{content:'" + mask + "'}</style>"},
		{"no style", "text/html", `<p>C:\alice@corp.test D:\20 \bad</p>`, `<p>C:\` + mask + ` D:\20 \bad</p>`},
		{"frame", "text/html", `<iframe srcdoc="alice&amp;#64;corp.test, alice&amp;amp;commat;corp&#38;period;test, &amp;lt; &amp;"></iframe>`, `<iframe srcdoc="` + mask + `, ` + mask + `, &amp;lt; &amp;"></iframe>`},
		{"quoted pairs", "text/plain", `"al\ice"@corp.test "\alice smi\th"@corp.test "alice\+x"@corp.test`, mask + " " + mask + " " + mask},
		{"quoted white space", "text/plain", `"alice s\mith"@corp.test "\alice smi\th"@corp.test`, mask + " " + mask},
		{"white space, not a quoted pair", "application/json", `{"a":"x\nalice@corp.test\tx\r"}`, `{"a":"x\n` + mask + `\tx\r"}`},
		{"variants", "text/plain", "alice@\ufe0ecorp.test alice\U000e0100@corp.test", mask + " " + mask},
		{"annotations", "text/plain", "alice\ufff9@\ufffacorp\ufffb.test", mask},
		{"tags", "text/plain", "alice\U000e0041@\U000e007fcorp.test", mask},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, cte := range []string{"8bit", "quoted-printable", "base64"} {
				source := build(tt.contentType, cte, []byte(tt.before+"\r\n"))
				got := checkLeaks(t, source)
				if after := string(decoded(t, got, scan(t, got))); after != tt.after+"\r\n" {
					t.Errorf("%s:\ngot  %q\nwant %q", cte, after, tt.after)
				}
			}
		})
	}
}

// TestFlowed cuts addresses by soft line breaks that take the space with them,
// RFC 3676 §4.1.
func TestFlowed(t *testing.T) {
	const mask = "alice.k7f3q9x2@relay.test"
	const delSp = "text/plain; format=flowed; delsp=yes"
	tests := []struct{ name, contentType, before, after string }{
		{"cut", delSp, "to ali \r\nce@co \r\nrp.test now", "to " + mask + " \r\n \r\n now"},
		{"upper case", "text/plain; Format=Flowed; DelSp=Yes", "alice \r\n@corp.test", mask + " \r\n"},
		{"quoted", delSp, "> to alice \r\n> @corp \r\n>.test now", "> to " + mask + " \r\n>  \r\n> now"},
		{"bare LF", delSp, "alice@ \ncorp.test", mask + " \n"},
		{"next line", delSp, "alice@corp.test \r\nor bob \r\nalice@corp.test", mask + " \r\nor bob \r\n" + mask},
		{"hard", delSp, "alice@\r\ncorp.test", "alice@\r\ncorp.test"},
		{"space stays", "text/plain; format=flowed", "alice@ \r\ncorp.test", "alice@ \r\ncorp.test"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, cte := range []string{"8bit", "base64"} {
				got := checkLeaks(t, build(tt.contentType, cte, []byte(tt.before+"\r\n")))
				if after := string(decoded(t, got, scan(t, got))); after != tt.after+"\r\n" {
					t.Errorf("%s: got %q, want %q", cte, after, tt.after)
				}
			}
		})
	}
}

// TestPath reads what stands after a backslash as white space, and as a name.
func TestPath(t *testing.T) {
	l := aliceToBen()
	l.Replace = []Replacement{{"nora@corp.test", "nora.k7f3q9x2@relay.test"}}
	for before, after := range map[string]string{
		`C:\Users\nora@corp.test\notes`:       `C:\Usersnora.k7f3q9x2@relay.test\notes`,
		`"Hi\nnora@corp.test\n"`:              `"Hi\nnora.k7f3q9x2@relay.test\n"`,
		`"\nora"@corp.test "no\ra"@corp.test`: `nora.k7f3q9x2@relay.test nora.k7f3q9x2@relay.test`,
		`"Hi\nleonora@corp.test\n"`:           `"Hi\nleonora@corp.test\n"`,
	} {
		got, _ := rewrite(t, build("text/plain", "8bit", []byte(before)), l)
		if text := string(decoded(t, got, scan(t, got))); text != after {
			t.Errorf("%s became %s, want %s", before, text, after)
		}
	}
}
