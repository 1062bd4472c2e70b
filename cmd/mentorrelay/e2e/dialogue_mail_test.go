//go:build linux

package e2e

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/emersion/go-message"

	"mentorrelay/storage"
)

// A departed mail has left, for one recipient.
type departed struct {
	*letter
	sender, recipient string // on its envelope
}

// mail checks what has left.
func (p *player) mail(verb, arg string) error {
	switch verb {
	case "MAIL":
		to, subject, _ := strings.Cut(arg, " ")
		return p.named(to, subject)
	case "NOBODY":
		return p.nobodyElse()
	}
	if p.last == nil {
		return errors.New("no mail was named")
	}
	switch verb {
	case "FIELD":
		name, pattern, _ := strings.Cut(arg, ": ")
		values := p.last.header.Values(name)
		if len(values) != 1 || !like(pattern, strings.TrimSpace(values[0])) {
			return fmt.Errorf("it has %q in\n%s", values, p.last.raw)
		}
	case "WITHOUT":
		for _, h := range p.last.headers() {
			if h.Has(arg) {
				return unlike(h.Get(arg))
			}
		}
	case "HAS":
		if !contains(p.last.letter, arg, strings.Clone) {
			return fmt.Errorf("it says\n%s", p.last.raw)
		}
	case "LACKS": // as words: what is random may hold the letters
		if contains(p.last.letter, "\x00", func(text string) string { return whole(arg).ReplaceAllString(text, "\x00") }) {
			return fmt.Errorf("it says\n%s", p.last.raw)
		}
	}
	return nil
}

// whole finds words that are not inside of others.
func whole(words string) *regexp.Regexp {
	return regexp.MustCompile(`\b` + regexp.QuoteMeta(words) + `\b`)
}

// headers are its own and those of its parts.
func (l *letter) headers() []message.Header {
	list := []message.Header{l.header.Header}
	for _, p := range l.parts {
		list = append(list, p.header)
	}
	return list
}

// contains tells whether a mail says something, as it stands or decoded, once
// it is brought into this form.
func contains(l *letter, words string, form func(string) string) bool {
	texts := [][]byte{l.raw, []byte(l.subject())}
	for _, part := range l.parts {
		texts = append(texts, part.content)
	}
	return slices.ContainsFunc(texts, func(text []byte) bool {
		return strings.Contains(form(strings.Join(strings.Fields(string(text)), " ")), words)
	})
}

// named takes the first mail to this address with such a subject.
func (p *player) named(to, subject string) error {
	if err := p.collect(); err != nil {
		return err
	}
	for i, m := range p.left {
		if m.recipient == to && like(subject, m.subject()) {
			p.left, p.last = slices.Delete(p.left, i, i+1), m
			p.vars["sender"], p.vars["id"] = m.sender, m.id()
			p.vars["from"], p.vars["reply-to"] = m.address("From"), strings.Trim(m.header.Get("Reply-To"), "<>")
			return nil
		}
	}
	return fmt.Errorf("no such mail has left; %s", p.others())
}

// nobodyElse checks that all that has left was named.
func (p *player) nobodyElse() error {
	if err := p.collect(); err != nil || len(p.left) == 0 {
		return err
	}
	return fmt.Errorf("not named so far: %s", p.others())
}

// others lists the mails that are not yet named.
func (p *player) others() string {
	var list []string
	for _, m := range p.left {
		list = append(list, fmt.Sprintf("MAIL %s %s\n%s", m.recipient, m.subject(), m.raw))
	}
	if list == nil {
		return "none at all"
	}
	return strings.Join(list, "\n")
}

// collect waits until nothing of this run's is queued, and takes what has left.
// A mail is queued before the door answers, and in the sink before it is done.
func (p *player) collect() error {
	ours := func(d storage.Delivery) bool { return strings.HasSuffix(d.Recipient, "-"+p.run.tag+".test") }
	eventually(p.t, "the queue to be empty", func() bool {
		list, err := p.store.Deliveries(p.t.Context(), storage.DeliveryQueued)
		if err != nil {
			p.t.Fatal(err)
		}
		return !slices.ContainsFunc(list, ours)
	})
	var err error
	for _, m := range p.sink.take(p.run.tag) {
		d := &departed{parse(p.t, m.raw), m.from, m.to}
		p.left = append(p.left, d)
		err = errors.Join(err, p.discreet(d))
	}
	return err
}

// discreet checks that a mail shows none of the cast's addresses but its
// reader's, nor the last name of whom the reader writes with, and that what
// comes back from it comes back to us.
func (p *player) discreet(d *departed) error {
	var shown []string
	reader := ""
	for _, c := range cast {
		if p.run.rename(c.email) == d.recipient {
			reader = c.name
		}
	}
	for _, c := range cast {
		_, domain, _ := strings.Cut(p.run.rename(c.email), "@")
		_, family, _ := strings.Cut(c.full, " ")
		if p.run.rename("coord@horizon.test") == d.recipient && d.header.Get("Reply-To") == "<"+p.run.rename(c.email)+">" {
			continue // whom the coordinator is to answer
		}
		if c.name != reader && contains(d.letter, domain, strings.ToLower) {
			shown = append(shown, domain)
		}
		if c.other == reader && contains(d.letter, strings.ToLower(family), strings.ToLower) {
			shown = append(shown, family)
		}
	}
	if !strings.HasPrefix(d.sender, "b+") || !strings.HasSuffix(d.sender, "@relay.test") {
		shown = append(shown, "the envelope sender "+d.sender)
	}
	if shown == nil {
		return nil
	}
	return fmt.Errorf("a mail to %s shows %q:\n%s", d.recipient, shown, d.raw)
}
