package demo

import (
	"context"
	"fmt"
	"strings"
)

// tip is the scene in which the clock gives Ben a tip, or withholds it.
func (p *programme) tip(ctx context.Context) error {
	_, err := p.tipped(ctx)
	return err
}

// tipped does what is due on a morning, and shows the tip among it, if it was
// not withheld.
func (p *programme) tipped(ctx context.Context) (*received, error) {
	done, came, err := p.morning(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range done {
		if d.Kind == "tip" && d.Withheld {
			p.say("The tip is “%s”, but one in five is withheld, by lot, to see whether tips do any good: this one is. The coordinator reads the count each month.", d.Key)
			fmt.Fprintln(p.out)
			p.check(len(came[p.mentee])+len(came[p.mentor]) == 0, "nobody gets anything")
			return nil, nil
		}
	}
	r, err := came.one(p.mentee)
	if err != nil {
		return nil, err
	}
	p.tellMail(p.mentee, r, 5)
	p.check(len(came[p.mentor]) == 0, "Alice learns nothing of it")
	return r, nil
}

// tipAndWhy is the scene in which a tip comes, and Ben asks why.
func (p *programme) tipAndWhy(ctx context.Context) error {
	r, err := p.tipped(ctx)
	if err != nil || r == nil {
		return err
	}
	fmt.Fprintln(p.out)
	why, err := p.order(ctx, p.mentee, r, "POURQUOI")
	if err != nil {
		return err
	}
	p.tellMail(p.mentee, why, 4)
	return nil
}

// order has a person answer a mail with a command, and gives what they get.
func (p *programme) order(ctx context.Context, who *person, to *received, command string) (*received, error) {
	p.field(who.first+" answers", command)
	came, err := p.replies(ctx, who, to, command)
	if err != nil {
		return nil, err
	}
	return came.one(who)
}

// asks has a person write a command to the service, in a mail of its own.
func (p *programme) asks(ctx context.Context, who *person, command string) (arrived, error) {
	help := "help@" + relayDomain
	p.field(who.first+" writes to", help)
	p.field("", command)
	return p.sends(ctx, who, nil, draft{To: help, Subject: strings.Fields(command)[0], Text: command})
}

// answersItself is the scene in which a letter crosses, and an out-of-office
// reply does not.
func (p *programme) answersItself(ctx context.Context) error {
	if err := p.crosses("dec-09", p.mentee)(ctx); err != nil {
		return err
	}
	raw, err := p.compose("away.eml", draft{
		Account: p.mentor.Account, To: p.mentor.mask, At: p.Clock.Now(), Subject: p.mentor.last.GetHeader("Subject"),
	}, p.mentor.last)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out)
	reply, err := p.submit(p.mentor, p.mentor.mask, raw)
	if err != nil {
		return err
	}
	p.lines(reply.Text, 4)
	came, err := p.post(ctx)
	if err != nil {
		return err
	}
	p.check(len(came[p.mentee]) == 0, "Ben does not get it, with the names and numbers in it")
	var stored struct {
		Absences []struct{ From, Until string }
	}
	if err := p.ask(ctx, &stored, "person", "export", p.mentor.Address); err != nil {
		return err
	}
	noted := stored.Absences
	p.check(len(noted) == 1 && noted[0].Until == "2025-12-21", "Alice’s absence is noted, until 21 December: no tip will speak of silence")
	return nil
}

// pauses is the scene in which Ben takes a pause until a day.
func (p *programme) pauses(ctx context.Context) error {
	came, err := p.asks(ctx, p.mentee, "PAUSE jusqu’au 19 janvier")
	if err != nil {
		return err
	}
	r, err := came.one(p.mentee)
	if err != nil {
		return err
	}
	p.tellMail(p.mentee, r, 4)
	p.check(strings.Contains(r.Text, "19 janvier"), "the day is understood")
	return nil
}

// resumes is the scene in which the pause ends, and Alice, who wrote in vain, is
// told.
func (p *programme) resumes(ctx context.Context) error {
	_, came, err := p.morning(ctx)
	if err != nil {
		return err
	}
	r, err := came.one(p.mentee)
	if err != nil {
		return err
	}
	p.tellMail(p.mentee, r, 3)
	if r, err = came.one(p.mentor); err != nil {
		return err
	}
	p.tellMail(p.mentor, r, 3)
	return nil
}

// ends is the scene in which Ben ends the pair.
func (p *programme) ends(ctx context.Context) error {
	came, err := p.asks(ctx, p.mentee, "FIN")
	if err != nil {
		return err
	}
	sure, err := came.one(p.mentee)
	if err != nil {
		return err
	}
	p.tellMail(p.mentee, sure, 3)
	fmt.Fprintln(p.out)
	p.field("Ben answers", "oui")
	if came, err = p.replies(ctx, p.mentee, sure, "oui"); err != nil {
		return err
	}
	for _, who := range []*person{p.mentor, p.mentee} {
		if p.asked[who], err = came.one(who); err != nil {
			return err
		}
	}
	p.tellMail(p.mentor, p.asked[p.mentor], 3)
	p.own(p.mentee, p.asked[p.mentee])
	return nil
}

// exchanges is the scene in which both would show the other their address.
func (p *programme) exchanges(ctx context.Context) error {
	p.field("Ben answers", "OUI")
	came, err := p.replies(ctx, p.mentee, p.asked[p.mentee], "OUI")
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out)
	p.check(len(came[p.mentor])+len(came[p.mentee]) == 0, "of one yes alone nobody learns")
	fmt.Fprintln(p.out)
	p.field("Alice answers", "Yes, gladly.")
	if came, err = p.replies(ctx, p.mentor, p.asked[p.mentor], "Yes, gladly."); err != nil {
		return err
	}
	fmt.Fprintln(p.out)
	for _, who := range []*person{p.mentor, p.mentee} {
		r, err := came.one(who)
		if err != nil {
			return err
		}
		p.check(r.mentions(p.other(who).Address), "%s reads that %s’s address is %s", who.first, p.other(who).first, p.other(who).Address)
	}
	return nil
}
