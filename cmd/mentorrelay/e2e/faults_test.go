//go:build linux

package e2e

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestUnknownRecipients are refused at RCPT; the relay is open to nobody.
func TestUnknownRecipients(t *testing.T) {
	w := newWorld(t, postfixSetup{}, nil)
	for _, c := range []struct{ to, answer string }{
		{"nobody@relay.test", "550 5.1.1"},
		{"ben.aaaaaaaa@relay.test", "550 5.1.1"},
		{"b+aaaaaaaaaeaarhsqyq4xhvq73anbwvu6@relay.test", "550 5.1.1"}, // a bounce address that nobody made
		{"x@elsewhere.test", "550 5.1.1"},
		{ben, "550 5.1.1"},
		{"ben.durand%uni.test@relay.test", "553 5.1.3"},
		{`"` + ben + `"@relay.test`, "553 5.1.3"},
	} {
		dialogue, status := trySwaks(t, w.relay.smtp, alice, c.to, note(t, alice, c.to, "a1@corp.test", "x"), "--quit-after", "RCPT")
		if status != 24 || !strings.Contains(dialogue, "<** "+c.answer+" ") {
			t.Errorf("%s is answered, with status %d:\n%s", c.to, status, dialogue)
		}
	}
	// Through Postfix, whose client speaks LMTP, the sender gets a bounce.
	to := "ben.aaaaaaaa@relay.test"
	swaks(t, w.post.smtp, alice, to, note(t, alice, to, "a1@corp.test", "x"))
	if bounce := w.boxes.inbox(t, alice).wait(1)[0]; !strings.Contains(string(bounce.raw), "5.1.1") {
		t.Errorf("the bounce says\n%s", bounce.raw)
	}
	if left := w.relay.queue(); len(left) != 0 {
		t.Errorf("%d mails were queued", len(left))
	}
}

// TestFullDisk lets the server write no more: mail is put off, by clients that
// ask again and by Postfix, and none of it is lost.
func TestFullDisk(t *testing.T) {
	need(t, "prlimit")
	w := newWorld(t, postfixSetup{}, nil)
	to := w.pair.masks[alice]
	limit := func(octets string) {
		command(t, exec.Command("prlimit", "--pid", fmt.Sprint(w.serve.cmd.Process.Pid), "--fsize="+octets+":unlimited"))
	}
	deliver(t, w.relay.smtp, alice, to, numbered(alice, to, 0))
	bensBox := w.boxes.inbox(t, ben)
	bensBox.wait(1)
	w.relay.drained()

	limit("0")
	refusedWith(t, submit(w.relay.smtp, alice, to, numbered(alice, to, 1)), "451 4.3.0")
	large := numbered(alice, to, 2) + strings.Repeat(strings.Repeat("x", 70)+"\n", 10_000)
	refusedWith(t, submit(w.relay.smtp, alice, to, large), "451 4.3.0")
	deliver(t, w.post.smtp, alice, to, numbered(alice, to, 3))
	eventually(t, "Postfix to be told to come again", func() bool { return strings.Contains(w.post.log(), "451 4.3.0") })

	limit("unlimited")
	deliver(t, w.relay.smtp, alice, to, numbered(alice, to, 1))
	deliver(t, w.relay.smtp, alice, to, large)
	bensBox.await(func(have int) bool { return have >= 4 }, "4 letters")
	w.post.idle(t)
	w.relay.drained()
	arrivals(t, bensBox.wait(4)).check(t, 0, 0, 4)
}

// TestDatabaseGone stops PostgreSQL under the server, and starts it again.
func TestDatabaseGone(t *testing.T) {
	db := startPostgres(t)
	w := newWorld(t, postfixSetup{}, map[string]string{"STORAGE_URL": db.url})
	to := w.pair.masks[alice]
	bensBox := w.boxes.inbox(t, ben)
	deliver(t, w.relay.smtp, alice, to, numbered(alice, to, 0))
	bensBox.wait(1)

	db.stop(t)
	refusedWith(t, submit(w.relay.smtp, alice, to, numbered(alice, to, 1)), "451 4.3.0")
	deliver(t, w.post.smtp, alice, to, numbered(alice, to, 2)) // Postfix keeps it
	eventually(t, "Postfix to be told to come again", func() bool { return strings.Contains(w.post.log(), "451 4.3.0") })
	db.run(t)
	eventually(t, "the letter to be taken", func() bool { return submit(w.relay.smtp, alice, to, numbered(alice, to, 1)) == nil })
	bensBox.await(func(have int) bool { return have >= 3 }, "3 letters")
	w.post.idle(t)
	w.relay.drained()
	arrivals(t, bensBox.wait(3)).check(t, 0, 0, 3)
}

