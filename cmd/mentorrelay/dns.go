package main

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"net"
	"strings"
)

// A record is a DNS record that the service's domain needs.
type record struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Value string `json:"value"`
}

// records lists what to publish for a domain of one's own: where mail for it
// goes, and by what others know that mail from it is ours.
func records(c *Config, key crypto.Signer) ([]record, error) {
	text, err := dkimText(key)
	if err != nil {
		return nil, err
	}
	domain := c.Service.Domain
	return []record{
		{domain, "MX", "10 " + domain + "."},
		{domain, "TXT", "v=spf1 mx ~all"},
		{dkimName(c), "TXT", text},
		{"_dmarc." + domain, "TXT", "v=DMARC1; p=quarantine"},
	}, nil
}

// zoneLine is the record as zone files have it: a string of a TXT record has
// 255 octets at the most (RFC 1035 §3.3), a longer text several.
func (r record) zoneLine() string {
	value := r.Value
	if r.Type == "TXT" {
		var parts []string
		for len(value) > 255 {
			parts = append(parts, `"`+value[:255]+`"`)
			value = value[255:]
		}
		value = strings.Join(append(parts, `"`+value+`"`), " ")
	}
	return r.Name + ".\tIN " + r.Type + "\t" + value
}

// dkimName is where the DKIM key is published (RFC 6376 §3.6.2.1).
func dkimName(c *Config) string { return c.DKIM.Selector + "._domainkey." + c.Service.Domain }

// dkimText is the record that the public half of key is published in
// (RFC 6376 §3.6.1, and RFC 8463 §4 for Ed25519).
func dkimText(key crypto.Signer) (string, error) {
	if public, ok := key.Public().(ed25519.PublicKey); ok {
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public), nil
	}
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return "", err
	}
	return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der), nil
}

// resolver returns the one that [dns] names, or the system's.
func (c *Config) resolver() *net.Resolver {
	if c.DNS.Resolver == "" {
		return net.DefaultResolver
	}
	return &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, c.DNS.Resolver)
		},
	}
}
