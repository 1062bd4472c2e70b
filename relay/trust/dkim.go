package trust

import (
	"context"
	"errors"
	"io"
	"net"

	"github.com/emersion/go-msgauth/dkim"
)

// maxSignatures bounds how many DKIM signatures are looked at: each costs a
// DNS query and a public-key operation. Real mail has one to three.
const maxSignatures = 5

// maxKey bounds the key record: an RSA key of 8192 bits fits, and larger ones
// only cost time (RFC 8301 §3.2).
const maxKey = 2048

// signatures verifies the DKIM signatures of a message (RFC 6376 §6).
func signatures(ctx context.Context, a *asker, e Evidence) []finding {
	msg := &watched{r: e.Message}
	verified, err := dkim.VerifyWithOptions(msg, &dkim.VerifyOptions{
		LookupTXT:        func(name string) ([]string, error) { return key(ctx, a, name) },
		MaxVerifications: maxSignatures,
	})
	if msg.err != nil {
		return []finding{{"dkim", e.Domain, temperror}} // our own disk failed
	}
	if err != nil && !errors.Is(err, dkim.ErrTooManySignatures) {
		return nil // it has no end of a header; the library may give what it could not verify as verified
	}
	var found []finding
	for _, v := range verified {
		f := finding{"dkim", v.Domain, pass}
		switch {
		case v.Err == nil:
		case dkim.IsTempFail(v.Err):
			f.result = temperror
		case dkim.IsPermFail(v.Err):
			f.result = permerror
		default:
			f.result = fail
		}
		found = append(found, f)
	}
	return found
}

// key looks up a key record (RFC 6376 §3.6.2).
func key(ctx context.Context, a *asker, name string) ([]string, error) {
	txts, err := a.LookupTXT(ctx, name)
	for _, txt := range txts {
		if len(txt) > maxKey {
			return nil, &net.DNSError{Err: "too large a key", Name: name}
		}
	}
	return txts, err
}

// watched remembers why reading failed.
type watched struct {
	r   io.Reader
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}
