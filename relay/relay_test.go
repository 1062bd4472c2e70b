package relay_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/mail"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mentorrelay/parser/message"
	"mentorrelay/relay"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/programme"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

const (
	alice = "alice.martin@corp.test"
	ben   = "ben.durand@uni.test"
	carol = "carol@corp.test"
)

// a bench is a relay over a database of its own, with two pairs: Alice is the
// mentor of Ben and of Carol.
type bench struct {
	letters int // written to the service so far
	t       testing.TB
	relay   *relay.Relay
	config  relay.Config
	desk    *programme.Desk
	store   *storage.Storage
	scheme  *mask.Scheme
	now     time.Time
	pair    *storage.Pair // Alice and Ben
	masks   map[string]string
}

func newBench(t testing.TB, mailbox string) *bench {
	t.Helper()
	ctx := t.Context()
	s, err := storage.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "relay.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b := &bench{t: t, store: s, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), masks: map[string]string{}}
	b.scheme = &mask.Scheme{Domain: "relay.test", Secret: []byte("a secret for tests")}
	if mailbox != "" {
		b.scheme.Domain, b.scheme.Mailbox = "", mailbox
	}
	words, err := templates.New()
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return b.now }
	log := slog.New(slog.DiscardHandler)
	notices := &notice.Writer{Words: words, Scheme: b.scheme, Store: s, Now: clock}
	surveys, err := templates.NewSurveys()
	if err != nil {
		t.Fatal(err)
	}
	b.desk = &programme.Desk{Store: s, Notices: notices, Surveys: surveys, Now: clock, Log: log}
	b.config = relay.Config{
		Store:   s,
		Scheme:  b.scheme,
		Trust:   &trust.Checker{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Resolver: resolver(t, nil)},
		Notices: notices,
		Service: b.desk,
		Limits:  message.DefaultLimits(),
		Now:     clock,
		Log:     log,
	}
	b.relay = relay.New(b.config)
	b.enrol()
	return b
}

