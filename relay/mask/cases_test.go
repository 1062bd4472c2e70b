package mask

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

func TestOpaque(t *testing.T) {
	tests := []struct{ name, kind, source string }{
		{"pgp", "pgp", "Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--\r\n"},
		{"smime", "smime", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx"},
		{"opaque-signed inside", "smime", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/x-pkcs7-mime\r\n\r\nx\r\n--b--\r\n"},
		{"p7m", "smime", "Content-Type: application/octet-stream; name=smime.p7m\r\n\r\nx"},
		{"tnef", "tnef", "Content-Type: application/ms-tnef\r\n\r\nx"},
		{"winmail.dat", "tnef", "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=WINMAIL.DAT\r\n\r\nx"},
		{"armor", "pgp", "\r\nHello\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nx\r\n-----END PGP MESSAGE-----\r\n"},
		{"armor in base64", "pgp", string(build("text/plain", "base64", []byte("-----BEGIN PGP MESSAGE-----\r\n")))},
		{"nested", "tnef", "Content-Type: message/rfc822\r\n\r\nContent-Type: application/ms-tnef\r\n\r\nx"},
		{"nested in base64", "tnef", string(build("message/rfc822", "base64", []byte("Content-Type: application/ms-tnef\r\n\r\nx")))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source := []byte(tt.source)
			var out bytes.Buffer
			_, err := Rewrite(&out, bytes.NewReader(source), scan(t, source), aliceToBen())
			var opaque *OpaqueError
			if !errors.As(err, &opaque) || opaque.Kind != tt.kind {
				t.Errorf("got %v, want an OpaqueError of %s", err, tt.kind)
			}
			if out.Len() > 0 {
				t.Errorf("%d octets were written", out.Len())
			}
			l := aliceToBen()
			l.Opaque = Pass
			if _, err := Rewrite(&out, bytes.NewReader(source), scan(t, source), l); err != nil || out.Len() == 0 {
				t.Errorf("passing it: %v", err)
			}
		})
	}
	rewrite(t, []byte("\r\nWhat is a -----BEGIN PGP MESSAGE----- line?\r\n"), aliceToBen())
}

func TestDropped(t *testing.T) {
	tests := []struct {
		name, source string
		want         Result
		body         string
	}{
		{"smime signature", "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\nHi \t\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n\r\nx\r\n--b--\r\n", Result{SignatureDropped: true}, "Content-Type: text/html\r\n\r\nHi \t"},
		{"only a key", "Content-Type: application/pgp-keys\r\n\r\nx", Result{KeyDropped: true}, "X-Mentorrelay-Trace: tr4c3\r\n\r\n"},
		{"a part that is a key", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pgp-keys\r\n\r\nx\r\n--b--\r\n", Result{KeyDropped: true}, "f71ae\r\n\r\n\r\n--=_20adb7aba7a01ef1e81f71ae--\r\n"},
		{"inline key", "\r\nHi\r\n-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n\r\nx\r\n-----END PGP PUBLIC KEY BLOCK-----\r\nBye\r\n", Result{KeyDropped: true, Changed: 1}, "\r\n\r\nHi\r\n\r\nBye\r\n"},
		{"cleartext signature", "\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nHi\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\nx\r\n-----END PGP SIGNATURE-----\r\n", Result{SignatureDropped: true, Changed: 1}, "\r\n\r\nHi\r\n\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, result := rewrite(t, []byte(tt.source), aliceToBen())
			if result != tt.want || !bytes.HasSuffix(got, []byte(tt.body)) {
				t.Errorf("%+v:\n%s", result, got)
			}
		})
	}
}

// TestBytes holds the text around an address to its bytes.
func TestBytes(t *testing.T) {
	tests := []struct{ name, head, before, after string }{
		{"8bit", "text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit", "\xe9\x00\t \nalice@corp.test\n \r\r\n", "\xe9\x00\t \nalice.k7f3q9x2@relay.test\n \r\r\n"},
		{"bare LF", "text/plain", "a\nalice@corp.test\nb", "a\nalice.k7f3q9x2@relay.test\nb"},
		{"quoted-printable", "text/plain\nContent-Transfer-Encoding: quoted-printable", "=61=c3=A9 =\nx=20\nto alice=40corp.test\n=zz \t\n", "=61=c3=A9 =\nx=20\nto alice.k7f3q9x2@relay.test\n=zz \t\n"},
		{"said to be base64", "text/plain\nContent-Transfer-Encoding: base64", "Hello, alice@corp.test!\n", "Hello, alice.k7f3q9x2@relay.test!\n"},
		{"octets said to be base64", "application/octet-stream\nContent-Transfer-Encoding: base64", "Hello, alice@corp.test!\n", "Hello, alice.k7f3q9x2@relay.test!\n"},
		{"footer after base64", "text/plain\nContent-Transfer-Encoding: base64", "SGVsbG8gd29ybGQK\n_____\nalice@corp.test\n", "SGVsbG8gd29ybGQK\n_____\nalice.k7f3q9x2@relay.test\n"},
		{"no comment", "text/plain; name=\"a (1).txt\"", "alice@corp.test", "alice.k7f3q9x2@relay.test"},
		{"base64 by 64", "text/plain\nContent-Transfer-Encoding: base64",
			"SGVsbG8gd29ybGQsIHRoaXMgaXMgYSBsaW5lIG9mIHRleHQgYmVmb3JlIHRoZSBh\nZGRyZXNzIGFsaWNlQGNvcnAudGVzdAo=\n",
			"SGVsbG8gd29ybGQsIHRoaXMgaXMgYSBsaW5lIG9mIHRleHQgYmVmb3JlIHRoZSBh\r\nZGRyZXNzIGFsaWNlLms3ZjNxOXgyQHJlbGF5LnRlc3QK\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, result := rewrite(t, []byte("Content-Type: "+tt.head+"\n\n"+tt.before), aliceToBen())
			if body := got[scan(t, got).Body:]; string(body) != tt.after || result.Changed != 1 {
				t.Errorf("got  %q\nwant %q", body, tt.after)
			}
		})
	}
}

