package main

import (
	"context"
	"errors"
	"net/netip"
	"strings"

	"mentorrelay/parser/message"
	"mentorrelay/relay"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/trust"
)

// trustFlags ask who wrote a message, and say what its bytes do not: how it
// came. Without a peer it is weighed as one that was fetched.
type trustFlags struct {
	Trust    bool       `help:"Ask DNS whether the message comes from whom it names."`
	Peer     netip.Addr `help:"With --trust: the address of the host that handed it in." placeholder:"IP"`
	Helo     string     `help:"With --trust: what that host called itself." placeholder:"HOST"`
	MailFrom string     `help:"With --trust: the envelope sender." placeholder:"A"`
}

// trustView is whether a message is from its author, and the methods that tell.
type trustView struct {
	Verdict string `json:"verdict"` // proven, unprovable, failed or unknown
	Reason  string `json:"reason"`
}

// checker weighs messages as `serve` does with this configuration, or with DNS
// alone where there is none; nil if nobody wants to know.
func (f *trustFlags) checker(m *Main) (*trust.Checker, error) {
	if !f.Trust {
		if f.Peer.IsValid() || f.Helo != "" || f.MailFrom != "" {
			return nil, errors.New("--peer, --helo and --mail-from say how a message came: add --trust")
		}
		return nil, nil
	}
	if !m.configured() {
		return &trust.Checker{Now: m.Now}, nil
	}
	c, err := m.config()
	if err != nil {
		return nil, err
	}
	return &trust.Checker{Trusted: c.trusted(), AuthservID: c.IMAP.AuthservID, Resolver: c.resolver(), Now: m.Now}, nil
}

// weigh gives an opinion on a message.
func (f *trustFlags) weigh(ctx context.Context, c *trust.Checker, spool *relay.Spool, h message.Header) *trustView {
	var from string
	if list := message.ParseAddressList(strings.Join(h.All("From"), ", ")); len(list) == 1 {
		from, _ = mask.Canonical(list[0].Addr)
	}
	o := c.Check(ctx, trust.Evidence{
		Domain: from[strings.LastIndexByte(from, '@')+1:], PeerIP: f.Peer, Helo: f.Helo, MailFrom: f.MailFrom,
		Header: h, Message: spool.Reader(),
	})
	return &trustView{o.Verdict.String(), o.Reason}
}
