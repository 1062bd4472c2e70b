package relay

import "context"

// A Service takes the mail that reaches a service address: a bounce, a
// command, a survey's answer. The programme implements it.
type Service interface {
	// Knows tells whether name is the local part (or tag) of a service address.
	Knows(name string) bool
	// Bounced handles a report about a delivery.
	Bounced(ctx context.Context, delivery int64, env Envelope, msg *Spool) error
	// Receive handles mail for the service address of this name.
	Receive(ctx context.Context, name string, env Envelope, msg *Spool) error
}
