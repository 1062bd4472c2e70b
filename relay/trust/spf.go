package trust

import (
	"context"
	"net"
	"strings"

	"blitiri.com.ar/go/spf"
	"golang.org/x/net/idna"
)

// sentBy checks by SPF (RFC 7208) whether the peer may send for the domain of
// the reverse-path or, if that is null, for the name it calls itself by
// (§2.4). A domain that would not count is not asked about.
func sentBy(ctx context.Context, a *asker, e Evidence, counts func(string) bool) []finding {
	local, domain := "postmaster", e.Helo
	if at := strings.LastIndexByte(e.MailFrom, '@'); at >= 0 {
		local, domain = e.MailFrom[:at], e.MailFrom[at+1:]
	}
	domain, ok := hostname(domain)
	if !ok {
		return nil
	}
	f := finding{method: "spf", domain: domain, result: none}
	if !counts(domain) {
		return []finding{f}
	}
	if local == "" || strings.ContainsRune(local, '@') {
		local = "postmaster" // RFC 7208 §4.3; and the library cuts at the first @, and would ask about another domain
	}
	result, _ := spf.CheckHostWithSender(net.IP(e.PeerIP.Unmap().AsSlice()), e.Helo, local+"@"+domain,
		spf.WithContext(ctx), spf.WithResolver(a))
	f.result = string(result)
	if a.left.Load() < 0 {
		f.result = permerror // it asks for more than it may (RFC 7208 §4.6.4)
	}
	return []finding{f}
}

// hostname returns a domain as A-labels, if it is one that can be asked about
// (RFC 7208 §4.3): fully qualified, and no address literal.
func hostname(domain string) (string, bool) {
	domain, err := idna.Lookup.ToASCII(strings.TrimSuffix(domain, "."))
	if err != nil || net.ParseIP(domain) != nil {
		return "", false
	}
	return domain, strings.Contains(domain, ".")
}
