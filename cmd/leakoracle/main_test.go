package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	netsmtp "net/smtp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
)

// Two people who write to each other through the relay.
const (
	alice     = "alice.martin@corp.test"
	aliceHome = "a.martin@home.test"
	ben       = "ben.durand@uni.test"
	benHome   = "benoît@bücher.test"
)

// A relay made for a test: what comes in at its address goes to the sink as
// change says, or not at all if that returns nil.
type relay struct {
	sink   string
	change func(data []byte) []byte
	refuse bool // everything, at the end of DATA
}

// NewSession implements smtp.Backend.
func (r *relay) NewSession(*smtp.Conn) (smtp.Session, error) { return &relaying{r}, nil }

// start serves the relay to the end of the test and returns its address.
func (r *relay) start(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := smtp.NewServer(r)
	s.MaxLineLength, s.ErrorLog = 1<<24, quiet{}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	t.Cleanup(func() {
		s.Close()
		if err := <-ended; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// relaying is one session with it.
type relaying struct{ *relay }

func (r *relaying) Mail(string, *smtp.MailOptions) error { return nil }
func (r *relaying) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (r *relaying) Reset()                               {}
func (r *relaying) Logout() error                        { return nil }

func (r *relaying) Data(in io.Reader) error {
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	if r.refuse {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "No thanks"}
	}
	if data = r.change(data); data == nil {
		return nil
	}
	return netsmtp.SendMail(r.sink, nil, "bounces@relay.test", []string{ben}, data)
}

// oracleOf runs the program against a relay and returns its exit status and
// the results by vector.
func oracleOf(t *testing.T, r *relay, args ...string) (int, map[string]*result) {
	t.Helper()
	r.sink = freeAddress(t)
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), append([]string{
		"--smtp", r.start(t), "--listen", r.sink, "--from", alice, "--mask", "ben.k7f3q9x2@relay.test", "--to", ben,
		"--json", "--wait", "1s", "--settle", "50ms",
	}, args...), &stdout, &stderr)
	if stderr.Len() > 0 {
		t.Error(&stderr)
	}
	results := map[string]*result{}
	for dec := json.NewDecoder(&stdout); dec.More(); {
		var r result
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		results[r.Vector] = &r
	}
	return status, results
}

// maskAll is a relay that replaces what these tests send.
func maskAll(data []byte) []byte {
	return bytes.ReplaceAll(data, []byte(alice), []byte("alice.m2n4p6r8@relay.test"))
}

func TestVerdicts(t *testing.T) {
	identity := func(data []byte) []byte { return data }
	drop := func([]byte) []byte { return nil }
	shorten := func(data []byte) []byte {
		head, _, _ := bytes.Cut(maskAll(data), []byte("\r\n\r\n"))
		return append(head, "\r\n\r\n"...)
	}
	tests := []struct {
		name, vector, verdict string
		relay                 relay
		status                int
	}{
		{"masks", "plain/bare/8bit", clean, relay{change: maskAll}, exitClean},
		{"passes on", "plain/bare", leaked, relay{change: identity}, exitLeaks},
		{"drops", "plain/bare", lost, relay{change: drop}, exitLeaks},
		{"cuts", "plain/bare", damaged, relay{change: shorten}, exitLeaks},
		{"refuses", "plain/bare", lost, relay{refuse: true}, exitLeaks},
		{"refuses what it may", "sealed/PGP", refused, relay{refuse: true}, exitClean},
		{"drops what it may", "automatic/bounce", keptBack, relay{change: drop}, exitClean},
		{"passes on what is known", "metadata/PDF", leaked, relay{change: identity}, exitLeaks},
		{"masks all but what is known", "disguise/spaces/8bit", known, relay{change: maskAll}, exitClean},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			args := []string{"--vector", tt.vector}
			if tt.verdict == leaked {
				args = append(args, "--strict")
			}
			status, results := oracleOf(t, &tt.relay, args...)
			if status != tt.status || len(results) == 0 {
				t.Errorf("exit status %d, %d results", status, len(results))
			}
			for _, r := range results {
				if r.Verdict != tt.verdict {
					t.Errorf("%s: %s: %v", r.Vector, r.Verdict, r.details())
				}
			}
		})
	}
}

