package outbox

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
)

// How long to wait for the peer: RFC 5321 §4.5.3.2.
const (
	greetingTimeout = 5 * time.Minute  // .1
	commandTimeout  = 5 * time.Minute  // .2 and .3, MAIL and RCPT
	dataTimeout     = 2 * time.Minute  // .4, until 354
	blockTimeout    = 3 * time.Minute  // .5, for each block that is written
	endTimeout      = 10 * time.Minute // .6, after the final dot
	quitTimeout     = 10 * time.Second // nothing depends on it
)

const (
	// bufferSize is what is written at once: a usual letter with its
	// signature, and no more than a TLS record.
	bufferSize = 16 << 10
	// replyLimit bounds one reply; RFC 5321 §4.5.3.1.5 has lines of 512.
	replyLimit = 64 << 10
)

// A client is one connection to the smarthost. net/smtp's and go-smtp's
// clients wait for each command's reply; this one sends a transaction's
// commands together where the server allows it (RFC 2920).
type client struct {
	conn       net.Conn
	in         *textproto.Reader
	limit      *io.LimitedReader // beneath in
	out        *bufio.Writer
	extensions map[string]string // keyword → parameters, from EHLO
	used       int               // messages so far
	dead       bool              // not to be used again
	idle       *time.Timer       // while in the pool
	unwatch    func() bool
}

// newClient returns a client over conn, which ctx's end closes.
func newClient(ctx context.Context, conn net.Conn) *client {
	c := &client{}
	c.attach(conn)
	c.unwatch = context.AfterFunc(ctx, func() { conn.Close() })
	return c
}

func (c *client) attach(conn net.Conn) {
	c.conn = conn
	c.limit = &io.LimitedReader{R: conn}
	c.in = textproto.NewReader(bufio.NewReader(c.limit))
	c.out = bufio.NewWriterSize(timedWriter{conn}, bufferSize)
}

// A timedWriter gives each block the time it may take.
type timedWriter struct{ conn net.Conn }

// Write implements io.Writer.
func (w timedWriter) Write(p []byte) (int, error) {
	if err := w.conn.SetWriteDeadline(time.Now().Add(blockTimeout)); err != nil {
		return 0, err
	}
	return w.conn.Write(p)
}

func (c *client) close() {
	c.unwatch()
	c.conn.Close()
}

// quit takes leave as RFC 5321 §4.1.1.10 wants it.
func (c *client) quit() {
	c.command(221, quitTimeout, "QUIT")
	c.close()
}

func (c *client) offers(keyword string) bool {
	_, ok := c.extensions[keyword]
	return ok
}

// read sends what was written and reads one reply.
func (c *client) read(timeout time.Duration) (code int, text string, err error) {
	if err = c.out.Flush(); err == nil {
		err = c.conn.SetReadDeadline(time.Now().Add(timeout))
	}
	if err == nil {
		c.limit.N = replyLimit
		code, text, err = c.in.ReadResponse(0)
	}
	if err == nil {
		return code, text, nil
	}
	c.dead = true
	if garbled := textproto.ProtocolError(""); errors.As(err, &garbled) {
		err = errors.New("what the peer said is no SMTP reply") // and may quote anything
	}
	return 0, "", broken("4.4.2", err)
}

// expect is read for where one reply is hoped for, given by its code or the
// first digits of it; any other is a *failure.
func (c *client) expect(want int, timeout time.Duration) (text string, err error) {
	code, text, err := c.read(timeout)
	if err != nil || code == want || code/10 == want {
		return text, err
	}
	f := refused(code, text)
	c.dead = c.dead || f.smarthost || f.cause != nil
	return "", f
}

// command sends one command and hopes for one reply.
func (c *client) command(want int, timeout time.Duration, line string) (text string, err error) {
	c.write(line)
	return c.expect(want, timeout)
}

// write adds a command to what is to be sent; the buffer keeps an error for
// when it is flushed.
func (c *client) write(line string) {
	c.out.WriteString(line)
	c.out.WriteString("\r\n")
}

// hello says who we are and learns what the server can do (RFC 5321
// §4.1.1.1). There is no falling back to HELO: no submission server of this
// century is without EHLO.
func (c *client) hello(hostname string) error {
	text, err := c.command(250, commandTimeout, "EHLO "+hostname)
	if err != nil {
		return err
	}
	c.extensions = make(map[string]string)
	_, lines, _ := strings.Cut(text, "\n") // the first line is the server's name
	for line := range strings.SplitSeq(lines, "\n") {
		keyword, parameters, _ := strings.Cut(line, " ")
		c.extensions[strings.ToUpper(keyword)] = parameters
	}
	return nil
}

// secure puts TLS over the connection. Whatever the server had said beyond
// its last reply was not protected, and is dropped with the reader.
func (c *client) secure(ctx context.Context, config *tls.Config) error {
	conn := tls.Client(c.conn, config)
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	if err := conn.HandshakeContext(ctx); err != nil {
		return &failure{code: 454, status: "4.7.5", cause: err}
	}
	c.attach(conn)
	return nil
}

// authenticate logs in (RFC 4954 §4).
func (c *client) authenticate(mechanism sasl.Client) error {
	name, response, err := mechanism.Start()
	line := "AUTH " + name
	if response != nil {
		line += " " + base64.StdEncoding.EncodeToString(response)
	}
	for err == nil {
		c.write(line)
		code, text, err := c.read(commandTimeout)
		if err != nil || code == 235 {
			return err
		}
		if code != 334 {
			return refused(code, text)
		}
		question, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return err
		}
		response, err = mechanism.Next(question)
		if err != nil {
			return err
		}
		line = base64.StdEncoding.EncodeToString(response)
	}
	return err
}
