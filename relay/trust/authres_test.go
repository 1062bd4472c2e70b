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

// TestAuthenticationResults checks what is believed of the provider's word.
// Alone, the message is from a domain that asks for nothing.
func TestAuthenticationResults(t *testing.T) {
	z := newZone(t, map[string][]string{
		"_dmarc.strict.test TXT": {"v=DMARC1; p=none; adkim=s; aspf=s"},
	})
	c := &Checker{AuthservID: "mx.boxes.test", Resolver: z.resolver()}
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
		{"DMARC failed", field("mx.boxes.test; dkim=pass header.d=corp.test; dmarc=fail header.from=corp.test"), Failed},
		{"DMARC failed, of whom is not said", field("mx.boxes.test; dmarc=fail"), Failed},
		{"DMARC of another domain", field("mx.boxes.test; dmarc=pass header.from=other.test"), Unprovable},
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
		{"a property of no type", field("mx.boxes.test; dmarc=pass from=corp.test"), Unprovable},
		{"another version", field("mx.boxes.test 2; dmarc=pass header.from=corp.test"), Unprovable},
		{"another version of a method", field("mx.boxes.test; dmarc/2=pass header.from=corp.test"), Unprovable},

		{"above all of the provider's trace", believed + internal + border + foreign, Proven},
		{"below the provider's own trace", "Delivered-To: a@boxes.test\r\n" + unnamed + internal + "Return-Path: <a@corp.test>\r\n" + border + believed + foreign, Proven},
		{"between two of the provider's", internal + believed + border, Proven},
		{"below a delivery by LMTP, to a store of another name", strings.Replace(internal, "store.boxes.test", "post.test", 1) + believed + border, Proven},
		{"below a second delivery by LMTP, of another name", border + strings.Replace(internal, "store.boxes.test", "post.test", 1) + believed, Unprovable},
		{"below a Received of the sender", border + foreign + believed, Unprovable},
		{"below a Received that names our provider, by the sender", border + forged + believed, Unprovable},
		{"below a Received of somebody else alone", foreign + believed, Unprovable},
		{"below a Received that is none", "Received: nonsense\r\n" + believed, Unprovable},
		{"below two of strangers", internal + border + foreign + foreign + believed, Unprovable},
		{"a name from inside at an address from outside", strings.Replace(border, "out.corp.test", "mx1.boxes.test", 2) + forged + believed, Unprovable},
	} {
		t.Run(x.name, func(t *testing.T) {
			e := Evidence{Domain: "corp.test", Header: message.ParseHeader([]byte(x.header + text)), Message: strings.NewReader(x.header + text)}
			if got, reason := c.Check(t.Context(), e); got != x.want {
				t.Errorf("%v (%s), want %v", got, reason, x.want)
			}
			e.PeerIP = netip.MustParseAddr("198.51.100.9")
			e.Message = strings.NewReader(x.header + text)
			if got, reason := c.Check(t.Context(), e); got != Unprovable {
				t.Errorf("through SMTP, where anybody may say so: %v (%s)", got, reason)
			}
		})
	}
	strict := believed[:len("Authentication-Results: mx.boxes.test; ")] + "dkim=pass header.d=mail.strict.test\r\n"
	e := Evidence{Domain: "strict.test", Header: message.ParseHeader([]byte(strict + text)), Message: strings.NewReader(strict + text)}
	if got, reason := c.Check(t.Context(), e); got != Unprovable {
		t.Errorf("a subdomain's DKIM for a domain that aligns strictly: %v (%s)", got, reason)
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
		if s, ok := c.said(message.ParseHeader([]byte("Authentication-Results: " + value + "\r\n"))); ok && !strings.EqualFold(s.server, "mx.other.test") {
			t.Errorf("%q is believed to be of mx.other.test", value)
		}
	})
}
