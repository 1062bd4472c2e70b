package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"mentorrelay/relay/programme"
	"mentorrelay/relay/programme/summary"
	"mentorrelay/storage"
)

// summaryCommand is the group of commands about monthly summaries.
type summaryCommand struct {
	Send summarySend `cmd:"" help:"Send the summary of a month to whoever has not had it."`
}

type summarySend struct {
	Month     string `required:"" help:"Which month." placeholder:"YYYY-MM"`
	Programme string `help:"The programme's key or name, if there are several." placeholder:"P"`
	DryRun    bool   `help:"Send nothing: only say who would get one."`
	Out       string `help:"With --dry-run: write the mails there." placeholder:"DIR" type:"path"`
	output    `embed:""`
}

// monthOf reads a month.
func monthOf(text string) (time.Time, error) {
	month, err := time.Parse("2006-01", text)
	if err != nil {
		return month, fmt.Errorf("--month %s is no month: write it as in 2026-03", text)
	}
	return month, nil
}

// Run sends the summaries of a month.
func (c *summarySend) Run(ctx context.Context, m *Main, i *installation) error {
	if c.Out != "" && !c.DryRun {
		return errors.New("--out writes what would be sent: add --dry-run")
	}
	month, err := monthOf(c.Month)
	if err != nil {
		return err
	}
	if !month.Before(m.Now()) {
		return fmt.Errorf("--month %s has not begun", c.Month)
	}
	p, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	desk, err := i.desk(m)
	if err != nil {
		return err
	}
	views := []dueView{}
	err = desk.SumUp(ctx, p, month.Year(), month.Month(), func(due programme.Due, compose func() (*storage.Acceptance, error)) error {
		person, err := i.PersonByID(ctx, due.PersonID)
		if err != nil {
			return err
		}
		views = append(views, dueView{due.Kind, due.Key, email(person), false, due.At.UTC()})
		if c.DryRun && c.Out == "" {
			return nil
		}
		a, err := compose()
		if err != nil {
			return err
		}
		if !c.DryRun {
			_, err := i.Accept(ctx, a)
			return err
		}
		name := fmt.Sprintf("%s-%04d.eml", due.Key, len(views))
		return errors.Join(writeMail(filepath.Join(c.Out, name), a.Mails[0].Body), a.Mails[0].Body.Discard(ctx))
	})
	if err != nil {
		return err
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			fmt.Fprintf(w, "%s\t%s\n", v.Key, v.Person)
		}
	})
}

// reportCommand shows a programme at a glance.
type reportCommand struct {
	Month     string `help:"Which month; this one if it is left out." placeholder:"YYYY-MM"`
	Programme string `help:"The programme's key or name, if there are several." placeholder:"P"`
	output    `embed:""`
}

// Run shows the programme.
func (c *reportCommand) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(p.Timezone)
	if err != nil {
		zone = time.UTC
	}
	month := m.Now().In(zone)
	if c.Month != "" {
		if month, err = monthOf(c.Month); err != nil {
			return err
		}
	}
	desk, err := i.desk(m)
	if err != nil {
		return err
	}
	o, err := desk.Overview(ctx, p, time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, zone))
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(m.Stdout, viewMonth(p, o))
	}
	return summary.Report(m.Stdout, p.Name, o)
}

// monthView is how a programme's month is printed.
type monthView struct {
	Programme string         `json:"programme"`
	Month     string         `json:"month"`
	Pairs     map[string]int `json:"pairs"` // by state
	Letters   int            `json:"letters"`
	Writers   int            `json:"writers"`
	Quiet     int            `json:"quiet"` // active pairs without a letter
	Cases     []caseView     `json:"cases"` // pairs that need a human
	Mail      map[string]int `json:"mail"`
	Tips      []tipView      `json:"tips"`
}

type caseView struct {
	Pair       int64  `json:"pair"`
	Reason     string `json:"reason"`
	Who        string `json:"who"`
	Days       int    `json:"days,omitempty"`
	Unanswered int    `json:"unanswered,omitempty"`
	Pulse      int    `json:"pulse,omitempty"`
}

// tipView is how often the other of a pair wrote after a tip, and without it.
type tipView struct {
	Key     string   `json:"key"`
	With    int      `json:"with"`    // moments
	Without int      `json:"without"` // moments
	Share   *float64 `json:"share_with,omitempty"`
	Control *float64 `json:"share_without,omitempty"`
	Low     *float64 `json:"low,omitempty"` // of the difference: its 95 % interval
	High    *float64 `json:"high,omitempty"`
	Off     bool     `json:"off"`
}

func viewMonth(p *storage.Programme, o *summary.Overview) *monthView {
	v := &monthView{
		Programme: p.Key, Month: o.Month.Format("2006-01"), Letters: o.Letters, Writers: o.Writers, Quiet: o.Quiet, Cases: []caseView{}, Tips: []tipView{},
		Pairs: map[string]int{"active": o.Active, "paused": o.Paused, "invited": o.Invited, "ended": o.Ended},
		Mail:  map[string]int{"returned": o.Returned, "suspended": o.Suspended, "complaints": o.Complaints},
	}
	for _, c := range o.Cases {
		v.Cases = append(v.Cases, caseView{c.Pair, c.Reason, c.Who, c.Days, c.Unanswered, c.Pulse})
	}
	for _, t := range o.Tips {
		x := tipView{Key: t.Key, With: t.With, Without: t.Without, Off: t.Off}
		if t.With > 0 {
			x.Share = &t.ShareWith
		}
		if t.Without > 0 {
			x.Control = &t.ShareWithout
		}
		if t.With > 0 && t.Without > 0 {
			x.Low, x.High = &t.Low, &t.High
		}
		v.Tips = append(v.Tips, x)
	}
	return v
}
