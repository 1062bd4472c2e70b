package mask

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

// benchmark rewrites source again and again, its scan included.
func benchmark(b *testing.B, source []byte) {
	l := aliceToBen()
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		root, err := message.Scan(bytes.NewReader(source), int64(len(source)), message.DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Rewrite(io.Discard, bytes.NewReader(source), root, l); err != nil {
			b.Fatal(err)
		}
	}
}

// letter4K is a text of 4 KB as people write it, quoting the one before.
func letter4K() []byte {
	text := strings.Repeat("A line of a letter, with what people say: it is not that much, after all.\r\n", 50)
	return []byte("From: Alice <alice@corp.test>\r\nTo: ben.m2n4p6r8@relay.test\r\n" +
		"Subject: A question\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@corp.test>\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
		text + "On Sunday, ben@uni.test wrote:\r\n> Hello alice@corp.test\r\n")
}

// attachment25M is a short text with an attachment that fills the limit.
func attachment25M() []byte {
	data := make([]byte, 18_000_000)
	random := rand.NewChaCha8([32]byte{})
	random.Read(data)
	var b bytes.Buffer
	b.WriteString("From: alice@corp.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
		"--b\r\n\r\nHere it is. alice@corp.test\r\n" +
		"--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	for len(data) > 0 {
		n := min(57, len(data))
		b.WriteString(base64.StdEncoding.EncodeToString(data[:n]) + "\r\n")
		data = data[n:]
	}
	b.WriteString("--b--\r\n")
	return b.Bytes()
}

func BenchmarkRewrite4K(b *testing.B) { benchmark(b, letter4K()) }

func BenchmarkRewrite25M(b *testing.B) { benchmark(b, attachment25M()) }

// text25M is an attachment of text that fills the limit, in base64.
func text25M(last string) []byte {
	line := []byte("INSERT INTO talks VALUES (17, 'Second talk', 'about the thesis, once more');\n")
	return build("application/sql", "base64", append(bytes.Repeat(line, 18_000_000/len(line)), last...))
}

// BenchmarkRewriteText25M reads a text in base64, and writes it anew if its last
// line holds an address.
func BenchmarkRewriteText25M(b *testing.B) {
	b.Run("clean", func(b *testing.B) { benchmark(b, text25M("")) })
	b.Run("address", func(b *testing.B) { benchmark(b, text25M("alice@corp.test")) })
}

