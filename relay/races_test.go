package relay_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay"
	"mentorrelay/relay/programme"
	"mentorrelay/storage"
)

// unshaken answers a mail and fails the test where that panics.
func (b *bench) unshaken(to sent, from, words string) (got map[string]sent) {
	b.t.Helper()
	defer func() {
		if p := recover(); p != nil {
			b.t.Errorf("panics: %v", p)
		}
	}()
	return b.say(to, from, words)
}

// ended ends the pair of Alice and Ben, and returns the mails that tell of it.
func (b *bench) ended() map[string]sent {
	b.t.Helper()
	return b.say(b.write(ben, "FIN")[ben], ben, "OUI")
}

// TestForgottenMeanwhile checks that what is confirmed about somebody who was
// forgotten since does no harm.
func TestForgottenMeanwhile(t *testing.T) {
	forgetBen := func(b *bench) {
		b.t.Helper()
		b.must(b.desk.Leave(b.t.Context(), b.state(ben)))
		b.outbox()
	}
	t.Run("the exchange of addresses", func(t *testing.T) {
		b := newBench(t, "")
		ended := b.ended()
		b.say(ended[ben], ben, "OUI")
		forgetBen(b)
		if got := b.unshaken(ended[alice], alice, "YES"); len(got) != 0 {
			t.Errorf("%d mails", len(got))
		}
	})
	t.Run("the end of the pair", func(t *testing.T) {
		b := newBench(t, "")
		confirm := b.write(alice, "END Ben")[alice]
		forgetBen(b)
		b.unshaken(confirm, alice, "YES")
	})
	t.Run("a coordinator's order", func(t *testing.T) {
		b := newBench(t, "")
		summed := b.summed()
		asked := b.say(summed, "coord@horizon.test", "CHECK 1")["coord@horizon.test"]
		forgetBen(b)
		b.unshaken(asked, "coord@horizon.test", "oui")
	})
}

// summed is a coordinator's summary that names the pair of Alice and Ben first.
func (b *bench) summed() (summed sent) {
	b.t.Helper()
	b.active(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC), "weekly")
	mask := b.masks["alice→ben"]
	b.cross(alice, mask, letter(alice, mask, "<1@corp.test>", "Bonjour")) // never answered
	for _, m := range b.keepMail(time.Date(2027, 4, 1, 9, 30, 0, 0, time.UTC)) {
		if m.Recipient == "coord@horizon.test" {
			summed = m
		}
	}
	return summed
}

// TestNoAddressAfterAReport checks that who reported the other after all does not
// show them their address.
func TestNoAddressAfterAReport(t *testing.T) {
	b := newBench(t, "")
	ended := b.ended()
	b.say(ended[ben], ben, "OUI")
	b.now = b.now.Add(time.Hour)
	b.write(ben, "SIGNALER Alice") // her farewell was not kind
	b.outbox()
	for to, m := range b.say(ended[alice], alice, "YES") {
		t.Errorf("to %s:\n%s", to, m.words(t))
	}
}

// TestAYesTakenBack checks that a later no counts, and a yes after it.
func TestAYesTakenBack(t *testing.T) {
	b := newBench(t, "")
	ended := b.ended()
	b.say(ended[ben], ben, "OUI")
	b.say(ended[ben], ben, "NON")
	for to, m := range b.say(ended[alice], alice, "YES") {
		t.Errorf("after the no, to %s:\n%s", to, m.words(t))
	}
	if got := b.say(ended[ben], ben, "OUI"); len(got) != 2 {
		t.Errorf("after a yes that is meant: %d mails", len(got))
	}
}

// TestReportOfSomebodyPairedTwice checks that REPORT stops the pair that goes on,
// not an earlier one of the same two.
func TestReportOfSomebodyPairedTwice(t *testing.T) {
	for _, words := range []string{"SIGNALER", "SIGNALER Alice"} {
		t.Run(words, func(t *testing.T) {
			b := newBench(t, "")
			b.ended()
			x := &storage.Pair{ProgrammeID: b.pair.ProgrammeID, MentorID: b.pair.MentorID, MenteeID: b.pair.MenteeID, State: storage.PairActive, CreatedAt: b.now,
				Masks: []storage.Mask{
					{WriterID: b.pair.MentorID, ReaderID: b.pair.MenteeID, Token: "eeeeeeaa", Name: "Ben"},
					{WriterID: b.pair.MenteeID, ReaderID: b.pair.MentorID, Token: "eeeeeezz", Name: "Alice"},
				}}
			b.must(b.store.CreatePair(t.Context(), x))
			b.now = b.now.Add(30 * day)
			b.write(ben, words)
			got, err := b.store.PairByID(t.Context(), x.ID)
			b.must(err)
			if got.State != storage.PairPaused {
				t.Errorf("the pair is %s after a report", got.State)
			}
		})
	}
}

