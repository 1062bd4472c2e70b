package mask

import (
	"bytes"
	"encoding/base64"
	"html"
	"io"
	"mime/quotedprintable"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/idna"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"mentorrelay/parser/message"
)

// canaries are what must not be found in a copy, however it is read.
var canaries = []string{"alice@corp.test", "alice.martin@home.test", "zoë@bücher.test", "zoe\u0308@bu\u0308cher.test", "alice smith\"@corp.test", "laptop.corp.test", "192.0.2.7", "c4n4ry"}

// TestBodyLeaks writes real addresses in every way that mail clients know, and
// some that only an adversary does.
func TestBodyLeaks(t *testing.T) {
	tests := []struct{ name, contentType, body string }{
		{"plain", "text/plain", "alice@corp.test"},
		{"upper case", "text/plain", "ALICE@Corp.Test"},
		{"another address", "text/plain", "Alice.Martin@home.test"},
		{"plus tag", "text/plain", "alice+news.2026@corp.test"},
		{"two plus tags", "text/plain", "alice+a+b@corp.test"},
		{"brackets", "text/plain", "<alice@corp.test>"},
		{"mailto", "text/plain", "mailto:alice@corp.test?subject=x"},
		{"percent", "text/plain", "https://x.test/?q=alice%40corp.test%7C1"},
		{"percent twice", "text/plain", "https://x.test/?q=alice%2540corp.test%257C"},
		{"percent letters", "text/plain", "mailto:%61lic%65%40corp%2Etest"},
		{"query", "text/plain", "https://x.test/?to=alice@corp.test&cc=alice@corp.test"},
		{"end of a sentence", "text/plain", "Ask alice@corp.test."},
		{"emphasis", "text/plain", "_alice@corp.test_ *alice@corp.test* -alice@corp.test-"},
		{"dash", "text/plain", "contact--alice@corp.test"},
		{"ellipsis", "text/plain", "see...alice@corp.test"},
		{"quotes", "text/plain", "'alice@corp.test' ‘alice@corp.test’"},
		{"file name", "text/plain", "see alice@corp.test.pdf"},
		{"quoted local part", "text/plain", `"alice"@corp.test "al\ice"@corp.test "alice smith"@corp.test`},
		{"chinese around", "text/plain", "请联系alice@corp.test谢谢"},
		{"wide characters", "text/plain", "ａｌｉｃｅ＠ｃｏｒｐ．ｔｅｓｔ"},
		{"small at sign", "text/plain", "alice﹫corp.test"},
		{"zero width", "text/plain", "ali\u200bce@\u2060corp.\u200dtest"},
		{"soft hyphen", "text/plain", "ali\u00adce@corp.test"},
		{"controls", "text/plain", "ali\x00ce@corp.\x7ftest"},
		{"byte order mark", "text/plain", "\ufeffalice@corp.test"},
		{"json", "application/json", `{"a":"alice\u0040corp.test","b":"x\nalice@corp.test"}`},
		{"smtputf8", "text/plain", "zoë@bücher.test ZOË@BÜCHER.TEST"},
		{"accents apart", "text/plain", "zoe\u0308@bu\u0308cher.test"},
		{"a-label", "text/plain", "zoë@xn--bcher-kva.test"},
		{"smtputf8 percent", "text/plain", "zo%C3%AB@b%C3%BCcher.test"},
		{"entities", "text/html", "alice&#64;corp.test alice&#x40;corp&period;test alice&commat;corp&#46;test"},
		{"entity without semicolon", "text/html", "alice&#64corp.test"},
		{"entity letters", "text/html", "&#97;&#108;&#105;&#99;&#101;@corp.test"},
		{"entity percent", "text/html", `<a href="mailto:alice&#37;40corp.test">x</a>`},
		{"attribute", "text/html", `<a title=alice@corp.test href='mailto:alice@corp.test'>x</a>`},
		{"comment", "text/html", "<!-- alice@corp.test -->"},
		{"conditional comment", "text/html", "<!--[if mso]><a href=mailto:alice@corp.test>al<b>ice</b>@corp.test</a><![endif]-->"},
		{"style and title", "text/html", "<style>/* alice@corp.test */</style><title>alice@corp.test</title>"},
		{"cut by tags", "text/html", "<p>al<b>ice</b><i>@</i>corp<span style='color:red'>.</span>test</p>"},
		{"cut by wbr", "text/html", "alice<wbr>@corp<wbr/>.test"},
		{"cut by a comment", "text/html", "ali<!-- > x -->ce@corp.test"},
		{"cells", "text/html", "<td>Ben</td><td>alice@corp.test</td><td>x</td>"},
		{"shy entity", "text/html", "alice&shy;@&ZeroWidthSpace;corp.test"},
		{"unclosed tag", "text/html", "<a alice@corp.test"},
		{"less than", "text/html", "a < b alice@corp.test > c"},
		{"unescaped brackets", "text/html", "<alice@corp.test>"},
		{"amp", "text/x-amp-html", "alice<b>@</b>corp.test"},
		{"xml", "application/xhtml+xml", "<p>alice<b>@</b>corp.test</p>"},
		{"calendar fold", "text/calendar", "BEGIN:VCALENDAR\r\nORGANIZER:mailto:ali\r\n ce@corp\r\n\t.test\r\nEND:VCALENDAR"},
		{"calendar uid", "text/calendar", "UID:2026-alice@corp.test"},
		{"calendar newline", "text/calendar", `DESCRIPTION:Hi\nalice@corp.test\nBye\, alice@corp.test\;`},
		{"vcard", "text/vcard", "EMAIL;ENCODING=QUOTED-PRINTABLE:ali=63e=40corp.test"},
		{"vcard soft break", "text/x-vcard", "EMAIL;ENCODING=QUOTED-PRINTABLE:alice=\r\n=40corp.test"},
		{"csv", "text/csv", "a,alice@corp.test,b"},
		{"yaml", "application/x-yaml", "mail: alice@corp.test"},
		{"path", "text/plain", `C:\Users\alice@corp.test\Documents`},
		{"octets that are text", "application/octet-stream", "a;alice@corp.test;b"},
		{"unknown charset", "text/plain; charset=x-unknown", "caf\xe9 alice@corp.test"},
		{"not in its charset", "text/plain; charset=utf-16", "Ask alice@corp.test"},
		{"not in its charset, double", "text/plain; charset=gb2312", "“alice@corp.test”"},
		{"not in its charset, utf-7", "text/plain; charset=utf-7", "+x alice@corp.test +é"},
		{"partial", "message/partial; id=x; number=1", "From: alice@corp.test\r\n\r\nx"},
		{"multipart without parts", "multipart/mixed; boundary=x", "alice@corp.test"},
		{"key in armor", "text/plain", "x\r\n-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n\r\nc4n4ry\r\n-----END PGP PUBLIC KEY BLOCK-----\r\ny"},
		{"quoted key in armor", "text/plain", "> -----BEGIN PGP PUBLIC KEY BLOCK-----\r\n>\r\n> c4n4ry\r\n> -----END PGP PUBLIC KEY BLOCK-----"},
		{"key in armor without end", "text/plain", "-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n\r\n" + strings.Repeat("c4n4ry\r\n", 10_000)},
	}
	for _, tt := range tests {
		for _, cte := range []string{"8bit", "quoted-printable", "base64"} {
			t.Run(tt.name+"/"+cte, func(t *testing.T) {
				checkLeaks(t, build(tt.contentType, cte, []byte("Some text.\r\n"+tt.body+"\r\nMore text.\r\n")))
			})
		}
	}
}

