package trust

import (
	"net/netip"
	"strings"

	"mentorrelay/parser/message"
)

// said returns what our provider says of a message that we fetched from it:
// the topmost Authentication-Results of the configured authserv-id, if it
// stands above all that came with the message from outside (RFC 8601 §5,
// §7.1). Through SMTP anybody may write such a field.
func (c *Checker) said(h message.Header) (said, bool) {
	if c.AuthservID == "" {
		return said{}, false
	}
	t := trace{provider: organisation(normal(c.AuthservID))}
	for _, f := range h.Fields() {
		switch strings.ToLower(f.Name) {
		case "received":
			if !t.pass(f.Value()) {
				return said{}, false
			}
		case "authentication-results":
			s := &scanner{rest: f.Value()}
			if !strings.EqualFold(s.value(";"), c.AuthservID) {
				continue
			}
			word, err := parseResults(f.Value())
			return word, err == nil
		}
	}
	return said{}, false
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
		case i == 0 && strings.EqualFold(word, "from"):
		case strings.HasPrefix(word, "TLSv"):
		case err == nil || strings.Contains(word, "."):
			from = append(from, word)
		}
	}
	return from, ""
}

// hear takes the provider's word into account. It may settle the matter: what
// it says of DMARC does, and so does what passed for the very From domain,
// for that aligns by any policy.
func (j *judgement) hear(s said, ok bool) (Verdict, bool) {
	if !ok {
		return Unprovable, false
	}
	passed, failed := false, false
	for _, r := range s.results {
		switch r.method {
		case "dmarc":
			from := domainOf(r.properties["header.from"])
			passed = passed || r.value == pass && aligned(from, j.domain, true)
			failed = failed || r.value == fail && (from == "" || aligned(from, j.domain, true))
		case "dkim":
			domain := r.properties["header.d"]
			if domain == "" {
				domain = domainOf(r.properties["header.i"]) // all that Gmail gives
			}
			j.provider = append(j.provider, finding{"dkim", domain, vouched(r.value)})
		case "spf":
			j.provider = append(j.provider, finding{"spf", domainOf(r.properties["smtp.mailfrom"]), vouched(r.value)})
		}
	}
	switch {
	case failed:
		j.reasons = append(j.reasons, "provider: dmarc=fail")
		return Failed, true
	case passed:
		j.reasons = append(j.reasons, "provider: dmarc=pass")
		return Proven, true
	}
	for _, f := range j.provider {
		if f.result == pass && aligned(f.domain, j.domain, true) {
			j.reasons = append(j.reasons, "provider: "+f.method+"="+pass)
			return Proven, true
		}
	}
	return Unprovable, false
}

// vouched is a provider's result as far as it counts: what it could not find
// out is past, so that asking again would not tell more.
func vouched(value string) string {
	if value == pass {
		return pass
	}
	return fail
}
