package report

import (
	"bytes"
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

// pieces make texts that are slow for a reader that goes back.
var pieces = []string{
	"mailbox ", "1 de ", "<<< 5", "<", "5.1.", ">>> ", "\n>", "Action: failed\n", "quota of your account ", "í", "ß",
	"user address account ", "10 - ", "between 3 and ", "a", "\n", "Final-Recipient: a@b.test\n\n", "@", "550 ",
}

// BenchmarkRead reads 100 KB of each piece, as text and as a diagnostic.
func BenchmarkRead(b *testing.B) {
	for _, piece := range pieces {
		long := strings.Repeat(piece, 100<<10/len(piece))
		for name, text := range map[string]string{
			"text":   head + "\r\n" + long,
			"status": dsn("Action: failed\r\nDiagnostic-Code: smtp; " + long),
			"away":   "Subject: Automatic reply: x\r\nDate: Mon, 29 Jun 2026 10:00:00 +0200\r\n\r\n" + long,
		} {
			b.Run(name+"/"+strings.TrimSpace(piece), func(b *testing.B) {
				src := bytes.NewReader([]byte(text))
				root, err := message.Scan(src, src.Size(), message.DefaultLimits())
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					Read(src, root, "<>")
				}
			})
		}
	}
}
