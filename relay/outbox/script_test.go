package outbox

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

// A script is a dialogue in testdata, as a person reads it:
//
//	# why
//	url smtp://user@mx.example:587    (settings; all may be left out)
//	mails one                         (for all attempts; else one for each)
//	expect failed 550 5.1.1           (how each attempt ends, in order)
//
//	C: what the client says; * stands for anything, ... for lines up to the next C:
//	S: what the server says
//	pause 11m, tls, close, or another connection: what else the server does
//
// A connection that the script says nothing of is refused.
type script struct {
	settings    map[string]string
	expect      []string
	connections [][]string
}

func readScript(t *testing.T, file string) *script {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &script{settings: map[string]string{"url": "smtp://127.0.0.1:25", "recipient": "ben@uni.test"}}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || word == "#":
		case line == "connection":
			s.connections = append(s.connections, nil)
		case len(s.connections) > 0:
			last := len(s.connections) - 1
			s.connections[last] = append(s.connections[last], line)
		case word == "expect":
			s.expect = append(s.expect, rest)
		default:
			s.settings[word] = rest
		}
	}
	return s
}

// A peer plays the server's side of a script.
type peer struct {
	t    *testing.T
	tls  *tls.Config
	mu   sync.Mutex
	next [][]string // connections still to come
	said [][]string // what the client said in those that were
	done sync.WaitGroup
}

func (p *peer) dial(context.Context, string, string) (net.Conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.next) == 0 || slices.Equal(p.next[0], []string{"refuse"}) {
		p.next = p.next[min(1, len(p.next)):]
		return nil, errors.New("connection refused")
	}
	lines := p.next[0]
	p.next = p.next[1:]
	p.said = append(p.said, nil)
	n := len(p.said) - 1
	here, there := net.Pipe()
	p.done.Go(func() {
		defer there.Close()
		p.play(n, there, lines)
	})
	return here, nil
}

// play follows a connection's lines to their end, and then waits for the
// client to hang up.
func (p *peer) play(n int, conn net.Conn, lines []string) {
	r := bufio.NewReader(conn)
	for i, line := range lines {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "S:":
			fmt.Fprintf(conn, "%s\r\n", rest)
		case "C:":
			if rest == "..." {
				continue
			}
			if !p.hear(n, r, rest, i > 0 && lines[i-1] == "C: ...") {
				return
			}
		case "pause":
			d, err := time.ParseDuration(rest)
			if err != nil {
				p.t.Error(err)
			}
			time.Sleep(d) // of the bubble's time
		case "tls":
			secured := tls.Server(conn, p.tls)
			if err := secured.Handshake(); err != nil {
				return // the client's side of it is what counts
			}
			conn, r = secured, bufio.NewReader(secured)
		case "close":
			return
		default:
			p.t.Errorf("no such step: %q", line)
		}
	}
	r.WriteTo(writerFunc(func(b []byte) { p.t.Errorf("the client said more than the script: %q", b) }))
}

// hear reads a line and compares it; skipping lines until it comes, if skip.
func (p *peer) hear(n int, r *bufio.Reader, want string, skip bool) bool {
	pattern := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(want), `\*`, ".*") + "$")
	for {
		line, err := r.ReadString('\n')
		line, ended := strings.CutSuffix(line, "\r\n")
		if err == nil && !ended {
			p.t.Errorf("the client sent a lone LF after %q", line)
		}
		p.mu.Lock()
		p.said[n] = append(p.said[n], line)
		p.mu.Unlock()
		switch {
		case err != nil:
			p.t.Errorf("the client hung up (%v), the script has %q", err, want)
			return false
		case pattern.MatchString(line):
			return true
		case !skip:
			p.t.Errorf("the client said %q, the script has %q", line, want)
			return false
		}
	}
}

type writerFunc func(b []byte)

func (f writerFunc) Write(b []byte) (int, error) { f(b); return len(b), nil }

// A world is an outbox with a database, a peer and somebody who writes.
type world struct {
	*testing.T
	store  *spy
	peer   *peer
	config Config
	log    bytes.Buffer
	stop   func() error // stops Run and returns what it returned
}

