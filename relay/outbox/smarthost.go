package outbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
)

// dialTimeout bounds connecting, and handshakeTimeout the TLS handshake. Both
// are shorter than what RFC 5321 grants a server for a command: no mail is at
// stake yet, and other mail waits.
const (
	dialTimeout      = 30 * time.Second
	handshakeTimeout = time.Minute
)

// A smarthost is the server that takes all our mail, and how to reach it.
type smarthost struct {
	host, port     string
	implicit       bool // TLS from the first octet (RFC 8314 §3.3)
	user, password string
	hostname       string
	tls            *tls.Config
	dial           func(ctx context.Context, network, address string) (net.Conn, error)
}

func newSmarthost(c *Config) (*smarthost, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Path != "" && u.Path != "/" {
		return nil, errors.New("the url to send through must be smtp://host:587 or smtps://user@host:465")
	}
	h := &smarthost{
		host:     u.Hostname(),
		port:     u.Port(),
		implicit: u.Scheme == "smtps",
		user:     u.User.Username(),
		password: c.Password,
		hostname: c.Hostname,
		tls:      &tls.Config{},
		dial:     c.Dial,
	}
	if _, inURL := u.User.Password(); inURL {
		return nil, errors.New("the url to send through holds a password, which belongs in a file of its own")
	}
	if (h.user == "") != (h.password == "") {
		return nil, errors.New("to log in for sending takes a user in the url and a password")
	}
	if h.port == "" && h.implicit {
		h.port = "465"
	} else if h.port == "" {
		h.port = "587"
	}
	if h.hostname == "" {
		h.hostname = "localhost"
	}
	if h.dial == nil {
		h.dial = new(net.Dialer).DialContext
	}
	if c.TLS != nil {
		h.tls = c.TLS.Clone()
	}
	if h.tls.ServerName == "" {
		h.tls.ServerName = h.host
	}
	return h, nil
}

// loopback tells whether nobody can listen on the way.
func (h *smarthost) loopback() bool {
	ip := net.ParseIP(h.host)
	return h.host == "localhost" || ip != nil && ip.IsLoopback()
}

// connect returns a connection that is ready for mail; it is closed when ctx
// ends. Whatever goes wrong is the smarthost's fault, or our configuration's.
func (h *smarthost) connect(ctx context.Context) (*client, error) {
	dialing, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	conn, err := h.dial(dialing, "tcp", net.JoinHostPort(h.host, h.port))
	if err != nil {
		return nil, unavailable(broken("4.4.1", err))
	}
	c := newClient(ctx, conn)
	if err := h.greet(ctx, c); err != nil {
		c.close()
		return nil, unavailable(err)
	}
	return c, nil
}

// unavailable marks a failure as one that comes before any message is named.
// No message grows too old by it: the notice that it failed would have to go
// the same way, and once that is open the message may as well.
func unavailable(err error) error {
	f := *asFailure(err)
	f.smarthost, f.blameless = true, true
	return &f
}

func (h *smarthost) greet(ctx context.Context, c *client) error {
	if h.implicit {
		if err := c.secure(ctx, h.tls); err != nil {
			return err
		}
	}
	if _, err := c.expect(220, greetingTimeout); err != nil {
		return err
	}
	if err := c.hello(h.hostname); err != nil {
		return err
	}
	if !h.implicit && !h.loopback() {
		if err := h.startTLS(ctx, c); err != nil {
			return err
		}
	}
	if h.user != "" {
		return h.authenticate(c)
	}
	return nil
}

// startTLS turns to TLS (RFC 3207). A server that does not offer it gets
// nothing: whoever is in between may have taken the offer out.
func (h *smarthost) startTLS(ctx context.Context, c *client) error {
	if !c.offers("STARTTLS") {
		return &failure{code: 454, status: "4.7.5", cause: errors.New("the smarthost does not offer STARTTLS")}
	}
	if _, err := c.command(220, commandTimeout, "STARTTLS"); err != nil {
		return err
	}
	if err := c.secure(ctx, h.tls); err != nil {
		return err
	}
	return c.hello(h.hostname) // what was offered in clear counts no more: §4.2
}

func (h *smarthost) authenticate(c *client) error {
	offered := strings.Fields(strings.ToUpper(c.extensions["AUTH"]))
	for _, mechanism := range offered {
		if mechanism == sasl.Plain {
			return c.authenticate(sasl.NewPlainClient("", h.user, h.password))
		}
	}
	for _, mechanism := range offered {
		if mechanism == sasl.Login {
			return c.authenticate(&login{answers: []string{h.user, h.password}})
		}
	}
	return &failure{code: 504, status: "5.5.4", cause: fmt.Errorf("the smarthost offers neither AUTH PLAIN nor LOGIN, but %q", offered)}
}

// login is the LOGIN mechanism. Unlike go-sasl's it goes by the order of the
// server's questions, since their wording differs from server to server.
type login struct{ answers []string }

// Start implements sasl.Client.
func (l *login) Start() (mechanism string, initial []byte, err error) {
	return sasl.Login, nil, nil
}

// Next implements sasl.Client.
func (l *login) Next([]byte) ([]byte, error) {
	if len(l.answers) == 0 {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	answer := l.answers[0]
	l.answers = l.answers[1:]
	return []byte(answer), nil
}
