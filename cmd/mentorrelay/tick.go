package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"mentorrelay/relay/programme"
	"mentorrelay/storage"
)

// tickCommand evaluates once all that is due.
type tickCommand struct {
	At     time.Time `help:"As if it were then (RFC 3339)." placeholder:"TIME"`
	DryRun bool      `help:"Send nothing: only say what would be sent."`
	Out    string    `help:"With --dry-run: write the mails there." placeholder:"DIR" type:"path"`
	output `embed:""`
}

// dueView is how what is due is printed.
type dueView struct {
	Kind     string    `json:"kind"`
	Key      string    `json:"key"`
	Person   string    `json:"person"` // empty for a coordinator
	Withheld bool      `json:"withheld"`
	At       time.Time `json:"at"`
}

// Run does what is due, unless it is only to be said.
func (c *tickCommand) Run(ctx context.Context, m *Main, i *installation) error {
	if c.Out != "" && !c.DryRun {
		return errors.New("--out writes what would be sent: add --dry-run")
	}
	now := m.Now
	if !c.At.IsZero() {
		now = func() time.Time { return c.At }
	}
	_, desk, err := newRelay(i.config, i.Storage, i.masks, now, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	unwatch := func() {}
	if m.watched(c.output) {
		n, err := i.CountDue(ctx, now())
		if err != nil {
			return err
		}
		bar := newProgress(m.Stderr, n)
		desk.Looked, unwatch = bar.add, bar.end
	}
	found := &dueList{store: i.Storage, views: []dueView{}}
	if c.DryRun {
		err = c.foresee(ctx, desk, found.add)
	} else {
		err = desk.Keep(ctx, found.add)
	}
	unwatch()
	if err := errors.Join(err, found.name(context.WithoutCancel(ctx))); err != nil {
		return err
	}
	return c.print(m, found.views, func(w io.Writer) {
		for _, v := range found.views {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", v.At.Format(time.RFC3339), v.Kind, v.Key, v.Person, map[bool]string{true: "withheld"}[v.Withheld])
		}
	})
}

// A dueList is what is due, as it is printed.
type dueList struct {
	store  *storage.Storage
	views  []dueView
	people []int64 // whom they are for; 0 for a coordinator
}

func (l *dueList) add(x programme.Due) {
	l.views = append(l.views, dueView{x.Kind, x.Key, "", x.Withheld, x.At.UTC()})
	l.people = append(l.people, x.PersonID)
}

// namedAtOnce is how many people are looked up together.
const namedAtOnce = 500

// name finds the addresses of the people.
func (l *dueList) name(ctx context.Context) error {
	for from := 0; from < len(l.people); from += namedAtOnce {
		people := l.people[from:min(from+namedAtOnce, len(l.people))]
		addresses, err := l.store.MailAddresses(ctx, people)
		if err != nil {
			return err
		}
		for i, id := range people {
			l.views[from+i].Person = addresses[id]
		}
	}
	return nil
}

// foresee says what would be sent, and writes it to a folder if there is one.
func (c *tickCommand) foresee(ctx context.Context, desk *programme.Desk, view func(programme.Due)) error {
	number := 0
	return desk.Foresee(ctx, func(due []programme.Due, compose func() ([]storage.Outgoing, error)) error {
		for _, x := range due {
			view(x)
		}
		if c.Out == "" {
			return nil
		}
		mails, err := compose()
		if err != nil {
			return err
		}
		for _, mail := range mails {
			number++
			name := fmt.Sprintf("%04d-%s.eml", number, due[0].Kind)
			if err := errors.Join(writeMail(filepath.Join(c.Out, name), mail.Body), mail.Body.Discard(ctx)); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeMail writes a mail that would be sent to a file that only its owner may
// read.
func writeMail(name string, body io.WriterTo) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = body.WriteTo(f)
	return errors.Join(err, f.Close())
}

// tickEvery is how often a server looks for what is due.
const tickEvery = time.Minute

// keepTime does what is due, until ctx ends.
func keepTime(ctx context.Context, desk *programme.Desk, log *slog.Logger) error {
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		if err := desk.Keep(ctx, func(programme.Due) {}); err != nil && ctx.Err() == nil {
			log.Error("what is due was not all done, and will be tried again", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}
