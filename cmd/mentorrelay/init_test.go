package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInit(t *testing.T) {
	// The environment says where the database is, the file stays as by default.
	b := newBox(t, "MENTORRELAY_SMTP_LISTEN=127.0.0.1:2525", "MENTORRELAY_STORAGE_URL=sqlite:elsewhere.db")
	v := decode[initView](t, b, "init", "--dir", b.dir, "--domain", "relay.test", "--programme", "Horizon", "--coordinator", "coord@horizon.test", "--language", "fr", "--timezone", "Europe/Paris")
	if v.Programme == nil || v.Programme.Key != "horizon" || v.Programme.Language != "fr" || len(v.Next) == 0 {
		t.Errorf("printed %+v", v)
	}
	for name, want := range map[string]os.FileMode{configName: 0o600, "secret.key": 0o600, keyName: 0o600, "elsewhere.db": 0o600} {
		info, err := os.Stat(filepath.Join(b.dir, name))
		if err != nil {
			t.Error(err)
		} else if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode(), want)
		}
	}
	plain, err := readConfig(filepath.Join(b.dir, configName), nil)
	if err != nil {
		t.Fatal(err)
	}
	if plain.SMTP.Listen != "" || plain.Storage.URL != "sqlite:"+filepath.Join(b.dir, "mentorrelay.db") {
		t.Errorf("the file says %+v %+v", plain.SMTP, plain.Storage)
	}
	signers, err := plain.signers()
	if err != nil || len(signers) != 2 || len(v.Records) != 5 {
		t.Fatalf("%d signers, records %+v, %v", len(signers), v.Records, err)
	}
	for i, name := range []string{"relay1._domainkey.relay.test", "relay1-rsa._domainkey.relay.test"} {
		if want := (record{name, "TXT", signers[i].Record()}); v.Records[2+i] != want {
			t.Errorf("record %+v, want %+v", v.Records[2+i], want)
		}
	}
}

func TestInitMailbox(t *testing.T) {
	b := newBox(t)
	v := decode[initView](t, b, "init", "--dir", filepath.Join(b.dir, "new", "folder"), "--mailbox", "Relay@box.test")
	if len(v.Records) != 0 || v.Programme != nil || !strings.Contains(strings.Join(v.Next, "\n"), "relay@box.test") {
		t.Errorf("printed %+v", v)
	}
	if _, err := os.Stat(filepath.Join(b.dir, "new", "folder", keyName)); err == nil {
		t.Error("a DKIM key was made, but the provider signs")
	}
}

// TestInitAgain checks that init overwrites nothing, and leaves nothing where
// it fails.
func TestInitAgain(t *testing.T) {
	b := initBox(t)
	before := listing(t, b.dir)
	b.fails(t, exitFailed, "is there already", "init", "--dir", b.dir, "--domain", "other.test")
	if after := listing(t, b.dir); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	if err := os.Remove(filepath.Join(b.dir, configName)); err != nil {
		t.Fatal(err)
	}
	before = listing(t, b.dir)
	b.fails(t, exitFailed, "secret.key is there already", "init", "--dir", b.dir, "--domain", "other.test")
	if after := listing(t, b.dir); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func TestInitFails(t *testing.T) {
	for _, tt := range []struct {
		want string
		args []string
	}{
		{"service.domain", []string{"--domain", "relay test"}},
		{"service.mailbox", []string{"--mailbox", "nobody"}},
		{"is no language", []string{"--domain", "relay.test", "--programme", "H", "--coordinator", "c@h.test", "--language", "?"}},
		{"is an address of the relay itself", []string{"--domain", "relay.test", "--programme", "H", "--coordinator", "c@relay.test"}},
		{"is an address of the relay itself", []string{"--mailbox", "me@box.test", "--programme", "H", "--coordinator", "Me@box.test"}},
	} {
		b := newBox(t)
		b.fails(t, exitFailed, tt.want, append([]string{"init", "--dir", b.dir}, tt.args...)...)
		if left := listing(t, b.dir); left != "" {
			t.Errorf("%q left:\n%s", tt.args, left)
		}
	}
	b := newBox(t, "MENTORRELAY_SERVICE_MAILBOX=me@box.test")
	b.fails(t, exitFailed, "service.mailbox", "init", "--dir", b.dir, "--domain", "relay.test")
}

// listing is the names and the contents of the files in dir.
func listing(t *testing.T, dir string) string {
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(f.Name() + "\n" + string(text) + "\n")
	}
	return b.String()
}

func TestZoneLine(t *testing.T) {
	long := record{"a.test", "TXT", strings.Repeat("x", 300)}
	want := "a.test.\tIN TXT\t\"" + strings.Repeat("x", 255) + "\" \"" + strings.Repeat("x", 45) + "\""
	if got := long.zoneLine(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
