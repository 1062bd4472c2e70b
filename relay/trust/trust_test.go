package trust

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io"
	"net/netip"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/emersion/go-msgauth/dkim"

	"mentorrelay/parser/message"
)

const text = "From: Alice <alice@corp.test>\r\nTo: x@relay.test\r\nSubject: Un mot\r\n\r\nBonjour\r\n"

var (
	inside  = netip.MustParseAddr("192.0.2.9")    // the trusted network
	sends   = netip.MustParseAddr("198.51.100.1") // may send for all that publish SPF
	outside = netip.MustParseAddr("203.0.113.9")
)

// a signer signs for any domain with one key.
type signer struct {
	t   testing.TB
	key ed25519.PrivateKey
}

func newSigner(t testing.TB) signer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return signer{t, key}
}

// record is the key as DNS has it.
func (s signer) record() string {
	return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(s.key.Public().(ed25519.PublicKey))
}

// sign returns the text with a signature of each domain.
func (s signer) sign(domains ...string) string {
	s.t.Helper()
	signed := text
	for _, d := range domains {
		var b bytes.Buffer
		if err := dkim.Sign(&b, strings.NewReader(signed), &dkim.SignOptions{Domain: d, Selector: "s", Signer: s.key}); err != nil {
			s.t.Fatal(err)
		}
		signed = b.String()
	}
	return signed
}

// world is what the domains of the table publish.
func world(s signer) map[string][]string {
	const spf = "v=spf1 ip4:198.51.100.0/24 -all"
	records := map[string][]string{
		"_dmarc.reject.test TXT":          {"v=DMARC1; p=reject"},
		"_dmarc.quarantine.test TXT":      {"v=DMARC1;p=quarantine;"},
		"_dmarc.watch.test TXT":           {"v=DMARC1; p=none; sp=reject"},
		"_dmarc.strict.test TXT":          {"v=DMARC1; p=reject; adkim=s; aspf=s; sp=none"},
		"_dmarc.strictdkim.test TXT":      {"v=DMARC1; p=reject; adkim=s"},
		"_dmarc.strictspf.test TXT":       {"v=DMARC1; p=reject; aspf=s"},
		"_dmarc.pct0.test TXT":            {"v=DMARC1; p=quarantine; pct=0"},
		"_dmarc.pct100.test TXT":          {"v=DMARC1; p=quarantine; pct=100"},
		"_dmarc.reject0.test TXT":         {"v=DMARC1; p=reject; pct=0"},
		"_dmarc.own.watch.test TXT":       {"v=DMARC1; p=none"},
		"_dmarc.firm.co.uk TXT":           {"v=DMARC1; p=reject"},
		"_dmarc.co.uk TXT":                {"v=DMARC1; p=reject"},
		"_dmarc.twice.test TXT":           {"v=DMARC1; p=reject", "v=DMARC1; p=none"},
		"_dmarc.beside.test TXT":          {"some text", "v=DMARC2; p=none", "v=DMARC1; p=reject"},
		"_dmarc.second.test TXT":          {"p=reject; v=DMARC1"},
		"_dmarc.nop.test TXT":             {"v=DMARC1; adkim=r"},
		"_dmarc.badsp.test TXT":           {"v=DMARC1; p=reject; sp=maybe; rua=mailto:r@badsp.test"},
		"_dmarc.odd.test TXT":             {"v = DMARC1 ; p = Reject ; pct=many ; adkim=x; ri=x; rf=x"},
		"_dmarc.broken.test TXT":          {"SERVFAIL"},
		"_dmarc.spfbroken.test TXT":       {"v=DMARC1; p=reject"},
		"_dmarc.keybroken.test TXT":       {"v=DMARC1; p=reject"},
		"_dmarc.orgbroken.test TXT":       {"SERVFAIL"},
		"spfbroken.test TXT":              {"SERVFAIL"},
		"s._domainkey.keybroken.test TXT": {"SERVFAIL"},
		"watchbroken.test TXT":            {"SERVFAIL"},
		"permerror.test TXT":              {"v=spf1 nonsense:x -all"},
		"twospf.test TXT":                 {spf, spf},
		"void.test TXT":                   {"v=spf1 a:v1.test a:v2.test a:v3.test ip4:198.51.100.0/24 -all"},
		"void2.test TXT":                  {"v=spf1 a:v1.test a:v2.test ip4:198.51.100.0/24 -all"},
		"loop.test TXT":                   {"v=spf1 include:loop.test -all"},
		"many.test TXT":                   {"v=spf1 " + strings.Repeat("exists:e.many.test ", 11) + "ip4:198.51.100.0/24 -all"},
		"e.many.test A":                   nil,
		"soft.test TXT":                   {"v=spf1 ip4:198.51.100.0/24 ~all"},
		"mx.test TXT":                     {"v=spf1 mx -all"},
		"mx.test MX":                      {"10 out.mx.test."},
		"out.mx.test A":                   {"198.51.100.1"},
		"out.mx.test AAAA":                nil,
		"incbroken.test TXT":              {"v=spf1 include:watchbroken.test -all"},
		"xn--bcher-kva.test TXT":          {spf},
		"helo.corp.test TXT":              {spf},
		"keybroken.test TXT":              {spf},
	}
	for _, d := range []string{"corp.test", "mail.corp.test", "other.test", "reject.test", "mail.reject.test", "quarantine.test", "sub.watch.test", "watch.test",
		"strict.test", "mail.strict.test", "strictdkim.test", "mail.strictdkim.test", "strictspf.test", "mail.strictspf.test", "firm.co.uk", "mail.firm.co.uk",
		"rival.co.uk", "co.uk", "twice.test", "pct100.test", "broken.test", "mail.broken.test"} {
		records[d+" TXT"] = []string{spf}
		records["s._domainkey."+d+" TXT"] = []string{s.record()}
	}
	return records
}

