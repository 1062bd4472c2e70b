package smtpdoor

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// LoadTLS returns a configuration for a Server with the certificate and key
// in two PEM files, which it reads again when they have changed: whoever renews
// a certificate need not restart anything.
func LoadTLS(certFile, keyFile string, log *slog.Logger) (*tls.Config, error) {
	k := &keyPair{certFile: certFile, keyFile: keyFile, log: log}
	if _, err := k.get(nil); err != nil {
		return nil, err
	}
	// Mail servers send in clear what they can't send in TLS: the versions
	// RFC 8996 forbids are refused, and nothing that is merely old.
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: k.get}, nil
}

// A keyPair is a certificate and key as last read from their files.
type keyPair struct {
	certFile, keyFile string
	log               *slog.Logger

	mu      sync.Mutex
	state   [2]fileState
	current *tls.Certificate
}

// A fileState changes when its file does.
type fileState struct {
	modified time.Time
	size     int64
}

// get implements tls.Config.GetCertificate. The two files are seldom written
// at the same moment: until they fit each other the old pair serves.
func (k *keyPair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	err := k.reload()
	if k.current == nil {
		return nil, err
	}
	if err != nil {
		k.log.Warn("certificate not read again", "error", err)
	}
	return k.current, nil
}

func (k *keyPair) reload() error {
	var state [2]fileState
	for i, name := range []string{k.certFile, k.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		state[i] = fileState{info.ModTime(), info.Size()}
	}
	if state == k.state {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(k.certFile, k.keyFile)
	if err != nil {
		return fmt.Errorf("%s and %s: %w", k.certFile, k.keyFile, err)
	}
	k.state, k.current = state, &pair
	return nil
}
