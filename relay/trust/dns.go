package trust

import (
	"context"
	"net"
	"sync/atomic"
	"time"
)

const (
	// maxLookups bounds the questions about one message: DMARC asks two, DKIM
	// one for each signature, SPF ten and those for the hosts of MX and PTR
	// records, of which real domains have few.
	maxLookups = 64
	// maxName is the longest name, with the dot at its end (RFC 1035 §2.3.4).
	maxName = 254
	// lookupTime bounds the time for the answer to one question. The system's
	// resolver waits five seconds before it asks a second server.
	lookupTime = 12 * time.Second
)

// An asker puts the questions of one message to DNS.
type asker struct {
	cache    *cache
	resolver *net.Resolver
	now      func() time.Time
	left     atomic.Int32 // how many more
}

// LookupTXT implements spf.DNSResolver, as do the next three.
func (a *asker) LookupTXT(ctx context.Context, name string) ([]string, error) {
	return ask(ctx, a, "TXT", rooted(name), a.resolver.LookupTXT)
}

// LookupMX looks up the mail servers of a domain.
func (a *asker) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	return ask(ctx, a, "MX", rooted(name), a.resolver.LookupMX)
}

// LookupIPAddr looks up the addresses of a host.
func (a *asker) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	return ask(ctx, a, "A", rooted(host), a.resolver.LookupIPAddr)
}

// LookupAddr looks up the names of an address.
func (a *asker) LookupAddr(ctx context.Context, address string) ([]string, error) {
	return ask(ctx, a, "PTR", address, a.resolver.LookupAddr)
}

// rooted is a name that no search list of the system is applied to.
func rooted(name string) string { return normal(name) + "." }

// ask answers a question from the cache or by look. Any error is a
// *net.DNSError, for that is what SPF and DKIM tell temporary ones by.
func ask[T any](ctx context.Context, a *asker, kind, name string, look func(context.Context, string) ([]T, error)) ([]T, error) {
	if len(name) > maxName {
		return nil, &net.DNSError{Err: "no such name", Name: name[:maxName], IsNotFound: true}
	}
	if a.left.Add(-1) < 0 {
		return nil, &net.DNSError{Err: "too many questions about one message", Name: name}
	}
	found := a.cache.get(question{kind, name}, a.now, func() (any, error) {
		// The answer may serve others, who did not hang up.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookupTime)
		defer cancel()
		records, err := look(ctx, name)
		if len(records) > 0 {
			err = nil // beside these were some with names that are none
		}
		return records, plain(err, name)
	})
	select {
	case <-found.done:
		records, _ := found.records.([]T)
		return records, found.err
	case <-ctx.Done():
		return nil, plain(ctx.Err(), name)
	}
}

// plain makes any error one of two: there is no such record, or it is not
// known for now.
func plain(err error, name string) error {
	if err == nil {
		return nil
	}
	if dns, ok := err.(*net.DNSError); ok && dns.IsNotFound {
		return dns
	}
	return &net.DNSError{Err: "no answer", Name: name, IsTemporary: true}
}
