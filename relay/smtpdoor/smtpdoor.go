// Package smtpdoor takes mail in by SMTP (RFC 5321) and LMTP (RFC 2033) and
// answers for a message only once the relay has it for good.
package smtpdoor

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emersion/go-smtp"

	"mentorrelay/relay"
	"mentorrelay/relay/quota"
)

// A Relay decides on recipients and messages.
type Relay interface {
	// Resolve finds whom an address stands for, when the client names it.
	Resolve(ctx context.Context, address string) (relay.Recipient, error)

	// Receive takes a message and returns one error for each recipient of
	// env; nil says that the message is durable for that recipient.
	Receive(ctx context.Context, env relay.Envelope, msg *relay.Spool) []error
}

// Config is what a Server is made from. Relay and Hostname are required.
type Config struct {
	Relay    Relay
	Hostname string      // the name in the greeting
	Door     relay.Door  // relay.SMTP, the default, or relay.LMTP
	TLS      *tls.Config // nil: STARTTLS is not offered
	MaxSize  int64       // octets of a message, 25 MiB by default; by DATA go-smtp takes one less

	MaxRecipients  int           // of one message; 100 by default (RFC 5321 §4.5.3.1.8)
	MaxConnections int           // at once; 500 by default
	MaxPerPeer     int           // at once from one address (or IPv6 /64); 50 by default
	Timeout        time.Duration // for the next command or block of data; 5 minutes by default (RFC 5321 §4.5.3.2.7)
	MessageTimeout time.Duration // for a whole message; 1 hour by default: 25 MiB over 64 kbit/s

	// Messages and Refusals bound, over all connections from one address (or
	// IPv6 /64), the messages begun (1,000 at once, then ten a second, by
	// default) and the recipients and messages refused for good (50 at once,
	// then one a minute).
	Messages, Refusals *quota.Meter

	// Trusts tells of which addresses none of these limits is expected: those
	// of the mail servers before this one. Loopback by default.
	Trusts func(netip.Addr) bool

	Now func() time.Time // time.Now by default
	Log *slog.Logger     // discards by default
}

func (c *Config) setDefaults() {
	if c.Door == "" {
		c.Door = relay.SMTP
	}
	setDefault(&c.MaxSize, 25<<20)
	setDefault(&c.MaxRecipients, 100)
	setDefault(&c.MaxConnections, 500)
	setDefault(&c.MaxPerPeer, 50)
	setDefault(&c.Timeout, 5*time.Minute)
	setDefault(&c.MessageTimeout, time.Hour)
	if c.Messages == nil {
		c.Messages = &quota.Meter{Burst: 1000, Every: 100 * time.Millisecond}
	}
	if c.Refusals == nil {
		c.Refusals = &quota.Meter{Burst: 50, Every: time.Minute}
	}
	if c.Trusts == nil {
		c.Trusts = netip.Addr.IsLoopback
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
}

func setDefault[T int | int64 | time.Duration](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// maxLine is the longest line in octets. It is far above the 1,000 of RFC
// 5321 §4.5.3.1.6 because real clients write far longer ones, and it is
// finite because a command is held in memory until its line ends.
const maxLine = 1 << 20

// readBuffer is how many octets of a message are read at once: most letters.
const readBuffer = 32 << 10

// A Server is one door, which may have several listeners.
type Server struct {
	config  Config
	smtp    *smtp.Server
	buffers sync.Pool       // of *[readBuffer]byte
	ctx     context.Context // of every call to the relay
	cancel  context.CancelFunc
	lastID  atomic.Uint64

	mu        sync.Mutex
	listeners []net.Listener
	conns     map[*conn]struct{}
	perPeer   map[netip.Prefix]int
	closing   bool
	gone      chan struct{} // closed when closing and no connection is left
}

// New returns a server that does not listen yet.
func New(config Config) *Server {
	config.setDefaults()
	ctx, cancel := context.WithCancel(context.Background())
	s := &Server{
		config:  config,
		buffers: sync.Pool{New: func() any { return new([readBuffer]byte) }},
		ctx:     ctx,
		cancel:  cancel,
		conns:   make(map[*conn]struct{}),
		perPeer: make(map[netip.Prefix]int),
		gone:    make(chan struct{}),
	}
	s.smtp = smtp.NewServer(smtp.BackendFunc(s.newSession))
	s.smtp.Domain = config.Hostname
	s.smtp.LMTP = config.Door == relay.LMTP
	s.smtp.TLSConfig = config.TLS
	s.smtp.MaxMessageBytes = config.MaxSize
	s.smtp.MaxRecipients = config.MaxRecipients
	s.smtp.MaxLineLength = maxLine
	s.smtp.EnableSMTPUTF8 = true
	// No session of ours can authenticate. Without this AUTH would be
	// answered "TLS is required", which is not what is missing.
	s.smtp.AllowInsecureAuth = true
	s.smtp.ErrorLog = libraryLog{config.Log}
	return s
}

// Serve takes connections from l until Shutdown, and then returns nil.
func (s *Server) Serve(l net.Listener) error {
	s.mu.Lock()
	s.listeners = append(s.listeners, l)
	closing := s.closing
	s.mu.Unlock()
	if closing {
		return l.Close()
	}
	err := s.smtp.Serve(&listener{l, s})
	if errors.Is(err, net.ErrClosed) && s.isClosing() {
		return nil
	}
	return err
}

func (s *Server) isClosing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closing
}

// Shutdown stops listening, ends the sessions that have no message in hand
// with 421 (RFC 5321 §3.8) and waits for the others. When ctx ends first, it
// cuts them off and returns the error of ctx.
//
// It does not use go-smtp's Shutdown, which waits for idle clients too.
func (s *Server) Shutdown(ctx context.Context) error {
	defer s.cancel()
	err := s.close()
	select {
	case <-s.gone:
		return err
	case <-ctx.Done():
		s.mu.Lock()
		defer s.mu.Unlock()
		for c := range s.conns {
			c.Conn.Close() // the session notices and removes itself
		}
		return ctx.Err()
	}
}

// close closes the listeners and tells every connection to come to its end.
func (s *Server) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return nil
	}
	s.closing = true
	var errs []error
	for _, l := range s.listeners {
		errs = append(errs, l.Close())
	}
	for c := range s.conns {
		c.finish()
	}
	if len(s.conns) == 0 {
		close(s.gone)
	}
	return errors.Join(errs...)
}
