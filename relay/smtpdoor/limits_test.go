package smtpdoor

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mentorrelay/relay"
)

func TestIdleClient(t *testing.T) {
	bubble(t, Config{Relay: &fakeRelay{}}, func(t *testing.T, _ *Server, l *pipeListener) {
		c := l.dial(t, "")
		c.expect("220 *")
		time.Sleep(5*time.Minute - time.Second)
		c.say("NOOP\r\n")
		c.expect("250 *")
		time.Sleep(5*time.Minute - time.Second)
		c.expect()
		time.Sleep(time.Second)
		c.expect("421 4.4.2 *")
		c.expectClosed()
	})
}

// A command has five minutes, however it trickles in.
func TestSlowCommand(t *testing.T) {
	bubble(t, Config{Relay: &fakeRelay{}}, func(t *testing.T, _ *Server, l *pipeListener) {
		c := l.dial(t, "")
		c.expect("220 *")
		for range 4 {
			time.Sleep(time.Minute)
			c.say("N")
		}
		c.expect()
		time.Sleep(time.Minute)
		c.expect("500 5.5.2 *NNNN*", "421 4.4.2 *") // the library obeys a line that was broken off
		c.expectClosed()
	})
}

// A message may take an hour if something of it comes every five minutes, and
// what comes after its time is over is never taken for commands.
func TestSlowMessage(t *testing.T) {
	const smuggled = "MAIL FROM:<eve@far.test>\r\nRCPT TO:<zoe@relay.test>\r\n"
	tests := []struct {
		name, start, line string
		lines             int
		answers           []string
	}{
		{"data trickles", "DATA\r\n", "still here\r\n", 15, []string{"354 *", "421 4.4.2 *", "421 *"}},
		{"data stalls", "DATA\r\n", "", 0, []string{"354 *", "421 4.4.2 *", "421 *"}},
		{"chunk trickles", "BDAT 100000 LAST\r\n", "still here\r\n", 15, []string{"421 4.4.2 *", "421 *"}},
		{"chunk stalls", "BDAT 100000 LAST\r\n", "", 0, []string{"421 4.4.2 *", "421 *"}},
		{"next chunk stalls", "BDAT 1\r\na", "", 0, []string{"250 *", "421 *"}},
		// go-smtp does not see the end behind a CR of its own: the refusal
		// comes late, but it is for good.
		{"end behind a bare CR", "DATA\r\nhello\r\r\n.\r\n", "", 0, []string{"354 *", "554 5.6.0 *", "421 *"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := &fakeRelay{}
			bubble(t, Config{Relay: f}, func(t *testing.T, _ *Server, l *pipeListener) {
				c := l.dial(t, "")
				c.envelope()
				c.say(test.start)
				for range test.lines {
					time.Sleep(4*time.Minute - time.Second)
					c.say(test.line)
				}
				time.Sleep(5*time.Minute + time.Second)
				c.conn.Write([]byte(smuggled)) // may fail: nobody has to listen
				c.expect(test.answers...)
				c.expectClosed()
			})
			if got := f.take(); len(got) > 0 {
				t.Errorf("received %s", got)
			}
		})
	}
}

// Whoever sends without end is heard out only so far.
func TestEndlessMessage(t *testing.T) {
	for _, start := range []string{"DATA\r\n", "BDAT 4294967295 LAST\r\n"} {
		bubble(t, Config{Relay: &fakeRelay{}, MaxSize: 1000}, func(t *testing.T, _ *Server, l *pipeListener) {
			c := l.dial(t, "")
			c.envelope()
			c.say(start)
			line := []byte(strings.Repeat(strings.Repeat("x", 998)+"\r\n", 10))
			sent := 0
			for sent < 10<<20 {
				n, err := c.conn.Write(line)
				if sent += n; err != nil {
					break
				}
			}
			c.expectClosed()
			if limit := 2*1000 + maxLine + 2*readBuffer; sent > limit {
				t.Errorf("%d octets were read, more than %d", sent, limit)
			}
			if got := c.heard.String(); !strings.Contains(got, "\r\n421 ") && !strings.Contains(got, "552 5.3.4") {
				t.Errorf("answers %q", got)
			}
		})
	}
}

