package relay_test

import (
	"fmt"
	"strings"
	"testing"

	"mentorrelay/relay"
)

// TestFactsAreKept checks what is stored of a letter: its figures, and the
// sentences that ask, without an address in them; nothing of what it quotes.
func TestFactsAreKept(t *testing.T) {
	b := newBench(t, "")
	to := b.masks["ben→alice"]
	b.cross(ben, to, letter(ben, to, "<f1@uni.test>", "Bonjour Alice,\n\nMerci beaucoup pour vos conseils. Pourriez-vous me dire comment préparer un entretien ?\n"+
		"Pouvez-vous m'écrire à "+ben+" la semaine prochaine ?\n\nBen\n\nLe 20 novembre 2026 à 10:00, Alice a écrit :\n> Que lisez-vous en ce moment ?"))
	list, err := b.store.Messages(t.Context(), b.pair.ID)
	b.must(err)
	m := list[0]
	if m.Language != "fr" || m.Words < 20 || m.Words > 30 || m.Asks != 2 || m.Thanks != 1 {
		t.Errorf("the facts are %+v", m)
	}
	asks, err := b.store.Asks(t.Context(), b.pair.ID, b.now.Add(-day))
	b.must(err)
	if len(asks) != 2 || !strings.HasPrefix(asks[0].Text, "Pourriez-vous") || asks[0].WriterID != b.pair.MenteeID || !asks[0].ExpiresAt.After(b.now.Add(59*day)) {
		t.Fatalf("asks: %+v", asks)
	}
	if strings.Contains(asks[1].Text, "@") || strings.Contains(asks[1].Text, "lisez") {
		t.Errorf("kept: %q", asks[1].Text)
	}
	b.must(b.send(relay.SMTP, "", letter(ben, to, "<f2@uni.test>", "Pourriez-vous m'aider ?", "Auto-Submitted: auto-replied\n"), to)[0])
	if list, _ := b.store.Messages(t.Context(), b.pair.ID); len(list) != 1 {
		t.Error("automatic mail counts in the rhythm")
	}
}

// TestNothingWritten checks that a reply in which its author wrote nothing says
// nothing, and that what is passed on to the other does.
func TestNothingWritten(t *testing.T) {
	b := newBench(t, "")
	quoted := "From: Somebody <some@body.test>\nSent: Monday, 23 November 2026 10:00\nTo: Ben <ben@uni.test>\nSubject: Un mot\n\nCould you read my draft by Friday?"
	for i, prefix := range []string{"RE: ", "Fwd: "} {
		raw := strings.Replace(letter(ben, b.masks["ben→alice"], fmt.Sprintf("<%d@uni.test>", i), quoted), "Subject: ", "Subject: "+prefix, 1)
		b.cross(ben, b.masks["ben→alice"], raw)
	}
	letters, err := b.store.Messages(t.Context(), b.pair.ID)
	b.must(err)
	if letters[0].Words != 0 || letters[0].Asks != 0 || letters[1].Asks != 1 {
		t.Errorf("%d words and %d asks in a reply, %d asks in what is passed on", letters[0].Words, letters[0].Asks, letters[1].Asks)
	}
}
