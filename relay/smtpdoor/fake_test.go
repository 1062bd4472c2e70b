package smtpdoor

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"mentorrelay/relay"
)

// A fakeRelay knows the addresses below at relay.test, whose local parts say
// what becomes of their mail.
type fakeRelay struct {
	mu       sync.Mutex
	received []received
	leave    chan struct{} // when not nil, Receive waits for this or its context
}

type received struct {
	env  relay.Envelope
	text string
}

func (f *fakeRelay) Resolve(_ context.Context, address string) (relay.Recipient, error) {
	r := relay.Recipient{Address: strings.ToLower(address)}
	switch r.Address {
	case "ben@relay.test", "zoe@relay.test", "böb@relay.test", "not-yours@relay.test", "disk-full@relay.test", "crash@relay.test", "short@relay.test":
		return r, nil
	case "no-database@relay.test":
		return r, errors.New("database is locked")
	case "crash-early@relay.test":
		panic("out of order")
	}
	return r, &relay.Refusal{Code: 550, Status: [3]int{5, 1, 1}, Text: "No such address here"}
}

func (f *fakeRelay) Receive(ctx context.Context, env relay.Envelope, msg *relay.Spool) []error {
	if f.leave != nil {
		select {
		case <-f.leave:
		case <-ctx.Done():
			return []error{ctx.Err()}
		}
	}
	text, err := io.ReadAll(msg.Reader())
	if err != nil {
		return []error{err}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.received = append(f.received, received{env, string(text)})
	var errs []error
	for _, r := range env.Recipients {
		switch strings.TrimSuffix(r.Address, "@relay.test") {
		case "not-yours":
			errs = append(errs, &relay.Refusal{Code: 550, Status: [3]int{5, 7, 1}, Text: "This address is not yours to write to"})
		case "disk-full":
			errs = append(errs, errors.New("no space left on device"))
		case "crash":
			panic("out of order")
		case "short":
		default:
			errs = append(errs, nil)
		}
	}
	return errs
}

// take returns the messages received since it was last called.
func (f *fakeRelay) take() []received {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.received
	f.received = nil
	return r
}

// moment is when everything is received in these tests.
var moment = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// start serves config on loopback until the test ends, and returns where.
func start(t testing.TB, config Config) (*Server, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, config, l), l.Addr().String()
}

func serve(t testing.TB, config Config, l net.Listener) *Server {
	t.Helper()
	config.Hostname = "mx.relay.test"
	if config.Now == nil {
		config.Now = func() time.Time { return moment }
	}
	if config.Log == nil {
		config.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	s := New(config)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel() // whoever is still there is cut off
		s.Shutdown(ctx)
		if err := <-done; err != nil {
			t.Errorf("Serve: %v", err)
		}
		<-s.gone
	})
	return s
}
