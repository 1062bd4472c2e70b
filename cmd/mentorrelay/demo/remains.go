package demo

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// remains is the scene that looks at the mailboxes and at what the relay
// keeps.
func (p *programme) remains(ctx context.Context) error {
	for _, who := range []*person{p.mentor, p.mentee} {
		letters, threads, err := who.threads()
		if err != nil {
			return err
		}
		want := len(who.twins)
		if who == p.mentee {
			want++ // the letter that did not cross
		}
		p.check(letters == want && threads == 1, "the %d letters in %s’s mailbox, sent and received, are one thread", letters, who.first)
	}
	var pair struct {
		State  string
		Rhythm struct{ Mentor, Mentee struct{ Messages int } }
	}
	if err := p.enter(ctx, &pair, "pair", "show", fmt.Sprint(p.pair)); err != nil {
		return err
	}
	mentor, mentee := pair.Rhythm.Mentor.Messages, pair.Rhythm.Mentee.Messages
	p.check(pair.State == "active" && mentor == 3 && mentee == 3, "the pair is %s; Alice wrote %d letters, Ben %d", pair.State, mentor, mentee)
	waiting, err := p.queue(ctx)
	if err != nil {
		return err
	}
	p.check(waiting == 0, "no letter is kept in the relay")
	return nil
}

// queue counts the mail that waits to be sent, once what is just being sent
// is done with.
func (p *programme) queue(ctx context.Context) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	p.command("mentorrelay", "queue", "list")
	for {
		var waiting []struct{ ID int64 }
		if err := p.ask(ctx, &waiting, "queue", "list"); err != nil || len(waiting) == 0 {
			return 0, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return len(waiting), nil
		}
	}
}

// threads counts the letters in both folders, and the threads that they make
// by their References. Service mail is not counted.
func (c *client) threads() (letters, threads int, err error) {
	first := map[string]bool{}
	known := map[string]bool{}
	var all []*received
	for _, folder := range []string{inbox, sent} {
		messages, err := readAll(c.all(folder))
		if err != nil {
			return 0, 0, err
		}
		all = append(all, messages...)
	}
	for _, r := range all {
		known[r.id()] = true
	}
	for _, r := range all {
		if r.GetHeader("Auto-Submitted") != "" {
			continue
		}
		letters++
		root := r.id()
		for _, id := range strings.Fields(r.GetHeader("References")) {
			if known[id] {
				root = id
				break
			}
		}
		first[root] = true
	}
	return letters, len(first), nil
}

// conclude sums up, and fails if a check did.
func (p *programme) conclude() error {
	if err := p.archive.index(); err != nil {
		return err
	}
	dir, err := filepath.Abs(p.Dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "\nThe mails are in %s: begin with index.html.\n", dir)
	if len(p.failed) > 0 {
		return fmt.Errorf("%d of %d checks failed: %s", len(p.failed), p.held+len(p.failed), strings.Join(p.failed, "; "))
	}
	fmt.Fprintln(p.out, p.paint("32", fmt.Sprintf("All %d checks held.", p.held)))
	return nil
}

// stay keeps everything up, with the real time, until the context ends.
func (p *programme) stay(ctx context.Context) error {
	p.Clock.Release()
	fmt.Fprintf(p.out, "\n%s\n\n", p.paint("1", "The servers stay up. Log in as either person, with any mail client:"))
	for _, who := range []*person{p.mentor, p.mentee} {
		p.field(who.first, who.Address)
		p.field("  password", who.Password)
		p.field("  IMAP", who.imap+", folders INBOX and Sent, no TLS")
		p.field("  SMTP", who.smtp+", same login, no TLS")
		p.field("  writes to", who.mask)
		fmt.Fprintf(p.out, "\n%s\n\n", who.neomutt())
	}
	fmt.Fprintln(p.out, "What comes in is told here. Ctrl-C ends it.")
	for {
		select {
		case <-p.office.News(p.mentor.Address):
			p.came(p.mentor)
		case <-p.office.News(p.mentee.Address):
			p.came(p.mentee)
		case <-p.stopped:
			return errors.New("the relay stopped")
		case <-ctx.Done():
			fmt.Fprintln(p.out, "Closing.")
			return nil
		}
	}
}

// came tells of the mail that has come for a person.
func (p *programme) came(who *person) {
	messages, err := readAll(who.peek())
	if err != nil {
		p.say("%s’s mailbox could not be read: %v", who.first, err)
	}
	for _, r := range messages {
		fmt.Fprintf(p.out, "%s  %s gets “%s” from %s\n", p.Clock.Now().Format(time.TimeOnly), who.first, r.GetHeader("Subject"), r.GetHeader("From"))
	}
}

// neomutt is the command by which that client logs in, to be pasted into a
// shell.
func (c *client) neomutt() string {
	user := url.QueryEscape(c.Address)
	return strings.Join([]string{
		"  neomutt -n -F /dev/null \\",
		"    -e 'set imap_pass=" + c.Password + " smtp_pass=" + c.Password + " smtp_authenticators=plain' \\",
		"    -e 'set folder=imap://" + user + "@" + c.imap + "/ spoolfile=+INBOX record=+Sent' \\",
		"    -e 'set smtp_url=smtp://" + user + "@" + c.smtp + "/ ssl_starttls=no ssl_force_tls=no' \\",
		"    -e 'set from=" + c.Address + " realname=\"" + c.Name + "\" use_envelope_from'",
	}, "\n")
}
