package relay_test

import (
	"fmt"
	"strings"
	"testing"

	"mentorrelay/relay"
	"mentorrelay/storage"
)

// TestStopByMail checks that one word stops a pair at once, wherever it is
// written to, and that the other does not learn why.
func TestStopByMail(t *testing.T) {
	for _, x := range []struct {
		name, body string
		help       bool // written to the service, not to the mask
		action     string
	}{
		{"to the service", "REPORT", true, storage.AuditReported},
		{"to the service, in French", "Signaler.\n\nBen", true, storage.AuditReported},
		{"to the service, with more after it", "BLOCK\nthis is why: …", true, storage.AuditBlocked},
		{"to the service, with a reason", "REPORT: " + strings.Repeat("he asks me for money ", 20), true, storage.AuditReported},
		{"to the mask", "report", false, storage.AuditReported},
		{"to the mask, above a quotation", "BLOQUER\n\n> Bonjour Ben", false, storage.AuditBlocked},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := newBench(t, "")
			to := b.masks["ben→alice"]
			if x.help {
				to = b.scheme.Service("help")
			}
			b.must(b.send(relay.SMTP, ben, letter(ben, to, "<r@uni.test>", x.body), to)[0])
			told := map[string]bool{}
			for _, m := range b.outbox() {
				told[m.Recipient] = true
			}
			if !told[ben] || !told["coord@horizon.test"] || told[alice] || len(told) != 2 {
				t.Errorf("told: %v", told)
			}
			pair, err := b.store.PairByID(t.Context(), b.pair.ID)
			b.must(err)
			audits, err := b.store.Audits(t.Context(), b.pair.ID)
			b.must(err)
			if pair.State != storage.PairPaused || len(audits) != 1 || audits[0].Action != x.action {
				t.Errorf("the pair is %s, noted: %+v", pair.State, audits)
			}
			mask := b.masks["alice→ben"]
			b.must(b.send(relay.SMTP, alice, letter(alice, mask, "<a@corp.test>", "Bonjour"), mask)[0])
			if got := b.one(); got.Recipient != alice || strings.Contains(strings.ToLower(got.raw), "report") {
				t.Errorf("the other was told:\n%s", got.raw)
			}
		})
	}
}

// TestWhichPair checks which of several pairs a word stops.
func TestWhichPair(t *testing.T) {
	b := newBench(t, "")
	first := b.cross(ben, b.masks["ben→alice"], letter(ben, b.masks["ben→alice"], "<b1@uni.test>", "Bonjour"))
	for _, x := range []struct {
		name, body, field string
		ben, carol        string
	}{
		{"by name", "REPORT carol", "", storage.PairActive, storage.PairPaused},
		{"by the letter it answers", "REPORT", "In-Reply-To: " + first.Header.Get("Message-ID") + "\n", storage.PairPaused, storage.PairActive},
		{"no telling", "REPORT", "", storage.PairPaused, storage.PairPaused},
	} {
		t.Run(x.name, func(t *testing.T) {
			carols, err := b.store.Route(t.Context(), "ccccccaa")
			b.must(err)
			for _, id := range []int64{b.pair.ID, carols.Pair.ID} {
				if _, err := b.store.MovePair(t.Context(), id, []string{storage.PairPaused, storage.PairActive}, storage.PairActive); err != nil {
					t.Fatal(err)
				}
			}
			to := b.scheme.Service("help")
			b.must(b.send(relay.SMTP, alice, letter(alice, to, "<"+x.name+"@corp.test>", x.body, x.field), to)[0])
			b.outbox()
			one, err := b.store.PairByID(t.Context(), b.pair.ID)
			b.must(err)
			two, err := b.store.PairByID(t.Context(), carols.Pair.ID)
			b.must(err)
			if one.State != x.ben || two.State != x.carol {
				t.Errorf("with Ben %s, with Carol %s", one.State, two.State)
			}
		})
	}
}

