package trust

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1" // of signatures that are not to be believed
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/emersion/go-msgauth/dkim"
)

// A seal is a DKIM signature with any tags, made by hand, for what the library
// refuses to sign. It takes headers and bodies that are in relaxed form but for
// the case of names.
type seal struct {
	key  crypto.Signer
	algo string // a=
	tags string // beside v, a, c, b, bh, h
	h    string // which fields, with colons
	l    int    // of the body, if above 0
}

// put returns the message with the signature on top.
func (s seal) put(t testing.TB, msg string) string {
	t.Helper()
	header, body, _ := strings.Cut(msg, "\r\n\r\n")
	if s.l > 0 {
		body = body[:s.l]
		s.tags += "; l=" + strconv.Itoa(s.l)
	}
	hash := crypto.SHA256
	if strings.HasSuffix(s.algo, "sha1") {
		hash = crypto.SHA1
	}
	bh := hash.New()
	bh.Write([]byte(body))
	field := fmt.Sprintf("v=1; a=%s; c=relaxed/relaxed; %s; h=%s; bh=%s; b=", s.algo, s.tags, s.h, base64.StdEncoding.EncodeToString(bh.Sum(nil)))
	sum := hash.New()
	lines := strings.Split(header, "\r\n")
	for _, name := range strings.Split(s.h, ":") {
		for i := len(lines) - 1; i >= 0; i-- {
			if key, value, _ := strings.Cut(lines[i], ": "); strings.EqualFold(key, name) {
				fmt.Fprintf(sum, "%s:%s\r\n", strings.ToLower(name), value)
				lines[i] = ""
				break
			}
		}
	}
	fmt.Fprintf(sum, "dkim-signature:%s", field)
	options := crypto.SignerOpts(hash)
	if _, ok := s.key.(ed25519.PrivateKey); ok {
		options = crypto.Hash(0)
	}
	b, err := s.key.Sign(rand.Reader, sum.Sum(nil), options)
	if err != nil {
		t.Fatal(err)
	}
	return "DKIM-Signature: " + field + base64.StdEncoding.EncodeToString(b) + "\r\n" + msg
}

// keyRecord is the key as DNS has it.
func keyRecord(key crypto.Signer, tags string) string {
	kind, octets := "rsa", []byte(nil)
	switch public := key.Public().(type) {
	case *rsa.PublicKey:
		octets, _ = x509.MarshalPKIXPublicKey(public)
	case ed25519.PublicKey:
		kind, octets = "ed25519", public
	}
	return "v=DKIM1; k=" + kind + "; " + tags + "p=" + base64.StdEncoding.EncodeToString(octets)
}

