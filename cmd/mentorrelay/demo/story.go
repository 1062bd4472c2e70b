package demo

import (
	"context"
	"fmt"
	"time"
)

// A scene is one moment of the story.
type scene struct {
	at    string
	title string
	play  func(context.Context) error
}

// sceneFormat is how the story dates its scenes, in the time of Grenoble.
const sceneFormat = "2006-01-02 15:04"

// zone is where the two and their programme are.
const zone = "Europe/Paris"

// morningHour is when a programme's own mail goes out.
const morningHour = 9

// Beginning is when the story starts; it is past, so that a mail client that
// comes later shows what it writes itself on top.
func Beginning() time.Time { return time.Date(2025, time.September, 1, 6, 0, 0, 0, time.UTC) }

func (p *programme) introduce() {
	fmt.Fprintln(p.out, p.paint("1", "mentorrelay demo: a mentor and a mentee, from September to February"))
	fmt.Fprintln(p.out)
	p.say("All of it happens on this machine: their mail provider (IMAP and SMTP, in memory), and mentorrelay with its database in a temporary folder.")
	fmt.Fprintln(p.out)
	for _, who := range []*person{p.mentor, p.mentee} {
		p.field(who.first, fmt.Sprintf("%s <%s>, %s", who.Name, who.Address, who.about))
	}
	p.field("Coordinator", p.coordinator.Address)
	p.field("IMAP", p.office.IMAP())
	p.field("SMTP", p.office.SMTP())
	p.field("relay", p.door+" (SMTP), for "+relayDomain)
	fmt.Fprintln(p.out)
}

// story is what happens, but for its end.
func (p *programme) story() []scene {
	alice, ben := p.mentor, p.mentee
	return []scene{
		{"2025-09-01 11:00", "The coordinator pairs the two; both are asked by mail what would suit them", p.invites},
		{"2025-09-01 12:20", "Alice answers in three short lines, and leaves two things out", p.answersShort},
		{"2025-09-02 20:40", "Ben answers in words, in French, under the questions: both are introduced", p.answersLong},
		{"2025-09-10 09:00", "A week has passed without a letter: Ben gets a tip, and asks why", p.tipAndWhy},
		{"2025-09-10 20:14", "Ben writes a first letter, in French; his address is in the signature", p.crosses("1.eml", ben)},
		{"2025-09-14 18:40", "Alice answers in English, with a drawing in the text and a page in PDF", p.crosses("2.eml", alice)},
		{"2025-09-23 21:05", "Ben answers her questions one by one, between the quoted lines", p.crosses("3.eml", ben)},
		{"2025-10-06 12:31", "Alice writes from her telephone: HTML, ISO-8859-1, her address in a link", p.crosses("4.eml", alice)},
		{"2025-10-07 03:12", "A stranger has come upon Alice’s mask", p.stranger},
		{"2025-10-07 20:50", "In October they write more often than they had agreed", p.several(
			sheet{"2025-10-07 20:50", "oct-07", ben}, sheet{"2025-10-13 18:10", "oct-13", alice}, sheet{"2025-10-16 21:30", "oct-16", ben})},
		{"2025-10-19 09:00", "That last letter asked for four things: time for another tip", p.tip},
		{"2025-10-21 12:40", "Alice answers one of the four, and they write on", p.several(
			sheet{"2025-10-21 12:40", "oct-21", alice}, sheet{"2025-10-25 10:05", "oct-25", ben}, sheet{"2025-10-30 18:30", "oct-30", alice})},
		{"2025-11-01 09:00", "The month is summed up, for each of them and for the coordinator", p.sumsUp},
		{"2025-11-03 19:20", "Ben sends the page and, for a run, a route as a GPX file", p.crosses("5.eml", ben)},
		{"2025-11-07 09:00", "Two months above the agreed pace: both are asked what would suit", p.agreesOnPace},
		{"2025-11-16 10:02", "Alice has run the route, and answers", p.crosses("6.eml", alice)},
		{"2025-12-08 09:00", "Three weeks without a letter: a word to Ben, as both had wished for then", p.tip},
		{"2025-12-09 19:15", "Ben writes; Alice is away, and her mail client answers by itself", p.answersItself},
		{"2025-12-22 18:00", "Alice is back, and so are the letters", p.several(
			sheet{"2025-12-22 18:00", "dec-22", alice}, sheet{"2026-01-03 17:45", "jan-03", ben})},
		{"2026-01-04 11:30", "Ben has exams: he takes a pause, by mail", p.pauses},
		{"2026-01-14 18:20", "Alice, who does not know, writes meanwhile", p.waits("jan-14", alice)},
		{"2026-01-19 09:00", "The day that he named has come: the pause ends by itself", p.resumes},
		{"2026-01-20 18:00", "Alice sends her letter again, and Ben answers", p.several(
			sheet{"2026-01-20 18:00", "jan-14", alice}, sheet{"2026-01-27 20:30", "jan-27", ben})},
	}
}

