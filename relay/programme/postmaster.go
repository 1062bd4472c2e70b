package programme

import (
	"context"
	"fmt"
	"strings"

	"mentorrelay/parser/message"
	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// handOn has the coordinators read what somebody wrote to the postmaster.
func (d *Desk) handOn(ctx context.Context, name string, p relay.Post) error {
	programmes, err := d.Store.Programmes(ctx)
	if err != nil {
		return fmt.Errorf("finding who reads the postmaster's mail: %w", err)
	}
	text, err := p.Text()
	if err != nil {
		return err
	}
	words := message.DecodeHeader(p.Header.Get("Subject"))
	if body := strings.TrimSpace(text.New()); body != "" {
		words += "\n\n" + body
	}
	a := &storage.Acceptance{Key: p.Key, At: d.Now()}
	told := map[string]bool{"": true} // a programme need not have a coordinator
	for i := range programmes {
		programme := &programmes[i]
		if told[programme.Coordinator] {
			continue
		}
		told[programme.Coordinator] = true
		out, err := d.Notices.Compose(ctx, notice.CoordinatorPost, notice.Subject{
			To: notice.Coordinator(programme), Programme: programme, ReplyTo: p.From, Occasion: fmt.Sprintf(" %d %x", programme.ID, p.Key),
			Data: map[string]any{"Address": d.Notices.Scheme.Service(name), "Author": p.From, "Lines": quoted(words)},
		})
		if err != nil {
			return err
		}
		a.Mails = append(a.Mails, out)
	}
	if len(a.Mails) == 0 {
		return errNobodyReads
	}
	_, err = d.Store.Accept(ctx, a)
	return err
}

// errNobodyReads is the answer to mail for the postmaster where no programme has
// a coordinator.
var errNobodyReads = &relay.Refusal{Code: 550, Status: [3]int{5, 2, 1}, Text: "Nobody reads this mailbox"}