func newRSA(t testing.TB, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestDKIM is the table of signatures, all made by the holder of the key, and
// of what was done to the message after. The domain rejects what is not proven.
func TestDKIM(t *testing.T) {
	t.Setenv("GODEBUG", "rsa1024min=0") // makes short keys, and signs by them
	_, ed, _ := ed25519.GenerateKey(nil)
	rsa1024, rsa1023, rsa512 := newRSA(t, 1024), newRSA(t, 1023), newRSA(t, 512)
	c := &Checker{Resolver: newZone(t, map[string][]string{
		"_dmarc.corp.test TXT":             {"v=DMARC1; p=reject"},
		"ed._domainkey.corp.test TXT":      {keyRecord(ed, "")},
		"rsa._domainkey.corp.test TXT":     {keyRecord(rsa1024, "")},
		"rsa1023._domainkey.corp.test TXT": {keyRecord(rsa1023, "")},
		"rsa512._domainkey.corp.test TXT":  {keyRecord(rsa512, "")},
		"revoked._domainkey.corp.test TXT": {"v=DKIM1; k=ed25519; p="},
		"two._domainkey.corp.test TXT":     {keyRecord(ed, ""), keyRecord(ed, "n=x; ")},
		"web._domainkey.corp.test TXT":     {keyRecord(ed, "s=web; ")},
		"old._domainkey.corp.test TXT":     {keyRecord(ed, "h=sha1; ")},
		"large._domainkey.corp.test TXT":   {keyRecord(ed, "n="+strings.Repeat("x", maxKey)+"; ")},
		"alias._domainkey.corp.test CNAME": {"ed._domainkey.corp.test."},
		"fault._domainkey.corp.test TXT":   {"SERVFAIL"},
	}).resolver()}
	tags := func(more string) seal { return seal{ed, "ed25519-sha256", "d=corp.test; " + more, "from:subject", 0} }
	good := tags("s=ed")
	past, future := strconv.FormatInt(time.Now().Add(-time.Hour).Unix(), 10), strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10)
	edit := func(old, new string) func(string) string {
		return func(msg string) string {
			if !strings.Contains(msg, old) {
				t.Fatalf("no %q to replace", old)
			}
			return strings.Replace(msg, old, new, 1)
		}
	}
	above := func(lines string) func(string) string { return func(msg string) string { return lines + msg } }
	below := func(lines string) func(string) string { return edit("\r\n\r\n", "\r\n"+lines+"\r\n") }
	for _, x := range []struct {
		name string
		seal seal
		then func(string) string
		want string
	}{
		{"Ed25519", good, nil, pass},
		{"RSA of 1024 bits", seal{rsa1024, "rsa-sha256", "d=corp.test; s=rsa", "from", 0}, nil, pass},
		{"RSA of 1023 bits", seal{rsa1023, "rsa-sha256", "d=corp.test; s=rsa1023", "from", 0}, nil, fail},
		{"RSA of 512 bits", seal{rsa512, "rsa-sha256", "d=corp.test; s=rsa512", "from", 0}, nil, permerror},
		{"SHA-1", seal{rsa1024, "rsa-sha1", "d=corp.test; s=rsa", "from", 0}, nil, permerror},
		{"an unknown algorithm", seal{ed, "ed448-sha256", "d=corp.test; s=ed", "from", 0}, nil, permerror},
		{"From is not signed", seal{ed, "ed25519-sha256", "d=corp.test; s=ed", "subject:to", 0}, nil, permerror},
		{"in capitals, with the root's dot", seal{ed, "ed25519-sha256", "d=Corp.TEST.; s=ed", "From:Subject", 0}, nil, pass},

		{"it expires later", tags("s=ed; t=" + past + "; x=" + future), nil, pass},
		{"it has expired", tags("s=ed; x=" + past), nil, permerror},
		{"part of the body", seal{ed, "ed25519-sha256", "d=corp.test; s=ed", "from", 7}, nil, fail},
		{"the body by its length, and a tail", seal{ed, "ed25519-sha256", "d=corp.test; s=ed", "from", len("Bonjour\r\n")}, func(msg string) string { return msg + "Envoyez l'argent\r\n" }, fail},
		{"the body by its length, all of it", seal{ed, "ed25519-sha256", "d=corp.test; s=ed", "from", len("Bonjour\r\n")}, nil, fail},
		{"an author of the domain", tags("s=ed; i=alice@corp.test"), nil, pass},
		{"an author of a subdomain", tags("s=ed; i=@mail.corp.test"), nil, pass},
		{"an author elsewhere", tags("s=ed; i=@other.test"), nil, permerror},
		{"another way to the key", tags("s=ed; q=http"), nil, permerror},

		{"no key", tags("s=none"), nil, permerror},
		{"the key is revoked", tags("s=revoked"), nil, permerror},
		{"two keys", tags("s=two"), nil, permerror},
		{"a key for the web", tags("s=web"), nil, permerror},
		{"a key for SHA-1", tags("s=old"), nil, permerror},
		{"too large a key", tags("s=large"), nil, permerror},
		{"a key by another name", tags("s=alias"), nil, pass},
		{"the key is not known", tags("s=fault"), nil, temperror},
		{"a key of another algorithm", seal{ed, "ed25519-sha256", "d=corp.test; s=rsa", "from", 0}, nil, permerror},
		{"another's key", seal{newSigner(t).key, "ed25519-sha256", "d=corp.test; s=ed", "from", 0}, nil, fail},

		{"a trace on top", good, above("Received: from a by b\r\nReturn-Path: <a@corp.test>\r\n"), pass},
		{"a line of mbox on top", good, above("From alice@corp.test Sun Nov 22 10:00:00 2026\r\n"), pass},
		{"lines end with LF", good, func(msg string) string { return strings.ReplaceAll(msg, "\r\n", "\n") }, pass},
		{"folded again", good, edit("Subject: Un mot", "Subject: Un\r\n\tmot"), pass},
		{"another body", good, edit("Bonjour", "Bonsoir"), fail},
		{"another subject", good, edit("Un mot", "Mot"), fail},

		{"a line of a field that looks like a From", good, above("X-Note: x\r\n From: bob@corp.test\r\n\tFrom: bob@corp.test\r\n"), pass},
		{"a second From on top", good, above("From: bob@corp.test\r\n"), none},
		{"a second From below", good, below("From: bob@corp.test\r\n"), none},
		{"a second From, in capitals and with white space", good, above("FROM \t: bob@corp.test\r\n"), none},
		{"a From that only the library takes for one", good, edit("From:", "From: bob@corp.test\r\nFrom\u00a0:"), none},
		{"a From after a form feed", good, edit("From:", "From: bob@corp.test\r\n\fFrom:"), none},
		{"a From below what others take for the end", good, above("From: bob@corp.test\r\n\r\r\nEnvoyez l'argent\r\n"), none},
		{"a From as a continuation of nothing", good, above(" From: bob@corp.test\r\n"), none},
		{"a second subject on top", good, above("Subject: Urgent\r\n"), none},
		{"a second subject, with a long s", good, edit("Subject:", "Subject: Urgent\r\n\u017fubject:"), none},
		{"a second type", good, above("Content-Type: text/html\r\ncontent-type: text/plain\r\n"), none},
		{"a second encoding", good, above("Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n"), none},
		{"a type of the whole", good, above("Content-Type: text/plain\r\n"), pass},
		{"no From", good, edit("From: Alice <alice@corp.test>\r\n", ""), none},
		{"no end of the header", good, func(msg string) string { head, _, _ := strings.Cut(msg, "\r\n\r\n"); return head + "\r\n" }, none},
		{"the header as long as may be", good, func(msg string) string { return filled(msg, maxHeader) }, pass},
		{"the header longer", good, func(msg string) string { return filled(msg, maxHeader+1) }, none},
		{"as many lines as may be", good, func(msg string) string { return strings.Repeat("X: x\r\n", maxLines-lines(msg)) + msg }, pass},
		{"more lines", good, func(msg string) string { return strings.Repeat("X: x\r\n", maxLines+1-lines(msg)) + msg }, none},
		{"nothing", good, func(string) string { return "" }, none},
	} {
		t.Run(x.name, func(t *testing.T) {
			msg := x.seal.put(t, text)
			t.Setenv("GODEBUG", "")
			if x.then != nil {
				msg = x.then(msg)
			}
			want := map[string]Verdict{pass: Proven, temperror: Unknown}[x.want]
			if want == Unprovable {
				want = Failed
			}
			got, reason := opine(t.Context(), c, Evidence{Domain: "corp.test", PeerIP: outside, Message: strings.NewReader(msg)})
			if got != want || !strings.HasPrefix(reason, "spf=none dkim="+x.want+" ") {
				t.Errorf("%v (%s), want %v by dkim=%s", got, reason, want, x.want)
			}
		})
	}
}