// TestHelp checks who may write to the service, and that a letter which only
// mentions a command is a letter.
func TestHelp(t *testing.T) {
	b := newBench(t, "")
	help := b.scheme.Service("help")
	for _, c := range []struct {
		name, from, body string
		proven           bool
		want             int
		told             string
	}{
		{"a question", ben, "What is this?", true, 250, ben + " coord@horizon.test "},
		{"another, in the same month", ben, "And this?", true, 250, "coord@horizon.test "},
		{"nothing at all", carol, "", true, 250, carol + " "},
		{"not enrolled", "eve@evil.test", "REPORT", true, 550, ""},
		{"not proven", ben, "REPORT", false, 550, ""},
	} {
		env := relay.Envelope{Door: relay.SMTP, MailFrom: c.from, ReceivedAt: b.now, PeerIP: stranger}
		if c.proven {
			env.PeerIP = loopback
		}
		if got := code(b.receive(env, letter(c.from, help, "<"+c.name+"@x.test>", c.body), help)[0]); got != c.want {
			t.Errorf("%s: answered %d, want %d", c.name, got, c.want)
		}
		told := ""
		for _, m := range b.outbox() {
			told += m.Recipient + " "
			if m.Recipient == "coord@horizon.test" && (!strings.Contains(m.words(t), "> "+c.body) || m.Header.Get("Reply-To") != "<"+c.from+">") {
				t.Errorf("%s: the coordinator reads, to be answered to %s,\n%s", c.name, m.Header.Get("Reply-To"), m.words(t))
			}
		}
		if told != c.told {
			t.Errorf("%s: told %q, want %q", c.name, told, c.told)
		}
	}
	for _, body := range []string{"Report me if you dare", "Stop", "Report\n\nattached, as promised", "Report\n" + strings.Repeat("as promised, ", 20)} {
		if got := b.cross(ben, b.masks["ben→alice"], letter(ben, b.masks["ben→alice"], "<"+body[:4]+fmtLength(body)+"@uni.test>", body)); got.Recipient != alice {
			t.Errorf("%q went to %s", body, got.Recipient)
		}
	}
}

// TestCommandsForOneself checks what a person may wish for themselves.
func TestCommandsForOneself(t *testing.T) {
	b := newBench(t, "")
	help := b.scheme.Service("help")
	for i, c := range []struct {
		word    string
		state   string
		muted   bool
		relayed bool // does a letter to them pass
	}{
		{"PAUSE", storage.PersonPaused, false, false},
		{"Reprendre\n\nBen", storage.PersonActive, false, true},
		{"stop", storage.PersonActive, true, true},
		{"STOP", storage.PersonActive, true, true},
		{"RESUME", storage.PersonActive, false, true},
	} {
		b.must(b.send(relay.SMTP, ben, letter(ben, help, fmt.Sprintf("<c%d@uni.test>", i), c.word), help)[0])
		if got := b.byRecipient(); got[ben].raw == "" || len(got) > 1 && !c.relayed { // beside who may write to him again
			t.Errorf("%s: %d mails, to Ben %q", c.word, len(got), got[ben].raw)
		}
		if p := b.state(ben); p.State != c.state || p.Muted != c.muted {
			t.Errorf("%s: Ben is %s, muted %v", c.word, p.State, p.Muted)
		}
		mask := b.masks["alice→ben"]
		b.must(b.send(relay.SMTP, alice, letter(alice, mask, fmt.Sprintf("<a%d@corp.test>", i), "Bonjour"), mask)[0])
		if m := b.one(); (m.Recipient == ben) != c.relayed {
			t.Errorf("%s: a letter of Alice's led to a mail to %s", c.word, m.Recipient)
		}
	}
}

// TestUnsubscribe does what mail clients do with List-Unsubscribe: a mail with
// a subject and nothing else.
func TestUnsubscribe(t *testing.T) {
	b := newBench(t, "")
	to := b.masks["ben→alice"]
	b.must(b.send(relay.SMTP, ben, letter(ben, to+", dan@far.test", "<1@uni.test>", "Bonjour"), to)[0])
	for _, m := range b.outbox() {
		field := m.Header.Get("List-Unsubscribe")
		if m.Recipient != ben {
			if field != "" {
				t.Errorf("a letter has List-Unsubscribe: %s", field)
			}
			continue
		}
		address, query, _ := strings.Cut(strings.Trim(strings.TrimPrefix(field, "<mailto:"), ">"), "?")
		raw := "From: " + ben + "\nTo: " + address + "\nMessage-ID: <u@uni.test>\nSubject: " + strings.TrimPrefix(query, "subject=") + "\n\n"
		b.must(b.send(relay.SMTP, ben, raw, address)[0])
	}
	if !b.state(ben).Muted {
		t.Error("Ben is not heard")
	}
}

func fmtLength(s string) string { return strings.Repeat("x", len(s)) }