// TestMailbox writes masks with a plus sign, which URLs must encode.
func TestMailbox(t *testing.T) {
	l := aliceToBen()
	l.From.Addr, l.ReplyTo = "relay@mail.test", "relay+k7f3q9x2@mail.test"
	l.Replace = []Replacement{{"alice@corp.test", l.ReplyTo}}
	for before, after := range map[string]string{
		"alice@corp.test":                     "relay+k7f3q9x2@mail.test",
		"https://x.test/?a=alice%40corp.test": "https://x.test/?a=relay%2Bk7f3q9x2%40mail.test",
		"alice%2540corp.test":                 "relay%252Bk7f3q9x2%2540mail.test",
		"alice&#x40;corp.test":                "relay+k7f3q9x2@mail.test",
		"relay+k7f3q9x2@mail.test":            "relay+k7f3q9x2@mail.test",
	} {
		got, _ := rewrite(t, []byte("\r\n"+before+"\r\n"), l)
		if body := string(got[scan(t, got).Body:]); body != after+"\r\n" {
			t.Errorf("%q became %q", before, body)
		}
		if again, _ := rewrite(t, got, l); !bytes.Equal(got, again) {
			t.Errorf("%q: the copy of the copy differs", before)
		}
	}
}

// TestQuotedLines keeps quoted-printable within its line length.
func TestQuotedLines(t *testing.T) {
	for pad := range 80 {
		text := strings.Repeat("x ", pad/2) + "alice@corp.test " + strings.Repeat("y", 70) + " alice@corp.test\r\n"
		got, _ := rewrite(t, build("text/plain", "quoted-printable", []byte(text)), aliceToBen())
		p := scan(t, got)
		want := strings.ReplaceAll(text, "alice@corp.test", "alice.k7f3q9x2@relay.test")
		if after := string(decoded(t, got, p)); after != want {
			t.Fatalf("pad %d: got %q", pad, after)
		}
		for _, line := range strings.Split(string(got[p.Body:p.End]), "\r\n") {
			if len(line) > maxQuoted {
				t.Errorf("pad %d: a line of %d: %q", pad, len(line), line)
			}
		}
	}
}

