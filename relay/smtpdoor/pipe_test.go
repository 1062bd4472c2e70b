package smtpdoor

import (
	"bytes"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// A pipeListener hands out the server's ends of in-memory connections, which
// keep the time of a synctest bubble.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
}

func newPipeListener() *pipeListener {
	return &pipeListener{make(chan net.Conn), make(chan struct{})}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error   { close(l.done); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// A pipeConn seems to come from another address than loopback.
type pipeConn struct {
	net.Conn
	remote net.Addr
}

func (c pipeConn) RemoteAddr() net.Addr { return c.remote }

// A client of a bubble reads all the time.
type client struct {
	t    *testing.T
	conn net.Conn

	mu     sync.Mutex
	heard  bytes.Buffer
	closed bool
}

// dial connects from an IP, or from loopback where it is "".
func (l *pipeListener) dial(t *testing.T, ip string) *client {
	ours, theirs := net.Pipe()
	if ip != "" {
		theirs = pipeConn{theirs, &net.TCPAddr{IP: net.ParseIP(ip)}}
	}
	l.conns <- theirs
	c := &client{t: t, conn: ours}
	t.Cleanup(func() { ours.Close() })
	go c.listen()
	return c
}

func (c *client) listen() {
	_, err := io.Copy(c, c.conn)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = err == nil
}

// Write takes what the server says.
func (c *client) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.heard.Write(p)
}

// say sends lines as they are, and waits until the server has nothing to do.
func (c *client) say(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.conn, text); err != nil {
		c.t.Fatalf("sending %.50q: %v", text, err)
	}
	synctest.Wait()
}

// expect fails unless the server has answered this, and nothing else, since
// the last time.
func (c *client) expect(answers ...string) {
	c.t.Helper()
	synctest.Wait()
	c.mu.Lock()
	got := strings.SplitAfter(c.heard.String(), "\r\n")
	c.heard.Reset()
	c.mu.Unlock()
	got = got[:len(got)-1]
	if len(got) != len(answers) {
		c.t.Fatalf("answers %q, want %q", got, answers)
	}
	for i, a := range answers {
		if !matches(a, strings.TrimSuffix(got[i], "\r\n")) {
			c.t.Fatalf("answer %d is %q, want %q", i, got[i], a)
		}
	}
}

// expectClosed fails unless the server has closed the connection.
func (c *client) expectClosed() {
	c.t.Helper()
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.t.Fatal("the connection is still open")
	}
}

// envelope brings a session to where DATA or BDAT may follow.
func (c *client) envelope() {
	c.t.Helper()
	c.say("HELO client.test\r\nMAIL FROM:<alice@corp.test>\r\nRCPT TO:<ben@relay.test>\r\n")
	c.expect("220 *", "250 *", "250 *", "250 *")
}

// bubble runs a test in a bubble of its own time with a server for it.
func bubble(t *testing.T, config Config, test func(*testing.T, *Server, *pipeListener)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := newPipeListener()
		test(t, serve(t, config, l), l)
	})
}
