package demo

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// patience bounds every wait of the demo: far more than a busy machine needs.
const patience = 30 * time.Second

// A client is a person's mail client. It sends by SMTP, and reads and files
// by IMAP, as any other would, over a connection of its own for each task.
type client struct {
	Account
	imap, smtp string // the provider's servers
	now        func() time.Time
	seen       imap.UID // the newest message of the inbox that it has fetched
}

// send hands a message in and files a copy of it under Sent.
func (c *client) send(to string, message []byte) error {
	s, err := smtp.Dial(c.smtp)
	if err != nil {
		return err
	}
	defer s.Close()
	s.CommandTimeout, s.SubmissionTimeout = patience, patience
	if err := s.Hello("client.test"); err != nil {
		return err
	}
	if err := s.Auth(sasl.NewPlainClient("", c.Address, c.Password)); err != nil {
		return err
	}
	if err := s.SendMail(c.Address, []string{to}, bytes.NewReader(message)); err != nil {
		return err
	}
	return errors.Join(s.Quit(), c.file(message))
}

// file appends a message to Sent.
func (c *client) file(message []byte) error {
	return c.mailbox(func(m *imapclient.Client) error {
		w := m.Append(sent, int64(len(message)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}, Time: c.now()})
		if _, err := w.Write(message); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		_, err := w.Wait()
		return err
	})
}

// fetch reads what came to the inbox since it last looked, and leaves it
// marked as read.
func (c *client) fetch() ([][]byte, error) { return c.since(false) }

// peek is fetch, but leaves the marks to another client.
func (c *client) peek() ([][]byte, error) { return c.since(true) }

func (c *client) since(peek bool) (messages [][]byte, err error) {
	err = c.mailbox(func(m *imapclient.Client) error {
		list, err := download(m, inbox, c.seen+1, peek)
		for _, item := range list {
			if item.UID > c.seen { // n:* names the last message if it is older than n (RFC 9051 §9)
				c.seen = item.UID
				messages = append(messages, item.BodySection[0].Bytes)
			}
		}
		return err
	})
	return messages, err
}

// all reads a whole folder.
func (c *client) all(folder string) (messages [][]byte, err error) {
	err = c.mailbox(func(m *imapclient.Client) error {
		list, err := download(m, folder, 1, true)
		for _, item := range list {
			messages = append(messages, item.BodySection[0].Bytes)
		}
		return err
	})
	return messages, err
}

// download fetches the messages of a folder from a UID on.
func download(m *imapclient.Client, folder string, from imap.UID, peek bool) ([]*imapclient.FetchMessageBuffer, error) {
	if _, err := m.Select(folder, nil).Wait(); err != nil {
		return nil, err
	}
	return m.Fetch(imap.UIDSet{{Start: from}}, &imap.FetchOptions{
		UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: peek}},
	}).Collect()
}

// mailbox logs in, does something, and logs out.
func (c *client) mailbox(do func(*imapclient.Client) error) error {
	m, err := imapclient.DialInsecure(c.imap, nil)
	if err != nil {
		return err
	}
	defer m.Close()
	if err := m.Login(c.Address, c.Password).Wait(); err != nil {
		return fmt.Errorf("logging in as %s: %w", c.Address, err)
	}
	if err := do(m); err != nil {
		return fmt.Errorf("in the mailbox of %s: %w", c.Address, err)
	}
	return m.Logout().Wait()
}
