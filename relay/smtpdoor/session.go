package smtpdoor

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-smtp"

	"mentorrelay/relay"
	"mentorrelay/relay/quota"
)

// maxRefused is how many unknown recipients a client may name before it is
// taken for one that guesses addresses.
const maxRefused = 20

// A client that was refused more than tarpitAfter times in a session waits
// for each further refusal, a second longer each time, up to maxTarpit: far
// less than the five minutes for which servers wait (RFC 5321 §4.5.3.2.3), and
// long for who guesses.
const (
	tarpitAfter = 3
	maxTarpit   = 10 * time.Second
)

// maxAddress is the longest address in octets: twice what RFC 5321 §4.5.3.1.3
// asks for.
const maxAddress = 512

// The answers of the door itself.
var (
	errNested       = &smtp.SMTPError{Code: 503, EnhancedCode: smtp.EnhancedCode{5, 5, 1}, Message: "A message is already under way"}
	errSenderSyntax = &smtp.SMTPError{Code: 553, EnhancedCode: smtp.EnhancedCode{5, 1, 7}, Message: "Not an address this server can answer to"}
	errRcptSyntax   = &smtp.SMTPError{Code: 553, EnhancedCode: smtp.EnhancedCode{5, 1, 3}, Message: "Not an address this server has"}
	errNeedsUTF8    = &smtp.SMTPError{Code: 553, EnhancedCode: smtp.EnhancedCode{5, 6, 7}, Message: "This address needs SMTPUTF8"}
	errGuessing     = &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 7, 0}, Message: "Too many unknown recipients, closing the connection"}
	errBareNewline  = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "The message holds a CR, LF or NUL on its own"}
	errLongLine     = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "The message holds a line of more than 1 MiB"}
	errTooFast      = &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Too many messages from your server for now, try again later"}
	errClosing      = &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "Closing the connection"}
	errBrokenOff    = &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 4, 2}, Message: "The message was broken off"}
)

// A session is what one client does between its EHLO and QUIT.
type session struct {
	server  *Server
	smtp    *smtp.Conn
	conn    *conn
	refused int

	// transaction is replaced, never reset: after a broken-off BDAT go-smtp
	// may run Data a moment longer beside the next command.
	transaction atomic.Pointer[transaction]
}

// A transaction is one message's envelope as it grows (RFC 5321 §3.3).
type transaction struct {
	from       string
	utf8       bool
	recipients []relay.Recipient // each once
	answers    []answer          // each accepted RCPT, in order
}

// An answer is due in LMTP for every accepted RCPT, the repeated ones too
// (RFC 2033 §4.2).
type answer struct {
	name      string // the address as the client gave it
	recipient int    // index into recipients
}

func (s *Server) newSession(sc *smtp.Conn) (smtp.Session, error) {
	nc := sc.Conn()
	if t, ok := nc.(*tls.Conn); ok {
		nc = t.NetConn()
	}
	return &session{server: s, smtp: sc, conn: nc.(*conn)}, nil
}

// Reset implements smtp.Session.
func (s *session) Reset() {
	s.transaction.Store(nil)
	s.conn.breakOff()
}

// Logout implements smtp.Session.
func (s *session) Logout() error {
	s.Reset()
	return nil
}

// Mail implements smtp.Session.
func (s *session) Mail(from string, opts *smtp.MailOptions) error {
	switch {
	case s.conn.ending(): // and yet there are commands in go-smtp's buffer
		return errClosing
	case s.transaction.Load() != nil:
		return errNested // RFC 5321 §4.1.4; go-smtp would keep the old recipients
	case !opts.UTF8 && !isASCII(from):
		return errNeedsUTF8 // RFC 6531 §3.5
	case !isSound(from):
		return errSenderSyntax
	case !s.allowed(s.server.config.Messages):
		return s.refusal("too many messages", errTooFast)
	}
	s.transaction.Store(&transaction{from: from, utf8: opts.UTF8})
	return nil
}

