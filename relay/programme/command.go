package programme

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mentorrelay/parser/message"
	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// actions are the commands that stop a pair, and what is noted of them.
var actions = map[string]string{"report": storage.AuditReported, "block": storage.AuditBlocked}

// An order is what a person writes to the service: a command, and what follows
// it on its line and below.
type order struct {
	command string // its key, or empty
	behind  string
	below   string
	words   string // the whole text
}

// Receive obeys the command that a person sends to the service, or tells them
// what there is.
func (d *Desk) Receive(ctx context.Context, name string, p relay.Post) error {
	if d.Open(name) {
		return d.handOn(ctx, name, p)
	}
	o, err := d.order(p)
	if err != nil {
		return err
	}
	return d.obey(ctx, o, p)
}

// order reads what a person wrote: the text or, where there is none, the
// subject, as mail clients unsubscribe.
func (d *Desk) order(p relay.Post) (order, error) {
	text, err := p.Text()
	if err != nil {
		return order{}, err
	}
	if words := strings.TrimSpace(text.New()); words != "" {
		return d.read(words), nil
	}
	o := d.read(strings.TrimSpace(message.DecodeHeader(p.Header.Get("Subject"))))
	o.words = ""
	return o, nil
}

// read finds the command that a text begins with.
func (d *Desk) read(words string) order {
	line, below, _ := strings.Cut(words, "\n")
	first, behind, _ := strings.Cut(strings.TrimSpace(line), " ")
	return order{d.Notices.Words.Command(relay.Bare(first)), strings.TrimSpace(behind), strings.TrimSpace(below), words}
}

// obey does what a person orders.
func (d *Desk) obey(ctx context.Context, o order, p relay.Post) error {
	switch o.command {
	case "report", "block":
		return d.stopNamed(ctx, o, p)
	case "end":
		return d.askEnd(ctx, o, p)
	case "forget":
		return d.askForget(ctx, p)
	case "export":
		return d.export(ctx, p)
	case "why":
		return d.explain(ctx, p)
	case "pause":
		return d.pause(ctx, o, p)
	case "resume", "stop", "less", "tips":
		return d.settle(ctx, o.command, p)
	case "help":
		return d.confirm(ctx, p, notice.Help, nil)
	}
	return d.guide(ctx, o, p)
}

// Obeys stops a pair if a letter to the other says nothing but that: it was
// surely not meant for their eyes.
func (d *Desk) Obeys(ctx context.Context, route *storage.Route, p relay.Post) (bool, error) {
	text, err := p.Text()
	if err != nil {
		return false, err
	}
	if len(text.New()) > longestCommand {
		return false, nil
	}
	o := d.read(strings.TrimSpace(text.New()))
	if actions[o.command] == "" || o.behind+o.below != "" {
		return false, nil
	}
	pairs, err := d.pairsOf(ctx, p.Author.ID)
	if err != nil {
		return false, err
	}
	pairs = slices.DeleteFunc(pairs, func(x storage.Pair) bool { return x.ID != route.Pair.ID })
	return true, d.stop(ctx, pairs, actions[o.command], p)
}

// longestCommand is how long a letter to the other may be, in octets, to be a
// command and nothing else.
const longestCommand = 200

func (d *Desk) pairsOf(ctx context.Context, personID int64) ([]storage.Pair, error) {
	pairs, err := d.Store.PairsOf(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("finding a person's pairs: %w", err)
	}
	return pairs, nil
}

// stopNamed stops the pairs that an order means.
func (d *Desk) stopNamed(ctx context.Context, o order, p relay.Post) error {
	pairs, err := d.pairsOf(ctx, p.Author.ID)
	if err != nil {
		return err
	}
	if len(pairs) == 0 {
		return d.guide(ctx, o, p)
	}
	named, err := d.named(ctx, pairs, o.behind+" "+o.below, p)
	if err != nil {
		return err
	}
	return d.stop(ctx, named, actions[o.command], p)
}

// named finds which pairs a command means: those with whom it names, or with
// whom it answers a letter of, or else all; of these the ones that go on, or the
// last. That may stop more than was meant, which the coordinator can mend; the
// other way round would not stop what had to be.
func (d *Desk) named(ctx context.Context, pairs []storage.Pair, rest string, p relay.Post) ([]storage.Pair, error) {
	name := relay.FirstWord(rest)
	others := map[int64]bool{} // who is meant: there may be several pairs of the same two
	for i := range pairs {
		if _, other := sides(&pairs[i], p.Author.ID); name != "" && strings.EqualFold(notice.FirstName(other.Name), name) {
			others[other.ID] = true
		}
	}
	ids := append(message.ParseMessageIDs(p.Header.Get("In-Reply-To")), message.ParseMessageIDs(p.Header.Get("References"))...)
	for i := range pairs {
		if len(others) > 0 {
			break
		}
		ok, err := d.Store.Received(ctx, pairs[i].ID, p.Author.ID, ids)
		if err != nil {
			return nil, fmt.Errorf("looking up what is answered: %w", err)
		}
		if _, other := sides(&pairs[i], p.Author.ID); ok {
			others[other.ID] = true
		}
	}
	meant := slices.DeleteFunc(slices.Clone(pairs), func(x storage.Pair) bool {
		_, other := sides(&x, p.Author.ID)
		return len(others) > 0 && !others[other.ID]
	})
	if going := slices.DeleteFunc(slices.Clone(meant), func(x storage.Pair) bool { return !live(&x) }); len(going) > 0 {
		return going, nil
	}
	return meant[len(meant)-1:], nil
}

// stop stops pairs at once, and tells the author and the coordinator.
func (d *Desk) stop(ctx context.Context, pairs []storage.Pair, action string, p relay.Post) error {
	a := &storage.Acceptance{Key: p.Key, At: d.Now()}
	for i := range pairs {
		pair := &pairs[i]
		programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
		if err != nil {
			return fmt.Errorf("finding a pair's programme: %w", err)
		}
		author, other := sides(pair, p.Author.ID)
		a.Changes = append(a.Changes, storage.PairStopped{ID: pair.ID},
			storage.Audit{At: d.Now(), Action: action, PersonID: author.ID, PairID: pair.ID})
		out, err := d.Notices.Compose(ctx, notice.Stopped, notice.Subject{To: author, Other: other, Programme: programme, PairID: pair.ID, Occasion: " " + action})
		if err != nil {
			return err
		}
		told, err := d.tellCoordinator(ctx, notice.CoordinatorStopped, programme, author, map[string]any{
			"Other": other.Name, "Pair": pair.ID, "Action": action,
		})
		if err != nil {
			return err
		}
		a.Mails = append(append(a.Mails, out), told...)
		d.Log.WarnContext(ctx, "a pair was stopped by one of it", "pair", pair.ID, "action", action)
	}
	_, err := d.Store.Accept(ctx, a)
	return err
}
