package trust

import (
	"strings"
	"testing"
)

// TestAlignment is the table of RFC 7489: what a From domain and its
// organisation publish, what SPF and DKIM came to and for which domain, and
// what follows.
func TestAlignment(t *testing.T) {
	for _, x := range []struct {
		name string
		from string
		own  string // record of the From domain
		org  string // record of its organisation, if that is another
		spf  string // result and domain
		dkim string // results and domains
		draw int
		want Verdict
		tail string // of the reason
	}{
		{"nothing", "corp.test", "", "", "", "", 0, Unprovable, "dmarc=none"},
		{"nothing, p=none", "corp.test", "p=none", "", "", "", 0, Unprovable, "dmarc=fail"},
		{"nothing, p=quarantine", "corp.test", "p=quarantine", "", "", "", 0, Failed, "policy=quarantine"},
		{"nothing, p=reject", "corp.test", "p=reject", "", "", "", 0, Failed, "policy=reject"},

		{"SPF of the same domain", "corp.test", "p=reject", "", "pass corp.test", "", 0, Proven, "dmarc=pass"},
		{"SPF of a subdomain", "corp.test", "p=reject", "", "pass mail.corp.test", "", 0, Proven, "dmarc=pass"},
		{"SPF of a subdomain, strict", "corp.test", "p=reject; aspf=s", "", "pass mail.corp.test", "", 0, Failed, "spf=unaligned dmarc=fail policy=reject"},
		{"SPF of the same domain, strict", "corp.test", "p=reject; aspf=s", "", "pass Corp.Test.", "", 0, Proven, ""},
		{"SPF of a subdomain, relaxed in so many words", "corp.test", "p=reject; aspf=r", "", "pass mail.corp.test", "", 0, Proven, ""},
		{"SPF of a subdomain, strict in capitals", "corp.test", "p=reject; aspf=S", "", "pass mail.corp.test", "", 0, Failed, ""},
		{"DKIM of a subdomain, strict in capitals", "corp.test", "p=reject; adkim=S", "", "", "pass mail.corp.test", 0, Failed, ""},
		{"SPF of the organisation", "mail.corp.test", "p=reject", "", "pass corp.test", "", 0, Proven, ""},
		{"SPF of the organisation, strict", "mail.corp.test", "p=reject; aspf=s", "", "pass corp.test", "", 0, Failed, ""},
		{"SPF of a sister", "a.corp.test", "p=reject", "", "pass b.corp.test", "", 0, Proven, ""},
		{"SPF of another", "corp.test", "p=reject", "", "pass other.test", "", 0, Failed, ""},
		{"SPF of a name that ends alike", "corp.test", "p=reject", "", "pass evilcorp.test", "", 0, Failed, ""},
		{"SPF of a name that begins alike", "corp.test", "p=reject", "", "pass corp.test.evil.test", "", 0, Failed, ""},
		{"SPF of nobody", "corp.test", "p=reject", "", "pass ", "", 0, Failed, "spf=none dmarc=fail policy=reject"},
		{"SPF softly fails", "corp.test", "p=reject", "", "softfail corp.test", "", 0, Failed, "spf=softfail dmarc=fail policy=reject"},
		{"SPF neutral", "corp.test", "p=none", "", "neutral corp.test", "", 0, Unprovable, ""},
		{"SPF temperror", "corp.test", "p=none", "", "temperror corp.test", "", 0, Unknown, "spf=temperror dmarc=temperror"},
		{"SPF temperror of another", "corp.test", "p=reject", "", "temperror other.test", "", 0, Failed, ""},
		{"SPF permerror", "corp.test", "p=reject", "", "permerror corp.test", "", 0, Failed, ""},

		{"DKIM of the same domain", "corp.test", "p=reject", "", "", "pass corp.test", 0, Proven, ""},
		{"DKIM of a subdomain", "corp.test", "p=reject", "", "", "pass mail.corp.test", 0, Proven, ""},
		{"DKIM of a subdomain, strict", "corp.test", "p=reject; adkim=s", "", "", "pass mail.corp.test", 0, Failed, "dkim=unaligned dmarc=fail policy=reject"},
		{"DKIM of the organisation", "mail.corp.test", "p=reject; adkim=r", "", "", "pass corp.test", 0, Proven, ""},
		{"DKIM of another", "corp.test", "p=quarantine", "", "", "pass other.test", 0, Failed, ""},
		{"DKIM of another and of the same", "corp.test", "p=reject", "", "", "pass other.test, pass corp.test", 0, Proven, "dkim=pass dmarc=pass"},
		{"DKIM of the same and of another", "corp.test", "p=reject", "", "", "pass corp.test, pass other.test", 0, Proven, "dkim=pass dmarc=pass"},
		{"DKIM passes, then fails", "corp.test", "p=reject", "", "", "pass corp.test, fail corp.test", 0, Proven, "dkim=pass dmarc=pass"},
		{"DKIM passes, then is not known", "corp.test", "p=reject", "", "", "pass corp.test, temperror corp.test", 0, Proven, "dkim=pass dmarc=pass"},
		{"DKIM fails, then is not known", "corp.test", "p=reject", "", "", "fail corp.test, temperror corp.test", 0, Unknown, "dkim=temperror dmarc=temperror"},
		{"DKIM is not known, then fails", "corp.test", "p=reject", "", "", "temperror corp.test, fail corp.test", 0, Unknown, "dkim=temperror dmarc=temperror"},
		{"DKIM is not known, then passes", "corp.test", "p=reject", "", "", "temperror corp.test, pass corp.test", 0, Proven, "dkim=pass dmarc=pass"},
		{"DKIM of another, then fails", "corp.test", "p=reject", "", "", "pass other.test, fail corp.test", 0, Failed, "dkim=fail dmarc=fail policy=reject"},
		{"DKIM fails, then of another", "corp.test", "p=reject", "", "", "fail corp.test, pass other.test", 0, Failed, "dkim=fail dmarc=fail policy=reject"},

		{"DKIM fails, SPF passes", "corp.test", "p=reject", "", "pass corp.test", "fail corp.test", 0, Proven, ""},
		{"DKIM passes, SPF fails", "corp.test", "p=reject", "", "fail corp.test", "pass corp.test", 0, Proven, ""},
		{"both fail", "corp.test", "p=reject", "", "fail corp.test", "fail corp.test", 0, Failed, ""},
		{"both pass for others", "corp.test", "p=reject", "", "pass other.test", "pass other.test", 0, Failed, ""},
		{"strict for SPF alone, DKIM of a subdomain", "corp.test", "p=reject; aspf=s", "", "pass m.corp.test", "pass m.corp.test", 0, Proven, "dkim=pass spf=unaligned dmarc=pass"},
		{"strict for DKIM alone, SPF of a subdomain", "corp.test", "p=reject; adkim=s", "", "pass m.corp.test", "pass m.corp.test", 0, Proven, "dkim=unaligned spf=pass dmarc=pass"},
		{"DKIM is not known, SPF passes", "corp.test", "p=reject", "", "pass corp.test", "temperror corp.test", 0, Proven, ""},
		{"DKIM is not known, SPF fails", "corp.test", "p=reject", "", "fail corp.test", "temperror corp.test", 0, Unknown, ""},

		{"sub: p of the organisation", "sub.corp.test", "", "p=reject", "", "", 0, Failed, "policy=reject"},
		{"sub: sp=none below p=reject", "sub.corp.test", "", "p=reject; sp=none", "", "", 0, Unprovable, "dmarc=fail"},
		{"sub: sp=reject below p=none", "sub.corp.test", "", "p=none; sp=reject", "", "", 0, Failed, "policy=reject"},
		{"sub: sp=quarantine below p=reject", "sub.corp.test", "", "p=reject; sp=quarantine", "", "", 0, Failed, "policy=quarantine"},
		{"sub: two levels down", "a.b.corp.test", "", "p=none; sp=reject", "", "", 0, Failed, ""},
		{"sub: its own record comes first", "sub.corp.test", "p=none", "p=reject; sp=reject", "", "", 0, Unprovable, "dmarc=fail"},
		{"sub: sp of its own record is for those below", "sub.corp.test", "p=none; sp=reject", "p=reject", "", "", 0, Unprovable, ""},
		{"sub: the organisation's alignment", "sub.corp.test", "", "p=reject; adkim=s", "", "pass corp.test", 0, Failed, ""},
		{"sub: its own broken record is a record", "sub.corp.test", "v", "p=reject", "", "", 0, Unprovable, "dmarc=none"},
		{"sp is not for the domain itself", "corp.test", "p=none; sp=reject", "", "", "", 0, Unprovable, "dmarc=fail"},
		{"sp=none is not for the domain itself", "corp.test", "p=reject; sp=none", "", "", "", 0, Failed, ""},
		{"sub: sp passes", "sub.corp.test", "", "p=none; sp=reject", "pass corp.test", "", 0, Proven, ""},

		{"pct=30, below", "corp.test", "p=reject; pct=30", "", "", "", 29, Failed, "policy=reject"},
		{"pct=30, above", "corp.test", "p=reject; pct=30", "", "", "", 30, Failed, "policy=quarantine"},
		{"pct=30 of quarantine, below", "corp.test", "p=quarantine; pct=30", "", "", "", 29, Failed, "policy=quarantine"},
		{"pct=30 of quarantine, above", "corp.test", "p=quarantine; pct=30", "", "", "", 30, Unprovable, "dmarc=fail"},
		{"pct=0 of quarantine", "corp.test", "p=quarantine; pct=0", "", "", "", 0, Unprovable, ""},
		{"pct=100 of quarantine", "corp.test", "p=quarantine; pct=100", "", "", "", 99, Failed, ""},
		{"pct=101 is none", "corp.test", "p=quarantine; pct=101", "", "", "", 99, Failed, ""},
		{"pct=-1 is none", "corp.test", "p=quarantine; pct=-1", "", "", "", 99, Failed, ""},
		{"pct of sp", "sub.corp.test", "", "p=reject; sp=quarantine; pct=0", "", "", 0, Unprovable, ""},
		{"pct=100 of none", "corp.test", "p=none; pct=100", "", "", "", 0, Unprovable, ""},

		{"co.uk: of the organisation", "mail.firm.co.uk", "", "p=reject", "pass firm.co.uk", "", 0, Proven, ""},
		{"co.uk: of a rival", "firm.co.uk", "p=reject", "", "pass rival.co.uk", "pass rival.co.uk", 0, Failed, ""},
		{"co.uk: of the registry", "firm.co.uk", "p=reject", "", "pass co.uk", "", 0, Failed, ""},
		{"github.io: of the same user", "alice.github.io", "p=reject", "", "", "pass www.alice.github.io", 0, Proven, ""},
		{"github.io: of another user", "alice.github.io", "p=reject", "", "", "pass bob.github.io", 0, Failed, ""},
		{"github.io: of all users", "alice.github.io", "p=reject", "", "", "pass github.io", 0, Failed, ""},
		{"a top-level domain, for itself", "test", "p=reject", "", "pass test", "", 0, Proven, ""},
		{"a top-level domain, for another", "corp.test", "p=reject", "", "pass test", "", 0, Failed, ""},
		{"a public suffix, for another", "co.uk", "p=reject", "", "pass com", "", 0, Failed, ""},
		{"international, as A-labels", "xn--bcher-kva.test", "p=reject", "", "", "pass mail.xn--bcher-kva.test", 0, Proven, ""},
		{"international, of another", "xn--bcher-kva.test", "p=reject", "", "", "pass bcher.test", 0, Failed, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			a := (&Checker{}).asker()
			publish := func(domain, policy string) {
				switch policy {
				case "":
					seed(a.cache, "_dmarc."+domain)
				case "v":
					seed(a.cache, "_dmarc."+domain, "v=DMARC1")
				default:
					seed(a.cache, "_dmarc."+domain, "v=DMARC1; "+policy)
				}
			}
			publish(x.from, x.own)
			if org := organisation(x.from); org != x.from {
				publish(org, x.org)
			}
			j := &judgement{domain: x.from, sawSPF: true}
			if j.policy, j.err = discover(t.Context(), a, x.from); j.err != nil {
				t.Fatal(j.err)
			}
			if x.dkim != "" {
				j.weigh("dkim", findingsOf("dkim", x.dkim))
			}
			if x.spf != "" {
				j.weigh("spf", findingsOf("spf", x.spf))
			}
			got, reason := told(j.opinion(j.verdict(x.draw)))
			if got != x.want || !strings.HasSuffix(reason, x.tail) {
				t.Errorf("%v (%s), want %v (%s)", got, reason, x.want, x.tail)
			}
		})
	}
}