// TestBase64Lines keeps the length of base64 lines, where one tells it.
func TestBase64Lines(t *testing.T) {
	encode := base64.StdEncoding.EncodeToString
	long := "From: alice@corp.test\r\nX-Mailer: " + strings.Repeat("x", 200) + "\r\n\r\nSome more text than that.\r\n"
	for _, tt := range []struct{ name, kind, body, want string }{
		{"one long line", "text/plain", encode([]byte(strings.Repeat("A line. ", 30) + "alice@corp.test")), encode([]byte(strings.Repeat("A line. ", 30) + "alice.k7f3q9x2@relay.tes"))[:340] + "\r\n"},
		{"one short line", "text/plain", encode([]byte("alice@corp.test")), encode([]byte("alice.k7f3q9x2@relay.test"))},
		{"one short line that ends", "text/plain", encode([]byte("alice@corp.test")) + "\r\n", encode([]byte("alice.k7f3q9x2@relay.test")) + "\r\n"},
		{"a message that gets shorter", "message/rfc822", encode([]byte(long))[:120] + "\r\n" + encode([]byte(long))[120:], encode([]byte("From: <alice.k7f3q9x2@relay.test>\r\n\r\nSome more text than that.\r\n"))},
		{"a line that is too long", "text/plain", encode([]byte(strings.Repeat("alice@corp.test ", 60))), encode([]byte(strings.Repeat("alice.k7f3q9x2@relay.test ", 3)))[:76] + "\r\n"},
	} {
		got, _ := rewrite(t, []byte("MIME-Version: 1.0\r\nContent-Type: "+tt.kind+"\r\nContent-Transfer-Encoding: base64\r\n\r\n"+tt.body), aliceToBen())
		if body := string(got[scan(t, got).Body:]); !strings.HasPrefix(body, tt.want) {
			t.Errorf("%s: got\n%q, want\n%q", tt.name, body, tt.want)
		}
		if again, _ := rewrite(t, got, aliceToBen()); !bytes.Equal(got, again) {
			t.Errorf("%s: the copy of the copy differs", tt.name)
		}
	}
}

// TestLongLines encodes a part anew if its lines are too long for mail.
func TestLongLines(t *testing.T) {
	long := strings.Repeat("A line without end, ", 100) + "alice@corp.test\r\n"
	tests := []struct{ name, head, body, encoding string }{
		{"text", "text/plain", long, "quoted-printable"},
		{"8bit text", "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", "é" + long, "quoted-printable"},
		{"utf-16", "text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: 8bit", strings.Repeat("x\x00", 2000) + "\r\x00\n\x00", "base64"},
		{"octets", "application/x-data\r\nContent-Transfer-Encoding: binary", strings.Repeat("\x00\x01", 2000) + "\r\n\n", "base64"},
		{"base64", "image/png\r\nContent-Transfer-Encoding: base64", strings.Repeat("QUJD", 1000) + "\r\n", "base64"},
		{"quoted-printable", "text/plain\r\nContent-Transfer-Encoding: quoted-printable", strings.Repeat("=41", 1000) + "\r\n", "quoted-printable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source := []byte("MIME-Version: 1.0\r\nContent-Type: " + tt.head + "\r\n\r\n" + tt.body)
			got, result := rewrite(t, source, aliceToBen())
			p := scan(t, got)
			if p.LongLines || p.Encoding != tt.encoding || result.Changed != 1 {
				t.Fatalf("%+v, %s:\n%s", result, p.Encoding, got)
			}
			want := strings.ReplaceAll(string(decoded(t, source, scan(t, source))), "alice@corp.test", "alice.k7f3q9x2@relay.test")
			if after := string(decoded(t, got, p)); after != want {
				t.Errorf("got %q", after)
			}
			if again, _ := rewrite(t, got, aliceToBen()); !bytes.Equal(again, got) {
				t.Error("the copy of the copy differs")
			}
		})
	}
}

