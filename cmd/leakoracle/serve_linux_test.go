package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mentorrelay/cmd/leakoracle/oracle"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestServe lets every letter go through a real server, from the mentor to
// the mentee and back: one with a domain of its own, which takes mail in by
// SMTP, and one that lives in an ordinary mailbox, by IMAP.
func TestServe(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the relay")
	}
	binary := filepath.Join(t.TempDir(), "mentorrelay")
	if out, err := exec.Command("go", "build", "-o", binary, "mentorrelay/cmd/mentorrelay").CombinedOutput(); err != nil {
		t.Fatalf("building the relay: %v\n%s", err, out)
	}
	for _, door := range []struct {
		name, golden string
		start        func(*testing.T, *installation) *server
		most         int // letters for one server, which limits what a person sends in a day
	}{
		{"domain, SMTP", "domain.txt", startDomain, 10_000}, // the network vouches for more
		{"mailbox, IMAP", "mailbox.txt", startMailbox, 480},
	} {
		for _, way := range []struct{ name, from, also, to string }{
			{"mentor to mentee", alice, aliceHome, ben},
			{"mentee to mentor", ben, benHome, alice},
		} {
			t.Run(door.name+"/"+way.name, func(t *testing.T) {
				var stdout, stderr bytes.Buffer
				for vectors := range slices.Chunk(oracle.Vectors(), door.most) {
					s := door.start(t, &installation{binary: binary, dir: t.TempDir(), sink: freeAddress(t)})
					args := append(s.flags(way.from), "--listen", s.sink, "--from", way.from, "--also", way.also,
						"--mask", s.masks[way.from], "--to", way.to, "--json", "--settle", "1s")
					for _, v := range vectors {
						args = append(args, "--vector", v.Name)
					}
					if status := run(t.Context(), args, &stdout, &stderr); status != exitClean {
						t.Errorf("exit status %d: %s", status, &stderr)
					}
				}
				report(t, &stdout, filepath.Join("testdata", door.golden))
			})
		}
	}
}

// report fails the test for every vector that is not as it should be, and
// where another than before is not passed on, or found by design.
func report(t *testing.T, stdout io.Reader, golden string) {
	t.Helper()
	var results []*result
	var special strings.Builder
	for dec := json.NewDecoder(stdout); dec.More(); {
		var r result
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		results = append(results, &r)
		switch r.Verdict {
		case leaked, lost, damaged:
			t.Errorf("%s: %s\n\t%s", r.Vector, r.Verdict, strings.Join(r.details(), "\n\t"))
		case refused, keptBack, known:
			fmt.Fprintf(&special, "%s: %s\n", r.Vector, r.Verdict)
		}
	}
	t.Log(count(results))
	if *update {
		if err := os.WriteFile(golden, []byte(special.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(special.String(), "\n")); diff != "" {
		t.Errorf("not as in %s (-update writes it anew):\n%s", golden, diff)
	}
}

// A server is a mentorrelay that serves a pair.
type server struct {
	*installation
	masks map[string]string          // by who writes
	flags func(from string) []string // that tell the oracle how letters of from get in
}

// startDomain starts a relay that is the mail server of its domain.
func startDomain(t *testing.T, i *installation) *server {
	address := freeAddress(t)
	i.env = []string{"MENTORRELAY_SMTP_LISTEN=" + address, "MENTORRELAY_SMTP_TRUSTED=127.0.0.0/8"}
	s := &server{installation: i, masks: i.init(t, "--domain", "relay.test")}
	s.flags = func(string) []string { return []string{"--smtp", address} }
	runBeside(t, i.command("serve"))
	accepts(t, address)
	return s
}

// startMailbox starts a relay that fetches its mail from a mailbox, at a
// provider that checks who writes.
func startMailbox(t *testing.T, i *installation) *server {
	const address, provider = "mentors@boxes.test", "mx.boxes.test"
	url, password := startDovecot(t), filepath.Join(i.dir, "password")
	if err := os.WriteFile(password, []byte(mailboxPassword+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	i.env = []string{"MENTORRELAY_IMAP_URL=" + url, "MENTORRELAY_IMAP_PASSWORD_FILE=" + password, "MENTORRELAY_IMAP_AUTHSERV_ID=" + provider}
	s := &server{installation: i, masks: i.init(t, "--mailbox", address)}
	s.flags = func(from string) []string {
		_, domain, _ := strings.Cut(from, "@")
		return []string{"--imap", url, "--password-file", password, "--field", "Authentication-Results: " + provider + "; dmarc=pass header.from=" + domain}
	}
	runBeside(t, i.command("serve"))
	return s
}

// An installation is a folder that mentorrelay works in.
type installation struct {
	binary, dir string
	sink        string   // to which it sends
	env         []string // of its configuration
}

// command is a command in it.
func (i *installation) command(args ...string) *exec.Cmd {
	cmd := exec.Command(i.binary, args...)
	cmd.Dir = i.dir
	cmd.Env = append(os.Environ(), "MENTORRELAY_CONFIG="+filepath.Join(i.dir, "mentorrelay.toml"), "MENTORRELAY_SEND_URL=smtp://"+i.sink)
	cmd.Env = append(cmd.Env, i.env...)
	return cmd
}

// init makes it, with a pair, and returns the masks by who writes to them.
func (i *installation) init(t *testing.T, where ...string) map[string]string {
	t.Helper()
	do := func(args ...string) []byte {
		t.Helper()
		out, err := i.command(args...).CombinedOutput()
		if err != nil {
			t.Fatalf("mentorrelay %v: %v\n%s", args, err, out)
		}
		return out
	}
	do(append([]string{"init", "--dir", i.dir, "--programme", "Horizon", "--coordinator", "coord@horizon.test"}, where...)...)
	do("person", "add", "--name", "Alice Martin", "--email", alice, "--also", aliceHome)
	do("person", "add", "--name", "Ben Durand", "--email", ben, "--also", benHome)
	var pair struct {
		Masks []struct{ Writer, Address string }
	}
	if err := json.Unmarshal(do("pair", "add", "--mentor", alice, "--mentee", ben, "--skip-survey", "--json"), &pair); err != nil {
		t.Fatal(err)
	}
	masks := map[string]string{}
	for _, m := range pair.Masks {
		masks[m.Writer] = m.Address
	}
	return masks
}

// runBeside runs cmd to the end of the test.
func runBeside(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stderr, cmd.WaitDelay = &said, time.Minute // should a child of it hold Stderr open
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // fails only where it has ended
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s ended with %v:\n%s", cmd.Path, err, &said)
		}
	})
}

// accepts waits until a server takes connections.
func accepts(t *testing.T, address string) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); <-tick.C {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
	}
	t.Fatalf("nothing listens at %s", address)
}
