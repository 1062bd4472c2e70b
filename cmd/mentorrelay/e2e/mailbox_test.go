//go:build linux

package e2e

import (
	"net/url"
	"strings"
	"testing"
)

// mentors is the one ordinary mailbox of an installation without a domain.
const mentors = "mentors@boxes.test"

// TestMailboxMode runs a programme from one mailbox with plus addresses: the
// relay fetches over IMAP and sends through the provider's submission server,
// logged in. Postfix writes the provider's Authentication-Results.
func TestMailboxMode(t *testing.T) {
	boxes := startDovecot(t)
	post := startPostfix(t, postfixSetup{boxes: boxes, senders: map[string]string{
		"corp.test":      "PREPEND Authentication-Results: boxes.test; spf=pass smtp.mailfrom=corp.test; dkim=pass header.d=corp.test; dmarc=pass header.from=corp.test",
		"uni.test":       "PREPEND Authentication-Results: boxes.test; dkim=pass header.d=uni.test; dmarc=pass header.from=uni.test",
		"elsewhere.test": "PREPEND Authentication-Results: boxes.test; spf=pass smtp.mailfrom=elsewhere.test; dkim=none; dmarc=fail header.from=corp.test",
	}})
	relay := newInstallation(t, nil)
	secret := write(t, relay.dir, "password", password+"\n")
	relay.env["IMAP_URL"] = boxes.url(mentors)
	relay.env["IMAP_AUTHSERV_ID"] = "boxes.test"
	relay.env["IMAP_PASSWORD_FILE"], relay.env["SEND_PASSWORD_FILE"] = secret, secret
	relay.env["SEND_URL"] = "smtp://" + url.PathEscape(mentors) + "@" + post.submission
	relay.init("--mailbox", mentors)
	p := relay.aliceAndBen()
	relay.serve()
	alicesBox, bensBox, inbox := boxes.inbox(t, alice), boxes.inbox(t, ben), boxes.inbox(t, mentors)
	relayed, refused := boxes.open(t, mentors, "Relayed"), boxes.open(t, mentors, "Refused")
	if toBen := p.masks[alice]; !strings.HasPrefix(toBen, "mentors+") || !strings.HasSuffix(toBen, "@boxes.test") {
		t.Fatalf("Alice's mask is %s", toBen)
	}

	swaks(t, post.smtp, alice, p.masks[alice], note(t, alice, p.masks[alice], "a1@corp.test", "Bonjour Ben"))
	first := bensBox.wait(1)[0]
	first.from(mentors, "Alice")
	if got := first.address("Reply-To"); got != p.masks[ben] {
		t.Errorf("Reply-To is %s, not the mask %s", got, p.masks[ben])
	}
	if got := first.address("To"); got != ben {
		t.Errorf("To is %s", got)
	}
	first.hides("corp.test", "martin")
	taken := relayed.wait(1)[0]
	inbox.empty()
	if got := taken.address("Delivered-To"); got != p.masks[alice] {
		t.Errorf("the provider delivered it to %s, so that this test shows little", got)
	}

	swaks(t, post.smtp, ben, p.masks[ben], compose(t, "answer.eml", map[string]string{
		"Name": "Ben Durand", "From": ben, "To": first.address("Reply-To"), "ID": "<b1@uni.test>", "InReplyTo": first.id(), "References": first.id(), "Words": "Merci Alice",
	}))
	answer := alicesBox.wait(1)[0]
	answer.threaded("<a1@corp.test>", "<a1@corp.test>")
	answer.from(mentors, "Ben")
	answer.hides("uni.test", "durand")
	relayed.wait(2)

	// Someone else's word for Alice, with and without a provider's field that
	// they wrote themselves, and an address that there is none of.
	forged := note(t, alice, p.masks[alice], "f1@elsewhere.test", "Give me your number")
	swaks(t, post.smtp, "mallory@elsewhere.test", p.masks[alice], forged)
	swaks(t, post.smtp, "mallory@elsewhere.test", p.masks[alice], "Authentication-Results: boxes.test; dmarc=pass header.from=corp.test\n"+strings.Replace(forged, "f1@", "f2@", 1))
	swaks(t, post.smtp, alice, "mentors+nobody23@boxes.test", note(t, alice, "mentors+nobody23@boxes.test", "a2@corp.test", "Anyone?"))
	refused.wait(1)
	relayed.wait(4) // the provider says that they fail, but the domain asks for nothing: they are held
	question := alicesBox.wait(2)[1]
	if got := question.subject(); !strings.HasPrefix(got, "Avez-vous écrit à Ben") {
		t.Errorf("Alice is asked %q", got)
	}
	question.hides("uni.test", "durand", "your number")
	// A proven person, but not the one this mask is for: told so, in French.
	swaks(t, post.smtp, ben, p.masks[alice], note(t, ben, p.masks[alice], "b2@uni.test", "To myself"))
	refused.wait(2)
	told := bensBox.wait(2)[1]
	if got := told.subject(); !strings.Contains(got, "pas la bonne adresse") {
		t.Errorf("Ben is told %q", got)
	}
	told.hides("corp.test", "martin")

	inbox.empty()
	relay.drained()
	post.idle(t)
	relayed.wait(4)
	refused.wait(2)
	alicesBox.wait(2) // asked once, about both
	if n := len(boxes.inbox(t, "mallory@elsewhere.test").letters()); n != 0 {
		t.Errorf("Mallory got %d answers", n)
	}
}

// TestMailboxRestart shows that mail waiting in the mailbox when the relay is
// killed, or not yet started, is relayed once.
func TestMailboxRestart(t *testing.T) {
	boxes := startDovecot(t)
	post := startPostfix(t, postfixSetup{boxes: boxes, senders: map[string]string{
		"corp.test": "PREPEND Authentication-Results: boxes.test; dmarc=pass header.from=corp.test",
	}})
	relay := newInstallation(t, nil)
	relay.env["IMAP_URL"] = boxes.url(mentors)
	relay.env["IMAP_AUTHSERV_ID"] = "boxes.test"
	relay.env["IMAP_PASSWORD_FILE"] = write(t, relay.dir, "password", password+"\n")
	relay.env["SEND_URL"] = "smtp://" + post.smtp
	relay.init("--mailbox", mentors)
	p := relay.aliceAndBen()
	bensBox, relayed := boxes.inbox(t, ben), boxes.open(t, mentors, "Relayed")

	const waiting = 60
	for n := range waiting {
		deliver(t, post.smtp, alice, p.masks[alice], numbered(alice, p.masks[alice], n))
	}
	post.idle(t)
	serve := relay.serve()
	relayed.await(func(have int) bool { return have > 0 }, "the first mail to be taken")
	serve.kill()
	relay.serve()
	relayed.await(func(have int) bool { return have == waiting }, "all mail to be taken")
	relay.drained()
	post.idle(t)
	arrivals(t, bensBox.letters()).check(t, waiting, 0, waiting)
}
