package trust

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
)

// TestSPF is the table of records and of who sends. All of it is about what
// bounds SPF and names its identity; the rest is the library's.
func TestSPF(t *testing.T) {
	terms := func(n int, term string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " "+term, i)
		}
		return "v=spf1" + b.String() + " ip4:198.51.100.1 -all"
	}
	records := map[string][]string{
		"corp.test TXT":                 {"v=spf1 ip4:198.51.100.1 -all"},
		"six.test TXT":                  {"v=spf1 ip6:2001:db8::/32 -all"},
		"ten.test TXT":                  {terms(10, "a:h%d.test")},
		"eleven.test TXT":               {terms(11, "a:h%d.test")},
		"void2.test TXT":                {terms(2, "a:void%d.test")},
		"void3.test TXT":                {terms(3, "a:void%d.test")},
		"empty2.test TXT":               {terms(2, "exists:empty%d.test")},
		"empty3.test TXT":               {terms(3, "exists:empty%d.test")},
		"chain.test TXT":                {"v=spf1 redirect=c0.test"},
		"nested.test TXT":               {"v=spf1 include:ten.test -all"},
		"mxs10.test TXT":                {"v=spf1 mx -all"},
		"mxs11.test TXT":                {"v=spf1 mx -all"},
		"ptr.test TXT":                  {"v=spf1 ptr -all"},
		"greedy.test TXT":               {"v=spf1 mx:m0.test mx:m1.test mx:m2.test mx:m3.test mx:m4.test mx:m5.test mx:m6.test mx:m7.test ip4:198.51.100.1 -all"},
		"two.test TXT":                  {"v=spf1 +all", "v=spf1 -all"},
		"beside.test TXT":               {"google-site-verification=x", "v=spf1 ip4:198.51.100.1 -all"},
		"alias.test CNAME":              {"corp.test."},
		"macro.test TXT":                {"v=spf1 exists:%{l}.%{d} -all"},
		"alice.macro.test A":            {"127.0.0.2"},
		"alice.macro.test AAAA":         {},
		"postmaster.macro.test A":       {"127.0.0.2"},
		"postmaster.macro.test AAAA":    {},
		"long.test TXT":                 {"v=spf1" + strings.Repeat(" ip4:192.0.2.1", 400) + " ip4:198.51.100.1 -all"},
		"slow.test TXT":                 {"v=spf1 include:broken.test ip4:198.51.100.1 -all"},
		"first.test TXT":                {"v=spf1 ip4:198.51.100.1 include:broken.test -all"},
		"lost.test TXT":                 {"v=spf1 include:none.test ip4:198.51.100.1 -all"},
		"broken.test TXT":               {"SERVFAIL"},
		"1.100.51.198.in-addr.arpa PTR": {"mail.ptr.test.", "mail.evil.test."},
		"2.100.51.198.in-addr.arpa PTR": {"mail.ptr.test."},
		"mail.ptr.test A":               {"198.51.100.1"},
		"mail.ptr.test AAAA":            {},
	}
	for i := range 11 {
		records[fmt.Sprintf("h%d.test A", i)] = []string{"192.0.2.1"}
		records[fmt.Sprintf("h%d.test AAAA", i)] = []string{}
		records[fmt.Sprintf("empty%d.test A", i)] = []string{}
		records[fmt.Sprintf("empty%d.test AAAA", i)] = []string{}
		records[fmt.Sprintf("c%d.test TXT", i)] = []string{fmt.Sprintf("v=spf1 redirect=c%d.test", i+1)}
		for _, d := range []string{"mxs10", "mxs11"} {
			if i < 10 || d == "mxs11" {
				records[d+".test MX"] = append(records[d+".test MX"], fmt.Sprintf("10 h%d.test.", i))
			}
		}
		for j := range 10 {
			host := fmt.Sprintf("h%d.m%d.test", j, i)
			records[fmt.Sprintf("m%d.test MX", i)] = append(records[fmt.Sprintf("m%d.test MX", i)], "10 "+host+".")
			records[host+" A"], records[host+" AAAA"] = []string{"192.0.2.1"}, []string{}
		}
	}
	records["mxs10.test MX"][9] = "10 sends.test."
	records["sends.test A"], records["sends.test AAAA"] = []string{"198.51.100.1"}, []string{}

	resolver := newZone(t, records).resolver()
	second := netip.MustParseAddr("198.51.100.2")
	for _, x := range []struct {
		name string
		peer netip.Addr
		helo string
		from string // the reverse-path
		want string // result and domain
	}{
		{"may send", sends, "x.test", "a@corp.test", "pass corp.test"},
		{"may send, as IPv6", netip.AddrFrom16(sends.As16()), "x.test", "a@corp.test", "pass corp.test"},
		{"may not send", outside, "x.test", "a@corp.test", "fail corp.test"},
		{"IPv6", netip.MustParseAddr("2001:db8::1"), "x.test", "a@six.test", "pass six.test"},
		{"no record", sends, "x.test", "a@none.test", "none none.test"},
		{"the root's dot", sends, "x.test", "a@corp.test.", "pass corp.test"},
		{"capitals", sends, "x.test", "a@CORP.test", "pass corp.test"},
		{"by an alias", sends, "x.test", "a@alias.test", "pass alias.test"},
		{"other records beside", sends, "x.test", "a@beside.test", "pass beside.test"},
		{"two records", sends, "x.test", "a@two.test", "permerror two.test"},
		{"a record by TCP", sends, "x.test", "a@long.test", "pass long.test"},

		{"ten terms", sends, "x.test", "a@ten.test", "pass ten.test"},
		{"eleven terms", sends, "x.test", "a@eleven.test", "permerror eleven.test"},
		{"ten terms within another", sends, "x.test", "a@nested.test", "permerror nested.test"},
		{"redirects without end", sends, "x.test", "a@chain.test", "permerror chain.test"},
		{"two names that do not exist", sends, "x.test", "a@void2.test", "pass void2.test"},
		{"three names that do not exist", sends, "x.test", "a@void3.test", "permerror void3.test"},
		{"two names without addresses", sends, "x.test", "a@empty2.test", "pass empty2.test"},
		{"three names without addresses", sends, "x.test", "a@empty3.test", "permerror empty3.test"},
		{"ten mail servers", sends, "x.test", "a@mxs10.test", "pass mxs10.test"},
		{"eleven mail servers", sends, "x.test", "a@mxs11.test", "permerror mxs11.test"},
		{"more questions than we ask", sends, "x.test", "a@greedy.test", "permerror greedy.test"},
		{"an include that does not answer", sends, "x.test", "a@slow.test", "temperror slow.test"},
		{"an include that comes too late to matter", sends, "x.test", "a@first.test", "pass first.test"},
		{"an include that does not exist", sends, "x.test", "a@lost.test", "permerror lost.test"},

		{"a name of the address", sends, "x.test", "a@ptr.test", "pass ptr.test"},
		{"a name that the address took without leave", second, "x.test", "a@ptr.test", "fail ptr.test"},
		{"an address without a name", outside, "x.test", "a@ptr.test", "fail ptr.test"},

		{"null, the HELO may send", sends, "corp.test", "", "pass corp.test"},
		{"null, the HELO in capitals, with a dot", sends, "CORP.test.", "", "pass corp.test"},
		{"null, the HELO may not send", outside, "corp.test", "", "fail corp.test"},
		{"null, the HELO is an address literal", sends, "[198.51.100.1]", "", ""},
		{"null, the HELO is an IPv6 literal", sends, "[IPv6:2001:db8::1]", "", ""},
		{"null, the HELO is an address", sends, "198.51.100.1", "", ""},
		{"null, the HELO is not qualified", sends, "localhost", "", ""},
		{"null, no HELO", sends, "", "", ""},
		{"null, the HELO is the root", sends, ".", "", ""},
		{"null, the HELO is no name", sends, "corp test", "", ""},
		{"the HELO does not count beside a reverse-path", sends, "corp.test", "a@none.test", "none none.test"},
		{"a reverse-path without a domain", sends, "corp.test", "postmaster", "pass corp.test"},
		{"a reverse-path that is not qualified", sends, "corp.test", "a@localhost", ""},
		{"a reverse-path at an address", sends, "corp.test", "a@[198.51.100.1]", ""},

		{"the local part", sends, "x.test", "alice@macro.test", "pass macro.test"},
		{"another local part", sends, "x.test", "bob@macro.test", "fail macro.test"},
		{"no local part is postmaster's", sends, "x.test", "@macro.test", "pass macro.test"},
		{"null is postmaster's", sends, "macro.test", "", "pass macro.test"},
		{"two domains in one address", sends, "x.test", "a@two.test@macro.test", "pass macro.test"},
		{"a quoted local part", sends, "x.test", `"a@two.test"@corp.test`, "pass corp.test"},
	} {
		t.Run(x.name, func(t *testing.T) {
			a := (&Checker{Resolver: resolver}).asker()
			found := sentBy(t.Context(), a, Evidence{PeerIP: x.peer, Helo: x.helo, MailFrom: x.from}, func(string) bool { return true })
			got := ""
			for _, f := range found {
				got = f.result + " " + f.domain
			}
			if got != x.want {
				t.Errorf("%q, want %q", got, x.want)
			}
		})
	}
}