// Rcpt implements smtp.Session. By now go-smtp has dropped a source route, as
// RFC 5321 §3.6.1 asks, and the quotes of a quoted local part.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	t := s.transaction.Load()
	switch {
	case s.conn.ending():
		return errClosing
	case !t.utf8 && !isASCII(to):
		return errNeedsUTF8
	case !isPlain(to):
		return s.refuse(errRcptSyntax)
	}
	r, err := s.resolve(to)
	if err != nil {
		return s.refuse(err)
	}
	t.add(to, r)
	return nil
}

// allowed tells whether the client is within what its address may do.
func (s *session) allowed(m *quota.Meter) bool {
	return s.conn.trusted || m.Allow(network(s.conn.peer).String(), s.server.config.Now())
}

// refuse answers a refused recipient, ever more slowly, and a client that goes
// on guessing addresses for the last time.
func (s *session) refuse(err error) error {
	e := s.refusal("recipient refused", err)
	if e.Temporary() {
		return e
	}
	s.tarpit()
	if s.refused < maxRefused && s.allowed(s.server.config.Refusals) {
		return e
	}
	s.conn.finish()
	return errGuessing
}

// tarpit counts a refusal, and makes a client wait that has had several.
func (s *session) tarpit() {
	if s.refused++; s.refused > tarpitAfter && !s.conn.trusted {
		s.conn.pause(min(time.Duration(s.refused-tarpitAfter)*time.Second, maxTarpit))
	}
}

// add counts a recipient once, however often it is named.
func (t *transaction) add(name string, r relay.Recipient) {
	i := 0
	for i < len(t.recipients) && !strings.EqualFold(t.recipients[i].Address, r.Address) {
		i++
	}
	if i == len(t.recipients) {
		t.recipients = append(t.recipients, r)
	}
	t.answers = append(t.answers, answer{name, i})
}

// Data implements smtp.Session: one answer for all recipients. The client
// sends the message again after a temporary refusal of any of them, which is
// no harm to those that have it: it has the same key.
func (s *session) Data(r io.Reader) error {
	_, errs, err := s.receive(r)
	if err != nil {
		return s.refusal("message refused", err)
	}
	var first *smtp.SMTPError
	for _, err := range errs {
		if err == nil {
			continue
		}
		e := s.refusal("message refused", err)
		if first == nil || e.Temporary() && !first.Temporary() {
			first = e
		}
	}
	if first == nil {
		return nil // not first itself: an error that holds a nil pointer is not nil
	}
	if !first.Temporary() {
		s.tarpit()
	}
	return first
}

// LMTPData implements smtp.LMTPSession: an answer for each recipient.
func (s *session) LMTPData(r io.Reader, status smtp.StatusCollector) error {
	t, errs, err := s.receive(r)
	if err != nil {
		return s.refusal("message refused", err)
	}
	for _, a := range t.answers {
		err := errs[a.recipient]
		if err != nil {
			err = s.refusal("message refused", err)
		}
		status.SetStatus(a.name, err)
	}
	return nil
}

// receive reads a message and hands it to the relay. It returns an answer for
// each recipient, or an error for the message as a whole.
func (s *session) receive(r io.Reader) (*transaction, []error, error) {
	s.conn.begin()
	defer s.conn.end()
	t := s.transaction.Load()
	msg := relay.NewSpool()
	defer msg.Close()
	if err := s.read(r, msg); err != nil {
		return nil, nil, err
	}
	errs, err := s.hand(relay.Envelope{
		Door:       s.server.config.Door,
		PeerIP:     s.conn.peer,
		Helo:       s.smtp.Hostname(),
		MailFrom:   t.from,
		Recipients: t.recipients,
		ReceivedAt: s.server.config.Now(),
	}, msg)
	return t, errs, err
}

// read spools a message. It reads to the end even of one it refuses: go-smtp
// gives a single answer to a chunk that is broken off, where an LMTP client
// waits for one a recipient.
func (s *session) read(r io.Reader, msg *relay.Spool) (refusal error) {
	buf := s.server.buffers.Get().(*[readBuffer]byte)
	defer s.server.buffers.Put(buf)
	var lines lineChecker
	for {
		n, err := r.Read(buf[:])
		if refusal == nil && !lines.ok(buf[:n]) {
			refusal = errBareNewline
		}
		if refusal == nil {
			_, refusal = msg.Write(buf[:n])
		}
		switch {
		case err == nil:
			continue
		case refusal != nil:
			return refusal
		case err != io.EOF:
			return readError(err)
		case s.conn.broken(): // go-smtp takes a last chunk for whole though the client went away in it
			return errBrokenOff
		case lines.inCR:
			return errBareNewline
		}
		return nil
	}
}