func findingsOf(method, list string) []finding {
	var found []finding
	for item := range strings.SplitSeq(list, ", ") {
		if result, domain, ok := strings.Cut(item, " "); ok {
			found = append(found, finding{method: method, domain: domain, result: result})
		}
	}
	return found
}

// TestPolicies is the table of records, and of what they ask for mail of the
// domain itself and of one below it. Empty: they are no policy.
func TestPolicies(t *testing.T) {
	for _, x := range []struct {
		record     string
		own, below string
	}{
		{"v=DMARC1; p=reject", "reject", "reject"},
		{"v=DMARC1;p=none;sp=quarantine;", none, "quarantine"},
		{"v = DMARC1 ;\tP = Reject ; SP=None", "reject", none},
		{"v=DMARC1; sp=none; p=reject", "reject", none},
		{"v=DMARC1; p=reject; ruf=mailto:r@corp.test; fo=1; rf=afrf; ri=86400; np=none", "reject", "reject"},
		{"v=DMARC1; p=reject; rubbish; =; pct=", "reject", "reject"},

		// A fault in p or sp: only reports are wanted, or nothing.
		{"v=DMARC1", "", ""},
		{"v=DMARC1; sp=reject", "", ""},
		{"v=DMARC1; p=", "", ""},
		{"v=DMARC1; p=maybe", "", ""},
		{"v=DMARC1; p=reject; sp=", "", ""},
		{"v=DMARC1; p=reject; sp=maybe", "", ""},
		{"v=DMARC1; p=maybe; sp=reject", "", ""},
		{"v=DMARC1; rua=mailto:r@corp.test", none, none},
		{"v=DMARC1; sp=reject; rua=mailto:r@corp.test", none, none},
		{"v=DMARC1; p=reject; sp=maybe; rua=mailto:r@corp.test", none, none},
		{"v=DMARC1; p=maybe; rua=r@corp.test", "", ""},
		{"v=DMARC1; p=maybe; rua=", "", ""},
		{"v=DMARC1; p=maybe; ruf=mailto:r@corp.test", "", ""},

		{"p=reject", "", ""},
		{"v=DMARC2; p=reject", "", ""},
		{"v=dmarc1; p=reject", "", ""},
		{"v=DMARC1 p=reject", "", ""},
		{"v=DMARC1x; p=reject", "", ""},
		{"p=reject; v=DMARC1", "", ""},
		{" v=DMARC1; p=reject", "reject", "reject"},
		{"", "", ""},
	} {
		a := (&Checker{}).asker()
		seed(a.cache, "_dmarc.corp.test", "some text", x.record)
		seed(a.cache, "_dmarc.sub.corp.test")
		own, err := discover(t.Context(), a, "corp.test")
		below, errBelow := discover(t.Context(), a, "sub.corp.test")
		if err != nil || errBelow != nil {
			t.Fatal(err, errBelow)
		}
		if own.request != x.own || below.request != x.below || own.found != (x.own != "") || below.found != (x.below != "") {
			t.Errorf("%q: asks %q, and %q below (%v, %v); want %q and %q", x.record, own.request, below.request, own.found, below.found, x.own, x.below)
		}
	}
}