// BenchmarkShapes has 8 MB of whatever may cost more than text does. The time
// for each octet must not grow with the message, whence the eighth of it.
func BenchmarkShapes(b *testing.B) {
	picture := base64.StdEncoding.EncodeToString(photo(binary.LittleEndian, make([]byte, 1000)))
	for _, shape := range []struct{ name, kind, cte, lead, again string }{
		{"html", "text/html", "8bit", "", "<p>A line of text, with <b>an address</b>: ben@uni.test</p>\r\n"},
		{"html of one attribute", "text/html", "8bit", "<a title=\"", "x y z, "},
		{"html of one attribute with signs", "text/html", "8bit", "<a title=\"", "alice@corp.test "},
		{"html that opens tags", "text/html", "8bit", "", "<a <"},
		{"html that opens comments", "text/html", "8bit", "@", "<!--"},
		{"address among tags", "text/html", "8bit", "", "a<b>l</b>i<i>c</i>e@c<u>o</u>rp.test "},
		{"one line", "text/plain", "8bit", "", "alice@corp.test "},
		{"one word", "text/plain", "8bit", "@", "xxxxxxxx"},
		{"at signs", "text/plain", "8bit", "", "@"},
		{"plus signs", "text/plain", "8bit", "", "+a+a+a+a@corp.test"},
		{"quotes", "text/plain", "8bit", "", "\"alice\"@corp.test"},
		{"percent signs", "text/plain", "8bit", "", "%25"},
		{"percent", "text/plain", "8bit", "", "%61lice%40corp%2Etest "},
		{"entities", "text/html", "8bit", "", "&#97;lice&commat;corp&period;test "},
		{"ampersands", "text/html", "8bit", "&#64;", "&amp;"},
		{"backslashes", "text/css", "8bit", "", "\\61lice\\40 corp.test "},
		{"accents", "text/plain; charset=utf-8", "8bit", "@", "zoë@bücher.test "},
		{"quoted-printable", "text/plain", "quoted-printable", "@", "=61lice=40corp.test é\r\n"},
		{"shift_jis", "text/plain; charset=shift_jis", "8bit", "@", "\x8e\x84\x82\xcc"},
		{"utf-16", "text/plain; charset=utf-16", "base64", "\xff\xfe", "@\x00x\x00"},
		{"armor", "text/plain", "8bit", "", "-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n"},
		{"hashes", "text/plain", "8bit", "", "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: x\r\n"},
		{"uuencode", "text/plain", "8bit", "begin 644 a.txt\r\n", "M86QI8V5 8V]R<\"YT97-T(&%L:6-E0&-O<G N=&5S=\"!A;&EC94!C;W)P+G1E\r\n"},
		{"uuencoded files", "text/plain", "8bit", "", "begin 644 a\r\n$:&D@\"@``\r\n`\r\nend\r\n"},
		{"calendar of UIDs", "text/calendar", "8bit", "", "UID:#@laptop.corp.test\r\n"},
		{"calendar of our UIDs", "text/calendar", "8bit", "", "UID:" + newMatcher(aliceToBen()).uid("1@laptop.corp.test") + "\r\n"},
		{"calendar of other UIDs", "text/calendar", "8bit", "", "UID:#@google.com\r\n"},
		{"calendar of empty UIDs", "text/calendar", "8bit", "", "UID:\r\n"},
		{"calendar of people", "text/calendar", "8bit", "", "ATTENDEE:mailto:ben.m2n4p6r8@relay.test\r\n"},
		{"calendar of one UID", "text/calendar", "8bit", "UID:", "1@laptop.corp.test\r\n "},
		{"calendar of one quote", "text/calendar", "8bit", "X;A=\"", "a:b\r\n "},
		{"calendar of folds", "text/calendar", "8bit", "SUMMARY:@", "\r\n "},
		{"calendar of cid", "text/calendar", "8bit", "", "cid:@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@%40&#64;"},
		{"calendar of html", "text/calendar", "8bit", "", "X-ALT-DESC:<b>alice@</b>corp.test\r\n"},
		{"cards", "text/vcard", "8bit", "", "BEGIN:VCARD\r\nFN:A\r\nEMAIL:alice=40corp.test\r\nEND:VCARD\r\n"},
		{"cards of photos", "text/vcard", "8bit", "", "PHOTO;ENCODING=b:" + picture + "\r\n"},
		{"cards of keys", "text/vcard", "8bit", "", "KEY:x\r\n"},
		{"nested in base64", "message/rfc822", "base64", "Content-Type: text/html\r\n\r\n", "<p>alice@corp.test, and so on</p>\r\n"},
		{"picture of Exif", "image/jpeg", "base64", "\xff\xd8\xff", "Exif\x00\x00II*\x00\x08\x00\x00\x00"},
		{"picture of XMP", "image/jpeg", "base64", "\xff\xd8\xff", "<exif:GPS>"},
		{"picture of boxes", "image/heic", "base64", "\x00\x00\x00\x18ftypheic", "Exif\x00\x00II*\x00\x08\x00\x00\x00"},
		{"picture of boxes of XMP", "image/heic", "base64", "\x00\x00\x00\x18ftypheic", "<exif:GPSX></exif:GPSX>"},
		{"rtf", "text/rtf", "8bit", "{\\rtf1 ", "{\\b al}{\\i ice\\'40}corp\\u46 ?test\\par\r\n"},
		{"picture of chunks", "image/png", "base64", "\x89PNG\r\n\x1a\n", "\x00\x00\x00\x00iTXt\x00\x00\x00\x00"},
	} {
		for _, size := range []int{1 << 20, 8 << 20} {
			b.Run(fmt.Sprintf("%s/%dM", shape.name, size>>20), func(b *testing.B) {
				text := []byte(shape.lead + strings.Repeat(shape.again, size/len(shape.again)))
				for i := range text {
					if text[i] == '#' { // is not the same each time
						text[i] = "0123456789abcdef"[i*7919>>8&15]
					}
				}
				benchmark(b, build(shape.kind, shape.cte, text))
			})
		}
	}
}
