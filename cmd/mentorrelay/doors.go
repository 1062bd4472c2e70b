package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"mentorrelay/relay"
	"mentorrelay/relay/imapdoor"
	"mentorrelay/relay/smtpdoor"
)

// doorGrace is how long the doors have to finish what is in hand. The outbox
// takes 20 s at the most after that, and all has to end within 30 s.
const doorGrace = 8 * time.Second

// A door runs until ctx ends, and then finishes what it has in hand.
type door struct {
	name    string
	address net.Addr // nil for IMAP, where it is we who connect
	run     func(ctx context.Context) error
}

// openDoors opens what is configured of SMTP, LMTP and IMAP.
func openDoors(c *Config, core *relay.Relay, now func() time.Time, log *slog.Logger) (doors []door, err error) {
	certificate, err := c.certificate(log)
	if err != nil {
		return nil, err
	}
	var open []net.Listener
	defer func() {
		if err != nil {
			for _, l := range open {
				l.Close()
			}
		}
	}()
	for _, d := range []struct {
		kind       relay.Door
		key, where string
	}{{relay.SMTP, "smtp.listen", c.SMTP.Listen}, {relay.LMTP, "smtp.lmtp", c.SMTP.LMTP}} {
		if d.where == "" {
			continue
		}
		listener, err := smtpdoor.Listen(d.where)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.key, err)
		}
		open = append(open, listener)
		log.Info("listening", "door", d.kind, "address", listener.Addr())
		server := smtpdoor.New(smtpdoor.Config{
			Relay: core, Hostname: core.Scheme.Host(), Door: d.kind, TLS: certificate, MaxSize: int64(c.SMTP.MaxSize), Now: now, Log: log,
			Trusts: func(peer netip.Addr) bool { return peer.IsLoopback() || core.Trust.Trusts(peer) },
		})
		doors = append(doors, door{string(d.kind), listener.Addr(), func(ctx context.Context) error { return serveSMTP(ctx, server, listener, log) }})
	}
	if c.IMAP.URL != "" {
		mailbox, err := imapdoor.New(imapConfig(c, core, log))
		if err != nil {
			return nil, err
		}
		doors = append(doors, door{"imap", nil, mailbox.Run})
	}
	return doors, nil
}

// serveSMTP serves until ctx ends, and then lets sessions with a message in
// hand come to its end.
func serveSMTP(ctx context.Context, server *smtpdoor.Server, l net.Listener, log *slog.Logger) error {
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), doorGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		log.Warn("sessions were cut off: their clients will send again", "err", err)
	}
	return <-served
}

// imapConfig is how to reach the mailbox that mail comes to.
func imapConfig(c *Config, core *relay.Relay, log *slog.Logger) imapdoor.Config {
	return imapdoor.Config{
		URL: c.IMAP.URL,
		Password: func() (string, error) {
			password, err := readPassword(c.IMAP.PasswordFile)
			if err != nil {
				return "", fmt.Errorf("imap.password_file: %w", err)
			}
			return password, nil
		},
		After:   c.IMAP.After,
		MaxSize: int64(c.SMTP.MaxSize),
		Relay:   core,
		Log:     log,
	}
}

// certificate is what STARTTLS shows, or nil.
func (c *Config) certificate(log *slog.Logger) (*tls.Config, error) {
	if c.SMTP.TLSCert == "" {
		return nil, nil
	}
	shown, err := smtpdoor.LoadTLS(c.SMTP.TLSCert, c.SMTP.TLSKey, log)
	if err != nil {
		return nil, fmt.Errorf("smtp.tls_cert, smtp.tls_key: %w", err)
	}
	return shown, nil
}