// readError is the answer when a message can't be read to its end.
func readError(err error) error {
	var e *smtp.SMTPError
	switch {
	case errors.As(err, &e): // too large, too slow
		return e
	case errors.Is(err, smtp.ErrTooLongLine):
		return errLongLine
	}
	return errBrokenOff
}

// hand gives a message to the relay.
func (s *session) hand(env relay.Envelope, msg *relay.Spool) (errs []error, err error) {
	defer s.recovered(&err)
	errs = s.server.config.Relay.Receive(s.server.ctx, env, msg)
	if len(errs) != len(env.Recipients) {
		return nil, fmt.Errorf("the relay gave %d answers for %d recipients", len(errs), len(env.Recipients))
	}
	return errs, nil
}

// resolve asks the relay whom an address stands for.
func (s *session) resolve(address string) (r relay.Recipient, err error) {
	defer s.recovered(&err)
	return s.server.config.Relay.Resolve(s.server.ctx, address)
}

// recovered, deferred, turns a panic into an error, so that the client tries
// again later. What the panic says may quote the message: only the runtime's
// own words and the stack go to the log.
func (s *session) recovered(err *error) {
	v := recover()
	if v == nil {
		return
	}
	*err = fmt.Errorf("panic of type %T", v)
	if e, ok := v.(runtime.Error); ok {
		*err = e
	}
	s.server.config.Log.Error("panic in the relay", "door", s.server.config.Door, "conn", s.conn.id,
		"error", *err, "stack", string(debug.Stack()))
}

// refusal logs an error and makes the answer of it. go-smtp knows only its own
// type, and takes any other error for permanent and its text for public.
func (s *session) refusal(what string, err error) *smtp.SMTPError {
	level := slog.LevelInfo
	attrs := []slog.Attr{slog.Any("door", s.server.config.Door), slog.Uint64("conn", s.conn.id)}
	var answer *smtp.SMTPError
	if !errors.As(err, &answer) {
		r := relay.AsRefusal(err)
		answer = &smtp.SMTPError{Code: r.Code, EnhancedCode: r.Status, Message: r.Text}
		if r.Err != nil {
			level, attrs = slog.LevelWarn, append(attrs, slog.Any("cause", r.Err))
		}
	}
	e := answer.EnhancedCode
	attrs = append(attrs, slog.Int("code", answer.Code), slog.String("status", fmt.Sprintf("%d.%d.%d", e[0], e[1], e[2])))
	s.server.config.Log.LogAttrs(s.server.ctx, level, what, attrs...)
	return answer
}

// A lineChecker finds what may not be in a message: CR or LF but as CRLF, and
// NUL (RFC 2045 §2.8). go-smtp ends a message at CRLF.CRLF only, whatever
// else looks like an end; such a message is refused so that no server further
// on, with another idea of what ends a line, takes it for two.
type lineChecker struct {
	inCR bool // the last octet was CR
}

func (l *lineChecker) ok(p []byte) bool {
	for _, b := range p {
		if b == 0 || (b == '\n') != l.inCR {
			return false
		}
		l.inCR = b == '\r'
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isSound tells whether address is UTF-8 of a sane length, without control
// characters.
func isSound(address string) bool {
	return len(address) <= maxAddress && utf8.ValidString(address) && !strings.ContainsFunc(address, unicode.IsControl)
}

// isPlain tells whether address can be one of ours: a Dot-string and a domain
// (RFC 5321 §4.1.2), without what only quotes allow, and without % and !,
// which ask for mail to be passed on (RFC 5321 appendix F.2, RFC 1123 §5.2.16).
func isPlain(address string) bool {
	return isSound(address) && strings.Count(address, "@") == 1 && !strings.ContainsAny(address, "%!\"\\()<>[]:;, ")
}
