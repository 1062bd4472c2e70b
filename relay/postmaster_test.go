package relay_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay"
	"mentorrelay/relay/quota"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
)

// TestPostmaster checks that anybody reaches the coordinators at the addresses that
// each host has, though not under another's name, nor with too much.
func TestPostmaster(t *testing.T) {
	b := newBench(t, "")
	b.config.Trust = &trust.Checker{Resolver: resolver(t, map[string]string{
		"forged.test": "v=spf1 ip4:198.51.100.1 -all", "_dmarc.forged.test": "v=DMARC1; p=reject"})}
	b.config.Quotas = relay.Quotas{Open: &quota.Meter{Burst: 2, Every: time.Hour}}
	b.relay = relay.New(b.config)
	other := &storage.Programme{Key: "two", Name: "Two", Coordinator: "coord@two.test", Language: "en", Timezone: "UTC", Policy: storage.PolicyPrivate, Opaque: storage.OpaqueRefuse, Display: storage.DisplayFirst, CreatedAt: b.now}
	same := *other
	same.Key, same.Name, same.Coordinator = "three", "Three", "coord@horizon.test"
	b.must(b.store.CreateProgramme(t.Context(), other))
	b.must(b.store.CreateProgramme(t.Context(), &same))
	for i, x := range []struct {
		from, to, fields string
		want             int
		told             int
	}{
		{"admin@far.test", "PostMaster@relay.test", "", 250, 2},
		{"admin@far.test", "postmaster@relay.test", "Auto-Submitted: auto-replied\n", 250, 0},
		{"admin@forged.test", "postmaster@relay.test", "", 550, 0},
		{ben, "abuse@Relay.test", "", 250, 2},
		{"admin@far.test", "postmaster@relay.test", "", 450, 0},
		{"admin@far.test", "hostmaster@relay.test", "", 550, 0},
	} {
		env := relay.Envelope{Door: relay.SMTP, MailFrom: x.from, PeerIP: stranger, ReceivedAt: b.now}
		raw := x.fields + letter(x.from, x.to, fmt.Sprintf("<%d@x.test>", i), "Your clock is slow.")
		if got := code(b.receive(env, raw, x.to)[0]); got != x.want {
			t.Errorf("%s to %s: answered %d, want %d", x.from, x.to, got, x.want)
		}
		got := b.byRecipient()
		if len(got) != x.told {
			t.Errorf("%s to %s: %d mails", x.from, x.to, len(got))
		}
		for to, m := range got {
			if words := m.words(t); !strings.HasPrefix(to, "coord@") || !strings.Contains(words, "> Your clock is slow.") || !strings.Contains(words, x.from) || !strings.Contains(m.Header.Get("Reply-To"), x.from) {
				t.Errorf("to %s, Reply-To %s:\n%s", to, m.Header.Get("Reply-To"), words)
			}
		}
	}
	b.now = b.now.Add(time.Hour)
	env := relay.Envelope{Door: relay.SMTP, MailFrom: "admin@far.test", PeerIP: stranger, ReceivedAt: b.now}
	if got := code(b.receive(env, letter("admin@far.test", "postmaster@relay.test", "<9@x.test>", "Again."), "postmaster@relay.test")[0]); got != 250 {
		t.Errorf("an hour later: answered %d", got)
	}
}

// TestPostmasterOfAMailbox checks that a mailbox that is lent to the relay has no
// postmaster of its own, and that where nobody reads, mail is refused.
func TestPostmasterOfAMailbox(t *testing.T) {
	b := newBench(t, "relay@provider.test")
	if _, err := b.relay.Resolve(t.Context(), "relay+postmaster@provider.test"); code(err) != 550 {
		t.Errorf("answered %v", err)
	}
	b = newBench(t, "")
	p, err := b.store.ProgrammeOf(t.Context(), b.pair.MentorID)
	b.must(err)
	p.Coordinator = ""
	b.must(b.store.UpdateProgramme(t.Context(), p))
	raw := letter("admin@far.test", "postmaster@relay.test", "<1@far.test>", "Is anybody there?")
	if got := code(b.send(relay.SMTP, "admin@far.test", raw, "postmaster@relay.test")[0]); got != 550 {
		t.Errorf("answered %d", got)
	}
	b.none("to nobody")
}
