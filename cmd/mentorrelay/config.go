package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"mentorrelay/relay/mask"
)

// A Config is the configuration: a field for each key of the file, with its
// environment twin (see settings).
type Config struct {
	Service struct {
		Domain     string `toml:"domain"`
		Mailbox    string `toml:"mailbox"`
		SecretFile string `toml:"secret_file"`
		Metrics    string `toml:"metrics"`
	} `toml:"service"`
	Storage struct {
		URL string `toml:"url"`
	} `toml:"storage"`
	SMTP struct {
		Listen  string    `toml:"listen"`
		LMTP    string    `toml:"lmtp"`
		TLSCert string    `toml:"tls_cert"`
		TLSKey  string    `toml:"tls_key"`
		Trusted []network `toml:"trusted"`
		MaxSize size      `toml:"max_size"`
	} `toml:"smtp"`
	IMAP struct {
		URL          string `toml:"url"`
		PasswordFile string `toml:"password_file"`
		After        string `toml:"after"`
		AuthservID   string `toml:"authserv_id"`
	} `toml:"imap"`
	Send struct {
		URL          string `toml:"url"`
		PasswordFile string `toml:"password_file"`
		Connections  int    `toml:"connections"`
	} `toml:"send"`
	DKIM struct {
		Selector string `toml:"selector"`
		KeyFile  string `toml:"key_file"`
	} `toml:"dkim"`
	DNS struct {
		Resolver string `toml:"resolver"`
	} `toml:"dns"`
}

// defaultConfig is what holds where neither file nor environment says more.
func defaultConfig() *Config {
	var c Config
	c.Service.SecretFile = "secret.key"
	c.Storage.URL = "sqlite:mentorrelay.db"
	c.SMTP.MaxSize = 25 << 20
	c.IMAP.After = "move:Relayed"
	c.Send.Connections = 8
	return &c
}

// readConfig reads a configuration file and the environment, which wins.
func readConfig(file string, environ []string) (*Config, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s: make one with `mentorrelay init`, or name it with --config", file)
	}
	if err != nil {
		return nil, err
	}
	return parseConfig(file, string(text), environ)
}

// parseConfig makes a configuration of the text of a file.
func parseConfig(file, text string, environ []string) (*Config, error) {
	c := defaultConfig()
	meta, err := toml.Decode(text, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("%s: %w", file, unknownKey(unknown[0], meta.Type(unknown[0]...) == "Hash"))
	}
	if err := overlay(c, environ); err != nil {
		return nil, err
	}
	if err := c.validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	c.locate(filepath.Dir(file))
	return c, nil
}

// locate makes the paths of c relative to the folder that its file is in.
func (c *Config) locate(dir string) {
	paths := []*string{&c.Service.SecretFile, &c.SMTP.TLSCert, &c.SMTP.TLSKey, &c.IMAP.PasswordFile, &c.Send.PasswordFile, &c.DKIM.KeyFile}
	if c.SMTP.LMTP != "" && !isHostPort(c.SMTP.LMTP) {
		paths = append(paths, &c.SMTP.LMTP)
	}
	file, isFile := strings.CutPrefix(c.Storage.URL, "sqlite:")
	if isFile {
		paths = append(paths, &file)
	}
	for _, p := range paths {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(dir, *p)
		}
	}
	if isFile {
		c.Storage.URL = "sqlite:" + file
	}
}

