// Package demo shows a whole mentoring programme on loopback: two people who
// write to each other from their mail clients, the provider of both, and
// mentorrelay between them, driven by its own command line.
package demo

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"
)

// An Account is one person's mailbox at a PostOffice.
type Account struct {
	Name     string
	Address  string // also the user name
	Password string
}

// A PostOffice is a small mail provider on loopback, with everything in
// memory: IMAP for reading, and one SMTP server that is both where account
// holders log in to send, and where the rest of the world brings their mail.
type PostOffice struct {
	now      func() time.Time
	boxes    map[string]*mailbox // by address
	routes   map[string]string   // by domain: the server that takes its mail
	imap     *imapserver.Server
	smtp     *smtp.Server
	imapAt   net.Listener
	smtpAt   net.Listener
	finished chan error // of both servers
}

// A mailbox is an account with its folders.
type mailbox struct {
	Account
	user *imapmemserver.User
	news chan struct{}
}

// The folders of every account.
const (
	inbox = "INBOX"
	sent  = "Sent"
)

// maxLetter is what the post office takes: more than the relay does, so that
// it is the relay that refuses.
const maxLetter = 50 << 20

// idleTime ends connections that have gone quiet (RFC 5321 §4.5.3.2.7).
const idleTime = 5 * time.Minute

// OpenPostOffice starts the servers for these accounts. Mail for the domains
// in routes goes on to the server named there, if an account holder sent it;
// mail for anybody else than the accounts is refused.
func OpenPostOffice(now func() time.Time, routes map[string]string, accounts ...Account) (*PostOffice, error) {
	p := &PostOffice{now: now, boxes: map[string]*mailbox{}, routes: routes, finished: make(chan error, 2)}
	users := imapmemserver.New()
	for _, a := range accounts {
		box, err := newMailbox(a)
		if err != nil {
			return nil, err
		}
		p.boxes[a.Address] = box
		users.AddUser(box.user)
	}
	if err := p.listen(); err != nil {
		return nil, err
	}
	p.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return users.NewSession(), nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapESearch: {}, imap.CapMove: {},
			imap.CapListExtended: {}, imap.CapListStatus: {}, imap.CapStatusSize: {},
		},
		Logger:       log.New(io.Discard, "", 0), // clients that hang up are no news
		InsecureAuth: true,
	})
	p.smtp = p.newSMTP()
	go func() { p.finished <- p.imap.Serve(p.imapAt) }()
	go func() { p.finished <- p.smtp.Serve(p.smtpAt) }()
	return p, nil
}

func newMailbox(a Account) (*mailbox, error) {
	box := &mailbox{Account: a, user: imapmemserver.NewUser(a.Address, a.Password), news: make(chan struct{}, 1)}
	for _, folder := range []string{inbox, sent} {
		if err := errors.Join(box.user.Create(folder, nil), box.user.Subscribe(folder)); err != nil {
			return nil, fmt.Errorf("making a mailbox: %w", err)
		}
	}
	return box, nil
}

// listen opens two free ports of the loopback interface.
func (p *PostOffice) listen() (err error) {
	if p.imapAt, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	if p.smtpAt, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return errors.Join(err, p.imapAt.Close())
	}
	return nil
}

// IMAP is where to read mail, as host:port.
func (p *PostOffice) IMAP() string { return p.imapAt.Addr().String() }

// SMTP is where to send mail, as host:port.
func (p *PostOffice) SMTP() string { return p.smtpAt.Addr().String() }

// News signals that mail has come for an account, one letter or several.
func (p *PostOffice) News(address string) <-chan struct{} { return p.boxes[address].news }

// Close stops the servers and ends their connections.
func (p *PostOffice) Close() error {
	err := errors.Join(p.imap.Close(), p.smtp.Close())
	for _, l := range []net.Listener{p.imapAt, p.smtpAt} {
		l.Close() // a server that has not begun to serve does not know its own
	}
	return errors.Join(err, <-p.finished, <-p.finished)
}

// serves tells whether the post office is where mail for a domain belongs.
func (p *PostOffice) serves(domain string) bool {
	for address := range p.boxes {
		if domainOf(address) == domain {
			return true
		}
	}
	return false
}

// deliver puts a message into an inbox, with the trace that a final delivery
// adds (RFC 5321 §4.4).
func (p *PostOffice) deliver(box *mailbox, from string, message []byte) error {
	traced := append(fmt.Appendf(nil, "Return-Path: <%s>\r\nDelivered-To: %s\r\n", from, box.Address), message...)
	_, err := box.user.Append(inbox, bytes.NewReader(traced), &imap.AppendOptions{Time: p.now()})
	if err != nil {
		return err
	}
	select {
	case box.news <- struct{}{}:
	default: // told already
	}
	return nil
}

// newPassword makes one that is easily typed.
func newPassword() string { return strings.ToLower(rand.Text()[:10]) }

func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}
