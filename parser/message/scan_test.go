package message

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func scan(t testing.TB, source string) *Part {
	t.Helper()
	p, err := Scan(strings.NewReader(source), int64(len(source)), DefaultLimits())
	if err != nil {
		t.Fatalf("Scan: %v", err)
	}
	return p
}

// outline draws the structure of a message: a line for each part, with the
// body of each leaf.
func outline(source string, p *Part) string {
	var b strings.Builder
	var draw func(p *Part, indent string)
	draw = func(p *Part, indent string) {
		if len(p.Children) > 0 {
			fmt.Fprintf(&b, "%s%s\n", indent, p.MediaType)
		} else {
			fmt.Fprintf(&b, "%s%s %q\n", indent, p.MediaType, source[p.Body:p.End])
		}
		for _, child := range p.Children {
			draw(child, indent+"  ")
		}
	}
	draw(p, "")
	return b.String()
}

func TestScan(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"empty", "", `text/plain ""`},
		{"only a header", "Subject: x\n", `text/plain ""`},
		{"no header", "Hello\nworld\n", `text/plain "Hello\nworld\n"`},
		{"empty header", "\nHello", `text/plain "Hello"`},
		{"mbox", "From alice Mon Jan  1 10:00:00 2026\nSubject: x\n\nHi", `text/plain "Hi"`},
		{"bare LF", "Content-Type: text/html\n\nHi\n", `text/html "Hi\n"`},
		{"CRLF", "Content-Type: TEXT/HTML; charset=x\r\n\r\nHi\r\n", `text/html "Hi\r\n"`},
		{"unreadable type", "Content-Type: text\n\nHi", `text/plain "Hi"`},
		{"garbage in the header", "Subject: x\ngarbage\nContent-Type: text/html\n\nHi", `text/html "Hi"`},
		{"NUL and octets", "X: \x00\xff\nContent-Type: text/html\n\n\x00", `text/html "\x00"`},
		{"two parts", mixed("b") + "preamble\r\n--b\r\n\r\nOne\r\n--b\r\nContent-Type: text/html\r\n\r\nTwo\r\n--b--\r\nepilogue\r\n", `
multipart/mixed
  text/plain "One"
  text/html "Two"`},
		{"bare LF parts", strings.ReplaceAll(mixed("b")+"--b\r\n\r\nOne\r\n--b\r\n\r\nTwo\r\n--b--", "\r\n", "\n"), `
multipart/mixed
  text/plain "One"
  text/plain "Two"`},
		{"empty parts", mixed("b") + "--b\r\n--b\r\n\r\n--b\r\n\r\n\r\n--b--\r\n", `
multipart/mixed
  text/plain ""
  text/plain ""
  text/plain ""`},
		{"part without empty line", mixed("b") + "--b\r\nContent-Type: text/html\r\n--b--\r\n", `
multipart/mixed
  text/html ""`},
		{"part without header", mixed("b") + "--b\r\nHello there\r\n--b--\r\n", `
multipart/mixed
  text/plain "Hello there"`},
		{"not closed", mixed("b") + "--b\r\n\r\nOne\r\n--b\r\n\r\nTwo\r\n", `
multipart/mixed
  text/plain "One"
  text/plain "Two\r\n"`},
		{"inner not closed", mixed("a") + "--a\r\n" + mixed("b") + "--b\r\n\r\nOne\r\n--a\r\n\r\nTwo\r\n--a--\r\n", `
multipart/mixed
  multipart/mixed
    text/plain "One"
  text/plain "Two"`},
		{"one boundary begins with another", mixed("a") + "--a\r\n" + mixed("ab") + "--ab\r\n\r\n--abc\r\n--ab--\r\n\r\n--a\r\n\r\n--a-\r\n--a--\r\n", `
multipart/mixed
  multipart/mixed
    text/plain "--abc"
  text/plain "--a-"`},
		{"the same boundary inside", mixed("a") + "--a\r\n" + mixed("a") + "--a\r\n\r\nOne\r\n--a--\r\n--a\r\n\r\nTwo\r\n--a--\r\n", `
multipart/mixed
  multipart/mixed
    text/plain "One"
  text/plain "Two"`},
		{"the same boundary inside, without parts", mixed("a") + "--a\r\n" + mixed("a") + "x\r\n--a--\r\ny\r\n", `
multipart/mixed
  multipart/mixed "x"`},
		{"white space after delimiters", mixed("b") + "--b \t\r\n\r\nOne\r\n--b-- \r\n", `
multipart/mixed
  text/plain "One"`},
		{"quoted boundary", "Content-Type: multipart/mixed; boundary=\"=?b ?=\"\r\n\r\n--=?b ?=\r\n\r\nOne\r\n--=?b ?=--\r\n", `
multipart/mixed
  text/plain "One"`},
		{"no delimiter", mixed("b") + "All of it\r\n", `multipart/mixed "All of it\r\n"`},
		{"no boundary", "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx", `multipart/mixed "--b\r\n\r\nx"`},
		{"only a closing delimiter", mixed("b") + "text\r\n--b--\r\nmore", `multipart/mixed "text\r\n--b--\r\nmore"`},
		{"nested message", "Content-Type: message/rfc822\r\n\r\nSubject: x\r\nContent-Type: text/html\r\n\r\nHi\r\n", `
message/rfc822
  text/html "Hi\r\n"`},
		{"nested message in base64", "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nSGk=\r\n", `message/rfc822 "SGk=\r\n"`},
		{"nested message ends with its part", mixed("a") + "--a\r\nContent-Type: message/rfc822\r\n\r\n" + mixed("b") + "--b\r\n\r\nOne\r\n--a--\r\n", `
multipart/mixed
  message/rfc822
    multipart/mixed
      text/plain "One"`},
		{"digest", "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: x\r\nContent-Type: text/html\r\n\r\nOne\r\n--b\r\nContent-Type: text/plain\r\n\r\nTwo\r\n--b\r\nContent-Type: half\r\n\r\nSubject: x\r\n\r\nThree\r\n--b--\r\n", `
multipart/digest
  message/rfc822
    text/html "One"
  text/plain "Two"
  message/rfc822
    text/plain "Three"`},
		{"multipart in a digest", "Content-Type: multipart/digest; boundary=a\r\n\r\n--a\r\n" + mixed("b") + "--b\r\n\r\nOne\r\n--b--\r\n--a--\r\n", `
multipart/digest
  multipart/mixed
    text/plain "One"`},
		{"external body", "Content-Type: message/external-body; access-type=x\r\n\r\nContent-Type: text/html\r\nContent-ID: <1@corp.test>\r\n\r\nHi\r\n", `
message/external-body
  text/html "Hi\r\n"`},
		{"delivery status", "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\n", `message/delivery-status "Reporting-MTA: dns; x\r\n\r\nAction: failed\r\n"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.TrimSpace(outline(tt.source, scan(t, tt.source)))
			if diff := cmp.Diff(strings.TrimSpace(tt.want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func mixed(boundary string) string {
	return "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n"
}

// TestScanWindows moves a delimiter across the edges of the window.
func TestScanWindows(t *testing.T) {
	for _, size := range []int{windowSize, 2 * windowSize, windowSize + longestDelimiter} {
		for shift := -40; shift < 12; shift++ {
			head := mixed("boundary") + "--boundary\r\n\r\n"
			text := strings.Repeat("x", size-len(head)+shift)
			source := head + text + "\r\n--boundary\r\n\r\ny\r\n--boundary--\r\n"
			p := scan(t, source)
			if len(p.Children) != 2 || source[p.Children[0].Body:p.Children[0].End] != text || !p.Closed {
				t.Fatalf("size %d, shift %d: %d parts", size, shift, len(p.Children))
			}
		}
	}
}

func TestLongLines(t *testing.T) {
	for _, tt := range []struct {
		lines []int
		want  bool
	}{
		{[]int{998, 998, 998}, false},
		{[]int{1000}, true},
		{[]int{10, 1000, 10}, true},
		{[]int{998, 998, 1000}, true},
		{[]int{1 << 20}, true},
		{[]int{windowSize - 2, 0}, true},
	} {
		for _, lineBreak := range []string{"\r\n", "\n"} {
			source := "Subject: x" + lineBreak + lineBreak
			for _, n := range tt.lines {
				source += strings.Repeat("x", n) + lineBreak
			}
			if got := scan(t, source).LongLines; got != tt.want {
				t.Errorf("lines of %v with %q: LongLines is %v", tt.lines, lineBreak, got)
			}
		}
	}
	if scan(t, "\n"+strings.Repeat(strings.Repeat("x", 997)+"\r\n", 1000)).LongLines {
		t.Error("many lines of 997 octets are too long")
	}
}

// repeated is a source of any size: a head, then a pattern without end.
type repeated struct{ head, pattern string }

func (r repeated) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		at := off + int64(i)
		if at < int64(len(r.head)) {
			p[i] = r.head[at]
		} else {
			p[i] = r.pattern[(at-int64(len(r.head)))%int64(len(r.pattern))]
		}
	}
	return len(p), nil
}

// An excess is a source that exceeds one limit.
type excess struct {
	name, want string
	source     io.ReaderAt
	size       int64
}

func excesses() []excess {
	var levels strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&levels, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	return []excess{
		{"size", "size", repeated{"", "x\r\n"}, 26 << 20},
		{"100,000 parts", "parts", repeated{mixed("b"), "--b\r\n\r\nx\r\n"}, 1 << 20},
		{"2,000 levels", "depth", strings.NewReader(levels.String()), int64(levels.Len())},
		{"2,000 messages", "depth", repeated{"", "Content-Type: message/rfc822\r\n\r\n"}, 64_000},
		{"10 MB of header", "header", repeated{"", "X-Field: value\r\n"}, 10 << 20},
		{"a field of 10 MB", "header", repeated{"X: ", "x"}, 10 << 20},
		{"a folded field of 10 MB", "header", repeated{"X: ", "x\r\n "}, 10 << 20},
		{"10 MB of headers", "header", repeated{mixed("b"), "--b\r\n" + strings.Repeat("X-Field: "+strings.Repeat("x", 900)+"\r\n", 200)}, 10 << 20},
	}
}

// TestLimits refuses what exceeds each limit in little memory, and soon: in
// 100 ms, as the benchmark shows, on a machine that does nothing else.
func TestLimits(t *testing.T) {
	for _, tt := range excesses() {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := Scan(tt.source, tt.size, DefaultLimits())
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			var limit *LimitError
			if !errors.As(err, &limit) || limit.What != tt.want {
				t.Errorf("got %v, want the limit of %s", err, tt.want)
			}
			if took > time.Second {
				t.Errorf("took %v", took)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
				t.Errorf("allocated %d octets", used)
			}
		})
	}
}

// TestUnderLimits takes what is at the limits.
func TestUnderLimits(t *testing.T) {
	for _, source := range []string{
		mixed("b") + strings.Repeat("--b\r\n\r\nx\r\n", 999) + "--b--\r\n",
		strings.Repeat("Content-Type: message/rfc822\r\n\r\n", 19) + "Subject: x\r\n\r\n",
		strings.Repeat("X-Field: value\r\n", 16_000) + "\r\n",
		strings.Repeat("x", 1<<20),
		"X: y\r\n\r\n" + strings.Repeat("x", 1<<20),
		strings.Repeat("\x00", 1<<20),
		strings.Repeat("\n--", 1<<18),
		mixed("b") + strings.Repeat("\n--", 1<<18),
	} {
		scan(t, source)
	}
}

// failing is a source whose reads fail.
type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestScanReadError(t *testing.T) {
	want := errors.New("disk gone")
	if _, err := Scan(failing{want}, 100, DefaultLimits()); !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
	if _, err := Scan(failing{io.EOF}, 100, DefaultLimits()); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a source that is too short: got %v", err)
	}
}

// FuzzScan holds Scan to its promise: whatever it reads, the parts lie inside
// each other and in order, and their bodies can be read.
func FuzzScan(f *testing.F) {
	f.Add([]byte(mixed("b") + "--b\r\n\r\nOne\r\n--b--\r\n"))
	f.Add([]byte(mixed("a") + "--a\r\n" + mixed("ab") + "--ab\r\n\r\nx\r\n--a\r\nContent-Type: message/rfc822\n\nSubject: x\n\n--a--"))
	f.Add([]byte("Content-Transfer-Encoding: base64\n\nSGVs=bG8\x00=\n"))
	f.Add([]byte("Content-Transfer-Encoding: quoted-printable\n\n=C3=A9 =\r\n =\n=4 \t\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		limits := Limits{Size: 1 << 20, Parts: 50, Depth: 10, Header: 4 << 10}
		root, err := Scan(bytes.NewReader(source), int64(len(source)), limits)
		if err != nil {
			if !errors.As(err, new(*LimitError)) {
				t.Fatal(err)
			}
			return
		}
		if root.Start != 0 || root.End > int64(len(source)) {
			t.Fatalf("the message goes from %d to %d of %d", root.Start, root.End, len(source))
		}
		checkPart(t, source, root)
	})
}

func checkPart(t *testing.T, source []byte, p *Part) {
	t.Helper()
	if p.Start > p.Body || p.Body > p.End {
		t.Fatalf("a part has its start at %d, its body at %d, its end at %d", p.Start, p.Body, p.End)
	}
	at := p.Body
	for _, child := range p.Children {
		if child.Start < at || child.End > p.End {
			t.Fatalf("a part from %d to %d lies outside of %d to %d", child.Start, child.End, at, p.End)
		}
		at = child.End
		checkPart(t, source, child)
	}
	if len(p.Children) == 0 {
		if _, err := io.Copy(io.Discard, p.Open(bytes.NewReader(source))); err != nil {
			t.Fatal(err)
		}
	}
}

func BenchmarkLimits(b *testing.B) {
	for _, e := range excesses() {
		b.Run(e.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Scan(e.source, e.size, DefaultLimits()); err == nil {
					b.Fatal("no limit")
				}
			}
		})
	}
}

func BenchmarkScan(b *testing.B) {
	source := []byte(mixed("b") + "--b\r\n\r\nHi\r\n--b\r\nContent-Type: image/png\r\n\r\n" + strings.Repeat(strings.Repeat("QUJD", 19)+"\r\n", 320_000) + "--b--\r\n")
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Scan(bytes.NewReader(source), int64(len(source)), DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}
