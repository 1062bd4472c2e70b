package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestServe lets every letter go through a real server, from the mentor to
// the mentee and back.
func TestServe(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the relay")
	}
	binary := build(t)
	for _, way := range []struct{ name, from, also, to string }{
		{"mentor to mentee", alice, aliceHome, ben},
		{"mentee to mentor", ben, benHome, alice},
	} {
		t.Run(way.name, func(t *testing.T) {
			s := startServe(t, binary)
			var stdout, stderr bytes.Buffer
			status := run(t.Context(), []string{
				"--smtp", s.smtp, "--listen", s.sink, "--from", way.from, "--also", way.also, "--mask", s.masks[way.from], "--to", way.to, "--json",
			}, &stdout, &stderr)
			if status != exitClean {
				t.Errorf("exit status %d: %s", status, &stderr)
			}
			report(t, &stdout)
		})
	}
}

// report fails the test for every vector that is not as it should be.
func report(t *testing.T, stdout io.Reader) {
	t.Helper()
	var results []*result
	for dec := json.NewDecoder(stdout); dec.More(); {
		var r result
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		results = append(results, &r)
		switch r.Verdict {
		case leaked, lost, damaged:
			t.Errorf("%s: %s\n\t%s", r.Vector, r.Verdict, strings.Join(r.details(), "\n\t"))
		}
	}
	t.Log(count(results))
}

// A server is a mentorrelay that serves a pair.
type server struct {
	smtp, sink string
	masks      map[string]string // by who writes
}

// build builds the relay.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "mentorrelay")
	if out, err := exec.Command("go", "build", "-o", binary, "mentorrelay/cmd/mentorrelay").CombinedOutput(); err != nil {
		t.Fatalf("building the relay: %v\n%s", err, out)
	}
	return binary
}

// startServe starts a relay, to the end of the test.
func startServe(t *testing.T, binary string) *server {
	t.Helper()
	dir := t.TempDir()
	s := &server{smtp: freeAddress(t), sink: freeAddress(t), masks: map[string]string{}}
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(binary, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(),
			"MENTORRELAY_CONFIG="+filepath.Join(dir, "mentorrelay.toml"), "MENTORRELAY_SMTP_LISTEN="+s.smtp,
			"MENTORRELAY_SMTP_TRUSTED=127.0.0.0/8", "MENTORRELAY_SEND_URL=smtp://"+s.sink)
		return cmd
	}
	do := func(args ...string) []byte {
		t.Helper()
		out, err := command(args...).CombinedOutput()
		if err != nil {
			t.Fatalf("mentorrelay %v: %v\n%s", args, err, out)
		}
		return out
	}
	do("init", "--dir", dir, "--domain", "relay.test", "--programme", "Horizon", "--coordinator", "coord@horizon.test")
	do("person", "add", "--name", "Alice Martin", "--email", alice, "--also", aliceHome)
	do("person", "add", "--name", "Ben Durand", "--email", ben, "--also", benHome)
	var pair struct {
		Masks []struct{ Writer, Address string }
	}
	if err := json.Unmarshal(do("pair", "add", "--mentor", alice, "--mentee", ben, "--skip-survey", "--json"), &pair); err != nil {
		t.Fatal(err)
	}
	for _, m := range pair.Masks {
		s.masks[m.Writer] = m.Address
	}
	runBeside(t, command("serve"))
	s.accepts(t)
	return s
}

// runBeside runs cmd to the end of the test.
func runBeside(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stderr = &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // fails only where it has ended
		if err := cmd.Wait(); err != nil {
			t.Errorf("the relay ended with %v:\n%s", err, &said)
		}
	})
}

// accepts waits until the relay takes connections.
func (s *server) accepts(t *testing.T) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); <-tick.C {
		if c, err := net.Dial("tcp", s.smtp); err == nil {
			c.Close()
			return
		}
	}
	t.Fatal("the relay does not listen")
}
