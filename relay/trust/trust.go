// Package trust tells whether a message really comes from the author that its
// From field names.
package trust

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/emersion/go-msgauth/authres"
	"github.com/emersion/go-msgauth/dkim"
	"golang.org/x/net/publicsuffix"
)

// maxSignatures bounds how many DKIM signatures are looked at: each costs a
// DNS query and a public-key operation. Real mail has one to three.
const maxSignatures = 5

// lookupTime bounds a DNS query.
const lookupTime = 5 * time.Second

// A Verdict is what is known of the author.
type Verdict int

// The verdicts.
const (
	Unproven Verdict = iota // nothing speaks for it
	Proven                  // it comes from its From domain
	Unknown                 // DNS did not answer: ask again later
)

// Evidence is what a verdict rests on.
type Evidence struct {
	Domain                string     // of the From address, as A-labels
	PeerIP                netip.Addr // who handed the message in; not valid if it was fetched
	AuthenticationResults string     // the value of the topmost such field, unfolded, or empty
	Message               io.Reader  // the whole message
}

// A Checker weighs evidence. The zero value trusts DKIM alone.
type Checker struct {
	Trusted    []netip.Prefix // networks whose mail was authenticated upstream
	AuthservID string         // whose Authentication-Results are believed (RFC 8601 §2.5); empty: nobody's
	Resolver   *net.Resolver  // nil: the system's
}

// Check gives the verdict on a message, with its reason for the log.
func (c *Checker) Check(ctx context.Context, e Evidence) (Verdict, string) {
	for _, p := range c.Trusted {
		if e.PeerIP.IsValid() && p.Contains(e.PeerIP.Unmap()) {
			return Proven, "trusted network"
		}
	}
	if !e.PeerIP.IsValid() && c.believed(e) {
		return Proven, "authentication-results"
	}
	return c.signed(ctx, e)
}

// believed tells whether our provider says that the message passed DMARC, or
// a DKIM signature aligned with the From domain. Only mail that we fetch
// carries the provider's word: through SMTP anybody may write such a field.
func (c *Checker) believed(e Evidence) bool {
	if c.AuthservID == "" || e.AuthenticationResults == "" {
		return false
	}
	id, results, err := authres.Parse(e.AuthenticationResults)
	if err != nil || !strings.EqualFold(id, c.AuthservID) {
		return false
	}
	for _, r := range results {
		switch r := r.(type) {
		case *authres.DMARCResult:
			if r.Value == authres.ResultPass && strings.EqualFold(domainOf(r.From), e.Domain) {
				return true
			}
		case *authres.DKIMResult:
			if r.Value == authres.ResultPass && aligned(r.Domain, e.Domain) {
				return true
			}
		}
	}
	return false
}

// signed looks for a valid DKIM signature (RFC 6376) of the From domain.
func (c *Checker) signed(ctx context.Context, e Evidence) (Verdict, string) {
	found, err := dkim.VerifyWithOptions(e.Message, &dkim.VerifyOptions{
		LookupTXT:        func(name string) ([]string, error) { return c.lookup(ctx, name) },
		MaxVerifications: maxSignatures,
	})
	if err != nil && len(found) == 0 {
		return Unproven, "unreadable for DKIM"
	}
	verdict, reason := Unproven, "no aligned DKIM signature"
	for _, v := range found {
		if !aligned(v.Domain, e.Domain) {
			continue
		}
		if v.Err == nil {
			return Proven, "dkim"
		}
		if dkim.IsTempFail(v.Err) {
			verdict, reason = Unknown, fmt.Sprintf("dkim: %v", v.Err)
		}
	}
	return verdict, reason
}

func (c *Checker) lookup(ctx context.Context, name string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	r := c.Resolver
	if r == nil {
		r = net.DefaultResolver
	}
	return r.LookupTXT(ctx, name)
}

// aligned tells whether two domains are of the same organisation (relaxed
// alignment, RFC 7489 §3.1.1).
func aligned(a, b string) bool {
	return a != "" && organisation(a) == organisation(b)
}

func organisation(domain string) string {
	domain = strings.ToLower(strings.TrimSuffix(domain, "."))
	if org, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil {
		return org
	}
	return domain
}

func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
