package main

import (
	"net/netip"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// sample is the configuration as the documentation gives it.
const sample = `
[service]
domain  = "relay.example.org"     # masks and service addresses live here: name.token@domain
mailbox = ""                      # or one ordinary mailbox: masks become local+token@its-domain (no DNS, no server of your own)
secret_file = "secret.key"
metrics = ""                      # "127.0.0.1:9325" serves /metrics (Prometheus) and /healthz
[storage]
url = "sqlite:mentorrelay.db"     # or postgres://…
[smtp]
listen = ""                       # ":25"; empty = closed
lmtp = ""                         # "127.0.0.1:24" or a socket's path
tls_cert = "" 
tls_key = ""
trusted = []                      # networks whose mail was authenticated upstream, e.g. ["127.0.0.1/32"]
max_size = "25MiB"
[imap]
url = ""                          # imaps://user@host/INBOX, imap://… (STARTTLS; plain only on loopback)
password_file = ""
after = "move:Relayed"            # or "delete"
authserv_id = ""                  # whose Authentication-Results are believed
[send]
url = ""                          # smtps://user@host:465, smtp://host:587 (STARTTLS required unless loopback)
password_file = ""
connections = 8
[dkim]
selector = ""
key_file = ""
[dns]
resolver = ""                     # host:port; empty = the system's
`

// TestSample checks that the documented keys and their defaults are those of
// the program, all of them.
func TestSample(t *testing.T) {
	var got Config
	meta, err := toml.Decode(sample, &got)
	if err != nil {
		t.Fatal(err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		t.Errorf("documented, but not known: %v", unknown)
	}
	for _, s := range settings(&got) {
		if !meta.IsDefined(s.section, s.key) {
			t.Errorf("known, but not documented: %s", s.name())
		}
	}
	want := defaultConfig()
	want.Service.Domain = "relay.example.org"
	got.SMTP.Trusted = nil // an empty list is none
	if !reflect.DeepEqual(&got, want) {
		t.Errorf("the documented defaults are\n%+v\nthose of the program\n%+v", got, *want)
	}
}

// TestInitConfig checks that the file that init writes has every key, with
// its default.
func TestInitConfig(t *testing.T) {
	for _, c := range []*initCommand{{Domain: "relay.test"}, {Mailbox: "relay@box.test"}} {
		var got Config
		meta, err := toml.Decode(c.text(), &got)
		if err != nil {
			t.Fatal(err)
		}
		want := defaultConfig()
		want.Service.Domain, want.Service.Mailbox = c.Domain, c.Mailbox
		if c.Domain != "" {
			want.DKIM.Selector, want.DKIM.KeyFile = selector, keyName
		}
		got.SMTP.Trusted = nil
		if !reflect.DeepEqual(&got, want) {
			t.Errorf("init writes\n%+v\nwant\n%+v", got, *want)
		}
		for _, s := range settings(&got) {
			if !meta.IsDefined(s.section, s.key) {
				t.Errorf("init does not write %s", s.name())
			}
		}
	}
}

const minimal = "[service]\ndomain = \"relay.test\"\n"

// TestTwins sets every key by its environment variable.
func TestTwins(t *testing.T) {
	values := map[string]string{
		"service.domain": "", "service.mailbox": "relay@box.test", "storage.url": "sqlite:other.db", "smtp.listen": ":2525", "smtp.trusted": "127.0.0.1, 192.0.2.7/24,",
		"smtp.max_size": "1 MiB", "imap.url": "imaps://relay@box.test/INBOX", "imap.after": "delete", "send.url": "smtp://127.0.0.1:25", "send.connections": "3",
		"smtp.lmtp": "127.0.0.1:24", "service.metrics": "127.0.0.1:9325", "dns.resolver": "127.0.0.1:53",
	}
	environ := []string{"PATH=/bin", "MENTORRELAY_CONFIG=x", "MENTORRELAY_BIN=x", "MENTORRELAY_SERVICEABLE=x"}
	for _, s := range settings(defaultConfig()) {
		if _, ok := values[s.name()]; !ok {
			values[s.name()] = "/" + s.name()
		}
		environ = append(environ, twin(s.name())+"="+values[s.name()])
	}
	c, err := parseConfig("mentorrelay.toml", minimal, environ)
	if err != nil {
		t.Fatal(err)
	}
	wantTrusted := []network{{netip.MustParsePrefix("127.0.0.1/32")}, {netip.MustParsePrefix("192.0.2.0/24")}}
	if !reflect.DeepEqual(c.SMTP.Trusted, wantTrusted) || c.SMTP.MaxSize != 1<<20 || c.Send.Connections != 3 {
		t.Errorf("smtp %+v, connections %d", c.SMTP, c.Send.Connections)
	}
	for _, s := range settings(c) {
		if s.value.Kind() == reflect.String && s.value.String() != values[s.name()] {
			t.Errorf("%s is %q, want %q", s.name(), s.value, values[s.name()])
		}
	}
}

func TestConfigErrors(t *testing.T) {
	for _, tt := range []struct {
		text, environ, want string
	}{
		{"", "", "service.domain (or MENTORRELAY_SERVICE_DOMAIN): write your relay's domain"},
		{minimal + "mailbox = \"a@box.test\"", "", "service.mailbox (or MENTORRELAY_SERVICE_MAILBOX): leave it empty"},
		{"[service]\ndomain = \"relay test\"", "", "service.domain (or MENTORRELAY_SERVICE_DOMAIN): write a domain name"},
		{minimal + "[smtp]\nlistn = \":25\"", "", "mentorrelay.toml: unknown key smtp.listn, do you mean smtp.listen?"},
		{minimal + "[smpt]\nlisten = \":25\"", "", "unknown section [smpt], do you mean [smtp]?"},
		{"resolver = \"x\"\n" + minimal, "", "unknown key resolver, do you mean dns.resolver?"},
		{minimal, "MENTORRELAY_SMTP_LISTN=:25", "unknown variable MENTORRELAY_SMTP_LISTN in the environment, do you mean MENTORRELAY_SMTP_LISTEN?"},
		{minimal, "MENTORRELAY_SMTP_MAX_SIZE=25MB", `MENTORRELAY_SMTP_MAX_SIZE (in the environment): "25MB" is no size: write e.g. "25MiB"`},
		{minimal, "MENTORRELAY_SEND_CONNECTIONS=many", `MENTORRELAY_SEND_CONNECTIONS (in the environment): "many" is no number`},
		{minimal + "[smtp]\nmax_size = \"big\"", "", `(last key "smtp.max_size"): "big" is no size: write e.g. "25MiB"`},
		{minimal + "[smtp]\ntrusted = [\"localhost\"]", "", `"localhost" is no network: write e.g.`},
		{minimal + "[send]\nconnections = \"8\"", "", `"send.connections"`},
		{minimal + "[send]\nconnections = 0", "", "send.connections (or MENTORRELAY_SEND_CONNECTIONS): write how many"},
		{minimal + "[send]\nurl = \"host:587\"", "", "send.url (or MENTORRELAY_SEND_URL): write smtps://user@host:465"},
		{minimal + "[send]\nurl = \"smtp://user:secret@host:587\"", "", "the password goes into send.password_file"},
		{minimal + "[imap]\nurl = \"pop3://user@host\"", "", "imap.url (or MENTORRELAY_IMAP_URL): write imaps://user@host/INBOX"},
		{minimal + "[imap]\nafter = \"keep\"", "", `imap.after (or MENTORRELAY_IMAP_AFTER): write "move:FOLDER" or "delete"`},
		{minimal + "[storage]\nurl = \"mysql://host/db\"", "", "storage.url (or MENTORRELAY_STORAGE_URL): write \"sqlite:FILE\""},
		{minimal + "[dkim]\nselector = \"relay1\"", "", "dkim.key_file (or MENTORRELAY_DKIM_KEY_FILE)"},
		{minimal + "[smtp]\ntls_cert = \"cert.pem\"", "", "smtp.tls_key (or MENTORRELAY_SMTP_TLS_KEY)"},
		{minimal + "[smtp]\nlisten = \"25\"", "", "smtp.listen (or MENTORRELAY_SMTP_LISTEN): write host:port"},
		{"[service", "", "mentorrelay.toml: toml: line 1"},
	} {
		_, err := parseConfig("mentorrelay.toml", tt.text, []string{tt.environ})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q %s: %v\nwant %s", tt.text, tt.environ, err, tt.want)
		}
	}
}

// TestPaths checks that files are looked for beside the configuration.
func TestPaths(t *testing.T) {
	c, err := parseConfig("/etc/relay/mentorrelay.toml", minimal+"[smtp]\nlmtp = \"lmtp.sock\"\n[dkim]\nselector = \"s\"\nkey_file = \"/keys/dkim.pem\"\n", nil)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{c.Service.SecretFile, c.SMTP.LMTP, c.DKIM.KeyFile, c.Storage.URL, c.IMAP.PasswordFile}
	want := []string{"/etc/relay/secret.key", "/etc/relay/lmtp.sock", "/keys/dkim.pem", "sqlite:/etc/relay/mentorrelay.db", ""}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCanonicalDomain(t *testing.T) {
	c, err := parseConfig("x", "[service]\ndomain = \"Relais.Été.Example\"\n", nil)
	if err != nil || c.Service.Domain != "relais.xn--t-9fab.example" {
		t.Errorf("%v %v", c, err)
	}
}

func TestNoConfig(t *testing.T) {
	b := newBox(t)
	b.fails(t, exitFailed, "mentorrelay init", "person", "list")
	b.fails(t, exitFailed, "elsewhere.toml", "--config", filepath.Join(b.dir, "elsewhere.toml"), "person", "list")
}

func TestEdits(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"kitten", "sitting", 3}, {"listn", "listen", 1}, {"lmtp", "smtp", 1}} {
		if got := edits(tt.a, tt.b); got != tt.want {
			t.Errorf("from %q to %q: %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := edits(tt.b, tt.a); got != tt.want {
			t.Errorf("from %q to %q: %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}
