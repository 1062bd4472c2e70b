package imapdoor

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"mentorrelay/relay"
)

// The capabilities of the servers that the suite runs against.
var (
	allCaps     = []string{"IMAP4rev1", "IDLE", "NAMESPACE", "UIDPLUS", "ESEARCH", "MOVE"}
	noMoveCaps  = []string{"IMAP4rev1", "IDLE", "NAMESPACE", "UIDPLUS"}
	barestCaps  = []string{"IMAP4rev1"}
	suiteOfCaps = map[string][]string{"full": allCaps, "without MOVE": noMoveCaps, "bare": barestCaps}
)

// TestSuite runs the same cases against go-imap's server and Dovecot, with all
// capabilities and with fewer.
func TestSuite(t *testing.T) {
	for name, caps := range suiteOfCaps {
		t.Run("memory "+name, func(t *testing.T) {
			suite(t, caps, func(t testing.TB) string { return startMemory(t, caps) })
		})
		t.Run("dovecot "+name, func(t *testing.T) {
			d := startDovecot(t, "/", "", caps...)
			suite(t, caps, func(testing.TB) string { return d.address })
		})
	}
	t.Run("dovecot with a prefix", func(t *testing.T) {
		d := startDovecot(t, ".", "INBOX.")
		f := newFixture(t, d.address, Config{After: "move:Done/Relayed"})
		f.append("To: a@relay.test\r\n\r\nHello\r\n")
		f.round()
		f.expect("INBOX", 0)
		f.expect("INBOX.Done.Relayed", 1)
	})
}

func suite(t *testing.T, caps []string, start func(testing.TB) string) {
	uidplus := slices.Contains(caps, "UIDPLUS")
	for name, test := range map[string]func(*fixture){
		"taken":                 testTaken,
		"refused":               testRefused,
		"put off":               testPutOff,
		"crash before the move": testCrash,
		"marked as deleted":     testMarked,
		"too large":             testTooLarge,
		"folder vanishes":       testFolderVanishes,
		"UIDVALIDITY changes":   testUIDValidity,
		"announced":             testAnnounced,
		"connection drops":      testDrops,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, start(t), Config{After: "move:Relayed"})
			f.uidplus = uidplus
			test(f)
		})
	}
	t.Run("deleted", func(t *testing.T) {
		f := newFixture(t, start(t), Config{After: "delete"})
		f.uidplus = uidplus
		testDeleted(f)
	})
}

func testTaken(f *fixture) {
	const text = "Return-Path: <ana@corp.test>\r\nDelivered-To: a@relay.test\r\nTo: b@relay.test, c@relay.test\r\n\r\nHello\r\n"
	uid := f.append(text)
	f.round()
	got := f.relay.envelopes[0]
	if got.Door != relay.IMAP || got.MailFrom != "ana@corp.test" || got.Size != 0 {
		f.t.Errorf("envelope %+v", got)
	}
	if !got.ReceivedAt.Equal(f.date) {
		f.t.Errorf("received at %v, want %v", got.ReceivedAt, f.date)
	}
	if want := fmt.Sprintf(";UIDVALIDITY=%d/;UID=%d", f.door.validity, uid); !strings.HasSuffix(got.Key, want) {
		f.t.Errorf("key %q, want …%s", got.Key, want)
	}
	if len(got.Recipients) != 1 || got.Recipients[0].Address != "a@relay.test" {
		f.t.Errorf("recipients %v", got.Recipients)
	}
	if f.relay.texts[0] != text {
		f.t.Errorf("text %q", f.relay.texts[0])
	}
	f.expect("INBOX", 0)
	f.expect("Relayed", 1)
	f.expect("Refused", 0)
}

func testDeleted(f *fixture) {
	f.append("To: a@relay.test\r\n\r\n")
	f.append("To: nobody@elsewhere.test\r\n\r\n")
	f.round()
	f.expect("INBOX", 0)
	f.expect("Refused", 1)
}

