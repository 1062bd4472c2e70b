package main

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"mentorrelay/storage"
)

// initCommand makes a new installation.
type initCommand struct {
	Dir         string `required:"" help:"The folder to write to." placeholder:"DIR"`
	Domain      string `required:"" xor:"service" help:"A domain for masks and service addresses." placeholder:"D"`
	Mailbox     string `required:"" xor:"service" help:"One ordinary mailbox instead, at any provider with plus addresses." placeholder:"ADDR"`
	Programme   string `and:"programme" help:"A first programme's name." placeholder:"NAME"`
	Coordinator string `and:"programme" help:"Its coordinator's address." placeholder:"ADDR"`
	Language    string `default:"en" help:"Its language." placeholder:"fr"`
	Timezone    string `default:"UTC" help:"Its time zone." placeholder:"Europe/Paris"`
	output      `embed:""`
}

// The names of what init makes, beside the database.
const (
	configName = "mentorrelay.toml"
	keyName    = "dkim.pem"
	selector   = "relay1"
)

// dkimBits is the length of the RSA key that RFC 8301 §3.2 asks for.
const dkimBits = 2048

// configText is the configuration file, with every key; see (*initCommand).text.
const configText = `# mentorrelay. Each key can be set in the environment too, where it wins:
# MENTORRELAY_SEND_URL is [send] url. Files are relative to this one.

[service]
domain  = %q  # masks and service addresses live here: name.token@domain
mailbox = %q  # or one ordinary mailbox: masks become local+token@its-domain
secret_file = "secret.key"  # signs what only the relay may make: keep it, and a copy of it
metrics = ""  # "127.0.0.1:9325" serves /metrics (Prometheus) and /healthz

[storage]
url = "sqlite:mentorrelay.db"  # or postgres://user:password@host/database

[smtp]
listen = ""  # ":25"; empty = closed
lmtp = ""  # "127.0.0.1:24" or a socket's path
tls_cert = ""  # for STARTTLS
tls_key = ""
trusted = []  # networks whose mail was authenticated upstream, e.g. ["127.0.0.1/32"]
max_size = "25MiB"

[imap]
url = ""  # imaps://user@host/INBOX, imap://… (STARTTLS; plain only on loopback)
password_file = ""
after = "move:Relayed"  # or "delete"
authserv_id = ""  # whose Authentication-Results are believed

[send]
url = ""  # smtps://user@host:465, smtp://host:587 (STARTTLS required unless loopback)
password_file = ""
connections = 8

[dkim]
selector = %q
key_file = %q

[dns]
resolver = ""  # host:port; empty = the system's
`

// initView is what init has made, and what is left to do.
type initView struct {
	Config    string         `json:"config"`
	Records   []record       `json:"records"`
	Programme *programmeView `json:"programme,omitempty"`
	Next      []string       `json:"next"`
}

// Run makes all of it, or leaves nothing behind.
func (c *initCommand) Run(ctx context.Context, m *Main) error {
	file := filepath.Join(c.Dir, configName)
	text := c.text()
	plain, err := parseConfig(file, text, nil) // what the files are named after
	if err != nil {
		return err
	}
	config, err := parseConfig(file, text, m.Environ) // where the database is
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return err
	}
	made := files{}
	if err := made.write(file, []byte(text)); err != nil {
		return err
	}
	view, err := c.create(ctx, m, &made, plain, config)
	if err != nil {
		return errors.Join(err, made.remove())
	}
	return c.print(m, view, view.write)
}

// text is the configuration file.
func (c *initCommand) text() string {
	if c.Mailbox != "" {
		return fmt.Sprintf(configText, "", c.Mailbox, "", "") // the provider signs
	}
	return fmt.Sprintf(configText, c.Domain, "", selector, keyName)
}