func (b *bench) enrol() {
	ctx := b.t.Context()
	p := &storage.Programme{Key: "horizon", Name: "Horizon", Coordinator: "coord@horizon.test", Language: "fr", Timezone: "Europe/Paris",
		Policy: storage.PolicyPrivate, Opaque: storage.OpaqueRefuse, Display: storage.DisplayFirst, CreatedAt: b.now}
	b.must(b.store.CreateProgramme(ctx, p))
	person := func(name, language string, addresses ...string) *storage.Person {
		x := &storage.Person{Name: name, Language: language, Timezone: "Europe/Paris", State: storage.PersonActive, CreatedAt: b.now}
		for _, a := range addresses {
			c, _ := mask.Canonical(a)
			x.Addresses = append(x.Addresses, storage.Address{Address: a, Canonical: c, AddedAt: b.now})
		}
		b.must(b.store.CreatePerson(ctx, p.ID, x))
		return x
	}
	a, n, c := person("Alice Martin", "en", alice, "alice@home.test"), person("Ben Durand", "fr", ben), person("Carol Petit", "fr", carol)
	pair := func(mentee *storage.Person, token string) *storage.Pair {
		x := &storage.Pair{ProgrammeID: p.ID, MentorID: a.ID, MenteeID: mentee.ID, State: storage.PairActive, CreatedAt: b.now, Masks: []storage.Mask{
			{WriterID: a.ID, ReaderID: mentee.ID, Token: token + "aa", Name: notice.FirstName(mentee.Name)},
			{WriterID: mentee.ID, ReaderID: a.ID, Token: token + "zz", Name: "Alice"},
		}}
		b.must(b.store.CreatePair(ctx, x))
		return x
	}
	b.pair = pair(n, "aaaaaa")
	pair(c, "cccccc")
	b.masks["alice→ben"] = b.scheme.Address("Ben", "aaaaaaaa")
	b.masks["ben→alice"] = b.scheme.Address("Alice", "aaaaaazz")
	b.masks["alice→carol"] = b.scheme.Address("Carol", "ccccccaa")
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// send hands a message to the relay as a door does, and returns its answers.
func (b *bench) send(door relay.Door, from, raw string, to ...string) []error {
	b.t.Helper()
	env := relay.Envelope{Door: door, MailFrom: from, ReceivedAt: b.now, PeerIP: netip.MustParseAddr("127.0.0.1")}
	return b.receive(env, raw, to...)
}

func (b *bench) receive(env relay.Envelope, raw string, to ...string) []error {
	b.t.Helper()
	for _, address := range to {
		rc, err := b.relay.Resolve(b.t.Context(), address)
		if err != nil {
			return []error{err}
		}
		env.Recipients = append(env.Recipients, rc)
	}
	spool := relay.NewSpool()
	defer spool.Close()
	if _, err := io.WriteString(spool, strings.ReplaceAll(raw, "\n", "\r\n")); err != nil {
		b.t.Fatal(err)
	}
	return b.relay.Receive(b.t.Context(), env, spool)
}

// a sent is a mail that was queued and taken out again.
type sent struct {
	storage.Delivery
	raw string
	*mail.Message
}

// outbox takes out what was queued since the last time.
func (b *bench) outbox() []sent {
	b.t.Helper()
	ctx := b.t.Context()
	due, err := b.store.Claim(ctx, "test", b.now, 100, func(int64) time.Duration { return time.Hour })
	b.must(err)
	var list []sent
	for _, d := range due {
		raw, err := io.ReadAll(b.store.Open(ctx, &d))
		b.must(err)
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		b.must(err)
		list = append(list, sent{d, string(raw), m})
		b.must(b.store.Finish(ctx, &storage.Outcome{Delivery: &d, State: storage.DeliverySent, Status: "250 2.0.0", At: b.now}))
	}
	return list
}

func letter(from, to, id, body string, more ...string) string {
	return fmt.Sprintf("From: %s\nTo: %s\nSubject: Un mot\nDate: Sun, 22 Nov 2026 10:00:00 +0100\nMessage-ID: %s\n%sMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s\n",
		from, to, id, strings.Join(more, ""), body)
}

func code(err error) int {
	if err == nil {
		return 250
	}
	return relay.AsRefusal(err).Code
}

func TestAThreadHoldsBothWays(t *testing.T) {
	for name, mailbox := range map[string]string{"domain": "", "mailbox": "mentors@boxes.test"} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, mailbox)
			one := b.cross(alice, b.masks["alice→ben"], letter("Alice Martin <"+alice+">", b.masks["alice→ben"], "<a1@corp.test>", "Bonjour, "+alice))
			if got := one.Recipient; got != ben {
				t.Errorf("sent to %q", got)
			}
			if strings.Contains(one.raw, "corp.test") || strings.Contains(one.raw, "Martin") {
				t.Errorf("Alice shows in:\n%s", one.raw)
			}
			if !strings.Contains(one.raw, b.masks["ben→alice"]) {
				t.Errorf("the mask to answer to is missing in:\n%s", one.raw)
			}
			id := one.Header.Get("Message-ID")
			two := b.cross(ben, b.masks["ben→alice"], letter(ben, b.masks["ben→alice"], "<b1@uni.test>", "Merci", "In-Reply-To: "+id+"\n", "References: "+id+"\n"))
			if got := two.Header.Get("In-Reply-To"); got != "<a1@corp.test>" {
				t.Errorf("Alice's In-Reply-To is %s", got)
			}
			three := b.cross(alice, b.masks["alice→ben"], letter(alice, b.masks["alice→ben"], "<a2@corp.test>", "Avec plaisir",
				"In-Reply-To: "+two.Header.Get("Message-ID")+"\n", "References: <a1@corp.test> <elsewhere@corp.test> "+two.Header.Get("Message-ID")+"\n"))
			if got := three.Header.Get("In-Reply-To"); got != "<b1@uni.test>" {
				t.Errorf("Ben's In-Reply-To is %s", got)
			}
			if got := strings.Fields(three.Header.Get("References")); len(got) != 2 || got[0] != id || got[1] != "<b1@uni.test>" {
				t.Errorf("Ben's References are %v", got)
			}
		})
	}
}

// cross sends a letter that must arrive as the only mail.
func (b *bench) cross(from, to, raw string) sent {
	b.t.Helper()
	for _, err := range b.send(relay.LMTP, from, raw, to) {
		b.must(err)
	}
	got := b.outbox()
	if len(got) != 1 {
		b.t.Fatalf("%d mails left, want 1", len(got))
	}
	return got[0]
}

