package relay_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
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
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "")
	b.config.Trust = &trust.Checker{Resolver: resolver(t, map[string]string{
		"corp.test":              "v=spf1 ip4:198.51.100.1 -all",
		"s._domainkey.corp.test": "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)),
	})}
	b.relay = relay.New(b.config)
	to := b.masks["alice→ben"]
	for i, c := range []struct {
		name, peer, to, above, asked string
		fields                       []string
	}{
		{"to the mask", "192.0.2.7", "Ben <" + strings.ToUpper(to) + ">", "", ben, []string{"From", "To"}},
		{"to somebody else", "192.0.2.7", "dan@far.test", "", alice, []string{"From", "To"}},
		{"to another mask of hers", "192.0.2.7", b.masks["alice→carol"], "", alice, []string{"From", "To"}},
		{"to somebody else, the mask put above", "192.0.2.7", "dan@far.test", "To: " + to + "\n", alice, []string{"From", "To"}},
		{"to somebody else, the mask put in Cc", "192.0.2.7", "dan@far.test", "Cc: " + to + "\n", alice, []string{"From", "To"}},
		{"a signature without To", "192.0.2.7", to, "", alice, []string{"From", "Subject"}},
		{"a signature without To, from her own host", "198.51.100.1", to, "", ben, []string{"From", "Subject"}},
		{"a blind copy, from her own host", "198.51.100.1", "dan@far.test", "", ben, []string{"From", "To"}},
	} {
		b.now = b.now.Add(10 * day) // so that each is asked about
		if _, err := b.store.ExpireHolds(t.Context(), b.now); err != nil {
			t.Fatal(err)
		}
		var signed bytes.Buffer
		raw := strings.ReplaceAll(letter(alice, c.to, fmt.Sprintf("<%d@corp.test>", i), "x"), "\n", "\r\n")
		if err := dkim.Sign(&signed, strings.NewReader(raw), &dkim.SignOptions{Domain: "corp.test", Selector: "s", Signer: key, HeaderKeys: c.fields}); err != nil {
			t.Fatal(err)
		}
		env := relay.Envelope{Door: relay.SMTP, MailFrom: alice, PeerIP: netip.MustParseAddr(c.peer), ReceivedAt: b.now}
		if c.peer == "192.0.2.7" {
			env.MailFrom = "eve@evil.test"
		}
		b.must(b.receive(env, c.above+strings.ReplaceAll(signed.String(), "\r\n", "\n"), to)[0])
		for _, m := range b.outbox() {
			if copies := strings.Contains(m.raw, "copies"); m.Recipient != c.asked && !copies {
				t.Errorf("%s: a mail to %s, want %s:\n%s", c.name, m.Recipient, c.asked, m.raw)
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
