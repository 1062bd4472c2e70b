package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"mentorrelay/relay"
	"mentorrelay/relay/imapdoor"
	"mentorrelay/relay/outbox"
	"mentorrelay/storage"
)

// checkCommand looks at all that an installation rests on.
type checkCommand struct {
	Live   bool `help:"Log in to the IMAP and SMTP servers, too."`
	output `embed:""`
}

// checkTime bounds each check.
const checkTime = 20 * time.Second

// A finding is what one check came to.
type finding struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	Text string `json:"text"` // what was found, or how to mend it
}

// An examination is a series of checks.
type examination struct {
	now      time.Time
	config   *Config
	resolver *net.Resolver
	findings []finding
	failed   int
}

// check runs one check, which returns what it found.
func (e *examination) check(ctx context.Context, name string, look func(ctx context.Context) (string, error)) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	text, err := look(ctx)
	if err != nil {
		text = err.Error()
		e.failed++
	}
	e.findings = append(e.findings, finding{name, err == nil, strings.Join(strings.Fields(text), " ")})
}

// Run prints a line for each check.
func (c *checkCommand) Run(ctx context.Context, m *Main) error {
	e := &examination{now: m.Now()}
	e.check(ctx, "configuration", func(context.Context) (string, error) {
		config, err := m.config()
		if err != nil {
			return "", err
		}
		e.config, e.resolver = config, config.resolver()
		return m.file(), nil
	})
	if e.config != nil {
		e.local(ctx)
		if e.config.Service.Domain != "" {
			e.dns(ctx)
		}
		if c.Live {
			e.live(ctx)
		}
	}
	e.check(ctx, "clock", func(context.Context) (string, error) { return checkClock(e.now) })
	err := c.print(m, e.findings, func(w io.Writer) {
		for _, f := range e.findings {
			verdict := "ok"
			if !f.OK {
				verdict = "mend"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", verdict, f.Name, f.Text)
		}
	})
	if err == nil && e.failed > 0 {
		err = fmt.Errorf("%d of %d checks failed: mend what is named above", e.failed, len(e.findings))
	}
	return err
}

// local checks what is on this machine, and the database.
func (e *examination) local(ctx context.Context) {
	c := e.config
	e.check(ctx, "secret", func(context.Context) (string, error) {
		if _, err := c.scheme(); err != nil {
			return "", err
		}
		return checkMode(c.Service.SecretFile)
	})
	if c.DKIM.KeyFile != "" {
		e.check(ctx, "DKIM key", func(context.Context) (string, error) {
			if _, err := c.signers(); err != nil {
				return "", err
			}
			return checkMode(c.DKIM.KeyFile)
		})
	}
	if c.SMTP.TLSCert != "" {
		e.check(ctx, "certificate", func(context.Context) (string, error) { return checkCertificate(c, e.now) })
	}
	for _, p := range []struct{ key, file string }{
		{"smtp.tls_key", c.SMTP.TLSKey}, {"imap.password_file", c.IMAP.PasswordFile}, {"send.password_file", c.Send.PasswordFile},
	} {
		if p.file != "" {
			e.check(ctx, p.key, func(context.Context) (string, error) { return checkMode(p.file) })
		}
	}
	e.check(ctx, "doors", func(context.Context) (string, error) { return "mail comes in, and goes out", c.complete() })
	e.check(ctx, "database", e.database)
}

// checkCertificate tells whether the certificate fits its key and is valid.
func checkCertificate(c *Config, now time.Time) (string, error) {
	pair, err := tls.LoadX509KeyPair(c.SMTP.TLSCert, c.SMTP.TLSKey)
	if err != nil {
		return "", fmt.Errorf("smtp.tls_cert, smtp.tls_key: %w", err)
	}
	end := pair.Leaf.NotAfter
	if now.After(end) {
		return "", fmt.Errorf("smtp.tls_cert expired on %s: renew it", end.Format(time.DateOnly))
	}
	return "valid until " + end.Format(time.DateOnly), nil
}

// checkMode tells whether nobody but the owner can read a file.
func checkMode(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("others can read %s: chmod 600 it", file)
	}
	return file, nil
}

// database opens the database, but makes none.
func (e *examination) database(ctx context.Context) (string, error) {
	if file, ok := strings.CutPrefix(e.config.Storage.URL, "sqlite:"); ok {
		if _, err := os.Stat(file); err != nil {
			return "", fmt.Errorf("storage.url: %w: `mentorrelay init` makes a database", err)
		}
	}
	s, err := storage.Open(ctx, e.config.Storage.URL)
	if err != nil {
		return "", fmt.Errorf("storage.url: %w", err)
	}
	defer s.Close()
	list, err := s.Programmes(ctx)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "", errors.New("there is no programme yet: `mentorrelay programme add` makes one")
	}
	return fmt.Sprintf("it opens, %d programme(s)", len(list)), nil
}

