//go:build linux

package e2e

import (
	"fmt"
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

// A postfix passes mail on: people's domains to Dovecot, the relay's to the
// relay. It is everybody's provider, and the relay's smarthost.
type postfix struct {
	*process
	dir        string
	smtp       string // takes mail from any loopback client
	submission string // takes mail from whoever logs in
	smtps      string // the same, over TLS from the first octet
	cert       string // the file of its certificate
}

// A postfixSetup says what is particular to one test.
type postfixSetup struct {
	boxes   *dovecot          // holds the mailboxes of all domains but
	relay   string            // relay.test, which goes to this LMTP address
	senders map[string]string // an action of access(5) by the envelope sender's domain
	readers map[string]string // an action of access(5) by recipient
}

// postfixServices is the part of the usual master.cf that passes mail on,
// with nothing in a chroot.
const postfixServices = `
%[1]s inet n - n - - smtpd
%[2]s inet n - n - - smtpd -o smtpd_sasl_auth_enable=yes -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
%[3]s inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_tls_auth_only=yes -o smtpd_sasl_auth_enable=yes -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
tlsmgr unix - - n 1000? 1 tlsmgr
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

// postfixMaster is where Debian keeps the daemon.
const postfixMaster = "/usr/lib/postfix/sbin/master"

// postfixMain sends everything over LMTP, and asks no DNS. What could not be
// delivered is tried again after two seconds.
const postfixMain = `
compatibility_level = 3.6
queue_directory = %[1]s/spool
data_directory = %[1]s/data
maillog_file = %[1]s/log
maillog_file_prefixes = %[1]s
myhostname = post.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
transport_maps = texthash:%[1]s/etc/transport
default_transport = error:5.1.2 no such domain here
smtp_dns_support_level = disabled
lmtp_dns_support_level = disabled
smtpd_peername_lookup = no
message_size_limit = 60000000
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtpd_sender_restrictions = check_sender_access texthash:%[1]s/etc/senders
smtpd_recipient_restrictions = check_recipient_access texthash:%[1]s/etc/readers, permit_mynetworks, reject
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_cert_file = %[3]s
smtpd_tls_key_file = %[4]s
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:%[2]s
minimal_backoff_time = 2s
maximal_backoff_time = 2s
queue_run_delay = 2s
`

func startPostfix(t testing.TB, s postfixSetup) *postfix {
	t.Helper()
	need(t, "postfix", postfixMaster)
	p := &postfix{dir: folder(t), smtp: loopback(freePort(t)), submission: loopback(freePort(t)), smtps: loopback(freePort(t))}
	p.makeSpool(t)
	p.configure(t, s)
	p.run(t)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("postfix logged:\n%s", p.log())
		}
	})
	return p
}

// run starts Postfix, for the first time or again with the mail it holds.
func (p *postfix) run(t testing.TB) {
	t.Helper()
	// -d keeps it in the foreground; as the leader of its process group it
	// takes its daemons along when it is told to end.
	p.process = start(t, "postfix", exec.Command(postfixMaster, "-c", p.dir+"/etc", "-d"))
	p.endWithTest(t)
	p.listening(t, p.smtp)
	p.listening(t, p.submission)
	p.listening(t, p.smtps)
}

// makeSpool makes the directories that Debian's package brings.
func (p *postfix) makeSpool(t testing.TB) {
	t.Helper()
	uid, gid := ids(t, "postfix")
	group, err := user.LookupGroup("postdrop")
	if err != nil {
		t.Fatal(err)
	}
	drop, err := strconv.Atoi(group.Gid)
	if err != nil {
		t.Fatal(err)
	}
	make := func(name string, mode os.FileMode, uid, gid int) {
		name = filepath.Join(p.dir, name)
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(name, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range []string{"active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace"} {
		make("spool/"+d, 0o700, uid, 0)
	}
	make("spool/pid", 0o755, 0, 0)
	make("spool/maildrop", 0o730, uid, drop)
	make("spool/public", 0o710, uid, drop)
	make("data", 0o700, uid, gid)
}

func (p *postfix) configure(t testing.TB, s postfixSetup) {
	t.Helper()
	transports := map[string]string{}
	for _, domain := range []string{"boxes.test", "corp.test", "uni.test", "horizon.test", "elsewhere.test"} {
		transports[domain] = "lmtp:inet:" + s.boxes.lmtp
	}
	if s.relay != "" {
		transports["relay.test"] = "lmtp:inet:" + s.relay
	}
	cert, key := certificate(t, p.dir)
	p.cert = cert
	for name, text := range map[string]string{
		"etc/transport": lines(transports),
		"etc/senders":   lines(s.senders),
		"etc/readers":   lines(s.readers),
		"etc/master.cf": fmt.Sprintf(postfixServices, p.smtp, p.submission, p.smtps),
		"etc/main.cf":   fmt.Sprintf(postfixMain, p.dir, s.boxes.auth, cert, key),
	} {
		name = write(t, p.dir, name, text)
		// Postfix waits for files that are newer than a second, in case
		// somebody still writes to them.
		old := time.Now().Add(-time.Hour)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
}

// log returns what Postfix logged.
func (p *postfix) log() string {
	text, err := os.ReadFile(filepath.Join(p.dir, "log"))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// stop ends Postfix in mid-test.
func (p *postfix) stop(t testing.TB) {
	t.Helper()
	p.signal(syscall.SIGTERM)
	p.exit(t)
}

// idle waits until Postfix holds no mail any more.
func (p *postfix) idle(t testing.TB) {
	t.Helper()
	eventually(t, "Postfix's queue to be empty", func() bool {
		for _, queue := range []string{"incoming", "active", "deferred"} {
			held, err := filepath.Glob(filepath.Join(p.dir, "spool", queue, "*"))
			if err != nil {
				t.Fatal(err)
			}
			deeper, err := filepath.Glob(filepath.Join(p.dir, "spool", queue, "?", "*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range append(held, deeper...) {
				if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
					return false
				}
			}
		}
		return true
	})
}

// lines writes a table as a map in postmap(1)'s textual form.
func lines(table map[string]string) string {
	var b strings.Builder
	for k, v := range table {
		fmt.Fprintf(&b, "%s %s\n", k, v)
	}
	return b.String()
}

// port returns the port of address.
func port(t testing.TB, address string) string {
	t.Helper()
	_, p, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