func testRefused(f *fixture) {
	f.relay.answer = func(env relay.Envelope, _ int) []error {
		return []error{nil, &relay.Refusal{Code: 550, Status: [3]int{5, 7, 1}}}[:len(env.Recipients)]
	}
	f.append("To: nobody@elsewhere.test\r\n\r\n")           // none of ours
	f.append("To: a@relay.test, b@relay.test\r\n\r\n")      // taken for one, refused for the other
	f.append("no header at all, and never a blank line")    // cannot be parsed
	f.append("To: a@relay.test, x@elsewhere.test\r\n\r\n!") // taken
	f.round()
	f.expect("INBOX", 0)
	f.expect("Refused", 3)
	f.expect("Relayed", 1)
}

func testPutOff(f *fixture) {
	f.relay.answer = func(env relay.Envelope, n int) []error {
		if env.Recipients[0].Address == "busy@relay.test" && n == 0 {
			return []error{nil, io.ErrUnexpectedEOF} // says nothing of itself: temporary
		}
		return make([]error, len(env.Recipients))
	}
	f.append("To: busy@relay.test, b@relay.test\r\n\r\n")
	f.append("To: a@relay.test\r\n\r\n")
	f.round()
	f.expect("INBOX", 1)
	f.expect("Relayed", 1)
	f.round() // not due yet
	if len(f.relay.envelopes) != 2 {
		f.t.Errorf("%d messages handed over, want 2", len(f.relay.envelopes))
	}
	for _, late := range f.door.late {
		late.due = time.Now()
	}
	f.round()
	f.expect("INBOX", 0)
	f.expect("Relayed", 2)
	if len(f.door.late) != 0 {
		f.t.Errorf("%d messages still put off", len(f.door.late))
	}
	if first, last := f.relay.envelopes[0].Key, f.relay.envelopes[2].Key; !slices.Contains([]string{first, f.relay.envelopes[1].Key}, last) {
		f.t.Errorf("key changed to %q", last)
	}
}

func testCrash(f *fixture) {
	f.append("To: a@relay.test\r\n\r\n")
	f.relay.answer = func(env relay.Envelope, n int) []error {
		if n == 0 {
			f.hangUp() // it is durable, but the door does not get to move it
		}
		return make([]error, len(env.Recipients))
	}
	s := f.connect()
	if err := s.round(f.t.Context()); err == nil {
		f.t.Fatal("no error over a closed connection")
	}
	s.close()
	f.expect("INBOX", 1)
	f.round()
	f.expect("INBOX", 0)
	f.expect("Relayed", 1)
	if got := f.relay.envelopes; len(got) != 2 || got[0].Key != got[1].Key {
		f.t.Errorf("envelopes %+v, want two of one key", got)
	}
}

func testMarked(f *fixture) {
	marked := f.append("To: a@relay.test\r\n\r\nmarked by its owner\r\n")
	f.mark(marked)
	f.append("To: a@relay.test\r\n\r\n")
	f.round()
	f.round()
	f.expect("Relayed", 1)
	if len(f.relay.envelopes) != 1 {
		f.t.Errorf("%d messages handed over, want 1", len(f.relay.envelopes))
	}
	if !f.exists(marked) {
		f.t.Error("what another client marked was expunged")
	}
}

func testTooLarge(f *fixture) {
	const head = "To: a@relay.test\r\nSubject: large\r\n\r\n"
	text := head + strings.Repeat("0123456789\r\n", 100)
	f.append(text)
	f.append("To: b@relay.test\r\n\r\n")
	f.door.maxSize = 1000
	f.round()
	f.expect("INBOX", 0)
	for i, env := range f.relay.envelopes {
		switch env.Recipients[0].Address {
		case "a@relay.test":
			if env.Size != int64(len(text)) || f.relay.texts[i] != head {
				f.t.Errorf("size %d, text %q", env.Size, f.relay.texts[i])
			}
		case "b@relay.test":
			if env.Size != 0 {
				f.t.Errorf("size %d, want 0", env.Size)
			}
		}
	}
}

