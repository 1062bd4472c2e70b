package relay_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"mentorrelay/relay"
)

// A responder answers each mail it gets, as programs do for people who are
// away: to whom, and with which marks.
type responder struct {
	name   string
	toFrom bool   // answers the From or Reply-To address, not the envelope sender as RFC 3834 §4 asks
	fields string // of its answer
	sender string // its envelope sender; "-" stands for the person's address
}

var responders = []responder{
	{"as RFC 3834 has it", false, "Auto-Submitted: auto-replied (vacation)\nSubject: Auto: Un mot\n", ""},
	{"vacation(1)", false, "Precedence: bulk\nSubject: away from my mail\n", "-"},
	{"Exchange", true, "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\nSubject: Automatic reply: Un mot\n", ""},
	{"a subject alone", true, "Subject: Réponse automatique : Un mot\n", "-"},
	{"an X-Autoreply field", true, "X-Autoreply: yes\nSubject: Re: Un mot\n", "-"},
	{"a null sender alone", true, "Subject: Un mot\n", ""},
}

// TestAutoRespondersComeToRest lets two automatic responders face each other
// through the masks: after one letter each has answered once, and no more.
func TestAutoRespondersComeToRest(t *testing.T) {
	for _, one := range responders {
		for _, other := range responders {
			t.Run(one.name+" and "+other.name, func(t *testing.T) {
				b := newBench(t, "")
				b.must(b.send(relay.SMTP, alice, letter(alice, b.masks["alice→ben"], "<1@corp.test>", "Bonjour"), b.masks["alice→ben"])[0])
				answered := 0
				for round := 0; ; round++ {
					mails := b.outbox()
					if len(mails) == 0 {
						break
					}
					if round > 5 {
						t.Fatal("it goes on and on")
					}
					for i, m := range mails {
						answered++
						b.respond(map[string]responder{alice: one, ben: other}[m.Recipient], m, fmt.Sprintf("<r%d.%d@x.test>", round, i))
					}
				}
				if answered != 1 {
					t.Errorf("%d mails were sent, want the letter alone", answered)
				}
			})
		}
	}
}

// respond answers a mail, if it is one that a program answers.
func (b *bench) respond(r responder, m sent, id string) {
	b.t.Helper()
	if m.Header.Get("Auto-Submitted") != "" {
		return
	}
	to, sender := b.scheme.Bounce(m.ID, b.now), r.sender
	if r.toFrom {
		to = m.Header.Get("From")
		to = to[strings.LastIndexByte(to, '<')+1:]
		to = strings.TrimSuffix(to, ">")
	}
	if sender == "-" {
		sender = m.Recipient
	}
	raw := "From: " + m.Recipient + "\nTo: " + to + "\nMessage-ID: " + id + "\nIn-Reply-To: " + m.Header.Get("Message-ID") + "\n" + r.fields + "\nI am away.\n"
	b.must(b.send(relay.SMTP, sender, raw, to)[0])
}

// clumsy is a service that stumbles.
type clumsy struct{ relay.Service }

func (clumsy) Receive(context.Context, string, relay.Post) error { panic("index out of range") }

// TestAStumbleIsTemporary checks that a fault in the relay costs one message
// some time, and nothing else.
func TestAStumbleIsTemporary(t *testing.T) {
	b := newBench(t, "")
	b.config.Service = clumsy{b.desk}
	b.relay = relay.New(b.config)
	help := b.scheme.Service("help")
	for _, door := range []relay.Door{relay.SMTP, relay.LMTP, relay.IMAP} {
		if got := code(b.send(door, ben, letter(ben, help, "<s@uni.test>", "HELP"), help)[0]); got != 451 {
			t.Errorf("%s: answered %d", door, got)
		}
	}
	b.cross(alice, b.masks["alice→ben"], letter(alice, b.masks["alice→ben"], "<1@corp.test>", "Bonjour"))
}
