package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"testing"
)

// mailboxPassword is that of any mailbox.
const mailboxPassword = "secret"

// dovecotConf is for Dovecot 2.3, run by whoever runs the tests: one mailbox
// for any user, in a folder that holds all of it.
const dovecotConf = `
base_dir = %[1]s/run
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = %[3]s
default_internal_group = %[4]s
default_login_user = %[5]s
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:~/Maildir
mail_fsync = never
passdb {
  driver = static
  args = password=` + mailboxPassword + `
}
userdb {
  driver = static
  args = uid=%[6]s gid=%[7]s home=%[1]s/home
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[2]s
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
`

// startDovecot starts a mail server, to the end of the test, and returns the
// URL of a mailbox in it.
func startDovecot(t *testing.T) string {
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
	internal, login := dovecotUsers(t)
	home := filepath.Join(dir, "home")
	uid, _ := strconv.Atoi(internal.Uid)
	gid, _ := strconv.Atoi(internal.Gid)
	for _, step := range []func() error{
		func() error { return os.Chmod(dir, 0o755) },
		func() error { return os.Mkdir(home, 0o700) },
		func() error { return os.Chown(home, uid, gid) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	group, err := user.LookupGroupId(internal.Gid)
	if err != nil {
		t.Fatal(err)
	}
	address := freeAddress(t)
	_, port, _ := net.SplitHostPort(address)
	conf := filepath.Join(dir, "dovecot.conf")
	text := fmt.Sprintf(dovecotConf, dir, port, internal.Username, group.Name, login.Username, internal.Uid, internal.Gid)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	runBeside(t, exec.Command(path, "-F", "-c", conf))
	accepts(t, address)
	return "imap://mentors@" + address + "/INBOX"
}

// dovecotUsers are those that Dovecot's own processes, and the mailbox, are
// of: as root lets nobody log in, it takes two others.
func dovecotUsers(t *testing.T) (internal, login *user.User) {
	t.Helper()
	own, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	if own.Uid != "0" {
		return own, own
	}
	for name, to := range map[string]**user.User{"dovecot": &internal, "dovenull": &login} {
		if *to, err = user.Lookup(name); err != nil {
			t.Fatal(err)
		}
	}
	return internal, login
}
