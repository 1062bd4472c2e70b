package relay_test

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"mentorrelay/relay"
	"mentorrelay/relay/trust"
)

// resolver asks a DNS server on loopback that knows these text records, fails
// for now at SERVFAIL, and else says that there is no such name.
func resolver(t testing.TB, texts map[string]string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m, name := new(dns.Msg), q.Question[0].Name
		m.SetReply(q)
		switch value, ok := texts[strings.ToLower(strings.TrimSuffix(name, "."))]; {
		case !ok:
			m.SetRcode(q, dns.RcodeNameError)
		case value == "SERVFAIL":
			m.SetRcode(q, dns.RcodeServerFailure)
		case q.Question[0].Qtype == dns.TypeTXT:
			m.Answer = []dns.RR{&dns.TXT{Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60}, Txt: []string{value}}}
		}
		w.WriteMsg(m)
	})}
	go server.ActivateAndServe()
	t.Cleanup(func() { server.Shutdown() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// TestWhatProvesAnAuthor checks the answers to what the verdicts are, by the
// door of strangers and by that of a provider.
func TestWhatProvesAnAuthor(t *testing.T) {
	const spf = "v=spf1 ip4:198.51.100.1 -all"
	for _, x := range []struct {
		name   string
		door   relay.Door
		peer   string
		sender string
		field  string
		dns    map[string]string
		want   string
	}{
		{"SPF passes", relay.SMTP, "198.51.100.1", alice, "", map[string]string{"corp.test": spf}, "250"},
		{"SPF passes, by LMTP", relay.LMTP, "198.51.100.1", alice, "", map[string]string{"corp.test": spf}, "250"},
		{"SPF passes for another", relay.SMTP, "198.51.100.1", "a@evil.test", "", map[string]string{"evil.test": spf}, "550 5.7.1 The sender"},
		{"nothing published", relay.SMTP, "198.51.100.1", alice, "", nil, "550 5.7.1 The sender"},
		{"DMARC fails", relay.SMTP, "192.0.2.7", alice, "", map[string]string{"corp.test": spf, "_dmarc.corp.test": "v=DMARC1; p=reject"}, "550 5.7.1 The message fails the DMARC policy"},
		{"DMARC fails, and asks for nothing", relay.SMTP, "192.0.2.7", alice, "", map[string]string{"corp.test": spf, "_dmarc.corp.test": "v=DMARC1; p=none"}, "550 5.7.1 The sender"},
		{"the policy is not known", relay.SMTP, "192.0.2.7", alice, "", map[string]string{"_dmarc.corp.test": "SERVFAIL"}, "451 4.7.0"},
		{"the SPF record is not known", relay.LMTP, "192.0.2.7", alice, "", map[string]string{"corp.test": "SERVFAIL"}, "451 4.7.0"},
		{"a provider's word, through SMTP", relay.SMTP, "192.0.2.7", alice, "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\n", nil, "550 5.7.1 The sender"},
		{"a provider's word", relay.IMAP, "", "", "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\n", nil, "250"},
		{"a provider's word that DMARC fails", relay.IMAP, "", "", "Authentication-Results: mx.boxes.test; dmarc=fail header.from=corp.test\n", nil, "550 5.7.1 The message fails the DMARC policy"},
		{"a provider's word, forged further down", relay.IMAP, "", "", "Received: from pc by out.evil.test; x\nAuthentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\n", nil, "550 5.7.1 The sender"},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := newBench(t, "")
			b.config.Trust = &trust.Checker{AuthservID: "mx.boxes.test", Resolver: resolver(t, x.dns)}
			b.relay = relay.New(b.config)
			to := b.masks["alice→ben"]
			env := relay.Envelope{Door: x.door, MailFrom: x.sender, Helo: "client.example", ReceivedAt: b.now}
			if x.peer != "" {
				env.PeerIP = netip.MustParseAddr(x.peer)
			}
			answer := "250"
			if err := b.receive(env, x.field+letter(alice, to, "<1@corp.test>", "Bonjour"), to)[0]; err != nil {
				answer = err.Error()
			}
			if !strings.HasPrefix(answer, x.want) {
				t.Errorf("answered %s, want %s", answer, x.want)
			}
			if got := b.outbox(); len(got) != map[bool]int{true: 1, false: 0}[x.want == "250"] {
				t.Errorf("%d mails left", len(got))
			}
		})
	}
}

// TestAProofHoldsForItsAuthorAlone checks that whoever is proven may write to
// their own masks only.
func TestAProofHoldsForItsAuthorAlone(t *testing.T) {
	b := newBench(t, "")
	b.config.Trust = &trust.Checker{Resolver: resolver(t, map[string]string{"corp.test": "v=spf1 ip4:198.51.100.1 -all"})}
	b.relay = relay.New(b.config)
	to := b.masks["alice→ben"]
	env := relay.Envelope{Door: relay.SMTP, MailFrom: carol, PeerIP: netip.MustParseAddr("198.51.100.1"), ReceivedAt: b.now}
	if err := b.receive(env, letter(carol, to, "<1@corp.test>", "x"), to)[0]; err == nil || !strings.Contains(err.Error(), "not yours") {
		t.Errorf("answered %v", err)
	}
}
