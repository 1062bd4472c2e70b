package mask

import (
	"bytes"
	"encoding/base64"
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

func BenchmarkRewriteText8M(b *testing.B) {
	benchmark(b, append([]byte("Content-Type: text/html\r\n\r\n"), bytes.Repeat([]byte("<p>A line of text, with <b>an address</b>: ben@uni.test</p>\r\n"), 140_000)...))
}

func BenchmarkRewriteLine1M(b *testing.B) {
	benchmark(b, append([]byte("Content-Type: text/plain\r\n\r\n"), bytes.Repeat([]byte("alice@corp.test "), 1<<16)...))
}

// BenchmarkRewriteSigns8M is a text of at signs, that of calendars no less.
func BenchmarkRewriteSigns8M(b *testing.B) {
	benchmark(b, append([]byte("Content-Type: text/calendar\r\n\r\n"), bytes.Repeat([]byte("cid:@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@%40&#64;"), 110_000)...))
}
