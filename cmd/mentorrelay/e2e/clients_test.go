//go:build linux

package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// swaks hands a message to an SMTP server as a person's client does.
func swaks(t testing.TB, server, from, to, message string) {
	t.Helper()
	dialogue, code := trySwaks(t, server, from, to, message)
	if code != 0 {
		t.Fatalf("swaks exited %d:\n%s", code, dialogue)
	}
}

// trySwaks returns the dialogue and swaks's exit status, which is 24 where a
// recipient was refused and 26 where the message was.
func trySwaks(t testing.TB, server, from, to, message string, options ...string) (dialogue string, status int) {
	t.Helper()
	need(t, "swaks")
	file := write(t, folder(t), "letter.eml", message)
	args := []string{"--server", server, "--from", from, "--to", to, "--data", "@" + file, "--helo", "client.test", "--suppress-data"}
	out, err := exec.Command("swaks", append(args, options...)...).CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	if failed != nil {
		status = failed.ExitCode()
	}
	return string(out), status
}

// A neomutt is the mail client of one person, with an IMAP mailbox and a
// submission server that it logs in to.
type neomutt struct {
	t   testing.TB
	dir string
	rc  string
}

func newNeomutt(t testing.TB, user, name string, mailboxes *dovecot, post *postfix) *neomutt {
	t.Helper()
	need(t, "neomutt", "script")
	m := &neomutt{t: t, dir: folder(t)}
	editor := write(t, m.dir, "editor", "#!/bin/sh\ncat "+m.dir+"/words \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"\n")
	if err := os.Chmod(editor, 0o755); err != nil {
		t.Fatal(err)
	}
	m.rc = write(t, m.dir, "neomuttrc", fmt.Sprintf(`
set folder = "imap://%[2]s@%[3]s/"
set imap_user = "%[1]s"
set imap_pass = "%[4]s"
set imap_authenticators = "login"
set spoolfile = "imap://%[3]s/INBOX"
set smtp_url = "smtp://%[2]s@%[5]s/"
set smtp_pass = "%[4]s"
set smtp_authenticators = "plain"
set ssl_starttls = no
set ssl_force_tls = no
set from = "%[1]s"
set realname = "%[6]s"
set use_from
set use_envelope_from
set hostname = "client.%[9]s"
set editor = "%[7]s"
set copy = yes
set record = "%[8]s/sent"
set include = yes
set fast_reply
unset askcc
set edit_headers = no
set abort_unmodified = no
set abort_nosubject = no
set abort_noattach = no
set confirmappend = no
set confirmcreate = no
set wait_key = no
set header_cache = ""
set message_cachedir = ""
set send_charset = "us-ascii:utf-8"
set charset = "utf-8"
set sort = date
set mail_check = 3600
set tmpdir = "%[8]s"
set beep = no
set sleep_time = 0
set quit = yes
set delete = no
`, user, url.PathEscape(user), mailboxes.imap, password, post.submission, name, editor, m.dir, domain(user)))
	return m
}

func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// reply opens the newest message of the inbox, answers it with these words
// above the quoted text, sends that and quits: by the keys that a person
// presses.
func (m *neomutt) reply(words string) {
	m.t.Helper()
	write(m.t, m.dir, "words", words+"\n\n")
	m.press("<last-entry><reply>y<quit>")
}

// write sends a new letter from the command line.
func (m *neomutt) write(to, subject, words string) {
	m.t.Helper()
	m.run(strings.NewReader(words+"\n"), "neomutt", "-n", "-F", m.rc, "-s", subject, to)
}

// sent returns the ids of what this person sent, oldest first.
func (m *neomutt) sent() []string {
	m.t.Helper()
	var ids []string
	for _, found := range messageID.FindAllStringSubmatch(read(m.t, filepath.Join(m.dir, "sent")), -1) {
		ids = append(ids, found[1])
	}
	return ids
}

var messageID = regexp.MustCompile(`(?m)^Message-ID: (<.+>)$`)

// press runs neomutt on a terminal of its own.
func (m *neomutt) press(keys string) {
	m.t.Helper()
	rc := write(m.t, m.dir, "keys", "source "+m.rc+"\npush \""+keys+"\"\n")
	m.run(nil, "script", "-qec", "neomutt -n -F "+rc, filepath.Join(m.dir, "screen"))
}

func (m *neomutt) run(stdin io.Reader, args ...string) {
	m.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Stdin = stdin
	cmd.Env = append(os.Environ(), "TERM=xterm", "HOME="+m.dir, "LC_ALL=C.UTF-8", "LINES=24", "COLUMNS=100")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	out, err := cmd.CombinedOutput()
	if err != nil {
		m.t.Fatalf("neomutt: %v\n%s", err, strings.ToValidUTF8(string(out), "?"))
	}
}
