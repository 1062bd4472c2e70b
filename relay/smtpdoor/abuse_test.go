package smtpdoor

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"mentorrelay/relay/quota"
)

// Who guesses addresses waits ever longer for the answers, and a server that
// is trusted never does.
func TestTarpit(t *testing.T) {
	for name, test := range map[string]struct {
		ip   string
		want []time.Duration
	}{
		"a stranger":       {"192.0.2.7", []time.Duration{0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10}},
		"a trusted server": {"", make([]time.Duration, 14)},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, Config{Relay: &fakeRelay{}}, func(t *testing.T, _ *Server, l *pipeListener) {
				c := l.dial(t, test.ip)
				c.say("EHLO x.test\r\nMAIL FROM:<a@x.test>\r\n")
				c.hush()
				for i, want := range test.want {
					began := time.Now()
					c.say(fmt.Sprintf("RCPT TO:<nobody%d@relay.test>\r\n", i))
					for c.silent() {
						time.Sleep(time.Second) // in the bubble's time
						synctest.Wait()
					}
					c.expect("550 5.1.1 *")
					if took := time.Since(began); took != want*time.Second {
						t.Errorf("answer %d came after %v, want %v", i, took, want*time.Second)
					}
				}
			})
		})
	}
}

// A client that waits in the tarpit does not keep the server from ending.
func TestTarpitEnds(t *testing.T) {
	bubble(t, Config{Relay: &fakeRelay{}}, func(t *testing.T, s *Server, l *pipeListener) {
		c := l.dial(t, "192.0.2.7")
		c.say("EHLO x.test\r\nMAIL FROM:<a@x.test>\r\n")
		for i := range 8 {
			c.say(fmt.Sprintf("RCPT TO:<nobody%d@relay.test>\r\n", i))
			if i < 7 {
				time.Sleep(10 * time.Second)
			}
		}
		began := time.Now()
		if err := s.Shutdown(t.Context()); err != nil || time.Since(began) > 0 {
			t.Errorf("ended after %v, %v", time.Since(began), err)
		}
	})
}

// What one address may do counts over all its connections; others and those
// who are trusted go on.
func TestPerPeer(t *testing.T) {
	f := &fakeRelay{}
	config := Config{Relay: f, Now: time.Now, Messages: &quota.Meter{Burst: 2, Every: time.Minute}, Refusals: &quota.Meter{Burst: 2, Every: time.Hour}}
	bubble(t, config, func(t *testing.T, _ *Server, l *pipeListener) {
		try := func(ip, command, want string) {
			t.Helper()
			c := l.dial(t, ip)
			c.say("EHLO x.test\r\n")
			c.hush()
			c.say(command)
			c.expect(want)
			c.conn.Close()
			synctest.Wait()
		}
		for _, want := range []string{"250 *", "250 *", "450 4.7.1 *"} {
			try("2001:db8::1", "MAIL FROM:<a@x.test>\r\n", want)
		}
		try("2001:db8::2", "MAIL FROM:<a@x.test>\r\n", "450 4.7.1 *") // the same /64
		try("2001:db8:1::1", "MAIL FROM:<a@x.test>\r\n", "250 *")
		for range 5 {
			try("", "MAIL FROM:<a@x.test>\r\n", "250 *")
		}
		time.Sleep(time.Minute)
		try("2001:db8::1", "MAIL FROM:<a@x.test>\r\n", "250 *")
	})
}

// Who guesses addresses over many connections is soon heard no more.
func TestGuessingOverManyConnections(t *testing.T) {
	config := Config{Relay: &fakeRelay{}, Refusals: &quota.Meter{Burst: 2, Every: time.Hour}}
	bubble(t, config, func(t *testing.T, _ *Server, l *pipeListener) {
		for i, want := range []string{"550 5.1.1 *", "550 5.1.1 *", "421 4.7.0 *"} {
			c := l.dial(t, "192.0.2.7")
			c.say("EHLO x.test\r\nMAIL FROM:<a@x.test>\r\n")
			c.hush()
			c.say(fmt.Sprintf("RCPT TO:<nobody%d@relay.test>\r\n", i))
			synctest.Wait()
			if want[:3] == "421" {
				c.expect(want, "421 *")
				c.expectClosed()
				continue
			}
			c.expect(want)
			c.conn.Close()
		}
	})
}

// hush forgets what the server has said so far.
func (c *client) hush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard.Reset()
}

// silent tells whether the server has said nothing since.
func (c *client) silent() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.heard.Len() == 0
}