func testFolderVanishes(f *fixture) {
	f.append("To: a@relay.test\r\n\r\n")
	s := f.connect()
	defer s.close()
	if err := s.round(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
	f.must(f.client.Delete("Relayed").Wait())
	f.append("To: a@relay.test\r\n\r\n")
	for range 2 { // the first fails to move, the second makes the folder
		if err := s.round(f.t.Context()); err != nil {
			f.t.Fatal(err)
		}
		for _, late := range f.door.late {
			late.due = time.Now()
		}
	}
	f.expect("INBOX", 0)
	f.expect("Relayed", 1)
}

func testUIDValidity(f *fixture) {
	f.door.mailbox = "Masks"
	f.box = "Masks"
	f.must(f.client.Create("Masks", nil).Wait())
	f.append("To: a@relay.test\r\n\r\n")
	f.round()
	before := f.door.validity
	f.door.putOff(1, time.Now()) // of the old mailbox
	f.must(f.client.Delete("Masks").Wait())
	f.must(f.client.Create("Masks", nil).Wait())
	f.append("To: a@relay.test\r\n\r\n") // UID 1 again
	f.round()
	f.expect("Masks", 0)
	if f.door.validity == before {
		f.t.Fatal("the server did not change UIDVALIDITY")
	}
	if got := f.relay.envelopes; len(got) != 2 || got[0].Key == got[1].Key {
		f.t.Errorf("envelopes %+v, want two keys", got)
	}
}

func testAnnounced(f *fixture) {
	f.door.poll = time.Hour
	if !slices.Contains(f.caps(), "IDLE") {
		f.door.poll = 10 * time.Millisecond
	}
	stop := f.run()
	sent, got := 0, 0
	for sent < 3 || got < sent {
		if got == sent {
			f.append("To: a@relay.test\r\n\r\n")
			sent++
		}
		select {
		case <-f.relay.received:
			got++
		case <-time.After(memoryDeaf):
			f.append("To: a@relay.test\r\n\r\n")
			sent++
		}
	}
	stop()
	f.expect("INBOX", 0)
	f.expect("Relayed", sent)
}

// memoryDeaf is after how long one more message is sent: go-imap's memory
// server says that it is idling a moment before it is, and tells of what comes
// in that moment only with the next.
const memoryDeaf = 2 * time.Second

func testDrops(f *fixture) {
	f.door.reconnect = backoff{time.Millisecond, time.Millisecond}
	f.door.poll = 10 * time.Millisecond
	stop := f.run()
	for range 3 {
		f.append("To: a@relay.test\r\n\r\n")
		<-f.relay.received
		f.hangUp()
	}
	f.append("To: last@relay.test\r\n\r\n")
	for env := range f.relay.received {
		if env.Recipients[0].Address == "last@relay.test" {
			break
		}
	}
	stop()
	clear(f.door.late) // what was put off with a connection is due now
	f.round()
	f.expect("INBOX", 0)
	f.expect("Relayed", 4)
}

// A fakeRelay takes what is for relay.test, and answers as it is told.
type fakeRelay struct {
	answer   func(env relay.Envelope, n int) []error // to the nth message of this key
	received chan relay.Envelope

	mutex     sync.Mutex
	seen      map[string]int
	envelopes []relay.Envelope
	texts     []string
}

func (r *fakeRelay) Resolve(_ context.Context, address string) (relay.Recipient, error) {
	if !strings.HasSuffix(strings.ToLower(address), "@relay.test") {
		return relay.Recipient{}, &relay.Refusal{Code: 550, Status: [3]int{5, 1, 1}}
	}
	return relay.Recipient{Address: address}, nil
}

func (r *fakeRelay) Receive(_ context.Context, env relay.Envelope, msg *relay.Spool) []error {
	text, err := io.ReadAll(msg.Reader())
	if err != nil {
		return []error{err}
	}
	r.mutex.Lock()
	n := r.seen[env.Key]
	r.seen[env.Key]++
	r.envelopes = append(r.envelopes, env)
	r.texts = append(r.texts, string(text))
	r.mutex.Unlock()
	if r.received != nil {
		r.received <- env
	}
	if r.answer != nil {
		return r.answer(env, n)
	}
	return make([]error, len(env.Recipients))
}

// A fixture is a door before a mailbox, and a client to fill and read that.
type fixture struct {
	t       testing.TB
	door    *Door
	relay   *fakeRelay
	client  *imapclient.Client
	box     string
	date    time.Time
	uidplus bool
	conns   chan net.Conn // the door's connections
}

var users atomic.Int64

// newFixture makes a door for a new user of the server at address.
func newFixture(t testing.TB, address string, config Config) *fixture {
	t.Helper()
	user := "user"
	if n := users.Add(1); !strings.HasSuffix(address, "#") {
		user = fmt.Sprintf("user%d", n)
	}
	address = strings.TrimSuffix(address, "#")
	f := &fixture{
		t:     t,
		relay: &fakeRelay{seen: make(map[string]int)},
		box:   "INBOX",
		date:  time.Date(2024, 2, 29, 12, 30, 15, 0, time.FixedZone("", 3600)),
		conns: make(chan net.Conn, 100),
	}
	config.URL = "imap://" + user + "@" + address
	config.Password = func() (string, error) { return "secret", nil }
	config.Relay = f.relay
	door, err := New(config)
	f.must(err)
	dial := door.dial
	door.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if err == nil {
			f.conns <- c
		}
		return c, err
	}
	f.door = door
	f.client, err = imapclient.DialInsecure(address, nil)
	f.must(err)
	t.Cleanup(func() { f.client.Close() })
	f.must(f.client.Login(user, "secret").Wait())
	return f
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) append(text string) imap.UID {
	f.t.Helper()
	cmd := f.client.Append(f.box, int64(len(text)), &imap.AppendOptions{Time: f.date})
	_, err := cmd.Write([]byte(text))
	f.must(err)
	f.must(cmd.Close())
	_, err = cmd.Wait()
	f.must(err)
	data, err := f.client.Status(f.box, &imap.StatusOptions{UIDNext: true}).Wait()
	f.must(err)
	return data.UIDNext - 1
}

