package outbox

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net"
	"slices"
	"strings"
	"time"
)

// Name is where the public half of the key is published (RFC 6376 §3.6.2.1).
func (s *Signer) Name() string { return s.selector + "._domainkey." + s.domain }

// Record is the TXT record that the public half of the key is published in
// (RFC 6376 §3.6.1, and RFC 8463 §4 for Ed25519).
func (s *Signer) Record() string {
	if public, ok := s.key.Public().(ed25519.PublicKey); ok {
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)
	}
	der, err := x509.MarshalPKIXPublicKey(s.key.Public())
	if err != nil {
		panic(err) // NewSigner takes no key that has no such form
	}
	return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der)
}

// In tells whether one of the records has the key.
func (s *Signer) In(records []string) bool {
	want := publicKey(s.Record())
	return slices.ContainsFunc(records, func(r string) bool { return publicKey(r) == want })
}

// publicKey is the p= tag of a DKIM record, without the space it may hold
// (RFC 6376 §3.6.1).
func publicKey(record string) string {
	for tag := range strings.SplitSeq(record, ";") {
		if name, value, _ := strings.Cut(tag, "="); strings.TrimSpace(name) == "p" {
			return strings.Join(strings.Fields(value), "")
		}
	}
	return ""
}

// consultEvery is how often DNS is asked for the keys: one that was just
// published is used soon, and one that was taken back is not used for long.
// consultAgain is how soon, where there was no answer.
const (
	consultEvery = 10 * time.Minute
	consultAgain = 30 * time.Second
)

// consultOn asks DNS for the keys until ctx ends. A signature whose key nobody
// can look up proves nothing, and one of RSA costs more than all the rest of
// what is done for a letter, so it is made only for a key that has been seen.
// The first signer, which init makes the cheap Ed25519, always signs.
func (o *Outbox) consultOn(ctx context.Context) {
	if len(o.config.Signers) < 2 || o.config.LookupTXT == nil {
		return
	}
	for {
		next := consultEvery
		for _, s := range o.config.Signers[1:] {
			if !o.consult(ctx, s) {
				next = consultAgain
			}
		}
		select {
		case <-time.After(next):
		case <-ctx.Done():
			return
		}
	}
}

// consult asks for one key, and tells whether there was an answer; if not,
// what was known of the key stands.
func (o *Outbox) consult(ctx context.Context, s *Signer) bool {
	records, err := o.config.LookupTXT(ctx, s.Name())
	var failure *net.DNSError
	if err != nil && !(errors.As(err, &failure) && failure.IsNotFound) {
		return false
	}
	seen := s.In(records)
	switch was := s.seen.Swap(seen); {
	case was && !seen:
		o.config.Log.Warn("a DKIM key is no longer published, and no longer used", "selector", s.selector)
	case seen && !was:
		o.config.Log.Info("a DKIM key is published, and used from now on", "selector", s.selector)
	case !seen:
		o.config.Log.Debug("a DKIM key is not published, and not used", "selector", s.selector)
	}
	return true
}
