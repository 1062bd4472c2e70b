//go:build linux

package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// lay puts a message into the provider's mailbox, with what providers write.
func (p *player) lay(message []byte) error {
	if p.box == nil {
		p.box = p.boxes.inbox(p.t, catchAll)
	}
	p.sent++
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <%s>\r\n", p.from)
	for _, to := range p.to {
		fmt.Fprintf(&b, "Delivered-To: %s\r\n", to)
	}
	fmt.Fprintf(&b, "X-Dialogue: %s\r\n", p.mark())
	if p.provider != "" {
		fmt.Fprintf(&b, "Authentication-Results: %s; %s\r\n", provider, p.provider)
		p.provider = ""
	}
	b.Write(message)
	put := p.box.client.Append("INBOX", int64(b.Len()), nil)
	_, err := put.Write(b.Bytes())
	if err := errors.Join(err, put.Close()); err != nil {
		return err
	}
	data, err := put.Wait()
	if err == nil && data.UID == 0 {
		err = errors.New("the server does not say under which UID")
	}
	if err == nil {
		p.uid = data.UID
	}
	return err
}

// mark tells a message in the mailbox from all others.
func (p *player) mark() string { return fmt.Sprintf("%s-%d", p.run.tag, p.sent) }

// endsUp waits until the relay has dealt with the message in the mailbox, and
// looks where it is.
func (p *player) endsUp(folder string) error {
	if p.run.door != "imap" {
		return nil
	}
	if folder == "INBOX" {
		eventually(p.t, "the message to be put off", func() bool { return p.logged("a message is put off") })
		if n := p.search("INBOX", &imap.SearchCriteria{UID: []imap.UIDSet{imap.UIDSetNum(p.uid)}}); n != 1 {
			return errors.New("it is not there")
		}
		return nil
	}
	eventually(p.t, "the message to be taken", func() bool {
		return p.search("INBOX", &imap.SearchCriteria{UID: []imap.UIDSet{imap.UIDSetNum(p.uid)}}) == 0
	})
	marked := &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "X-Dialogue", Value: p.mark()}}}
	if n := p.search(folder, marked); n != 1 {
		for _, other := range []string{"Relayed", "Refused"} {
			if p.search(other, marked) > 0 {
				return fmt.Errorf("it is in %s", other)
			}
		}
		return errors.New("it is nowhere")
	}
	_, err := p.box.client.Select("INBOX", nil).Wait()
	return err
}

// logged tells whether a line of the log that names the message in the mailbox
// says something.
func (p *player) logged(words string) bool {
	for line := range strings.Lines(p.serve.out.String()) {
		if strings.Contains(line, words) && strings.Contains(strings.TrimSpace(line)+" ", fmt.Sprintf(" uid=%d ", p.uid)) {
			return true
		}
	}
	return false
}

// search counts the messages of a folder.
func (p *player) search(folder string, criteria *imap.SearchCriteria) int {
	p.t.Helper()
	if m := p.box.client.Mailbox(); m == nil || m.Name != folder {
		if _, err := p.box.client.Select(folder, nil).Wait(); err != nil {
			return 0 // there is none yet
		}
	}
	p.box.must(p.box.client.Noop().Wait())
	found, err := p.box.client.UIDSearch(criteria, nil).Wait()
	p.box.must(err)
	return len(found.AllUIDs())
}
