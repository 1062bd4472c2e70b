package main

import (
	"net"
	"net/smtp"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// emptyDNS is the address of a DNS server that knows no name.
func emptyDNS(t *testing.T) string {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg)
		m.SetRcode(q, dns.RcodeNameError)
		w.WriteMsg(m)
	})}
	go server.ActivateAndServe()
	t.Cleanup(func() { server.Shutdown() })
	return conn.LocalAddr().String()
}

// TestHold decides about letters that nothing proves, beside a running server.
func TestHold(t *testing.T) {
	b := initBox(t, "MENTORRELAY_SMTP_LISTEN=127.0.0.1:0", "MENTORRELAY_SEND_URL=smtp://127.0.0.1:1", "MENTORRELAY_DNS_RESOLVER="+emptyDNS(t))
	s := serve(t, b, nil)
	defer func() {
		s.stop()
		if err := <-s.ended; err != nil {
			t.Error(err)
		}
	}()
	b.must(t, "person", "add", "--name", "Alice Martin", "--email", "alice@corp.test")
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "ben@uni.test")
	p := decode[pairView](t, b, "pair", "add", "--mentor", "alice@corp.test", "--mentee", "ben@uni.test", "--skip-survey")
	if got := b.must(t, "hold", "list"); got != "" {
		t.Errorf("before any: %s", got)
	}
	for _, id := range []string{"<1@corp.test>", "<2@corp.test>"} {
		letter := "From: alice@corp.test\r\nTo: " + p.Masks[0].Address + "\r\nMessage-ID: " + id + "\r\nSubject: Hello\r\n\r\nMy secret.\r\n"
		if err := smtp.SendMail(s.doors[0].address.String(), nil, "alice@corp.test", []string{p.Masks[0].Address}, []byte(letter)); err != nil {
			t.Fatal(err)
		}
	}
	list := decode[[]holdView](t, b, "hold", "list")
	if len(list) != 2 || list[0].Writer != "alice@corp.test" || list[0].From != "alice@corp.test" || list[0].Kind != "unproven" || list[0].Pair != 1 {
		t.Fatalf("held: %+v", list)
	}
	if got := b.must(t, "hold", "list"); !strings.HasPrefix(got, "1  waiting  pair 1  alice@corp.test  from alice@corp.test  unproven") {
		t.Error(got)
	}
	if got := b.must(t, "hold", "show", "2"); strings.Contains(got, "secret") || !strings.Contains(got, "nothing proves that it is from them") {
		t.Error(got)
	}
	b.fails(t, exitFailed, "message 1 is not held for what it says", "hold", "redact", "1")
	if v := decode[holdView](t, b, "hold", "allow", "1"); v.State != "released" {
		t.Errorf("allowed: %+v", v)
	}
	if v := decode[holdView](t, b, "hold", "refuse", "2"); v.State != "refused" {
		t.Errorf("refused: %+v", v)
	}
	b.fails(t, exitFailed, "message 1 waits no more: it is released", "hold", "refuse", "1")
	b.fails(t, exitFailed, "there is no held message 7", "hold", "allow", "7")
	relayed := 0
	for _, d := range decode[[]deliveryView](t, b, "queue", "list", "--all") {
		if d.Kind == "relay" {
			relayed++
		}
	}
	if relayed != 1 {
		t.Errorf("%d letters were passed on, want 1", relayed)
	}
	if list := decode[[]holdView](t, b, "hold", "list", "--all"); len(list) != 2 {
		t.Errorf("all: %+v", list)
	}
}
