package relay_test

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

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
		{"SPF passes", relay.SMTP, "198.51.100.1", alice, "", map[string]string{"corp.test": spf}, "relayed"},
		{"SPF passes, by LMTP", relay.LMTP, "198.51.100.1", alice, "", map[string]string{"corp.test": spf}, "relayed"},
		{"SPF passes for another", relay.SMTP, "198.51.100.1", "a@evil.test", "", map[string]string{"evil.test": spf}, "held"},
		{"nothing published", relay.SMTP, "198.51.100.1", alice, "", nil, "held"},
		{"DMARC fails", relay.SMTP, "192.0.2.7", alice, "", map[string]string{"corp.test": spf, "_dmarc.corp.test": "v=DMARC1; p=reject"}, "550 5.7.1 The message fails the DMARC policy"},
		{"DMARC fails, and asks for nothing", relay.SMTP, "192.0.2.7", alice, "", map[string]string{"corp.test": spf, "_dmarc.corp.test": "v=DMARC1; p=none"}, "held"},
		{"the policy is not known", relay.SMTP, "192.0.2.7", alice, "", map[string]string{"_dmarc.corp.test": "SERVFAIL"}, "451 4.7.0"},
		{"the SPF record is not known", relay.LMTP, "192.0.2.7", alice, "", map[string]string{"corp.test": "SERVFAIL"}, "451 4.7.0"},
		{"a provider's word, through SMTP", relay.SMTP, "192.0.2.7", alice, "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\n", nil, "held"},
		{"a provider's word", relay.IMAP, "", "", "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\n", nil, "relayed"},
		{"a provider's word that DMARC fails", relay.IMAP, "", "", "Authentication-Results: mx.boxes.test; dmarc=fail header.from=corp.test\n", nil, "held"},
		{"a provider's word, forged further down", relay.IMAP, "", "", "Received: from pc by out.evil.test; x\nAuthentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\n", nil, "held"},
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
			answer, left := "", "nothing"
			if err := b.receive(env, x.field+letter(alice, to, "<1@corp.test>", "Bonjour"), to)[0]; err != nil {
				answer = err.Error()
			}
			for _, m := range b.outbox() {
				if left = m.Recipient; m.Recipient == ben {
					answer += "relayed"
				} else {
					answer += "held"
				}
			}
			if !strings.HasPrefix(answer, x.want) {
				t.Errorf("answered %s, and %s left; want %s", answer, left, x.want)
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

// TestAReplayIsAskedAbout checks that a signed letter to somebody else, which
// whoever got it can send on to the mask, does not pass for a letter to it.
func TestAReplayIsAskedAbout(t *testing.T) {
	b := newBench(t, "")
	b.config.Trust = &trust.Checker{Resolver: resolver(t, map[string]string{"corp.test": "v=spf1 ip4:198.51.100.1 -all"})}
	b.relay = relay.New(b.config)
	to := b.masks["alice→ben"]
	env := relay.Envelope{Door: relay.SMTP, MailFrom: alice, PeerIP: netip.MustParseAddr("198.51.100.1"), ReceivedAt: b.now}
	for raw, recipient := range map[string]string{
		letter(alice, "dan@far.test", "<1@corp.test>", "x"):                            alice,
		letter(alice, b.masks["alice→carol"], "<2@corp.test>", "x"):                    "",
		letter(alice, "Ben <"+strings.ToUpper(to)+">", "<3@corp.test>", "x"):           ben,
		letter(alice, "dan@far.test", "<4@corp.test>", "x", "Cc: \"B, D\" <"+to+">\n"): ben,
	} {
		b.must(b.receive(env, raw, to)[0])
		for _, m := range b.outbox() {
			if recipient != "" && m.Recipient != recipient && !strings.Contains(m.Header.Get("Subject"), "copy") {
				t.Errorf("a mail to %s, want %s, for:\n%s", m.Recipient, recipient, raw)
			}
		}
	}
}

// TestUnknownDoesNotLastForEver checks that a fetched message whose domain's
// DNS fails for good is asked about in the end.
func TestUnknownDoesNotLastForEver(t *testing.T) {
	b := newBench(t, "")
	b.config.Trust = &trust.Checker{Resolver: resolver(t, map[string]string{"_dmarc.corp.test": "SERVFAIL"})}
	b.relay = relay.New(b.config)
	to := b.masks["alice→ben"]
	env := relay.Envelope{Door: relay.IMAP, Key: "k", ReceivedAt: b.now}
	if got := code(b.receive(env, letter(alice, to, "<1@corp.test>", "x"), to)[0]); got != 451 {
		t.Errorf("at first, answered %d", got)
	}
	b.now = b.now.Add(4 * 24 * time.Hour)
	b.must(b.receive(env, letter(alice, to, "<1@corp.test>", "x"), to)[0])
	if got := b.one(); got.Recipient != alice {
		t.Errorf("a mail to %s", got.Recipient)
	}
}
