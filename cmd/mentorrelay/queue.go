package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"mentorrelay/storage"
)

// queueCommand is the group of commands about mail to be sent.
type queueCommand struct {
	List  queueList  `cmd:"" help:"List the mail that waits to be sent."`
	Show  queueShow  `cmd:"" help:"Show a mail."`
	Retry queueRetry `cmd:"" help:"Try to send a mail at once."`
	Drop  queueDrop  `cmd:"" help:"Give a mail up, without telling anybody."`
}

type queueList struct {
	All    bool `help:"Also what was sent, failed or dropped."`
	output `embed:""`
}

// oneDelivery is the argument of the commands about one mail.
type oneDelivery struct {
	ID     int64 `arg:"" help:"The mail's number."`
	output `embed:""`
}

type queueShow struct {
	oneDelivery `embed:""`
}

type queueRetry struct {
	oneDelivery `embed:""`
}

type queueDrop struct {
	oneDelivery `embed:""`
}

// deliveryView is how a mail is printed. Its recipient is known as long as it
// waits.
type deliveryView struct {
	ID        int64     `json:"id"`
	Kind      string    `json:"kind"`
	Pair      int64     `json:"pair"`
	Recipient string    `json:"recipient"`
	State     string    `json:"state"`
	Attempts  int64     `json:"attempts"`
	Status    string    `json:"status"`
	Size      int64     `json:"size"`
	CreatedAt time.Time `json:"created_at"`
	NextAt    time.Time `json:"next_at,omitzero"`
}

func viewDelivery(d *storage.Delivery) *deliveryView {
	v := &deliveryView{
		ID: d.ID, Kind: d.Kind, Pair: d.PairID, Recipient: d.Recipient, State: d.State,
		Attempts: d.Attempts, Status: d.Status, Size: d.Size, CreatedAt: d.CreatedAt.UTC(),
	}
	if d.State == storage.DeliveryQueued {
		v.NextAt = d.NextAt.UTC()
	}
	return v
}

func (v *deliveryView) write(w io.Writer) {
	fmt.Fprintf(w, "mail\t%d\nkind\t%s\npair\t%d\nrecipient\t%s\nstate\t%s\nattempts\t%d\nstatus\t%s\nsize\t%d\ncreated\t%s\n",
		v.ID, v.Kind, v.Pair, orDash(v.Recipient), v.State, v.Attempts, orDash(v.Status), v.Size, v.CreatedAt.Format(time.RFC3339))
	if !v.NextAt.IsZero() {
		fmt.Fprintf(w, "next\t%s\n", v.NextAt.Format(time.RFC3339))
	}
}

// Run lists the queue.
func (c *queueList) Run(ctx context.Context, m *Main, i *installation) error {
	states := []string{storage.DeliveryQueued}
	if c.All {
		states = nil
	}
	list, err := i.Deliveries(ctx, states...)
	if err != nil {
		return err
	}
	views := []*deliveryView{}
	for _, d := range list {
		views = append(views, viewDelivery(&d))
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%d attempts\t%s\n", v.ID, v.State, v.Kind, orDash(v.Recipient), v.Attempts, orDash(v.Status))
		}
	})
}

// Run shows the mail.
func (c *queueShow) Run(ctx context.Context, m *Main, i *installation) error {
	return c.do(ctx, m, i, nil)
}

// Run makes the mail due.
func (c *queueRetry) Run(ctx context.Context, m *Main, i *installation) error {
	return c.do(ctx, m, i, func(i *installation) error { return i.RetryDelivery(ctx, c.ID, m.Now()) })
}

// Run drops the mail.
func (c *queueDrop) Run(ctx context.Context, m *Main, i *installation) error {
	return c.do(ctx, m, i, func(i *installation) error { return i.DropDelivery(ctx, c.ID) })
}

// do changes the mail, if change is not nil, and shows it.
func (c *oneDelivery) do(ctx context.Context, m *Main, i *installation, change func(*installation) error) error {
	var refused bool
	if change != nil {
		err := change(i)
		if refused = errors.Is(err, storage.ErrNotFound); err != nil && !refused {
			return err
		}
	}
	d, err := i.DeliveryByID(ctx, c.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return fmt.Errorf("there is no mail %d: `mentorrelay queue list --all` names them", c.ID)
	}
	if err != nil {
		return err
	}
	if refused {
		return fmt.Errorf("mail %d is %s: only mail that waits can be changed", d.ID, whereabouts(d))
	}
	v := viewDelivery(d)
	return c.print(m, v, v.write)
}

// whereabouts says why a mail can't be changed.
func whereabouts(d *storage.Delivery) string {
	if d.State == storage.DeliveryQueued {
		return "being sent just now"
	}
	return d.State
}