// TestAPaceIsAgreedOnce checks that who says the same again changes nothing.
func TestAPaceIsAgreedOnce(t *testing.T) {
	b := newBench(t, "")
	asked := b.paceAsked()
	b.say(asked[alice], alice, "c")
	b.say(asked[ben], ben, "moins souvent")
	b.now = b.now.Add(day)
	got := b.say(asked[ben], ben, "moins souvent, vraiment")
	pair, err := b.store.PairByID(t.Context(), b.pair.ID)
	b.must(err)
	if len(got) != 0 || pair.Cadence != "fortnightly" {
		t.Errorf("%d are told, the cadence is %s", len(got), pair.Cadence)
	}
}

// few lets mentees get what they did not ask for, now and then.
func (b *bench) few() {
	b.t.Helper()
	for _, x := range []string{ben, carol} {
		_, err := b.store.Accept(b.t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{storage.PersonTips{ID: b.state(x).ID, Tips: storage.TipsFewer}}})
		b.must(err)
	}
}

func (b *bench) paceAsked() map[string]sent {
	b.t.Helper()
	b.active(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC), "weekly")
	b.few()
	asked := map[string]sent{}
	for _, m := range b.keepMail(time.Date(2027, 1, 28, 12, 0, 0, 0, time.UTC)) {
		if to := m.Header.Get("Reply-To"); !strings.Contains(to, b.scheme.Service("help")) && m.Recipient != "coord@horizon.test" {
			asked[m.Recipient] = m
		}
	}
	if len(asked) != 2 {
		b.t.Fatalf("%d are asked", len(asked))
	}
	return asked
}

// TestOnePaceCheckAMorning checks that a mentor of two is not asked twice on one
// morning, nor within two days of a letter to anybody.
func TestOnePaceCheckAMorning(t *testing.T) {
	b := newBench(t, "")
	carols, err := b.store.Route(t.Context(), "ccccccaa")
	b.must(err)
	_, err = b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{storage.PairPaced{ID: carols.Pair.ID, From: "", To: "weekly"}}})
	b.must(err)
	b.active(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC), "weekly")
	b.few()
	mornings := map[string]int{}
	for end := b.now.Add(20 * day); b.now.Before(end); {
		for _, m := range b.keepMail(b.now.Add(12 * time.Hour)) {
			mornings[m.Recipient+b.now.Format(" 2006-01-02")]++
		}
	}
	for when, n := range mornings {
		if n > 1 {
			t.Errorf("%d mails to %s", n, when)
		}
	}
}

func TestNoPaceCheckAfterALetterToAnother(t *testing.T) {
	b := newBench(t, "")
	b.active(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC), "weekly")
	for end := b.now.Add(10 * day); b.now.Before(end); {
		mask := b.masks["alice→carol"]
		b.letters++
		b.cross(alice, mask, letter(alice, mask, fmt.Sprintf("<c%d@corp.test>", b.letters), "Bonjour"))
		for _, m := range b.keepMail(b.now.Add(24 * time.Hour)) {
			if m.Recipient == alice {
				t.Fatalf("a day after a letter of hers, Alice is sent:\n%s", m.words(t))
			}
		}
	}
}

// TestAwakeAtTheEndOfAPause checks that nobody is written to at night because the
// service slept, and that the mail says what is so.
func TestAwakeAtTheEndOfAPause(t *testing.T) {
	b := newBench(t, "")
	b.now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	b.write(ben, "PAUSE jusqu’au 10 décembre")
	b.write(ben, "STOP")
	b.now = time.Date(2026, 12, 12, 2, 0, 0, 0, time.UTC)
	b.tick()
	for _, m := range b.outbox() {
		if m.Recipient == ben {
			t.Errorf("at three in the morning, to somebody who wrote STOP and not RESUME:\n%s", m.words(t))
		}
	}
}

