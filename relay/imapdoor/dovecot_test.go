package imapdoor

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dovecotConf is for Dovecot 2.3: one listener, any user with the same
// password, mail in a Maildir below the base directory. It runs as whoever runs the tests.
const dovecotConf = `
base_dir = %[1]s/run
state_dir = %[1]s/run
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = %[2]s
default_login_user = %[3]s
default_internal_group = %[10]s
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 100
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=%[4]s gid=%[5]s home=%[1]s/home/%%u
}
namespace inbox {
  inbox = yes
  separator = %[7]s
  prefix = %[8]s
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[6]d
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
%[9]s
`

// A dovecot is a running Dovecot.
type dovecot struct {
	dir      string
	address  string
	uid, gid int // whose the mail is
}

func lookUp(t testing.TB, name string) *user.User {
	t.Helper()
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (d *dovecot) mkdir(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil {
		return err
	}
	return os.Chown(path, d.uid, d.gid)
}

// fill writes messages straight into a new user's Maildir.
func (d *dovecot) fill(t testing.TB, user string, n int, message func(i int) string) {
	t.Helper()
	home := filepath.Join(d.dir, "home", user)
	for _, dir := range []string{"", "Maildir", "Maildir/cur", "Maildir/new", "Maildir/tmp"} {
		if err := d.mkdir(filepath.Join(home, dir)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		text := message(i)
		// S= and W= are the sizes without and with CR, as Dovecot's own delivery has them.
		name := fmt.Sprintf("%d.M%dP1.test,S=%d,W=%d:2,", 1700000000+i, i, len(text), len(text))
		path := filepath.Join(home, "Maildir/cur", name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(path, d.uid, d.gid); err != nil {
			t.Fatal(err)
		}
	}
}

// startDovecot runs Dovecot on a free loopback port until the test ends.
func startDovecot(t testing.TB, separator, prefix string, capabilities ...string) *dovecot {
	t.Helper()
	path, err := exec.LookPath("dovecot")
	if err != nil {
		path = "/usr/sbin/dovecot"
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("dovecot is not installed (Debian: dovecot-imapd)")
	}
	dir, err := os.MkdirTemp("", "dovecot") // t.TempDir is too long for its sockets
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	own, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	internal, login := own, own
	if own.Uid == "0" { // as which Dovecot lets nobody log in
		internal, login = lookUp(t, "dovecot"), lookUp(t, "dovenull")
	}
	group, err := user.LookupGroupId(internal.Gid)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, "home")
	d := &dovecot{dir: dir}
	d.uid, _ = strconv.Atoi(internal.Uid)
	d.gid, _ = strconv.Atoi(internal.Gid)
	if err := d.mkdir(home); err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	extra := ""
	if len(capabilities) > 0 {
		extra = "imap_capability = " + strings.Join(capabilities, " ")
	}
	conf := filepath.Join(dir, "dovecot.conf")
	text := fmt.Sprintf(dovecotConf, dir, internal.Username, login.Username, internal.Uid, internal.Gid, port, separator, prefix, extra, group.Name)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "-F", "-c", conf)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		<-ended
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			t.Logf("dovecot: %s", log)
		}
	})
	d.address = fmt.Sprintf("127.0.0.1:%d", port)
	d.awaitGreeting(t, ended)
	return d
}

// awaitGreeting returns as soon as Dovecot answers.
func (d *dovecot) awaitGreeting(t testing.TB, ended <-chan struct{}) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for range 1000 {
		if conn, err := net.Dial("tcp", d.address); err == nil {
			conn.SetReadDeadline(time.Now().Add(5 * time.Second))
			_, err := io.ReadFull(conn, make([]byte, len("* OK")))
			conn.Close()
			if err == nil {
				return
			}
		}
		select {
		case <-tick.C:
		case <-ended:
			log, _ := os.ReadFile(filepath.Join(d.dir, "log"))
			t.Fatalf("dovecot ended: %s", log)
		}
	}
	t.Fatal("dovecot does not answer")
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
