package trust

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"
)

// a zone is a DNS server on loopback: "name TYPE" to the data of its records
// in the form of zone files. A record SERVFAIL fails for now, SILENT never
// answers, and what is not in it does not exist.
type zone struct {
	records map[string][]string
	asked   atomic.Int32
	address string
}

func newZone(t testing.TB, records map[string][]string) *zone {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	z := &zone{records: records, address: conn.LocalAddr().String()}
	server := &dns.Server{PacketConn: conn, Handler: z}
	go server.ActivateAndServe()
	t.Cleanup(func() { server.Shutdown() })
	return z
}

// ServeDNS implements dns.Handler.
func (z *zone) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	z.asked.Add(1)
	name, kind := strings.ToLower(q.Question[0].Name), dns.TypeToString[q.Question[0].Qtype]
	data, ok := z.records[strings.TrimSuffix(name, ".")+" "+kind]
	m := new(dns.Msg)
	m.SetReply(q)
	if !ok {
		m.SetRcode(q, dns.RcodeNameError)
	}
	for _, d := range data {
		switch d {
		case "SERVFAIL":
			m.SetRcode(q, dns.RcodeServerFailure)
			continue
		case "SILENT":
			return
		}
		if kind == "TXT" {
			m.Answer = append(m.Answer, &dns.TXT{Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60}, Txt: chunks(d)})
			continue
		}
		rr, err := dns.NewRR(fmt.Sprintf("%s 60 IN %s %s", name, kind, d))
		if err != nil {
			panic(err)
		}
		m.Answer = append(m.Answer, rr)
	}
	w.WriteMsg(m)
}

// chunks are the strings of a text record.
func chunks(s string) []string {
	var list []string
	for len(s) > 255 {
		list, s = append(list, s[:255]), s[255:]
	}
	return append(list, s)
}

func (z *zone) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", z.address)
	}}
}

// a clock is set by hand.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(c.at.Load(), 0) }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d / time.Second)) }

func TestAnswersAreKeptForAWhile(t *testing.T) {
	z := newZone(t, map[string][]string{"a.test TXT": {"one"}, "broken.test TXT": {"SERVFAIL"}})
	var hand clock
	c := &Checker{Resolver: z.resolver(), Now: hand.now}
	look := func(name string) (string, error) {
		txts, err := c.asker().LookupTXT(t.Context(), name)
		return strings.Join(txts, "|"), err
	}
	for _, step := range []struct {
		name  string
		after time.Duration
		ask   string
		want  string
		fresh bool
	}{
		{"first", 0, "a.test", "one", true},
		{"again", 0, "A.test.", "one", false},
		{"just before its end", answerLife - time.Second, "a.test", "one", false},
		{"at its end", time.Second, "a.test", "one", true},
		{"absent", 0, "none.test", "", true},
		{"absent, again", absenceLife - time.Second, "none.test", "", false},
		{"absent, at its end", time.Second, "none.test", "", true},
		{"failed for now", 0, "broken.test", "", true},
		{"failed for now, again", 0, "broken.test", "", true},
	} {
		hand.advance(step.after)
		before := z.asked.Load()
		got, err := look(step.ask)
		if got != step.want {
			t.Errorf("%s: %q (%v), want %q", step.name, got, err, step.want)
		}
		if asked := z.asked.Load() > before; asked != step.fresh {
			t.Errorf("%s: asked DNS: %v, want %v", step.name, asked, step.fresh)
		}
	}
}

func TestOneQuestionIsAskedOnce(t *testing.T) {
	var c cache
	var looked atomic.Int32
	release := make(chan struct{})
	var all []*answer
	for range 50 {
		all = append(all, c.get(question{"TXT", "a.test."}, time.Now, func() (any, error) {
			looked.Add(1)
			<-release
			return []string{"one"}, nil
		}))
	}
	close(release)
	for _, a := range all {
		<-a.done
		if got := a.records.([]string)[0]; got != "one" {
			t.Errorf("got %q", got)
		}
	}
	if n := looked.Load(); n != 1 {
		t.Errorf("looked %d times", n)
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	var c cache
	var hand clock
	get := func(name string, records []string) {
		<-c.get(question{"TXT", name}, hand.now, func() (any, error) { return records, nil }).done
	}
	get("large", []string{strings.Repeat("x", maxAnswer)})
	if len(c.answers) != 0 {
		t.Errorf("%d answers kept, want none as large as that", len(c.answers))
	}
	for i := range 2 * maxAnswers {
		hand.advance(time.Second / 4)
		get(fmt.Sprint(i), []string{"x"})
	}
	if len(c.answers) > maxAnswers {
		t.Errorf("%d answers kept, want at most %d", len(c.answers), maxAnswers)
	}
	hand.advance(answerLife)
	get("new", []string{"x"})
	if len(c.answers) != 1 {
		t.Errorf("%d answers kept past their time", len(c.answers)-1)
	}
}

func TestQuestionsAreBounded(t *testing.T) {
	z := newZone(t, map[string][]string{})
	a := (&Checker{Resolver: z.resolver()}).asker()
	for i := range maxLookups + 10 {
		a.LookupTXT(t.Context(), fmt.Sprintf("n%d.test", i))
	}
	if n := z.asked.Load(); n > maxLookups {
		t.Errorf("DNS was asked %d times, want at most %d", n, maxLookups)
	}
	_, err := a.LookupTXT(t.Context(), "one.more.test")
	if dns, ok := err.(*net.DNSError); !ok || dns.Temporary() {
		t.Errorf("one question more: %v, want a permanent error", err)
	}
}

func TestACallerThatLeavesIsAnsweredForNow(t *testing.T) {
	z := newZone(t, map[string][]string{"silent.test TXT": {"SILENT"}})
	a := (&Checker{Resolver: z.resolver()}).asker()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := a.LookupTXT(ctx, "silent.test")
	if dns, ok := err.(*net.DNSError); !ok || !dns.Temporary() {
		t.Errorf("%v, want a temporary error", err)
	}
}

func TestAKeyIsBounded(t *testing.T) {
	a := (&Checker{}).asker()
	<-a.cache.get(question{"TXT", "large.test."}, a.now, func() (any, error) {
		return []string{strings.Repeat("x", maxKey+1)}, nil
	}).done
	if txts, err := key(t.Context(), a, "large.test"); err == nil {
		t.Errorf("%d keys", len(txts))
	}
}