// TestTwiceEnded checks that who both wrote END read of the end once.
func TestTwiceEnded(t *testing.T) {
	b := newBench(t, "")
	one, two := b.write(ben, "FIN")[ben], b.write(alice, "END Ben")[alice]
	if got := b.say(one, ben, "OUI"); len(got) != 2 {
		t.Fatalf("%d are told", len(got))
	}
	b.now = b.now.Add(day)
	for to, m := range b.say(two, alice, "YES") {
		t.Errorf("told once more, %s:\n%s", to, m.words(t))
	}
}

// TestAnOrderThatCameTooLate checks that nobody reads of a pause of what has ended.
func TestAnOrderThatCameTooLate(t *testing.T) {
	const coordinator = "coord@horizon.test"
	b := newBench(t, "")
	asked := b.say(b.summed(), coordinator, "PAUSE 1")[coordinator]
	b.ended()
	b.now = b.now.Add(day)
	for to, m := range b.say(asked, coordinator, "oui") {
		if to != coordinator {
			t.Errorf("to %s:\n%s", to, m.words(t))
		}
	}
}

// TestAYesThatCameTooLate checks that who confirms after the time is told that
// nothing was done.
func TestAYesThatCameTooLate(t *testing.T) {
	b := newBench(t, "")
	confirm := b.write(ben, "OUBLIER")[ben]
	b.now = b.now.Add(15 * day)
	if got := b.say(confirm, ben, "OUI"); len(got) == 0 {
		t.Error("FORGET, confirmed after 15 days, is neither done nor answered")
	}
}

// TestWordsInReplyToAServiceMail checks that what somebody writes in reply is read
// by somebody.
func TestWordsInReplyToAServiceMail(t *testing.T) {
	const words = "Bonjour, tout cela m'a fait de la peine. J'aimerais parler à quelqu'un du programme, est-ce possible ?"
	t.Run("to the mail that thanks", func(t *testing.T) {
		b := newBench(t, "")
		if got := b.say(b.ended()[ben], ben, words); len(got) == 0 {
			t.Error("nobody reads it")
		}
	})
	t.Run("to the month's summary", func(t *testing.T) {
		b := newBench(t, "")
		b.active(time.Date(2027, 3, 20, 12, 0, 0, 0, time.UTC), "as-needed")
		for _, m := range b.keepMail(time.Date(2027, 4, 1, 9, 30, 0, 0, time.UTC)) {
			if m.Recipient == ben {
				if got := b.say(m, ben, words); len(got) == 0 {
					t.Error("nobody reads it")
				}
				if got := b.say(m, ben, "2\n\n"+words); len(got) == 0 {
					t.Error("nobody reads what goes with a number")
				}
			}
		}
	})
}

// TestYesBut checks that FORGET is not done for a sentence that begins with yes.
func TestYesBut(t *testing.T) {
	b := newBench(t, "")
	confirm := b.write(ben, "OUBLIER")[ben]
	b.say(confirm, ben, "Oui ? Je n'ai rien demandé, surtout n'effacez rien !")
	if _, err := b.store.PersonByAddress(t.Context(), ben); err != nil {
		t.Errorf("Ben was forgotten: %v", err)
	}
}

// second is another programme, with a coordinator of its own, in which Alice
// is the mentor of Dora.
func (b *bench) second() *storage.Programme {
	b.t.Helper()
	ctx := b.t.Context()
	p := &storage.Programme{Key: "aube", Name: "Aube", Coordinator: "dawn@aube.test", Language: "fr", Timezone: "Europe/Paris",
		Policy: storage.PolicyPrivate, Opaque: storage.OpaqueRefuse, Display: storage.DisplayFirst, CreatedAt: b.now}
	b.must(b.store.CreateProgramme(ctx, p))
	b.must(b.store.Enrol(ctx, p.ID, b.state(alice).ID))
	d := &storage.Person{Name: "Dora Secret", Language: "fr", Timezone: "Europe/Paris", State: storage.PersonActive, CreatedAt: b.now,
		Addresses: []storage.Address{{Address: "dora@uni.test", Canonical: "dora@uni.test", AddedAt: b.now}}}
	b.must(b.store.CreatePerson(ctx, p.ID, d))
	x := &storage.Pair{ProgrammeID: p.ID, MentorID: b.state(alice).ID, MenteeID: d.ID, State: storage.PairActive, CreatedAt: b.now, Masks: []storage.Mask{
		{WriterID: b.state(alice).ID, ReaderID: d.ID, Token: "ffffffaa", Name: "Dora"},
		{WriterID: d.ID, ReaderID: b.state(alice).ID, Token: "ffffffzz", Name: "Alice"},
	}}
	b.must(b.store.CreatePair(ctx, x))
	return p
}