// lines counts the lines of a header.
func lines(msg string) int {
	head, _, _ := strings.Cut(msg, "\r\n\r\n")
	return strings.Count(head, "\n") + 1
}

// filled gives the header of a message this many octets, by a field on top.
func filled(msg string, size int) string {
	head, _, _ := strings.Cut(msg, "\r\n\r\n")
	const field = "X: \r\n"
	return "X: " + strings.Repeat("x", size-len(head)-len("\r\n\r\n")-len(field)) + "\r\n" + msg
}

// TestOnlyWhatCountsIsAskedFor checks that signatures of others cost no look-up.
func TestOnlyWhatCountsIsAskedFor(t *testing.T) {
	s := newSigner(t)
	var names []string
	a := (&Checker{}).asker()
	for _, d := range []string{"corp.test", "mail.corp.test", "other.test"} {
		seed(a.cache, "s._domainkey."+d, s.record())
	}
	counts := func(domain string) bool { names = append(names, domain); return domain == "mail.corp.test" }
	got := signatures(t.Context(), a, Evidence{Message: strings.NewReader(s.sign("mail.corp.test"))}, counts)
	if len(got) != 1 || got[0].domain != "mail.corp.test" || got[0].result != pass {
		t.Errorf("of what counts: %v", got)
	}
	left := a.left.Load()
	got = signatures(t.Context(), a, Evidence{Message: strings.NewReader(s.sign("other.test"))}, counts)
	if len(got) != 1 || got[0].domain != "other.test" || got[0].result != permerror || a.left.Load() != left {
		t.Errorf("of what does not: %v, after %d questions", got, left-a.left.Load())
	}
	key(t.Context(), a, "a._domainkey.b._domainkey.sub.test", counts) // of a selector that looks like more
	if strings.Join(names, " ") != "mail.corp.test other.test sub.test" {
		t.Errorf("asked for the keys of %q", names)
	}
}

