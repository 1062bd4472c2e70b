package relay_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay"
	"mentorrelay/storage"
)

// stranger is a peer that proves nothing, loopback one that is trusted.
var (
	stranger = netip.MustParseAddr("192.0.2.7")
	loopback = netip.MustParseAddr("127.0.0.1")
)

// unproven sends a letter of Alice's to Ben that proves nothing.
func (b *bench) unproven(id, body string) error {
	b.t.Helper()
	to := b.masks["alice→ben"]
	env := relay.Envelope{Door: relay.SMTP, MailFrom: alice, PeerIP: stranger, ReceivedAt: b.now}
	return b.receive(env, letter(alice, to, id, body), to)[0]
}

// answer answers a mail to where it asks for, from an address that need not
// prove anything.
func (b *bench) answer(question sent, from, body string) error {
	b.t.Helper()
	to := question.Header.Get("Reply-To")
	to = strings.Trim(to, "<>")
	env := relay.Envelope{Door: relay.SMTP, MailFrom: from, PeerIP: stranger, ReceivedAt: b.now}
	return b.receive(env, letter(from, to, fmt.Sprintf("<answer-%d@corp.test>", b.now.UnixNano()), body), to)[0]
}

// one returns the only mail that was queued.
func (b *bench) one() sent {
	b.t.Helper()
	got := b.outbox()
	if len(got) != 1 {
		b.t.Fatalf("%d mails left, want 1", len(got))
	}
	return got[0]
}

func (b *bench) none(when string) {
	b.t.Helper()
	for _, m := range b.outbox() {
		b.t.Errorf("%s: a mail to %s left:\n%s", when, m.Recipient, m.raw)
	}
}

func TestWasItYou(t *testing.T) {
	for name, mailbox := range map[string]string{"domain": "", "mailbox": "mentors@boxes.test"} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, mailbox)
			b.must(b.unproven("<1@corp.test>", "Bonjour Ben"))
			question := b.one()
			if question.Recipient != alice || strings.Contains(question.raw, "Bonjour") || strings.Contains(question.raw, "uni.test") {
				t.Errorf("the question went to %s:\n%s", question.Recipient, question.raw)
			}
			b.must(b.unproven("<2@corp.test>", "Et encore ceci"))
			b.none("a second letter, while the question is open")

			b.must(b.answer(question, alice, "Well, let me think about it."))
			again := b.one()
			if again.Recipient != alice || again.Header.Get("Reply-To") == "" {
				t.Errorf("an answer that is none gives:\n%s", again.raw)
			}
			b.must(b.answer(again, "alice@elsewhere.test", "*Yes*, it was me!\n\n> Please answer NO"))
			got := b.outbox()
			if len(got) != 2 || got[0].Recipient != ben || !strings.Contains(got[0].raw, "Bonjour Ben") || !strings.Contains(got[1].raw, "Et encore") {
				t.Fatalf("after YES: %d mails", len(got))
			}
			b.must(b.answer(question, alice, "YES"))
			b.none("a second YES")

			b.must(b.unproven("<3@corp.test>", "Bonjour"))
			if b.one().Recipient != alice {
				t.Error("a letter after a YES is not asked about")
			}
		})
	}
}

func TestItWasNotMe(t *testing.T) {
	b := newBench(t, "")
	b.must(b.unproven("<1@corp.test>", "Bonjour"))
	question := b.one()
	b.must(b.answer(question, alice, "non"))
	b.none("NO")
	if got := code(b.unproven("<2@corp.test>", "Bonjour")); got != 550 {
		t.Errorf("after a NO, answered %d", got)
	}
	b.must(b.answer(question, alice, "YES"))
	b.none("YES after NO")
	if holds, err := b.store.Holds(t.Context(), storage.HoldWaiting); err != nil || len(holds) != 0 {
		t.Errorf("%d wait, %v", len(holds), err)
	}
	b.now = b.now.Add(8 * 24 * time.Hour)
	b.must(b.unproven("<3@corp.test>", "Bonjour"))
	b.one()
}

func TestNobodyAnswers(t *testing.T) {
	b := newBench(t, "")
	b.must(b.unproven("<1@corp.test>", "Bonjour"))
	question := b.one()
	b.now = b.now.Add(7 * 24 * time.Hour)
	if n, err := b.store.ExpireHolds(t.Context(), b.now); err != nil || n != 1 {
		t.Fatalf("%d expired, %v", n, err)
	}
	b.none("after seven days")
	b.must(b.answer(question, alice, "oui"))
	if late := b.one(); late.Recipient != alice || !strings.Contains(late.raw, "deleted") {
		t.Errorf("a late YES gives:\n%s", late.raw)
	}
	b.now = b.now.Add(60 * 24 * time.Hour)
	if got := code(b.answer(question, alice, "oui")); got != 550 {
		t.Errorf("an old question answers %d", got)
	}
}

