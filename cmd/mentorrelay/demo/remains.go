package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
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
		if who == p.mentor {
			want++ // the letter that did not cross
		}
		p.check(letters == want && threads == 1, "the %d letters in %s’s mailbox, sent and received, are one thread", letters, who.first)
	}
	if err := p.rhythm(ctx); err != nil {
		return err
	}
	return p.stored(ctx)
}

// rhythm shows what is known of how the two wrote.
func (p *programme) rhythm(ctx context.Context) error {
	type side struct {
		Messages, Words int
		Reply           *float64 `json:"reply_time"`
	}
	var pair struct {
		State, Cadence string
		Rhythm         struct{ Mentor, Mentee side }
	}
	fmt.Fprintln(p.out)
	if err := p.enter(ctx, &pair, "pair", "show", fmt.Sprint(p.pair)); err != nil {
		return err
	}
	for _, s := range []struct {
		who *person
		side
	}{{p.mentor, pair.Rhythm.Mentor}, {p.mentee, pair.Rhythm.Mentee}} {
		text := fmt.Sprintf("%d letters, %d words", s.Messages, s.Words)
		if s.Reply != nil {
			text += fmt.Sprintf("; usually answers in %.0f days", *s.Reply/(24*60*60))
		}
		p.field(s.who.first, text)
	}
	sum := pair.Rhythm.Mentor.Messages + pair.Rhythm.Mentee.Messages
	p.check(pair.State == "ended" && sum == p.crossed, "the pair has %s; %d letters crossed", pair.State, sum)
	return nil
}

// stored looks at all that is stored about Ben.
func (p *programme) stored(ctx context.Context) error {
	fmt.Fprintln(p.out)
	p.command("mentorrelay", "person", "export", p.mentee.Address)
	out, err := p.Command(ctx, p.environ, "person", "export", p.mentee.Address)
	if err != nil {
		return err
	}
	var kept struct {
		Letters   []struct{ At string }
		Questions []struct{ Text string }
		Tips      []struct {
			Key      string
			Withheld bool
		}
	}
	if err := json.Unmarshal(out, &kept); err != nil {
		return err
	}
	var tips []string
	for _, t := range kept.Tips {
		switch {
		case t.Key == "pace": // the check is none
			continue
		case t.Withheld:
			t.Key += " (withheld)"
		}
		tips = append(tips, t.Key)
	}
	p.field("letters", fmt.Sprintf("%d: when, how long, how many asks, thanks, news", len(kept.Letters)))
	p.field("tips", strings.Join(tips, ", "))
	p.field("questions", fmt.Sprintf("%d: sentences that ask are kept for 60 days, no longer", len(kept.Questions)))
	found, looked := p.kept(string(out))
	p.check(found == 0, "of %d paragraphs that the two wrote to each other, none is in it", looked)
	p.command("mentorrelay", "queue", "list")
	waiting, err := p.waiting(ctx)
	p.check(waiting == 0, "no letter is kept in the relay")
	return err
}

// kept counts the paragraphs of letters that stand in a text, and those that were
// looked for.
func (p *programme) kept(text string) (found, looked int) {
	for _, e := range p.archive.entries {
		if !strings.HasSuffix(e.What, " wrote") || !p.masked(e.mail.correspondent("To").Address) {
			continue
		}
		for _, paragraph := range strings.Split(strings.ReplaceAll(e.mail.Text, "\r\n", "\n"), "\n\n") {
			paragraph = strings.Join(strings.Fields(paragraph), " ")
			if len(paragraph) < 60 || strings.HasPrefix(paragraph, ">") {
				continue
			}
			looked++
			if strings.Contains(text, paragraph) {
				found++
			}
		}
	}
	return found, looked
}

// masked tells whether an address is a mask of the pair.
func (p *programme) masked(address string) bool {
	return address == p.mentor.mask || address == p.mentee.mask
}

// threads counts the letters in both folders, and the threads that they make
// by their References: of what goes to the mask or comes from it.
func (w *person) threads() (letters, threads int, err error) {
	first := map[string]bool{}
	known := map[string]bool{}
	var all []*received
	for _, folder := range []string{inbox, sent} {
		messages, err := readAll(w.all(folder))
		if err != nil {
			return 0, 0, err
		}
		all = append(all, messages...)
	}
	for _, r := range all {
		known[r.id()] = true
	}
	for _, r := range all {
		letter := r.correspondent("From").Address == w.mask || r.correspondent("To").Address == w.mask
		if !letter || r.GetHeader("Auto-Submitted") != "" {
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
	p.rest()
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