// validate names the first key whose value can't be, and what to write. It
// brings domain and mailbox into their canonical form.
func (c *Config) validate() error {
	host, hostOK := mask.Canonical("x@" + c.Service.Domain)
	mailbox, mailboxOK := mask.Canonical(c.Service.Mailbox)
	storageURL := c.Storage.URL
	for _, v := range []struct {
		key   string
		ok    bool
		write string
	}{
		{"service.domain", c.Service.Domain != "" || c.Service.Mailbox != "", "write your relay's domain, as in \"relay.example.org\", or set service.mailbox instead"},
		{"service.mailbox", c.Service.Domain == "" || c.Service.Mailbox == "", "leave it empty when service.domain is set: only one of the two can be"},
		{"service.domain", c.Service.Domain == "" || hostOK, "write a domain name, as in \"relay.example.org\""},
		{"service.mailbox", c.Service.Mailbox == "" || mailboxOK, "write an address, as in \"mentoring@example.org\""},
		{"service.secret_file", c.Service.SecretFile != "", "write the name of the file that `mentorrelay init` made, as in \"secret.key\""},
		{"service.metrics", c.Service.Metrics == "" || isHostPort(c.Service.Metrics), "write host:port, as in \"127.0.0.1:9325\", or leave it empty"},
		{"storage.url", len(storageURL) > len("sqlite:") && strings.HasPrefix(storageURL, "sqlite:") || isURL(storageURL, "postgres", "postgresql"), "write \"sqlite:FILE\" or \"postgres://user@host/database\""},
		{"smtp.listen", c.SMTP.Listen == "" || isHostPort(c.SMTP.Listen), "write host:port or :port, as in \":25\", or leave it empty"},
		{"smtp.tls_cert", c.SMTP.TLSCert != "" || c.SMTP.TLSKey == "", "write the certificate that belongs to smtp.tls_key, or leave both empty"},
		{"smtp.tls_key", c.SMTP.TLSKey != "" || c.SMTP.TLSCert == "", "write the key that belongs to smtp.tls_cert, or leave both empty"},
		{"imap.url", c.IMAP.URL == "" || isURL(c.IMAP.URL, "imap", "imaps"), "write imaps://user@host/INBOX, the password goes into imap.password_file"},
		{"imap.after", c.IMAP.After == "delete" || len(c.IMAP.After) > len("move:") && strings.HasPrefix(c.IMAP.After, "move:"), "write \"move:FOLDER\" or \"delete\""},
		{"send.url", c.Send.URL == "" || isURL(c.Send.URL, "smtp", "smtps"), "write smtps://user@host:465 or smtp://host:587, the password goes into send.password_file"},
		{"send.connections", c.Send.Connections >= 1, "write how many connections may be open at a time, as in 8"},
		{"dkim.selector", c.DKIM.Selector != "" || c.DKIM.KeyFile == "", "write the selector that dkim.key_file is published under, or leave both empty"},
		{"dkim.key_file", c.DKIM.KeyFile != "" || c.DKIM.Selector == "", "write the file with the private key of dkim.selector, or leave both empty"},
		{"dns.resolver", c.DNS.Resolver == "" || isHostPort(c.DNS.Resolver), "write host:port, as in \"127.0.0.1:53\", or leave it empty"},
	} {
		if !v.ok {
			return fmt.Errorf("%s (or %s): %s", v.key, twin(v.key), v.write)
		}
	}
	if c.Service.Domain != "" {
		c.Service.Domain = strings.TrimPrefix(host, "x@")
	}
	c.Service.Mailbox = mailbox
	return nil
}

// scheme returns how this installation's addresses are made.
func (c *Config) scheme() (*mask.Scheme, error) {
	secret, err := readSecret(c.Service.SecretFile)
	if err != nil {
		return nil, fmt.Errorf("service.secret_file: %w", err)
	}
	return &mask.Scheme{Domain: c.Service.Domain, Mailbox: c.Service.Mailbox, Secret: secret}, nil
}

// complete names the first key without which nothing can be relayed.
func (c *Config) complete() error {
	if c.Send.URL == "" {
		return fmt.Errorf("send.url (or %s): write the server that mail goes out by, as in \"smtp://localhost:587\"", twin("send.url"))
	}
	if c.SMTP.Listen == "" && c.SMTP.LMTP == "" && c.IMAP.URL == "" {
		return fmt.Errorf("smtp.listen (or %s): write where mail comes in, as in \":25\", or set smtp.lmtp or imap.url", twin("smtp.listen"))
	}
	return nil
}

func (c *Config) trusted() []netip.Prefix {
	var list []netip.Prefix
	for _, n := range c.SMTP.Trusted {
		list = append(list, n.Prefix)
	}
	return list
}

// readPassword reads the first line of a file.
func readPassword(file string) (string, error) {
	text, err := os.ReadFile(file)
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSuffix(line, "\r"), err
}

// secretSize is how many octets the secret has: the strength of HMAC-SHA256.
const secretSize = 32

func readSecret(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) < secretSize {
		return nil, fmt.Errorf("%s is no secret: it should hold %d random octets in base64, as `mentorrelay init` writes them", file, secretSize)
	}
	return secret, nil
}

func isHostPort(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// isURL tells whether s is a URL with a host and one of the schemes. In those
// of mail servers a password has no place: configurations get copied about.
func isURL(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return false
	}
	if _, secret := u.User.Password(); secret && !strings.HasPrefix(u.Scheme, "postgres") {
		return false
	}
	for _, scheme := range schemes {
		if u.Scheme == scheme {
			return true
		}
	}
	return false
}

// A network is a range of IP addresses, or one of them.
type network struct{ netip.Prefix }

// UnmarshalText implements encoding.TextUnmarshaler.
func (n *network) UnmarshalText(text []byte) error {
	prefix, err := netip.ParsePrefix(string(text))
	if err != nil {
		address, err := netip.ParseAddr(string(text))
		if err != nil {
			return fmt.Errorf("%q is no network: write e.g. \"192.0.2.0/24\" or \"127.0.0.1\"", text)
		}
		prefix = netip.PrefixFrom(address, address.BitLen())
	}
	n.Prefix = prefix.Masked()
	return nil
}

// A size is a number of octets.
type size int64

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *size) UnmarshalText(text []byte) error {
	number, shift := string(text), 0
	for unit, bits := range map[string]int{"KiB": 10, "MiB": 20, "GiB": 30} {
		if n, ok := strings.CutSuffix(number, unit); ok {
			number, shift = strings.TrimSpace(n), bits
		}
	}
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil || n <= 0 {
		return fmt.Errorf("%q is no size: write e.g. \"25MiB\"", text)
	}
	*s = size(n << shift)
	return nil
}