// TestInjection hands the letter and the header line breaks of all kinds.
func TestInjection(t *testing.T) {
	for _, evil := range []string{"x\r\nBcc: evil@x.test", "x\nBcc: evil@x.test", "x\rBcc: evil@x.test", "x\x00\r\n\r\nBcc: evil@x.test", "x\u2028Bcc: evil@x.test", strings.Repeat("x", 5000), "=?utf-8?q?x=0D=0ABcc:_evil@x.test?="} {
		l := aliceToBen()
		l.From = Address{evil, "a" + evil + "@relay.test"}
		l.To.Name, l.ReplyTo, l.MessageID, l.TraceID, l.AutoSubmitted = evil, evil, "<"+evil+">", evil, evil
		l.References, l.InReplyTo = []string{evil}, []string{evil}
		source := "Subject: " + evil + "\r\nContent-Type: text/plain; name=\"" + evil + "\"\r\nContent-ID: <" + evil + ">\r\n\r\nText\r\n"
		if !strings.Contains(evil, "\n") {
			source = "Subject: =?utf-8?q?x=0D=0ABcc:_evil@x.test?=\r\n" + source
		}
		got, _ := rewrite(t, []byte(source), l)
		if p := scan(t, got); p.Header.Has("Bcc") {
			t.Errorf("%q makes a field:\n%s", evil, got)
		}
		for _, line := range strings.SplitAfter(string(got), "\n") {
			if line != "" && strings.Trim(line, " \t\r\n") == "" && line != "\r\n" || strings.HasSuffix(line, "\n") && !strings.HasSuffix(line, "\r\n") {
				t.Errorf("%q makes the line %q", evil, line)
			}
		}
	}
}

// TestFolding writes long fields in lines of at most 78, and reads them back.
func TestFolding(t *testing.T) {
	l := aliceToBen()
	l.From.Name = strings.Repeat("Zoë von Bücher ", 10)
	l.References = nil
	for range 50 {
		l.References = append(l.References, "<5h7j9k2m5h7j9k2m5h7j9k2m@relay.test>")
	}
	name := strings.Repeat("Résumé de la réunion ", 8) + ".pdf"
	source := "Subject: alice@corp.test " + strings.Repeat("héhé ", 60) + "\r\nContent-Type: application/pdf; x-a=b; name=\"" + name + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
	got, _ := rewrite(t, []byte(source), l)
	p := scan(t, got)
	for _, line := range strings.Split(string(got[:p.Body]), "\r\n") {
		if len(line) > maxFold {
			t.Errorf("a line of %d: %q", len(line), line)
		}
	}
	if list := message.ParseAddressList(p.Header.Get("From")); len(list) != 1 || list[0].Name != strings.TrimSpace(l.From.Name) || list[0].Addr != l.From.Addr {
		t.Errorf("From is %q", list)
	}
	if ids := message.ParseMessageIDs(p.Header.Get("References")); len(ids) != 50 {
		t.Errorf("%d references", len(ids))
	}
	if subject := message.DecodeHeader(p.Header.Get("Subject")); subject != "alice.k7f3q9x2@relay.test "+strings.TrimSpace(strings.Repeat("héhé ", 60)) {
		t.Errorf("Subject is %q", subject)
	}
	if p.Params["name"] != name {
		t.Errorf("the name is %q", p.Params["name"])
	}
}

func TestDate(t *testing.T) {
	for in, want := range map[string]string{
		"Date: Sun, 22 Nov 2026 10:00:00 +0530\r\n": "Sun, 22 Nov 2026 04:30:00 +0000",
		"Date: tomorrow\r\n":                        "Sun, 22 Nov 2026 09:00:00 +0000",
		"":                                          "Sun, 22 Nov 2026 09:00:00 +0000",
	} {
		got, _ := rewrite(t, []byte(in+"\r\nText"), aliceToBen())
		if date := scan(t, got).Header.Get("Date"); date != want {
			t.Errorf("%q became %q", in, date)
		}
	}
}

