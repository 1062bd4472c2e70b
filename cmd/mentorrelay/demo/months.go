package demo

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// sumsUp is the scene of a month's summary.
func (p *programme) sumsUp(ctx context.Context) error {
	_, came, err := p.morning(ctx)
	if err != nil {
		return err
	}
	for _, who := range []*person{p.mentee, p.mentor, p.coordinator} {
		r, err := came.one(who)
		if err != nil {
			return err
		}
		p.gets(who, r)
		if who != p.mentor { // she reads the same in English
			text, _, _ := strings.Cut(body(r.Text), "\n\nComment cela se passe-t-il")
			text, _, _ = strings.Cut(text, "\n\nPasserelle")
			p.lines(text, map[*person]int{p.mentee: 18, p.coordinator: 5}[who])
		}
		p.own(who, r)
		for _, name := range p.archive.pictures(r) {
			p.check(r.shows(), "its chart shows in the text, and is left in %s", name)
		}
		fmt.Fprintln(p.out)
	}
	return p.taps(ctx, p.mentee, came[p.mentee][0], "4")
}

// body is a text without its greeting.
func body(text string) string {
	_, after, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	return after
}

// links finds those of a page that open a mail.
var links = regexp.MustCompile(`href="(mailto:[^"]+)"`)

// taps has a person answer by a link of a mail, as mail clients do: it opens a
// mail with the answer in it (RFC 6068).
func (p *programme) taps(ctx context.Context, who *person, r *received, answer string) error {
	for _, m := range links.FindAllStringSubmatch(r.HTML, -1) {
		link, err := url.Parse(html.UnescapeString(m[1]))
		if err != nil {
			return err
		}
		if q := link.Query(); q.Get("body") == answer {
			_, err = p.sends(ctx, who, nil, draft{To: link.Opaque, Subject: q.Get("subject"), Text: answer})
			p.check(err == nil, "%s answers “%s” with one tap: %s", who.first, q.Get("subject"), answer)
			return err
		}
	}
	return fmt.Errorf("no link of the mail answers %s", answer)
}

// agreesOnPace is the scene in which both answer alike, and are told so.
func (p *programme) agreesOnPace(ctx context.Context) error {
	_, came, err := p.morning(ctx)
	if err != nil {
		return err
	}
	asked := map[*person]*received{}
	for _, who := range []*person{p.mentor, p.mentee} {
		if asked[who], err = came.one(who); err != nil {
			return err
		}
	}
	p.tellMail(p.mentor, asked[p.mentor], 4)
	p.own(p.mentee, asked[p.mentee])
	if came, err = p.replies(ctx, p.mentor, asked[p.mentor], "a"); err != nil {
		return err
	}
	p.check(len(came[p.mentor])+len(came[p.mentee]) == 0, "Alice answers “a”, and nobody learns of it")
	if came, err = p.replies(ctx, p.mentee, asked[p.mentee], "Plus souvent, volontiers."); err != nil {
		return err
	}
	fmt.Fprintln(p.out)
	p.say("Ben answers “Plus souvent, volontiers.”: they wish the same.")
	fmt.Fprintln(p.out)
	for _, who := range []*person{p.mentor, p.mentee} {
		r, err := came.one(who)
		if err != nil {
			return err
		}
		if who == p.mentor {
			p.tellMail(who, r, 3)
		} else {
			p.own(who, r)
		}
	}
	var pair struct{ Cadence string }
	err = p.ask(ctx, &pair, "pair", "show", fmt.Sprint(p.pair))
	p.check(pair.Cadence == "fortnightly", "the agreed rhythm is now: %s", pair.Cadence)
	return err
}
