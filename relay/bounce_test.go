package relay_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay"
	"mentorrelay/storage"
)

// dsn is a delivery status notification (RFC 3464) with this status.
func dsn(to, action, status, diagnostic string) string {
	return "From: MAILER-DAEMON@mx.uni.test\nTo: <" + to + ">\nSubject: Undelivered Mail Returned to Sender\n" +
		"MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
		"--b\nContent-Type: text/plain\n\nYour message could not be delivered.\n" +
		"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.uni.test\n\n" +
		"Final-Recipient: rfc822; " + ben + "\nAction: " + action + "\nStatus: " + status + "\nDiagnostic-Code: smtp; " + diagnostic + "\n\n--b--\n"
}

// complaint is an abuse report (RFC 5965).
const complaint = "From: fbl@isp.test\nTo: x@relay.test\nSubject: complaint\nMIME-Version: 1.0\n" +
	"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\nAn abuse report.\n" +
	"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: X/1\nVersion: 1\n\n" +
	"--b\nContent-Type: message/rfc822\n\nFrom: x@relay.test\nSubject: y\n\nz\n--b--\n"

// comesBack sends a letter of Alice's to Ben and then a report about it, and
// returns who was written to, by the notice's subject.
func (b *bench) comesBack(n int, report func(to string) string) string {
	b.t.Helper()
	to := b.masks["alice→ben"]
	b.must(b.send(relay.LMTP, alice, letter(alice, to, fmt.Sprintf("<%d@corp.test>", n), "Bonjour"), to)[0])
	back := ""
	var list []string
	for _, m := range b.outbox() {
		if m.Recipient == ben {
			back = b.scheme.Bounce(m.ID, b.now)
		} else {
			list = append(list, m.Recipient+": "+decoded(b.t, m.Header.Get("Subject")))
		}
	}
	if back != "" {
		b.must(b.send(relay.SMTP, "", report(back), back)[0])
		b.must(b.send(relay.SMTP, "", report(back)+"again\n", back)[0]) // servers repeat themselves
		for _, m := range b.outbox() {
			if strings.Contains(m.raw, ben) || strings.Contains(m.raw, "RBL") {
				b.t.Errorf("a notice tells too much:\n%s", m.raw)
			}
			list = append(list, m.Recipient+": "+decoded(b.t, m.Header.Get("Subject")))
		}
	}
	return strings.Join(list, "\n")
}

func (b *bench) state(address string) *storage.Person {
	b.t.Helper()
	p, err := b.store.PersonByAddress(b.t.Context(), address)
	b.must(err)
	return p
}

// TestWhatFollowsFromABounce checks the table of classes.
func TestWhatFollowsFromABounce(t *testing.T) {
	bounce := func(action, status, diagnostic string) func(string) string {
		return func(to string) string { return dsn(to, action, status, diagnostic) }
	}
	const undeliverable = alice + ": Your letter to Ben could not be delivered"
	for _, x := range []struct {
		name   string
		report func(string) string
		state  string
		told   string
	}{
		{"gone", bounce("failed", "5.1.1", "550 5.1.1 User unknown"), storage.PersonSuspended,
			"coord@horizon.test: La boîte de Ben Durand n’accepte plus de courriel\n" + alice + ": Ben cannot be reached by mail for now"},
		{"full", bounce("failed", "5.2.2", "552 5.2.2 Mailbox full"), storage.PersonActive, undeliverable},
		{"temporary, and given up", bounce("failed", "4.4.7", "451 4.4.7 delivery time expired"), storage.PersonActive, undeliverable},
		{"temporary, and tried again", bounce("delayed", "4.4.1", "451 4.4.1 connection timed out"), storage.PersonActive, ""},
		{"refused-us", bounce("failed", "5.7.1", "550 5.7.1 Client host [198.51.100.1] blocked using RBL"), storage.PersonActive,
			undeliverable + "\ncoord@horizon.test: Un fournisseur de messagerie refuse notre courrier"},
		{"refused-message", bounce("failed", "5.3.4", "552 5.3.4 Message size exceeds fixed limit"), storage.PersonActive,
			alice + ": Your letter to Ben was refused by their mail provider"},
		{"complaint", func(string) string { return complaint }, storage.PersonActive,
			"coord@horizon.test: Ben Durand a signalé un message du programme comme indésirable"},
		{"delivered", bounce("delivered", "2.0.0", "250 2.0.0 OK"), storage.PersonActive, ""},
		{"an automatic reply", func(to string) string {
			return letter(ben, to, "<v@uni.test>", "Je suis absent du 1 au 12 décembre 2026 inclus.", "Auto-Submitted: auto-replied\n")
		}, storage.PersonActive, ""},
		{"nothing of the kind", func(to string) string { return letter(ben, to, "<v@uni.test>", "Bonjour") }, storage.PersonActive, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := newBench(t, "")
			if told := b.comesBack(1, x.report); told != x.told {
				t.Errorf("told:\n%s\nwant:\n%s", told, x.told)
			}
			p := b.state(ben)
			if p.State != x.state || p.Muted != (x.name == "complaint") {
				t.Errorf("state %s, muted %v", p.State, p.Muted)
			}
			absences, err := b.store.Absences(t.Context(), p.ID)
			b.must(err)
			if x.name == "an automatic reply" && (len(absences) != 1 || absences[0].Until != "2026-12-12") {
				t.Errorf("absences: %+v", absences)
			}
		})
	}
}

