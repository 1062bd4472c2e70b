package trust

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/miekg/dns"
)

// a zone is a DNS server on loopback, by UDP and TCP: "name TYPE" to the data
// of its records in the form of zone files. A record SERVFAIL fails for now,
// REFUSED is not told, SILENT never answers, and what is not in it does not exist.
type zone struct {
	records map[string][]string
	asked   atomic.Int32 // how many questions
	streams atomic.Int32 // how many of them by TCP
	udp     string
	tcp     string
}

func newZone(t testing.TB, records map[string][]string) *zone {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	z := &zone{records: records, udp: conn.LocalAddr().String(), tcp: listener.Addr().String()}
	for _, server := range []*dns.Server{{PacketConn: conn, Handler: z}, {Listener: listener, Handler: z}} {
		go server.ActivateAndServe()
		t.Cleanup(func() { server.Shutdown() })
	}
	return z
}

// ServeDNS implements dns.Handler.
func (z *zone) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	z.asked.Add(1)
	name, kind := strings.ToLower(strings.TrimSuffix(q.Question[0].Name, ".")), dns.TypeToString[q.Question[0].Qtype]
	m := new(dns.Msg)
	m.SetReply(q)
	m.RecursionAvailable = true
	for alias := z.records[name+" CNAME"]; alias != nil; alias = z.records[name+" CNAME"] {
		m.Answer = append(m.Answer, record(name, "CNAME", alias[0]))
		name = strings.TrimSuffix(alias[0], ".")
	}
	data, ok := z.records[name+" "+kind]
	if !ok {
		m.Rcode = dns.RcodeNameError
	}
	for _, d := range data {
		switch d {
		case "SERVFAIL":
			m.Rcode = dns.RcodeServerFailure
		case "REFUSED":
			m.Rcode = dns.RcodeRefused
		case "SILENT":
			return
		default:
			m.Answer = append(m.Answer, record(name, kind, d))
		}
	}
	if w.LocalAddr().Network() == "tcp" {
		z.streams.Add(1)
	} else if opt := q.IsEdns0(); opt != nil {
		m.Truncate(int(opt.UDPSize()))
	}
	w.WriteMsg(m)
}

