package relay

import (
	"net/netip"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

// A Door is where a message came in.
type Door string

// The doors.
const (
	SMTP Door = "smtp"
	LMTP Door = "lmtp"
	IMAP Door = "imap"
)

// An Envelope is what a door knows of a message beside its bytes.
type Envelope struct {
	Door       Door
	PeerIP     netip.Addr  // the SMTP or LMTP client; a Unix socket counts as loopback; not valid on IMAP
	Helo       string      // what the client called itself
	MailFrom   string      // the reverse-path, empty for null (RFC 5321 §4.5.5)
	Recipients []Recipient // as Resolve returned them
	ReceivedAt time.Time   // SMTP: the moment of receipt; IMAP: INTERNALDATE
	Key        string      // IMAP: account, UIDVALIDITY and UID; empty elsewhere: computed from the message
	Size       int64       // octets of the whole message, where the door knows of more than it hands over; otherwise 0
}

// A Recipient is an address that the relay takes mail for, as Resolve found
// it: the mask of a pair, or a service address.
type Recipient struct {
	Address string
	kind    mask.Kind
	token   string          // of the mask, or the name of the service
	route   *storage.Route  // of a mask
	number  int64           // of the delivery or question that the address names
	hold    string          // why the message is to be held, if it is
	author  *storage.Person // who has proven to write to a service address
}
