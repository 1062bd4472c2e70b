//go:build linux

package e2e

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// password is every mailbox's.
const password = "correct-horse"

// A dovecot holds everybody's mailbox: any address has one, which begins to
// exist with its first mail or login.
type dovecot struct {
	*process
	imap, imaps, lmtp, auth string // where it listens
	cert                    string // the file of its certificate
}

func startDovecot(t testing.TB) *dovecot {
	t.Helper()
	need(t, "dovecot")
	dir := folder(t)
	d := &dovecot{imap: loopback(freePort(t)), imaps: loopback(freePort(t)), lmtp: loopback(freePort(t)), auth: loopback(freePort(t))}
	cert, key := certificate(t, dir)
	d.cert = cert
	uid, gid := ids(t, "mail")
	mail := filepath.Join(dir, "mail")
	if err := os.Mkdir(mail, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(mail, uid, gid); err != nil {
		t.Fatal(err)
	}
	conf := write(t, dir, "dovecot.conf", fmt.Sprintf(`
base_dir = %[1]s/run
state_dir = %[1]s/run
log_path = /dev/stderr
listen = 127.0.0.1
protocols = imap lmtp
ssl = yes
ssl_cert = <%[9]s
ssl_key = <%[10]s
disable_plaintext_auth = no
auth_mechanisms = plain login
default_login_user = dovenull
default_internal_user = dovecot
first_valid_uid = 1
mail_location = maildir:~/Maildir
recipient_delimiter = +
passdb {
  driver = static
  args = password=%[5]s
}
userdb {
  driver = static
  args = uid=%[6]d gid=%[7]d home=%[1]s/mail/%%u allow_all_users=yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[2]s
  }
  inet_listener imaps {
    port = %[8]s
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = %[3]s
  }
}
service auth {
  inet_listener auth {
    port = %[4]s
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`, dir, port(t, d.imap), port(t, d.lmtp), port(t, d.auth), password, uid, gid, port(t, d.imaps), cert, key))
	d.process = start(t, "dovecot", exec.Command("dovecot", "-F", "-c", conf))
	for _, a := range []string{d.imap, d.imaps, d.lmtp, d.auth} {
		d.listening(t, a)
	}
	return d
}

// url names the inbox of user in this server, as the relay's configuration does.
func (d *dovecot) url(user string) string {
	return "imap://" + url.PathEscape(user) + "@" + d.imap + "/INBOX"
}

// A mailbox is one folder of one user, looked at over IMAP.
type mailbox struct {
	t       testing.TB
	name    string
	client  *imapclient.Client
	changed chan struct{}
}

// inbox opens the inbox of user.
func (d *dovecot) inbox(t testing.TB, user string) *mailbox { return d.open(t, user, "INBOX") }

// open logs in as user, and makes the folder if there is none.
func (d *dovecot) open(t testing.TB, user, folder string) *mailbox {
	t.Helper()
	m := &mailbox{t: t, name: user + " " + folder, changed: make(chan struct{}, 1)}
	options := &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(*imapclient.UnilateralDataMailbox) { m.change() },
		Expunge: func(uint32) { m.change() },
	}}
	c, err := imapclient.DialInsecure(d.imap, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() }) // the server may have been stopped before
	m.client = c
	m.must(c.Login(user, password).Wait())
	_ = c.Create(folder, nil).Wait() // it is there already, most times
	_, err = c.Select(folder, nil).Wait()
	m.must(err)
	return m
}

func (m *mailbox) change() {
	select {
	case m.changed <- struct{}{}:
	default:
	}
}

func (m *mailbox) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatalf("mailbox %s: %v", m.name, err)
	}
}

// wait returns the messages of the mailbox, oldest first, once there are n of
// them; more than n fail the test.
func (m *mailbox) wait(n int) []*letter {
	m.t.Helper()
	m.await(func(have int) bool { return have >= n }, fmt.Sprintf("%d messages", n))
	all := m.letters()
	if len(all) != n {
		m.t.Fatalf("mailbox %s holds %d messages, not %d", m.name, len(all), n)
	}
	return all
}

// empty waits until the mailbox holds nothing.
func (m *mailbox) empty() {
	m.t.Helper()
	m.await(func(have int) bool { return have == 0 }, "nothing to be left")
}

// await idles until the number of messages is as wanted.
func (m *mailbox) await(wanted func(have int) bool, what string) {
	m.t.Helper()
	deadline := time.After(patience)
	for !wanted(m.count()) {
		idle, err := m.client.Idle()
		m.must(err)
		late := false
		select {
		case <-m.changed:
		case <-deadline:
			late = true
		}
		m.must(idle.Close())
		m.must(idle.Wait())
		if late && !wanted(m.count()) {
			m.t.Fatalf("mailbox %s: waited %v for %s, have %d", m.name, patience, what, m.count())
		}
	}
}

func (m *mailbox) count() int {
	m.must(m.client.Noop().Wait())
	return int(m.client.Mailbox().NumMessages)
}

// letters returns what the mailbox holds.
func (m *mailbox) letters() []*letter {
	m.t.Helper()
	if m.count() == 0 {
		return nil
	}
	var all imap.SeqSet
	all.AddRange(1, 0)
	whole := &imap.FetchItemBodySection{Peek: true}
	got, err := m.client.Fetch(all, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	m.must(err)
	list := make([]*letter, len(got))
	for i, g := range got {
		list[i] = parse(m.t, g.FindBodySection(whole))
	}
	return list
}