func record(name, kind, data string) dns.RR {
	if kind == "TXT" {
		return &dns.TXT{Hdr: dns.RR_Header{Name: name + ".", Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60}, Txt: chunks(data)}
	}
	rr, err := dns.NewRR(fmt.Sprintf("%s. 60 IN %s %s", name, kind, data))
	if err != nil {
		panic(err)
	}
	return rr
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
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		if strings.HasPrefix(network, "tcp") {
			return new(net.Dialer).DialContext(ctx, "tcp", z.tcp)
		}
		return new(net.Dialer).DialContext(ctx, "udp", z.udp)
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

// TestWhatIsAwaitedStays checks that a full cache forgets no question that
// somebody waits for, and does without those it has no room for.
func TestWhatIsAwaitedStays(t *testing.T) {
	var c cache
	release := make(chan struct{})
	wait := func() (any, error) { <-release; return []string{"one"}, nil }
	var all []*answer
	for i := range maxAnswers + 1 {
		all = append(all, c.get(question{"TXT", fmt.Sprint(i)}, time.Now, wait))
	}
	if again := c.get(question{"TXT", "0"}, time.Now, wait); again != all[0] {
		t.Error("a question that is awaited was asked again")
	}
	last := question{"TXT", fmt.Sprint(maxAnswers)}
	if c.answers[last] != nil || len(c.answers) != maxAnswers {
		t.Errorf("%d questions are kept, want %d", len(c.answers), maxAnswers)
	}
	close(release)
	for _, a := range all {
		if <-a.done; a.err != nil || a.records.([]string)[0] != "one" {
			t.Fatalf("answered %v, %v", a.records, a.err)
		}
	}
	if <-c.get(last, time.Now, wait).done; c.answers[last] == nil || len(c.answers) != maxAnswers {
		t.Errorf("%d questions are kept once they are answered, the new one: %v", len(c.answers), c.answers[last] != nil)
	}
}

// TestAnAnswerForgetsNoOther checks that a question which failed, and for
// which there was no room, does not take with it the same one asked again.
func TestAnAnswerForgetsNoOther(t *testing.T) {
	q := question{"TXT", "a.test."}
	old, again := &answer{done: make(chan struct{})}, &answer{done: make(chan struct{})}
	c := cache{answers: map[question]*answer{q: again}}
	c.settle(q, old, nil, errors.New("no answer"), time.Now())
	if c.answers[q] != again {
		t.Error("the question that is awaited is forgotten")
	}
}

// TestTheNextToEndMakesRoom checks what a full cache forgets.
func TestTheNextToEndMakesRoom(t *testing.T) {
	var c cache
	at := time.Unix(0, 0)
	know := func(i int, at time.Time) {
		<-c.get(question{"TXT", fmt.Sprint(i)}, func() time.Time { return at }, func() (any, error) { return []string{"x"}, nil }).done
	}
	for i := range maxAnswers {
		know(i, at.Add(time.Duration((i+maxAnswers/2)%maxAnswers)*time.Millisecond)) // the one in the middle is the oldest
	}
	know(maxAnswers, at.Add(time.Minute))
	if len(c.answers) != maxAnswers || c.answers[question{"TXT", fmt.Sprint(maxAnswers / 2)}] != nil {
		t.Errorf("%d answers are kept, the oldest among them", len(c.answers))
	}
}

// TestWhatIsPastMakesRoom checks that a full cache forgets nothing else if
// some of it is past its time.
func TestWhatIsPastMakesRoom(t *testing.T) {
	var c cache
	at := time.Unix(0, 0)
	know := func(i int, at time.Time) {
		<-c.get(question{"TXT", fmt.Sprint(i)}, func() time.Time { return at }, func() (any, error) { return []string{"x"}, nil }).done
	}
	for i := range maxAnswers {
		know(i, at.Add(time.Duration(i%2)*time.Minute))
	}
	know(maxAnswers, at.Add(answerLife))
	if len(c.answers) != maxAnswers/2+1 {
		t.Errorf("%d answers are kept, want %d", len(c.answers), maxAnswers/2+1)
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	var c cache
	var hand clock
	get := func(name string, records []string) {
		<-c.get(question{"TXT", name}, hand.now, func() (any, error) { return records, nil }).done
	}
	const each = 16 // octets that a text takes beside its own
	get("large", []string{strings.Repeat("x", maxAnswer-each+1)})
	if len(c.answers) != 0 {
		t.Errorf("%d answers kept, want none as large as that", len(c.answers))
	}
	for i, records := range []any{slices.Repeat([]*net.MX{{Host: "a.test."}}, maxAnswer/32), make([]net.IPAddr, maxAnswer/64+1)} {
		if <-c.get(question{"large", fmt.Sprint(i)}, hand.now, func() (any, error) { return records, nil }).done; len(c.answers) != 0 {
			t.Errorf("%d answers of %T kept, want none as many as that", len(c.answers), records)
		}
	}
	get("just fits", []string{strings.Repeat("x", maxAnswer-2*each), ""})
	if len(c.answers) != 1 {
		t.Errorf("%d answers kept, want the one that just fits", len(c.answers))
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
	if dns, ok := err.(*net.DNSError); !ok || dns.Temporary() || dns.IsNotFound {
		t.Errorf("one question more: %v, want a permanent error that says nothing of the name", err)
	}
}

// TestWhatDNSAnswers checks what becomes of the answers of a server, of which
// "for now" means that asking again may help.
func TestWhatDNSAnswers(t *testing.T) {
	long := strings.Repeat("x", 6000)
	z := newZone(t, map[string][]string{
		"one.test TXT":               {"one"},
		"several.test TXT":           {"one", "two"},
		"empty.test TXT":             {},
		"broken.test TXT":            {"SERVFAIL"},
		"refused.test TXT":           {"REFUSED"},
		"alias.test CNAME":           {"alias2.test."},
		"alias2.test CNAME":          {"one.test."},
		"lost.test CNAME":            {"nothing.test."},
		"long.test TXT":              {long},
		"host.test A":                {"192.0.2.1"},
		"host.test AAAA":             {"2001:db8::1"},
		"four.test A":                {"192.0.2.1"},
		"four.test AAAA":             {},
		"half.test A":                {"192.0.2.1"},
		"half.test AAAA":             {"SERVFAIL"},
		"mail.test MX":               {"10 a.mail.test.", "20 b.mail.test."},
		"badname.test MX":            {"10 a.mail.test.", "20 a\\032b.mail.test."},
		"1.2.0.192.in-addr.arpa PTR": {"host.test."},
	})
	a := func() *asker { return (&Checker{Resolver: z.resolver()}).asker() }
	txt := func(name string) func() ([]string, error) {
		return func() ([]string, error) { return a().LookupTXT(t.Context(), name) }
	}
	host := func(name string) func() ([]string, error) {
		return func() ([]string, error) {
			list, err := a().LookupIPAddr(t.Context(), name)
			return texts(list, func(ip net.IPAddr) string { return ip.String() }), err
		}
	}
	mx := func(name string) func() ([]string, error) {
		return func() ([]string, error) {
			list, err := a().LookupMX(t.Context(), name)
			return texts(list, func(mx *net.MX) string { return mx.Host }), err
		}
	}
	label := strings.Repeat("a", 63) + "."
	longest := strings.Repeat(label, 3) + strings.Repeat("a", 56) + ".test" // 254 octets with its dot
	for _, x := range []struct {
		name string
		look func() ([]string, error)
		want string
	}{
		{"one record", txt("one.test"), "one"},
		{"with the root's dot", txt("one.test."), "one"},
		{"in capitals", txt("ONE.Test"), "one"},
		{"several records", txt("several.test"), "one two"},
		{"no record of this type", txt("empty.test"), "absent"},
		{"no such name", txt("none.test"), "absent"},
		{"a failing server", txt("broken.test"), "for now"},
		{"a server that refuses", txt("refused.test"), "for now"},
		{"an alias of an alias", txt("alias.test"), "one"},
		{"an alias of nothing", txt("lost.test"), "absent"},
		{"more than fits a datagram", txt("long.test"), long},
		{"a label too long", txt(strings.Repeat("a", 64) + ".test"), "absent"},
		{"a name too long", txt("a" + longest), "absent"},
		{"no name", txt(""), "absent"},
		{"a name of octets that are none", txt("caf\xc3\xa9 .test"), "absent"},
		{"addresses of both kinds", host("host.test"), "192.0.2.1 2001:db8::1"},
		{"addresses of one kind", host("four.test"), "192.0.2.1"},
		{"addresses of which one kind fails", host("half.test"), "192.0.2.1"},
		{"an address is no host", host("192.0.2.1"), "absent"},
		{"mail servers", mx("mail.test"), "a.mail.test. b.mail.test."},
		{"a mail server whose name is none", mx("badname.test"), "a.mail.test."},
		{"names of an address", func() ([]string, error) { return a().LookupAddr(t.Context(), "192.0.2.1") }, "host.test."},
		{"no names of an address", func() ([]string, error) { return a().LookupAddr(t.Context(), "192.0.2.2") }, "absent"},
	} {
		t.Run(x.name, func(t *testing.T) {
			list, err := x.look()
			got := strings.Join(list, " ")
			if err != nil {
				got = "for now"
				if dns, ok := err.(*net.DNSError); !ok || dns.IsNotFound == dns.Temporary() {
					t.Errorf("neither of the two errors: %#v", err)
				} else if dns.IsNotFound {
					got = "absent"
				}
			}
			if got != x.want {
				t.Errorf("%.80s (%v), want %.80s", got, err, x.want)
			}
		})
	}
	if z.streams.Load() != 1 {
		t.Errorf("%d questions by TCP, want that of the long record", z.streams.Load())
	}
	if got := len(rooted(longest)); got != maxName {
		t.Fatalf("the longest name has %d octets", got)
	}
	c := &Checker{Resolver: z.resolver()}
	c.asker().LookupTXT(t.Context(), "a"+longest)
	if len(c.cache.answers) != 0 {
		t.Error("a name too long is kept")
	}
	before := z.asked.Load()
	c.asker().LookupTXT(t.Context(), longest)
	if z.asked.Load() == before || len(c.cache.answers) != 1 {
		t.Error("the longest name was not asked for")
	}
}

func texts[T any](list []T, text func(T) string) []string {
	var out []string
	for _, x := range list {
		out = append(out, text(x))
	}
	slices.Sort(out)
	return out
}

// TestASilentServer checks, by a clock of its own, that a server which takes
// questions and does not answer holds a caller for no longer than the limits
// say.
func TestASilentServer(t *testing.T) {
	deaf := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go func() {
			io.Copy(io.Discard, far)
			far.Close()
		}()
		return near, nil
	}}
	deaf.LookupTXT(expired(t), "warm.test.") // reads the system's configuration, for which others wait
	synctest.Test(t, func(t *testing.T) {
		c := &Checker{Resolver: deaf}
		start := time.Now()
		_, err := c.asker().LookupTXT(t.Context(), "silent.test")
		if dns, ok := err.(*net.DNSError); !ok || !dns.Temporary() || time.Since(start) > lookupTime {
			t.Errorf("one question: %v after %v", err, time.Since(start))
		}
		start = time.Now()
		got, reason := opine(t.Context(), c, Evidence{Domain: "sub.silent.test", PeerIP: sends, MailFrom: "a@silent.test", Message: strings.NewReader(text)})
		if took := time.Since(start); got != Unknown || took > messageTime {
			t.Errorf("a message: %v (%s) after %v", got, reason, took)
		}
		synctest.Wait()
		time.Sleep(lookupTime) // of the bubble's clock: what is still asked ends
	})
}

func expired(t *testing.T) context.Context {
	ctx, cancel := context.WithDeadline(t.Context(), time.Now())
	t.Cleanup(cancel)
	return ctx
}

// TestACallerThatLeavesHarmsNobody checks that one who hangs up is answered
// for now, and that whoever waits for the same is answered all the same.
func TestACallerThatLeavesHarmsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &cache{}
		release := make(chan struct{})
		look := func(ctx context.Context, _ string) ([]string, error) {
			select {
			case <-release:
				return []string{"one"}, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		inquire := func(ctx context.Context) ([]string, error) {
			a := &asker{cache: c, now: time.Now}
			a.left.Store(1)
			return ask(ctx, a, "TXT", "a.test.", look)
		}
		ctx, cancel := context.WithCancel(t.Context())
		first, second := make(chan error, 1), make(chan []string, 1)
		go func() { _, err := inquire(ctx); first <- err }()
		synctest.Wait()
		go func() { txts, _ := inquire(t.Context()); second <- txts }()
		synctest.Wait()
		cancel()
		if dns, ok := (<-first).(*net.DNSError); !ok || !dns.Temporary() {
			t.Errorf("whoever left: %v, want a temporary error", dns)
		}
		close(release)
		if got := <-second; len(got) != 1 || got[0] != "one" {
			t.Errorf("whoever waited was told %q", got)
		}
		if got, err := inquire(t.Context()); err != nil || len(got) != 1 {
			t.Errorf("whoever came later was told %q, %v", got, err)
		}
	})
}

