package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"mentorrelay/relay"
	"mentorrelay/storage"
)

// holdCommand is the group of commands about messages that wait for a
// decision.
type holdCommand struct {
	List   holdList   `cmd:"" help:"List the messages that wait for a word from their author, or a decision."`
	Show   holdShow   `cmd:"" help:"Show what is known of a held message."`
	Allow  holdAllow  `cmd:"" help:"Pass a held message on."`
	Redact holdRedact `cmd:"" help:"Pass a held message on without contact details."`
	Refuse holdRefuse `cmd:"" help:"Delete a held message."`
}

type holdList struct {
	All    bool `help:"Also what was released, refused or expired."`
	output `embed:""`
}

// oneHold is the argument of the commands about one held message.
type oneHold struct {
	ID     int64 `arg:"" help:"The held message's number."`
	output `embed:""`
}

type holdShow struct {
	oneHold `embed:""`
}

type holdAllow struct {
	oneHold `embed:""`
}

type holdRedact struct {
	oneHold `embed:""`
}

type holdRefuse struct {
	oneHold `embed:""`
}

// holdView is how a held message is printed: never its text.
type holdView struct {
	ID         int64     `json:"id"`
	Kind       string    `json:"kind"`
	State      string    `json:"state"`
	Pair       int64     `json:"pair"`
	Writer     string    `json:"writer"`
	From       string    `json:"from"`
	Size       int64     `json:"size"`
	ReceivedAt time.Time `json:"received_at"`
	ExpiresAt  time.Time `json:"expires_at,omitzero"`
	SettledAt  time.Time `json:"settled_at,omitzero"`
}

func (i *installation) viewHold(ctx context.Context, h *storage.Hold) (*holdView, error) {
	writer, err := i.PersonByID(ctx, h.WriterID)
	if err != nil {
		return nil, err
	}
	v := &holdView{
		ID: h.ID, Kind: h.Kind, State: h.State, Pair: h.PairID, Writer: email(writer), From: h.Address, Size: h.Size,
		ReceivedAt: h.ReceivedAt.UTC(), SettledAt: h.SettledAt.UTC(),
	}
	if h.State == storage.HoldWaiting {
		v.ExpiresAt = h.ExpiresAt.UTC()
	}
	return v, nil
}

// reasons say why a message is held.
var reasons = map[string]string{
	storage.HoldUnproven: "nothing proves that it is from them",
	storage.HoldAddress:  "it is from an address that may be theirs",
}

func (v *holdView) write(w io.Writer) {
	fmt.Fprintf(w, "message\t%d\nstate\t%s\nwhy\t%s\npair\t%d\nwriter\t%s\nfrom\t%s\nsize\t%d\nreceived\t%s\n",
		v.ID, v.State, reasons[v.Kind], v.Pair, v.Writer, v.From, v.Size, v.ReceivedAt.Format(time.RFC3339))
	if !v.ExpiresAt.IsZero() {
		fmt.Fprintf(w, "kept until\t%s\n", v.ExpiresAt.Format(time.RFC3339))
	}
}

// Run lists the messages.
func (c *holdList) Run(ctx context.Context, m *Main, i *installation) error {
	states := []string{storage.HoldWaiting}
	if c.All {
		states = nil
	}
	list, err := i.Holds(ctx, states...)
	if err != nil {
		return err
	}
	views := []*holdView{}
	for k := range list {
		v, err := i.viewHold(ctx, &list[k])
		if err != nil {
			return err
		}
		views = append(views, v)
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			fmt.Fprintf(w, "%d\t%s\tpair %d\t%s\tfrom %s\t%s\n", v.ID, v.State, v.Pair, v.Writer, v.From, v.Kind)
		}
	})
}

// Run shows the message.
func (c *holdShow) Run(ctx context.Context, m *Main, i *installation) error {
	return c.do(ctx, m, i, nil)
}

// Run passes the message on.
func (c *holdAllow) Run(ctx context.Context, m *Main, i *installation) error {
	return c.do(ctx, m, i, (*relay.Relay).Release)
}

// Run would take contact details out; a message is not yet held for any.
func (c *holdRedact) Run(context.Context, *Main, *installation) error {
	return fmt.Errorf("message %d is not held for what it says: allow or refuse it", c.ID)
}

// Run deletes the message.
func (c *holdRefuse) Run(ctx context.Context, m *Main, i *installation) error {
	return c.do(ctx, m, i, (*relay.Relay).Refuse)
}

// do decides about the message, if there is something to decide, and shows it.
func (c *oneHold) do(ctx context.Context, m *Main, i *installation, decide func(*relay.Relay, context.Context, *storage.Hold) error) error {
	h, err := i.HoldByID(ctx, c.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return fmt.Errorf("there is no held message %d: `mentorrelay hold list --all` names them", c.ID)
	}
	if err != nil {
		return err
	}
	if decide != nil {
		if h.State != storage.HoldWaiting {
			return fmt.Errorf("message %d waits no more: it is %s", h.ID, h.State)
		}
		r, _, err := newRelay(i.config, i.Storage, i.masks, m.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		if err := decide(r, ctx, h); err != nil {
			return err
		}
		if h, err = i.HoldByID(ctx, c.ID); err != nil {
			return err
		}
	}
	v, err := i.viewHold(ctx, h)
	if err != nil {
		return err
	}
	return c.print(m, v, v.write)
}