// TestCharsetLeaks does so in charsets of every family.
func TestCharsetLeaks(t *testing.T) {
	tests := []struct {
		label, text string
		encoding    encoding.Encoding
	}{
		{"iso-8859-1", "à Zürich: alice@corp.test, zoë@bücher.test", charmap.ISO8859_1},
		{"windows-1252", "à Zürich: alice@corp.test", charmap.Windows1252},
		{"koi8-r", "Пишите на alice@corp.test, пожалуйста", charmap.KOI8R},
		{"shift_jis", "私のメールアドレスはalice@corp.testです", japanese.ShiftJIS},
		{"iso-2022-jp", "私のメールアドレスはalice@corp.testです", japanese.ISO2022JP},
		{"euc-jp", "私のメールアドレスはalice@corp.testです", japanese.EUCJP},
		{"gb18030", "请联系alice@corp.test谢谢", simplifiedchinese.GB18030},
		{"utf-16", "alice@corp.test ü", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"utf-16be", "alice@corp.test ü", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"utf-16le", "alice@corp.test ü", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"ibm037", "alice@corp.test", charmap.CodePage037},
		{"utf-7", "alice@corp.test ü", message.Charset("utf-7")},
	}
	for _, tt := range tests {
		for _, cte := range []string{"8bit", "quoted-printable", "base64"} {
			t.Run(tt.label+"/"+cte, func(t *testing.T) {
				text, err := tt.encoding.NewEncoder().String(tt.text)
				if err != nil {
					t.Fatal(err)
				}
				got := checkLeaks(t, build("text/plain; charset="+tt.label, cte, []byte(text)))
				p := scan(t, got)
				if p.Encoding != cte || p.Params["charset"] != tt.label {
					t.Errorf("the copy is in %s, %s", p.Encoding, p.Params["charset"])
				}
				want := strings.NewReplacer("alice@corp.test", "alice.k7f3q9x2@relay.test", "zoë@bücher.test", "alice.k7f3q9x2@relay.test").Replace(tt.text)
				if text := readText(t, got, p); strings.TrimPrefix(strings.TrimRight(text, "\r\n"), "\ufeff") != want {
					t.Errorf("got %q, want %q", text, want)
				}
			})
		}
	}
}

