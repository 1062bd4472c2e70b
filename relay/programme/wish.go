package programme

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"mentorrelay/parser/report"
	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/programme/coach"
	"mentorrelay/storage"
)

// confirm stores what a person wished, and tells them so.
func (d *Desk) confirm(ctx context.Context, p relay.Post, kind notice.Kind, data map[string]any, changes ...storage.Change) error {
	out, err := d.confirmation(ctx, p, kind, data)
	if err != nil {
		return err
	}
	_, err = d.Store.Accept(ctx, &storage.Acceptance{Key: p.Key, At: d.Now(), Mails: []storage.Outgoing{out}, Changes: changes})
	return err
}

// confirmation tells a person that what they wished is done, each time that they
// ask for it.
func (d *Desk) confirmation(ctx context.Context, p relay.Post, kind notice.Kind, data map[string]any) (storage.Outgoing, error) {
	programme, err := d.programmeOf(ctx, p.Author)
	if err != nil {
		return storage.Outgoing{}, err
	}
	all := map[string]any{"Help": d.help()}
	for k, v := range data {
		all[k] = v
	}
	return d.Notices.Compose(ctx, kind, notice.Subject{
		To: p.Author, Programme: programme, Occasion: fmt.Sprintf(" %x", p.Key), Data: all,
	})
}

func (d *Desk) programmeOf(ctx context.Context, person *storage.Person) (*storage.Programme, error) {
	programme, err := d.Store.ProgrammeOf(ctx, person.ID)
	if err != nil {
		return nil, fmt.Errorf("finding a person's programme: %w", err)
	}
	return programme, nil
}

// settle does what a person wishes for themselves.
func (d *Desk) settle(ctx context.Context, command string, p relay.Post) error {
	id := p.Author.ID
	switch command {
	case "resume":
		return d.resume(ctx, p)
	case "stop":
		return d.confirm(ctx, p, notice.Muted, nil, storage.PersonMuted{ID: id, Muted: true})
	case "tips":
		return d.confirm(ctx, p, notice.Tips, nil, storage.PersonTips{ID: id, Tips: storage.TipsWanted}, storage.PersonMuted{ID: id, Muted: false})
	}
	pairs, err := d.pairsOf(ctx, id)
	if err != nil {
		return err
	}
	fewer := storage.TipsFewer
	isMentee := func(pair storage.Pair) bool { return pair.MenteeID == id }
	if p.Author.Tips == storage.TipsFewer || p.Author.Tips == storage.TipsDefault && !slices.ContainsFunc(pairs, isMentee) {
		fewer = storage.TipsNone // a mentor who did not ask for tips gets none already
	}
	return d.confirm(ctx, p, notice.Fewer, map[string]any{"None": fewer == storage.TipsNone}, storage.PersonTips{ID: id, Tips: fewer})
}

// pause holds mail to a person back, until the day that they name or until they
// say RESUME.
func (d *Desk) pause(ctx context.Context, o order, p relay.Post) error {
	id := p.Author.ID
	zone := zoneOf(p.Author)
	day, ok := report.Day(o.behind, d.Now().In(zone))
	changes := []storage.Change{storage.PersonMoved{ID: id, From: storage.PersonActive, To: storage.PersonPaused}}
	data := map[string]any{"Until": "", "Unread": ""}
	away := storage.Absence{PersonID: id, From: d.Now().In(zone).Format(time.DateOnly), NotedAt: d.Now()} // nobody is reproached with it
	switch {
	case ok:
		back := time.Date(day.Year, day.Month, day.Day, morningHour, 0, 0, 0, zone)
		away.Until = back.AddDate(0, 0, -1).Format(time.DateOnly)
		changes = append(changes, storage.Appointed{Appointment: storage.Appointment{Kind: storage.AppointmentResume, SubjectID: id, At: back}})
		data["Until"] = d.Notices.Day(back, p.Author)
	default:
		changes = append(changes, storage.Cancelled{Kind: storage.AppointmentResume, SubjectID: id})
		if strings.ContainsFunc(o.behind, unicode.IsDigit) && len(o.behind) < longestCommand {
			data["Unread"] = o.behind
		}
	}
	return d.confirm(ctx, p, notice.Paused, data, append(changes, away)...)
}

// explain says why the last tip came.
func (d *Desk) explain(ctx context.Context, p relay.Post) error {
	given, err := d.Store.Nudges(ctx, []int64{p.Author.ID}, time.Time{})
	if err != nil {
		return fmt.Errorf("finding what tips a person got: %w", err)
	}
	given = slices.DeleteFunc(given, func(n storage.Nudge) bool { return n.Withheld || n.Key == pace })
	if len(given) == 0 {
		return d.confirm(ctx, p, notice.WhyNothing, nil)
	}
	last := given[len(given)-1]
	var facts coach.Facts
	if err := json.Unmarshal([]byte(last.Facts), &facts); err != nil {
		return fmt.Errorf("reading what gave rise to a tip: %w", err)
	}
	pair, err := d.Store.PairByID(ctx, last.PairID)
	if err != nil {
		return fmt.Errorf("finding the pair of a tip: %w", err)
	}
	programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return fmt.Errorf("finding the programme of a tip: %w", err)
	}
	_, other := sides(pair, p.Author.ID)
	data := facts.Data()
	data["Tip"], data["Date"], data["Other"] = last.Key, d.Notices.Day(last.At, p.Author), notice.DisplayName(other, programme)
	return d.confirm(ctx, p, notice.Why, data)
}

// guide answers words that are no command: who sent them is told what there is,
// once a month, and the coordinator reads them, since nobody else will.
func (d *Desk) guide(ctx context.Context, o order, p relay.Post) error {
	programme, err := d.programmeOf(ctx, p.Author)
	if err != nil {
		return err
	}
	out, err := d.Notices.Compose(ctx, notice.Unknown, notice.Subject{
		To: p.Author, Programme: programme, Data: map[string]any{"Help": d.help(), "Passed": programme.Coordinator != "" && o.words != ""},
	})
	if err != nil {
		return err
	}
	out.Once.Day = d.Now().UTC().Format("2006-01")
	a := &storage.Acceptance{Key: p.Key, At: d.Now(), Mails: []storage.Outgoing{out}}
	if o.words != "" {
		told, err := d.tellCoordinator(ctx, notice.CoordinatorWritten, programme, p.Author, map[string]any{
			"Lines": quoted(o.words), "Pair": fmt.Sprintf("%x", p.Key),
		})
		if err != nil {
			return err
		}
		a.Mails = append(a.Mails, told...)
	}
	_, err = d.Store.Accept(ctx, a)
	return err
}

// quoted is a text as a mail quotes it, as much of it as a coordinator is shown.
func quoted(text string) string {
	lines := "> " + strings.ReplaceAll(text, "\n", "\n> ")
	if len(lines) > maxUnread {
		return strings.ToValidUTF8(lines[:maxUnread], "") + "…"
	}
	return lines
}
