//go:build linux

package e2e

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

// A parlour is where dialogues are held: the program with all its doors open,
// which trusts nobody, a name server, a mailbox, and a sink for what leaves.
type parlour struct {
	relay  *installation
	serve  *process
	boxes  *dovecot // nil where there is none
	store  *storage.Storage
	sink   *sink
	key    ed25519.PrivateKey // of all who sign
	scheme *mask.Scheme
}

// catchAll is the mailbox that the relay fetches from, and the name in its
// provider's Authentication-Results.
const (
	catchAll = "all@relay.test"
	provider = "mx.relay.test"
)

// largest is how large a message may be: less than usual, since one that is
// too large has to be made and sent.
const largest = 1 << 20

func newParlour(t *testing.T, runs []*performance) *parlour {
	t.Helper()
	w := &parlour{
		relay: newInstallation(t, nil), sink: newSink(t),
		key: ed25519.NewKeyFromSeed([]byte("a key that no one has to keep...")), scheme: &mask.Scheme{Domain: "relay.test"},
	}
	env := w.relay.env
	if _, err := exec.LookPath("dovecot"); err == nil && os.Getuid() == 0 {
		w.boxes = startDovecot(t)
		w.boxes.inbox(t, catchAll) // so that it is there
		env["IMAP_URL"], env["IMAP_AUTHSERV_ID"] = w.boxes.url(catchAll), provider
		env["IMAP_PASSWORD_FILE"] = write(t, w.relay.dir, "password", password+"\n")
	}
	w.relay.openDoors()
	env["SMTP_TRUSTED"], env["SMTP_MAX_SIZE"] = "", fmt.Sprintf("%dKiB", largest>>10)
	env["SMTP_TLS_CERT"], env["SMTP_TLS_KEY"] = certificate(t, w.relay.dir)
	env["SEND_URL"] = "smtp://" + w.sink.address
	env["DNS_RESOLVER"] = startFailingDNS(t, w.records(runs))
	w.relay.init("--domain", "relay.test")
	w.serve = w.relay.serve()
	store, err := storage.Open(t.Context(), "sqlite:"+w.relay.dir+"/mentorrelay.db")
	if err != nil {
		t.Fatal(err)
	}
	w.store = store
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// selector is that of all who sign.
const selector = "test"

// records are what the name server knows for all runs.
func (w *parlour) records(runs []*performance) map[string]string {
	txt := map[string]string{}
	public := "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(w.key.Public().(ed25519.PublicKey))
	for _, r := range runs {
		for _, record := range r.script.records {
			txt[r.rename(record[0])] = r.rename(record[1])
		}
		for _, domain := range r.script.signers {
			txt[selector+"._domainkey."+r.rename(domain)] = public
		}
	}
	return txt
}

// close ends the server in good order, and looks for real addresses in what it
// has logged.
func (w *parlour) close(t *testing.T, runs []*performance) {
	t.Helper()
	select {
	case <-w.serve.done:
		t.Errorf("the server has ended:\n%s", w.serve.out.tail(40))
		return
	default:
	}
	w.relay.stop(w.serve)
	log := strings.ToLower(w.serve.out.String())
	for _, r := range runs {
		for _, p := range cast {
			if address := r.rename(p.email); strings.Contains(log, address) {
				t.Errorf("the log names %s", address)
			}
		}
	}
	for _, bad := range []string{"panic", password, "bonjour"} {
		if strings.Contains(log, bad) {
			t.Errorf("the log says %s", bad)
		}
	}
}

// The cast of every script.
var cast = []struct{ name, full, email, other string }{
	{"alice", "Alice Martin", "alice@corp.test", "ben"},
	{"ben", "Ben Durand", "ben@uni.test", "alice"},
	{"carol", "Carol Petit", "carol@far.test", "dan"},
	{"dan", "Dan Roux", "dan@dawn.test", "carol"},
}

// A company is the cast of one run, enrolled.
type company struct {
	persons map[string]*storage.Person
	pairs   map[string]*storage.Pair // by both names, the mentor's first
	masks   map[string]string        // by writer and reader, as in alice>ben
}

// programmeKey names a run's programme on the command line.
func programmeKey(r *performance) string { return "horizon-" + r.tag }

// enrol makes the records of a run. It does not use the commands, which would
// take most of the time.
func (w *parlour) enrol(ctx context.Context, r *performance) (*company, error) {
	now := time.Now()
	programme := &storage.Programme{
		Key: programmeKey(r), Name: "Horizon", Coordinator: r.rename("coord@horizon.test"), Language: "en", Timezone: "Europe/Paris",
		Policy: storage.PolicyPrivate, Opaque: storage.OpaqueRefuse, Display: storage.DisplayFirst, CreatedAt: now,
	}
	if err := w.store.CreateProgramme(ctx, programme); err != nil {
		return nil, err
	}
	c := &company{map[string]*storage.Person{}, map[string]*storage.Pair{}, map[string]string{}}
	var list []*storage.Person
	for _, p := range cast {
		email := r.rename(p.email)
		c.persons[p.name] = &storage.Person{
			Name: p.full, Language: "en", Timezone: "Europe/Paris", State: storage.PersonActive, CreatedAt: now,
			Addresses: []storage.Address{{Address: email, Canonical: email, AddedAt: now}},
		}
		list = append(list, c.persons[p.name])
	}
	if err := w.store.CreatePersons(ctx, programme.ID, list); err != nil {
		return nil, err
	}
	return c, errors.Join(w.pair(ctx, r, c, programme, "alice", "ben"), w.pair(ctx, r, c, programme, "carol", "dan"))
}

// pair pairs two of a run. The tokens are no secret here, but they differ.
func (w *parlour) pair(ctx context.Context, r *performance, c *company, programme *storage.Programme, mentor, mentee string) error {
	p := &storage.Pair{
		ProgrammeID: programme.ID, MentorID: c.persons[mentor].ID, MenteeID: c.persons[mentee].ID, State: storage.PairActive, CreatedAt: time.Now(),
	}
	for _, m := range [][2]string{{mentor, mentee}, {mentee, mentor}} {
		k := storage.Mask{WriterID: c.persons[m[0]].ID, ReaderID: c.persons[m[1]].ID, Name: m[1]}
		sum := sha256.Sum256([]byte(r.tag + " " + m[0]))
		k.Token = mask.NewToken(sum[:])
		p.Masks = append(p.Masks, k)
		c.masks[m[0]+">"+m[1]] = w.scheme.Address(k.Name, k.Token)
	}
	c.pairs[mentor+" "+mentee] = p
	return w.store.CreatePair(ctx, p)
}