// TestUTF16 has texts without a byte order mark, which are to have none after.
func TestUTF16(t *testing.T) {
	for _, contentType := range []string{"text/plain; charset=utf-16", "text/csv; charset=UTF16", "application/octet-stream; name=a.csv", "text/csv"} {
		for _, endian := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
			e := unicode.UTF16(endian, unicode.IgnoreBOM)
			source, _ := e.NewEncoder().Bytes([]byte("é;alice@corp.test;€\r\n"))
			got, _ := rewrite(t, build(contentType, "base64", source), aliceToBen())
			after, _ := e.NewDecoder().Bytes(decoded(t, got, scan(t, got)))
			if string(after) != "é;alice.k7f3q9x2@relay.test;€\r\n" {
				t.Errorf("%s: got %q", contentType, after)
			}
		}
	}
	source := build("application/octet-stream", "base64", bytes.Repeat([]byte{0, 1, 0, 2, 0, 3}, 100))
	if got, result := rewrite(t, source, aliceToBen()); result.Changed != 0 || !bytes.HasSuffix(got, source[len(source)-600:]) {
		t.Error("octets that are no text were changed")
	}
}

// TestHeaderLeaks plants canaries in the header of the message and of a part.
func TestHeaderLeaks(t *testing.T) {
	fields := []string{
		"Return-Path: <alice@corp.test>",
		"Received: from laptop.corp.test ([192.0.2.7])",
		"X-Originating-IP: 192.0.2.7",
		"Subject: alice@corp.test",
		"Subject: =?utf-8?q?alice=40corp=2Etest?=",
		"Subject: =?utf-8?b?YWxpY2VAY29?= =?utf-8?b?cnAudGVzdA==?=",
		"Subject: =?alice@corp.test?q?x?=",
		"Subject: x\r\nSubject: alice@corp.test",
		"Subject: alice%40corp.test &#97;lice@corp.test",
		"Importance: alice@corp.test",
		"Priority: c4n4ry",
		"Content-Language: c4n4ry_",
		"Date: c4n4ry",
		"MIME-Version: 1.0 (c4n4ry)",
		"Content-MD5: c4n4ry",
		"Content-Class: c4n4ry",
		"Content-Features: c4n4ry",
		"Content-Base: http://laptop.corp.test/",
		"Content-Location: http://laptop.corp.test/x",
		"Content-Location: file:///home/c4n4ry",
		"Content-Location: =?utf-8?q?alice=40corp.test?=",
		"Content-Type: text/plain (c4n4ry)",
		"Content-Type: text/plain; name=\"a (1).txt\" (c4n4ry)",
		"Content-Type: text/plain (c4n4ry; name=\"a.txt",
		"Content-Disposition: attachment (c4n4ry); filename=a",
		"Content-Transfer-Encoding: 8bit (c4n4ry)",
		"Content-Transfer-Encoding: (c4n4ry) 8bit",
		"Content-ID: <x@laptop.corp.test>",
		"Content-Description: alice@corp.test.jpg",
		"Content-Description: =?utf-8?q?alice=40corp.test?=",
		"Content-Type: text/plain; x-unix-mode=c4n4ry; name=alice@corp.test.txt",
		"Content-Type: text/plain; name=\"=?utf-8?q?alice=40corp.test?=\"",
		"Content-Type: text/plain; name*0=alice@; name*1=corp.test",
		"Content-Type: text/plain (alice@corp.test); charset=utf-8",
		"Content-Type: text/alice@corp.test",
		"Content-Type: alice@corp.test",
		"Content-Type: text/plain; charset=\"alice@corp.test\"",
		"Content-Type: application/octet-stream; name=\"2026-alice@corp.test.bin\"",
		"Content-Type: multipart/mixed; boundary=\"alice@corp.test\"",
		"Content-Type: multipart/mixed; boundary=\"laptop.corp.test\"",
		"Content-Disposition: attachment; filename=alice@corp.test.pdf; creation-date=\"c4n4ry\"",
		"Content-Disposition: attachment; filename*=utf-8''alice%40corp.test",
		"Content-Disposition: attachment; filename*0*=utf-8''al%69ce%40co; filename*1=rp.test.pdf",
		"Content-Disposition: attachment; filename=a\r\nContent-Disposition: alice@corp.test",
		"Content-Transfer-Encoding: 8bit (alice@corp.test)",
		"Content-Transfer-Encoding: alice@corp.test",
	}
	for _, field := range fields {
		t.Run(field, func(t *testing.T) {
			checkLeaks(t, []byte(field+"\r\n\r\nText\r\n--laptop.corp\r\n"))
			checkLeaks(t, []byte("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=laptop.corp.test\r\n\r\nalice@corp.test\r\n"+
				"--laptop.corp.test\r\n"+field+"\r\n\r\nText\r\n--laptop.corp.test--\r\nalice@corp.test\r\n"))
			checkLeaks(t, []byte("Content-Type: message/rfc822\r\n\r\n"+field+"\r\n\r\nText\r\n"))
			checkLeaks(t, []byte("Content-Type: text/rfc822-headers\r\n\r\n"+field+"\r\n"))
			checkLeaks(t, []byte("Content-Type: message/delivery-status\r\n\r\n"+field+"\r\n\r\n"+field+"\r\n"))
			checkLeaks(t, build("message/rfc822", "base64", []byte(field+"\r\n\r\nText\r\n")))
		})
	}
}

