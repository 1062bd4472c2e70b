package relay_test

import (
	"strings"
	"testing"
	"time"

	"mentorrelay/relay/programme"
	"mentorrelay/storage"
)

// active makes the bench's pairs begin long ago, and says what both of the
// first answered.
func (b *bench) active(began time.Time, cadence string) {
	b.t.Helper()
	ctx := b.t.Context()
	b.now = began
	_, err := b.store.Accept(ctx, &storage.Acceptance{At: began, Changes: []storage.Change{
		storage.PairPaced{ID: b.pair.ID, From: "", To: cadence},
		storage.PersonTips{ID: b.state(alice).ID, Tips: storage.TipsNone},
		storage.PersonTips{ID: b.state(ben).ID, Tips: storage.TipsNone},
		storage.PersonTips{ID: b.state(carol).ID, Tips: storage.TipsNone},
	}})
	b.must(err)
	b.now = began.Truncate(day)
	b.tick() // at night it makes appointments, and nothing else
	b.none("at night")
	b.now = began
}

// until lets time pass, by quarters of an hour around each morning.
func (b *bench) until(end time.Time) (done []programme.Due) {
	b.t.Helper()
	for b.now.Before(end) {
		b.now = b.now.Add(15 * time.Minute)
		done = append(done, b.tick()...)
	}
	return done
}

// TestSummaries checks that everybody is sent one summary at nine on the first,
// whatever the clock did, and that it asks how it is going.
func TestSummaries(t *testing.T) {
	b := newBench(t, "")
	zone, err := time.LoadLocation("Europe/Paris")
	b.must(err)
	b.active(time.Date(2027, 3, 20, 12, 0, 0, 0, time.UTC), "as-needed")
	b.cross(alice, b.masks["alice→ben"], letter(alice, b.masks["alice→ben"], "<1@corp.test>", "Bonjour Ben, que lisez-vous en ce moment ?"))
	b.until(time.Date(2027, 4, 1, 8, 45, 0, 0, zone)) // over the change to daylight saving
	b.none("before nine")
	b.until(time.Date(2027, 4, 1, 9, 10, 0, 0, zone))
	got := b.byRecipient()
	if len(got) != 4 { // Alice, Ben, Carol and the coordinator
		t.Errorf("%d summaries at nine", len(got))
	}
	text := got[ben].words(t)
	for _, want := range []string{"mars", "Alice", "que lisez-vous", "1\r\n2\r\n3"} {
		if !strings.Contains(text, want) {
			t.Errorf("Ben does not read %q in:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Martin") || strings.Contains(text, "corp.test") || !strings.Contains(got[ben].raw, "multipart/related") {
		t.Errorf("the summary is\n%s", got[ben].raw)
	}
	b.must(b.answer(got[ben], ben, "2"))
	b.none("an answer to the month's question")
	sent, err := b.store.SurveysOf(t.Context(), b.state(ben).ID, "pulse")
	b.must(err)
	page, err := b.store.Standings(t.Context(), b.pair.ProgrammeID, 0, 10, b.now.Add(-100*day), b.now.Add(-day))
	b.must(err)
	if len(sent) != 1 || page[0].Pulse[b.state(ben).ID] != 2 {
		t.Errorf("sent %+v, answered %+v", sent, page[0].Pulse)
	}

	// The service sleeps over the next one, and wakes at night.
	b.now = time.Date(2027, 5, 3, 23, 0, 0, 0, zone)
	b.tick()
	b.none("at night")
	b.until(time.Date(2027, 5, 4, 9, 10, 0, 0, zone))
	if got := b.byRecipient(); len(got) < 3 {
		t.Errorf("%d summaries on the next morning", len(got))
	}
	b.now = time.Date(2027, 6, 20, 12, 0, 0, 0, zone) // and sleeps for very long
	for range 3 {
		b.tick()
	}
	b.none("three weeks late")
}

// TestACoordinatorsOrders follows PAUSE 1 from the coordinator's summary.
func TestACoordinatorsOrders(t *testing.T) {
	const coordinator = "coord@horizon.test"
	for _, x := range []struct {
		order, state string
		told         bool // both of the pair
	}{
		{"PAUSE 1", storage.PairPaused, true},
		{"Nouvelles 1", storage.PairActive, true},
		{"CHECK 1", storage.PairActive, true},
		{"réassocier 1", storage.PairEnded, true},
		{"PAUSE 7", storage.PairActive, false},
		{"PAUSE", storage.PairActive, false},
		{"merci", storage.PairActive, false},
	} {
		t.Run(x.order, func(t *testing.T) {
			b := newBench(t, "")
			b.active(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC), "weekly")
			mask := b.masks["alice→ben"]
			b.cross(alice, mask, letter(alice, mask, "<1@corp.test>", "Bonjour")) // never answered
			var summed sent
			for _, m := range b.keepMail(time.Date(2027, 4, 1, 9, 30, 0, 0, time.UTC)) {
				if m.Recipient == coordinator {
					summed = m
				}
			}
			if !strings.Contains(summed.words(t), "PAUSE 1") {
				t.Fatalf("the summary is\n%s", summed.words(t))
			}
			if err := b.answer(summed, alice, x.order); code(err) != 550 {
				t.Errorf("somebody else's order: %v", err)
			}
			asked, ok := b.say(summed, coordinator, x.order)[coordinator]
			if ok != x.told {
				t.Fatalf("asked to confirm: %v", ok)
			}
			if !x.told {
				return
			}
			if b.pairState() != storage.PairActive {
				t.Error("done before it was confirmed")
			}
			got := b.say(asked, coordinator, "oui")
			if len(got) != 2 || got[ben].raw == "" || got[alice].raw == "" || b.pairState() != x.state {
				t.Errorf("%d mails, the pair is %s", len(got), b.pairState())
			}
		})
	}
}

// keepMail lets time pass, and returns the mails that were sent meanwhile.
func (b *bench) keepMail(end time.Time) (list []sent) {
	for b.now.Before(end) {
		b.now = b.now.Add(12 * time.Hour)
		if b.now.After(end) {
			b.now = end
		}
		b.tick()
		list = append(list, b.outbox()...)
	}
	return list
}

// TestPaceCheck checks that a pair that has drifted is asked once, each alone,
// and that only what both wish is told.
func TestPaceCheck(t *testing.T) {
	for _, x := range []struct {
		name, alice, ben string
		cadence          string
		told             int
	}{
		{"both less", "c", "moins souvent", "fortnightly", 2},
		{"both the same", "b", "1b", "weekly", 2},
		{"not alike", "less often", "plus souvent", "weekly", 0},
		{"one says nothing", "less often", "", "weekly", 0},
		{"one says nothing that is read", "a", "Bonjour à tous", "weekly", 0},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := newBench(t, "")
			b.active(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC), "weekly")
			_, err := b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{storage.PersonTips{ID: b.state(ben).ID}}})
			b.must(err)
			asked := map[string]sent{}
			for _, m := range b.keepMail(time.Date(2027, 1, 28, 12, 0, 0, 0, time.UTC)) {
				if !strings.HasPrefix(m.Header.Get("Reply-To"), "<s+") {
					continue // a tip
				}
				if _, twice := asked[m.Recipient]; twice {
					t.Errorf("%s is asked twice", m.Recipient)
				}
				asked[m.Recipient] = m
			}
			if len(asked) != 2 {
				t.Fatalf("%d are asked", len(asked))
			}
			if got := b.say(asked[alice], alice, x.alice); len(got) != 0 {
				t.Errorf("one wish alone leads to %d mails", len(got))
			}
			var got map[string]sent
			if x.ben != "" {
				got = b.say(asked[ben], ben, x.ben)
			}
			pair, err := b.store.PairByID(t.Context(), b.pair.ID)
			b.must(err)
			if len(got) != x.told || pair.Cadence != x.cadence {
				t.Errorf("%d are told, the cadence is %s", len(got), pair.Cadence)
			}
		})
	}
}

