// Package mask makes the addresses under which people write to each other, and
// the copies of their messages that name no other.
package mask

import (
	"fmt"
	"time"
)

// A Letter is what the masked copy of one message says in place of the
// original's header, and what is to be replaced in it.
type Letter struct {
	From, To      Address
	ReplyTo       string
	MessageID     string   // ids have their angle brackets
	InReplyTo     []string // as the reader knows them
	References    []string // as the reader knows them
	TraceID       string
	AutoSubmitted string    // left out if empty, RFC 3834 §5
	Date          time.Time // for a message whose own cannot be read: when it was received

	// Replace names every real address of the sender, with the mask by which
	// the reader knows the sender, and every one of the reader, with the mask
	// by which the sender knows the reader.
	Replace []Replacement
	// Own is the mask by which the sender knows the reader. Where a calendar
	// names who organizes or attends (RFC 5545 §3.8.4.3 and §3.8.4.1) it is the
	// address in To instead, by which the reader's client knows its owner: only
	// so does it offer to answer an invitation, and take in the answer to one.
	// If it is empty, or the address would have to be quoted, the mask stays.
	Own string

	UIDs   UIDs // of calendar entries; as other text if it is the zero value
	Opaque OpaquePolicy
}

// An Address is a mailbox with the name shown for it, in UTF-8.
type Address struct {
	Name, Addr string
}

// A Replacement is a real address and the mask that stands in its place.
type Replacement struct {
	Address, Mask string
}

// An OpaquePolicy says what becomes of mail that nobody on the way can read.
type OpaquePolicy int

const (
	Refuse OpaquePolicy = iota // with an *OpaqueError
	Pass                       // as it is, with whatever it holds
)

// An OpaqueError refuses a message of which a part cannot be masked.
type OpaqueError struct {
	Kind string // "pgp", "smime" or "tnef"
}

// Error implements error.
func (e *OpaqueError) Error() string {
	return fmt.Sprintf("mask: a part of the message is opaque (%s)", e.Kind)
}

// A Result tells what the copy lacks, or has otherwise than the original.
type Result struct {
	SignatureDropped bool // S/MIME or PGP; the sender is to be told
	KeyDropped       bool // a PGP key, which names its owner
	Changed          int  // parts whose body is not the original's, byte for byte
}
