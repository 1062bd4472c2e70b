package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"mentorrelay/cmd/leakoracle/oracle"
)

// mailbox lays letters into the mailbox that the relay empties, by IMAP and
// as the last server on their way leaves them there.
type mailbox struct {
	url      *url.URL // imaps://user@host/folder or imap://…
	password string
	helo     string
	fields   []string      // that the provider adds to each letter, without line breaks
	patience time.Duration // with each answer
	options  imapclient.Options

	client *imapclient.Client
}

// parseMailbox reads an IMAP URL, RFC 5092, without parameters.
func parseMailbox(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "imaps" && u.Scheme != "imap" || u.Hostname() == "" || u.User.Username() == "" {
		return nil, errors.New("--imap is no URL of a mailbox: write imaps://user@host/INBOX")
	}
	if _, ok := u.User.Password(); ok {
		return nil, errors.New("--imap holds a password: write it to a file, and name that with --password-file")
	}
	return u, nil
}

// send implements carrier. It is the mailbox's server that answers, and not
// the relay.
func (m *mailbox) send(ctx context.Context, l *oracle.Letter, to string) (refusal string, answered bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, m.patience)
	defer cancel()
	if err := m.open(ctx); err != nil {
		return "", false, fmt.Errorf("the mailbox %s: %w", m.url.Redacted(), err)
	}
	defer m.closing(ctx)()
	data := m.delivered(l, to)
	command := m.client.Append(m.folder(), int64(len(data)), nil)
	_, written := command.Write(data)
	written = errors.Join(written, command.Close())
	_, err = command.Wait()
	answer := (*imap.Error)(nil)
	isAnswer := errors.As(err, &answer)
	if written != nil || err != nil && !isAnswer {
		m.close() // go-imap does not get over a literal that it could not write
	}
	switch {
	case isAnswer:
		return answer.Error(), true, nil
	case err != nil:
		return err.Error(), false, nil
	}
	return "", true, nil
}

// delivered is a letter below the fields that final delivery adds: the
// envelope (RFC 5321 §4.4, and Delivered-To as most servers have it), what
// else the provider says of it, and the last hop.
func (m *mailbox) delivered(l *oracle.Letter, to string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <%s>\r\nDelivered-To: %s\r\n", l.MailFrom, to)
	for _, f := range m.fields {
		b.WriteString(f + "\r\n")
	}
	fmt.Fprintf(&b, "Received: from %s by %s; %s\r\n", m.helo, m.url.Hostname(), time.Now().UTC().Format(time.RFC1123Z))
	b.Write(l.Data)
	return b.Bytes()
}

// open logs in unless that is done.
func (m *mailbox) open(ctx context.Context) (err error) {
	if m.client != nil {
		return nil
	}
	dial, port := imapclient.DialTLS, "993"
	if m.url.Scheme == "imap" {
		dial, port = imapclient.DialStartTLS, "143"
		if ip, err := netip.ParseAddr(m.url.Hostname()); m.url.Hostname() == "localhost" || err == nil && ip.IsLoopback() {
			dial = imapclient.DialInsecure
		}
	}
	if m.url.Port() != "" {
		port = m.url.Port()
	}
	options := m.options
	options.Dialer = &net.Dialer{Timeout: m.patience}
	if m.client, err = dial(net.JoinHostPort(m.url.Hostname(), port), &options); err != nil {
		m.client = nil
		return err
	}
	defer m.closing(ctx)()
	if err := m.client.Login(m.url.User.Username(), m.password).Wait(); err != nil {
		m.close()
		return err
	}
	return nil
}

// closing closes the connection once ctx ends, for go-imap knows no contexts;
// the function that it returns calls that off.
func (m *mailbox) closing(ctx context.Context) func() bool {
	client := m.client
	return context.AfterFunc(ctx, func() { client.Close() })
}

// folder is the one that letters are laid into.
func (m *mailbox) folder() string {
	if name := strings.Trim(m.url.Path, "/"); name != "" {
		return name
	}
	return "INBOX"
}

func (m *mailbox) close() {
	if m.client != nil {
		m.client.Close()
		m.client = nil
	}
}