// TestAnAnswerMayTakeItsTime checks that a question has time for the system's
// second server, and no more than its own.
func TestAnAnswerMayTakeItsTime(t *testing.T) {
	for after, want := range map[time.Duration]bool{lookupTime - time.Second: true, lookupTime + time.Second: false} {
		synctest.Test(t, func(t *testing.T) {
			a := &asker{cache: &cache{}, now: time.Now}
			a.left.Store(1)
			_, err := ask(t.Context(), a, "TXT", "a.test.", func(ctx context.Context, _ string) ([]string, error) {
				select {
				case <-time.After(after):
					return []string{"one"}, nil
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			})
			if got := err == nil; got != want {
				t.Errorf("an answer after %v: %v", after, err)
			}
		})
	}
}

func TestAKeyIsBounded(t *testing.T) {
	all := func(string) bool { return true }
	for size, want := range map[int]int{maxKey: 1, maxKey + 1: 0} {
		a := (&Checker{}).asker()
		seed(a.cache, "s._domainkey.large.test", strings.Repeat("x", size))
		if txts, err := key(t.Context(), a, "s._domainkey.large.test", all); len(txts) != want || (err == nil) != (want == 1) {
			t.Errorf("of %d octets: %d keys, %v", size, len(txts), err)
		}
	}
}

// seed makes a cache know the text records of a name.
func seed(c *cache, name string, records ...string) {
	<-c.get(question{"TXT", rooted(name)}, time.Now, func() (any, error) { return records, nil }).done
}
