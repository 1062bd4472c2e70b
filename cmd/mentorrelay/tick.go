package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"mentorrelay/relay/programme"
)

// tickCommand evaluates once all that is due.
type tickCommand struct {
	At     time.Time `help:"As if it were then (RFC 3339)." placeholder:"TIME"`
	DryRun bool      `help:"Send nothing: only say what would be sent."`
	output `embed:""`
}

// dueView is how what is due is printed.
type dueView struct {
	Kind     string    `json:"kind"`
	Key      string    `json:"key"`
	Person   string    `json:"person"`
	Withheld bool      `json:"withheld"`
	At       time.Time `json:"at"`
}

// Run does what is due, unless it is only to be said.
func (c *tickCommand) Run(ctx context.Context, m *Main, i *installation) error {
	now := m.Now
	if !c.At.IsZero() {
		now = func() time.Time { return c.At }
	}
	_, desk, err := newRelay(i.config, i.Storage, i.masks, now, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	due, err := desk.Due(ctx)
	if err != nil {
		return err
	}
	views := []dueView{}
	for _, x := range due {
		p, err := i.PersonByID(ctx, x.PersonID)
		if err != nil {
			return err
		}
		views = append(views, dueView{x.Kind, x.Key, email(p), x.Withheld, x.At.UTC()})
		if !c.DryRun {
			if err := desk.Do(ctx, x); err != nil {
				return err
			}
		}
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", v.At.Format(time.RFC3339), v.Kind, v.Key, v.Person)
		}
	})
}

// tickEvery is how often a server looks for what is due.
const tickEvery = time.Minute

// keepTime does what is due, until ctx ends.
func keepTime(ctx context.Context, desk *programme.Desk, log *slog.Logger) error {
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		due, err := desk.Due(ctx)
		for _, x := range due {
			err = errors.Join(err, desk.Do(ctx, x))
		}
		if err != nil && ctx.Err() == nil {
			log.Error("what is due was not all done, and will be tried again", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}
