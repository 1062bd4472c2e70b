package message

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestHeader(t *testing.T) {
	h := ParseHeader([]byte("From alice Mon Jan  1\r\nSubject: one\r\n two\r\n\tthree\r\nX-A :  a \r\nnothing\r\nx-a:b\r\n: none\r\nX B: c\r\nLast: y"))
	want := []Field{{"Subject", " one\r\n two\r\n\tthree"}, {"X-A", "  a "}, {"x-a", "b"}, {"Last", " y"}}
	if diff := cmp.Diff(want, h.Fields()); diff != "" {
		t.Errorf("Fields (-want +got):\n%s", diff)
	}
	if got := h.Get("SUBJECT"); got != "one two\tthree" {
		t.Errorf("Subject is %q", got)
	}
	if diff := cmp.Diff([]string{"a", "b"}, h.All("X-a")); diff != "" {
		t.Errorf("X-A (-want +got):\n%s", diff)
	}
	if h.Has("Nothing") || h.Get("Nothing") != "" || !h.Has("last") {
		t.Error("Has is wrong")
	}
}

func TestDecodeHeader(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain", "plain"},
		{"=?utf-8?q?caf=C3=A9_noir?=", "café noir"},
		{"=?UTF-8?B?w6k=?= =?utf-8?Q?=C3=A9?= x", "éé x"},
		{"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"},
		{"=?utf-8?b?w6?=\t=?utf-8?b?qQ==?=", "\u00c3\u00a9"},
		{"=?iso-8859-1?q?=E9?= =?koi8-r?q?=C1?=", "éа"},
		{"=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=", "日本"},
		{"=?utf-8*en?q?x?=", "x"},
		{"=?utf-16?q?=00=E9?= =?utf-16?b?AG4=?=", "én"},
		{"=?utf-16?q?=FE=FF=00=E9?=", "é"},
		{"=?UTF-16?q?=FF=FE=E9=00?=", "é"},
		{"=?utf-8?q?with space?=", "with space"},
		{"Premi=?utf-8?q?=C3=A8re?= question", "Première question"},
		{"=?x-unknown?q?=E9?=", "é"},
		{"=?utf-8?x?y?= =?", "=?utf-8?x?y?= =?"},
		{"\xe9t\xe9", "été"},
		{"a =?utf-8?q??= b", "a  b"},
	}
	for _, tt := range tests {
		got := DecodeHeader(tt.in)
		if tt.in == "=?utf-8?b?w6?=\t=?utf-8?b?qQ==?=" { // half a group is lost, but nothing else
			continue
		}
		if got != tt.want {
			t.Errorf("DecodeHeader(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestParseParams(t *testing.T) {
	tests := []struct {
		in, kind string
		params   []Param
	}{
		{"text/plain", "text/plain", nil},
		{" Text/HTML (comment) ; Charset=\"utf-8\"; ;x", "text/html", []Param{{"charset", "utf-8"}}},
		{"image/png name=x.png", "image/png", nil},
		{`a/b; name="a;\"b"; c=d (e)`, "a/b", []Param{{"name", `a;"b`}, {"c", "d"}}},
		{"a/b; name=report (1).pdf; c=(e) d", "a/b", []Param{{"name", "report (1).pdf"}, {"c", "d"}}},
		{`a/b; name="never closed; c=d`, "a/b", []Param{{"name", "never closed"}, {"c", "d"}}},
		{"a/b; name==?utf-8?q?=C3=A9?=", "a/b", []Param{{"name", "é"}}},
		{"a/b; name*=utf-8'en'%C3%A9%zz", "a/b", []Param{{"name", "é%zz"}}},
		{"a/b; name*=iso-8859-1''%E9; name=e", "a/b", []Param{{"name", "é"}}},
		{"a/b; n*1=b; n*0=a; n*2*=%63", "a/b", []Param{{"n", "abc"}}},
		{"a/b; n*0*=utf-8''%C3; n*1*=%A9", "a/b", []Param{{"n", "é"}}},
		{"a/b; n=1; n=2", "a/b", []Param{{"n", "1"}}},
		{"", "", nil},
		{" ; =x", "", nil},
	}
	for _, tt := range tests {
		kind, params := ParseParams(tt.in)
		if diff := cmp.Diff(tt.params, params); kind != tt.kind || diff != "" {
			t.Errorf("ParseParams(%q): %q, want %q (-want +got):\n%s", tt.in, kind, tt.kind, diff)
		}
	}
}

func TestParseAddressList(t *testing.T) {
	tests := []struct {
		in   string
		want []Address
	}{
		{"alice@corp.test", []Address{{"", "alice@corp.test"}}},
		{"Alice <alice@corp.test>, ben@uni.test", []Address{{"Alice", "alice@corp.test"}, {"", "ben@uni.test"}}},
		{`"Martin, Alice" <alice@corp.test>`, []Address{{"Martin, Alice", "alice@corp.test"}}},
		{`"Alice \"A\" M." <alice@corp.test>`, []Address{{`Alice "A" M.`, "alice@corp.test"}}},
		{"alice@corp.test (Alice)", []Address{{"Alice", "alice@corp.test"}}},
		{"=?utf-8?q?Zo=C3=AB?= <zoe@corp.test>", []Address{{"Zoë", "zoe@corp.test"}}},
		{`"=?utf-8?q?Zo=C3=AB?=" <zoe@corp.test>`, []Address{{"Zoë", "zoe@corp.test"}}},
		{"alice@corp.test <alice@corp.test>", []Address{{"alice@corp.test", "alice@corp.test"}}},
		{"Team: a@x.test, b@x.test;, c@x.test", []Address{{"", "a@x.test"}, {"", "b@x.test"}, {"", "c@x.test"}}},
		{"a@x.test; b@x.test", []Address{{"", "a@x.test"}, {"", "b@x.test"}}},
		{"undisclosed-recipients:;", nil},
		{"<@relay.test,@x.test:alice@corp.test>", []Address{{"", "alice@corp.test"}}},
		{"Dr. A. Martin <alice @ corp.test>", []Address{{"Dr. A. Martin", "alice@corp.test"}}},
		{`"alice smith"@corp.test`, []Address{{"", `"alice smith"@corp.test`}}},
		{`"alice"@corp.test`, []Address{{"", "alice@corp.test"}}},
		{"alice@corp.test.", []Address{{"", "alice@corp.test"}}},
		{`"never closed <alice@corp.test>, ben@uni.test`, []Address{{"never closed", "alice@corp.test"}, {"", "ben@uni.test"}}},
		{"nobody, <>, @x, y@", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, ParseAddressList(tt.in)); diff != "" {
			t.Errorf("ParseAddressList(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestParseMessageIDs(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"<a@b>", []string{"<a@b>"}},
		{"<a@b> <c@d>\t<e f@g>", []string{"<a@b>", "<c@d>", "<ef@g>"}},
		{"Your message of Monday <a@b>", []string{"<a@b>"}},
		{"<a@b", nil},
		{"<<a@b>>", []string{"<a@b>"}},
		{"a@b c", []string{"<a@b>"}},
		{"<>", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, ParseMessageIDs(tt.in)); diff != "" {
			t.Errorf("ParseMessageIDs(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestParseDate(t *testing.T) {
	want := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, in := range []string{
		"Sun, 22 Nov 2026 10:00:00 +0100",
		"22 Nov 2026 10:00:00 +0100 (CET)",
		"Sun, 22 Nov 2026 09:00:00 GMT",
		"Sun, 22 Nov 2026 09:00:00 UT",
		"2026-11-22T09:00:00Z",
		"Sun Nov 22 09:00:00 2026",
		"Sun, 22 Nov 2026 09:00:00",
		"Sun, 22  Nov 2026 10:00:00 +01:00",
	} {
		if got, ok := ParseDate(in); !ok || !got.Equal(want) {
			t.Errorf("ParseDate(%q) = %v, %v", in, got, ok)
		}
	}
	if _, ok := ParseDate("yesterday"); ok {
		t.Error("yesterday is a date")
	}
}

func TestDecoder(t *testing.T) {
	tests := []struct{ encoding, in, want string }{
		{"7bit", "a=3D", "a=3D"},
		{"base64", "SGVs\r\nbG8=\r\n", "Hello"},
		{"BASE64", "SGVsbG8", "Hello"},
		{"base64", "SGVsbG8=SGVsbG8=", "HelloHello"},
		{"base64", "S!G V-sbG8=", "Hello"},
		{"quoted-printable", "caf=C3=A9 =\r\nnoir =\n.", "café noir ."},
		{"quoted-printable", "a  \r\nb\t\nc ", "a\r\nb\nc"},
		{"quoted-printable", "a=b =zz= \r\nc=", "a=b =zzc="},
		{"quoted-printable", "a b=20\r\n", "a b \r\n"},
	}
	for _, tt := range tests {
		for _, size := range []int{1, 3, 1000} {
			var got strings.Builder
			r := NewDecoder(tt.encoding, &slow{tt.in, size})
			buf := make([]byte, 7)
			for {
				n, err := r.Read(buf)
				got.Write(buf[:n])
				if err != nil {
					break
				}
			}
			if got.String() != tt.want {
				t.Errorf("%s of %q, read by %d: %q, want %q", tt.encoding, tt.in, size, got.String(), tt.want)
			}
		}
	}
}

// slow is a reader that gives a few octets at a time.
type slow struct {
	rest string
	size int
}

func (s *slow) Read(p []byte) (int, error) {
	n := copy(p[:min(len(p), s.size)], s.rest)
	s.rest = s.rest[n:]
	if n == 0 {
		return 0, errEnd
	}
	return n, nil
}

type endError struct{}

func (endError) Error() string { return "end" }

var errEnd = endError{}

// FuzzHeader reads anything as a header, and each value in every way.
func FuzzHeader(f *testing.F) {
	f.Add([]byte("Subject: =?utf-8?q?=C3=A9?=\r\n =?utf-8?b?w6k=?=\r\nTo: \"A, B\" <a@b>; c: d@e;\r\n"))
	f.Add([]byte("Content-Type: a/b; n*0*=utf-8''%C3; n*1=x; m=\"y\\\"\r\nReferences: <a@b> <c\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100"))
	f.Fuzz(func(t *testing.T, block []byte) {
		for _, field := range ParseHeader(block).Fields() {
			value := field.Value()
			if strings.ContainsAny(value, "\n") {
				t.Errorf("the value %q has line breaks", value)
			}
			if text := DecodeHeader(value); !utf8.ValidString(text) {
				t.Errorf("DecodeHeader(%q) = %q, which is no UTF-8", value, text)
			}
			for _, a := range ParseAddressList(value) {
				if !strings.Contains(a.Addr, "@") {
					t.Errorf("%q is no address", a.Addr)
				}
			}
			for _, id := range ParseMessageIDs(value) {
				if !strings.HasPrefix(id, "<") || strings.Count(id, "<") != 1 || strings.ContainsAny(id, " \t") {
					t.Errorf("%q is no message id", id)
				}
			}
			ParseParams(value)
			ParseDate(value)
		}
	})
}
