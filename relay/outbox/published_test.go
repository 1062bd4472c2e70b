package outbox

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
)

// both returns signers as init makes them: Ed25519, and RSA beside it.
func both(t *testing.T) []*Signer {
	t.Helper()
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	old, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	signers, err := NewSigners("relay.test", "one", []crypto.Signer{ed, old})
	if err != nil {
		t.Fatal(err)
	}
	return signers
}

func TestTwoSignatures(t *testing.T) {
	signers := both(t)
	signers[1].seen.Store(true)
	fields, err := sign(signers, strings.NewReader(plainLetter), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	zone := map[string]string{}
	for _, s := range signers {
		zone[s.Name()] = s.Record()
	}
	found, err := dkim.VerifyWithOptions(strings.NewReader(fields+plainLetter), &dkim.VerifyOptions{
		LookupTXT: func(name string) ([]string, error) { return []string{zone[name]}, nil },
	})
	if err != nil || len(found) != 2 || found[0].Err != nil || found[1].Err != nil {
		t.Fatalf("%+v, %v", found, err)
	}
	if !strings.HasPrefix(fields, "DKIM-Signature: v=1; a=rsa-sha256;") || !strings.Contains(fields, "s=one-rsa;") {
		t.Errorf("RSA does not stand first:\n%s", fields)
	}
}

func TestNewSignersRefusesTwoOfAKind(t *testing.T) {
	_, key, _ := ed25519.GenerateKey(rand.Reader)
	if _, err := NewSigners("relay.test", "one", []crypto.Signer{key, key}); err == nil {
		t.Error("two Ed25519 keys, and no error")
	}
}

// TestAKeyThatIsNotPublishedIsNotUsed asks DNS again and again, as it changes.
func TestAKeyThatIsNotPublishedIsNotUsed(t *testing.T) {
	signers := both(t)
	rsa := signers[1]
	var records []string
	var fault error
	o := &Outbox{config: Config{Signers: signers, Log: slog.New(slog.DiscardHandler), LookupTXT: func(_ context.Context, name string) ([]string, error) {
		if name != "one-rsa._domainkey.relay.test" {
			t.Errorf("asked for %s", name)
		}
		return records, fault
	}}}
	for _, step := range []struct {
		name    string
		records []string
		fault   error
		want    bool
	}{
		{"no answer at first", nil, &net.DNSError{IsTimeout: true}, false},
		{"no such name", nil, &net.DNSError{IsNotFound: true}, false},
		{"no answer", nil, errors.New("refused"), false},
		{"another key", []string{"v=DKIM1; k=rsa; p=MIIB"}, nil, false},
		{"published", []string{"something else", strings.Replace(rsa.Record(), "p=MIIB", "p=MI IB", 1)}, nil, true},
		{"no answer now", nil, &net.DNSError{IsTemporary: true}, true},
		{"taken back", []string{"v=DKIM1; p="}, nil, false},
	} {
		records, fault = step.records, step.fault
		o.consult(t.Context(), rsa)
		fields, err := sign(signers, strings.NewReader(plainLetter), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(fields, "rsa-sha256"); got != step.want {
			t.Errorf("%s: signed with RSA: %v", step.name, got)
		}
		if !strings.Contains(fields, "ed25519-sha256") {
			t.Errorf("%s: not signed with Ed25519", step.name)
		}
	}
}
