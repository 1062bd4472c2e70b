package trust

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"net"
	"slices"
	"strings"

	"github.com/emersion/go-msgauth/dkim"
)

const (
	// maxSignatures bounds how many DKIM signatures are looked at: each costs a
	// DNS query and a public-key operation. Real mail has one to three.
	maxSignatures = 5
	// maxKey bounds the key record: an RSA key of 8192 bits fits, and larger
	// ones only cost time (RFC 8301 §3.2).
	maxKey = 2048
	// maxHeader and maxLines bound the header of a signed message, in octets
	// and lines. The library joins the lines of a folded field one by one: the
	// product of both is what it copies at most.
	maxHeader = 64 << 10
	maxLines  = 1000
)

// signatures verifies the DKIM signatures of a message (RFC 6376 §6). No key
// is asked for of a domain that would not count.
func signatures(ctx context.Context, a *asker, e Evidence, counts func(string) bool) []finding {
	msg := &watched{r: e.Message}
	signed, ok := unambiguous(msg)
	var found []finding
	if ok {
		found = findings(dkim.VerifyWithOptions(signed, &dkim.VerifyOptions{
			LookupTXT:        func(name string) ([]string, error) { return key(ctx, a, name, counts) },
			MaxVerifications: maxSignatures,
		}))
	}
	if msg.err != nil {
		return []finding{{method: "dkim", domain: e.Domain, result: temperror}} // our own disk failed
	}
	return found
}

// findings are what was verified. If there is an error but that of too many
// signatures, the library may give as verified what it could not verify.
func findings(verified []*dkim.Verification, err error) []finding {
	if err != nil && !errors.Is(err, dkim.ErrTooManySignatures) {
		return nil
	}
	var found []finding
	for _, v := range verified {
		f := finding{method: "dkim", domain: v.Domain, result: pass}
		for _, name := range v.HeaderKeys {
			f.fields = append(f.fields, strings.ToLower(name))
		}
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
func key(ctx context.Context, a *asker, name string, counts func(string) bool) ([]string, error) {
	const between = "._domainkey."
	if i := strings.LastIndex(name, between); i < 0 || !counts(name[i+len(between):]) {
		return nil, &net.DNSError{Err: "not needed", Name: name}
	}
	txts, err := a.LookupTXT(ctx, name)
	for _, txt := range txts {
		if len(txt) > maxKey {
			return nil, &net.DNSError{Err: "too large a key", Name: name}
		}
	}
	return txts, err
}

// once are the fields that say who wrote, and what the reader sees.
var once = []string{"from", "subject", "content-type", "content-transfer-encoding"}

// unambiguous returns the message if its header has one From, and no other
// field twice that decides what the reader sees. A signature covers the last
// of several, so that a stranger may put another above it (RFC 6376 §8.15).
//
// It counts as the library reads: that ignores white space of Unicode around
// a name, and folds letters beside ASCII's, and its header may go on where
// others see the end. What it alone takes for a From must not be what it
// verifies.
func unambiguous(msg io.Reader) (io.Reader, bool) {
	head := &io.LimitedReader{R: msg, N: maxHeader}
	r := bufio.NewReader(head)
	var block bytes.Buffer
	seen := make([]int, len(once))
	for lines := 0; ; lines++ {
		line, err := r.ReadString('\n')
		if err != nil || lines > maxLines {
			return nil, false // it has no end, or none within the bounds
		}
		block.WriteString(line)
		if line == "\n" || line == "\r\n" {
			break
		}
		if lines > 0 && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		name, _, _ := strings.Cut(line, ":")
		name = strings.TrimSpace(name)
		if i := slices.IndexFunc(once, func(s string) bool { return strings.EqualFold(s, name) }); i >= 0 {
			seen[i]++
		}
	}
	head.N = math.MaxInt64
	return io.MultiReader(&block, r), seen[0] == 1 && slices.Max(seen) == 1
}

// watched remembers why reading failed. To the library it seems the end, since
// it leaves goroutines behind at any other.
type watched struct {
	r   io.Reader
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
		return n, io.EOF
	}
	return n, err
}
