package main

import (
	"net"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// textDNS is the address of a DNS server that knows these TXT records.
func textDNS(t *testing.T, records map[string]string) string {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg)
		m.SetReply(q)
		name := strings.TrimSuffix(q.Question[0].Name, ".")
		text, ok := records[name]
		switch {
		case !ok:
			m.Rcode = dns.RcodeNameError
		case q.Question[0].Qtype == dns.TypeTXT:
			m.Answer = append(m.Answer, &dns.TXT{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeTXT, Class: dns.ClassINET}, Txt: []string{text}})
		}
		w.WriteMsg(m)
	})}
	go server.ActivateAndServe()
	t.Cleanup(func() { server.Shutdown() })
	return conn.LocalAddr().String()
}

// TestParseTrust weighs who wrote a message, and says what that rests on.
func TestParseTrust(t *testing.T) {
	b := initBox(t, "MENTORRELAY_IMAP_AUTHSERV_ID=mx.boxes.test", "MENTORRELAY_DNS_RESOLVER="+textDNS(t, map[string]string{
		"corp.test": "v=spf1 ip4:192.0.2.7 -all", "_dmarc.corp.test": "v=DMARC1; p=reject",
	}))
	for _, test := range []struct {
		name, head      string
		args            []string
		verdict, reason string
	}{
		{"its own host", "", []string{"--peer", "192.0.2.7", "--mail-from", "alice@corp.test", "--helo", "mx.corp.test"}, "proven", "spf"},
		{"another host", "", []string{"--peer", "198.51.100.9", "--mail-from", "alice@corp.test"}, "failed", "dmarc"},
		{"the provider's word", "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\r\n", nil, "proven", "dmarc"},
		{"a stranger's word", "Authentication-Results: mx.evil.test; dmarc=pass header.from=corp.test\r\n", nil, "unprovable", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.stdin = test.head + letter
			v := decode[parseView](t, b, append([]string{"parse", "--trust"}, test.args...)...)
			if v.Trust == nil || v.Trust.Verdict != test.verdict || !strings.Contains(v.Trust.Reason, test.reason) || strings.Contains(v.Trust.Reason, "@") {
				t.Errorf("%+v", v.Trust)
			}
			b.stdin = test.head + letter
			if got := b.must(t, append([]string{"parse", "--trust"}, test.args...)...); !strings.Contains(got, "trust") || !strings.Contains(got, test.verdict+": ") {
				t.Error(got)
			}
		})
	}
	b.stdin = letter
	if v := decode[parseView](t, b, "parse"); v.Trust != nil {
		t.Errorf("weighed without being asked: %+v", v.Trust)
	}
	b.fails(t, exitFailed, "add --trust", "parse", "--peer", "192.0.2.7")
}