// TestTheLastQuestionCounts checks that a result stands if no question was
// refused, and only then.
func TestTheLastQuestionCounts(t *testing.T) {
	for left, want := range map[int32]string{2: pass, 1: pass, 0: permerror} {
		a := (&Checker{}).asker()
		seed(a.cache, "corp.test", "v=spf1 ip4:198.51.100.1 -all")
		a.left.Store(left)
		found := sentBy(t.Context(), a, Evidence{PeerIP: sends, MailFrom: "a@corp.test"}, func(string) bool { return true })
		if len(found) != 1 || found[0].result != want {
			t.Errorf("with %d questions left: %v, want %s", left, found, want)
		}
	}
}

// TestAQuestionRefusedIsNoAnswer checks that SPF does not go on as if what it
// may not ask did not exist.
func TestAQuestionRefusedIsNoAnswer(t *testing.T) {
	a := (&Checker{}).asker()
	seed(a.cache, "corp.test", "v=spf1 ptr +all")
	a.left.Store(1)
	found := sentBy(t.Context(), a, Evidence{PeerIP: sends, MailFrom: "a@corp.test"}, func(string) bool { return true })
	if len(found) != 1 || found[0].result != permerror {
		t.Errorf("found %v, want a permanent error", found)
	}
}

// TestADomainThatDoesNotCountIsNotAsked checks that the reverse-path of a
// stranger costs no look-up.
func TestADomainThatDoesNotCountIsNotAsked(t *testing.T) {
	a := (&Checker{}).asker()
	seed(a.cache, "other.test", "v=spf1 ip4:198.51.100.1 -all")
	found := sentBy(t.Context(), a, Evidence{PeerIP: sends, MailFrom: "a@other.test"}, func(string) bool { return false })
	if left := a.left.Load(); len(found) != 1 || found[0].result != none || left != maxLookups {
		t.Errorf("found %v, after %d questions", found, maxLookups-left)
	}
}
