package relay_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay"
	"mentorrelay/storage"
)

// TestPassesAgain checks that who was told that letters do not pass is told once
// when they do, however that comes about, and nobody else is.
func TestPassesAgain(t *testing.T) {
	tomorrow := func(b *bench) { b.now = b.now.AddDate(0, 0, 1) }
	for _, x := range []struct {
		name   string
		stop   func(b *bench) // so that letters to Ben do not pass
		write  bool           // does Alice write meanwhile
		resume func(b *bench) map[string]sent
		told   bool
	}{
		{"PAUSE and RESUME", func(b *bench) { b.write(ben, "PAUSE") }, true,
			func(b *bench) map[string]sent { return b.write(ben, "REPRENDRE") }, true},
		{"nobody wrote", func(b *bench) { b.write(ben, "PAUSE") }, false,
			func(b *bench) map[string]sent { return b.write(ben, "REPRENDRE") }, false},
		{"a pause until a day", func(b *bench) { b.write(ben, "PAUSE deux semaines") }, true,
			func(b *bench) map[string]sent {
				b.now = b.now.AddDate(0, 0, 15).Truncate(24 * time.Hour).Add(10 * time.Hour)
				b.tick()
				return b.byRecipient()
			}, true},
		{"by the coordinator", func(b *bench) { b.write(ben, "PAUSE") }, true,
			func(b *bench) map[string]sent {
				b.must(b.desk.Resume(b.t.Context(), b.state(ben)))
				return b.byRecipient()
			}, true},
		{"the pair", func(b *bench) { b.movePair(storage.PairActive, storage.PairPaused) }, true,
			func(b *bench) map[string]sent { b.resumePair(true); return b.byRecipient() }, true},
		{"the pair, and Ben is away", func(b *bench) { b.movePair(storage.PairActive, storage.PairPaused); b.write(ben, "PAUSE") }, true,
			func(b *bench) map[string]sent { b.resumePair(true); return b.byRecipient() }, false},
		{"Ben, and the pair is paused", func(b *bench) { b.movePair(storage.PairActive, storage.PairPaused); b.write(ben, "PAUSE") }, true,
			func(b *bench) map[string]sent { return b.write(ben, "REPRENDRE") }, false},
		{"the pair goes on already", func(*bench) {}, false,
			func(b *bench) map[string]sent { b.resumePair(false); return b.byRecipient() }, false},
		{"a mailbox that failed", func(b *bench) { b.setState(ben, storage.PersonSuspended) }, true,
			func(b *bench) map[string]sent {
				b.must(b.desk.Resume(b.t.Context(), b.state(ben)))
				return b.byRecipient()
			}, true},
		{"Alice is away herself", func(b *bench) { b.write(ben, "PAUSE") }, true,
			func(b *bench) map[string]sent {
				b.setState(alice, storage.PersonPaused)
				return b.write(ben, "REPRENDRE")
			}, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := newBench(t, "")
			b.now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
			x.stop(b)
			for i := range 2 {
				if tomorrow(b); x.write {
					b.turnedAway(fmt.Sprint(i))
				}
			}
			tomorrow(b)
			got := x.resume(b)[alice]
			if told := strings.Contains(got.raw, "reach Ben again"); told != x.told {
				t.Errorf("Alice is told: %v\n%s", told, got.raw)
			}
			if !x.told {
				return
			}
			tomorrow(b)
			if got := b.write(ben, "PAUSE"); got[alice].raw != "" {
				t.Errorf("a pause is told of:\n%s", got[alice].raw)
			}
			if got := b.write(ben, "REPRENDRE"); got[alice].raw != "" {
				t.Errorf("told twice:\n%s", got[alice].raw)
			}
		})
	}
}

// turnedAway has Alice write a letter to Ben that is not passed on, of which she
// is told.
func (b *bench) turnedAway(id string) {
	b.t.Helper()
	mask := b.masks["alice→ben"]
	b.must(b.send(relay.SMTP, alice, letter(alice, mask, "<"+id+"@corp.test>", "Hello"), mask)[0])
	if m := b.one(); m.Recipient != alice {
		b.t.Fatalf("a letter led to a mail to %s", m.Recipient)
	}
}

func (b *bench) movePair(from, to string) {
	b.t.Helper()
	_, err := b.store.MovePair(b.t.Context(), b.pair.ID, []string{from}, to)
	b.must(err)
}

func (b *bench) resumePair(want bool) {
	b.t.Helper()
	pair, err := b.store.PairByID(b.t.Context(), b.pair.ID)
	b.must(err)
	resumed, err := b.desk.ResumePair(b.t.Context(), pair)
	if b.must(err); resumed != want {
		b.t.Errorf("resumed: %v", resumed)
	}
}

func (b *bench) setState(address, state string) {
	b.t.Helper()
	b.must(b.store.SetPersonState(b.t.Context(), b.state(address).ID, state))
}
