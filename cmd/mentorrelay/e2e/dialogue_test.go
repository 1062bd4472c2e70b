//go:build linux

package e2e

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestDialogues speaks the scripts of testdata/dialogues with the program at
// work: what it answers to a client, whom it writes to, and what it knows
// afterwards. A script is run once on each of its doors, among people and
// domains of its own: corp.test in a script is corp-07s.test in the run of
// script 07 by SMTP, and likewise for all of .test but relay.test, where the
// program is, and client.test.
//
// In every script Alice Martin <alice@corp.test>, a mentor, writes with Ben
// Durand <ben@uni.test>, and Carol Petit <carol@far.test> with Dan Roux
// <dan@dawn.test>; coord@horizon.test is the coordinator. All read English.
// The lines of a script are:
//
//	# remark
//	DOORS smtp lmtp imap        the doors it is run on; the first line that is no remark
//	ALONE                       it is run while no other script is
//	DNS corp.test TXT text      what a name server says; it knows of no other name, and fails where the text is SERVFAIL
//
//	C: text                     the client sends a line
//	C*40: text                  and sends it 40 times
//	B: text                     it sends these octets, with Go's escapes, and no line end
//	S: pattern                  the server answers with this line, or with several of which it is the last
//	S*40: pattern               and answers so 40 times
//	S-: pattern                 one line of that answer is this
//	S!: pattern                 and none is this
//	TLS                         both go on in TLS
//	CLOSED                      the server goes away
//	SIGN corp.test              the next message is signed by this domain (DKIM): all its fields, or those that are named
//	ABOVE Name: text            then somebody puts this field above it
//	PROVIDER text               the provider of the IMAP mailbox says this of the next message (Authentication-Results)
//	IMAP folder                 on the IMAP door the message ends up there: Relayed, Refused or INBOX
//	LOGGED words                and the log says this of it
//
//	MAIL ben@uni.test subject   a mail has left, to this address, with a subject of this pattern
//	HAS words                   it says so, in a part or a field
//	LACKS words                 it does not
//	FIELD Name: pattern         it has one such field
//	WITHOUT Name                neither it nor a part of it has such a field
//	NOBODY IS WRITTEN TO        no mail has left but those named
//
//	PAIR alice ben paused       in which state a pair is
//	PERSON ben suspended        and a person: active, suspended, muted, unmuted, away 2026-12-01 2026-12-12, present
//	HELD 1                      how many letters of Alice's and Ben's wait for a word
//	KNOWS alice@new.test alice  whose address this is: also another's than these four's, or nobody's
//	EARLIER ben full 4 3 2      what came back from a person, that many days ago
//	$ pair pause {pair}         the operator runs this command
//	SEVEN DAYS PASS             for what is held (where nobody else is about: ALONE)
//	DISK FULL, DISK FREE        for the program (ALONE)
//
//	[imap] …                    a line for one of the doors only
//
// In a pattern * stands for anything. A name in braces stands for an address:
// {alice>ben} is what Alice writes to, to reach Ben, {help} the service's;
// {sender}, {from}, {reply-to} and {id} are the envelope sender and the fields
// of the mail last named, {pair} is the number of Alice's and Ben's pair, and
// {programme} the key of their programme, {hold} the number of the last letter
// that was HELD. A line of a message that is {mail}
// alone stands for all of the mail last named.
//
// Where a script does not begin with the server's greeting, greeting and EHLO,
// or LHLO, are said for it. The IMAP door is not spoken to: there C: and S:
// only tell what the provider was handed, which then lies in the mailbox with
// Return-Path and Delivered-To.
//
// Each mail that leaves must be named before the next message comes in, or
// the script ends; and no mail may show one of the people another's address.
func TestDialogues(t *testing.T) {
	runs := dialogueRuns(t)
	w := newParlour(t, runs)
	var among, alone []*performance
	for _, r := range runs {
		if r.script.alone {
			alone = append(alone, r)
		} else {
			among = append(among, r)
		}
	}
	// Most of a run is waiting, for a disk or a mailbox to be looked at: more
	// are begun than there are processors.
	const atOnce = 8
	next := make(chan *performance)
	var work sync.WaitGroup
	for range atOnce {
		work.Go(func() {
			for r := range next {
				t.Run(r.name(), func(t *testing.T) { newPlayer(t, w, r).play() })
			}
		})
	}
	for _, r := range among {
		next <- r
	}
	close(next)
	work.Wait()
	for _, r := range alone {
		t.Run(r.name(), func(t *testing.T) { newPlayer(t, w, r).play() })
	}
	w.close(t, runs)
}

// A performance is a script on one door.
type performance struct {
	script *script
	door   string
	tag    string // of its domains, as in corp-07s.test
}

func (r *performance) name() string { return r.script.name + "/" + r.door }

// dialogueRuns reads all scripts.
func dialogueRuns(t *testing.T) []*performance {
	t.Helper()
	files, err := filepath.Glob("testdata/dialogues/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	var list []*performance
	numbers := map[string]string{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		number, _, _ := strings.Cut(name, "-")
		if other, taken := numbers[number]; taken {
			t.Fatalf("%s and %s have the same number", other, name)
		}
		numbers[number] = name
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := parseScript(name, string(text))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, door := range s.doors {
			list = append(list, &performance{s, door, number + door[:1]})
		}
	}
	return list
}

// play goes through the script.
func (p *player) play() {
	defer p.hangUp()
	for _, s := range p.run.script.steps {
		if s.door != "" && s.door != p.run.door {
			continue
		}
		if err := p.step(s); err != nil {
			p.t.Fatalf("%s.txt:%d: %s: %v", p.run.script.name, s.line, s.text, err)
		}
	}
	if err := p.nobodyElse(); err != nil {
		p.t.Fatal(err)
	}
}

// step does what a line says.
func (p *player) step(s step) error {
	arg, err := p.fill(s.arg)
	if err != nil {
		return err
	}
	switch s.verb {
	case "C", "B":
		for range s.times {
			if err := p.say(s.verb, arg); err != nil {
				return err
			}
		}
		return nil
	case "S":
		for range s.times {
			if err := p.hear(arg); err != nil {
				return err
			}
		}
		return nil
	case "S-", "S!":
		return p.heard(arg, s.verb == "S-")
	case "TLS", "CLOSED":
		return p.line(s.verb)
	case "SIGN":
		p.sign = arg
	case "ABOVE":
		p.above += arg + "\r\n"
	case "PROVIDER":
		p.provider = arg
	case "IMAP":
		return p.endsUp(arg)
	case "LOGGED":
		if p.run.door == "imap" && !p.logged(arg) {
			return errors.New("it does not")
		}
	case "MAIL", "HAS", "LACKS", "FIELD", "WITHOUT", "NOBODY":
		return p.mail(s.verb, arg)
	default:
		return p.state(s.verb, arg)
	}
	return nil
}

// like tells whether s is what a pattern says; * stands for anything.
func like(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(s, parts[0])
	if !ok || len(parts) == 1 {
		return ok && rest == ""
	}
	for _, p := range parts[1 : len(parts)-1] {
		if _, rest, ok = strings.Cut(rest, p); !ok {
			return false
		}
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// unlike is the error of a pattern that does not hold.
func unlike(got string) error { return fmt.Errorf("got %q", got) }