// TestSuspended checks what becomes of a suspended person's mail, and how they
// come back.
func TestSuspended(t *testing.T) {
	b := newBench(t, "")
	gone := func(to string) string { return dsn(to, "failed", "5.1.1", "550 5.1.1 User unknown") }
	b.comesBack(1, gone)
	if told := b.comesBack(2, gone); told != "" {
		t.Errorf("told again on the same day: %s", told)
	}
	b.now = b.now.Add(24 * time.Hour)
	if told := b.comesBack(3, gone); told != alice+": Ben cannot be reached by mail for now" {
		t.Errorf("who writes to a suspended person is told: %q", told)
	}
	got := b.cross(ben, b.masks["ben→alice"], letter(ben, b.masks["ben→alice"], "<b1@uni.test>", "Me revoilà"))
	if got.Recipient != alice || b.state(ben).State != storage.PersonActive {
		t.Errorf("after a letter of theirs they are %s", b.state(ben).State)
	}
	b.cross(alice, b.masks["alice→ben"], letter(alice, b.masks["alice→ben"], "<9@corp.test>", "Enfin"))
}

// TestFullForDays checks that a full mailbox is suspended after five bounces
// in a row over three days.
func TestFullForDays(t *testing.T) {
	full := func(to string) string { return dsn(to, "failed", "5.2.2", "552 5.2.2 Mailbox full") }
	for _, x := range []struct {
		name string
		gaps []time.Duration
		want string
	}{
		{"five over four days", []time.Duration{day, day, day, day}, storage.PersonSuspended},
		{"five over exactly three days", []time.Duration{0, day, day, day}, storage.PersonSuspended},
		{"five in two days", []time.Duration{day / 2, day / 2, day / 2, day / 2}, storage.PersonActive},
		{"four over a week", []time.Duration{2 * day, 2 * day, 2 * day}, storage.PersonActive},
		{"not in a row", []time.Duration{day, day, 60 * day, day}, storage.PersonActive},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := newBench(t, "")
			b.comesBack(0, full)
			for i, gap := range x.gaps {
				b.now = b.now.Add(gap)
				b.comesBack(i+1, full)
			}
			if got := b.state(ben).State; got != x.want {
				t.Errorf("Ben is %s, want %s", got, x.want)
			}
		})
	}
}

const day = 24 * time.Hour

// TestMuted checks that who marked our mail as spam gets no remarks, but
// learns what became of their own letters.
func TestMuted(t *testing.T) {
	b := newBench(t, "")
	if _, err := b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{storage.PersonMuted{ID: b.pair.MentorID, Muted: true}}}); err != nil {
		t.Fatal(err)
	}
	to := b.masks["alice→ben"]
	b.must(b.send(relay.LMTP, alice, letter(alice, to+", dan@far.test", "<1@corp.test>", "Bonjour"), to)[0])
	if got := b.one(); got.Recipient != ben {
		t.Errorf("a mail to %s", got.Recipient)
	}
	if _, err := b.store.MovePair(t.Context(), b.pair.ID, []string{storage.PairActive}, storage.PairPaused); err != nil {
		t.Fatal(err)
	}
	b.must(b.send(relay.LMTP, alice, letter(alice, to, "<2@corp.test>", "Bonjour"), to)[0])
	if got := b.one(); got.Recipient != alice {
		t.Errorf("a mail to %s", got.Recipient)
	}
}
