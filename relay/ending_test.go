package relay_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay"
	"mentorrelay/relay/programme"
	"mentorrelay/storage"
)

// write sends words to the service, and returns the mails that follow, by whom
// they go to.
func (b *bench) write(from, words string) map[string]sent {
	b.t.Helper()
	b.letters++
	help := b.scheme.Service("help")
	b.must(b.send(relay.SMTP, from, letter(from, help, fmt.Sprintf("<w%d@x.test>", b.letters), words), help)[0])
	return b.byRecipient()
}

func (b *bench) byRecipient() map[string]sent {
	b.t.Helper()
	got := map[string]sent{}
	for _, m := range b.outbox() {
		if _, twice := got[m.Recipient]; twice {
			b.t.Errorf("two mails to %s", m.Recipient)
		}
		got[m.Recipient] = m
	}
	return got
}

// say answers a mail, and returns the mails that follow.
func (b *bench) say(to sent, from, words string) map[string]sent {
	b.t.Helper()
	b.now = b.now.Add(time.Minute)
	b.must(b.answer(to, from, words))
	return b.byRecipient()
}

// tick does what is due.
func (b *bench) tick() []programme.Due {
	b.t.Helper()
	var done []programme.Due
	b.must(b.desk.Keep(b.t.Context(), func(d programme.Due) { done = append(done, d) }))
	return done
}

// TestEnd follows a pair from END to the last letter, and to their addresses.
func TestEnd(t *testing.T) {
	b := newBench(t, "")
	confirm := b.write(ben, "FIN")[ben]
	if !strings.Contains(confirm.words(t), "OUI") || b.pairState() != storage.PairActive {
		t.Fatalf("the pair is %s:\n%s", b.pairState(), confirm.words(t))
	}
	if got := b.say(confirm, ben, "Peut-être"); got["coord@horizon.test"].raw == "" || b.pairState() != storage.PairActive {
		t.Errorf("a perhaps: %d mails, the pair is %s", len(got), b.pairState())
	}
	if err := b.answer(confirm, carol, "OUI"); code(err) != 550 {
		t.Errorf("somebody else's yes: %v", err)
	}
	ended := b.say(confirm, ben, "Oui.\n\n-- \nBen")
	if len(ended) != 2 || b.pairState() != storage.PairEnded {
		t.Fatalf("%d mails, the pair is %s", len(ended), b.pairState())
	}
	if again := b.say(confirm, ben, "OUI"); len(again) != 0 {
		t.Error("it ended twice")
	}

	// Each may write once more.
	bye := func(from, mask, id string) sent {
		t.Helper()
		return b.cross(from, b.masks[mask], letter(from, b.masks[mask], id, "Adieu"))
	}
	if got := bye(alice, "alice→ben", "<bye1@corp.test>"); got.Recipient != ben {
		t.Errorf("the farewell went to %s", got.Recipient)
	}
	if got := bye(alice, "alice→ben", "<bye2@corp.test>"); got.Recipient != alice {
		t.Errorf("a second farewell went to %s", got.Recipient)
	}
	b.now = b.now.Add(7*day + time.Minute)
	if got := bye(ben, "ben→alice", "<bye3@uni.test>"); got.Recipient != ben {
		t.Errorf("a farewell that comes late went to %s", got.Recipient)
	}

	// Addresses are shown only if both say so.
	if got := b.say(ended[alice], alice, "YES"); len(got) != 0 {
		t.Errorf("one yes: %d mails", len(got))
	}
	shown := b.say(ended[ben], ben, "oui")
	if len(shown) != 2 || !strings.Contains(shown[ben].words(t), alice) || !strings.Contains(shown[alice].words(t), ben) {
		t.Errorf("%d mails, to Ben:\n%s", len(shown), shown[ben].words(t))
	}
	if got := b.say(ended[ben], ben, "OUI"); len(got) != 0 {
		t.Errorf("shown twice")
	}
}

func (b *bench) pairState() string {
	b.t.Helper()
	p, err := b.store.PairByID(b.t.Context(), b.pair.ID)
	b.must(err)
	return p.State
}

// TestEndWhich checks that who has several exchanges names the one that ends.
func TestEndWhich(t *testing.T) {
	b := newBench(t, "")
	if got := b.write(alice, "END")[alice]; !strings.Contains(got.words(t), "END Alice") {
		t.Errorf("not asked which:\n%s", got.words(t))
	}
	if got := b.write(alice, "END Ben")[alice]; !strings.Contains(got.words(t), "with Ben to end") {
		t.Errorf("not asked for a yes:\n%s", got.words(t))
	}
}

// TestAReportedPairHasNoFarewell checks that nobody writes to who reported them.
func TestAReportedPairHasNoFarewell(t *testing.T) {
	b := newBench(t, "")
	b.write(ben, "SIGNALER")
	pair, err := b.store.PairByID(t.Context(), b.pair.ID)
	b.must(err)
	b.must(b.desk.End(t.Context(), pair))
	for _, m := range b.byRecipient() {
		if strings.Contains(m.words(t), "OUI") || strings.Contains(m.words(t), "YES") {
			t.Errorf("addresses are offered:\n%s", m.words(t))
		}
	}
	mask := b.masks["alice→ben"]
	if got := b.cross(alice, mask, letter(alice, mask, "<bye@corp.test>", "Adieu")); got.Recipient != alice {
		t.Errorf("a farewell went to %s", got.Recipient)
	}
}