// dns checks what is published for the domain.
func (e *examination) dns(ctx context.Context) {
	e.check(ctx, "MX", e.mx)
	e.check(ctx, "SPF", e.spf)
	e.check(ctx, "DKIM", e.dkim)
	e.check(ctx, "DMARC", e.dmarc)
}

// mx wants servers that exist; one called "." takes no mail (RFC 7505).
func (e *examination) mx(ctx context.Context) (string, error) {
	domain := e.config.Service.Domain
	list, err := e.resolver.LookupMX(ctx, domain+".")
	if err != nil {
		return "", fmt.Errorf("no MX record found: publish %s IN MX 10 and the name of this server (%w)", domain, err)
	}
	var names []string
	for _, mx := range list {
		if mx.Host == "." {
			return "", fmt.Errorf("the MX record of %s says that it takes no mail: replace it", domain)
		}
		if _, err := e.resolver.LookupHost(ctx, mx.Host); err != nil {
			return "", fmt.Errorf("the MX record names %s, which has no address: publish one (%w)", mx.Host, err)
		}
		names = append(names, mx.Host)
	}
	return strings.Join(names, ", "), nil
}

// spf wants one record: two are none (RFC 7208 §4.5).
func (e *examination) spf(ctx context.Context) (string, error) {
	domain := e.config.Service.Domain
	switch list, err := e.texts(ctx, domain, "v=spf1"); {
	case err != nil:
		return "", err
	case len(list) == 0:
		return "", fmt.Errorf(`publish %s IN TXT "v=spf1 mx ~all", with the server of [send] in it`, domain)
	case len(list) > 1:
		return "", fmt.Errorf("%s has %d SPF records, which count for none: leave one", domain, len(list))
	default:
		return list[0], nil
	}
}

// dkim wants the public halves of the keys that mail is signed with.
func (e *examination) dkim(ctx context.Context) (string, error) {
	if e.config.DKIM.KeyFile == "" {
		return "", errors.New("mail is not signed: set dkim.selector and dkim.key_file")
	}
	signers, err := e.config.signers()
	if err != nil {
		return "", err
	}
	var names []string
	for _, s := range signers {
		list, err := e.texts(ctx, s.Name(), "")
		if err != nil {
			return "", err
		}
		if !s.In(list) {
			what := "publish"
			if len(list) > 0 {
				what = "what is published is of another key: replace it by"
			}
			return "", fmt.Errorf("%s %s IN TXT %s", what, s.Name(), s.Record())
		}
		names = append(names, s.Name())
	}
	return strings.Join(names, ", ") + ": as the keys are", nil
}

// dmarc wants a policy of the domain or of the one it belongs to (RFC 7489
// §6.6.3).
func (e *examination) dmarc(ctx context.Context) (string, error) {
	domain := e.config.Service.Domain
	names := []string{domain}
	if organisation, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil && organisation != domain {
		names = append(names, organisation)
	}
	for _, name := range names {
		list, err := e.texts(ctx, "_dmarc."+name, "v=DMARC1")
		if err != nil {
			return "", err
		}
		if len(list) == 1 {
			return list[0], nil
		}
	}
	return "", fmt.Errorf(`publish one record _dmarc.%s IN TXT "v=DMARC1; p=quarantine"`, domain)
}

// texts looks up the TXT records that begin like this; none is no error.
func (e *examination) texts(ctx context.Context, name, prefix string) ([]string, error) {
	all, err := e.resolver.LookupTXT(ctx, name+".") // rooted, lest a search domain be tried
	var missing *net.DNSError
	if errors.As(err, &missing) && missing.IsNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the DNS does not answer, see dns.resolver: %w", err)
	}
	var list []string
	for _, text := range all {
		if strings.HasPrefix(strings.ToLower(text), strings.ToLower(prefix)) {
			list = append(list, text)
		}
	}
	return list, nil
}

// live logs in where mail comes from and goes to.
func (e *examination) live(ctx context.Context) {
	c := e.config
	if c.IMAP.URL != "" {
		e.check(ctx, "IMAP login", func(ctx context.Context) (string, error) {
			door, err := imapdoor.New(imapConfig(c, relay.New(relay.Config{}), nil)) // which it does not ask anything
			if err != nil {
				return "", err
			}
			return c.IMAP.URL, door.Check(ctx)
		})
	}
	if c.Send.URL != "" {
		e.check(ctx, "SMTP login", func(ctx context.Context) (string, error) {
			config, err := outboxConfig(c)
			if err != nil {
				return "", err
			}
			return c.Send.URL, outbox.Check(ctx, config)
		})
	}
}

// checkClock tells a clock that was never set: message ids, expiry and
// schedules all rest on it.
func checkClock(now time.Time) (string, error) {
	floor := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC) // before any of this was written
	if built := readBuild().At; built.After(floor) {
		floor = built
	}
	if now.Before(floor) {
		return "", fmt.Errorf("it says %s, which is before this program was made: set it, by NTP best", now.UTC().Format(time.RFC3339))
	}
	return now.UTC().Format(time.RFC3339), nil
}
