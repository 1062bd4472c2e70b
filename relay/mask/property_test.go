package mask

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
)

// TestProperties has what calendars and vCards hide text in. The lines are
// those of a body, by CRLF.
func TestProperties(t *testing.T) {
	oneline := base64.StdEncoding.EncodeToString
	tests := []struct{ name, contentType, before, after string }{
		{"key", "text/vcard", "FN:A\nKEY;TYPE=PGP;ENCODING=b:YWxp\n Y2U=\nEND:VCARD\n", "FN:A\nEND:VCARD\n"},
		{"key in a group", "text/x-vcard", "item1.KEY:data:application/pgp-keys;base64,YWxp\nFN:A\n", "FN:A\n"},
		{"key at the end", "text/directory; profile=vCard", "FN:A\nkey;encoding=base64:\n  YWxp\n  Y2U=\n\n", "FN:A\n\n"},
		{"key without a colon", "text/vcard", "FN:A\nKEY;X=\"a:b\nFN:A\n", "FN:A\nFN:A\n"},
		{"not a key", "text/vcard", "X-KEY:1\nNOTE:KEY:1\n KEY:1\nKEYS:1\n", "X-KEY:1\nNOTE:KEY:1\n KEY:1\nKEYS:1\n"},
		{"attachment", "text/calendar", "ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:" + oneline([]byte("To alice@corp.test.")) + "\nX:\n",
			"ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:VG8gYWxpY2UuazdmM3E5\n eDJAcmVsYXkudGVzdC4=\nX:\n"},
		{"attached card", "text/calendar", "ATTACH:data:text/vcard;base64," + oneline([]byte("BEGIN:VCARD\nEMAIL:al\n ice@corp.test\n")) + "\n",
			"ATTACH:data:text/vcard;base64,QkVHSU46VkNBUkQKRU1BSUw6YWxpY2UuazdmM3E5eDJAc\n mVsYXkudGVzdAo=\n"},
		{"other attachments", "text/calendar", "ATTACH:https://x.test/\nATTACH;ENCODING=BASE64:" + oneline([]byte("carol@corp.test")) + "\nATTACH:data:text/plain,alice%40corp.test\n",
			"ATTACH:https://x.test/\nATTACH;ENCODING=BASE64:" + oneline([]byte("carol@corp.test")) + "\nATTACH:data:text/plain,alice.k7f3q9x2%40relay.test\n"},
		{"html", "text/calendar", "X-ALT-DESC;FMTTYPE=text/html:<p>al<b>ic</b>\n e<i>@</i>corp&#46;test\\n</p>\nSUMMARY:a<b\n", "X-ALT-DESC;FMTTYPE=text/html:<p>alice.k7f3q9x2@relay.test<b></b>\n <i></i>\\n</p>\nSUMMARY:a<b\n"},
		{"styled", "text/calendar", "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=\"text/html\":alice<wbr>@corp.test\n", "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=\"text/html\":alice.k7f3q9x2@relay.test<wbr>\n"},
		{"quoted-printable", "text/calendar", "SUMMARY;ENCODING=QUOTED-PRINTABLE:=61lice=40corp.te=\nst, =e9\nX:a=40b\n", "SUMMARY;ENCODING=QUOTED-PRINTABLE:alice.k7f3q9x2@relay.test, =e9\nX:a=40b\n"},
		{"equals sign", "text/calendar", "ATTENDEE;EMAIL=ada@home.test:mailto:alice@corp.test\n", "ATTENDEE;EMAIL=ada.q@relay.test:mailto:alice.k7f3q9x2@relay.test\n"},
		{"by its name", "application/octet-stream; name=a.ICS", "ORGANIZER:mailto:ali\n ce@corp.test\n", "ORGANIZER:mailto:alice.k7f3q9x2@relay.test\n"},
		{"by its name, with a charset", "text/plain; charset=utf-8; name=a.vcf", "EMAIL:ali\n ce@corp.test\n", "EMAIL:alice.k7f3q9x2@relay.test\n"},
		{"by its first line", "application/octet-stream", "\ufeffBegin:VCard\nEMAIL;ENCODING=QUOTED-PRINTABLE:ali=63e@corp.test\n", "\ufeffBegin:VCard\nEMAIL;ENCODING=QUOTED-PRINTABLE:alice.k7f3q9x2@relay.test\n"},
	}
	l := aliceToBen()
	l.Replace = append(l.Replace, Replacement{"ada@home.test", "ada.q@relay.test"})
	for _, tt := range tests {
		for _, cte := range []string{"8bit", "quoted-printable", "base64"} {
			got, _ := rewrite(t, build(tt.contentType, cte, crlf([]byte(tt.before))), l)
			if after := string(decoded(t, got, scan(t, got))); after != string(crlf([]byte(tt.after))) {
				t.Errorf("%s, %s: got\n%q, want\n%q", tt.name, cte, after, crlf([]byte(tt.after)))
			}
			if again, _ := rewrite(t, got, l); !bytes.Equal(again, got) {
				t.Errorf("%s, %s: the copy of the copy differs", tt.name, cte)
			}
		}
	}
}