// create makes the secret, the DKIM keys and the database.
func (c *initCommand) create(ctx context.Context, m *Main, made *files, plain, config *Config) (*initView, error) {
	secret := make([]byte, secretSize)
	rand.Read(secret) // never fails: crypto/rand
	if err := made.write(plain.Service.SecretFile, []byte(base64.StdEncoding.EncodeToString(secret)+"\n")); err != nil {
		return nil, err
	}
	view := &initView{Config: filepath.Join(c.Dir, configName), Records: []record{}, Next: nextSteps(config)}
	if c.Domain != "" {
		if err := makeKeys(made, plain.DKIM.KeyFile); err != nil {
			return nil, err
		}
		var err error
		if view.Records, err = records(plain); err != nil {
			return nil, err
		}
	}
	if database, ok := strings.CutPrefix(config.Storage.URL, "sqlite:"); ok {
		if err := made.write(database, nil); err != nil { // so that nobody else can read it
			return nil, err
		}
	}
	var err error
	view.Programme, err = c.createDatabase(ctx, m, config)
	return view, err
}

// createDatabase makes the tables and the programme, if one is asked for.
func (c *initCommand) createDatabase(ctx context.Context, m *Main, config *Config) (*programmeView, error) {
	s, err := storage.Open(ctx, config.Storage.URL)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if c.Programme == "" {
		return nil, nil
	}
	p := storage.Programme{
		Name: c.Programme, Coordinator: c.Coordinator, Language: c.Language, Timezone: c.Timezone,
		Policy: storage.PolicyPrivate, Opaque: storage.OpaqueRefuse, Display: storage.DisplayFirst,
	}
	return (&installation{config: config, Storage: s}).addProgramme(ctx, p, m.Now())
}

// makeKeys makes the DKIM keys: Ed25519, which costs nothing to sign with, and
// RSA, which all who verify know (RFC 8463 §3 would have both).
func makeKeys(made *files, file string) error {
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	old, err := rsa.GenerateKey(rand.Reader, dkimBits)
	if err != nil {
		return err
	}
	var text []byte
	for _, key := range []crypto.Signer{ed, old} {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return err
		}
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})...)
	}
	return made.write(file, text)
}

// nextSteps says what is left to do by hand.
func nextSteps(c *Config) []string {
	if c.Service.Domain != "" {
		return []string{
			"point " + c.Service.Domain + " (A, AAAA) at this machine, and publish the records",
			"[smtp]: set listen = \":25\" and a certificate; or lmtp, behind a mail server of yours",
			"[send]: set url to the server that mail goes out by; if that is not this machine, add it to the SPF record",
			"mentorrelay check --live",
			"mentorrelay serve",
		}
	}
	return []string{
		"at the provider of " + c.Service.Mailbox + " make an app password, and write it to a file of mode 0600",
		"[imap]: set url = \"imaps://USER@HOST/INBOX\", password_file, and authserv_id as the provider's Authentication-Results have it",
		"[send]: set url = \"smtps://USER@HOST:465\" and password_file",
		"mentorrelay check --live",
		"mentorrelay serve",
	}
}

func (v *initView) write(w io.Writer) {
	fmt.Fprintf(w, "Wrote %s, the secret and the database.\n", v.Config)
	if v.Programme != nil {
		fmt.Fprintf(w, "Programme %s: %s.\n", v.Programme.Key, v.Programme.Name)
	}
	if len(v.Records) > 0 {
		fmt.Fprint(w, "\nPublish in the DNS:\n\n")
	}
	for _, r := range v.Records {
		fmt.Fprintln(w, r.zoneLine())
	}
	fmt.Fprint(w, "\nNext:\n\n")
	for i, step := range v.Next {
		fmt.Fprintf(w, "%d. %s\n", i+1, step)
	}
}

// files is what init has made so far.
type files []string

// write makes a file that only its owner can read; it overwrites nothing.
func (f *files) write(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already and stays as it is: choose another folder", name)
	}
	if err != nil {
		return err
	}
	*f = append(*f, name)
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

// remove undoes what was made.
func (f *files) remove() error {
	var errs []error
	for _, name := range *f {
		errs = append(errs, os.Remove(name))
	}
	return errors.Join(errs...)
}