// TestNamesInSeveralProgrammes checks that each programme's policy of names holds
// in a summary about several.
func TestNamesInSeveralProgrammes(t *testing.T) {
	b := newBench(t, "")
	first, err := b.store.ProgrammeByID(t.Context(), b.pair.ProgrammeID)
	b.must(err)
	first.Display = storage.DisplayFull
	b.must(b.store.UpdateProgramme(t.Context(), first))
	b.second()
	b.active(time.Date(2027, 3, 20, 12, 0, 0, 0, time.UTC), "as-needed")
	for _, m := range b.keepMail(time.Date(2027, 4, 1, 9, 30, 0, 0, time.UTC)) {
		if m.Recipient == alice && strings.Contains(m.raw, "Secret") {
			t.Errorf("a full name that the programme does not show:\n%s", m.words(t))
		}
	}
}

// TestAnswersStayInTheirProgramme checks that how it is going reaches the
// coordinator who asked, and no other.
func TestAnswersStayInTheirProgramme(t *testing.T) {
	b := newBench(t, "")
	p := b.second()
	b.active(time.Date(2027, 3, 20, 12, 0, 0, 0, time.UTC), "as-needed")
	for _, m := range b.keepMail(time.Date(2027, 4, 1, 9, 30, 0, 0, time.UTC)) {
		if m.Recipient == alice {
			b.say(m, alice, "1")
		}
	}
	page, err := b.store.Standings(t.Context(), p.ID, 0, 10, b.now.Add(-100*day), b.now.Add(-day))
	b.must(err)
	for id, pulse := range page[0].Pulse {
		if pulse != 0 {
			t.Errorf("the other coordinator reads that %d answered %d", id, pulse)
		}
	}
}

// TestEachCoordinatorIsTold checks that a mailbox that fails is told of in each
// programme.
func TestEachCoordinatorIsTold(t *testing.T) {
	b := newBench(t, "")
	b.second()
	b.letters++
	mask := b.masks["ben→alice"]
	b.must(b.send(relay.SMTP, ben, letter(ben, mask, "<1@uni.test>", "Bonjour"), mask)[0])
	due, err := b.store.Claim(t.Context(), "test", b.now, 100, func(int64) time.Duration { return time.Hour })
	b.must(err)
	mails, changes, err := b.desk.Failed(t.Context(), &due[0], "550 5.1.1", "no such user here")
	b.must(err)
	_, err = b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Mails: mails, Changes: changes})
	b.must(err)
	got := map[string]bool{}
	for _, m := range b.outbox() {
		got[m.Recipient] = true
	}
	if !got["coord@horizon.test"] || !got["dawn@aube.test"] {
		t.Errorf("told: %v", got)
	}
}

// a racing store lets something happen between what is read and what is stored.
type racing struct {
	programme.Store
	once func()
}

func (r *racing) Accept(ctx context.Context, a *storage.Acceptance) (bool, error) {
	if once := r.once; once != nil {
		r.once = nil
		once()
	}
	return r.Store.Accept(ctx, a)
}

// TestTwoRepliesAtOnce checks that none of two replies to a survey is lost.
func TestTwoRepliesAtOnce(t *testing.T) {
	b := newBench(t, "")
	pair, asked := b.invited()
	sent, err := b.store.SurveysOf(t.Context(), pair.MenteeID, "intake")
	b.must(err)
	b.desk.Store = &racing{b.store, func() { // the reminder, say
		_, err := b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{
			storage.SurveyMoved{ID: sent[0].ID, From: storage.SurveyAsked, To: storage.SurveyReminded}}})
		b.must(err)
	}}
	b.must(b.reply(asked[ben], ben, "1b\n2b"))
	got, err := b.store.Answers(t.Context(), pair.MenteeID, "intake")
	b.must(err)
	if got["how-often"] == "" {
		t.Error("a reply that was accepted is lost")
	}
}

