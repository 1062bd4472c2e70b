//go:build linux

package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The two people of most tests: a mentor and a mentee, who read French.
const (
	alice = "alice.martin@corp.test"
	ben   = "ben.durand@uni.test"
)

// An installation is what an operator has: a folder, an environment, and the
// program.
type installation struct {
	t   testing.TB
	dir string
	env map[string]string // what differs from the configuration file
	dns map[string]string // the TXT records that init asks to publish

	roots string // the certificates to believe, if not the system's

	smtp, lmtp string // where the doors listen that are open
}

// newInstallation chooses a folder; the environment says env.
func newInstallation(t testing.TB, env map[string]string) *installation {
	t.Helper()
	i := &installation{t: t, dir: folder(t), env: map[string]string{}, dns: map[string]string{}}
	maps.Copy(i.env, env)
	return i
}

// openDoors gives it an SMTP and an LMTP door that trust this machine.
func (i *installation) openDoors() {
	i.t.Helper()
	i.smtp, i.lmtp = loopback(freePort(i.t)), loopback(freePort(i.t))
	i.env["SMTP_LISTEN"], i.env["SMTP_LMTP"] = i.smtp, i.lmtp
	i.env["SMTP_TRUSTED"] = "127.0.0.0/8"
}

// beside is another server of the same installation, with doors of its own.
func (i *installation) beside() *installation {
	i.t.Helper()
	other := *i
	other.env = maps.Clone(i.env)
	other.openDoors()
	return &other
}

// init runs the command of this name.
func (i *installation) init(args ...string) {
	i.t.Helper()
	var made struct {
		Records []struct{ Name, Type, Value string }
	}
	i.json(&made, append([]string{"init", "--dir", i.dir, "--programme", "Horizon", "--coordinator", "coord@horizon.test", "--language", "fr", "--timezone", "Europe/Paris"}, args...)...)
	for _, r := range made.Records {
		if r.Type == "TXT" {
			i.dns[r.Name] = r.Value
		}
	}
}

// command prepares the program to run with these arguments.
func (i *installation) command(args ...string) *exec.Cmd {
	cmd := exec.Command(binary, args...)
	cmd.Dir = i.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "MENTORRELAY_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "MENTORRELAY_CONFIG="+filepath.Join(i.dir, "mentorrelay.toml"))
	if i.roots != "" {
		cmd.Env = append(cmd.Env, "SSL_CERT_FILE="+i.roots)
	}
	for k, v := range i.env {
		cmd.Env = append(cmd.Env, "MENTORRELAY_"+k+"="+v)
	}
	return cmd
}

// run runs a command that is to succeed.
func (i *installation) run(args ...string) string {
	i.t.Helper()
	return command(i.t, i.command(args...))
}

// try runs a command that may fail, and returns its exit status and what it
// said on stderr.
func (i *installation) try(args ...string) (status int, said string) {
	i.t.Helper()
	var stderr strings.Builder
	cmd := i.command(args...)
	cmd.Stderr = &stderr
	err := cmd.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		i.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stderr.String()
}

// json runs a command with --json, and decodes what it prints into v.
func (i *installation) json(v any, args ...string) {
	i.t.Helper()
	out := i.run(append(args, "--json")...)
	if err := json.Unmarshal([]byte(out), v); err != nil {
		i.t.Fatalf("%v: %v in %s", args, err, out)
	}
}

// A pair is two people's masked addresses.
type pair struct {
	id    int64
	masks map[string]string // the address to write to, by who writes
}

// ID is the pair's number as an argument.
func (p *pair) ID() string { return fmt.Sprint(p.id) }

// pair pairs two people who are enrolled already.
func (i *installation) pair(mentor, mentee string) *pair {
	i.t.Helper()
	var made struct {
		ID    int64
		State string
		Masks []struct{ Writer, Reaches, Address string }
	}
	i.json(&made, "pair", "add", "--mentor", mentor, "--mentee", mentee, "--skip-survey")
	if made.State != "active" || len(made.Masks) != 2 {
		i.t.Fatalf("pair add printed %+v", made)
	}
	p := &pair{made.ID, map[string]string{}}
	for _, m := range made.Masks {
		p.masks[m.Writer] = m.Address
	}
	return p
}

// aliceAndBen enrols and pairs the two.
func (i *installation) aliceAndBen() *pair {
	i.t.Helper()
	i.run("person", "add", "--name", "Alice Martin", "--email", alice)
	i.run("person", "add", "--name", "Ben Durand", "--email", ben)
	return i.pair(alice, ben)
}

// A queued is a mail that waits to be sent.
type queued struct {
	ID       int64
	State    string
	Attempts int64
	Status   string
	NextAt   time.Time `json:"next_at"`
}

func (i *installation) queue() []queued {
	i.t.Helper()
	var list []queued
	i.json(&list, "queue", "list")
	return list
}

// hasten makes what is queued due at once.
func (i *installation) hasten() {
	i.t.Helper()
	for _, q := range i.queue() {
		// It may be on its way just now, or gone.
		if status, said := i.try("queue", "retry", fmt.Sprint(q.ID)); status != 0 && !strings.Contains(said, "only mail that waits") {
			i.t.Errorf("queue retry exits %d: %s", status, said)
		}
	}
}

// drained waits until nothing is left to be sent.
func (i *installation) drained() {
	i.t.Helper()
	var left []queued
	defer func() {
		if len(left) > 0 {
			i.t.Logf("at %s the queue holds %+v", time.Now().UTC().Format(time.TimeOnly), left)
		}
	}()
	eventually(i.t, "the queue to be empty", func() bool {
		left = i.queue()
		return len(left) == 0
	})
}

// serve starts the server and waits until its doors are open.
func (i *installation) serve() *process {
	i.t.Helper()
	p := start(i.t, "mentorrelay serve", i.command("serve"))
	for _, address := range []string{i.smtp, i.lmtp} {
		if address != "" {
			p.listening(i.t, address)
		}
	}
	return p
}

// stop tells the server to end, as an operator does.
func (i *installation) stop(p *process) {
	i.t.Helper()
	p.signal(syscall.SIGTERM)
	if status := p.exit(i.t); status != 0 {
		i.t.Fatalf("serve exited %d:\n%s", status, p.out.tail(20))
	}
}

// A world is a relay among everybody's mail servers.
type world struct {
	boxes *dovecot
	post  *postfix
	relay *installation
	serve *process
	pair  *pair
}

// newWorld starts the servers, installs a relay among them, and lets it serve
// Alice and Ben. What setup says is particular to Postfix.
func newWorld(t testing.TB, setup postfixSetup, env map[string]string) *world {
	t.Helper()
	w := &world{boxes: startDovecot(t), relay: newInstallation(t, env)}
	w.relay.openDoors()
	setup.boxes, setup.relay = w.boxes, w.relay.lmtp
	w.post = startPostfix(t, setup)
	w.relay.env["SEND_URL"] = "smtp://" + w.post.smtp
	w.relay.init("--domain", "relay.test")
	w.pair = w.relay.aliceAndBen()
	w.serve = w.relay.serve()
	return w
}