// TestWindows moves an address, and an armor, across the edges of windows.
func TestWindows(t *testing.T) {
	for _, contentType := range []string{"text/plain", "text/html"} {
		for _, fill := range []string{"x", "word ", "<p>", "<p title=\"", "é", "\r\n"} {
			for _, around := range []int{scrubWindow - scrubHold, scrubWindow, 2*scrubWindow - scrubHold} {
				for shift := -18; shift < 18; shift += 3 {
					lead := strings.Repeat(fill, (around+shift)/len(fill))
					source := build(contentType, "8bit", []byte(lead+" alice@corp.test "+strings.Repeat("y ", 5000)))
					got, _ := rewrite(t, source, aliceToBen())
					want := lead + " alice.k7f3q9x2@relay.test " + strings.Repeat("y ", 5000)
					p := scan(t, got)
					if after := string(decoded(t, got, p)); after != want {
						t.Fatalf("%s, %q, %d%+d: %d octets, want %d", contentType, fill, around, shift, len(after), len(want))
					}
				}
			}
		}
	}
	key := "-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n" + strings.Repeat("c4n4ry\r\n", 20_000) + "-----END PGP PUBLIC KEY BLOCK-----"
	for shift := 0; shift < 40; shift += 5 {
		lead := strings.Repeat("a line\r\n", 3584) + strings.Repeat("x", shift) + "\r\n"
		got, _ := rewrite(t, build("text/plain", "8bit", []byte(lead+key+"\r\nBye\r\n")), aliceToBen())
		if !bytes.HasSuffix(got, []byte(lead+"\r\nBye\r\n")) {
			t.Fatalf("shift %d: something is left of the key, or more went", shift)
		}
	}
}

// TestArmorInLine has a line that tells of an armor, cut before it.
func TestArmorInLine(t *testing.T) {
	for shift := 1; shift < 16; shift++ {
		text := strings.Repeat("a line\r\n", (scrubWindow-scrubHold)/8-1) + strings.Repeat("x", shift) + " -----BEGIN PGP PUBLIC KEY BLOCK----- it says\r\n" + strings.Repeat("y\r\n", 5000)
		got, _ := rewrite(t, build("text/plain", "8bit", []byte(text)), aliceToBen())
		if !bytes.HasSuffix(got, []byte(text)) {
			t.Errorf("shift %d: a line of text was left out", shift)
		}
	}
}

// TestMemory relays 25 MB without holding them.
func TestMemory(t *testing.T) {
	source := attachment25M()
	root := scan(t, source)
	result := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Rewrite(io.Discard, bytes.NewReader(source), root, aliceToBen()); err != nil {
				b.Fatal(err)
			}
		}
	})
	if used := result.AllocedBytesPerOp(); used > 4<<20 {
		t.Errorf("%d octets allocated", used)
	}
}

// TestLineOf1M relays a line of 1 MB, for which there is a benchmark too.
func TestLineOf1M(t *testing.T) {
	source := append([]byte("Subject: x\r\n\r\n"), bytes.Repeat([]byte("alice@corp.test "), 1<<16)...)
	got, _ := rewrite(t, source, aliceToBen())
	if scan(t, got).LongLines || bytes.Contains(got, []byte("alice@corp")) {
		t.Error("the line is as it was")
	}
}

// failingWriter fails after some octets.
type failingWriter struct{ room int }

var errFull = errors.New("no room")

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteError(t *testing.T) {
	source := crlf(readFile(t, "testdata/forwarded.in.eml"))
	root := scan(t, source)
	for room := 0; room < 3000; room += 100 {
		_, err := Rewrite(&failingWriter{room}, bytes.NewReader(source), root, aliceToBen())
		if err != nil && !errors.Is(err, errFull) || room == 0 && err == nil {
			t.Errorf("room for %d: %v", room, err)
		}
	}
}
