package mask

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mentorrelay/parser/message"
)

var update = flag.Bool("update", false, "write the golden files anew")

// aliceToBen is the letter of all tests here: Alice writes to Ben.
func aliceToBen() Letter {
	return Letter{
		From:       Address{"Alice", "alice.k7f3q9x2@relay.test"},
		To:         Address{"Ben", "ben@uni.test"},
		ReplyTo:    "alice.k7f3q9x2@relay.test",
		MessageID:  "<3kq8s7d2@relay.test>",
		InReplyTo:  []string{"<9w2m4n6p@relay.test>"},
		References: []string{"<5h7j9k2m@relay.test>", "<9w2m4n6p@relay.test>"},
		TraceID:    "tr4c3",
		Date:       time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		Replace: []Replacement{
			{"alice@corp.test", "alice.k7f3q9x2@relay.test"},
			{"alice.martin@home.test", "alice.k7f3q9x2@relay.test"},
			{"zoë@bücher.test", "alice.k7f3q9x2@relay.test"},
			{`"alice smith"@corp.test`, "alice.k7f3q9x2@relay.test"},
			{"ben@uni.test", "ben.m2n4p6r8@relay.test"},
		},
		Own:  "ben.m2n4p6r8@relay.test",
		UIDs: uids(1, 2, 3),
	}
}

// rewrite returns the masked copy of a message.
func rewrite(t testing.TB, source []byte, l Letter) ([]byte, Result) {
	t.Helper()
	root := scan(t, source)
	var out bytes.Buffer
	result, err := Rewrite(&out, bytes.NewReader(source), root, l)
	if err != nil {
		t.Fatalf("Rewrite: %v", err)
	}
	return out.Bytes(), result
}

func scan(t testing.TB, source []byte) *message.Part {
	t.Helper()
	root, err := message.Scan(bytes.NewReader(source), int64(len(source)), message.DefaultLimits())
	if err != nil {
		t.Fatalf("Scan: %v", err)
	}
	return root
}

// crlf makes the line breaks of a file those of mail.
func crlf(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}

// TestGolden compares the masked copy of each testdata/*.eml with its
// .masked.eml. Files have LF line breaks, to be read; mail has CRLF.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.in.eml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".in.eml"), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := rewrite(t, crlf(source), aliceToBen())
			again, _ := rewrite(t, got, aliceToBen())
			if diff := cmp.Diff(string(got), string(again)); diff != "" {
				t.Errorf("the copy of the copy differs (-copy +copy of copy):\n%s", diff)
			}
			checkGolden(t, strings.TrimSuffix(file, ".in.eml")+".out.eml", got)
		})
	}
}

func checkGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	got = bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n"))
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
