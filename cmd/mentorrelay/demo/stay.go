package demo

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// aDay is how long a day of the story takes once somebody may log in.
const aDay = time.Minute

// stay keeps everything up until the context ends; each minute it is the next
// morning, for what is then due.
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
	p.field("Commands to", "help@"+relayDomain+": HELP says which; END (Ben: FIN) ends it")
	p.field("Coordinator", fmt.Sprintf("%s, password %s", p.coordinator.Address, p.coordinator.Password))
	fmt.Fprintln(p.out, "\nEach minute here is a day of theirs. What comes in is told here. Ctrl-C ends it.")
	return p.watch(ctx)
}

// watch tells of what comes in, and keeps the clock.
func (p *programme) watch(ctx context.Context) error {
	paris, err := time.LoadLocation(zone)
	if err != nil {
		return err
	}
	days := time.NewTicker(aDay)
	defer days.Stop()
	for {
		select {
		case <-days.C:
			p.Clock.Set(nextMorning(p.Clock.Now(), paris))
			if _, err := p.keep(ctx); err != nil && ctx.Err() == nil {
				return err
			}
		case <-p.office.News(p.mentor.Address):
			p.came(p.mentor)
		case <-p.office.News(p.mentee.Address):
			p.came(p.mentee)
		case <-p.office.News(p.coordinator.Address):
			p.came(p.coordinator)
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
		fmt.Fprintf(p.out, "%s  %s gets “%s” from %s\n", p.Clock.Now().Format("2 January, 15:04:05"), who.first, r.GetHeader("Subject"), r.GetHeader("From"))
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
