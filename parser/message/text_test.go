package message

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func readText(t testing.TB, source string) Text {
	t.Helper()
	text, err := ReadText(strings.NewReader(source), scan(t, source))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestReadText reads whole messages of all shapes; the first line of a golden
// file tells where the text came from.
func TestReadText(t *testing.T) {
	mails, err := filepath.Glob("testdata/text/*.eml")
	if err != nil || len(mails) < 20 {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	for _, name := range mails {
		golden := strings.TrimSuffix(name, ".eml") + ".txt"
		t.Run(strings.TrimSuffix(filepath.Base(name), ".eml"), func(t *testing.T) {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text := readText(t, string(source))
			got := "[plain]\n" + text.Plain
			if text.HTML {
				got = "[html]\n" + text.Plain
			}
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			crlf := strings.ReplaceAll(string(source), "\n", "\r\n")
			if again := readText(t, crlf); again != text {
				t.Errorf("with CRLF: %q, want %q", again.Plain, text.Plain)
			}
		})
	}
}

func TestUnflow(t *testing.T) {
	tests := []struct {
		name, text string
		delSp      bool
		want       string
	}{
		{"empty", "", false, ""},
		{"one line", "Hello\n", false, "Hello\n"},
		{"paragraph", "Hello \nthere\nyou\n", false, "Hello there\nyou\n"},
		{"space-stuffed", " > not quoted\n From here\n", false, "> not quoted\nFrom here\n"},
		{"quoted", ">> deep \n>> down\n> up \nmine\n", false, "> > deep down\n> up \nmine\n"},
		{"quoted with spaces", "> one \n> two\n", false, "> one two\n"},
		{"signature", "Bye \n-- \nSam\n", false, "Bye \n-- \nSam\n"},
		{"quoted signature", "> Bye\n> -- \n> Sam\n", false, "> Bye\n> -- \n> Sam\n"},
		{"signature starts nothing", "-- \nSam \nExample\n", false, "-- \nSam Example\n"},
		{"DelSp", "Donau \ndampf \nschiff\n", true, "Donaudampfschiff\n"},
		{"DelSp with spaces", "two  \nwords\n", true, "two words\n"},
		{"last line flows", "Hello \n", false, "Hello \n"},
		{"blank lines", "a \n\nb\n", false, "a \n\nb\n"},
		{"no break at the end", "Hello \nthere", false, "Hello there\n"},
		{"blank quoted", ">\n> x\n", false, ">\n> x\n"},
	}
	for _, tt := range tests {
		if got := unflow(tt.text, tt.delSp); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestReadTextBounds reads texts beyond what is read of a message, in bounded
// memory.
func TestReadTextBounds(t *testing.T) {
	t.Run("one long part", func(t *testing.T) {
		text := readText(t, "Content-Type: text/plain; charset=utf-8\n\n"+strings.Repeat("éa\n", 1<<20))
		if !text.Cut || len(text.Plain) > maxTextPart || len(text.Plain) < maxTextPart-8 {
			t.Errorf("%d octets, cut %t", len(text.Plain), text.Cut)
		}
		if strings.ContainsAny(text.Plain, "Ã\ufffd") {
			t.Error("a character was cut in two")
		}
	})
	t.Run("many parts", func(t *testing.T) {
		part := "--b\n\n" + strings.Repeat("word ", 60<<10) + "\n"
		source := mixedLF("b") + strings.Repeat(part+"x", 60)
		text := readText(t, source)
		if !text.Cut || len(text.Plain) > maxTextAll+maxTextPart {
			t.Errorf("%d octets, cut %t", len(text.Plain), text.Cut)
		}
	})
	t.Run("memory", func(t *testing.T) {
		source := "Content-Type: text/html\n\n" + strings.Repeat("<p>Hello there</p>\n", 1<<20)
		root := scan(t, source)
		src := strings.NewReader(source)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := ReadText(src, root); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		taken := after.TotalAlloc - before.TotalAlloc
		t.Logf("%d octets taken for %d", taken, len(source))
		if taken > 32*maxTextPart {
			t.Error("more than 32 times what is read of a part")
		}
	})
}

// TestReadTextError reads from a source that fails.
func TestReadTextError(t *testing.T) {
	source := "Content-Type: text/plain\n\nHello"
	root := scan(t, source)
	if text, err := ReadText(failingSource{}, root); err == nil || text != (Text{}) {
		t.Errorf("%v, %v", text, err)
	}
}

type failingSource struct{}

func (failingSource) ReadAt([]byte, int64) (int, error) { return 0, errors.New("no disk") }

func mixedLF(boundary string) string {
	return "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n"
}

func BenchmarkReadText(b *testing.B) {
	mails, _ := filepath.Glob("testdata/text/*.eml")
	var sources []string
	var roots []*Part
	size := 0
	for _, name := range mails {
		source, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		sources = append(sources, string(source))
		roots = append(roots, scan(b, string(source)))
		size += len(source)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for i, source := range sources {
			if _, err := ReadText(strings.NewReader(source), roots[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(sources)*b.N)/b.Elapsed().Seconds(), "messages/s")
}

// BenchmarkPlainText reads the replies of all clients.
func BenchmarkPlainText(b *testing.B) {
	names, _ := filepath.Glob("testdata/html/*.html")
	var pages []string
	size := 0
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, string(page))
		size += len(page)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, page := range pages {
			PlainText(page)
		}
	}
	b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "messages/s")
}

// FuzzText reads the text of whatever comes as a message.
func FuzzText(f *testing.F) {
	mails, _ := filepath.Glob("testdata/text/*.eml")
	for _, name := range mails {
		if source, err := os.ReadFile(name); err == nil {
			f.Add(string(source))
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		root, err := Scan(strings.NewReader(source), int64(len(source)), DefaultLimits())
		if err != nil {
			return
		}
		text := readText(t, source)
		if strings.ToValidUTF8(text.Plain, "") != text.Plain {
			t.Errorf("not UTF-8: %q", text.Plain)
		}
		if strings.ContainsAny(text.Plain, "\r\x00") {
			t.Errorf("carriage return or NUL: %q", text.Plain)
		}
		if text.Cut && root.End < maxTextPart {
			t.Error("cut a short message")
		}
		Language(text.Plain)
	})
}