// TestCardPhoto blanks where the photo of a vCard was taken.
func TestCardPhoto(t *testing.T) {
	picture := photo(binary.LittleEndian, bytes.Repeat([]byte("pixels\x00\xff"), 5000))
	text := base64.StdEncoding.EncodeToString(picture)
	var card bytes.Buffer
	card.WriteString("BEGIN:VCARD\r\nPHOTO;TYPE=JPEG;ENCODING=b:")
	for len(text) > 74 {
		card.WriteString(text[:74] + "\r\n ")
		text = text[74:]
	}
	card.WriteString(text + "\r\nEND:VCARD\r\n")
	got, result := rewrite(t, build("text/vcard", "8bit", card.Bytes()), aliceToBen())
	after := strings.ReplaceAll(string(decoded(t, got, scan(t, got))), "\r\n ", "")
	_, after, _ = strings.Cut(after, "ENCODING=b:")
	after, rest, _ := strings.Cut(after, "\r\n")
	copied, err := base64.StdEncoding.DecodeString(after)
	if err != nil || len(copied) != len(picture) || rest != "END:VCARD\r\n" || result.Changed != 1 {
		t.Fatalf("%d octets became %d (%v), before %q, %+v", len(picture), len(copied), err, rest, result)
	}
	if len(places(copied)) > 0 || bytes.Contains(copied, []byte("latitude")) || !bytes.HasSuffix(copied, picture[len(picture)-40_000:]) {
		t.Error("the place is in the copy, or the pixels are not")
	}
}

// TestLongProperty has properties that are too long to be held.
func TestLongProperty(t *testing.T) {
	long := strings.Repeat("QUJD", maxProperty/4+1)
	for _, tt := range []struct{ before, after string }{
		{"ATTACH;ENCODING=BASE64:" + long + "\r\nX:\r\n", "ATTACH;ENCODING=BASE64:" + long + "\r\nX:\r\n"},
		{"ATTACH;ENCODING=BASE64:" + base64.StdEncoding.EncodeToString([]byte("alice@corp.test...")) + long + "\r\nX:\r\n", "X:\r\n"},
		{"X-ALT-DESC:" + long + "\r\nX:\r\n", "X:\r\n"},
		{"KEY" + long + ":x\r\nX:\r\n", "KEY" + long + ":x\r\nX:\r\n"},
	} {
		got, _ := rewrite(t, build("text/calendar", "base64", []byte(tt.before)), aliceToBen())
		if after := string(decoded(t, got, scan(t, got))); after != tt.after {
			t.Errorf("%.30q of %d became %.30q of %d", tt.before, len(tt.before), after, len(after))
		}
	}
}

// FuzzProperties writes a text in pieces: the copy is the same, and so is that
// of the copy.
func FuzzProperties(f *testing.F) {
	f.Add([]byte("UID:1@corp.test\r\nX-ALT-DESC:<b>alice@</b>corp.test\r\nSUMMARY;ENCODING=QUOTED-PRINTABLE:=\r\n=40\r\n"), byte(3), false)
	f.Add([]byte("ATTENDEE;CN=ben@uni.test:mailto:ben.m2n4p6r8@re\r\n lay.test\r\nORGANIZER:alice@corp.test\r\nX:ben@uni.test\n"), byte(5), false)
	f.Add([]byte("KEY;ENCODING=b:YQ==\r\n YQ==\r\nPHOTO:data:;base64,YWxpY2VAY29ycC50ZXN0\r\nFN:\"\n\n"), byte(1), true)
	f.Fuzz(func(t *testing.T, text []byte, size byte, vcard bool) {
		once := pass(t, text, len(text), vcard)
		if pieces := pass(t, text, int(size), vcard); !bytes.Equal(once, pieces) {
			t.Errorf("%q became %q, and in pieces %q", text, once, pieces)
		}
		if twice := pass(t, once, int(size), vcard); !bytes.Equal(once, twice) {
			t.Errorf("%q became %q, and that %q", text, once, twice)
		}
	})
}

// pass hands a text on in pieces of size.
func pass(t *testing.T, text []byte, size int, vcard bool) []byte {
	t.Helper()
	var out bytes.Buffer
	s := &scrubber{match: newMatcher(aliceToBen()), w: &out}
	s.folded, s.vcard = true, vcard
	s.prepare()
	p := newProperties(s)
	for len(text) > 0 {
		n := min(max(1, size), len(text))
		if _, err := p.Write(text[:n]); err != nil {
			t.Fatal(err)
		}
		text = text[n:]
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
