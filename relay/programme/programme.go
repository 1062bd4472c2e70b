// Package programme is the programme's own desk: what happens to the mail
// that people and servers send to the service rather than to each other.
package programme

import (
	"context"
	"log/slog"

	"mentorrelay/relay"
)

// A Desk takes the mail that reaches a service address.
type Desk struct{ Log *slog.Logger }

var _ relay.Service = (*Desk)(nil)

// Knows tells whether name is that of a service address. There is none yet:
// people answer service mail to the coordinator, by its Reply-To.
func (d *Desk) Knows(string) bool { return false }

// Bounced notes that a delivery came back. Nothing follows from it yet.
func (d *Desk) Bounced(ctx context.Context, delivery int64, _ relay.Envelope, _ *relay.Spool) error {
	d.Log.WarnContext(ctx, "a delivery came back", "delivery", delivery)
	return nil
}

// Receive takes mail for a service address, of which there is none yet.
func (d *Desk) Receive(context.Context, string, relay.Envelope, *relay.Spool) error { return nil }
