//go:build linux

package e2e

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestLettersCross sends letters both ways, from swaks through Postfix and
// the relay to Dovecot, on either database.
func TestLettersCross(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { crossAndBack(t, newWorld(t, postfixSetup{}, nil)) })
	t.Run("PostgreSQL", func(t *testing.T) {
		db := startPostgres(t)
		crossAndBack(t, newWorld(t, postfixSetup{}, map[string]string{"STORAGE_URL": db.url}))
	})
}

// crossAndBack is one exchange: a rich letter, the answer, and the answer to
// that.
func crossAndBack(t *testing.T, w *world) {
	photo, attachment := octets(900), octets(200_000)
	text := compose(t, "letter.eml", map[string]string{
		"From": alice, "To": w.pair.masks[alice], "ID": "<a1@corp.test>", "Photo": encode(photo), "Attachment": encode(attachment),
	})
	swaks(t, w.post.smtp, alice, w.pair.masks[alice], text)
	bensBox := w.boxes.inbox(t, ben)
	first := bensBox.wait(1)[0]

	first.hides("corp.test", "martin", "x-mailer", "client.test")
	first.from(w.pair.masks[ben], "Alice")
	if got := first.address("To"); got != ben {
		t.Errorf("To is %s", got)
	}
	if got := first.subject(); got != "Première question" {
		t.Errorf("the subject is %q", got)
	}
	if got := first.header.Get("Return-Path"); !strings.HasSuffix(got, "@relay.test>") {
		t.Errorf("the envelope sender is %s", got)
	}
	if got := first.header.Get("Date"); got != "Sun, 22 Nov 2026 09:00:00 +0000" {
		t.Errorf("the date is %s, not the same moment in UTC", got)
	}
	if got, want := first.text("text/plain"), "Bonjour, où en êtes-vous ? Je vous ai joint mon parcours à l’école d’été.\r\nRépondez-moi à "+w.pair.masks[ben]+" quand vous voudrez.\r\n"; got != want {
		t.Errorf("the text is %q, not %q", got, want)
	}
	photoID := strings.Trim(first.part("image/png").header.Get("Content-Id"), "<>")
	if got, want := first.text("text/html"), "<p>Bonjour, où en êtes-vous\u00a0? Je vous ai joint mon parcours à l'école d'été.</p><p><img src=\"cid:"+photoID+"\"> Répondez-moi à <a href=\"mailto:"+w.pair.masks[ben]+"\">mon adresse</a>.</p>\r\n"; got != want {
		t.Errorf("the HTML is %q, not %q", got, want)
	}
	if got := first.text("image/png"); got != string(photo) {
		t.Errorf("the picture changed: %d octets of %d", len(got), len(photo))
	}
	if got := first.text("application/pdf"); got != string(attachment) {
		t.Errorf("the attachment changed: %d octets of %d", len(got), len(attachment))
	}
	// What needs no change comes byte for byte: all of the attachment, and of
	// the picture, whose Content-ID names Alice's machine, the lines.
	if !bytes.Contains(first.raw, rawPart(t, text, "application/pdf")) {
		t.Error("the attachment was recoded")
	}
	if !bytes.Contains(first.raw, []byte(strings.ReplaceAll(encode(photo), "\n", "\r\n"))) {
		t.Error("the picture was recoded")
	}
	if first.id() == "<a1@corp.test>" {
		t.Error("the message id is the one that names Alice's domain")
	}

	swaks(t, w.post.smtp, ben, w.pair.masks[ben], compose(t, "answer.eml", map[string]string{
		"Name": "Ben Durand", "From": ben, "To": w.pair.masks[ben], "ID": "<b1@uni.test>", "InReplyTo": first.id(), "References": first.id(),
		"Words": "Merci Alice ! Mon numéro reste le même.\n\n> Répondez-moi à " + w.pair.masks[ben] + " quand vous voudrez.",
	}))
	alicesBox := w.boxes.inbox(t, alice)
	second := alicesBox.wait(1)[0]
	second.hides("uni.test", "durand", "client.test")
	second.from(w.pair.masks[alice], "Ben")
	second.threaded("<a1@corp.test>", "<a1@corp.test>")
	if got := second.text("text/plain"); !strings.Contains(got, "Mon numéro reste le même.") {
		t.Errorf("the text is %q", got)
	}

	swaks(t, w.post.smtp, alice, w.pair.masks[alice], compose(t, "answer.eml", map[string]string{
		"Name": "Alice", "From": alice, "To": w.pair.masks[alice], "ID": "<a2@corp.test>",
		"InReplyTo": second.id(), "References": "<a1@corp.test> " + second.id() + " <stranger@corp.test>", "Words": "Avec plaisir.",
	}))
	third := bensBox.wait(2)[1]
	third.hides("corp.test", "martin", "client.test")
	third.threaded("<b1@uni.test>", first.id(), "<b1@uni.test>")

	w.relay.drained()
	alicesBox.wait(1) // nothing was sent twice
	bensBox.wait(2)
}

// from checks who a letter seems to be from.
func (l *letter) from(address, name string) {
	l.t.Helper()
	list, err := l.header.AddressList("From")
	if err != nil || len(list) != 1 || !strings.EqualFold(list[0].Address, address) || list[0].Name != name {
		l.t.Errorf("From is %q (%v), not %s <%s>", l.header.Get("From"), err, name, address)
	}
}

// octets are n that no text encoding leaves as they are.
func octets(n int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// encode is base64 in lines of 76, as mail has it (RFC 2045 §6.8).
func encode(b []byte) string {
	all := base64.StdEncoding.EncodeToString(b)
	var lines strings.Builder
	for len(all) > 76 {
		lines.WriteString(all[:76] + "\n")
		all = all[76:]
	}
	return lines.String() + all
}

// rawPart cuts the part of this type out of a letter of testdata, from its
// header to its last line, with the line ends that mail has.
func rawPart(t *testing.T, text, mediaType string) []byte {
	t.Helper()
	start := strings.Index(text, "Content-Type: "+mediaType)
	if start < 0 {
		t.Fatalf("the letter has no %s part", mediaType)
	}
	end := strings.Index(text[start:], "\n--")
	return []byte(strings.ReplaceAll(text[start:start+end], "\n", "\r\n"))
}