// TestOverScrub holds what looks like an address and is another one.
func TestOverScrub(t *testing.T) {
	for _, text := range []string{
		"malice@corp.test", "new.alice@corp.test", "x-alice@corp.test", "bob+alice@corp.test", "o'alice@corp.test",
		"alice@corp.test.example", "alice@corp.tester", "alice@corp.test-lab.example", "alice@mail.corp.test",
		"alice@corp", "alice at corp.test", "alice@@corp.test", "corp.test", "alice",
		"carol@corp.test", "alicia@corp.test", "alice_b@corp.test",
		"alice.k7f3q9x2@relay.test", "ben.m2n4p6r8@relay.test", "100%40", "&#64;", "&commat;", "%2540", "a\\b",
		"Smith@corp.test", `"bob alice"@corp.test`, "жalice@corp.test",
	} {
		for _, contentType := range []string{"text/plain", "text/html"} {
			source := build(contentType, "8bit", []byte(text))
			got, result := rewrite(t, source, aliceToBen())
			if result.Changed != 0 || !bytes.HasSuffix(got, []byte("\r\n\r\n"+text)) {
				t.Errorf("%s: %q became %q", contentType, text, got[bytes.Index(got, []byte("\r\n\r\n")):])
			}
		}
	}
}

// build returns a message with one encoded body.
func build(contentType, cte string, body []byte) []byte {
	var b bytes.Buffer
	b.WriteString("From: alice@corp.test\r\nMIME-Version: 1.0\r\nContent-Type: " + contentType + "\r\nContent-Transfer-Encoding: " + cte + "\r\n\r\n")
	switch cte {
	case "base64":
		text := base64.StdEncoding.EncodeToString(body)
		for len(text) > 76 {
			b.WriteString(text[:76] + "\r\n")
			text = text[76:]
		}
		b.WriteString(text + "\r\n")
	case "quoted-printable":
		w := quotedprintable.NewWriter(&b)
		w.Binary = strings.Contains(contentType, "utf-16")
		w.Write(body)
		w.Close()
	default:
		b.Write(body)
	}
	return b.Bytes()
}