// TestACommandInReplyToASummary checks that a reply to any service mail may be
// a command.
func TestACommandInReplyToASummary(t *testing.T) {
	b := newBench(t, "")
	b.active(time.Date(2027, 3, 20, 12, 0, 0, 0, time.UTC), "as-needed")
	mails := b.keepMail(time.Date(2027, 4, 1, 9, 30, 0, 0, time.UTC))
	for _, m := range mails {
		if m.Recipient == ben {
			b.say(m, ben, "PAUSE jusqu’au 3 juin")
		}
	}
	if b.state(ben).State != storage.PersonPaused {
		t.Error("a command in reply to a summary is not obeyed")
	}
}

// TestPaceCheckAgain checks that a pair is asked again months later, if there
// was a letter since.
func TestPaceCheckAgain(t *testing.T) {
	for _, x := range []struct {
		name   string
		writes bool
		want   int
	}{{"after a letter", true, 2}, {"in silence", false, 1}} {
		t.Run(x.name, func(t *testing.T) {
			b := newBench(t, "")
			b.active(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC), "weekly")
			_, err := b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{storage.PersonTips{ID: b.state(ben).ID}}})
			b.must(err)
			asked := 0
			for month := time.February; month < time.August; month++ {
				for _, m := range b.keepMail(time.Date(2027, month, 10, 12, 0, 0, 0, time.UTC)) {
					if m.Recipient == alice && strings.Contains(m.words(t), "b or c in reply") {
						asked++
					}
				}
				if x.writes && month == time.March {
					b.cross(alice, b.masks["alice→ben"], letter(alice, b.masks["alice→ben"], "<1@corp.test>", "Bonjour"))
				}
			}
			if asked != x.want {
				t.Errorf("asked %d times, want %d", asked, x.want)
			}
		})
	}
}
