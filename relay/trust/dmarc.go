package trust

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// A policy is what a domain asks of those who receive mail in its name. The
// zero value asks for nothing and aligns relaxed (RFC 7489 §6.3).
type policy struct {
	found      bool
	strictDKIM bool   // adkim=s
	strictSPF  bool   // aspf=s
	request    string // none, quarantine or reject, of the domain that was asked for
	percent    int    // of the mail that the request is for
}

// discover finds the policy for a From domain: its own, or else that of its
// organisation (RFC 7489 §6.6.3). An error is temporary.
func discover(ctx context.Context, a *asker, domain string) (policy, error) {
	records, err := published(ctx, a, domain)
	org, sub := organisation(domain), false
	if err == nil && len(records) == 0 && org != domain {
		records, err = published(ctx, a, org)
		sub = true
	}
	if err != nil || len(records) != 1 { // several are as good as none
		return policy{}, err
	}
	return parsePolicy(records[0], sub), nil
}

// published returns the DMARC records of exactly one domain.
func published(ctx context.Context, a *asker, domain string) ([]string, error) {
	txts, err := a.LookupTXT(ctx, "_dmarc."+domain)
	var dns *net.DNSError
	if err != nil && (!errors.As(err, &dns) || !dns.IsNotFound) {
		return nil, err
	}
	var records []string
	for _, txt := range txts {
		first, _, _ := strings.Cut(txt, ";")
		if name, value, ok := strings.Cut(first, "="); ok && trim(name) == "v" && trim(value) == "DMARC1" {
			records = append(records, txt)
		}
	}
	return records, nil
}

// parsePolicy reads a record (RFC 7489 §6.3). Faults beside p and sp leave
// the defaults in place; a fault in these leaves a domain that wants reports
// with p=none, and any other without a policy (§6.6.3, step 6).
func parsePolicy(record string, sub bool) policy {
	p := policy{found: true, percent: 100}
	tags := make(map[string]string)
	for tag := range strings.SplitSeq(record, ";") {
		if name, value, ok := strings.Cut(tag, "="); ok {
			tags[strings.ToLower(trim(name))] = trim(value)
		}
	}
	p.strictDKIM = strings.EqualFold(tags["adkim"], "s")
	p.strictSPF = strings.EqualFold(tags["aspf"], "s")
	if n, err := strconv.Atoi(tags["pct"]); err == nil && n >= 0 && n <= 100 {
		p.percent = n
	}
	own, valid := request(tags["p"])
	below, belowValid := request(tags["sp"])
	if _, has := tags["sp"]; !has {
		below, belowValid = own, true
	}
	switch {
	case valid && belowValid && sub:
		p.request = below
	case valid && belowValid:
		p.request = own
	case strings.Contains(tags["rua"], ":"):
		p.request = none
	default:
		return policy{}
	}
	return p
}

func request(value string) (string, bool) {
	value = strings.ToLower(value)
	return value, value == none || value == "quarantine" || value == "reject"
}

// inForce is what the policy asks for one message. Of mail that the request
// is not for, what would be rejected is to be quarantined, and what would be
// quarantined let pass (RFC 7489 §6.6.4). Mail here has no quarantine, so
// that reject holds for all of it.
func (p policy) inForce(draw int) string {
	switch {
	case p.request == "" || p.request == none:
		return none
	case draw < p.percent:
		return p.request
	case p.request == "reject":
		return "quarantine"
	}
	return none
}

// aligned tells whether a domain that passed a check vouches for the From
// domain, which is in its normal form: if it is the same or, relaxed, of the
// same organisation (RFC 7489 §3.1.1, §3.1.2).
func aligned(passed, from string, strict bool) bool {
	passed = normal(passed)
	if passed == "" || passed == from {
		return passed != ""
	}
	return !strict && organisation(passed) == organisation(from)
}

// organisation is the domain that somebody registered, below the public
// suffix (RFC 7489 §3.2). A public suffix is nobody's, and stands for itself.
func organisation(domain string) string {
	if org, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil {
		return org
	}
	return domain
}

// normal is the form in which domains are compared.
func normal(domain string) string { return strings.ToLower(strings.TrimSuffix(domain, ".")) }

func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

func trim(s string) string { return strings.Trim(s, " \t") }
