package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"time"

	"mentorrelay/cmd/leakoracle/oracle"
)

// submission sends letters to the relay by SMTP, octet by octet as they are:
// libraries mend line breaks, and some letters are about those.
type submission struct {
	address, helo string
	patience      time.Duration // with each answer

	conn     net.Conn
	text     *textproto.Conn
	supports map[string]bool // extensions, RFC 5321 §4.1.1.1
}

// send implements carrier. The answer is a refusal if it is no 250.
func (c *submission) send(ctx context.Context, l *oracle.Letter, to string) (refusal string, answered bool, err error) {
	fresh := c.conn == nil
	refusal, answered, err = c.transact(ctx, l, to)
	if err == nil && !answered && !fresh { // the server had enough of the connection
		refusal, answered, err = c.transact(ctx, l, to)
	}
	return refusal, answered, err
}

// transact makes one mail transaction, RFC 5321 §3.3.
func (c *submission) transact(ctx context.Context, l *oracle.Letter, to string) (refusal string, answered bool, err error) {
	if err := c.open(ctx); err != nil {
		return "", false, err
	}
	err = c.commands(l, to)
	var answer *textproto.Error
	switch {
	case err == nil:
		return "", true, nil
	case errors.As(err, &answer) && answer.Code != 421: // which ends the connection, RFC 5321 §3.8
		if _, err := c.command(250, "RSET"); err != nil {
			c.close()
		}
		return strings.ReplaceAll(answer.Error(), "\n", " "), true, nil
	}
	c.close()
	return err.Error(), false, nil
}

func (c *submission) commands(l *oracle.Letter, to string) error {
	mail := "MAIL FROM:<" + l.MailFrom + ">"
	if c.supports["8BITMIME"] {
		mail += " BODY=8BITMIME"
	}
	if l.UTF8 && c.supports["SMTPUTF8"] {
		mail += " SMTPUTF8"
	}
	for _, step := range []struct {
		code int
		line string
	}{{250, mail}, {25, "RCPT TO:<" + to + ">"}, {354, "DATA"}} {
		if _, err := c.command(step.code, step.line); err != nil {
			return err
		}
	}
	if _, err := c.text.W.Write(stuffed(l.Data)); err != nil {
		return err
	}
	_, err := c.command(250, ".")
	return err
}

// stuffed doubles the dots at the start of lines, RFC 5321 §4.5.2.
func stuffed(data []byte) []byte {
	data = bytes.ReplaceAll(append([]byte("\r\n"), data...), []byte("\r\n."), []byte("\r\n.."))[2:]
	if !bytes.HasSuffix(data, []byte("\r\n")) {
		data = append(data, "\r\n"...)
	}
	return data
}

// command sends a line and returns the answer.
func (c *submission) command(expect int, line string) (string, error) {
	if err := c.conn.SetDeadline(time.Now().Add(c.patience)); err != nil {
		return "", err
	}
	if err := c.text.PrintfLine("%s", line); err != nil {
		return "", err
	}
	_, message, err := c.text.ReadResponse(expect)
	return message, err
}

// open connects unless there is a connection.
func (c *submission) open(ctx context.Context) error {
	if c.conn != nil {
		return nil
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", c.address)
	if err != nil {
		return err
	}
	c.conn, c.text = conn, textproto.NewConn(conn)
	if err := conn.SetDeadline(time.Now().Add(c.patience)); err != nil {
		return err
	}
	if _, _, err := c.text.ReadResponse(220); err != nil {
		return closed(err)
	}
	answer, err := c.command(250, "EHLO "+c.helo)
	if err != nil {
		return closed(err)
	}
	c.supports = map[string]bool{}
	for _, line := range strings.Split(answer, "\n") {
		name, _, _ := strings.Cut(line, " ")
		c.supports[strings.ToUpper(name)] = true
	}
	return nil
}

// closed is the error of a relay that does not talk to us at all.
func closed(err error) error { return fmt.Errorf("the relay does not let us in: %w", err) }

func (c *submission) close() {
	if c.conn != nil {
		_, _ = io.WriteString(c.conn, "QUIT\r\n") // out of courtesy
		c.conn.Close()
		c.conn = nil
	}
}