func TestAMessageThatComesAgainIsRelayedOnce(t *testing.T) {
	b := newBench(t, "")
	raw := letter(alice, b.masks["alice→ben"], "<a1@corp.test>", "Bonjour")
	again := "Received: from a by b; Sun, 22 Nov 2026 10:00:01 +0100\nReturn-Path: <" + alice + ">\n" + raw
	for i, raw := range []string{raw, raw, again} {
		if errs := b.send(relay.SMTP, alice, raw, b.masks["alice→ben"]); errs[0] != nil {
			t.Fatalf("time %d: %v", i+1, errs[0])
		}
	}
	if got := b.outbox(); len(got) != 1 {
		t.Errorf("%d mails left, want 1", len(got))
	}
	b.send(relay.SMTP, alice, raw, b.masks["alice→carol"])
	b.send(relay.SMTP, alice, letter(alice, b.masks["alice→ben"], "<a1@corp.test>", "Bonsoir"), b.masks["alice→ben"])
	if got := b.outbox(); len(got) != 2 {
		t.Errorf("%d mails left for another recipient and another text, want 2", len(got))
	}
}

func TestIMAPKeyMakesReceiptIdempotent(t *testing.T) {
	b := newBench(t, "mentors@boxes.test")
	b.config.Trust = &trust.Checker{AuthservID: "mx.boxes.test"}
	b.relay = relay.New(b.config)
	raw := "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\n" + letter(alice, b.masks["alice→ben"], "<a1@corp.test>", "Bonjour")
	for _, key := range []string{"box/1/7", "box/1/7", "box/1/8"} {
		if errs := b.receive(relay.Envelope{Door: relay.IMAP, Key: key, ReceivedAt: b.now}, raw, b.masks["alice→ben"]); errs[0] != nil {
			t.Fatal(errs[0])
		}
	}
	got := b.outbox()
	if len(got) != 2 {
		t.Fatalf("%d mails left, want 2", len(got))
	}
	if a, z := got[0].Header.Get("Message-ID"), got[1].Header.Get("Message-ID"); a != z {
		t.Errorf("one message has two ids: %s, %s", a, z)
	}
}

func TestWhoMayWrite(t *testing.T) {
	b := newBench(t, "")
	toBen := b.masks["alice→ben"]
	stranger := netip.MustParseAddr("192.0.2.7")
	for _, c := range []struct {
		name string
		peer netip.Addr
		raw  string
		to   string
		want int
	}{
		{"proven, right mask", netip.MustParseAddr("127.0.0.1"), letter(alice, toBen, "<1@corp.test>", "x"), toBen, 250},
		{"mask in capitals", netip.MustParseAddr("127.0.0.1"), letter(alice, toBen, "<2@corp.test>", "x"), strings.ToUpper(toBen), 250},
		{"second address of the person", netip.MustParseAddr("127.0.0.1"), letter("Alice <Alice@Home.test>", toBen, "<3@home.test>", "x"), toBen, 250},
		{"unknown recipient", netip.MustParseAddr("127.0.0.1"), "", "ben.bbbbbbbb@relay.test", 550},
		{"another domain", netip.MustParseAddr("127.0.0.1"), "", "x@elsewhere.test", 550},
		{"percent hack", netip.MustParseAddr("127.0.0.1"), "", "x%elsewhere.test@relay.test", 550},
		{"proven, somebody else's mask", netip.MustParseAddr("127.0.0.1"), letter(carol, toBen, "<4@corp.test>", "x"), toBen, 550},
		{"the reader's own mask", netip.MustParseAddr("127.0.0.1"), letter(ben, toBen, "<5@uni.test>", "x"), toBen, 550},
		{"not enrolled", netip.MustParseAddr("127.0.0.1"), letter("eve@evil.test", toBen, "<6@evil.test>", "x"), toBen, 550},
		{"unproven, and not enrolled", stranger, letter("eve@evil.test", toBen, "<7@evil.test>", "x"), toBen, 550},
		{"two authors", netip.MustParseAddr("127.0.0.1"), letter(alice+", eve@evil.test", toBen, "<8@corp.test>", "x"), toBen, 550},
		{"two From fields", netip.MustParseAddr("127.0.0.1"), "From: eve@evil.test\n" + letter(alice, toBen, "<9@corp.test>", "x"), toBen, 550},
		{"no From field", netip.MustParseAddr("127.0.0.1"), "Subject: x\n\nx\n", toBen, 550},
		{"a bounce address nobody made", netip.MustParseAddr("127.0.0.1"), "", "b+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@relay.test", 550},
		{"a bounce address of ours", netip.MustParseAddr("127.0.0.1"), letter("mailer-daemon@uni.test", "x", "<10@uni.test>", "x"), b.scheme.Bounce(7, b.now), 250},
	} {
		t.Run(c.name, func(t *testing.T) {
			env := relay.Envelope{Door: relay.SMTP, MailFrom: "someone@corp.test", PeerIP: c.peer, ReceivedAt: b.now}
			if got := code(b.receive(env, c.raw, c.to)[0]); got != c.want {
				t.Errorf("answered %d, want %d", got, c.want)
			}
		})
	}
	if got := b.outbox(); len(got) != 3 {
		t.Errorf("%d mails left, want the 3 accepted ones and no answer to anybody", len(got))
	}
}