// TestCheck is the table of what proves an author, and what follows if
// nothing does.
func TestCheck(t *testing.T) {
	s := newSigner(t)
	c := &Checker{Trusted: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, Resolver: newZone(t, world(s)).resolver()}

	for _, x := range []struct {
		name   string
		from   string // domain
		peer   netip.Addr
		sender string
		signed []string
		want   Verdict
		reason string
	}{
		{"trusted network", "corp.test", inside, "", nil, Proven, "trusted network"},
		{"trusted network, as IPv6", "corp.test", netip.AddrFrom16(inside.As16()), "", nil, Proven, "trusted network"},
		{"no domain", "", outside, "", nil, Unprovable, "no author"},
		{"nothing published", "bare.test", outside, "a@bare.test", nil, Unprovable, "spf=none dkim=none dmarc=none"},

		{"DKIM", "corp.test", outside, "a@unused.test", []string{"corp.test"}, Proven, "spf=unaligned dkim=pass dmarc=none"},
		{"DKIM of a subdomain", "corp.test", outside, "", []string{"mail.corp.test"}, Proven, ""},
		{"DKIM of the parent", "mail.corp.test", outside, "", []string{"corp.test"}, Proven, ""},
		{"DKIM of another domain", "corp.test", outside, "", []string{"other.test"}, Unprovable, "spf=none dkim=unaligned dmarc=none"},
		{"DKIM without a key", "corp.test", outside, "", []string{"unknown.corp.test"}, Unprovable, "spf=none dkim=permerror dmarc=none"},
		{"several signatures, one aligned", "corp.test", outside, "", []string{"corp.test", "other.test", "mail.firm.co.uk"}, Proven, "spf=none dkim=pass dmarc=none"},
		{"several signatures, one broken", "corp.test", outside, "", []string{"corp.test", "unknown.corp.test"}, Proven, "spf=none dkim=pass dmarc=none"},
		{"several signatures, none aligned", "reject.test", outside, "", []string{"corp.test", "other.test"}, Failed, ""},
		{"an aligned signature behind four others", "corp.test", outside, "",
			[]string{"corp.test", "other.test", "other.test", "other.test", "other.test"}, Proven, ""},
		{"an aligned signature behind five others", "corp.test", outside, "",
			[]string{"corp.test", "other.test", "other.test", "other.test", "other.test", "other.test"}, Unprovable, ""},

		{"SPF", "corp.test", sends, "bounce@corp.test", nil, Proven, "spf=pass dmarc=none"},
		{"SPF of a subdomain", "corp.test", sends, "bounce@mail.corp.test", nil, Proven, ""},
		{"SPF of another domain", "corp.test", sends, "x@other.test", nil, Unprovable, "spf=unaligned dkim=none dmarc=none"},
		{"SPF of two domains in one address", "corp.test", sends, "x@other.test@corp.test", nil, Proven, ""},
		{"SPF fails", "corp.test", outside, "a@corp.test", nil, Unprovable, "spf=fail dkim=none dmarc=none"},
		{"SPF softly fails", "soft.test", outside, "a@soft.test", nil, Unprovable, "spf=softfail dkim=none dmarc=none"},
		{"SPF by MX", "mx.test", sends, "a@mx.test", nil, Proven, ""},
		{"SPF in capitals", "corp.test", sends, "A@CORP.TEST", nil, Proven, ""},
		{"SPF of an international domain", "xn--bcher-kva.test", sends, "a@bücher.test", nil, Proven, ""},
		{"SPF permerror", "permerror.test", sends, "a@permerror.test", nil, Unprovable, "spf=permerror dkim=none dmarc=none"},
		{"two SPF records", "twospf.test", sends, "a@twospf.test", nil, Unprovable, "spf=permerror dkim=none dmarc=none"},
		{"SPF with three void look-ups", "void.test", sends, "a@void.test", nil, Unprovable, "spf=permerror dkim=none dmarc=none"},
		{"SPF with two void look-ups", "void2.test", sends, "a@void2.test", nil, Proven, ""},
		{"SPF that includes itself", "loop.test", sends, "a@loop.test", nil, Unprovable, "spf=permerror dkim=none dmarc=none"},
		{"SPF with eleven look-ups", "many.test", sends, "a@many.test", nil, Unprovable, "spf=permerror dkim=none dmarc=none"},

		{"p=reject", "reject.test", outside, "a@reject.test", nil, Failed, "spf=fail dkim=none dmarc=fail policy=reject"},
		{"p=reject, SPF passes", "reject.test", sends, "a@reject.test", nil, Proven, "spf=pass dmarc=pass"},
		{"p=reject, DKIM passes", "reject.test", outside, "", []string{"reject.test"}, Proven, "spf=none dkim=pass dmarc=pass"},
		{"p=reject, both pass for others", "reject.test", sends, "a@corp.test", []string{"other.test"}, Failed, ""},
		{"p=reject, of the organisation", "deep.sub.reject.test", outside, "", nil, Failed, ""},
		{"p=quarantine", "quarantine.test", outside, "", nil, Failed, "spf=none dkim=none dmarc=fail policy=quarantine"},
		{"p=none", "watch.test", outside, "", nil, Unprovable, "spf=none dkim=none dmarc=fail"},
		{"sp=reject", "sub.watch.test", outside, "", nil, Failed, ""},
		{"sp=reject, DKIM passes", "sub.watch.test", outside, "", []string{"watch.test"}, Proven, ""},
		{"its own p=none above sp=reject", "own.watch.test", outside, "", nil, Unprovable, ""},
		{"sp=none below p=reject", "sub.strict.test", outside, "", nil, Unprovable, ""},

		{"strict, the same domain signs", "strict.test", outside, "", []string{"strict.test"}, Proven, ""},
		{"strict, a subdomain signs", "strict.test", outside, "", []string{"mail.strict.test"}, Failed, "spf=none dkim=unaligned dmarc=fail policy=reject"},
		{"strict, the same domain sends", "strict.test", sends, "a@strict.test", nil, Proven, ""},
		{"strict, a subdomain sends", "strict.test", sends, "a@mail.strict.test", nil, Failed, ""},
		{"adkim=s, a subdomain signs", "strictdkim.test", outside, "", []string{"mail.strictdkim.test"}, Failed, ""},
		{"adkim=s, a subdomain sends", "strictdkim.test", sends, "a@mail.strictdkim.test", nil, Proven, ""},
		{"aspf=s, a subdomain signs", "strictspf.test", outside, "", []string{"mail.strictspf.test"}, Proven, ""},
		{"aspf=s, a subdomain sends", "strictspf.test", sends, "a@mail.strictspf.test", nil, Failed, ""},

		{"co.uk: of the organisation", "firm.co.uk", outside, "", []string{"mail.firm.co.uk"}, Proven, ""},
		{"co.uk: of another organisation", "firm.co.uk", sends, "a@rival.co.uk", []string{"rival.co.uk"}, Failed, ""},
		{"co.uk: of the registry", "firm.co.uk", sends, "a@co.uk", []string{"co.uk"}, Failed, ""},
		{"co.uk: the registry's policy is nobody's", "rival.co.uk", outside, "", nil, Unprovable, "spf=none dkim=none dmarc=none"},

		{"pct=0 of quarantine", "pct0.test", outside, "", nil, Unprovable, ""},
		{"pct=100", "pct100.test", outside, "", nil, Failed, ""},
		{"pct=0 of reject is quarantine", "reject0.test", outside, "", nil, Failed, "spf=none dkim=none dmarc=fail policy=quarantine"},
		{"two DMARC records", "twice.test", outside, "", nil, Unprovable, "spf=none dkim=none dmarc=none"},
		{"two DMARC records, SPF passes", "twice.test", sends, "a@twice.test", nil, Proven, ""},
		{"other records beside", "beside.test", outside, "", nil, Failed, ""},
		{"v is not first", "second.test", outside, "", nil, Unprovable, ""},
		{"no p", "nop.test", outside, "", nil, Unprovable, ""},
		{"no valid sp, but reports", "badsp.test", outside, "", nil, Unprovable, "spf=none dkim=none dmarc=fail"},
		{"faults beside p", "odd.test", outside, "", nil, Failed, ""},

		{"the policy is not known", "broken.test", outside, "", nil, Unknown, "spf=none dkim=none dmarc=temperror"},
		{"the policy is not known, the same domain signs", "broken.test", outside, "", []string{"broken.test"}, Proven, ""},
		{"the policy is not known, a subdomain signs", "broken.test", outside, "", []string{"mail.broken.test"}, Unknown, ""},
		{"the policy is not known, a subdomain sends", "broken.test", sends, "a@mail.broken.test", nil, Unknown, ""},
		{"the organisation's policy is not known", "sub.orgbroken.test", outside, "", nil, Unknown, ""},
		{"SPF temperror", "spfbroken.test", outside, "a@spfbroken.test", nil, Unknown, "spf=temperror dkim=none dmarc=temperror"},
		{"SPF temperror without a policy", "watchbroken.test", outside, "a@watchbroken.test", nil, Unknown, ""},
		{"SPF temperror of an include", "incbroken.test", outside, "a@incbroken.test", nil, Unknown, ""},
		{"SPF temperror of another domain", "reject.test", outside, "a@spfbroken.test", nil, Failed, ""},
		{"the key is not known", "keybroken.test", outside, "", []string{"keybroken.test"}, Unknown, "spf=none dkim=temperror dmarc=temperror"},
		{"another domain's key is not known", "reject.test", outside, "", []string{"keybroken.test"}, Failed, ""},
		{"the key is not known, SPF passes", "keybroken.test", sends, "a@keybroken.test", []string{"keybroken.test"}, Proven, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			msg := s.sign(x.signed...)
			got, reason := opine(t.Context(), c, Evidence{
				Domain: x.from, PeerIP: x.peer, Helo: "[203.0.113.9]", MailFrom: x.sender,
				Header: message.ParseHeader([]byte(msg)), Message: strings.NewReader(msg),
			})
			if got != x.want || x.reason != "" && reason != x.reason {
				t.Errorf("%v (%s), want %v (%s)", got, reason, x.want, x.reason)
			}
		})
	}
}

