//go:build linux

package e2e

import (
	"net"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// A nameserver answers for the domains of a test, and says of all others
// that they do not exist.
type nameserver struct{ address string }

// startDNS serves TXT records by name, in lower case without a last dot.
func startDNS(t testing.TB, txt map[string]string) *nameserver {
	t.Helper()
	conn, err := net.ListenPacket("udp", loopback(freePort(t)))
	if err != nil {
		t.Fatal(err)
	}
	answer := func(w dns.ResponseWriter, q *dns.Msg) {
		r := new(dns.Msg).SetReply(q)
		r.Authoritative = true
		name := q.Question[0].Name
		text, known := txt[strings.ToLower(strings.TrimSuffix(name, "."))]
		switch {
		case !known:
			r.Rcode = dns.RcodeNameError
		case q.Question[0].Qtype == dns.TypeTXT:
			r.Answer = []dns.RR{&dns.TXT{
				Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60},
				Txt: chunks(text),
			}}
		}
		_ = w.WriteMsg(r) // a client that has gone away is no concern of the test's
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(answer)}
	ended := make(chan error, 1)
	go func() { ended <- server.ActivateAndServe() }()
	t.Cleanup(func() {
		if err := server.Shutdown(); err != nil {
			t.Errorf("stopping the name server: %v", err)
		}
		if err := <-ended; err != nil {
			t.Errorf("the name server: %v", err)
		}
	})
	return &nameserver{conn.LocalAddr().String()}
}

// chunks cuts text into strings of at most 255 octets (RFC 1035 §3.3.14).
func chunks(text string) []string {
	var list []string
	for len(text) > 255 {
		list, text = append(list, text[:255]), text[255:]
	}
	return append(list, text)
}
