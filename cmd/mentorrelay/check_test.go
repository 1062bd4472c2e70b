package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// zone serves records on loopback and returns its address.
func zone(t *testing.T, records ...string) string {
	answers := map[string][]dns.RR{}
	for _, text := range records {
		rr, err := dns.NewRR(text)
		if err != nil {
			t.Fatal(err)
		}
		q := rr.Header()
		answers[q.Name+dns.TypeToString[q.Rrtype]] = append(answers[q.Name+dns.TypeToString[q.Rrtype]], rr)
	}
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, r *dns.Msg) {
		reply := new(dns.Msg).SetReply(r)
		reply.Answer = answers[strings.ToLower(r.Question[0].Name)+dns.TypeToString[r.Question[0].Qtype]]
		if len(reply.Answer) == 0 {
			reply.Rcode = dns.RcodeNameError
		}
		w.WriteMsg(reply)
	})}
	go server.ActivateAndServe()
	t.Cleanup(func() { server.Shutdown() })
	return conn.LocalAddr().String()
}

// check runs the check and returns what it found, by name.
func check(t *testing.T, b *box, args ...string) (status int, found map[string]finding) {
	t.Helper()
	status, stdout, _ := b.run(t, append([]string{"check"}, args...)...)
	found = map[string]finding{}
	for line := range strings.Lines(stdout) {
		verdict, rest, _ := strings.Cut(strings.TrimSpace(line), "  ")
		name, text, _ := strings.Cut(strings.TrimSpace(rest), "  ")
		found[name] = finding{name, verdict == "ok", strings.TrimSpace(text)}
	}
	return status, found
}

func TestCheck(t *testing.T) {
	b := initBox(t, open...)
	published := dkimOf(t, b)
	good := zone(t, append(published, "relay.test. MX 10 mx.relay.test.", "mx.relay.test. A 192.0.2.1", `relay.test. TXT "v=spf1 mx -all"`, `relay.test. TXT "something else"`, `_dmarc.relay.test. TXT "v=DMARC1; p=reject"`)...)
	b.environ = append(b.environ, "MENTORRELAY_DNS_RESOLVER="+good)
	status, found := check(t, b)
	for _, name := range []string{"configuration", "secret", "DKIM key", "doors", "database", "MX", "SPF", "DKIM", "DMARC", "clock"} {
		if f, ok := found[name]; !ok || !f.OK {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if status != exitDone || len(found) != 10 {
		t.Errorf("exit %d, %d findings", status, len(found))
	}
	if list := decode[[]finding](t, b, "check"); len(list) != 10 {
		t.Errorf("as JSON: %+v", list)
	}
}

// dkimOf is the records that the box's keys have to be published in.
func dkimOf(t *testing.T, b *box) []string {
	config, err := readConfig(filepath.Join(b.dir, configName), nil)
	if err != nil {
		t.Fatal(err)
	}
	signers, err := config.signers()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range signers {
		lines = append(lines, record{s.Name(), "TXT", s.Record()}.zoneLine())
	}
	return lines
}

func TestCheckMends(t *testing.T) {
	whole := initBox(t, open...)
	other := dkimOf(t, initBox(t))
	for _, tt := range []struct {
		name, want string
		records    []string
		environ    string
		change     func(dir string) error
	}{
		{name: "MX", want: "no MX record found: publish"},
		{name: "MX", want: "says that it takes no mail", records: []string{"relay.test. MX 0 ."}},
		{name: "MX", want: "which has no address", records: []string{"relay.test. MX 10 mx.relay.test."}},
		{name: "SPF", want: `publish relay.test IN TXT "v=spf1`},
		{name: "SPF", want: "2 SPF records", records: []string{`relay.test. TXT "v=spf1 mx"`, `relay.test. TXT "v=spf1 a"`}},
		{name: "DKIM", want: "publish relay1._domainkey.relay.test IN TXT v=DKIM1; k=ed25519; p="},
		{name: "DKIM", want: "publish relay1-rsa._domainkey.relay.test IN TXT v=DKIM1; k=rsa; p=", records: dkimOf(t, whole)[:1]},
		{name: "DKIM", want: "of another key: replace it", records: other},
		{name: "DMARC", want: "publish one record _dmarc.relay.test"},
		{name: "secret", want: "no such file", change: func(dir string) error { return os.Remove(dir + "/secret.key") }},
		{name: "secret", want: "chmod 600", change: func(dir string) error { return os.Chmod(dir+"/secret.key", 0o644) }},
		{name: "secret", want: "is no secret", change: func(dir string) error { return os.WriteFile(dir+"/secret.key", []byte("hush"), 0o600) }},
		{name: "DKIM key", want: "chmod 600", change: func(dir string) error { return os.Chmod(filepath.Join(dir, keyName), 0o640) }},
		{name: "database", want: "mentorrelay init", change: func(dir string) error { return os.Remove(dir + "/mentorrelay.db") }},
		{name: "certificate", want: "smtp.tls_cert", environ: "MENTORRELAY_SMTP_TLS_CERT=none.pem MENTORRELAY_SMTP_TLS_KEY=none.pem"},
		{name: "doors", want: "send.url", environ: "MENTORRELAY_SEND_URL="},
		{name: "configuration", want: "unknown variable", environ: "MENTORRELAY_SEND_ULR=x"},
		{name: "send.password_file", want: "no such file", environ: "MENTORRELAY_SEND_PASSWORD_FILE=none"},
		{name: "SMTP login", want: "refused"},
		{name: "IMAP login", want: "refused", environ: "MENTORRELAY_IMAP_URL=imap://relay@127.0.0.1:1/INBOX"},
	} {
		b := whole.with(append([]string{"MENTORRELAY_DNS_RESOLVER=" + zone(t, tt.records...)}, strings.Fields(tt.environ)...)...)
		if tt.change != nil {
			b = initBox(t, open...)
			if err := tt.change(b.dir); err != nil {
				t.Fatal(err)
			}
		}
		status, found := check(t, b, "--live")
		if f := found[tt.name]; status != exitFailed || f.OK || !strings.Contains(f.Text, tt.want) {
			t.Errorf("exit %d, %s: %+v, want %s", status, tt.name, f, tt.want)
		}
	}
}

func TestCheckNoProgramme(t *testing.T) {
	b := newBox(t)
	b.must(t, "init", "--dir", b.dir, "--mailbox", "relay@box.test")
	status, found := check(t, b)
	if f := found["database"]; status != exitFailed || f.OK || !strings.Contains(f.Text, "programme add") {
		t.Errorf("exit %d: %+v", status, f)
	}
	if _, ok := found["MX"]; ok {
		t.Error("a mailbox needs no DNS")
	}
}

func TestCheckClock(t *testing.T) {
	if _, err := checkClock(noon); err != nil {
		t.Error(err)
	}
	if _, err := checkClock(noon.AddDate(-40, 0, 0)); err == nil {
		t.Error("a clock that was never set passes")
	}
}
