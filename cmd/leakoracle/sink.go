package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"sync"

	"github.com/emersion/go-smtp"
)

// An arrival is a mail that the relay has sent.
type arrival struct {
	from string
	to   []string
	data []byte
}

// sink is a mail server that takes everything.
type sink struct {
	server *smtp.Server
	ended  chan error

	mu       sync.Mutex
	arrivals []arrival
	more     chan struct{} // holds one token when there are new arrivals
}

// listen opens a sink.
func listen(address string) (*sink, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	s := &sink{ended: make(chan error, 1), more: make(chan struct{}, 1)}
	s.server = smtp.NewServer(s)
	s.server.Domain = "sink.example"
	s.server.EnableSMTPUTF8 = true
	s.server.EnableBINARYMIME = true
	s.server.MaxLineLength = 1 << 24 // a relay that breaks the rule is to be seen
	s.server.ErrorLog = quiet{}
	go func() { s.ended <- s.server.Serve(l) }()
	return s, nil
}

// quiet keeps a relay's broken connections off the screen.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// NewSession implements smtp.Backend.
func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{sink: s}, nil }

// close ends the server and all its connections.
func (s *sink) close() error {
	err := s.server.Close()
	if ended := <-s.ended; ended != nil && !errors.Is(ended, smtp.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	return err
}

// take returns what has arrived since it was called last.
func (s *sink) take() []arrival {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.arrivals
	s.arrivals = nil
	return list
}

// session is one connection of the relay.
type session struct {
	sink *sink
	arrival
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.arrival = arrival{from: from}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		return err
	}
	s.data = b.Bytes()
	s.sink.mu.Lock()
	s.sink.arrivals = append(s.sink.arrivals, s.arrival)
	s.sink.mu.Unlock()
	select {
	case s.sink.more <- struct{}{}:
	default:
	}
	return nil
}

func (s *session) Reset()        { s.arrival = arrival{} }
func (s *session) Logout() error { return nil }