// FuzzPolicy checks that any record is either a policy of the known kinds or
// none, and that it says the same with white space around its tags.
func FuzzPolicy(f *testing.F) {
	for _, s := range []string{
		"v=DMARC1; p=reject; sp=none; adkim=s; aspf=r; pct=30; rua=mailto:r@corp.test",
		"v=DMARC1;p=none",
		"v=DMARC1; rua=mailto:r@corp.test!10m",
		" V = DMARC1 ; P=Quarantine;;=;p=reject; pct=+7",
		"v=DMARC1; p=reject; sp",
	} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, record string, sub bool) {
		p := parsePolicy(record, sub)
		if _, valid := request(p.request); valid != p.found || p.percent < 0 || p.percent > 100 {
			t.Fatalf("%q: %+v", record, p)
		}
		if !p.found && p != (policy{}) {
			t.Errorf("%q is none, and asks for %+v", record, p)
		}
		if first, last := p.inForce(0), p.inForce(99); first == none && last != none {
			t.Errorf("%q asks more of mail drawn later: %s, %s", record, first, last)
		}
		if again := parsePolicy(strings.ReplaceAll(record, ";", " \t;\t ")+" ;", sub); again != p {
			t.Errorf("%q: %+v, with white space %+v", record, p, again)
		}
	})
}