func TestTheNullSenderIsItsHELO(t *testing.T) {
	c := &Checker{Resolver: newZone(t, map[string][]string{"mail.corp.test TXT": {"v=spf1 ip4:198.51.100.1 -all"}}).resolver()}
	for helo, want := range map[string]Verdict{"mail.corp.test": Proven, "other.test": Unprovable, "[198.51.100.1]": Unprovable, "corp": Unprovable, "": Unprovable} {
		got, reason := opine(t.Context(), c, Evidence{Domain: "corp.test", PeerIP: sends, Helo: helo, Message: strings.NewReader(text)})
		if got != want {
			t.Errorf("HELO %q: %v (%s), want %v", helo, got, reason, want)
		}
	}
}

func TestAChangedTextIsNotProven(t *testing.T) {
	s := newSigner(t)
	c := &Checker{Resolver: newZone(t, world(s)).resolver()}
	changed := strings.Replace(s.sign("reject.test"), "Bonjour", "Bonsoir", 1)
	if got, reason := opine(t.Context(), c, Evidence{Domain: "reject.test", PeerIP: outside, Message: strings.NewReader(changed)}); got != Failed {
		t.Errorf("%v (%s), want failed", got, reason)
	}
}

func TestAFaultOfOurDiskIsNoVerdict(t *testing.T) {
	s := newSigner(t)
	c := &Checker{Resolver: newZone(t, world(s)).resolver()}
	for _, signed := range []string{text, text[:20], s.sign("reject.test"), s.sign("reject.test", "mail.reject.test")} {
		msg := io.MultiReader(strings.NewReader(signed[:len(signed)-2]), iotest.ErrReader(errors.New("the disk is gone")))
		if got, reason := opine(t.Context(), c, Evidence{Domain: "reject.test", PeerIP: outside, Message: msg}); got != Unknown {
			t.Errorf("%v (%s), want unknown", got, reason)
		}
	}
}

