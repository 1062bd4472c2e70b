package smtpdoor

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// testCertificate makes a certificate, and its two files.
func testCertificate(t testing.TB) (tls.Certificate, [2][]byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"mx.relay.test"}, NotAfter: time.Now().Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyBytes, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	files := [2][]byte{
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyBytes}),
	}
	pair, err := tls.X509KeyPair(files[0], files[1])
	if err != nil {
		t.Fatal(err)
	}
	return pair, files
}

func serverTLS(c tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS12}
}

func TestCertificateIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	// Files written within one tick of the clock differ in time all the same.
	age := time.Hour
	write := func(name string, data []byte) {
		t.Helper()
		age -= time.Minute
		at := time.Now().Add(-age)
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	first, firstFiles := testCertificate(t)
	second, secondFiles := testCertificate(t)

	if _, err := LoadTLS(certFile, keyFile, slog.New(slog.DiscardHandler)); err == nil {
		t.Fatal("no error for files that are not there")
	}
	write(certFile, firstFiles[0])
	write(keyFile, firstFiles[1])
	config, err := LoadTLS(certFile, keyFile, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	serves := func(what string, want tls.Certificate) {
		t.Helper()
		got, err := config.GetCertificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Certificate[0], want.Certificate[0]) {
			t.Errorf("%s: the wrong certificate", what)
		}
	}
	serves("at first", first)
	write(certFile, secondFiles[0])
	serves("while the key is not there yet", first)
	write(keyFile, secondFiles[1])
	serves("when both are there", second)
	if err := os.Remove(keyFile); err != nil {
		t.Fatal(err)
	}
	serves("when the key is gone", second)
	if config.MinVersion != tls.VersionTLS12 {
		t.Error("TLS before 1.2 is allowed")
	}
}
