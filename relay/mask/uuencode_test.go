package mask

import (
	"bytes"
	"strings"
	"testing"
)

// uuencode returns a file in lines of 45 octets, with spaces for zeros.
func uuencode(t *testing.T, name, file, end string) string {
	t.Helper()
	var b bytes.Buffer
	e := uuencoder{w: &b, end: end}
	if _, err := e.Write([]byte(file)); err != nil {
		t.Fatal(err)
	}
	if err := e.flush(); err != nil {
		t.Fatal(err)
	}
	return "begin 644 " + name + end + strings.ReplaceAll(b.String(), "`", " ") + "`" + end + "end" + end
}

// uudecode returns the files in a text.
func uudecode(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		if data, ok := uuLine([]byte(strings.TrimRight(line, "\r"))); ok {
			b.Write(data)
		}
	}
	return b.String()
}

// TestUuencoded searches files that are uuencoded, in text or as its transfer
// encoding.
func TestUuencoded(t *testing.T) {
	const mask = "alice.k7f3q9x2@relay.test"
	long := strings.Repeat("A line of a long letter that says little.\r\n", 2000)
	tests := []struct{ name, contentType, file, after string }{
		{"text", "text/plain", "Ask alice@corp.test\r\n", "Ask " + mask + "\r\n"},
		{"in utf-16", "text/plain; charset=utf-16be", "Ask alice@corp.test\r\n", "Ask " + mask + "\r\n"},
		{"long text", "text/plain", long + "alice@corp.test " + long, long + mask + " " + long},
		{"page", "text/html", "alice<b>@</b>corp.test", mask + "<b></b>"},
		{"clean", "text/plain", "Ask nobody", "Ask nobody"},
		{"no text", "text/plain", "PK\x03\x04 alice@corp.test" + long, "PK\x03\x04 alice@corp.test" + long},
	}
	for _, tt := range tests {
		for _, cte := range []string{"x-uuencode", "8bit", "quoted-printable", "base64"} {
			if cte == "x-uuencode" && strings.Contains(tt.contentType, "utf-16") {
				continue
			}
			t.Run(tt.name+"/"+cte, func(t *testing.T) {
				body := "Hi\r\n" + uuencode(t, "notes.txt", tt.file, "\r\n") + "Bye\r\n"
				got, result := rewrite(t, build(tt.contentType, cte, inCharset(t, tt.contentType, body)), aliceToBen())
				text := readText(t, got, scan(t, got))
				head, rest, _ := strings.Cut(strings.TrimPrefix(text, "Hi\r\n"), "\r\n")
				file, tail, _ := strings.Cut(rest, "\r\nend\r\n")
				if head != "begin 644 notes.txt" || tail != "Bye\r\n" || uudecode(file) != tt.after {
					t.Errorf("got %q", text)
				}
				if tt.file == tt.after && (result.Changed > 0 || text != body) {
					t.Error("the text was touched")
				}
				if again, _ := rewrite(t, got, aliceToBen()); !bytes.Equal(again, got) {
					t.Error("the copy of the copy differs")
				}
			})
		}
	}
}

// inCharset encodes text as its type says.
func inCharset(t *testing.T, contentType, text string) []byte {
	t.Helper()
	if !strings.Contains(contentType, "utf-16be") {
		return []byte(text)
	}
	var b []byte
	for _, c := range []byte(text) {
		b = append(b, 0, c)
	}
	return b
}

// TestUuencodedLines reads what only looks like a file.
func TestUuencodedLines(t *testing.T) {
	for _, text := range []string{
		"begin 644 x", "begin 644 x\r\n", "begin 644 x\r\nHello\r\nend\r\n", "begin 6 to 7\r\n alice@corp.test\r\n",
		"begin 644 x\r\n#\r\n`\r\nend\r\nalice@corp.test", "begin 644 alice@corp.test\r\n`\r\nend\r\n",
		"begin 644 x\r\n" + strings.Repeat("M", 100_000) + "\r\nalice@corp.test\r\n",
	} {
		got, _ := rewrite(t, build("text/plain", "8bit", []byte(text)), aliceToBen())
		p := scan(t, got)
		want := strings.ReplaceAll(text, "alice@corp.test", "alice.k7f3q9x2@relay.test")
		if after := string(decoded(t, got, p)); after != want && !p.LongLines {
			t.Errorf("%.60q became %.200q", text, after)
		}
	}
}
