package oracle

import (
	"encoding/base64"
	"strings"
	"testing"
)

// hidden is a canary, as it is written in the tables below.
const hidden = "qwrtcanary@corp.test"

// TestViews hides a canary in a place that only one view shows.
func TestViews(t *testing.T) {
	wide := strings.ReplaceAll(hidden, "@", "＠")
	tests := []struct{ view, message string }{
		{"raw", "X: 1\n\n" + hidden},
		{"raw", "X-Mailer: " + strings.ToUpper(hidden) + "\n\n"},
		{"raw", "Subject: a\n\n--b\nno MIME at all " + hidden},
		{"unfolded", "X: 1\n\nUID:qwrtcan\n ary@corp.test"},
		{"encoded words", "Subject: =?utf-8?q?qwrtcanary?=\n =?utf-8?b?QGNvcnAudGVzdA==?=\n\n"},
		{"encoded words", "X: 1\n\nname=\"=?utf-7?q?qwrtcanary+AEA-corp.test?=\""},
		{"parameters", "Content-Disposition: a; filename*0*=utf-8''qwrtcan%61ry; filename*1=\"@corp\"; filename*2=.test\n\n"},
		{"quoted-printable", "X: 1\n\nqwrtcanary=40co=\nrp.test"},
		{"percent", "X: 1\n\nmailto:qwrtcanary%40corp%2Etest"},
		{"percent, percent", "X: 1\n\nqwrtcanary%2540corp.test"},
		{"entities", "X: 1\n\nqwrtcanary&#64corp&period;test"},
		{"entities, entities", "X: 1\n\nqwrtcanary&amp;commat;corp.test"},
		{"percent, entities", "X: 1\n\nqwrtcanary&%2364;corp.test"},
		{"escapes", "X: 1\n\n\"qwrtcanary\\u0040corp.test\""},
		{"escapes", "X: 1\n\n'qwrtcanary\\x40corp.test'"},
		{"escapes", "X: 1\n\ncontent:'qwrtcanary\\40 corp.test'"},
		{"rtf", "X: 1\n\n{\\rtf1 qwrtcanary\\'40corp.test}"},
		{"without tags", "X: 1\n\nqwrt<b>can</b>ary<!-- > -->@corp<wbr>.test"},
		{"without invisible characters", "X: 1\n\nqwrt\u00adcan\u200bary\u2060@corp.test"},
		{"without invisible characters", "X: 1\n\n" + wide},
		{"without invisible characters", "X: 1\n\n" + utf16Of(hidden)[2:]},
		{"without quotes and comments", "X: 1\n\n\"qwrtcanary\"(work)@corp.test"},
		{"base64", "X: 1\n\nu=" + base64.URLEncoding.EncodeToString([]byte("a"+hidden))},
		{"base64", "X: 1\n\nx" + strings.Join(chunks(base64.StdEncoding.EncodeToString([]byte("ab"+hidden+" and more")), 20), "\n> ")},
		{"uuencode", "X: 1\n\n" + uuencode(hidden)},
		{"utf-7", "X: 1\n\nqwrtcanary+AEA-corp.test"},
		{"ebcdic", "X: 1\n\n" + toCharset("ibm037")(hidden)},
		{"without white space", "X: 1\n\n> qwrtcanary \n> @corp.test"},
		{"base64", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + base64Lines(hidden)},
		{"base64, utf-16le, without invisible characters", "Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64\n\n" + base64Lines(toCharset("utf-16le")(wide))},
		{"without quotes and comments", "Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n\"qwrtcanary\"@corp.test\n--b--\n"},
	}
	for _, tt := range tests {
		l := &Letter{Canaries: []Canary{{Place: "a test", Text: hidden}}}
		report := l.Examine("", []byte(tt.message))
		if len(report.Leaks) != 1 || report.Leaks[0].How != tt.view {
			t.Errorf("%s is not the view of %q: %+v", tt.view, tt.message, report.Leaks)
		}
	}
}

// TestScopes looks at where a canary does not count.
func TestScopes(t *testing.T) {
	l := &Letter{
		Canaries: []Canary{{Place: "zone", Text: "+0545", scope: inHeader}, {Place: "reader", Text: "ben@uni.test", scope: fromReader}, {Place: "text", Text: "alice@corp.test"}},
		Kept:     []string{"malice@corp.test", "alice@corp.tester"},
	}
	clean := "To: Ben <ben@uni.test>\r\nSubject: x\r\n\r\ncall +0545, or Malice@corp.test or alice@corp.test=\r\ner\r\n"
	if r := l.Examine("x@relay.test", []byte(clean)); len(r.Leaks) > 0 {
		t.Errorf("finds %+v", r.Leaks)
	}
	leaky := "To: <ben@uni.test>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0545\r\n\r\nben@uni.test\r\n"
	if r := l.Examine("alice@corp.test", []byte(leaky)); len(r.Leaks) != 3 || r.Leaks[0].Where != "envelope" {
		t.Errorf("finds %+v", r.Leaks)
	}
}

// TestMissing damages what is to survive.
func TestMissing(t *testing.T) {
	l := run().Plant(&Vector{Name: "x", letter: letter{kind: "text/html", body: "{{kept \"Déjà vu\"}} <img src='cid:1@x'>"}})
	l.Files = append(l.Files, [32]byte{})
	r := l.Examine("", []byte(strings.Replace(string(l.Data), "Déjà", "Deja", 1)))
	want := `"Déjà vu"|attachment 1, byte for byte|the part that cid:1@x refers to`
	if got := strings.Join(r.Missing, "|"); got != want {
		t.Errorf("missing %s", got)
	}
}

// BenchmarkExamine searches 128 KiB of what needs much decoding.
func BenchmarkExamine(b *testing.B) {
	for _, unit := range []string{"=?utf-8?q?x?= %2540 &amp;amp; <b> \\u0040 (x) \"y\"\r\n ", "AAAA", "<", "=\r\n", "+A-", "%25", "&amp;", "\\", "--b\r\n"} {
		l := run().Plant(&Vector{Name: "x"})
		text := []byte("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat(unit, 1<<17/len(unit)))
		b.Run(unit, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				l.Examine("", text)
			}
		})
	}
}

func FuzzExamine(f *testing.F) {
	r := run()
	for _, v := range Vectors() {
		f.Add(r.Plant(v).Data)
	}
	l := r.Plant(Vectors()[0])
	f.Fuzz(func(t *testing.T, message []byte) {
		l.Examine("", message)
		Marker(message)
	})
}