func TestAutomaticMailIsDropped(t *testing.T) {
	b := newBench(t, "")
	to := b.masks["ben→alice"]
	for i, c := range []struct{ from, field string }{
		{"", ""},
		{ben, "Auto-Submitted: auto-replied (vacation)\n"},
		{ben, "Precedence: bulk\n"},
		{ben, "X-Auto-Response-Suppress: All\n"},
		{ben, "X-Mentorrelay-Trace: " + b.scheme.Trace([]byte("k")) + "\n"},
	} {
		raw := letter(ben, to, fmt.Sprintf("<b%d@uni.test>", i), "Je suis absent", c.field)
		if got := code(b.send(relay.SMTP, c.from, raw, to)[0]); got != 250 {
			t.Errorf("%q answered %d", c.field, got)
		}
	}
	if got := b.outbox(); len(got) != 0 {
		t.Errorf("%d mails left, want none", len(got))
	}
	invitation := "Auto-Submitted: auto-generated\nContent-Type: text/calendar; method="
	for i, c := range []struct {
		field string
		want  int
	}{
		{invitation + "REQUEST\n", 1},
		{strings.Replace(invitation, "generated", "replied", 1) + "REPLY\n", 0}, // a room accepts by itself
		{"Auto-Submitted: auto-generated\n", 0},
	} {
		raw := "From: " + ben + "\nTo: " + to + "\nMessage-ID: <c" + fmt.Sprint(i) + "@uni.test>\n" + c.field + "\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"
		b.must(b.send(relay.SMTP, ben, raw, to)[0])
		if got := b.outbox(); len(got) != c.want {
			t.Errorf("%d mails left for %q, want %d", len(got), c.field, c.want)
		}
	}
	b.send(relay.SMTP, ben, letter(ben, to, "<b@uni.test>", "Bonjour", "Auto-Submitted: no\n"), to)
	if got := b.outbox(); len(got) != 1 {
		t.Errorf("%d mails left for Auto-Submitted: no, want 1", len(got))
	}
}

func TestAPairThatIsNotActive(t *testing.T) {
	for state, subject := range map[string]string{
		storage.PairPaused:  "pause",
		storage.PairEnded:   "terminé",
		storage.PairInvited: "tôt",
	} {
		t.Run(state, func(t *testing.T) {
			b := newBench(t, "")
			if _, err := b.store.MovePair(t.Context(), b.pair.ID, []string{storage.PairActive}, state); err != nil {
				t.Fatal(err)
			}
			to := b.masks["ben→alice"]
			for i := range 2 {
				if got := code(b.send(relay.SMTP, ben, letter(ben, to, fmt.Sprintf("<b%d@uni.test>", i), "Bonjour"), to)[0]); got != 250 {
					t.Fatalf("answered %d", got)
				}
			}
			got := b.outbox()
			if len(got) != 1 || got[0].Recipient != ben {
				t.Fatalf("%d mails left, want one notice to Ben a day", len(got))
			}
			if s := decoded(t, got[0].Header.Get("Subject")); !strings.Contains(s, subject) {
				t.Errorf("the notice is about %q", s)
			}
			if strings.Contains(got[0].raw, "corp.test") || strings.Contains(got[0].raw, "Martin") {
				t.Errorf("the notice tells who Alice is:\n%s", got[0].raw)
			}
			b.now = b.now.Add(24 * time.Hour)
			b.send(relay.SMTP, ben, letter(ben, to, "<b9@uni.test>", "Bonjour"), to)
			if got := b.outbox(); len(got) != 1 {
				t.Errorf("%d notices the next day, want 1", len(got))
			}
		})
	}
}