func (f *fixture) mark(uid imap.UID) {
	f.t.Helper()
	_, err := f.client.Select(f.box, nil).Wait()
	f.must(err)
	f.must(f.client.Store(imap.UIDSetNum(uid), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close())
	// EXAMINE ends the selection without an expunge.
	_, err = f.client.Select(f.box, &imap.SelectOptions{ReadOnly: true}).Wait()
	f.must(err)
}

// connect logs the door in.
func (f *fixture) connect() *session {
	f.t.Helper()
	s, err := f.door.connect(f.t.Context())
	f.must(err)
	return s
}

// round has the door drain the mailbox once.
func (f *fixture) round() {
	f.t.Helper()
	s := f.connect()
	defer s.close()
	f.must(s.round(f.t.Context()))
}

// run has the door run until the function that it returns is called.
func (f *fixture) run() (stop func()) {
	f.relay.received = make(chan relay.Envelope, 1000)
	ctx, cancel := context.WithCancel(f.t.Context())
	ended := make(chan error)
	go func() { ended <- f.door.Run(ctx) }()
	return func() {
		f.t.Helper()
		cancel()
		f.must(<-ended)
	}
}

// hangUp closes the door's connection.
func (f *fixture) hangUp() {
	for {
		select {
		case c := <-f.conns:
			c.Close()
		default:
			return
		}
	}
}

func (f *fixture) caps() []string {
	var caps []string
	for c := range f.client.Caps() {
		caps = append(caps, string(c))
	}
	return caps
}

// expect checks how many messages there are in a folder, without those that
// are marked as deleted.
func (f *fixture) expect(folder string, want int) {
	f.t.Helper()
	if got := len(f.find(folder, &imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagDeleted}})); got != want {
		f.t.Errorf("%d messages in %s, want %d", got, folder, want)
	}
	all := len(f.find(folder, &imap.SearchCriteria{}))
	if folder == f.box && f.uidplus && all != want {
		f.t.Errorf("%d messages in %s are not expunged", all-want, folder)
	}
}

func (f *fixture) exists(uid imap.UID) bool {
	return slices.Contains(f.find(f.box, &imap.SearchCriteria{}), uid)
}

func (f *fixture) find(folder string, criteria *imap.SearchCriteria) []imap.UID {
	f.t.Helper()
	if _, err := f.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return nil // it does not exist
	}
	data, err := f.client.UIDSearch(criteria, nil).Wait()
	f.must(err)
	return data.AllUIDs()
}

// startMemory runs go-imap's server on a free loopback port until the test
// ends. Its address is marked, since it has one user.
func startMemory(t testing.TB, caps []string) string {
	t.Helper()
	store := imapmemserver.New()
	user := imapmemserver.NewUser("user", "secret")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	store.AddUser(user)
	set := make(imap.CapSet)
	for _, c := range caps {
		set[imap.Cap(c)] = struct{}{}
	}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return store.NewSession(), nil, nil
		},
		Caps:         set,
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return l.Addr().String() + "#"
}