// Real clients write lines far above the 998 octets of RFC 5322 §2.1.1.
func TestLongLines(t *testing.T) {
	f := &fakeRelay{}
	bubble(t, Config{Relay: f}, func(t *testing.T, _ *Server, l *pipeListener) {
		c := l.dial(t, "")
		c.envelope()
		line := strings.Repeat("x", 1000_000) + "\r\n"
		c.say("DATA\r\n" + line + ".\r\n")
		c.expect("354 *", "250 *")
		if got := f.take(); len(got) != 1 || got[0].text != line {
			t.Error("the long line did not arrive")
		}
		c.say("MAIL FROM:<alice@corp.test>\r\nRCPT TO:<ben@relay.test>\r\nDATA\r\n")
		c.conn.Write([]byte(line[:1000_000]))
		c.conn.Write([]byte(line + ".\r\n"))
		c.expect("250 *", "250 *", "354 *", "554 5.6.0 *", "500 5.4.0 *")
		c.expectClosed()
		if got := f.take(); len(got) != 0 {
			t.Error("a line without end was taken")
		}
		c = l.dial(t, "")
		c.conn.Write([]byte(line[:1000_000]))
		c.conn.Write([]byte(line))
		c.expect("220 *", "500 5.4.0 *")
		c.expectClosed()
	})
}

func TestConnectionLimits(t *testing.T) {
	config := Config{Relay: &fakeRelay{}, MaxConnections: 5, MaxPerPeer: 2}
	bubble(t, config, func(t *testing.T, _ *Server, l *pipeListener) {
		welcome := func(ip string) *client {
			t.Helper()
			c := l.dial(t, ip)
			c.expect("220 *")
			return c
		}
		refused := func(ip string) {
			t.Helper()
			c := l.dial(t, ip)
			c.expect("421 4.7.0 *")
			c.expectClosed()
		}
		first := welcome("192.0.2.1")
		welcome("::ffff:192.0.2.1") // the same
		refused("192.0.2.1")
		welcome("2001:db8:1:1::1")
		second := welcome("2001:db8:1:1::2")
		refused("2001:db8:1:1::3")
		third := welcome("2001:db8:1:2::1")
		refused("192.0.2.2") // the sixth of all

		first.conn.Close()
		synctest.Wait()
		refreshed := welcome("192.0.2.1")
		refused("192.0.2.3")
		refreshed.say("QUIT\r\n")
		refreshed.expect("221 *")
		second.conn.Close()
		third.conn.Close()
		synctest.Wait()
		for range 3 { // loopback has no limit of its own
			welcome("")
		}
		refused("")
	})
}

func TestUnixSocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lmtp")
	l, err := Listen(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o660 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if _, err := Listen(path); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("listening on a socket in use: %v", err)
	}
	// What a killed process leaves behind is no obstacle.
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if l, err = Listen(path); err != nil {
		t.Fatal(err)
	}
	f := &fakeRelay{}
	serve(t, Config{Relay: f, Door: relay.LMTP}, l)
	c, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := c.Write([]byte("LHLO client.test\r\nMAIL FROM:<>\r\nRCPT TO:<ben@relay.test>\r\nBDAT 2 LAST\r\n\r\nQUIT\r\n")); err != nil {
		t.Fatal(err)
	}
	readAll(t, c)
	got := f.take()
	if len(got) != 1 || got[0].env.PeerIP.String() != "127.0.0.1" || got[0].env.Door != relay.LMTP {
		t.Errorf("received %+v", got)
	}

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(file); err == nil {
		t.Error("an ordinary file was removed")
	}
}

func TestListenTCP(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if l.Addr().Network() != "tcp" {
		t.Error("no TCP listener")
	}
}
