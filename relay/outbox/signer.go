package outbox

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// minBits is the least that verifiers take: RFC 8301 §3.2.
const minBits = 1024

// A Signer adds a DKIM signature (RFC 6376), relaxed/relaxed, to what is sent.
// go-msgauth's signer gathers runs of empty lines in memory, all of a large
// message that has nothing else in it; this one only counts them.
type Signer struct {
	seen      atomic.Bool // DNS is known to have the public half of key
	key       crypto.Signer
	hash      crypto.Hash // what key is told: Ed25519 takes none (RFC 8463 §3)
	algorithm string
	domain    string
	selector  string
}

// NewSigners returns a signer for each key of a domain. The first is known by
// the selector itself, another by selector-rsa or selector-ed25519.
func NewSigners(domain, selector string, keys []crypto.Signer) ([]*Signer, error) {
	var signers []*Signer
	for i, key := range keys {
		s, err := NewSigner(domain, selector, key)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			kind, _, _ := strings.Cut(s.algorithm, "-")
			s.selector += "-" + kind
		}
		if slices.ContainsFunc(signers, func(other *Signer) bool { return other.algorithm == s.algorithm }) {
			return nil, fmt.Errorf("two DKIM keys are for %s: leave one", s.algorithm)
		}
		signers = append(signers, s)
	}
	return signers, nil
}

// NewSigner returns a signer for a domain whose DNS has the public half of
// key at selector._domainkey. The key is RSA or Ed25519 (RFC 8463).
func NewSigner(domain, selector string, key crypto.Signer) (*Signer, error) {
	if domain == "" || selector == "" {
		return nil, errors.New("a DKIM signature needs a domain and a selector")
	}
	s := &Signer{key: key, domain: domain, selector: selector}
	switch k := key.Public().(type) {
	case ed25519.PublicKey:
		s.algorithm = "ed25519-sha256"
	case *rsa.PublicKey:
		if k.N.BitLen() < minBits {
			return nil, fmt.Errorf("the DKIM key has %d bits; RFC 8301 wants 2048, and 1024 at the least", k.N.BitLen())
		}
		s.algorithm, s.hash = "rsa-sha256", crypto.SHA256
	default:
		return nil, fmt.Errorf("a DKIM key must be RSA or Ed25519, not %T", k)
	}
	return s, nil
}

// signedFields names the header fields that are signed, folded as it goes
// into the signature. Those that make up what a reader sees are named once
// more than they occur, so that another one can't be added on the way (RFC
// 6376 §8.15); for the rest, which lists and servers may well add, once is
// enough.
const signedFields = "From:From:To:To:Subject:Subject:Date:Date:Reply-To:Reply-To:\r\n" +
	"\tMessage-ID:Message-ID:MIME-Version:MIME-Version:Content-Type:Content-Type:\r\n" +
	"\tContent-Transfer-Encoding:Content-Transfer-Encoding:In-Reply-To:References:\r\n" +
	"\tAuto-Submitted:List-Unsubscribe"

// sign reads a message and returns the header fields to put before it, dated
// now: by the first signer, and by those whose keys were seen in DNS. What was signed last stands first, since some verifiers look no further:
// that is RSA, which all of them know.
func sign(signers []*Signer, message io.Reader, now time.Time) (fields string, err error) {
	c := newCanonical()
	lines := &lineWriter{w: c}
	if _, err := io.Copy(lines, message); err != nil {
		return "", err
	}
	if err := lines.end(); err != nil {
		return "", err
	}
	body := base64.StdEncoding.EncodeToString(c.bodyHash())
	for i, s := range signers {
		if i > 0 && !s.seen.Load() {
			continue
		}
		field, err := s.sign(c, body, now)
		if err != nil {
			return "", err
		}
		fields = field + fields
	}
	return fields, nil
}

// sign returns the signature of a message whose body has this hash.
func (s *Signer) sign(c *canonical, body string, now time.Time) (string, error) {
	field := fmt.Sprintf("DKIM-Signature: v=1; a=%s; c=relaxed/relaxed; d=%s; s=%s; t=%d;\r\n\th=%s;\r\n\tbh=%s;\r\n\tb=",
		s.algorithm, s.domain, s.selector, now.Unix(), signedFields, body)
	hash := c.headerHash(strings.Split(signedFields, ":"), field)
	signature, err := s.key.Sign(rand.Reader, hash, s.hash)
	if err != nil {
		return "", err
	}
	return field + fold(base64.StdEncoding.EncodeToString(signature)) + "\r\n", nil
}

// fold breaks base64 into lines of at most 78 octets (RFC 5322 §2.1.1).
func fold(text string) string {
	var b strings.Builder
	for len(text) > 72 {
		b.WriteString(text[:72] + "\r\n\t")
		text = text[72:]
	}
	return b.String() + text
}

// LoadKeys reads private keys, RSA or Ed25519, from a PEM file.
func LoadKeys(file string) ([]crypto.Signer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var keys []crypto.Signer
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		key, err := parseKey(block)
		if err != nil {
			return nil, fmt.Errorf("%s holds %w", file, err)
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("%s holds no PEM block", file)
	}
	return keys, nil
}

func parseKey(block *pem.Block) (crypto.Signer, error) {
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("what is no private key: %w", err)
	}
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return key, nil
	case ed25519.PrivateKey:
		return key, nil
	}
	return nil, errors.New("a key that is neither RSA nor Ed25519")
}
