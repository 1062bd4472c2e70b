package mask

import (
	"bytes"
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
		{"RTF, groups", "application/rtf", `{\rtf1{\b al}{\i ice}{\insrsid12 @corp}{}.test\par bob}`, `{\rtf1{\b ` + mask + `}{\i }{\insrsid12 }{}\par bob}`},
		{"RTF, words", "application/rtf", `\alice\tab alice\rtlch\fcs0 @\-corp\u46 .test\line\'61lice@corp.test\cell`, `\alice\tab ` + mask + `\rtlch\fcs0 \-\line` + mask + `\cell`},
		{"RTF, symbols", "application/rtf", `C:\\alice@corp.test\~\{alice@corp.test\}`, `C:\\` + mask + `\~\{` + mask + `\}`},
		{"RTF, lines", "text/rtf", "ali\r\nce@corp\r\n.test", mask + "\r\n\r\n"},
		{"RTF by its beginning", "application/msword", `{\rtf1\ansi alice{}@corp.test}`, `{\rtf1\ansi ` + mask + `{}}`},
		{"script", "text/javascript", `a='alice\x40corp.test', b="\x61\x6c\x69\x63\x65\x40corp.test"`, `a='` + mask + `', b="` + mask + `"`},
		{"script, braces", "text/javascript", `alice\u{40}corp.test \u{000061}lice@corp.test \u{40`, mask + " " + mask + ` \u{40`},
		{"script in HTML", "text/html", `<script>a='alice\x40corp.test'</script>`, `<script>a='` + mask + `'</script>`},
		{"no script", "text/plain", `C:\x\alice@corp.test \xzz \u12 \u \x \' \`, `C:\x\` + mask + ` \xzz \u12 \u \x \' \`},
		{"style sheet", "text/css", `a{content:"alice\40 corp.test"} b{content:"\000061lice\40\000063orp.test"}`, `a{content:"` + mask + `"} b{content:"` + mask + `"}`},
		{"style in HTML", "text/html", "<style>a{content:'\\61 \\6C \\69\t\\63\r\n\\65 \\40 corp.test'}</style>", "<style>a{content:'" + mask + "'}</style>"},
		{"no style", "text/html", `<p>C:\alice@corp.test D:\20 \bad</p>`, `<p>C:\` + mask + ` D:\20 \bad</p>`},
		{"frame", "text/html", `<iframe srcdoc="alice&amp;#64;corp.test, alice&amp;amp;commat;corp&#38;period;test, &amp;lt; &amp;"></iframe>`, `<iframe srcdoc="` + mask + `, ` + mask + `, &amp;lt; &amp;"></iframe>`},
		{"entities without semicolon", "text/html", `<p title="alice&shy@corp.test">ali&shyce@corp&shy.test, <i>alice&shy;&shy</i>@corp.test &copy2026 &notit &unknown</p>`, `<p title="` + mask + `">` + mask + `, <i>` + mask + `&shy;&shy</i> &copy2026 &notit &unknown</p>`},
		{"accents without semicolon", "text/html", `zo&euml@b&uumlcher.test zo&Euml@b&Uumlcher.test`, mask + " " + mask},
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

// TestNotEntities has ampersands that begin no character reference.
func TestNotEntities(t *testing.T) {
	for text, contentType := range map[string]string{
		`<a href="/?x=1&shyalice@corp.test&regalice@corp.test&amp=2">&amp</a>`: "text/html",
		"ali&shyce@corp.test": "text/plain",
	} {
		got, result := rewrite(t, build(contentType, "8bit", []byte(text)), aliceToBen())
		if result.Changed != 0 || !bytes.HasSuffix(got, []byte(text)) {
			t.Errorf("%q became:\n%s", text, got)
		}
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

// TestPath reads what stands after a backslash as white space, and as a name
// where it can be one.
func TestPath(t *testing.T) {
	const nora, ora = "nora.k7f3q9x2@relay.test", "ora.m2n4p6r8@relay.test"
	l := aliceToBen()
	l.Replace = []Replacement{{"nora@corp.test", nora}}
	both := l
	both.Replace = append(both.Replace, Replacement{"ora@home.test", ora})
	for _, tt := range []struct {
		letter                     Letter
		contentType, before, after string
	}{
		{l, "text/plain", `C:\Users\nora@corp.test\notes`, `C:\Users\` + nora + `\notes`},
		{l, "text/plain", `"Hi\nnora@corp.test\n"`, `"Hi\n` + nora + `\n"`},
		{l, "text/plain", `"\nora"@corp.test "no\ra"@corp.test`, nora + " " + nora},
		{l, "text/plain", `"Hi\nleonora@corp.test\n"`, `"Hi\nleonora@corp.test\n"`},
		{both, "text/plain", `Hi\nora@home.test`, `Hi\n` + ora},
		{l, "application/json", `"Hi\nora@corp.test\tnora@corp.test"`, `"Hi\nora@corp.test\t` + nora + `"`},
		{l, "application/ld+json", `"C:\\Users\\nora@corp.test\\n"`, `"C:\\Users\\` + nora + `\\n"`},
		{both, "text/javascript", `"Hi\nora@home.test", "Hi\\nora@home.test"`, `"Hi\n` + ora + `", "Hi\\n` + ora + `"`},
	} {
		got, _ := rewrite(t, build(tt.contentType, "8bit", []byte(tt.before)), tt.letter)
		if text := string(decoded(t, got, scan(t, got))); text != tt.after {
			t.Errorf("%s: %s became %s, want %s", tt.contentType, tt.before, text, tt.after)
		}
	}
}
