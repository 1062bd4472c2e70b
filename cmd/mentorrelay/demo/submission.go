package demo

import (
	"bytes"
	"crypto/subtle"
	"fmt"
	"io"
	"log"
	"net/mail"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// The answers of the post office to what it does not take.
var (
	errRelay   = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "Relaying denied"}
	errLogin   = &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	errNobody  = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox here"}
	errNotYou  = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "You may write under your own address only"}
	errTooMany = &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 5, 3}, Message: "One relayed recipient at a time"}
)

func (p *PostOffice) newSMTP() *smtp.Server {
	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &counter{office: p, conn: c}, nil }))
	s.Domain = "post.test"
	s.AllowInsecureAuth = true // it is loopback
	s.EnableSMTPUTF8 = true
	s.MaxMessageBytes = maxLetter
	s.ReadTimeout, s.WriteTimeout = idleTime, idleTime
	s.ErrorLog = log.New(io.Discard, "", 0) // clients that hang up are no news
	return s
}

// A counter is one SMTP session: of an account holder who has logged in
// (RFC 6409), or of a server that brings mail.
type counter struct {
	office *PostOffice
	conn   *smtp.Conn
	holder *mailbox // nil: not logged in
	from   string
	utf8   bool
	local  []*mailbox
	remote string // whom the message is to be passed on for
}

// AuthMechanisms implements smtp.AuthSession.
func (c *counter) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login} }

// Auth implements smtp.AuthSession.
func (c *counter) Auth(mech string) (sasl.Server, error) {
	if mech == sasl.Login {
		return &loginServer{login: c.login}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return c.login(user, password) }), nil
}

func (c *counter) login(user, password string) error {
	box := c.office.boxes[strings.ToLower(user)]
	if box == nil || subtle.ConstantTimeCompare([]byte(password), []byte(box.Password)) != 1 {
		return smtp.ErrAuthFailed
	}
	c.holder = box
	return nil
}

// Mail implements smtp.Session. Account holders write as themselves (RFC 6409
// §6.1): the relay trusts the post office for that.
func (c *counter) Mail(from string, opts *smtp.MailOptions) error {
	if c.holder != nil && !strings.EqualFold(from, c.holder.Address) {
		return errNotYou
	}
	if c.holder == nil && c.office.serves(domainOf(from)) {
		return errLogin
	}
	c.from, c.utf8 = from, opts.UTF8
	return nil
}

// Rcpt implements smtp.Session.
func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch domain := domainOf(to); {
	case c.office.boxes[strings.ToLower(to)] != nil:
		c.local = append(c.local, c.office.boxes[strings.ToLower(to)])
	case c.office.serves(domain):
		return errNobody
	case c.office.routes[domain] == "" || c.holder == nil:
		return errRelay
	case c.remote != "":
		return errTooMany // each has an answer of its own, and there is one for the message
	default:
		c.remote = to
	}
	return nil
}

// Data implements smtp.Session. A message for another server is passed on
// while the client waits, so that the client gets that server's own answer.
func (c *counter) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if c.holder != nil && !c.writtenBy(body) {
		return errNotYou
	}
	message := append(c.received(), body...)
	if c.remote != "" {
		if err := c.pass(message); err != nil {
			return err
		}
	}
	for _, box := range c.local {
		if err := c.office.deliver(box, c.from, message); err != nil {
			return err
		}
	}
	return nil
}

// writtenBy tells whether the From field is the account holder's.
func (c *counter) writtenBy(body []byte) bool {
	m, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return false
	}
	list, err := m.Header.AddressList("From")
	return err == nil && len(m.Header["From"]) == 1 && len(list) == 1 && strings.EqualFold(list[0].Address, c.holder.Address)
}

// received is the trace field (RFC 5321 §4.4), telling as much of the sender
// as providers usually do.
func (c *counter) received() []byte {
	with, who := "ESMTP", ""
	if c.holder != nil {
		with, who = "ESMTPA", fmt.Sprintf("\r\n\t(authenticated as %s)", c.holder.Address)
	}
	return fmt.Appendf(nil, "Received: from %s (%s)%s\r\n\tby post.test with %s; %s\r\n",
		c.conn.Hostname(), c.conn.Conn().RemoteAddr(), who, with, c.office.now().Format(dateFormat))
}

// pass hands the message to the server that takes mail for its recipient.
func (c *counter) pass(message []byte) error {
	next, err := smtp.Dial(c.office.routes[domainOf(c.remote)])
	if err != nil {
		return fmt.Errorf("passing a message on: %w", err)
	}
	defer next.Close()
	if err := next.Hello("post.test"); err != nil {
		return err
	}
	opts := &smtp.MailOptions{UTF8: c.utf8}
	if ok, _ := next.Extension("8BITMIME"); ok {
		opts.Body = smtp.Body8BitMIME
	}
	if err := next.Mail(c.from, opts); err != nil {
		return err
	}
	if err := next.Rcpt(c.remote, nil); err != nil {
		return err
	}
	w, err := next.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(message); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return next.Quit()
}

// Reset implements smtp.Session.
func (c *counter) Reset() { c.from, c.utf8, c.local, c.remote = "", false, nil, "" }

// Logout implements smtp.Session.
func (c *counter) Logout() error { return nil }

// A loginServer is the server's half of AUTH LOGIN, which some clients still
// prefer (draft-murchison-sasl-login).
type loginServer struct {
	login func(user, password string) error
	user  *string
}

// Next implements sasl.Server.
func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case response == nil:
		return []byte("Username:"), false, nil
	case l.user == nil:
		user := string(response)
		l.user = &user
		return []byte("Password:"), false, nil
	default:
		return nil, true, l.login(*l.user, string(response))
	}
}
