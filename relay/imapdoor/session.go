package imapdoor

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// errLogin means that the user or the password is wrong, which only a person
// can mend.
var errLogin = errors.New("the server refuses the user or the password")

// A session is one connection, logged in.
type session struct {
	*Door
	conn    *conn
	client  *imapclient.Client
	caps    imap.CapSet
	news    chan struct{} // the server announced a message
	folders map[string]string
	idles   bool   // it has IDLE
	buffer  []byte // for copying messages
	stop    func() bool
}

// connect dials and logs in.
func (d *Door) connect(ctx context.Context) (*session, error) {
	raw, err := d.dial(ctx, "tcp", d.address)
	if err != nil {
		return nil, err
	}
	s := &session{
		Door:    d,
		conn:    &conn{Conn: raw},
		news:    make(chan struct{}, 1),
		folders: make(map[string]string),
		buffer:  make([]byte, 32<<10),
	}
	// Commands know no context, so the connection is closed under them.
	s.stop = context.AfterFunc(ctx, func() {
		time.AfterFunc(grace, func() { raw.Close() })
	})
	if err := s.greet(); err != nil {
		s.close()
		return nil, err
	}
	if err := s.login(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// close lets go of the connection. Client.Close is not called: it waits for an
// answer being read to its end.
func (s *session) close() {
	s.stop()
	s.conn.Close()
}

// greet protects the connection and waits for the server's greeting.
func (s *session) greet() error {
	defer s.conn.await()()
	config := &tls.Config{}
	if s.tls != nil {
		config = s.tls.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = s.host
	}
	options := &imapclient.Options{
		TLSConfig:             config,
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: s.announced},
	}
	switch s.security {
	case implicitTLS:
		s.client = imapclient.New(tls.Client(s.conn, config), options)
	case startTLS:
		client, err := imapclient.NewStartTLS(s.conn, options)
		if err != nil {
			return fmt.Errorf("starting TLS: %w", err)
		}
		s.client = client
	case plain:
		s.client = imapclient.New(s.conn, options)
	}
	return s.client.WaitGreeting()
}

// announced notes that the mailbox has grown.
func (s *session) announced(data *imapclient.UnilateralDataMailbox) {
	if data.NumMessages == nil {
		return
	}
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// login shows the password, by AUTHENTICATE where the server has it: LOGIN is
// on its way out (RFC 9051 §6.2.3).
func (s *session) login() error {
	defer s.conn.await()()
	if s.client.State() == imap.ConnStateNotAuthenticated { // otherwise greeted with PREAUTH
		password, err := s.password()
		if err != nil {
			return err
		}
		caps := s.client.Caps()
		switch {
		case caps.Has(imap.AuthCap(sasl.Plain)):
			err = s.client.Authenticate(sasl.NewPlainClient("", s.user, password))
		case caps.Has(imap.CapLoginDisabled): // RFC 9051 §6.2.3: LOGIN must not be tried
			err = errors.New("the server offers no login with a password on this connection")
		default:
			err = s.client.Login(s.user, password).Wait()
		}
		if answer := (*imap.Error)(nil); errors.As(err, &answer) && answer.Code != imap.ResponseCodeUnavailable {
			return fmt.Errorf("%w: %w", errLogin, err)
		} else if err != nil {
			return err
		}
	}
	if s.caps = s.client.Caps(); s.caps == nil {
		return errors.New("the server does not tell its capabilities")
	}
	s.idles = s.caps.Has(imap.CapIdle)
	return nil
}

// open selects the mailbox. It is done anew before each round, since only this
// tells whether the mailbox is still the same (RFC 9051 §2.3.1.1).
func (s *session) open() error {
	defer s.conn.await()()
	data, err := s.client.Select(s.mailbox, nil).Wait()
	if err != nil {
		return fmt.Errorf("opening the mailbox: %w", err)
	}
	if data.UIDValidity == 0 {
		return errors.New("the server gives no UIDVALIDITY, without which no message can be told from another")
	}
	if data.UIDValidity != s.validity {
		s.validity = data.UIDValidity
		clear(s.late)
	}
	return nil
}

// wait returns when a message is announced, when the pause is over, when the
// connection is lost or when ctx ends.
func (s *session) wait(ctx context.Context, pause time.Duration) error {
	idle, err := s.idle()
	if err != nil {
		return err
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-s.news:
	case <-timer.C:
	case <-s.client.Closed():
		return errors.New("the server closed the connection")
	}
	if idle == nil {
		return nil
	}
	defer s.conn.await()()
	if err := idle.Close(); err != nil {
		return err
	}
	return idle.Wait()
}

// idle has the server announce messages (RFC 2177), if it can.
func (s *session) idle() (*imapclient.IdleCommand, error) {
	if !s.idles {
		return nil, nil
	}
	defer s.conn.await()()
	idle, err := s.client.Idle()
	if answer := (*imap.Error)(nil); errors.As(err, &answer) {
		s.log.Warn("imap: the server has IDLE but refuses it; polling", "err", reason(err))
		s.idles = false
		return nil, nil
	}
	return idle, err
}

// reason is an error for the log. A server's words may hold a name, its
// response code does not.
func reason(err error) string {
	answer := (*imap.Error)(nil)
	if !errors.As(err, &answer) {
		return err.Error()
	}
	text := string(answer.Type)
	if answer.Code != "" {
		text += " [" + string(answer.Code) + "]"
	}
	if errors.Is(err, errLogin) {
		text = errLogin.Error() + ": " + text
	}
	return text
}