func decoded(t testing.TB, s string) string {
	t.Helper()
	return message.DecodeHeader(s)
}

func TestSeveralRecipients(t *testing.T) {
	b := newBench(t, "")
	both := []string{b.masks["alice→ben"], b.masks["alice→carol"]}
	mixed := []string{b.masks["alice→ben"], b.masks["ben→alice"]}
	if errs := b.send(relay.SMTP, alice, letter(alice, strings.Join(both, ", "), "<1@corp.test>", "x"), both...); errs[0] != nil || errs[1] != nil {
		t.Fatal(errs)
	}
	got := b.outbox()
	if len(got) != 2 {
		t.Fatalf("%d mails left, want 2", len(got))
	}
	for _, m := range got {
		if other := map[string]string{ben: "carol", carol: "ben"}[m.Recipient]; strings.Contains(m.raw, other+".") || strings.Contains(m.raw, other+"@") {
			t.Errorf("the copy for %s shows %s:\n%s", m.Recipient, other, m.raw)
		}
	}
	errs := b.send(relay.SMTP, alice, letter(alice, strings.Join(mixed, ", "), "<2@corp.test>", "x"), mixed...)
	if got := b.outbox(); code(errs[0]) != 550 || code(errs[1]) != 550 || len(got) != 0 {
		t.Errorf("SMTP has one answer, yet it was %v, and %d mails were relayed", errs, len(got))
	}
	errs = b.send(relay.LMTP, alice, letter(alice, strings.Join(mixed, ", "), "<3@corp.test>", "x"), mixed...)
	if code(errs[0]) != 250 || code(errs[1]) != 550 || len(b.outbox()) != 1 {
		t.Errorf("LMTP answered %v", errs)
	}
}

func TestOthersWhoGotACopy(t *testing.T) {
	b := newBench(t, "")
	for i, want := range []int{2, 1} {
		raw := letter(alice, b.masks["alice→ben"], fmt.Sprintf("<%d@corp.test>", i), "x", "Cc: Dan <dan@far.test>\n")
		if errs := b.send(relay.SMTP, alice, raw, b.masks["alice→ben"]); errs[0] != nil {
			t.Fatal(errs[0])
		}
		got := b.outbox()
		if len(got) != want {
			t.Fatalf("letter %d: %d mails left, want %d", i+1, len(got), want)
		}
		if strings.Contains(got[0].raw, "dan@") {
			t.Errorf("the copy shows the other recipient:\n%s", got[0].raw)
		}
		if want == 2 && (got[1].Recipient != alice || !strings.Contains(got[1].raw, "dan@far.test")) {
			t.Errorf("the notice went to %s:\n%s", got[1].Recipient, got[1].raw)
		}
	}
}

func TestTooLargeOrTooMany(t *testing.T) {
	b := newBench(t, "")
	b.config.Limits = message.Limits{Size: 4 << 10, Parts: 10, Depth: 5, Header: 1 << 10}
	b.relay = relay.New(b.config)
	to := b.masks["alice→ben"]
	many := "From: " + alice + "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 11) + "--b--\n"
	for _, c := range []struct {
		name, raw string
		want      int
	}{
		{"large", letter(alice, to, "<1@corp.test>", strings.Repeat("x", 5<<10)), 552},
		{"many parts", many, 554},
		{"long header", letter(alice, to, "<2@corp.test>", "x", "X-Long: "+strings.Repeat("x", 2<<10)+"\n"), 554},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := code(b.send(relay.SMTP, alice, c.raw, to)[0]); got != c.want {
				t.Errorf("SMTP answered %d, want %d", got, c.want)
			}
			if got := b.outbox(); len(got) != 0 {
				t.Errorf("%d mails left, want none: the answer tells", len(got))
			}
		})
	}
}

