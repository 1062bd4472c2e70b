package relay_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"mentorrelay/relay"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

// TestWhoIsRefusedIsNotAskedAbout checks that somebody enrolled, whose mask it
// is not, is refused also where their letter is proven and yet not proven to be
// for the mask: what is held asks the mask's own person.
func TestWhoIsRefusedIsNotAskedAbout(t *testing.T) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "")
	b.config.Trust = &trust.Checker{Resolver: resolver(t, map[string]string{
		"s._domainkey.corp.test": "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)),
	})}
	b.relay = relay.New(b.config)
	to := b.masks["alice→ben"]
	for i, c := range []struct {
		name, from, cc string
		fields         []string
		want           int
	}{
		{"hers, in Cc", alice, to, []string{"From", "To", "Cc"}, 250},
		{"another's", carol, "", []string{"From", "Subject"}, 550},
	} {
		raw := letter(c.from, "dan@far.test", fmt.Sprintf("<%d@corp.test>", i), "Bonjour")
		if c.cc != "" {
			raw = "Cc: " + c.cc + "\n" + raw
		}
		var signed bytes.Buffer
		if err := dkim.Sign(&signed, strings.NewReader(strings.ReplaceAll(raw, "\n", "\r\n")), &dkim.SignOptions{Domain: "corp.test", Selector: "s", Signer: key, HeaderKeys: c.fields}); err != nil {
			t.Fatal(err)
		}
		env := relay.Envelope{Door: relay.SMTP, MailFrom: "x@list.test", PeerIP: stranger, ReceivedAt: b.now}
		if got := code(b.receive(env, strings.ReplaceAll(signed.String(), "\r\n", "\n"), to)[0]); got != c.want {
			t.Errorf("%s: answered %d, want %d", c.name, got, c.want)
		}
		if holds, err := b.store.Holds(t.Context()); err != nil || len(holds) != 0 {
			t.Errorf("%s: %d held, %v", c.name, len(holds), err)
		}
	}
}

// TestAnAnswerWithoutOneAuthor checks that a letter of two authors, or of
// none, is nobody's new address, whatever it answers and whoever vouches for it.
func TestAnAnswerWithoutOneAuthor(t *testing.T) {
	b := newBench(t, "")
	first := b.cross(ben, b.masks["ben→alice"], letter(ben, b.masks["ben→alice"], "<b1@uni.test>", "Une question"))
	to, answers := b.masks["alice→ben"], "In-Reply-To: "+first.Header.Get("Message-ID")+"\n"
	for name, raw := range map[string]string{
		"two fields":    letter("alice@new.test", to, "<n1@new.test>", "x", answers, "From: eve@evil.test\n"),
		"two addresses": letter("alice@new.test, eve@evil.test", to, "<n2@new.test>", "x", answers),
	} {
		if got := code(b.send(relay.SMTP, "alice@new.test", raw, to)[0]); got != 550 {
			t.Errorf("%s: answered %d", name, got)
		}
	}
	b.none("a letter without one author")
}

// TestANewAddressByReferencesAlone checks that a mail client which leaves out
// In-Reply-To (RFC 5322 §3.6.4 wants both) is understood all the same.
func TestANewAddressByReferencesAlone(t *testing.T) {
	b := newBench(t, "")
	first := b.cross(ben, b.masks["ben→alice"], letter(ben, b.masks["ben→alice"], "<b1@uni.test>", "Une question"))
	to := b.masks["alice→ben"]
	b.must(b.send(relay.SMTP, "alice@new.test", letter("alice@new.test", to, "<n1@new.test>", "x",
		"References: <x@corp.test> "+first.Header.Get("Message-ID")+"\n"), to)[0])
	if b.one().Recipient != alice {
		t.Error("the registered address is not asked")
	}
}

// TestAnAddressAsItIsWritten checks that an author is known whatever the case
// in which the address was enrolled.
func TestAnAddressAsItIsWritten(t *testing.T) {
	b := newBench(t, "")
	added := storage.AddressAdded{Address: storage.Address{PersonID: b.pair.MentorID, Address: "Alice@Office.TEST", Canonical: "alice@office.test", AddedAt: b.now}}
	if _, err := b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{added}}); err != nil {
		t.Fatal(err)
	}
	to := b.masks["alice→ben"]
	b.cross("ALICE@office.test", to, letter("ALICE@office.test", to, "<1@office.test>", "Bonjour"))
}

// TestAStrangersAbsence checks that only their own automatic reply tells when
// somebody is away: not one of another who is enrolled.
func TestAStrangersAbsence(t *testing.T) {
	for from, want := range map[string]bool{alice: true, carol: false} {
		b := newBench(t, "")
		to := b.masks["alice→ben"]
		b.must(b.send(relay.SMTP, "", letter(from, to, "<1@corp.test>", "I am out of the office until 5 December 2026.",
			"Auto-Submitted: auto-replied\nSubject: Out of office\n"), to)[0])
		away, err := b.store.Absences(t.Context(), b.pair.MentorID)
		if err != nil || (len(away) > 0) != want {
			t.Errorf("a reply of %s: away %v, %v", from, away, err)
		}
	}
}

// TestAQuestionIsOfOnePersonAndAddress checks that a NO about one person's
// address says nothing of another person's, nor of another address.
func TestAQuestionIsOfOnePersonAndAddress(t *testing.T) {
	b := newBench(t, "")
	b.must(b.unproven("<1@corp.test>", "Bonjour"))
	b.must(b.answer(b.one(), alice, "NO"))
	b.none("NO")
	for i, c := range []struct{ from, to string }{{ben, b.masks["ben→alice"]}, {"alice@home.test", b.masks["alice→ben"]}} {
		env := relay.Envelope{Door: relay.SMTP, MailFrom: c.from, PeerIP: stranger, ReceivedAt: b.now}
		b.must(b.receive(env, letter(c.from, c.to, fmt.Sprintf("<other-%d@corp.test>", i), "Bonjour"), c.to)[0])
		b.one()
	}
}

// TestALateAnswerThatIsNone checks that nobody is asked again about what is
// settled, and nobody told that it is too late who says NO.
func TestALateAnswerThatIsNone(t *testing.T) {
	b := newBench(t, "")
	b.must(b.unproven("<1@corp.test>", "Bonjour"))
	question := b.one()
	b.must(b.answer(question, alice, "YES"))
	if b.one().Recipient != ben {
		t.Error("YES does not relay")
	}
	b.must(b.answer(question, alice, "Thank you, all is well."))
	b.none("a word about what is settled")
}
