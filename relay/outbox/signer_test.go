package outbox

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
)

// keys are one of each kind, with the DNS record that goes with it.
func keys(t *testing.T) map[string]struct {
	crypto.Signer
	record string
} {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(rsaKey.Public())
	if err != nil {
		t.Fatal(err)
	}
	edPublic, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]struct {
		crypto.Signer
		record string
	}{
		"rsa":     {rsaKey, "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(spki)},
		"ed25519": {edKey, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(edPublic)},
	}
}

// letters are messages whose canonical form is not what they are.
func letters() map[string]string {
	return map[string]string{
		"plain":    plainLetter,
		"no body":  "From: alice@relay.test\r\n\r\n",
		"folded":   strings.Replace(plainLetter, "Subject: Hello", "Subject:  Hello\r\n\t, dear   Ben ", 1),
		"spaces":   plainLetter + "a \t b \r\n \r\nc\r\n\r\n\r\n",
		"no end":   plainLetter + "the last line has no end",
		"lone LF":  plainLetter + "one\ntwo\rthree\n\n.\n",
		"dots":     plainLetter + ".\r\n..\r\n.x\r\n",
		"8-bit":    plainLetter + "Où ? \xff\xfe\r\n",
		"empty":    plainLetter + "a" + strings.Repeat("\r\n", 5000) + "b" + strings.Repeat(" \r\n", 5000),
		"large":    plainLetter + strings.Repeat("0123456789 abcdefghijklmnopqrstuvwxyz\r\n", 20000),
		"all kept": "Reply-To: x@relay.test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\nList-Unsubscribe: <mailto:help@relay.test>\r\n" + plainLetter,
	}
}

// sent is what arrives at the other end: signed, and with its dots undone.
func sent(t *testing.T, s *Signer, message string) string {
	field, err := sign([]*Signer{s}, strings.NewReader(message), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	l := &lineWriter{w: &b}
	l.Write([]byte(message))
	l.end()
	return field + b.String()
}

func TestSignatures(t *testing.T) {
	for kind, key := range keys(t) {
		s, err := NewSigner("relay.test", "one", key)
		if err != nil {
			t.Fatal(err)
		}
		lookup := func(name string) ([]string, error) {
			if name != "one._domainkey.relay.test" {
				t.Errorf("asked for %s", name)
			}
			return []string{key.record}, nil
		}
		verify := func(message string) error {
			v, err := dkim.VerifyWithOptions(strings.NewReader(message), &dkim.VerifyOptions{LookupTXT: lookup})
			if err != nil || len(v) != 1 {
				t.Fatal(v, err)
			}
			return v[0].Err
		}
		for name, message := range letters() {
			t.Run(kind+"/"+name, func(t *testing.T) {
				signed := sent(t, s, message)
				if err := verify(signed); err != nil {
					t.Errorf("%v:\n%.2000s", err, signed)
				}
				field, _, _ := strings.Cut(signed, "\r\nFrom:")
				for line := range strings.Lines(field) {
					if len(line) > 80 && !strings.HasPrefix(line, "DKIM-Signature:") {
						t.Errorf("a line of %d octets: %q", len(line), line)
					}
				}
				for _, added := range []string{"From: eve@relay.test\r\n", "Subject: Other\r\n", "Content-Type: text/html\r\n", "Reply-To: eve@uni.test\r\n"} {
					if verify(added+signed) == nil {
						t.Errorf("still valid with %q", added)
					}
				}
			})
		}
	}
}

// python3-dkim is another's reading of the RFC.
func TestSignaturesWithPython(t *testing.T) {
	const program = `import sys, dkim
for file in sys.argv[2:]:
    if not dkim.verify(open(file, "rb").read(), dnsfunc=lambda name, timeout=5: sys.argv[1].encode()):
        print(file)`
	if exec.Command("/usr/bin/python3", "-c", "import dkim, nacl").Run() != nil {
		t.Skip("python3-dkim or python3-nacl is not installed")
	}
	for kind, key := range keys(t) {
		s, err := NewSigner("relay.test", "one", key)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		args := []string{"-c", program, key.record}
		for name, message := range letters() {
			file := filepath.Join(dir, name)
			if err := os.WriteFile(file, []byte(sent(t, s, message)), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
		if out, err := exec.Command("/usr/bin/python3", args...).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: not verified: %v\n%s", kind, err, out)
		}
	}
}

func TestLoadKeys(t *testing.T) {
	file := filepath.Join(t.TempDir(), "dkim.pem")
	for kind, key := range keys(t) {
		pkcs8, err := x509.MarshalPKCS8PrivateKey(key.Signer)
		if err != nil {
			t.Fatal(err)
		}
		blocks := []*pem.Block{{Type: "PRIVATE KEY", Bytes: pkcs8}}
		if k, ok := key.Signer.(*rsa.PrivateKey); ok {
			blocks = append(blocks, &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(k)})
		}
		for _, block := range blocks {
			if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
				t.Fatal(err)
			}
			loaded, err := LoadKeys(file)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			if public := loaded[0].Public().(interface{ Equal(crypto.PublicKey) bool }); !public.Equal(key.Public()) {
				t.Errorf("%s: another key was loaded", kind)
			}
		}
	}
	if err := os.WriteFile(file, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKeys(file); err == nil || !strings.Contains(err.Error(), "no PEM block") {
		t.Error("a file without a key:", err)
	}
}

func TestNewSignerRefuses(t *testing.T) {
	_, key, _ := ed25519.GenerateKey(rand.Reader)
	if _, err := NewSigner("", "one", key); err == nil {
		t.Error("no domain, and no error")
	}
	if _, err := NewSigner("relay.test", "", key); err == nil {
		t.Error("no selector, and no error")
	}
}