// TestForget checks that a person is gone once they have confirmed it, and that
// the other is told kindly.
func TestForget(t *testing.T) {
	b := newBench(t, "")
	confirm := b.write(ben, "oublier")[ben]
	told := b.say(confirm, ben, "OUI")
	if len(told) != 2 || !strings.Contains(told[alice].words(t), "Ben has left the programme") || !strings.Contains(told[ben].words(t), "effacé") {
		t.Fatalf("told %d: %s", len(told), told[alice].words(t))
	}
	if _, err := b.store.PersonByAddress(t.Context(), ben); err != storage.ErrNotFound {
		t.Errorf("Ben is still known: %v", err)
	}
	if got := code(b.send(relay.SMTP, alice, letter(alice, b.masks["alice→ben"], "<1@corp.test>", "?"), b.masks["alice→ben"])[0]); got == 250 {
		t.Error("a mask reaches somebody who is forgotten")
	}
	b.now = b.now.Add(2 * time.Hour)
	b.tick()
	b.none("when what was under way is swept")
}

// TestExport checks that a person gets what is stored about them, and nothing
// that the other would not show.
func TestExport(t *testing.T) {
	b := newBench(t, "")
	b.cross(alice, b.masks["alice→ben"], letter(alice, b.masks["alice→ben"], "<1@corp.test>", "Bonjour"))
	got := b.write(ben, "Exporter")[ben]
	if !strings.Contains(got.raw, "export.json") || strings.Contains(got.raw, alice) {
		t.Errorf("the export is\n%s", got.raw)
	}
}

// TestPauseUntil checks that a pause ends on its day, and that one without a day
// goes on.
func TestPauseUntil(t *testing.T) {
	for _, x := range []struct {
		words string
		days  int // until it ends; 0: never by itself
		says  string
	}{
		{"PAUSE jusqu’au 10 décembre", 18, "10 décembre"},
		{"pause trois semaines", 21, "décembre"},
		{"PAUSE jusqu’au 31 février", 0, "31 février"},
		{"PAUSE", 0, ""},
	} {
		t.Run(x.words, func(t *testing.T) {
			b := newBench(t, "")
			b.now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
			got := b.write(ben, x.words)[ben]
			if b.state(ben).State != storage.PersonPaused || !strings.Contains(got.words(t), x.says) {
				t.Errorf("Ben is %s:\n%s", b.state(ben).State, got.words(t))
			}
			for d := range 40 {
				at := time.Date(2026, 11, 22+d, 8, 1, 0, 0, time.UTC) // nine in Paris
				if at.After(b.now) {
					b.now = at
					b.tick()
				}
				want := storage.PersonPaused
				if x.days > 0 && d >= x.days {
					want = storage.PersonActive
				}
				if got := b.state(ben).State; got != want {
					t.Fatalf("on day %d he is %s", d, got)
				}
			}
		})
	}
}

// TestWishesOfTips checks LESS, TIPS and WHY.
func TestWishesOfTips(t *testing.T) {
	b := newBench(t, "")
	for _, x := range []struct{ from, words, tips string }{
		{ben, "MOINS", storage.TipsFewer}, {ben, "less", storage.TipsNone}, {ben, "CONSEILS", storage.TipsWanted},
		{alice, "LESS", storage.TipsNone}, {alice, "Tips", storage.TipsWanted},
	} {
		if got := b.write(x.from, x.words); len(got) != 1 || b.state(x.from).Tips != x.tips {
			t.Errorf("%s: %d mails, tips %q", x.words, len(got), b.state(x.from).Tips)
		}
	}
	if got := b.write(carol, "POURQUOI")[carol].words(t); !strings.Contains(got, "aucun conseil") {
		t.Errorf("why:\n%s", got)
	}
	b.now = b.now.Add(20 * day)
	for range 3 { // one may be withheld
		b.now = b.now.Add(15 * day)
		b.tick()
		if m, ok := b.byRecipient()[carol]; ok {
			if got := b.write(carol, "Pourquoi ?")[carol].words(t); strings.Contains(got, "aucun conseil") {
				t.Errorf("why, after\n%s\n:\n%s", m.words(t), got)
			}
			return
		}
	}
	t.Error("no tip came")
}

// TestACommandIsAFirstWord checks that signatures and quotations order nothing.
func TestACommandIsAFirstWord(t *testing.T) {
	b := newBench(t, "")
	for _, words := range []string{"Bonjour\n\n-- \nSTOP", "> STOP\n", "Bonjour\n\nLe 1 mars 2026, X a écrit :\n> STOP", "Ne dites pas STOP"} {
		b.write(ben, words)
		if b.state(ben).Muted {
			t.Errorf("%q was obeyed", words)
		}
	}
}
