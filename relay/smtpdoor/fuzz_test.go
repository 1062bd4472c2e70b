package smtpdoor

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"mentorrelay/relay"
)

// A scriptConn is a client that has said all it has to say beforehand. As on any
// connection, nothing is read or written once it is closed.
type scriptConn struct {
	script io.Reader
	closed chan struct{}

	mu      sync.Mutex // guards answers
	answers bytes.Buffer
}

func (c *scriptConn) Read(p []byte) (int, error) {
	if c.isClosed() {
		return 0, net.ErrClosed
	}
	return c.script.Read(p)
}

func (c *scriptConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.isClosed() {
		return 0, net.ErrClosed
	}
	return c.answers.Write(p)
}

func (c *scriptConn) isClosed() bool {
	select {
	case <-c.closed:
		return true
	default:
		return false
	}
}

func (c *scriptConn) LocalAddr() net.Addr         { return &net.TCPAddr{} }
func (c *scriptConn) RemoteAddr() net.Addr        { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1)} }
func (c *scriptConn) SetDeadline(time.Time) error { return nil }

func (c *scriptConn) SetReadDeadline(time.Time) error  { return nil }
func (c *scriptConn) SetWriteDeadline(time.Time) error { return nil }

func (c *scriptConn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.isClosed() {
		close(c.closed)
	}
	return nil
}

// panicLog fails a test when the server logs an error: only a panic is one.
type panicLog struct {
	slog.Handler
	t *testing.T
}

func (l panicLog) Handle(_ context.Context, r slog.Record) error {
	if r.Level >= slog.LevelError {
		l.t.Error(r.Message)
		r.Attrs(func(a slog.Attr) bool { l.t.Log(a); return true })
	}
	return nil
}

var (
	answerLines = regexp.MustCompile(`^([2-5][0-9][0-9][ -][^\n]*\r\n)+$`)
	lastChunk   = regexp.MustCompile(`(?i)BDAT[^\n]*LAST`)
)

// FuzzSession lets a client say anything. The server answers or closes, takes
// no more messages than there are ends of messages, and none with what could
// be an end for others.
func FuzzSession(f *testing.F) {
	const envelope = "EHLO client.test\r\nMAIL FROM:<alice@corp.test>\r\nRCPT TO:<ben@relay.test>\r\n"
	for _, seed := range []string{
		"", "\r\n", "QUIT\r\n", "DATA", "\x16\x03\x01", "EHLO x\r\nSTARTTLS\r\nNOOP\r\n",
		envelope + "DATA\r\nhello\r\n.\r\nQUIT\r\n",
		envelope + "DATA\n.\r\n",
		envelope + "DATA\r\n.\r\r\n.\r\n",
		envelope + "DATA\r\na\n.\nMAIL FROM:<>\r\n.\r\n",
		envelope + "BDAT 3\r\nabcBDAT 0 LAST\r\n",
		envelope + "BDAT 30 LAST\r\nabc",
		envelope + "BDAT 2\r\nabRSET\r\n" + envelope + "BDAT 2 LAST\r\n\r\n",
		envelope + "BDAT 0\r\nQUIT\r\n",
		strings.Replace(envelope, "EHLO", "LHLO", 1) + "RCPT TO:<zoe@relay.test>\r\nDATA\r\n.\r\n",
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	certificate, _ := testCertificate(f)
	f.Fuzz(func(t *testing.T, script []byte, lmtp bool) {
		fake := &fakeRelay{}
		config := Config{Relay: fake, Hostname: "mx.relay.test", MaxSize: 1000, TLS: serverTLS(certificate), Log: slog.New(panicLog{slog.DiscardHandler, t})}
		if lmtp {
			config.Door = relay.LMTP
		}
		s, l := New(config), newPipeListener()
		go s.Serve(l)
		c := &scriptConn{script: bytes.NewReader(script), closed: make(chan struct{})}
		l.conns <- c
		<-c.closed
		if err := s.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		received := fake.take()
		ends := bytes.Count(script, []byte("\n.\r\n")) + len(lastChunk.FindAll(script, -1))
		if len(received) > ends {
			t.Errorf("%d messages for %d ends", len(received), ends)
		}
		for _, r := range received {
			if checkLines := (lineChecker{}); !checkLines.ok([]byte(r.text)) || checkLines.inCR {
				t.Errorf("received %q", r.text)
			}
		}
		answers := c.answers.Bytes()
		if i := bytes.Index(answers, []byte("Ready to start TLS\r\n")); i >= 0 {
			answers = answers[:i+len("Ready to start TLS\r\n")] // what follows is TLS
		}
		if !answerLines.Match(answers) {
			t.Errorf("answers %q", answers)
		}
	})
}
