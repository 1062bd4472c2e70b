package trust

import (
	"net/netip"
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

const (
	border   = "Received: from out.corp.test (out.corp.test [192.0.2.1]) (using TLSv1.3) by mx1.boxes.test (Postfix) with ESMTPS id 1; Sun, 22 Nov 2026 10:00:00 +0100\r\n"
	internal = "Received: from mx1.boxes.test (mx1.boxes.test [10.0.0.5])\r\n (using TLSv1.3 with cipher X) by store.boxes.test with LMTP id 2; Sun, 22 Nov 2026 10:00:01 +0100\r\n"
	unnamed  = "Received: by 2001:db8::7 with SMTP id 3; Sun, 22 Nov 2026 10:00:01 +0100\r\n"
	foreign  = "Received: from pc by out.corp.test; Sun, 22 Nov 2026 09:59:00 +0100\r\n"
	forged   = "Received: from out.corp.test ([192.0.2.1]) by mx1.boxes.test; Sun, 22 Nov 2026 09:59:00 +0100\r\n"
	believed = "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\r\n"
)

// TestAuthenticationResults is the table of what is believed of a provider's
// word about a message that was fetched from it. Alone, the message is from a
// domain that asks for nothing. Through SMTP, none of it is believed.
func TestAuthenticationResults(t *testing.T) {
	c := &Checker{AuthservID: "mx.boxes.test", Resolver: newZone(t, nil).resolver()}
	field := func(value string) string { return "Authentication-Results: " + value + "\r\n" }
	for _, x := range []struct {
		name   string
		header string
		want   Verdict
	}{
		{"DMARC passed", believed, Proven},
		{"its name in capitals, and a version", field("MX.Boxes.test 1; DMARC=Pass header.from=CORP.test"), Proven},
		{"an address as header.from", field("mx.boxes.test; dmarc=pass header.from=alice@corp.test"), Proven},
		{"comments, and folded", field("mx.boxes.test (hello);\r\n\tdmarc=pass (p=REJECT dis=NONE) header.from=corp.test"), Proven},
		{"as Gmail writes it", field("mx.boxes.test;\r\n dkim=pass header.i=@corp.test header.s=s header.b=\"ab/c+d=\";\r\n spf=neutral (x: 192.0.2.1 is neither) smtp.mailfrom=a@elsewhere.test"), Proven},
		{"DKIM passed", field("mx.boxes.test; dkim=pass header.d=corp.test"), Proven},
		{"DKIM of a subdomain", field("mx.boxes.test; dkim=pass header.d=mail.corp.test"), Proven},
		{"the second of two signatures", field("mx.boxes.test; dkim=pass header.d=list.test; dkim=pass header.d=corp.test"), Proven},
		{"SPF passed", field("mx.boxes.test; spf=pass smtp.mailfrom=alice@corp.test"), Proven},
		{"SPF passed, quoted", field(`mx.boxes.test; spf=pass smtp.mailfrom="a b;"@corp.test`), Proven},
		{"SPF passed, an at sign in quotes", field(`mx.boxes.test; spf=pass smtp.mailfrom="x@other.test"@corp.test`), Proven},
		{"DMARC failed", field("mx.boxes.test; dkim=pass header.d=corp.test; dmarc=fail header.from=corp.test"), Unprovable},
		{"DMARC failed, of whom is not said", field("mx.boxes.test; dkim=pass header.d=corp.test; dmarc=fail"), Unprovable},
		{"DMARC failed and passed", field("mx.boxes.test; dmarc=pass header.from=corp.test; dmarc=fail header.from=corp.test"), Unprovable},
		{"DMARC failed, then passed", field("mx.boxes.test; dmarc=fail header.from=corp.test; dmarc=pass header.from=corp.test"), Unprovable},
		{"DMARC passed, and another's is not known", field("mx.boxes.test; dmarc=pass header.from=corp.test; dmarc=none header.from=other.test"), Proven},
		{"DMARC failed for a subdomain", field("mx.boxes.test; dmarc=fail header.from=mail.corp.test; dkim=pass header.d=corp.test"), Proven},
		{"DMARC failed for another domain", field("mx.boxes.test; dmarc=fail header.from=other.test; dkim=pass header.d=corp.test"), Proven},
		{"DMARC of another domain", field("mx.boxes.test; dmarc=pass header.from=other.test"), Unprovable},
		{"DMARC of a subdomain", field("mx.boxes.test; dmarc=pass header.from=mail.corp.test"), Unprovable},
		{"DMARC of the organisation", field("mx.boxes.test; dmarc=pass header.from=test"), Unprovable},
		{"DMARC of nobody", field("mx.boxes.test; dmarc=pass"), Unprovable},
		{"DKIM of another domain", field("mx.boxes.test; dkim=pass header.d=other.test"), Unprovable},
		{"DKIM failed", field("mx.boxes.test; dkim=fail header.d=corp.test"), Unprovable},
		{"SPF of the HELO", field("mx.boxes.test; spf=pass smtp.helo=corp.test"), Unprovable},
		{"SPF of another domain", field(`mx.boxes.test; spf=pass smtp.mailfrom="x@corp.test"@other.test`), Unprovable},
		{"nothing checked", field("mx.boxes.test; none"), Unprovable},
		{"no field", "", Unprovable},

		{"somebody else says so", field("mx.evil.test; dmarc=pass header.from=corp.test"), Unprovable},
		{"somebody whose name begins alike", field("mx.boxes.test.evil.test; dmarc=pass header.from=corp.test"), Unprovable},
		{"our provider under somebody else's", field("mx.evil.test; none") + believed, Proven},
		{"the sender's own under our provider's", field("mx.boxes.test; none") + believed, Unprovable},
		{"the sender's own under a malformed one of our provider", field("mx.boxes.test; dmarc=") + believed, Unprovable},
		{"in a comment", field("mx.boxes.test; spf=none (x; dmarc=pass header.from=corp.test)"), Unprovable},
		{"in a nested comment", field("mx.boxes.test; spf=none (x (y) ; dmarc=pass header.from=corp.test )"), Unprovable},
		{"in a quoted string", field(`mx.boxes.test; spf=none smtp.mailfrom="x; dmarc=pass header.from=corp.test"`), Unprovable},
		{"in a reason", field(`mx.boxes.test; spf=fail reason="; dmarc=pass header.from=corp.test" smtp.mailfrom=x@other.test`), Unprovable},
		{"as the id's comment", field("mx.evil.test (mx.boxes.test); dmarc=pass header.from=corp.test"), Unprovable},
		{"a comment that does not end", field("mx.boxes.test; dmarc=pass header.from=corp.test (x"), Unprovable},
		{"a string that does not end", field(`mx.boxes.test; dmarc=pass header.from=corp.test; spf=pass smtp.mailfrom="x`), Unprovable},
		{"header.from twice", field("mx.boxes.test; dmarc=pass header.from=other.test header.from=corp.test"), Unprovable},
		{"a result without a method", field("mx.boxes.test; =pass header.from=corp.test"), Unprovable},
		{"a property of an unknown type", field("mx.boxes.test; dmarc=pass x.y=z header.from=corp.test"), Unprovable},
		{"a property without a name", field("mx.boxes.test; dmarc=pass header.=x header.from=corp.test"), Unprovable},
		{"a property of no type", field("mx.boxes.test; dmarc=pass from=corp.test"), Unprovable},
		{"another version", field("mx.boxes.test 2; dmarc=pass header.from=corp.test"), Unprovable},
		{"another version of a method", field("mx.boxes.test; dmarc/2=pass header.from=corp.test"), Unprovable},
		{"this version of a method", field("mx.boxes.test; dmarc / 1 = pass header.from=corp.test"), Proven},
		{"no version of a method", field("mx.boxes.test; dmarc/=pass header.from=corp.test"), Unprovable},
		{"a result without a method, beside one", field("mx.boxes.test; =pass; dmarc=pass header.from=corp.test"), Unprovable},
		{"a result without its sign", field("mx.boxes.test; dmarc pass header.from=corp.test"), Unprovable},
		{"a property without its sign", field("mx.boxes.test; dmarc=pass header.from corp.test"), Unprovable},
		{"no semicolon behind the version", field("mx.boxes.test 1 dmarc=pass header.from=corp.test"), Unprovable},
		{"a method that is called none", field("mx.boxes.test; none=pass; dmarc=pass header.from=corp.test"), Proven},
		{"properties of all types", field("mx.boxes.test; dmarc=pass policy.a=b body.c=d dns.e=f header.from=corp.test"), Proven},
		{"a result of nothing", field("mx.boxes.test; dmarc= ; dkim=pass header.d=corp.test"), Unprovable},
		{"nothing between semicolons", field("mx.boxes.test;; dkim=pass header.d=corp.test"), Unprovable},
		{"a semicolon at the end", field("mx.boxes.test; dkim=pass header.d=corp.test; "), Proven},
		{"none beside a result", field("mx.boxes.test; none; dmarc=pass header.from=corp.test"), Proven},
		{"an escape in a comment", field(`mx.boxes.test; spf=none (\) ; dmarc=pass header.from=corp.test)`), Unprovable},
		{"an escaped bracket in a comment that ends", field(`mx.boxes.test (\() ; dmarc=pass header.from=corp.test`), Proven},
		{"a comment that an escape ends", field(`mx.boxes.test; dmarc=pass header.from=corp.test (x\`), Unprovable},
		{"an escape in a string", field(`mx.boxes.test; spf=none smtp.mailfrom="x\"; dmarc=pass header.from=corp.test; y=\""`), Unprovable},
		{"an escape that ends a string", field(`mx.boxes.test; dmarc=pass reason="x\`), Unprovable},
		{"an escape outside", field(`mx.boxes.test; dmarc=pass header.from=corp\.test`), Unprovable},
		{"a bracket that closes nothing", field("mx.boxes.test); dmarc=pass header.from=corp.test"), Unprovable},
		{"a bracket that closes nothing, at the end", field("mx.boxes.test; dmarc=pass header.from=corp.test )"), Unprovable},
		{"a bracket that closes nothing, in a value", field("mx.boxes.test; spf=none smtp.mailfrom=x); dmarc=pass header.from=corp.test"), Unprovable},
		{"an escape outside, in a value", field(`mx.boxes.test; spf=none smtp.mailfrom=x\y; dmarc=pass header.from=corp.test`), Unprovable},
		{"a control character in a value", field("mx.boxes.test; spf=none smtp.mailfrom=x\x7f; dmarc=pass header.from=corp.test"), Unprovable},
		{"a comment right behind a word", field("mx.boxes.test; dmarc=pass(p=none)header.from=corp.test"), Proven},
		{"a nested comment that ends", field("mx.boxes.test; dmarc=pass (a (b) c) header.from=corp.test"), Proven},
		{"tabs between words", field("mx.boxes.test;\tdmarc=pass\theader.from=corp.test"), Proven},
		{"a control character", field("mx.boxes.test; dmarc=pass header.from=corp.test\x7f"), Unprovable},
		{"the id in quotes", field(`"mx.boxes.test"; dmarc=pass header.from=corp.test`), Proven},
		{"the id escaped in quotes", field(`"mx.\boxes.test"; dmarc=pass header.from=corp.test`), Proven},
		{"a quoted semicolon in the id", field(`"mx.boxes.test;x"; dmarc=pass header.from=corp.test`), Unprovable},
		{"an id with a dot at its end", field("mx.boxes.test.; dmarc=pass header.from=corp.test"), Unprovable},
		{"a dot at the end of the domain", field("mx.boxes.test; dmarc=pass header.from=corp.test."), Proven},
		{"a reason before the properties", field(`mx.boxes.test; dmarc=pass reason="ok" header.from=corp.test`), Proven},
		{"a reason after the properties", field(`mx.boxes.test; dmarc=pass header.from=corp.test reason="ok"`), Unprovable},
		{"white space around a property's dot", field("mx.boxes.test; dmarc=pass Header . From (x) = corp.test"), Proven},
		{"white space behind a property's dot", field("mx.boxes.test; dmarc=pass header. from=corp.test"), Proven},
		{"8-bit octets in a comment", field("mx.boxes.test (caf\xe9 \xff); dmarc=pass header.from=corp.test"), Proven},
		{"8-bit octets in a domain", field("mx.boxes.test; dmarc=pass header.from=corp.test\xff"), Unprovable},
		{"8-bit octets in the id", field("mx.boxes.test\xff; dmarc=pass header.from=corp.test"), Unprovable},
		{"folded everywhere", field("\r\n mx.boxes.test\r\n ;\r\n dmarc\r\n =\r\n pass\r\n header.from=\r\n corp.test"), Proven},
		{"folded inside a word", field("mx.boxes.test; dmarc=pass header.from=cor\r\n p.test"), Unprovable},
		{"of ARC", "ARC-Authentication-Results: i=1; mx.boxes.test; dmarc=pass header.from=corp.test\r\n", Unprovable},
		{"of ARC, above our provider's", "ARC-Authentication-Results: i=1; mx.boxes.test; dmarc=fail header.from=corp.test\r\n" + believed, Proven},
		{"under a name like it", "X-Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\r\n", Unprovable},
		{"two of our provider, the upper without DMARC", field("mx.boxes.test; spf=fail smtp.mailfrom=a@corp.test") + believed, Unprovable},
		{"empty", field(""), Unprovable},
		{"the id alone", field("mx.boxes.test"), Unprovable},

		{"above all of the provider's trace", believed + internal + border + foreign, Proven},
		{"below the provider's own trace", "Delivered-To: a@boxes.test\r\n" + unnamed + internal + "Return-Path: <a@corp.test>\r\n" + border + believed + foreign, Proven},
		{"below hosts of the provider in capitals", strings.ToUpper(internal) + strings.Replace(border, "mx1.boxes.test", "MX1.Boxes.TEST", 1) + believed + foreign, Proven},
		{"below a hop by TLS as Exim writes it", strings.Replace(internal, "using TLSv1.3", "TLS1.3", 1) + border + believed, Proven},
		{"below a host that is called like TLS", strings.Replace(border, "out.corp.test (out.corp.test [192.0.2.1])", "TLSv1.corp.test (unknown)", 1) + forged + believed, Unprovable},
		{"between two of the provider's", internal + believed + border, Proven},
		{"below a delivery by LMTP, to a store of another name", strings.Replace(internal, "store.boxes.test", "post.test", 1) + believed + border, Proven},
		{"below a second delivery by LMTP, of another name", border + strings.Replace(internal, "store.boxes.test", "post.test", 1) + believed, Unprovable},
		{"below a delivery by LMTP within, of another name", unnamed + strings.Replace(internal, "store.boxes.test", "post.test", 1) + believed, Unprovable},
		{"below a delivery by LMTP to nobody", strings.Replace(internal, "by store.boxes.test ", "", 1) + believed, Unprovable},
		{"below a host that says nothing to the outside", strings.Replace(internal, "store.boxes.test with LMTP", "localhost with ESMTP", 1) + border + believed, Proven},
		{"below a host whose name ends alike", strings.Replace(border, "mx1.boxes.test", "mx.evilboxes.test", 1) + believed, Unprovable},
		{"below a Received of the sender", border + foreign + believed, Unprovable},
		{"below a Received that names our provider, by the sender", border + forged + believed, Unprovable},
		{"below a Received of somebody else alone", foreign + believed, Unprovable},
		{"below a Received that is none", "Received: nonsense\r\n" + believed, Unprovable},
		{"below two of strangers", internal + border + foreign + foreign + believed, Unprovable},
		{"a hop without the word from", "Received: out.corp.test by mx1.boxes.test; x\r\n" + forged + believed, Unprovable},
		{"a name from outside at an address from inside", strings.Replace(border, "192.0.2.1", "10.0.0.9", 1) + forged + believed, Unprovable},
		{"a name from inside at an IPv6 address from outside", "Received: from mx2.boxes.test (mx2.boxes.test [IPv6:2001:db8::9]) by mx1.boxes.test with ESMTP; x\r\n" + forged + believed, Unprovable},
		{"a name from inside at an IPv6 address from inside", "Received: from mx2.boxes.test (mx2.boxes.test [IPv6:fd00::9]) by mx1.boxes.test with ESMTP; x\r\n" + border + believed, Proven},
		{"the provider's own host at an IPv6 address", "Received: from localhost (localhost [::1]) by IPv6:fd00::1 with ESMTP; x\r\n" + border + believed, Proven},
		{"a name from inside at an address from outside", strings.Replace(border, "out.corp.test", "mx1.boxes.test", 2) + forged + believed, Unprovable},
	} {
		t.Run(x.name, func(t *testing.T) {
			e := Evidence{Domain: "corp.test", Header: message.ParseHeader([]byte(x.header + text)), Message: strings.NewReader(x.header + text)}
			if got, reason := opine(t.Context(), c, e); got != x.want {
				t.Errorf("%v (%s), want %v", got, reason, x.want)
			}
			e.PeerIP = netip.MustParseAddr("198.51.100.9")
			e.Message = strings.NewReader(x.header + text)
			if got, reason := opine(t.Context(), c, e); got != Unprovable {
				t.Errorf("through SMTP, where anybody may say so: %v (%s)", got, reason)
			}
		})
	}
}

// TestTheConfiguredIDMayBeInCapitals checks that the case of the id does not
// matter, neither in the field nor for the hosts of its domain.
func TestTheConfiguredIDMayBeInCapitals(t *testing.T) {
	h := message.ParseHeader([]byte(internal + border + believed))
	for _, id := range []string{"mx.boxes.test", "MX.Boxes.TEST"} {
		if s := (&Checker{AuthservID: id}).said(h); len(s.results) != 1 {
			t.Errorf("%s: nothing is said", id)
		}
	}
}

// TestWhatFollowsFromAProvidersWord checks the word against the policy of the
// From domain, and against a signature of that domain.
func TestWhatFollowsFromAProvidersWord(t *testing.T) {
	s := newSigner(t)
	records := world(s)
	records["_dmarc.quarantine0.test TXT"] = []string{"v=DMARC1; p=quarantine; pct=0"}
	resolver := newZone(t, records).resolver()
	if s := (&Checker{}).said(message.ParseHeader([]byte("Authentication-Results: ; dmarc=pass\r\n" + believed))); s.server != "" {
		t.Errorf("nobody is configured, and %q is believed", s.server)
	}
	for _, x := range []struct {
		name   string
		from   string
		word   string // the results; empty: there is no field
		signed string
		want   Verdict
		reason string
	}{
		{"DMARC fails, p=reject", "reject.test", "dmarc=fail header.from=reject.test", "", Failed, "provider: dmarc=fail dmarc=fail policy=reject"},
		{"DMARC fails, p=quarantine", "quarantine.test", "dmarc=fail header.from=quarantine.test", "", Failed, ""},
		{"DMARC fails, p=quarantine for nobody yet", "quarantine0.test", "dmarc=fail header.from=quarantine0.test", "", Unprovable, ""},
		{"DMARC fails, p=none", "watch.test", "dmarc=fail header.from=watch.test", "", Unprovable, "provider: dmarc=fail dmarc=fail"},
		{"DMARC fails, sp=reject", "sub.watch.test", "dmarc=fail header.from=sub.watch.test", "", Failed, ""},
		{"DMARC fails, no policy any more", "bare.test", "dmarc=fail header.from=bare.test", "", Unprovable, "provider: dmarc=fail dmarc=none"},
		{"DMARC fails, the policy is not known", "broken.test", "dmarc=fail header.from=broken.test", "", Unknown, "provider: dmarc=fail dmarc=temperror"},
		{"DMARC fails, a signature passes, p=reject", "reject.test", "dmarc=fail header.from=reject.test", "reject.test", Failed, ""},
		{"DMARC fails, a signature passes, p=none", "watch.test", "dmarc=fail header.from=watch.test", "watch.test", Unprovable, ""},
		{"DMARC temperror, a signature passes", "reject.test", "dmarc=temperror header.from=reject.test", "reject.test", Proven, ""},
		{"DMARC none, a signature passes", "corp.test", "dmarc=none header.from=corp.test", "corp.test", Proven, "dkim=pass dmarc=none"},
		{"DMARC passes, the policy is not known", "broken.test", "dmarc=pass header.from=broken.test", "", Proven, "provider: dmarc=pass"},

		{"no word, p=reject", "reject.test", "", "", Unprovable, "dkim=none dmarc=unseen"},
		{"no word, p=reject, a signature passes", "reject.test", "", "reject.test", Proven, "dkim=pass dmarc=pass"},
		{"no word, p=none", "watch.test", "", "", Unprovable, "dkim=none dmarc=fail"},
		{"no word, no policy", "corp.test", "", "", Unprovable, "dkim=none dmarc=none"},
		{"no word, the policy is not known", "broken.test", "", "", Unknown, ""},
		{"nothing checked, p=reject", "reject.test", "none", "", Unprovable, ""},
		{"DKIM alone checked, p=reject", "reject.test", "dkim=none", "", Unprovable, "provider=none dkim=none dmarc=unseen"},
		{"SPF fails, p=reject", "reject.test", "spf=fail smtp.mailfrom=a@reject.test", "", Failed, "provider=fail dkim=none dmarc=fail policy=reject"},
		{"SPF softly fails, p=reject", "reject.test", "spf=softfail smtp.mailfrom=a@reject.test", "", Failed, ""},
		{"SPF passes for another, p=reject", "reject.test", "spf=pass smtp.mailfrom=a@other.test", "", Failed, "provider=unaligned dkim=none dmarc=fail policy=reject"},
		{"SPF temperror, p=reject", "reject.test", "spf=temperror smtp.mailfrom=a@reject.test", "", Unprovable, ""},
		{"SPF fails, and is not known of the HELO", "reject.test", "spf=fail smtp.mailfrom=a@reject.test; spf=none smtp.helo=x.test", "", Failed, ""},
		{"SPF of nobody, p=reject", "reject.test", "spf=fail", "", Unprovable, ""},
		{"SPF fails, a signature passes", "reject.test", "spf=fail smtp.mailfrom=a@reject.test", "reject.test", Proven, ""},
		{"SPF passes, of a subdomain", "reject.test", "spf=pass smtp.mailfrom=a@mail.reject.test", "", Proven, "provider=pass dmarc=pass"},
		{"SPF passes, of a subdomain, strict", "strict.test", "spf=pass smtp.mailfrom=a@mail.strict.test", "", Failed, ""},
		{"SPF passes, strict for DKIM alone", "strictdkim.test", "spf=pass smtp.mailfrom=a@mail.strictdkim.test", "", Proven, ""},
		{"DKIM passes, of a subdomain, strict", "strict.test", "dkim=pass header.d=mail.strict.test; spf=none smtp.mailfrom=a@x.test", "", Failed, ""},
		{"DKIM passes, strict for SPF alone", "strictspf.test", "dkim=pass header.d=mail.strictspf.test", "", Proven, ""},
		{"DKIM passes, by an author of a subdomain", "reject.test", "dkim=pass header.i=@mail.reject.test", "", Proven, ""},
		{"DKIM passes, by what is no domain", "reject.test", "dkim=pass header.i=reject.test@", "", Unprovable, ""},
		{"an international domain", "xn--bcher-kva.test", "dmarc=pass header.from=bücher.test", "", Proven, "provider: dmarc=pass"},
		{"an international domain, by SPF", "xn--bcher-kva.test", "spf=pass smtp.mailfrom=a@bücher.test", "", Proven, "provider: spf=pass"},
		{"DKIM of the very domain", "strict.test", "dkim=pass header.d=strict.test", "", Proven, "provider: dkim=pass"},
	} {
		t.Run(x.name, func(t *testing.T) {
			msg := strings.Replace(text, "corp.test", x.from, 1)
			c := &Checker{Resolver: resolver}
			if x.signed != "" {
				msg = seal{s.key, "ed25519-sha256", "s=s; d=" + x.signed, "from", 0}.put(t, msg)
			}
			if x.word != "" {
				c.AuthservID = "mx.boxes.test"
				msg = "Authentication-Results: mx.boxes.test; " + x.word + "\r\n" + msg
			}
			got, reason := opine(t.Context(), c, Evidence{Domain: x.from, Header: message.ParseHeader([]byte(msg)), Message: strings.NewReader(msg)})
			if got != x.want || !strings.HasPrefix(reason, x.reason) {
				t.Errorf("%v (%s), want %v (%s)", got, reason, x.want, x.reason)
			}
		})
	}
}

// FuzzAuthenticationResults checks that reading ends, that what is read of
// one field reads the same without its comments, and that a field of somebody
// else proves nothing.
func FuzzAuthenticationResults(f *testing.F) {
	for _, s := range []string{
		"mx.boxes.test; dmarc=pass (p=none) header.from=corp.test",
		"mx.boxes.test 1; none",
		`mx.boxes.test; dkim/1=pass reason="good; really" header.d=corp.test header.b="a/b+c=="; spf=pass smtp.mailfrom="a;b"@corp.test`,
		"mx.boxes.test (a (b\\)) c) ; spf = fail smtp . mailfrom = x",
		"mx.boxes.test;",
		`"mx.boxes.test"; auth=pass smtp.auth=a`,
		"; dmarc=pass header.from=corp.test",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		word, err := parseResults(value)
		if err != nil {
			if word.server != "" || word.results != nil {
				t.Errorf("%q is malformed, and says %v", value, word)
			}
			return
		}
		if word.server == "" {
			t.Errorf("%q names no server", value)
		}
		for _, r := range word.results {
			if r.method == "" || r.value == "" {
				t.Errorf("%q holds a result of nothing: %v", value, r)
			}
		}
		if again, err := parseResults("(x; dmarc=pass) " + value + " (y; dmarc=pass)"); err != nil || len(again.results) != len(word.results) {
			t.Errorf("%q between comments says %v (%v), not %v", value, again, err, word)
		}
		c := &Checker{AuthservID: "mx.other.test"}
		if s := c.said(message.ParseHeader([]byte("Authentication-Results: " + value + "\r\n"))); s.server != "" && !strings.EqualFold(s.server, "mx.other.test") {
			t.Errorf("%q is believed to be of mx.other.test", value)
		}
	})
}