// TestHeldIsBounded checks that nobody fills the disk in another's name.
func TestHeldIsBounded(t *testing.T) {
	b := newBench(t, "")
	for i := range 20 {
		b.must(b.unproven(fmt.Sprintf("<%d@corp.test>", i), "x"))
	}
	if got := code(b.unproven("<20@corp.test>", "x")); got != 450 {
		t.Errorf("one too many answered %d", got)
	}
	b.one()
}

// TestHeldComesAgain checks that a client that repeats itself is held once.
func TestHeldComesAgain(t *testing.T) {
	b := newBench(t, "")
	for range 2 {
		b.must(b.unproven("<1@corp.test>", "x"))
	}
	if holds, err := b.store.Holds(t.Context()); err != nil || len(holds) != 1 {
		t.Errorf("%d held, %v", len(holds), err)
	}
}

// TestANewAddress checks that somebody who answers, from an address that is
// proven but not known, what only one of the pair received, may be that one.
func TestANewAddress(t *testing.T) {
	b := newBench(t, "")
	first := b.cross(ben, b.masks["ben→alice"], letter(ben, b.masks["ben→alice"], "<b1@uni.test>", "Une question"))
	masked, to := first.Header.Get("Message-ID"), b.masks["alice→ben"]
	for name, field := range map[string]string{
		"no thread":               "",
		"a thread nobody knows":   "In-Reply-To: <x@relay.test>\n",
		"the id its writer knows": "In-Reply-To: <b1@uni.test>\n",
	} {
		if got := code(b.send(relay.SMTP, "alice@new.test", letter("alice@new.test", to, "<n0@new.test>", "Bonjour", field), to)[0]); got != 550 {
			t.Errorf("%s: answered %d", name, got)
		}
	}
	env := relay.Envelope{Door: relay.SMTP, MailFrom: "alice@new.test", PeerIP: stranger, ReceivedAt: b.now}
	if got := code(b.receive(env, letter("alice@new.test", to, "<n0@new.test>", "x", "In-Reply-To: "+masked+"\n"), to)[0]); got != 550 {
		t.Errorf("not proven at all: answered %d", got)
	}
	b.none("what may not even be asked about")

	answer := letter("Alice M. <alice@new.test>", to, "<n1@new.test>", "Ma réponse, de alice@new.test", "In-Reply-To: "+masked+"\n")
	b.must(b.send(relay.SMTP, "alice@new.test", answer, to)[0])
	question := b.one()
	if question.Recipient != alice || !strings.Contains(decoded(t, question.raw), "alice@new.test") {
		t.Errorf("the question went to %s:\n%s", question.Recipient, question.raw)
	}
	b.must(b.answer(question, alice, "Yes"))
	got := b.one()
	if got.Recipient != ben || strings.Contains(got.raw, "new.test") || got.Header.Get("In-Reply-To") != "<b1@uni.test>" {
		t.Errorf("to %s:\n%s", got.Recipient, got.raw)
	}
	b.cross("alice@new.test", to, letter("alice@new.test", to, "<n2@new.test>", "De ma nouvelle adresse"))
}

// TestReleasedIntoAPause checks that what the pair has become meanwhile counts.
func TestReleasedIntoAPause(t *testing.T) {
	b := newBench(t, "")
	b.must(b.unproven("<1@corp.test>", "Bonjour"))
	question := b.one()
	if _, err := b.store.MovePair(t.Context(), b.pair.ID, []string{storage.PairActive}, storage.PairPaused); err != nil {
		t.Fatal(err)
	}
	b.must(b.answer(question, alice, "YES"))
	if told := b.one(); told.Recipient != alice || !strings.Contains(decoded(t, told.raw), "paused") {
		t.Errorf("to %s:\n%s", told.Recipient, told.raw)
	}
	if got := code(b.unproven("<2@corp.test>", "Bonjour")); got != 550 {
		t.Errorf("an unproven letter into a pause answered %d", got)
	}
}

// TestQuestionsAreNotForRobots checks that an automatic reply answers nothing.
func TestQuestionsAreNotForRobots(t *testing.T) {
	b := newBench(t, "")
	b.must(b.unproven("<1@corp.test>", "Bonjour"))
	question := b.one()
	to := strings.Trim(question.Header.Get("Reply-To"), "<>")
	b.must(b.send(relay.SMTP, "", letter(alice, to, "<v@corp.test>", "Yes, I am away", "Auto-Submitted: auto-replied\n"), to)[0])
	b.none("an automatic YES")
	if got := code(b.send(relay.SMTP, alice, letter(alice, "x", "<f@corp.test>", "YES"), "q+"+strings.Repeat("a", 32)+"@relay.test")[0]); got != 550 {
		t.Errorf("a question nobody asked answers %d", got)
	}
}
