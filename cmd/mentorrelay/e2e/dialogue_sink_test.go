//go:build linux

package e2e

import (
	"bytes"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// A sink is a mail server that takes everything.
type sink struct {
	address string

	mu    sync.Mutex
	mails []mailed
}

// A mailed is a mail with its envelope.
type mailed struct {
	from, to string
	raw      []byte
}

func newSink(t *testing.T) *sink {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &sink{address: l.Addr().String()}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &sinking{sink: s}, nil }))
	server.Domain, server.EnableSMTPUTF8 = "sink.test", true
	server.ErrorLog = silence{}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return s
}

// silence keeps the library's remarks on closed connections off the screen.
type silence struct{}

func (silence) Printf(string, ...any) {}
func (silence) Println(...any)        {}

// take takes out the mails to a run's domains, in their order.
func (s *sink) take(tag string) []mailed {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []mailed
	s.mails = slices.DeleteFunc(s.mails, func(m mailed) bool {
		ours := strings.HasSuffix(m.to, "-"+tag+".test")
		if ours {
			list = append(list, m)
		}
		return ours
	})
	return list
}

// sinking is one connection to a sink.
type sinking struct {
	sink *sink
	mailed
}

func (s *sinking) Mail(from string, _ *smtp.MailOptions) error {
	s.mailed = mailed{from: from}
	return nil
}

func (s *sinking) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.to != "" {
		return errors.New("a second recipient")
	}
	s.to = to
	return nil
}

func (s *sinking) Data(r io.Reader) error {
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		return err
	}
	s.raw = b.Bytes()
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.mails = append(s.sink.mails, s.mailed)
	return nil
}

func (s *sinking) Reset()        { s.mailed = mailed{} }
func (s *sinking) Logout() error { return nil }
