package relay

import (
	"context"

	"mentorrelay/parser/message"
	"mentorrelay/parser/reply"
	"mentorrelay/parser/report"
	"mentorrelay/storage"
)

// A Service takes the mail that reaches a service address: a bounce, a
// command, a survey's answer. The programme implements it.
type Service interface {
	// Knows tells whether name is the local part (or tag) of a service address.
	Knows(name string) bool
	// Open tells whether anybody at all may write to this service address, as to
	// the postmaster (RFC 5321 §4.5.1).
	Open(name string) bool
	// Bounced handles a report about a delivery.
	Bounced(ctx context.Context, delivery int64, p Post) error
	// Answered handles a reply to a survey that was sent.
	Answered(ctx context.Context, number int64, p Post) error
	// Confirmed handles a reply to a mail that asks for a yes, or that takes
	// orders.
	Confirmed(ctx context.Context, number int64, p Post) error
	// Receive handles mail for the service address of this name from Author,
	// who is proven to have written it, or from anybody if it is an open one.
	Receive(ctx context.Context, name string, p Post) error
	// Obeys handles a letter to the other of a pair if it is nothing but a
	// command, and tells whether it was one: such a letter is not passed on.
	Obeys(ctx context.Context, route *storage.Route, p Post) (bool, error)
}

// A Post is a message that is not, or may not be, for the other of a pair.
type Post struct {
	Envelope Envelope
	Key      []byte // of its receipt
	Source   *Spool
	Root     *message.Part   // its structure; nil if it exceeds a limit
	Header   message.Header  // as far as it could be read
	Kind     report.Kind     // empty if a person wrote it
	From     string          // its author's address in canonical form, proven or not; empty if there is not one
	Author   *storage.Person // proven; nil for what comes to a sealed address, or to an open one

	letter *letter
}

// Text returns the words of the message in their blocks.
func (p *Post) Text() (reply.Reply, error) { return p.letter.text() }

// Filled returns the words of the message in their blocks, where a mail that it
// quotes without marks, with nothing above, may have been filled in.
func (p *Post) Filled() (reply.Reply, error) { return p.letter.split("") }