// TestNotice checks that a mail to the sender is searched for the reader.
func TestNotice(t *testing.T) {
	r := &relay{}
	r.change = func([]byte) []byte {
		notice := []byte("Subject: Sorry\r\n\r\n" + ben + " cannot be reached.\r\n")
		if err := netsmtp.SendMail(r.sink, nil, "bounces@relay.test", []string{alice}, notice); err != nil {
			t.Error(err)
		}
		return nil
	}
	status, results := oracleOf(t, r, "--vector", "sealed/PGP in text")
	notice := results["(notices to the sender)"]
	if status != exitLeaks || notice == nil || notice.Verdict != leaked {
		t.Errorf("exit status %d, %+v", status, notice)
	}
}

func TestOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	oracleOf(t, &relay{change: maskAll}, "--vector", "plain/bare/8bit", "--out", dir)
	for _, name := range []string{"plain-bare-8bit.sent.eml", "plain-bare-8bit.arrived-1.eml"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Contains(text, []byte("\r\n\r\nHello ")) {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
}

func TestTable(t *testing.T) {
	var b strings.Builder
	results := []*result{
		{Vector: "a", Verdict: clean},
		{Vector: "b/longer", Verdict: leaked, Leaks: []leak{{"X-Mailer", "c4n4ry", "X-Mailer", "raw", "Mail c4n4ry"}}, Missing: []string{`"x"`}},
	}
	if err := printTable(&b, results); err != nil {
		t.Fatal(err)
	}
	want := "a         clean  \n" +
		"b/longer  leak   c4n4ry of X-Mailer is in X-Mailer, raw: \"Mail c4n4ry\"\n" +
		"                 missing: \"x\"\n" +
		"2 results: 1 clean, 1 leak, 0 lost, 0 damaged, 0 refused, 0 kept back, 0 known\n"
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
}

func TestUsage(t *testing.T) {
	whole := []string{"--smtp", "127.0.0.1:1", "--listen", "127.0.0.1:0", "--from", alice, "--mask", "b.x@relay.test", "--to", ben}
	byIMAP := append([]string{"--imap", "imap://box@" + freeAddress(t)}, whole[2:]...)
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args   []string
		status int
		says   string
	}{
		{nil, exitUsage, "--from is missing"},
		{[]string{"--nonsense"}, exitUsage, "--nonsense"},
		{append(whole, "--vector", "none"), exitUsage, "no vector is called"},
		{append(whole, "--also", "a@b"), exitUsage, "a@b is no address"},
		{append(whole, "--vector", "html", "--skip", "htm"), exitUsage, `no vector is called "htm"`},
		{append(whole, "--vector", "also"), exitUsage, "need --also"},
		{append(whole, "--field", "X: y"), exitUsage, "are for --imap"},
		{append(whole, "--imap", "imap://box@mail.test"), exitUsage, "not by both"},
		{whole[2:], exitUsage, "--smtp or --imap is missing"},
		{byIMAP, exitUsage, "--password-file: open"},
		{append(byIMAP, "--password-file", secret, "--field", "X y"), exitUsage, "is no header field"},
		{append(byIMAP, "--password-file", secret, "--imap", "box@mail.test"), exitUsage, "imaps://user@host/INBOX"},
		{append(byIMAP, "--password-file", secret), exitFault, "the mailbox imap://box@127.0.0.1:"},
		{append(whole, "--vector", "plain/bare"), exitFault, "sending plain/bare/"},
		{[]string{"--list", "--vector", "sealed/PGP"}, exitClean, "sealed/PGP (may be refused or kept back)"},
		{[]string{"--help"}, exitClean, "--settle"},
	} {
		var out bytes.Buffer
		if status := run(context.Background(), tt.args, &out, &out); status != tt.status || !strings.Contains(out.String(), tt.says) {
			t.Errorf("%v: exit status %d: %s", tt.args, status, &out)
		}
	}
}

// freeAddress is one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
