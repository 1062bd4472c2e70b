//go:build linux

package e2e

import (
	"net"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// failing is what a script writes for a name that the name server cannot
// answer about for now.
const failing = "SERVFAIL"

// startFailingDNS serves TXT records by name, like startDNS, but fails for
// those that are to fail; it returns where it listens.
func startFailingDNS(t *testing.T, txt map[string]string) string {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	started, ended := make(chan struct{}), make(chan error, 1)
	server := &dns.Server{PacketConn: conn, NotifyStartedFunc: func() { close(started) }}
	server.Handler = dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		r, name := new(dns.Msg).SetReply(q), q.Question[0].Name
		switch text, known := txt[strings.ToLower(strings.TrimSuffix(name, "."))]; {
		case !known:
			r.Rcode = dns.RcodeNameError
		case text == failing:
			r.Rcode = dns.RcodeServerFailure
		case q.Question[0].Qtype == dns.TypeTXT:
			r.Answer = []dns.RR{&dns.TXT{
				Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60}, Txt: chunks(text),
			}}
		}
		_ = w.WriteMsg(r) // a client that has gone away is no concern of the test's
	})
	go func() { ended <- server.ActivateAndServe() }()
	<-started
	t.Cleanup(func() {
		if err := server.Shutdown(); err != nil {
			t.Errorf("stopping the name server: %v", err)
		}
		if err := <-ended; err != nil {
			t.Errorf("the name server: %v", err)
		}
	})
	return conn.LocalAddr().String()
}
