//go:build linux

package e2e

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestCommandsBesideServe changes people and pairs while the server runs on
// the same SQLite file, and writes right after each change.
func TestCommandsBesideServe(t *testing.T) {
	w := newWorld(t, postfixSetup{}, nil)
	carol, dan := "carol@corp.test", "dan@uni.test"
	w.relay.run("person", "add", "--name", "Carol", "--email", carol, "--language", "en")
	w.relay.run("person", "add", "--name", "Dan", "--email", dan)
	p := w.relay.pair(carol, dan)
	carolsBox, dansBox := w.boxes.inbox(t, carol), w.boxes.inbox(t, dan)
	write := func(n int) {
		t.Helper()
		deliver(t, w.relay.smtp, carol, p.masks[carol], numbered(carol, p.masks[carol], n))
	}

	write(0)
	dansBox.wait(1)
	w.relay.run("pair", "pause", p.ID())
	write(1) // taken, not passed on; and she is told
	if got := carolsBox.wait(1)[0].subject(); !strings.Contains(got, "Dan") || !strings.Contains(got, "pause") {
		t.Errorf("the notice says %q", got)
	}
	w.relay.run("pair", "resume", p.ID())
	write(2)
	arrivals(t, dansBox.wait(2)).check(t, 0, 2, 3)
	if got := carolsBox.wait(2)[1].subject(); !strings.Contains(got, "again") {
		t.Errorf("that letters pass again is told as %q", got)
	}
	w.relay.run("pair", "end", p.ID())
	if got := carolsBox.wait(3)[2].subject(); !strings.Contains(got, "Dan") {
		t.Errorf("the end is told as %q", got)
	}
	dansBox.wait(3)
	write(3) // the farewell
	dansBox.wait(4)
	write(4)
	if got := carolsBox.wait(4)[3].subject(); !strings.Contains(got, "Dan") {
		t.Errorf("the notice says %q", got)
	}
	w.relay.drained()
	w.post.idle(t)
	dansBox.wait(4)
	if status, said := w.relay.try("pair", "resume", p.ID()); status != 1 || strings.Count(said, "\n") != 1 {
		t.Errorf("resuming what has ended exits %d and says %q", status, said)
	}
}

// TestManyCommandsAtOnce shows that commands and the server wait for each
// other at the database instead of failing.
func TestManyCommandsAtOnce(t *testing.T) {
	w := newWorld(t, postfixSetup{}, nil)
	var work sync.WaitGroup
	const each = 12
	for n := range each {
		work.Go(func() {
			if status, said := w.relay.try("person", "add", "--name", "P", "--email", fmt.Sprintf("p%d@uni.test", n)); status != 0 {
				t.Errorf("person add exits %d: %s", status, said)
			}
		})
		work.Go(func() {
			if err := submit(w.relay.smtp, alice, w.pair.masks[alice], numbered(alice, w.pair.masks[alice], n)); err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	var people []any
	w.relay.json(&people, "person", "list")
	if len(people) != each+2 {
		t.Errorf("%d people were added, not %d", len(people)-2, each)
	}
	arrivals(t, w.boxes.inbox(t, ben).wait(each)).check(t, 0, 0, each)
}

// TestSecondServe starts a server where one serves the same SQLite file.
func TestSecondServe(t *testing.T) {
	relay := installed(t)
	first := relay.serve()
	second := relay.beside()
	status, said := second.try("serve")
	if status != 1 || !strings.Contains(said, "mentorrelay.db") || strings.Count(strings.TrimSpace(said), "\n") != 0 {
		t.Errorf("a second serve exits %d and says %q", status, said)
	}
	relay.stop(first)
	second.stop(second.serve()) // now it may
}

// installed is a relay that has nobody to send to.
func installed(t *testing.T) *installation {
	t.Helper()
	relay := newInstallation(t, nil)
	relay.openDoors()
	relay.env["SEND_URL"] = "smtp://" + loopback(freePort(t))
	relay.init("--domain", "relay.test")
	return relay
}

// TestWrongConfiguration names the key, and what to write.
func TestWrongConfiguration(t *testing.T) {
	for _, c := range []struct{ key, value, says string }{
		{"SEND_URL", "http://127.0.0.1", "send.url"},
		{"STORAGE_URL", "mysql://127.0.0.1/relay", "storage.url"},
		{"SMTP_TRUSTED", "127.0.0.0/40", "SMTP_TRUSTED"},
		{"SEND_ULR", "smtp://127.0.0.1", "MENTORRELAY_SEND_URL"},
		{"SEND_URL", "", "send.url"},
	} {
		t.Run(c.key+"="+c.value, func(t *testing.T) {
			relay := installed(t)
			relay.env[c.key] = c.value
			status, said := relay.try("serve")
			if status != 1 || !strings.Contains(said, c.says) || strings.Count(strings.TrimSpace(said), "\n") != 0 {
				t.Errorf("serve exits %d and says %q", status, said)
			}
		})
	}
}
