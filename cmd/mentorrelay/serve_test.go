package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/smtp"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// served is a service that runs in the process of the test.
type served struct {
	*service
	stop  context.CancelFunc
	ended chan error
}

// serve assembles the service of a box, lets change alter it, and runs it.
func serve(t *testing.T, b *box, change func(*service)) *served {
	t.Helper()
	c, err := readConfig(filepath.Join(b.dir, configName), b.environ)
	if err != nil {
		t.Fatal(err)
	}
	s, err := assemble(t.Context(), c, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(s)
	}
	ctx, stop := context.WithCancel(t.Context())
	r := &served{s, stop, make(chan error, 1)}
	go func() { r.ended <- s.Run(ctx) }()
	return r
}

// open is an environment in which the SMTP door listens.
var open = []string{"MENTORRELAY_SMTP_LISTEN=127.0.0.1:0", "MENTORRELAY_SMTP_TRUSTED=127.0.0.0/8", "MENTORRELAY_SEND_URL=smtp://127.0.0.1:1"}

func TestServe(t *testing.T) {
	b := initBox(t, open...)
	s := serve(t, b, nil)
	b.fails(t, exitFailed, "another mentorrelay serves this database", "serve")

	// What commands change takes effect at once.
	b.must(t, "person", "add", "--name", "Alice Martin", "--email", "alice@corp.test")
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "ben@uni.test")
	p := decode[pairView](t, b, "pair", "add", "--mentor", "alice@corp.test", "--mentee", "ben@uni.test", "--skip-survey")
	address := s.doors[0].address.String()
	letter := []byte("From: alice@corp.test\r\nTo: " + p.Masks[0].Address + "\r\nMessage-ID: <1@corp.test>\r\nSubject: Hello\r\n\r\nHow are you?\r\n")
	if err := smtp.SendMail(address, nil, "alice@corp.test", []string{p.Masks[0].Address}, letter); err != nil {
		t.Error(err)
	}
	if err := smtp.SendMail(address, nil, "alice@corp.test", []string{"bob@elsewhere.test"}, letter); err == nil || !strings.HasPrefix(err.Error(), "550") {
		t.Errorf("a stranger's address was answered %v", err)
	}
	if d := decode[pairDetails](t, b, "pair", "show", "1"); d.Rhythm.Mentor.Messages != 1 || d.Rhythm.Mentee.Messages != 0 {
		t.Errorf("rhythm %+v", d.Rhythm)
	}

	s.stop()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
	testQueue(t, b)
	again := serve(t, b, nil) // the first has let go of the database
	again.stop()
	if err := <-again.ended; err != nil {
		t.Error(err)
	}
}

// testQueue looks at the queue that TestServe leaves: one letter, for which
// there was no server.
func testQueue(t *testing.T, b *box) {
	list := decode[[]deliveryView](t, b, "queue", "list")
	if len(list) != 1 || list[0].Recipient != "ben@uni.test" || list[0].State != "queued" || list[0].Kind != "relay" || list[0].Pair != 1 {
		t.Fatalf("queue %+v", list)
	}
	if got := b.must(t, "queue", "list"); !strings.HasPrefix(got, "1  queued  relay  ben@uni.test") {
		t.Error(got)
	}
	if v := decode[deliveryView](t, b, "queue", "retry", "1"); !v.NextAt.Equal(noon) {
		t.Errorf("after retry: %+v", v)
	}
	if v := decode[deliveryView](t, b, "queue", "drop", "1"); v.State != "dropped" || v.Recipient != "" {
		t.Errorf("after drop: %+v", v)
	}
	b.fails(t, exitFailed, "mail 1 is dropped", "queue", "retry", "1")
	b.fails(t, exitFailed, "mail 1 is dropped", "queue", "drop", "1")
	if got := b.must(t, "queue", "list"); got != "" {
		t.Error(got)
	}
	if list := decode[[]deliveryView](t, b, "queue", "list", "--all"); len(list) != 1 {
		t.Errorf("all: %+v", list)
	}
	b.must(t, "queue", "show", "1")
}

// TestServeFails checks that a part that fails ends all the others.
func TestServeFails(t *testing.T) {
	broken := errors.New("broken")
	s := serve(t, initBox(t, open...), func(s *service) {
		s.doors = append(s.doors, door{name: "cellar", run: func(context.Context) error { return broken }})
	})
	defer s.stop()
	if err := <-s.ended; !errors.Is(err, broken) || !strings.Contains(err.Error(), "cellar") {
		t.Errorf("ended with %v", err)
	}
}

func TestServeRefuses(t *testing.T) {
	whole := initBox(t)
	taken := serve(t, initBox(t, open...), nil)
	defer func() { taken.stop(); <-taken.ended }()
	for _, tt := range []struct {
		want    string
		environ []string
	}{
		{"send.url (or MENTORRELAY_SEND_URL): write", nil},
		{"smtp.listen (or MENTORRELAY_SMTP_LISTEN): write", []string{"MENTORRELAY_SEND_URL=smtp://127.0.0.1:1"}},
		{"smtp.listen: listen tcp", append([]string{"MENTORRELAY_SMTP_LISTEN=" + taken.doors[0].address.String()}, open[1:]...)},
		{"smtp.tls_cert", append([]string{"MENTORRELAY_SMTP_TLS_CERT=no.pem", "MENTORRELAY_SMTP_TLS_KEY=no.pem"}, open...)},
		{"service.secret_file", append([]string{"MENTORRELAY_SERVICE_SECRET_FILE=no.key"}, open...)},
		{"dkim.key_file", append([]string{"MENTORRELAY_DKIM_KEY_FILE=no.pem"}, open...)},
		{"send.password_file", append([]string{"MENTORRELAY_SEND_PASSWORD_FILE=no"}, open...)},
		{"imap url", append([]string{"MENTORRELAY_IMAP_URL=imaps://nobody.test"}, open...)},
	} {
		status, _, stderr := whole.with(tt.environ...).run(t, "serve")
		lines := strings.Split(strings.TrimSpace(stderr), "\n")
		if last := lines[len(lines)-1]; status != exitFailed || !strings.HasPrefix(last, "mentorrelay: "+tt.want) {
			t.Errorf("%q: exit %d: %s", tt.environ, status, stderr)
		}
	}
}

// TestServeSocket checks that LMTP can be had on a socket.
func TestServeSocket(t *testing.T) {
	b := initBox(t, "MENTORRELAY_SMTP_LMTP=lmtp.sock", "MENTORRELAY_SEND_URL=smtp://127.0.0.1:1")
	s := serve(t, b, nil)
	if got := s.doors[0].address.String(); got != filepath.Join(b.dir, "lmtp.sock") {
		t.Errorf("listens on %s", got)
	}
	s.stop()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}

// TestServeCommand runs the command itself until it is told to stop.
func TestServeCommand(t *testing.T) {
	b := initBox(t, open...)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	log, stderr := io.Pipe()
	m := &Main{Stdout: io.Discard, Stderr: stderr, Environ: b.environ, Now: time.Now}
	status := make(chan int, 1)
	go func() { status <- m.Run(ctx, []string{"serve"}); stderr.Close() }()
	for lines := bufio.NewScanner(log); lines.Scan(); {
		if strings.Contains(lines.Text(), "msg=serving") {
			stop()
		}
	}
	if got := <-status; got != exitDone {
		t.Errorf("exit %d", got)
	}
}
