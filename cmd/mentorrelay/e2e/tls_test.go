//go:build linux

package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// TestTLS fetches over imaps:// and sends over smtps://, as with any real
// provider, and believes nobody whose certificate it does not know.
func TestTLS(t *testing.T) {
	boxes := startDovecot(t)
	post := startPostfix(t, postfixSetup{boxes: boxes, senders: map[string]string{
		"corp.test": "PREPEND Authentication-Results: boxes.test; dmarc=pass header.from=corp.test",
	}})
	relay := newInstallation(t, nil)
	secret := write(t, relay.dir, "password", password+"\n")
	user := url.PathEscape(mentors)
	relay.env["IMAP_URL"] = "imaps://" + user + "@" + boxes.imaps + "/INBOX"
	relay.env["IMAP_AUTHSERV_ID"] = "boxes.test"
	relay.env["SEND_URL"] = "smtps://" + user + "@" + post.smtps
	relay.env["IMAP_PASSWORD_FILE"], relay.env["SEND_PASSWORD_FILE"] = secret, secret
	relay.init("--mailbox", mentors)
	p := relay.aliceAndBen()
	deliver(t, post.smtp, alice, p.masks[alice], numbered(alice, p.masks[alice], 0))
	post.idle(t)

	wary := relay.serve()
	eventually(t, "the certificate to be refused", func() bool { return strings.Contains(wary.out.String(), "x509") })
	relay.stop(wary)
	boxes.inbox(t, mentors).wait(1) // the letter waits

	// Dovecot and Postfix have one certificate each; it takes both.
	relay.roots = write(t, relay.dir, "roots.pem", certificates(t, boxes.cert, post.cert))
	relay.serve()
	boxes.inbox(t, ben).wait(1)
	boxes.open(t, mentors, "Relayed").wait(1)
}

// TestStartTLS opens the relay's own SMTP door with a certificate.
func TestStartTLS(t *testing.T) {
	w := &world{boxes: startDovecot(t), relay: newInstallation(t, nil)}
	w.post = startPostfix(t, postfixSetup{boxes: w.boxes})
	w.relay.openDoors()
	w.relay.env["SEND_URL"] = "smtp://" + w.post.smtp
	w.relay.env["SMTP_TLS_CERT"], w.relay.env["SMTP_TLS_KEY"] = certificate(t, w.relay.dir)
	w.relay.init("--domain", "relay.test")
	to := w.relay.aliceAndBen().masks[alice]
	w.relay.serve()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(read(t, w.relay.env["SMTP_TLS_CERT"])))
	c, err := smtp.DialStartTLS(w.relay.smtp, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SendMail(alice, []string{to}, strings.NewReader(strings.ReplaceAll(numbered(alice, to, 0), "\n", "\r\n"))); err != nil {
		t.Fatal(err)
	}
	w.boxes.inbox(t, ben).wait(1)
}

// certificate makes a certificate for this machine that vouches for itself,
// and returns the files of it and of its key.
func certificate(t testing.TB, dir string) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: dir},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert = write(t, dir, "cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	return cert, write(t, dir, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
}

// certificates reads several into one text.
func certificates(t testing.TB, files ...string) string {
	t.Helper()
	var all strings.Builder
	for _, f := range files {
		all.WriteString(read(t, f))
	}
	return all.String()
}
