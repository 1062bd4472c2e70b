package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	letter  = "From: alice@corp.test\r\nSubject: Hello\r\n\r\nHow are you?\r\n"
	holiday = "From: ben@uni.test\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n"
)

func TestParse(t *testing.T) {
	b := newBox(t)
	var files []string
	for name, text := range map[string]string{"letter.eml": letter, "holiday.eml": holiday} {
		file := filepath.Join(b.dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if got := b.must(t, append([]string{"parse", "--json"}, files...)...); strings.Count(got, "\n") != len(files) {
		t.Errorf("not a line each:\n%s", got)
	}
	for file, want := range map[string]string{"letter.eml": "", "holiday.eml": "auto-reply"} {
		v := decode[parseView](t, b, "parse", filepath.Join(b.dir, file))
		if string(v.Automatic) != want || filepath.Base(v.File) != file {
			t.Errorf("%s: %+v", file, v)
		}
	}
}

func TestParseStdin(t *testing.T) {
	b := newBox(t)
	b.stdin = holiday
	if v := decode[parseView](t, b, "parse"); v.File != "-" || v.Automatic != "auto-reply" || v.Signals == nil || v.Answers == nil {
		t.Errorf("%+v", v)
	}
}

func TestParseLimits(t *testing.T) {
	b := newBox(t)
	b.stdin = "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\n\r\n\r\n", 2000)
	b.fails(t, exitFailed, "-: message exceeds the limit of 1000 for its parts", "parse")
}
