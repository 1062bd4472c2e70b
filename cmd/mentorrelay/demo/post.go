package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// arrived is what has come, by whom it came for.
type arrived map[*person][]*received

// one is the only mail that came for a person.
func (m arrived) one(who *person) (*received, error) {
	if n := len(m[who]); n != 1 {
		return nil, fmt.Errorf("%d mails came for %s, not one", n, who.first)
	}
	return m[who][0], nil
}

// letter is the only one that came for a person from the other.
func (m arrived) letter(who *person) (*received, error) {
	letters := slices.DeleteFunc(slices.Clone(m[who]), func(r *received) bool { return r.correspondent("From").Address != who.mask })
	return arrived{who: letters}.one(who)
}

// with is the mail for a person that has a word in it.
func (m arrived) with(who *person, word string) (*received, error) {
	for _, r := range m[who] {
		if strings.Contains(string(r.raw), word) {
			return r, nil
		}
	}
	return nil, fmt.Errorf("no mail with %q came for %s", word, who.first)
}

// post waits until nothing is to be sent any more, and fetches what has come.
func (p *programme) post(ctx context.Context) (arrived, error) {
	if waiting, err := p.waiting(ctx); err != nil || waiting > 0 {
		return nil, fmt.Errorf("%d mails could not be sent within %v: %w", waiting, patience, err)
	}
	came := arrived{}
	for _, who := range p.everyone() {
		list, err := readAll(who.fetch())
		if err != nil {
			return nil, err
		}
		came[who] = list
		for _, r := range list {
			if err := p.archive.add(who.first, "got", r); err != nil {
				return nil, err
			}
		}
	}
	return came, nil
}

// waiting counts the mail that waits to be sent, once what is just being sent
// is done with.
func (p *programme) waiting(ctx context.Context) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		var list []struct{ ID int64 }
		if err := p.ask(ctx, &list, "queue", "list"); err != nil || len(list) == 0 {
			return 0, err
		}
		select {
		case <-tick.C:
		case <-p.stopped:
			return len(list), fmt.Errorf("the relay stopped")
		case <-ctx.Done():
			return len(list), ctx.Err()
		}
	}
}

func readAll(messages [][]byte, err error) (list []*received, _ error) {
	for _, m := range messages {
		r, failed := read(m)
		if failed != nil {
			return nil, failed
		}
		list = append(list, r)
	}
	return list, err
}

// tellMail shows a mail of the programme's own: its subject, and what it says.
func (p *programme) tellMail(who *person, r *received, lines int) {
	p.gets(who, r)
	p.quote(gist(r.Text), lines)
	p.own(who, r)
}

// gets shows the subject of a mail.
func (p *programme) gets(who *person, r *received) {
	fmt.Fprintln(p.out)
	p.field(who.first+" gets", "“"+r.GetHeader("Subject")+"”")
	fmt.Fprintln(p.out)
}

// gist is the first paragraph after the greeting.
func gist(text string) string {
	text, _, _ = strings.Cut(body(text), "\n\n")
	return text
}

// own checks a mail of the programme's own.
func (p *programme) own(who *person, r *received) {
	p.check(r.GetHeader("Content-Language") == who.language, "%s gets it in the language that %[1]s reads (%[2]s)", who.first, who.language)
	p.check(r.signedBy(relayDomain, p.dns), "signed by %s (DKIM)", relayDomain)
	if who != p.coordinator {
		other := p.other(who)
		p.check(!r.mentions(other.Address) && !r.mentions(domainOf(other.Address)), "nothing of %s’s address in it", other.first)
	}
}

// replies has a person answer a mail of the programme's own with some words, and
// gives the mail that comes of it.
func (p *programme) replies(ctx context.Context, who *person, to *received, text string) (arrived, error) {
	d := draft{Subject: "Re: " + to.GetHeader("Subject"), Text: text, To: to.correspondent("Reply-To").Address}
	if d.To == "" {
		d.To = to.correspondent("From").Address
	}
	return p.sends(ctx, who, to, d)
}

// sends has a person send a note, and gives the mail that comes of it.
func (p *programme) sends(ctx context.Context, who *person, to *received, d draft) (arrived, error) {
	d.Account, d.At, d.Language = who.Account, p.Clock.Now(), who.language
	raw, err := p.compose(note, d, to)
	if err != nil {
		return nil, err
	}
	if _, err := p.submit(who, d.To, raw); err != nil {
		return nil, err
	}
	return p.post(ctx)
}