// TestOddMessages shows that whatever bytes come, a message is refused with a
// reason or it arrives: never is one accepted and dropped.
func TestOddMessages(t *testing.T) {
	w := newWorld(t, postfixSetup{}, nil)
	to := w.pair.masks[alice]
	head := "From: <" + alice + ">\nTo: <" + to + ">\n"
	part := "--b\nContent-Type: text/plain\n\nx\n"
	bensBox := w.boxes.inbox(t, ben)
	var arriving int
	for _, c := range []struct{ name, answer, message string }{
		{"no body", "", head},
		{"no message id, no date", "", head + "\nHello\n"},
		{"a boundary that never comes", "", head + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\nHello\n"},
		{"a part that does not end", "", head + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + part},
		{"no boundary at all", "", head + "MIME-Version: 1.0\nContent-Type: multipart/mixed\n\nHello\n"},
		{"a type that is none", "", head + "MIME-Version: 1.0\nContent-Type: ;;;=\n\nHello\n"},
		{"an unknown charset", "", head + "MIME-Version: 1.0\nContent-Type: text/plain; charset=x-klingon\n\nHello\n"},
		{"broken base64", "", head + "MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!=A\n"},
		{"a header line that is none", "", head + "this is no field\nSubject: x\n\nHello\n"},
		{"a NUL", "554 5.6.0", head + "\nHel\x00lo\n"},
		{"8 bits undeclared", "", head + "Subject: \xe9t\xe9\n\n\xe9t\xe9\n"},
		{"a long line", "", head + "\n" + strings.Repeat("x", 5000) + "\n"},
		{"no author", "550 5.7.1", "To: <" + to + ">\n\nHello\n"},
		{"two authors", "550 5.7.1", "From: <" + alice + ">\n" + head + "\nHello\n"},
		{"not a message", "550 5.7.1", "\x01\x02\n"},
		{"nothing", "550 5.7.1", ""},
		{"too many parts", "554 5.6.0", head + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat(part, 1100) + "--b--\n"},
		{"too deep", "554 5.6.0", head + deep(30)},
		{"too long a header", "554 5.6.0", head + strings.Repeat("X-Pad: "+strings.Repeat("x", 60)+"\n", 4500) + "\nHello\n"},
		{"too large", "552 5.3.4", head + "\n" + strings.Repeat(strings.Repeat("x", 70)+"\n", 26<<20/71+1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := submit(w.relay.smtp, alice, to, c.message)
			switch {
			case c.answer != "":
				refusedWith(t, err, c.answer)
			case err != nil:
				t.Errorf("it is answered %v", err)
			default:
				arriving++
				eventually(t, "it to arrive", func() bool { return bensBox.count() >= arriving })
			}
		})
	}
	w.relay.drained()
	w.post.idle(t)
	if got := bensBox.count(); got != arriving {
		t.Errorf("%d letters came, not %d", got, arriving)
	}
	select {
	case <-w.serve.done:
		t.Errorf("the server has ended:\n%s", w.serve.out.tail(40))
	default:
	}
}

// deep is a message of n multiparts in one another.
func deep(n int) string {
	var b strings.Builder
	b.WriteString("MIME-Version: 1.0\n")
	for k := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", k, k)
	}
	b.WriteString("Content-Type: text/plain\n\nHello\n")
	for k := range n {
		fmt.Fprintf(&b, "--b%d--\n", n-1-k)
	}
	return b.String()
}

// TestSmarthostDown accepts mail that it cannot send, is killed with it, and
// sends it all once there is somebody to send to.
func TestSmarthostDown(t *testing.T) {
	w := newWorld(t, postfixSetup{}, nil)
	to := w.pair.masks[alice]
	bensBox := w.boxes.inbox(t, ben)
	w.post.stop(t)
	const waiting = 5
	for n := range waiting {
		deliver(t, w.relay.smtp, alice, to, numbered(alice, to, n))
	}
	if got := len(w.relay.queue()); got != waiting {
		t.Errorf("%d mails are queued, not %d", got, waiting)
	}
	w.serve.kill()
	w.serve = w.relay.serve()
	if got := len(w.relay.queue()); got != waiting {
		t.Errorf("%d mails are queued after the kill, not %d", got, waiting)
	}
	w.post.run(t)
	w.relay.hasten()
	bensBox.await(func(have int) bool { return have >= waiting }, "all letters")
	w.relay.drained()
	arrivals(t, bensBox.wait(waiting)).check(t, 0, 0, waiting)
}

// TestUndeliverable has the smarthost refuse a reader for good: their mail is
// suspended, and who writes to them is told, in their language, and learns
// nothing of the address.
func TestUndeliverable(t *testing.T) {
	eve := "eve.adams@corp.test"
	refusal := "550 5.1.1 user unknown"
	w := newWorld(t, postfixSetup{readers: map[string]string{ben: refusal, alice: refusal}}, nil)
	w.relay.run("person", "add", "--name", "Eve Adams", "--email", eve, "--language", "en")
	eves := w.relay.pair(eve, ben)
	toBen := w.pair.masks[alice]

	deliver(t, w.relay.smtp, alice, toBen, numbered(alice, toBen, 1))
	w.relay.drained() // her notice is refused, too, and nobody is told of that
	deliver(t, w.relay.smtp, eve, eves.masks[eve], numbered(eve, eves.masks[eve], 2))
	evesBox := w.boxes.inbox(t, eve)
	told := evesBox.wait(1)[0]
	if got := told.subject(); got != "Ben cannot be reached by mail for now" {
		t.Errorf("Eve is told %q", got)
	}
	told.hides("uni.test", "durand", "user unknown")
	if got := told.header.Get("Auto-Submitted"); got != "auto-generated" {
		t.Errorf("Auto-Submitted is %q", got)
	}

	w.relay.run("person", "add", "--name", "Zoé Petit", "--email", "zoe@corp.test", "--language", "fr")
	zoes := w.relay.pair("zoe@corp.test", ben)
	deliver(t, w.relay.smtp, "zoe@corp.test", zoes.masks["zoe@corp.test"], numbered("zoe@corp.test", zoes.masks["zoe@corp.test"], 3))
	told = w.boxes.inbox(t, "zoe@corp.test").wait(1)[0]
	if got := told.subject(); got != "Ben n’est pas joignable par courriel pour le moment" {
		t.Errorf("Zoé is told %q", got)
	}
	told.hides("uni.test", "durand", "user unknown")
	w.relay.drained()
	if log := w.serve.out.String(); slices.ContainsFunc([]string{ben, alice, eve}, func(a string) bool { return strings.Contains(log, a) }) {
		t.Errorf("the log names a real address:\n%s", log)
	}
}