func TestAFetchedMessageIsCheckedByDKIM(t *testing.T) {
	s := newSigner(t)
	c := &Checker{AuthservID: "mx.boxes.test", Resolver: newZone(t, world(s)).resolver()}
	for domain, want := range map[string]Verdict{"reject.test": Proven, "corp.test": Unprovable, "quarantine.test": Unprovable, "broken.test": Unknown} {
		got, reason := opine(t.Context(), c, Evidence{Domain: domain, MailFrom: "a@" + domain, Message: strings.NewReader(s.sign("reject.test"))})
		if got != want || strings.Contains(reason, "spf=") {
			t.Errorf("%s: %v (%s), want %v", domain, got, reason, want)
		}
	}
}

// opine checks a message and returns what matters to most tests.
func opine(ctx context.Context, c *Checker, e Evidence) (Verdict, string) {
	return told(c.Check(ctx, e))
}

func told(o Opinion) (Verdict, string) { return o.Verdict, o.Reason }

// TestWhatIsCovered tells a letter to somebody from one that anybody could have
// addressed: by what is signed, or by who handed it in.
func TestWhatIsCovered(t *testing.T) {
	s := newSigner(t)
	c := &Checker{AuthservID: "mx.boxes.test"}
	seed(&c.cache, "s._domainkey.corp.test", s.record())
	seed(&c.cache, "_dmarc.corp.test", "v=DMARC1; p=reject")
	seed(&c.cache, "corp.test", "v=spf1 ip4:198.51.100.1 -all")
	sign := func(fields ...string) string {
		var b bytes.Buffer
		if err := dkim.Sign(&b, strings.NewReader(text), &dkim.SignOptions{Domain: "corp.test", Selector: "s", Signer: s.key, HeaderKeys: fields}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	all, some := sign("From", "To", "Subject"), sign("From", "Subject")
	over := sign("From", "To", "Cc", "Cc")
	provider := "Received: from out.corp.test (out.corp.test [198.51.100.1]) by mx.boxes.test; Sun, 22 Nov 2026 10:00:00 +0000\r\n"
	for _, x := range []struct {
		name, msg string
		peer      netip.Addr
		direct    bool
		to, cc    bool // one field of each is covered
	}{
		{"To is signed", all, outside, false, true, false},
		{"To is not", some, outside, false, false, false},
		{"another To on top", "To: y@relay.test\r\n" + all, outside, false, true, false},
		{"no Cc, and none can be added", over, outside, false, true, true},
		{"To is not signed, but its own host sends it", some, sends, true, false, false},
		{"a trusted network", text, inside, true, false, false},
		{"the provider saw SPF", "Authentication-Results: mx.boxes.test; spf=pass smtp.mailfrom=corp.test; dmarc=pass header.from=corp.test\r\n" + provider + some, netip.Addr{}, true, false, false},
		{"the provider saw SPF, and nothing of the HELO", "Authentication-Results: mx.boxes.test; spf=pass smtp.mailfrom=corp.test; spf=none smtp.helo=x.test; dmarc=pass header.from=corp.test\r\n" + provider + some, netip.Addr{}, true, false, false},
		{"the provider saw SPF of a subdomain, and To is not signed", "Authentication-Results: mx.boxes.test; spf=pass smtp.mailfrom=mail.corp.test; dmarc=pass header.from=corp.test\r\n" + provider + some, netip.Addr{}, false, false, false},
		{"the provider saw DMARC, and nothing is signed", "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\r\n" + provider + text, netip.Addr{}, true, false, false},
		{"the provider saw DMARC, and a signature of nobody's", "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\r\n" + provider + "DKIM-Signature: v=1; a=rsa-sha256; d=other.test; s=x; h=From; bh=AAAA; b=AAAA\r\n" + text, netip.Addr{}, true, false, false},
		{"the provider saw DKIM, and To is signed", "Authentication-Results: mx.boxes.test; dkim=pass header.d=corp.test; dmarc=pass header.from=corp.test\r\n" + provider + all, netip.Addr{}, false, true, false},
		{"the provider saw DKIM, and To is not", "Authentication-Results: mx.boxes.test; dkim=pass header.d=corp.test; dmarc=pass header.from=corp.test\r\n" + provider + some, netip.Addr{}, false, false, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			c.Trusted = []netip.Prefix{netip.PrefixFrom(inside, 32)}
			o := c.Check(t.Context(), Evidence{Domain: "corp.test", PeerIP: x.peer, MailFrom: "alice@corp.test", Helo: "out.corp.test",
				Header: message.ParseHeader([]byte(x.msg)), Message: strings.NewReader(x.msg)})
			if o.Verdict != Proven || o.Direct != x.direct || o.Covers("to", 1) != x.to || o.Covers("cc", 1) != x.cc {
				t.Errorf("%v (%s), direct %v, covers To %v and Cc %v", o.Verdict, o.Reason, o.Direct, o.Covers("to", 1), o.Covers("cc", 1))
			}
			if o.Covers("to", 2) || o.Covers("to", 0) {
				t.Error("covers what it does not")
			}
		})
	}
}