// checkLeaks rewrites a message and searches the copy for canaries.
func checkLeaks(t testing.TB, source []byte) []byte {
	t.Helper()
	got, _ := rewrite(t, source, aliceToBen())
	for _, leak := range leaks(t, got) {
		t.Errorf("%q is in the copy:\n%s", leak, got)
	}
	again, result := rewrite(t, got, aliceToBen())
	if !bytes.Equal(got, again) {
		t.Errorf("the copy of the copy differs (%+v):\n%s\n--- copy:\n%s", result, again, got)
	}
	return got
}

// leaks searches a message as it is, unfolded and decoded in every way.
func leaks(t testing.TB, source []byte) []string {
	readings := []string{string(source)}
	var walk func(p *message.Part)
	walk = func(p *message.Part) {
		for _, f := range p.Header.Fields() {
			readings = append(readings, f.Value(), message.DecodeHeader(f.Value()))
			_, params := message.ParseParams(f.Value())
			for _, param := range params {
				readings = append(readings, param.Value)
			}
		}
		for _, child := range p.Children {
			walk(child)
		}
		if len(p.Children) > 0 {
			return
		}
		readings = append(readings, readText(t, source, p))
		if p.MediaType == "message/rfc822" {
			inner := decoded(t, source, p)
			readings = append(readings, leaks(t, inner)...)
		}
	}
	walk(scan(t, source))
	var found []string
	for _, canary := range canaries {
		for _, reading := range readings {
			if holds(reading, canary) {
				found = append(found, canary)
				break
			}
		}
	}
	return found
}

// readText returns the text of a leaf as UTF-8.
func readText(t testing.TB, source []byte, p *message.Part) string {
	t.Helper()
	var r io.Reader = p.Open(bytes.NewReader(source))
	if e := message.Charset(p.Params["charset"]); e != nil {
		r = e.NewDecoder().Reader(r)
	}
	text, _ := io.ReadAll(r)
	return string(text)
}

var (
	markup    = regexp.MustCompile(`(?s)<!--.*?-->|</?[a-zA-Z][^>]*>`)
	invisible = regexp.MustCompile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
	folds     = regexp.MustCompile(`\r?\n[ \t]`)
	numbers   = regexp.MustCompile(`&#([0-9]+)`)
)

// holds tells whether text says canary to somebody who tries hard.
func holds(text, canary string) bool {
	canary = strings.ToLower(canary)
	for range 3 {
		for _, s := range []string{text, folds.ReplaceAllString(text, ""), markup.ReplaceAllString(text, ""), invisible.ReplaceAllString(markup.ReplaceAllString(text, ""), "")} {
			s = strings.ToLower(s)
			if i := strings.Index(s, canary); i >= 0 && !isOther(s, i, len(canary)) {
				return true
			}
			if u, err := idna.Punycode.ToUnicode(s); err == nil && strings.Contains(u, canary) && !strings.Contains(s, canary) {
				return true
			}
		}
		text = html.UnescapeString(numbers.ReplaceAllString(text, "&#$1;"))
		if u, err := url.PathUnescape(text); err == nil {
			text = u
		}
	}
	return false
}

// isOther tells whether the canary at i is part of somebody else's address.
func isOther(s string, i, n int) bool {
	return i > 0 && strings.IndexByte("abcdefghijklmnopqrstuvwxyz0123456789", s[i-1]) >= 0 ||
		i+n < len(s) && strings.IndexByte("abcdefghijklmnopqrstuvwxyz0123456789", s[i+n]) >= 0
}
