package relay_test

import (
	"fmt"
	"testing"
	"time"

	"mentorrelay/relay"
	"mentorrelay/relay/quota"
	"mentorrelay/relay/trust"
)

// TestQuotas checks that what is too much is put off, for that person or pair
// alone, and not at all where somebody else vouches.
func TestQuotas(t *testing.T) {
	b := newBench(t, "")
	b.config.Trust = &trust.Checker{Trusted: b.config.Trust.Trusted, Resolver: resolver(t, map[string]string{
		"corp.test": "v=spf1 ip4:192.0.2.7 -all", "uni.test": "v=spf1 ip4:192.0.2.7 -all"})}
	b.config.Quotas = relay.Quotas{Person: &quota.Meter{Burst: 3, Every: time.Minute}, Pair: &quota.Meter{Burst: 5, Every: time.Minute}}
	b.relay = relay.New(b.config)
	n := 0
	send := func(from, mask string, trusted bool) int {
		n++
		env := relay.Envelope{Door: relay.SMTP, MailFrom: from, PeerIP: stranger, ReceivedAt: b.now}
		if trusted {
			env.PeerIP = loopback
		}
		return code(b.receive(env, letter(from, b.masks[mask], fmt.Sprintf("<%d@x.test>", n), "Bonjour"), b.masks[mask])[0])
	}
	for i, step := range []struct {
		from, mask string
		trusted    bool
		want       int
	}{
		{alice, "alice→ben", false, 250},
		{alice, "alice→ben", false, 250},
		{alice, "alice→ben", false, 250},
		{alice, "alice→ben", false, 450}, // the person's
		{alice, "alice→carol", false, 250},
		{alice, "alice→ben", true, 250},
		{ben, "ben→alice", false, 250},
		{ben, "ben→alice", false, 250},
		{ben, "ben→alice", false, 450}, // the pair's
	} {
		if got := send(step.from, step.mask, step.trusted); got != step.want {
			t.Errorf("step %d: answered %d, want %d", i, got, step.want)
		}
	}
	b.now = b.now.Add(time.Minute)
	if got := send(alice, "alice→ben", false); got != 250 {
		t.Errorf("a minute later: answered %d", got)
	}
}
