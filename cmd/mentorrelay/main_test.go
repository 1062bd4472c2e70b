package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write what the sessions in testdata print")

// noon is the time in all tests.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// A box is a place to run commands in.
type box struct {
	dir     string
	environ []string
	stdin   string
}

// newBox returns a box with nothing in it yet.
func newBox(t *testing.T, environ ...string) *box {
	dir := t.TempDir()
	return &box{dir: dir, environ: append([]string{"MENTORRELAY_CONFIG=" + filepath.Join(dir, configName), "MENTORRELAY_BIN=/somewhere"}, environ...)}
}

// initBox returns a box with an installation in it.
func initBox(t *testing.T, environ ...string) *box {
	b := newBox(t, environ...)
	b.must(t, "init", "--dir", b.dir, "--domain", "relay.test", "--programme", "Horizon", "--coordinator", "coord@horizon.test", "--language", "fr", "--timezone", "Europe/Paris")
	return b
}

// with is the same box in another environment.
func (b *box) with(environ ...string) *box {
	return &box{dir: b.dir, environ: append(slices.Clone(b.environ), environ...)}
}

// run runs a command in the process of the test.
func (b *box) run(t *testing.T, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	m := &Main{Stdin: strings.NewReader(b.stdin), Stdout: &out, Stderr: &errs, Environ: b.environ, Now: func() time.Time { return noon }}
	status = m.Run(t.Context(), args)
	return status, out.String(), errs.String()
}

// must runs a command that has to succeed and returns what it prints.
func (b *box) must(t *testing.T, args ...string) string {
	t.Helper()
	status, stdout, stderr := b.run(t, args...)
	if status != exitDone {
		t.Fatalf("%q: exit %d: %s", args, status, stderr)
	}
	return stdout
}

// fails runs a command that has to end with this status and a line on stderr
// that holds want.
func (b *box) fails(t *testing.T, wantStatus int, want string, args ...string) {
	t.Helper()
	status, _, stderr := b.run(t, args...)
	if status != wantStatus || !strings.Contains(stderr, want) || strings.Count(stderr, "\n") != 1 {
		t.Errorf("%q: exit %d: %s\nwant exit %d: %s", args, status, stderr, wantStatus, want)
	}
}

// decode runs a command with --json.
func decode[T any](t *testing.T, b *box, args ...string) T {
	t.Helper()
	var v T
	text := b.must(t, append(args, "--json")...)
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%q: %v in %s", args, err, text)
	}
	return v
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"pair", "--help"}, {"pair", "add", "--help"}} {
		if got := newBox(t).must(t, args...); !strings.HasPrefix(got, "Usage: mentorrelay") {
			t.Errorf("%q: %s", args, got)
		}
	}
}

func TestVersion(t *testing.T) {
	if v := decode[build](t, newBox(t), "version"); !strings.HasPrefix(v.Go, "go") {
		t.Errorf("%+v", v)
	}
}

// TestSessions replays the sessions in testdata: lines that begin with a
// dollar are commands, and what follows is what they print.
func TestSessions(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no sessions", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			b := initBox(t)
			var got strings.Builder
			for line := range strings.Lines(string(want)) {
				if command, ok := strings.CutPrefix(line, "$ mentorrelay"); ok {
					got.WriteString(line + b.transcript(t, command))
				} else if strings.HasPrefix(line, "#") || line == "\n" {
					got.WriteString(line)
				}
			}
			if *update {
				if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got.String() != string(want) {
				t.Errorf("%s differs (-update writes it), got:\n%s", file, got.String())
			}
		})
	}
}

// random is what differs from one run to the next.
var random = regexp.MustCompile(`\.[a-z2-9]{8}@relay\.test`)

func (b *box) transcript(t *testing.T, command string) string {
	status, stdout, stderr := b.run(t, words(command)...)
	text := random.ReplaceAllString(stdout+stderr, ".TOKEN@relay.test")
	text = strings.ReplaceAll(text, b.dir, "DIR")
	if status != exitDone {
		text += fmt.Sprintf("exit %d\n", status)
	}
	return text
}

// words splits a command as a shell does, for double quotes.
func words(command string) []string {
	var list []string
	for i, piece := range strings.Split(strings.TrimSpace(command), `"`) {
		if i%2 == 1 {
			list = append(list, piece)
		} else {
			list = append(list, strings.Fields(piece)...)
		}
	}
	return list
}
