package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestDemo runs the demo to its end and looks at what it tells and leaves.
func TestDemo(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	out := filepath.Join(t.TempDir(), "out")
	status, stdout, stderr := newBox(t).run(t, "demo", "--out", out)
	if status != exitDone || stderr != "" {
		t.Fatalf("exit %d: %s\n%s", status, stderr, stdout)
	}
	for _, want := range []string{
		"alice.martin@corp.test appears nowhere in what Ben got", "ben.durand@uni.test appears nowhere in what Alice got",
		"questions.pdf: 933 octets, the same SHA-256", "the drawing shows in the text", "550 5.7.1", "550 5.1.1",
		"“Passerelle: what is still open”", "the agreed rhythm is the slower of their two wishes", "voici Alice”",
		"“Deux ou trois lignes suffisent pour commencer”", "Votre échange avec Alice est ouvert depuis 8 jours", "“Ce qui a suscité notre dernier conseil”",
		"“Garder pour Alice ce qui demande un regard extérieur”", "withheld: one in five is", "Lettres par semaine", "its chart shows in the text",
		"with one tap: 4", "the agreed rhythm is now: fortnightly", "“Un petit signe à Alice”", "Alice’s absence is noted", "“Vous êtes en pause”",
		"“Your letter to Ben was not passed on: a pause”", "“Heureux de vous retrouver”", "“Letters reach Ben again”", "“Your exchange with Ben has come to its end”",
		"of one yes alone nobody learns", "Ben reads that Alice’s address is alice.martin@corp.test",
		"20 letters in Alice’s mailbox, sent and received, are one thread", "none is in it", "All 251 checks held.",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("it does not tell %q", want)
		}
	}
	if strings.Contains(stdout, "\x1b") {
		t.Error("there are colours, and no terminal")
	}
	for pattern, want := range map[string]int{"*-wrote-*.eml": 33, "*-got-*.eml": 58, "*-got-passerelle-*.png": 10, "*.html": 92} {
		if files, err := filepath.Glob(filepath.Join(out, pattern)); err != nil || len(files) != want {
			t.Errorf("%d files are %s (%v), want %d", len(files), pattern, err, want)
		}
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
	for line := range strings.Lines(stdout) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 80 && !strings.Contains(line, out) && !strings.Contains(line, "MENTORRELAY_CONFIG") && !strings.Contains(line, "--dir") {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// TestDemoStay logs in to the demo with a real mail client, by the line that
// the demo prints, and answers the last letter.
func TestDemoStay(t *testing.T) {
	for _, program := range []string{"neomutt", "script"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed", program)
		}
	}
	t.Setenv("TMPDIR", t.TempDir())
	told, status := stayingDemo(t)
	told.until(t, "The servers stay up.")
	_, command, _ := strings.Cut(told.until(t, "What comes in is told here."), "\n\n") // of Alice, who is first
	command, _, _ = strings.Cut(command, "\n\n")

	answer(t, command, "Encore un mot avant de partir.")
	told.until(t, "Ben gets “Re: Une page et un parcours” from Alice <alice.")
	told.stop()
	told.until(t, "Closing.")
	if code := <-status; code != exitDone {
		t.Errorf("exit %d", code)
	}
}

// A telling is what a running demo prints.
type telling struct {
	*bufio.Scanner
	stop func()
}

// stayingDemo runs the demo with --stay beside the test.
func stayingDemo(t *testing.T) (*telling, <-chan int) {
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(stop)
	read, write := io.Pipe()
	var errs bytes.Buffer
	status := make(chan int, 1)
	go func() {
		m := &Main{Stdout: write, Stderr: &errs, Now: time.Now}
		status <- m.Run(ctx, []string{"demo", "--stay", "--out", t.TempDir()})
		write.CloseWithError(fmt.Errorf("the demo has ended: %s", &errs))
	}()
	return &telling{bufio.NewScanner(read), stop}, status
}

// until reads up to a line that holds text.
func (d *telling) until(t *testing.T, text string) string {
	t.Helper()
	var lines strings.Builder
	for d.Scan() {
		lines.WriteString(d.Text() + "\n")
		if strings.Contains(d.Text(), text) {
			return lines.String()
		}
	}
	t.Fatalf("%q was not told: %v\n%s", text, d.Err(), &lines)
	return ""
}

// answer opens the newest message, answers it with these words above the
// quoted text, sends that and quits: by the keys that a person presses.
func answer(t *testing.T, command, words string) {
	dir := t.TempDir()
	editor := filepath.Join(dir, "editor")
	text := fmt.Sprintf("#!/bin/sh\n{ echo '%s'; echo; cat \"$1\"; } >\"$1.new\" && mv \"$1.new\" \"$1\"\n", words)
	if err := os.WriteFile(editor, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	command += " \\\n -e 'set editor=" + editor + " include autoedit fast_reply abort_unmodified=no wait_key=no quit beep=no tmpdir=" + dir + "'" +
		" -e 'push <last-entry><display-message><exit><reply>y<quit>'"
	cmd := exec.CommandContext(t.Context(), "script", "-qec", command, filepath.Join(dir, "screen"))
	cmd.Env = append(os.Environ(), "TERM=xterm", "HOME="+dir, "LC_ALL=C.UTF-8", "LINES=24", "COLUMNS=100")
	cmd.WaitDelay = time.Second
	timer := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("neomutt: %v\n%s", err, regexp.MustCompile(`[^\n -~]+`).ReplaceAllString(string(out), " "))
	}
}
