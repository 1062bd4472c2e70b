//go:build linux

package e2e

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// TestSigned has another implementation of DKIM verify what arrives, with the
// records that init asked to publish.
func TestSigned(t *testing.T) {
	need(t, "/usr/bin/python3")
	if err := exec.Command("/usr/bin/python3", "-c", "import dkim, dns.resolver").Run(); err != nil {
		t.Skip("python3-dkim or python3-dnspython is not installed")
	}
	w := newWorld(t, postfixSetup{}, nil)
	names := startDNS(t, w.relay.dns)
	bensBox, alicesBox := w.boxes.inbox(t, ben), w.boxes.inbox(t, alice)

	swaks(t, w.post.smtp, alice, w.pair.masks[alice], compose(t, "letter.eml", map[string]string{
		"From": alice, "To": w.pair.masks[alice], "ID": "<a1@corp.test>", "Photo": encode(octets(90)), "Attachment": encode(octets(300_000)),
	}))
	rich := bensBox.wait(1)[0]
	swaks(t, w.post.smtp, ben, w.pair.masks[ben], compose(t, "answer.eml", map[string]string{
		"Name": "Ben", "From": ben, "To": w.pair.masks[ben], "ID": "<b1@uni.test>", "InReplyTo": rich.id(), "References": rich.id(), "Words": "Merci, à bientôt.",
	}))
	answer := alicesBox.wait(1)[0]
	w.relay.run("pair", "pause", w.pair.ID())
	swaks(t, w.post.smtp, alice, w.pair.masks[alice], note(t, alice, w.pair.masks[alice], "a2@corp.test", "Encore ceci"))
	notice := alicesBox.wait(2)[1]

	for what, l := range map[string]*letter{"a letter": rich, "an answer": answer, "a notice": notice} {
		said, err := verify(names, l.raw)
		if err != nil {
			t.Errorf("%s does not verify: %v: %s\n%s", what, err, said, l.raw)
			continue
		}
		domain, signed, _ := strings.Cut(said, " ")
		if domain != "relay.test" {
			t.Errorf("%s is signed by %s, not by the domain in its From", what, domain)
		}
		for _, field := range []string{"from", "to", "subject", "date", "message-id", "content-type"} {
			if !strings.Contains(":"+signed+":", ":"+field+":") {
				t.Errorf("%s: the signature does not cover %s: %s", what, field, signed)
			}
		}
	}

	forged := bytes.Replace(rich.raw, []byte("Bonjour"), []byte("Bonsoir"), 1)
	if said, err := verify(names, forged); err == nil {
		t.Errorf("a changed letter verifies: %s", said)
	}
}

// verify runs the message through dkimpy.
func verify(names *nameserver, message []byte) (string, error) {
	_, port, _ := strings.Cut(names.address, ":")
	cmd := exec.Command("/usr/bin/python3", "testdata/verify.py", port)
	cmd.Stdin = bytes.NewReader(message)
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}
