package main

import (
	"context"
	"fmt"
	"net"
	"strings"

	"mentorrelay/relay/outbox"
)

// A record is a DNS record that the service's domain needs.
type record struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Value string `json:"value"`
}

// records lists what to publish for a domain of one's own: where mail for it
// goes, and by what others know that mail from it is ours.
func records(c *Config) ([]record, error) {
	signers, err := c.signers()
	if err != nil {
		return nil, err
	}
	domain := c.Service.Domain
	list := []record{
		{domain, "MX", "10 " + domain + "."},
		{domain, "TXT", "v=spf1 mx ~all"},
	}
	for _, s := range signers {
		list = append(list, record{s.Name(), "TXT", s.Record()})
	}
	return append(list, record{"_dmarc." + domain, "TXT", "v=DMARC1; p=quarantine"}), nil
}

// signers are what mail is signed with.
func (c *Config) signers() ([]*outbox.Signer, error) {
	keys, err := outbox.LoadKeys(c.DKIM.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("dkim.key_file: %w", err)
	}
	domain := c.Service.Domain
	if domain == "" {
		domain = c.Service.Mailbox[strings.LastIndexByte(c.Service.Mailbox, '@')+1:]
	}
	signers, err := outbox.NewSigners(domain, c.DKIM.Selector, keys)
	if err != nil {
		return nil, fmt.Errorf("dkim: %w", err)
	}
	return signers, nil
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