// A spy is a Store that tells how attempts end, and fails when it is told to.
type spy struct {
	*storage.Storage
	fed      chan struct{} // closed once there is a feed
	finished chan string   // state and status
	fail     func(o *storage.Outcome) error
}

func (s *spy) Feed(owner string, capacity int, backoff func(attempts int64) time.Duration) *storage.Feed {
	defer close(s.fed)
	return s.Storage.Feed(owner, capacity, backoff)
}

func (s *spy) Finish(ctx context.Context, o *storage.Outcome) error {
	if s.fail != nil {
		if err := s.fail(o); err != nil {
			return err
		}
	}
	err := s.Storage.Finish(ctx, o)
	if err == nil {
		s.finished <- o.State + " " + o.Status
	}
	return err
}

func newWorld(t *testing.T, connections [][]string) *world {
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	server, client := certificates(t)
	w := &world{
		T:     t,
		store: &spy{Storage: db, fed: make(chan struct{}), finished: make(chan string, 1000)},
		peer:  &peer{t: t, tls: server, next: connections},
	}
	w.config = Config{
		Store:       w.store,
		Instance:    "one",
		Scheme:      &mask.Scheme{Domain: "relay.test", Secret: []byte("secret")},
		URL:         "smtp://127.0.0.1:25",
		Connections: 1,
		Hostname:    "relay.test",
		TLS:         client,
		Dial:        w.peer.dial,
		Log:         slog.New(slog.NewTextHandler(&w.log, nil)),
	}
	return w
}

// run starts the outbox.
func (w *world) run() {
	w.Helper()
	o, err := New(w.config)
	if err != nil {
		w.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- o.Run(ctx) }()
	<-w.store.fed
	w.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
}

const plainLetter = "From: Alice <alice.k7f3q9x2@relay.test>\r\nTo: ben@uni.test\r\nSubject: Hello\r\n" +
	"Date: Mon, 03 Jan 2000 10:00:00 +0000\r\nMessage-ID: <1@relay.test>\r\n\r\nHow are you?\r\n"

// queue puts a mail into the outbox.
func (w *world) queue(recipient, message string) {
	w.Helper()
	body := w.store.NewBody(w.Context(), time.Now())
	if _, err := body.Write([]byte(message)); err != nil {
		w.Fatal(err)
	}
	mail := storage.Outgoing{Delivery: storage.Delivery{Kind: storage.DeliveryRelay, Recipient: recipient}, Body: body}
	if _, err := w.store.Accept(w.Context(), &storage.Acceptance{At: time.Now(), Mails: []storage.Outgoing{mail}}); err != nil {
		w.Fatal(err)
	}
}

// wait checks how the next attempt ends.
func (w *world) wait(want string) {
	w.Helper()
	select {
	case got := <-w.store.finished:
		if got != want {
			w.Errorf("the attempt ended as %q, want %q", got, want)
		}
	case <-time.After(24 * time.Hour): // of the bubble's time
		w.Fatalf("the attempt did not end, want %q", want)
	}
}

// certificates returns the configuration of a server called mx.example and
// of a client that trusts it.
func certificates(t *testing.T) (server, client *tls.Config) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		DNSNames:     []string{"mx.example"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(1000 * time.Hour),
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	server = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
	return server, &tls.Config{RootCAs: roots}
}

// messages are what the scripts' setting "message" names.
func messages() map[string]string {
	return map[string]string{
		"":     plainLetter,
		"dots": strings.Replace(plainLetter, "How are you?", ".\r\n..one\r.two\n.three", 1),
		"utf8": strings.Replace(plainLetter, "Hello", "Où ?", 1),
		"8bit": strings.Replace(plainLetter, "How", "Où", 1),
	}
}

func TestDialogues(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { follow(t, readScript(t, file)) })
		})
	}
}

func follow(t *testing.T, s *script) {
	w := newWorld(t, s.connections)
	w.config.URL, w.config.Password = s.settings["url"], s.settings["password"]
	w.run()
	message, ok := messages()[s.settings["message"]]
	if !ok {
		t.Fatal("no such message:", s.settings["message"])
	}
	for i, want := range s.expect {
		if i == 0 || s.settings["mails"] != "one" {
			w.queue(s.settings["recipient"], message)
		}
		w.wait(want)
	}
	w.end()
}
