package demo

import (
	"bytes"
	"fmt"
	"image/png"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"
)

// TestLetters checks that the letters are mail as RFC 5322 has it, and name
// their writer where the story says so.
func TestLetters(t *testing.T) {
	c, err := newComposer()
	if err != nil {
		t.Fatal(err)
	}
	to, err := read([]byte("Message-ID: <two@uni.test>\r\nReferences: <one@corp.test>\r\n\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(letters, "letters/*.eml")
	if err != nil || len(files) != 8 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		file = path.Base(file)
		answers := to
		if file == "1.eml" {
			answers = nil
		}
		raw, err := c.compose(file, draft{Account: alice, To: "ben.abc@relay.test", At: Beginning(), Subject: "Été", Text: "Bonjour", Language: "fr"}, answers)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(string(raw), "\r\n"), "\r\n") {
			if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
				t.Errorf("%s: no line of mail: %q", file, line)
			}
		}
		r, err := read(raw)
		if err != nil || slices.ContainsFunc(r.Errors, func(e *enmime.Error) bool { return e.Severe }) {
			t.Fatalf("%s: %v %v", file, err, r.Errors)
		}
		if !r.mentions(alice.Address) || !strings.HasSuffix(r.id(), "@corp.test>") || !utf8.ValidString(r.Text) {
			t.Errorf("%s: no letter of Alice's:\n%s", file, raw)
		}
		if answers != nil && r.GetHeader("References") != "<one@corp.test> <two@uni.test>" {
			t.Errorf("%s: References: %s", file, r.GetHeader("References"))
		}
	}
}

// TestTypography checks that French punctuation does not begin a line.
func TestTypography(t *testing.T) {
	var files []string
	for _, pattern := range []string{"letters/*.eml", "letters/notes/*.txt"} {
		found, err := fs.Glob(letters, pattern)
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		raw, err := letters.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := bytes.Cut(raw, []byte("\n\n")) // the header, or the greeting, is left out
		if found := regexp.MustCompile(`(?m).* [;:?!»].*|.*« .*`).FindAll(body, -1); found != nil {
			t.Errorf("%s: a space that may break in %q", file, found)
		}
	}
}

func TestEnclosures(t *testing.T) {
	p, err := picture()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(p)); err != nil {
		t.Error(err)
	}
	pdf := paper(questions)
	_, after, _ := bytes.Cut(pdf, []byte("startxref\n"))
	var table int
	if _, err := fmt.Sscan(string(after), &table); err != nil || !bytes.HasPrefix(pdf[table:], []byte("xref\n0 6\n")) {
		t.Fatalf("no table at %d (%v)", table, err)
	}
	for i, line := range strings.Split(string(pdf[table:]), "\n")[3:8] {
		var at int
		if _, err := fmt.Sscanf(line, "%d", &at); err != nil || !bytes.HasPrefix(pdf[at:], fmt.Appendf(nil, "%d 0 obj\n", i+1)) {
			t.Errorf("object %d is not at %q (%v)", i+1, line, err)
		}
	}
}

func TestMentions(t *testing.T) {
	for _, c := range []struct {
		name, message string
		want          bool
	}{
		{"nowhere", "From: a@relay.test\r\n\r\nhello\r\n", false},
		{"in a field", "X-Sender: ALICE@corp.test\r\n\r\nhello\r\n", true},
		{"in an encoded word", "Subject: =?utf-8?B?YWxpY2VAY29ycC50ZXN0?=\r\n\r\nhello\r\n", true},
		{"in base64", "Content-Transfer-Encoding: base64\r\n\r\nYWxpY2VAY29ycC50ZXN0\r\n", true},
		{"across a soft break", "Content-Transfer-Encoding: quoted-printable\r\n\r\nali=\r\nce@corp.test\r\n", true},
		{"in a link", "Content-Type: text/html\r\n\r\n<a href=\"mailto:alice%40corp.test\">x</a>\r\n", true},
		{"as entities", "Content-Type: text/html\r\n\r\nalice&#64;corp&period;test\r\n", true},
	} {
		r, err := read([]byte(c.message))
		if err != nil {
			t.Fatal(err)
		}
		if got := r.mentions(alice.Address); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestCompare checks that whatever a relay might do to a letter is noticed.
func TestCompare(t *testing.T) {
	c, err := newComposer()
	if err != nil {
		t.Fatal(err)
	}
	writer := &person{client: &client{Account: alice}, first: "Alice", mask: "ben.m@relay.test", twins: map[string]string{"<b@relay.test>": "<b@uni.test>"}}
	reader := &person{client: &client{Account: ben}, first: "Ben", mask: "alice.m@relay.test"}
	to, err := read([]byte("Message-ID: <b@relay.test>\r\n\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := c.compose("2.eml", draft{Account: alice, To: writer.mask, At: Beginning()}, to)
	if err != nil {
		t.Fatal(err)
	}
	masked := strings.NewReplacer(`"Alice Martin" <alice@corp.test>`, "Alice <alice.m@relay.test>", "To: ben.m@relay.test", "To: ben@uni.test",
		"alice@corp.test", "alice.m@relay.test", "@corp.test", "@relay.test", "<b@relay.test>", "<b@uni.test>").Replace(string(raw))

	for _, f := range []struct{ name, old, new, notices string }{
		{"nothing", "", "", "signed by"}, // which no fake can be
		{"address left", "multipart", "x=alice@corp.test; multipart", "appears nowhere"},
		{"text", "Dear Ben", "Dear all", "the text is the same"},
		{"picture lost", "cid:years", "cid:gone", "the drawing shows"},
		{"file changed", "JVBERi0xLjQK", "JVBERi0xLjUK", "questions.pdf"},
		{"thread lost", "In-Reply-To: <b@uni.test>", "In-Reply-To: <b@relay.test>", "it answers the same letter"},
		{"name", "From: Alice", "From: Alice Martin", "from Alice"},
		{"subject", "Subject:", "Subject: Fwd:", "under the same subject"},
	} {
		t.Run(f.name, func(t *testing.T) {
			if !strings.Contains(masked, f.old) {
				t.Fatalf("no %q to change", f.old)
			}
			letter, err := read(raw)
			if err != nil {
				t.Fatal(err)
			}
			got, err := read([]byte(strings.Replace(masked, f.old, f.new, 1)))
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			p := &programme{teller: &teller{out: &out}, mentor: writer, mentee: reader}
			p.compare(writer, reader, letter, got)
			if !slices.ContainsFunc(p.failed, func(s string) bool { return strings.Contains(s, f.notices) }) {
				t.Errorf("not noticed:\n%s", &out)
			}
			if f.old == "" && len(p.failed) != 1 {
				t.Errorf("failed: %q", p.failed)
			}
		})
	}
}