// TestReportWhileItBegins checks that REPORT stops a pair that changes meanwhile.
func TestReportWhileItBegins(t *testing.T) {
	for _, to := range []string{storage.PairActive, storage.PairEnded} {
		b := newBench(t, "")
		from := storage.PairPaused
		_, err := b.store.MovePair(t.Context(), b.pair.ID, []string{storage.PairActive}, from)
		b.must(err)
		b.desk.Store = &racing{b.store, func() {
			if to == storage.PairEnded {
				_, err := b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{storage.PairClosed{ID: b.pair.ID, At: b.now}}})
				b.must(err)
				return
			}
			_, err := b.store.MovePair(t.Context(), b.pair.ID, []string{from}, to)
			b.must(err)
		}}
		b.write(ben, "SIGNALER")
		mask := b.masks["alice→ben"]
		b.must(b.send(relay.SMTP, alice, letter(alice, mask, "<1@corp.test>", "Bonjour"), mask)[0])
		for _, m := range b.outbox() {
			if m.Recipient == ben {
				t.Errorf("%s meanwhile: a letter passes after a report", to)
			}
		}
	}
}

// TestEndWhileReported checks that there is no farewell where a report came in
// while the end was being confirmed.
func TestEndWhileReported(t *testing.T) {
	b := newBench(t, "")
	confirm := b.write(alice, "END Ben")[alice]
	b.desk.Store = &racing{b.store, func() { b.desk.Store = b.store; b.write(ben, "SIGNALER") }}
	b.now = b.now.Add(time.Minute)
	if err := b.answer(confirm, alice, "YES"); code(err) == 451 { // then it is sent again
		b.must(b.answer(confirm, alice, "YES"))
	} else {
		b.must(err)
	}
	if b.outbox(); b.pairState() != storage.PairEnded {
		t.Errorf("the pair is %s after a yes", b.pairState())
	}
	mask := b.masks["alice→ben"]
	b.must(b.send(relay.SMTP, alice, letter(alice, mask, "<1@corp.test>", "Bonjour"), mask)[0])
	for _, m := range b.outbox() {
		if m.Recipient == ben {
			t.Errorf("a farewell passes after a report")
		}
	}
}

// TestCheckOfTheMuted checks that who wrote STOP is not asked how it is going.
func TestCheckOfTheMuted(t *testing.T) {
	const coordinator = "coord@horizon.test"
	b := newBench(t, "")
	summed := b.summed()
	b.write(ben, "STOP")
	asked := b.say(summed, coordinator, "CHECK 1")[coordinator]
	for to, m := range b.say(asked, coordinator, "oui") {
		if to == ben {
			t.Errorf("to somebody who wrote STOP:\n%s", m.words(t))
		}
	}
}

// TestPaceCheckAcrossZones checks that both are asked although it is never nine
// with both at once.
func TestPaceCheckAcrossZones(t *testing.T) {
	for _, zone := range []string{"Europe/London", "America/Montreal", "Asia/Tokyo"} {
		t.Run(zone, func(t *testing.T) {
			b := newBench(t, "")
			m := &storage.Person{Name: "Erin West", Language: "en", Timezone: zone, State: storage.PersonActive, CreatedAt: b.now,
				Addresses: []storage.Address{{Address: "erin@far.test", Canonical: "erin@far.test", AddedAt: b.now}}}
			b.must(b.store.CreatePerson(t.Context(), b.pair.ProgrammeID, m))
			x := &storage.Pair{ProgrammeID: b.pair.ProgrammeID, MentorID: m.ID, MenteeID: b.pair.MenteeID, State: storage.PairActive, Cadence: "weekly", CreatedAt: b.now,
				Masks: []storage.Mask{
					{WriterID: m.ID, ReaderID: b.pair.MenteeID, Token: "ggggggaa", Name: "Ben"},
					{WriterID: b.pair.MenteeID, ReaderID: m.ID, Token: "ggggggzz", Name: "Erin"},
				}}
			b.must(b.store.CreatePair(t.Context(), x))
			b.active(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC), "as-needed")
			b.few()
			b.now = time.Date(2027, 1, 13, 5, 30, 0, 0, time.UTC) // before all mornings but Tokyo's
			asked := map[string]bool{}
			for end := b.now.Add(16 * day); b.now.Before(end); {
				for _, m := range b.keepMail(b.now.Add(time.Hour)) {
					asked[m.Recipient] = true
				}
			}
			if !asked["erin@far.test"] || !asked[ben] {
				t.Errorf("asked: %v", asked)
			}
		})
	}
}
