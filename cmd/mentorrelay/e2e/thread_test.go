//go:build linux

package e2e

import (
	"strings"
	"testing"
)

// TestNeomutt has both people write with a real mail client, to what their
// mailboxes hold, and looks at the threads that their clients see.
func TestNeomutt(t *testing.T) {
	w := newWorld(t, postfixSetup{}, nil)
	alicesMutt := newNeomutt(t, alice, "Alice Martin", w.boxes, w.post)
	bensMutt := newNeomutt(t, ben, "Ben Durand", w.boxes, w.post)
	alicesBox, bensBox := w.boxes.inbox(t, alice), w.boxes.inbox(t, ben)

	alicesMutt.write(w.pair.masks[alice], "Première question", "Bonjour, où en êtes-vous ?")
	bensBox.wait(1)
	bensMutt.reply("J’avance bien, merci.")
	answer := alicesBox.wait(1)[0]
	alicesMutt.reply("Alors à bientôt !")
	last := bensBox.wait(2)[1]

	answer.hides("uni.test", "durand")
	answer.from(w.pair.masks[alice], "Ben")
	if got := answer.subject(); got != "Re: Première question" {
		t.Errorf("the subject is %q", got)
	}
	if got := answer.text("text/plain"); !strings.HasPrefix(got, "J’avance bien, merci.") || !strings.Contains(got, "> Bonjour, où en êtes-vous ?") {
		t.Errorf("the answer is %q", got)
	}
	last.hides("corp.test", "martin")
	if got := last.text("text/plain"); !strings.HasPrefix(got, "Alors à bientôt !") {
		t.Errorf("the last letter is %q", got)
	}

	// An answer names only messages that its reader wrote or holds, and the
	// one that it answers.
	first := bensBox.wait(2)[0]
	alices, bens := alicesMutt.sent(), bensMutt.sent()
	if len(alices) != 2 || len(bens) != 1 {
		t.Fatalf("the clients keep %v and %v as sent", alices, bens)
	}
	answer.threaded(alices[0], alices[0])
	last.threaded(bens[0], first.id(), bens[0])
}
