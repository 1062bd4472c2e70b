package trust

import (
	"net/netip"
	"strings"

	"mentorrelay/parser/message"
)

// said returns what our provider says of a message that we fetched from it:
// the topmost Authentication-Results of the configured authserv-id, if it
// stands above all that came with the message from outside (RFC 8601 §5,
// §7.1). Where there is none, or it is malformed, nothing is said. Through SMTP
// anybody may write such a field.
func (c *Checker) said(h message.Header) said {
	if c.AuthservID == "" {
		return said{}
	}
	t := trace{provider: organisation(normal(c.AuthservID))}
	for _, f := range h.Fields() {
		switch strings.ToLower(f.Name) {
		case "received":
			if !t.pass(f.Value()) {
				return said{}
			}
		case "authentication-results":
			s := &scanner{rest: f.Value()}
			if strings.EqualFold(s.value(";"), c.AuthservID) {
				word, _ := parseResults(f.Value())
				return word
			}
		}
	}
	return said{}
}

// A trace follows the Received fields of a message from the latest on.
type trace struct {
	provider string // whose hosts are inside
	begun    bool   // there was one
	outside  bool   // the message came in from elsewhere by the last one
}

// pass tells whether our provider wrote a Received field: its own host took
// the message, and no later field says that it came from outside. A field
// whose host is an address is of the inside as well (Gmail's are), and so is
// the latest if it is a delivery by LMTP, whatever the store's name; a stranger
// cannot write above the one by which the message came in. What stands right
// below that one is believed: a provider that gives its word writes it there
// or removes what others wrote there (RFC 8601 §5).
func (t *trace) pass(received string) bool {
	from, by := hop(received)
	_, err := netip.ParseAddr(by)
	delivered := !t.begun && strings.Contains(strings.ToLower(received), " with lmtp")
	if t.begun = true; t.outside || by == "" || err != nil && !delivered && !t.inside(by) {
		return false
	}
	for _, host := range from {
		t.outside = t.outside || !t.inside(host)
	}
	return true
}

// inside tells whether a host is the provider's: one of its domain, or one
// whose name or address says nothing to the outside.
func (t *trace) inside(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return !ip.IsGlobalUnicast() || ip.IsPrivate()
	}
	return host == "localhost" || organisation(normal(host)) == t.provider
}

// hop reads who handed a message over, by all names and addresses that are
// given, and who took it (RFC 5321 §4.4). What the peer called itself stands
// beside what DNS calls it, and it takes both to be inside.
func hop(received string) (from []string, by string) {
	words := strings.FieldsFunc(received, func(r rune) bool { return strings.ContainsRune(" \t()[];=", r) })
	for i := 0; i < len(words); i++ {
		word := strings.TrimPrefix(words[i], "IPv6:")
		_, err := netip.ParseAddr(word)
		switch {
		case strings.EqualFold(word, "by") && i+1 < len(words):
			return from, strings.TrimPrefix(words[i+1], "IPv6:")
		case isTLS(word):
		case err == nil || strings.Contains(word, "."):
			from = append(from, word)
		}
	}
	return from, ""
}

// isTLS tells whether a word is a version of TLS, as TLSv1.3 or TLS1.2, and no
// host for all its dot.
func isTLS(word string) bool {
	version, ok := strings.CutPrefix(strings.ToUpper(word), "TLS")
	return ok && strings.Trim(version, "V0123456789._") == ""
}

// hear takes the provider's word into account, and tells whether it proves the
// author: it does if DMARC passed, or what passed is for the very From domain,
// for that aligns by any policy.
//
// That DMARC failed is not a refusal yet: it says that nothing aligned passed,
// also of a domain that asks for nothing of such mail (p=none), to which much
// of what forwarders and lists change belongs. What follows is for the policy
// to say. Nothing we find overrules it, though: where we see a proof that the
// provider does not, one of us is being deceived.
func (j *judgement) hear(word said) (proven bool) {
	for _, r := range word.results {
		switch r.method {
		case "dmarc":
			from, _ := hostname(domainOf(r.properties["header.from"]))
			proven = proven || r.value == pass && aligned(from, j.domain, true)
			j.denied = j.denied || r.value == fail && (from == "" || aligned(from, j.domain, true))
		case "dkim":
			domain := r.properties["header.d"]
			if domain == "" {
				domain = domainOf(r.properties["header.i"]) // all that Gmail gives
			}
			j.provider = append(j.provider, finding{method: "dkim", domain: domain, result: vouched(r.value)})
		case "spf":
			domain, _ := hostname(domainOf(r.properties["smtp.mailfrom"]))
			j.provider = append(j.provider, finding{method: "spf", domain: domain, result: vouched(r.value)})
			j.direct = j.direct || r.value == pass && aligned(domain, j.domain, true)
			j.sawSPF = j.sawSPF || domain != "" && r.value != temperror
		}
	}
	switch {
	case j.denied:
		j.sawSPF = true
		j.reasons = append(j.reasons, "provider: dmarc=fail")
		return false
	case proven:
		j.reasons = append(j.reasons, "provider: dmarc=pass")
		return true
	}
	for _, f := range j.provider {
		if f.result == pass && aligned(f.domain, j.domain, true) {
			j.reasons = append(j.reasons, "provider: "+f.method+"="+pass)
			return true
		}
	}
	return false
}

// vouched is a provider's result as far as it counts: what it could not find
// out is past, so that asking again would not tell more.
func vouched(value string) string {
	if value == pass {
		return pass
	}
	return fail
}
