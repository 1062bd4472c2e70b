//go:build linux

package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long anything here may take before the test gives up: far
// more than an idle machine needs, so that a busy one does not fail a test.
const patience = 60 * time.Second

// A process is a server or a program that a test has started.
type process struct {
	name string
	cmd  *exec.Cmd
	out  *output
	done chan struct{} // closed once it has ended

	end syscall.Signal // the one that makes it end
}

// start runs cmd beside the test and stops it at the test's end. The system
// ends it too should the test process die first.
func start(t testing.TB, name string, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{name: name, cmd: cmd, out: &output{}, done: make(chan struct{}), end: syscall.SIGTERM}
	cmd.Stdout, cmd.Stderr = p.out, p.out
	cmd.WaitDelay = 5 * time.Second
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	cmd.SysProcAttr.Pdeathsig = syscall.SIGTERM
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	go func() {
		defer close(p.done)
		_ = cmd.Wait() // how it ended stands in ProcessState
	}()
	t.Cleanup(func() {
		p.signal(p.end)
		if !p.ended(patience) {
			t.Errorf("%s did not end when told to", name)
			p.kill()
		}
		if t.Failed() {
			t.Logf("%s said:\n%s", name, p.out.tail(60))
		}
	})
	return p
}

// endWithTest has a shell end the process if the test process is killed: the
// system no longer does that for a process that has changed its user.
func (p *process) endWithTest(t testing.TB) {
	t.Helper()
	guard := exec.Command("sh", "-c", "read _; kill "+strconv.Itoa(p.cmd.Process.Pid))
	guard.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if _, err := guard.StdinPipe(); err != nil { // never written to
		t.Fatal(err)
	}
	if err := guard.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = guard.Process.Kill()
		_ = guard.Wait() // it was killed
	})
}

func (p *process) signal(s syscall.Signal) { _ = p.cmd.Process.Signal(s) } // fails only where it has ended

// kill ends the process as a power cut would.
func (p *process) kill() {
	p.signal(syscall.SIGKILL)
	<-p.done
}

// ended waits for the process to end.
func (p *process) ended(within time.Duration) bool {
	select {
	case <-p.done:
		return true
	case <-time.After(within):
		return false
	}
}

// exit waits for the process to end and returns its exit status.
func (p *process) exit(t testing.TB) int {
	t.Helper()
	if !p.ended(patience) {
		t.Fatalf("%s still runs after %v", p.name, patience)
	}
	return p.cmd.ProcessState.ExitCode()
}

// listening waits until the process accepts connections at address.
func (p *process) listening(t testing.TB, address string) {
	t.Helper()
	eventually(t, p.name+" to listen on "+address, func() bool {
		select {
		case <-p.done:
			t.Fatalf("%s ended at once: %v\n%s", p.name, p.cmd.ProcessState, p.out.tail(40))
		default:
		}
		return accepts(address)
	})
}

func accepts(address string) bool {
	c, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return false
	}
	return c.Close() == nil
}

// output keeps what a process writes.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

func (o *output) tail(lines int) string {
	all := bytes.Split(bytes.TrimSpace([]byte(o.String())), []byte("\n"))
	return string(bytes.Join(all[max(0, len(all)-lines):], []byte("\n")))
}

// eventually asks until the answer is yes. It is for servers that tell
// nobody when they have got somewhere; where there is an event, wait on that.
func eventually(t testing.TB, what string, yes func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !yes() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited %v for %s", patience, what)
		}
	}
}

// receive waits for something to come through c.
func receive[T any](t testing.TB, what string, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("waited %v for %s", patience, what)
		panic("unreachable")
	}
}

// command runs a program to its end and returns what it wrote to stdout.
func command(t testing.TB, cmd *exec.Cmd) string {
	t.Helper()
	var stderr bytes.Buffer
	if cmd.Stderr == nil {
		cmd.Stderr = &stderr
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", cmd.Args, err, out, stderr.Bytes())
	}
	return string(out)
}

// need skips the test unless all these programs are installed. Postfix and
// Dovecot change users, so they need root.
func need(t testing.TB, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is not installed", p)
		}
		if (p == "postfix" || p == "dovecot") && os.Getuid() != 0 {
			t.Skipf("%s can be started by root only", p)
		}
	}
}

// folder makes a directory that every server's user may enter, and whose
// name is short enough for a socket in it.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "e2e-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("cleaning up: %v", err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// write puts a file into dir and returns its name.
func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// ids looks a user of the system up.
func ids(t testing.TB, name string) (uid, gid int) {
	t.Helper()
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	uid, err = strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return uid, gid
}

// ports hands out free loopback ports below the range that the system takes
// outgoing ones from, so that nobody else is given one between our looking
// and our server's listening.
var ports = struct {
	sync.Mutex
	next int
}{next: 20000 + os.Getpid()*37%10000}

func freePort(t testing.TB) int {
	t.Helper()
	ports.Lock()
	defer ports.Unlock()
	for range 2000 {
		ports.next++
		if ports.next >= 32000 {
			ports.next = 20000
		}
		if free(ports.next) {
			return ports.next
		}
	}
	t.Fatal("no free port")
	return 0
}

func free(port int) bool {
	l, err := net.Listen("tcp", loopback(port))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

func loopback(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
