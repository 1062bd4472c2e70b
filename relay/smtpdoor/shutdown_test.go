package smtpdoor

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

func readAll(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Shutdown ends idle sessions at once and lets messages in hand arrive.
func TestShutdown(t *testing.T) {
	f := &fakeRelay{}
	bubble(t, Config{Relay: f}, func(t *testing.T, s *Server, l *pipeListener) {
		f.leave = make(chan struct{})
		idle := l.dial(t, "")
		idle.envelope()
		sending := l.dial(t, "")
		sending.envelope()
		sending.say("DATA\r\nhello\r\n")
		sending.expect("354 *")
		chunks := l.dial(t, "")
		chunks.envelope()
		chunks.say("BDAT 5\r\nhello")
		chunks.expect("250 *")
		waiting := l.dial(t, "")
		waiting.envelope()
		waiting.say("DATA\r\nhello\r\n.\r\n")
		waiting.expect("354 *")

		began := time.Now()
		done := make(chan error, 1)
		go func() { done <- s.Shutdown(t.Context()) }()
		idle.expect("421 *")
		idle.expectClosed()
		select {
		case l.conns <- nil:
			t.Error("still listening")
		case <-l.done:
		}
		time.Sleep(time.Second)
		sending.say("world\r\n.\r\n")
		chunks.say("BDAT 5 LAST\r\nworld")
		close(f.leave)
		for _, c := range []*client{sending, chunks, waiting} {
			c.expect("250 *", "421 *")
			c.expectClosed()
		}
		if err := <-done; err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		if d := time.Since(began); d != time.Second {
			t.Errorf("Shutdown took %v", d)
		}
		if err := s.Serve(newPipeListener()); err != nil {
			t.Errorf("Serve after Shutdown: %v", err)
		}
	})
	if got := f.take(); len(got) != 3 {
		t.Errorf("%d messages received, want 3", len(got))
	}
}

// When its time is over Shutdown waits for nobody, and what the relay has in
// hand is cancelled.
func TestShutdownDeadline(t *testing.T) {
	f := &fakeRelay{}
	bubble(t, Config{Relay: f}, func(t *testing.T, s *Server, l *pipeListener) {
		f.leave = make(chan struct{})
		sending := l.dial(t, "")
		sending.envelope()
		sending.say("DATA\r\nhello\r\n")
		sending.expect("354 *")
		waiting := l.dial(t, "")
		waiting.envelope()
		waiting.say("DATA\r\nhello\r\n.\r\n")
		waiting.expect("354 *")

		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Shutdown: %v", err)
		}
		synctest.Wait()
		sending.expectClosed()
		waiting.expectClosed()
		<-s.gone
	})
	if got := f.take(); len(got) != 0 {
		t.Errorf("received %s", got)
	}
}

// A connection that is still in its TLS handshake is idle.
func TestShutdownInHandshake(t *testing.T) {
	certificate, _ := testCertificate(t)
	s, address := start(t, Config{Relay: &fakeRelay{}, TLS: serverTLS(certificate)})
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(c, "STARTTLS\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(c, make([]byte, len("220 mx.relay.test ESMTP Service Ready\r\n220 2.0.0 Ready to start TLS\r\n"))); err != nil {
		t.Fatal(err)
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
}