func TestTooLargeByIMAPIsTold(t *testing.T) {
	b := newBench(t, "mentors@boxes.test")
	b.config.Trust = &trust.Checker{AuthservID: "mx.boxes.test"}
	b.relay = relay.New(b.config)
	raw := "Authentication-Results: mx.boxes.test; dmarc=pass header.from=corp.test\n" + letter(alice, b.masks["alice→ben"], "<1@corp.test>", "")
	for range 2 {
		err := b.receive(relay.Envelope{Door: relay.IMAP, Key: "box/1/1", ReceivedAt: b.now, Size: 30 << 20}, raw, b.masks["alice→ben"])[0]
		if code(err) != 552 {
			t.Fatalf("answered %v", err)
		}
	}
	if got := b.outbox(); len(got) != 1 || got[0].Recipient != alice {
		t.Errorf("%d mails left, want one notice to Alice", len(got))
	}
}

func TestSealedMailIsRefusedAndTold(t *testing.T) {
	b := newBench(t, "")
	raw := "From: " + alice + "\nTo: x\nMessage-ID: <1@corp.test>\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n" +
		"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n--b--\n"
	if got := code(b.send(relay.SMTP, alice, raw, b.masks["alice→ben"])[0]); got != 554 {
		t.Errorf("answered %d, want 554", got)
	}
	got := b.outbox()
	if len(got) != 1 || got[0].Recipient != alice || got[0].Header.Get("Auto-Submitted") == "" {
		t.Fatalf("%d mails left, want one automatic notice to Alice", len(got))
	}
}

// a faulty store fails the n-th time it is asked for anything.
type faulty struct {
	relay.Store
	at, asked int
}

var errFault = errors.New("the disk is gone")

func (f *faulty) fails() error {
	f.asked++
	if f.asked == f.at {
		return errFault
	}
	return nil
}

func (f *faulty) Route(ctx context.Context, token string) (*storage.Route, error) {
	if err := f.fails(); err != nil {
		return nil, err
	}
	return f.Store.Route(ctx, token)
}

func (f *faulty) Translate(ctx context.Context, pair, person int64, ids []string) (map[string]string, error) {
	if err := f.fails(); err != nil {
		return nil, err
	}
	return f.Store.Translate(ctx, pair, person, ids)
}

func (f *faulty) Accept(ctx context.Context, a *storage.Acceptance) (bool, error) {
	if err := f.fails(); err != nil {
		return false, err
	}
	return f.Store.Accept(ctx, a)
}

func TestAFaultOfOursIsTemporary(t *testing.T) {
	for step := 1; step <= 3; step++ {
		t.Run(fmt.Sprint("step ", step), func(t *testing.T) {
			b := newBench(t, "")
			store := &faulty{Store: b.store, at: step}
			b.config.Store = store
			b.relay = relay.New(b.config)
			raw := letter(alice, b.masks["alice→ben"], "<1@corp.test>", "x")
			err := b.send(relay.SMTP, alice, raw, b.masks["alice→ben"])[0]
			if code(err) != 451 || !errors.Is(err, errFault) {
				t.Fatalf("answered %v, want 451", err)
			}
			if strings.Contains(relay.AsRefusal(err).Text, "disk") {
				t.Error("the answer tells what is wrong inside")
			}
			if got := b.outbox(); len(got) != 0 {
				t.Fatalf("%d mails left of a message that was not accepted", len(got))
			}
			if err := b.send(relay.SMTP, alice, raw, b.masks["alice→ben"])[0]; err != nil {
				t.Fatal(err)
			}
			if got := b.outbox(); len(got) != 1 {
				t.Fatalf("%d mails left after trying again, want 1", len(got))
			}
		})
	}
}

func TestAMessageWithoutIDGetsOne(t *testing.T) {
	b := newBench(t, "")
	m := b.cross(alice, b.masks["alice→ben"], "From: "+alice+"\nTo: x\nSubject: x\n\nBonjour\n")
	if id := m.Header.Get("Message-ID"); !strings.HasSuffix(id, "@relay.test>") {
		t.Errorf("Message-ID is %q", id)
	}
}
