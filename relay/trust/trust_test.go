package trust

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/miekg/dns"
)

const text = "From: Alice <alice@corp.test>\r\nTo: x@relay.test\r\nSubject: Un mot\r\n\r\nBonjour\r\n"

// signed returns the text with a DKIM signature of domain.
func signed(t *testing.T, key ed25519.PrivateKey, domain string) string {
	t.Helper()
	var b bytes.Buffer
	err := dkim.Sign(&b, strings.NewReader(text), &dkim.SignOptions{Domain: domain, Selector: "s", Signer: key})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// resolver answers from a DNS server of its own: the key under s._domainkey
// of the domains, SERVFAIL for broken.test, NXDOMAIN for the rest.
func resolver(t *testing.T, key ed25519.PrivateKey, domains ...string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	record := "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg)
		name := q.Question[0].Name
		switch {
		case strings.HasSuffix(name, "broken.test."):
			m.SetRcode(q, dns.RcodeServerFailure)
		default:
			m.SetRcode(q, dns.RcodeNameError)
		}
		for _, d := range domains {
			if name == "s._domainkey."+d+"." {
				m.SetReply(q)
				m.Answer = []dns.RR{&dns.TXT{Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60}, Txt: []string{record}}}
			}
		}
		w.WriteMsg(m)
	})}
	go server.ActivateAndServe()
	t.Cleanup(func() { server.Shutdown() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func TestCheck(t *testing.T) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &Checker{
		Trusted:    []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
		AuthservID: "mx.boxes.test",
		Resolver:   resolver(t, key, "corp.test", "mail.corp.test", "other.test"),
	}
	inside, outside := netip.MustParseAddr("192.0.2.9"), netip.MustParseAddr("198.51.100.9")
	for _, x := range []struct {
		name    string
		peer    netip.Addr
		results string
		message string
		want    Verdict
	}{
		{"nothing", outside, "", text, Unproven},
		{"trusted network", inside, "", text, Proven},
		{"trusted network, as IPv6", netip.AddrFrom16(inside.As16()), "", text, Proven},
		{"DKIM of the domain", outside, "", signed(t, key, "corp.test"), Proven},
		{"DKIM of a subdomain", outside, "", signed(t, key, "mail.corp.test"), Proven},
		{"DKIM of another domain", outside, "", signed(t, key, "other.test"), Unproven},
		{"DKIM, text changed", outside, "", strings.Replace(signed(t, key, "corp.test"), "Bonjour", "Bonsoir", 1), Unproven},
		{"DKIM without a key", outside, "", signed(t, key, "unknown.corp.test"), Unproven},
		{"the provider says DMARC passed", netip.Addr{}, "mx.boxes.test; dmarc=pass header.from=corp.test", text, Proven},
		{"the provider says DKIM passed", netip.Addr{}, "mx.boxes.test; dkim=pass header.d=corp.test", text, Proven},
		{"the provider says another's DKIM passed", netip.Addr{}, "mx.boxes.test; dkim=pass header.d=other.test", text, Unproven},
		{"the provider says DMARC failed", netip.Addr{}, "mx.boxes.test; dmarc=fail header.from=corp.test", text, Unproven},
		{"somebody else says so", netip.Addr{}, "mx.evil.test; dmarc=pass header.from=corp.test", text, Unproven},
		{"said through SMTP, where anybody may", outside, "mx.boxes.test; dmarc=pass header.from=corp.test", text, Unproven},
	} {
		t.Run(x.name, func(t *testing.T) {
			got, reason := c.Check(t.Context(), Evidence{Domain: "corp.test", PeerIP: x.peer, AuthenticationResults: x.results, Message: strings.NewReader(x.message)})
			if got != x.want {
				t.Errorf("verdict %d (%s), want %d", got, reason, x.want)
			}
		})
	}
}

func TestADNSFailureIsNoVerdict(t *testing.T) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &Checker{Resolver: resolver(t, key)}
	message := strings.NewReader(signed(t, key, "broken.test"))
	if got, reason := c.Check(t.Context(), Evidence{Domain: "broken.test", Message: message}); got != Unknown {
		t.Errorf("verdict %d (%s), want Unknown", got, reason)
	}
}