func TestAnErrorBesideSignaturesProvesNothing(t *testing.T) {
	verified := []*dkim.Verification{{Domain: "corp.test"}}
	for _, x := range []struct {
		err  error
		want int
	}{
		{nil, 1},
		{dkim.ErrTooManySignatures, 1},
		{fmt.Errorf("more: %w", dkim.ErrTooManySignatures), 1},
		{errors.New("any other"), 0},
		{io.ErrUnexpectedEOF, 0},
	} {
		if got := findings(verified, x.err); len(got) != x.want {
			t.Errorf("beside %v: %v", x.err, got)
		}
	}
}

// TestAFaultOfOurDiskLeavesNothingBehind checks that goroutines of the library
// end: the bubble fails if one is left.
func TestAFaultOfOurDiskLeavesNothingBehind(t *testing.T) {
	s := newSigner(t)
	signed := s.sign("corp.test", "mail.corp.test")
	a := (&Checker{}).asker()
	seed(a.cache, "s._domainkey.corp.test", s.record())
	seed(a.cache, "s._domainkey.mail.corp.test", s.record())
	synctest.Test(t, func(t *testing.T) {
		msg := io.MultiReader(strings.NewReader(signed[:len(signed)-2]), iotest.ErrReader(errors.New("the disk is gone")))
		got := signatures(t.Context(), a, Evidence{Domain: "corp.test", Message: msg}, func(string) bool { return true })
		if len(got) != 1 || got[0].domain != "corp.test" || got[0].result != temperror {
			t.Errorf("found %v", got)
		}
	})
}

// BenchmarkCheck weighs a signed message of 4 KB once DNS has answered.
func BenchmarkCheck(b *testing.B) {
	_, ed, _ := ed25519.GenerateKey(nil)
	body := strings.Repeat("Une ligne de texte comme une autre, jusqu'au bout.\r\n", 80)
	for name, s := range map[string]seal{
		"unsigned": {},
		"ed25519":  {ed, "ed25519-sha256", "d=corp.test; s=s", "from:to:subject", 0},
		"rsa2048":  {newRSA(b, 2048), "rsa-sha256", "d=corp.test; s=s", "from:to:subject", 0},
	} {
		b.Run(name, func(b *testing.B) {
			c := &Checker{}
			seed(&c.cache, "_dmarc.corp.test", "v=DMARC1; p=reject")
			seed(&c.cache, "corp.test", "v=spf1 ip4:198.51.100.0/24 -all")
			msg := strings.Replace(text, "Bonjour\r\n", body, 1)
			if s.key != nil {
				seed(&c.cache, "s._domainkey.corp.test", keyRecord(s.key, ""))
				msg = s.put(b, msg)
			}
			b.ReportAllocs()
			for b.Loop() {
				if got, reason := opine(b.Context(), c, Evidence{Domain: "corp.test", PeerIP: sends, MailFrom: "a@corp.test", Message: strings.NewReader(msg)}); got != Proven {
					b.Fatalf("%v (%s)", got, reason)
				}
			}
		})
	}
}

// BenchmarkParts is where the time of BenchmarkCheck goes, at the least.
func BenchmarkParts(b *testing.B) {
	key := newRSA(b, 2048)
	sum := sha256.Sum256(make([]byte, 4096))
	signed, _ := key.Sign(rand.Reader, sum[:], crypto.SHA256)
	b.Run("rsa2048", func(b *testing.B) {
		for b.Loop() {
			if rsa.VerifyPKCS1v15(&key.PublicKey, crypto.SHA256, sum[:], signed) != nil {
				b.Fatal("not verified")
			}
		}
	})
	b.Run("sha256 of 4 KB", func(b *testing.B) {
		block := make([]byte, 4096)
		for b.Loop() {
			sha256.Sum256(block)
		}
	})
	b.Run("folded header", func(b *testing.B) {
		// The worst that fits: the library joins the lines of a field one by one.
		s := newSigner(b)
		a := (&Checker{}).asker()
		signed := s.sign("corp.test")
		line := " " + strings.Repeat("x", maxHeader/maxLines-3) + "\n"
		msg := "X: x\r\n" + strings.Repeat(line, maxLines-1-lines(signed)) + signed
		for b.Loop() {
			if found := signatures(b.Context(), a, Evidence{Message: strings.NewReader(msg)}, func(string) bool { return false }); len(found) != 1 {
				b.Fatalf("found %v", found)
			}
		}
	})
}