// ending is how the story ends. With Stay it is left to who logs in.
func (p *programme) ending() []scene {
	alice, ben := p.mentor, p.mentee
	return []scene{
		{"2026-02-02 20:00", "Ben brings it to an end, by mail", p.ends},
		{"2026-02-03 19:00", "Each may still write one letter", p.several(
			sheet{"2026-02-03 19:00", "feb-03", ben}, sheet{"2026-02-05 18:10", "feb-05", alice})},
		{"2026-02-06 12:00", "Both would stay in touch: addresses are shown only if both say so", p.exchanges},
		{"2026-02-06 13:00", "What is left of it all", p.remains},
	}
}

// date reads when something happens.
func (p *programme) date(at string) (time.Time, error) {
	paris, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}, err
	}
	return time.ParseInLocation(sceneFormat, at, paris)
}

// play tells the story.
func (p *programme) play(ctx context.Context) error {
	list := p.story()
	if !p.Stay {
		list = append(list, p.ending()...)
	}
	for _, s := range list {
		at, err := p.date(s.at)
		if err != nil {
			return err
		}
		p.rest()
		if err := p.until(ctx, at); err != nil {
			return err
		}
		p.scene(at, s.title)
		p.archive.heading = at.Format("2 January 2006: ") + s.title
		if err := s.play(ctx); err != nil {
			return fmt.Errorf("scene %d: %w", p.scenes, err)
		}
	}
	return nil
}

// until lets time pass: each morning what is due is done, as by a server that
// looks each minute. It is only in the morning that something is.
func (p *programme) until(ctx context.Context, at time.Time) error {
	for {
		next := nextMorning(p.Clock.Now(), at.Location())
		if !next.Before(at) {
			break
		}
		if err := p.passes(ctx, next); err != nil {
			return err
		}
	}
	p.Clock.Set(at)
	return ctx.Err()
}

// nextMorning is the first nine o'clock after a moment.
func nextMorning(after time.Time, zone *time.Location) time.Time {
	t := after.In(zone)
	next := time.Date(t.Year(), t.Month(), t.Day(), morningHour, 0, 0, 0, zone)
	if !next.After(after) {
		next = time.Date(t.Year(), t.Month(), t.Day()+1, morningHour, 0, 0, 0, zone)
	}
	return next
}

// passes does what is due on a morning between scenes, and tells of it.
func (p *programme) passes(ctx context.Context, at time.Time) error {
	p.Clock.Set(at)
	heading, mails := p.archive.heading, len(p.archive.entries)
	p.archive.heading = at.Format("2 January 2006: by the clock")
	done, err := p.keep(ctx)
	if err != nil {
		return err
	}
	came := arrived{}
	if len(done) > 0 {
		if came, err = p.post(ctx); err != nil {
			return err
		}
	}
	if p.archive.heading = heading; len(p.archive.entries) > mails {
		p.archive.heading = "The letters go on"
	}
	if !p.between && len(done) > 0 {
		fmt.Fprintln(p.out)
		p.between = true
	}
	for _, d := range done {
		if d.Withheld {
			p.aside(at, "A tip to Ben (%s) is withheld: one in five is, by lot, to see whether tips do any good.", d.Key)
		}
	}
	if len(came[p.coordinator])*len(came[p.mentor])*len(came[p.mentee]) == 1 {
		p.aside(at, "To each, in their language: “%s”", came[p.mentor][0].GetHeader("Subject"))
		for _, who := range p.everyone() {
			p.own(who, came[who][0])
		}
		return nil
	}
	for _, who := range p.everyone() {
		for _, r := range came[who] {
			p.aside(at, "%s: “%s”", who.first, r.GetHeader("Subject"))
			p.own(who, r)
		}
	}
	return nil
}

// morning does what is due, and gives the mail that comes of it.
func (p *programme) morning(ctx context.Context) ([]Done, arrived, error) {
	done, err := p.keep(ctx)
	if err != nil {
		return nil, nil, err
	}
	came, err := p.post(ctx)
	return done, came, err
}
