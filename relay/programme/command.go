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

// Receive obeys the command that a person sends to the service, or tells them
// what there is.
func (d *Desk) Receive(ctx context.Context, _ string, p relay.Post) error {
	text, err := p.Text()
	if err != nil {
		return err
	}
	words := text.New()
	if words == "" { // as mail clients unsubscribe
		words = message.DecodeHeader(p.Header.Get("Subject"))
	}
	command, rest := d.command(words)
	pairs, err := d.Store.PairsOf(ctx, p.Author.ID)
	if err != nil {
		return fmt.Errorf("finding a person's pairs: %w", err)
	}
	action := actions[command]
	if action == "" || len(pairs) == 0 {
		return d.settle(ctx, command, p)
	}
	named, err := d.named(ctx, pairs, rest, p)
	if err != nil {
		return err
	}
	return d.stop(ctx, named, action, p)
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
	command, rest := d.command(text.New())
	if actions[command] == "" || rest != "" {
		return false, nil
	}
	pairs, err := d.Store.PairsOf(ctx, p.Author.ID)
	if err != nil {
		return false, fmt.Errorf("finding a person's pairs: %w", err)
	}
	pairs = slices.DeleteFunc(pairs, func(x storage.Pair) bool { return x.ID != route.Pair.ID })
	return true, d.stop(ctx, pairs, actions[command], p)
}

// longestCommand is how long a letter to the other may be, in octets, to be a
// command and nothing else.
const longestCommand = 200

// command reads the first word of a text, and what follows it.
func (d *Desk) command(text string) (command, rest string) {
	line, more, _ := strings.Cut(strings.TrimSpace(text), "\n")
	first, behind, _ := strings.Cut(line, " ")
	return d.Notices.Words.Command(relay.Bare(first)), strings.TrimSpace(behind + "\n" + more)
}

// named finds which pairs a command means: the one with the person it names,
// or in which it answers a letter, or else all that go on, or the last. That may stop more
// than was meant, which the coordinator can mend; the other way round would
// not stop what had to be.
func (d *Desk) named(ctx context.Context, pairs []storage.Pair, rest string, p relay.Post) ([]storage.Pair, error) {
	name := relay.FirstWord(rest)
	for i, pair := range pairs {
		_, other := sides(&pair, p.Author.ID)
		if name != "" && strings.EqualFold(notice.FirstName(other.Name), name) {
			return pairs[i : i+1], nil
		}
	}
	ids := append(message.ParseMessageIDs(p.Header.Get("In-Reply-To")), message.ParseMessageIDs(p.Header.Get("References"))...)
	for i, pair := range pairs {
		ok, err := d.Store.Received(ctx, pair.ID, p.Author.ID, ids)
		if err != nil {
			return nil, fmt.Errorf("looking up what is answered: %w", err)
		}
		if ok {
			return pairs[i : i+1], nil
		}
	}
	if going := slices.DeleteFunc(slices.Clone(pairs), func(p storage.Pair) bool { return !live(&p) }); len(going) > 0 {
		return going, nil
	}
	return pairs[len(pairs)-1:], nil
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
		if live(pair) {
			a.Changes = append(a.Changes, storage.PairMoved{ID: pair.ID, From: pair.State, To: storage.PairPaused})
		}
		a.Changes = append(a.Changes,
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

// settle does what a person wishes for themselves, and confirms it, or tells
// what there is to write.
func (d *Desk) settle(ctx context.Context, command string, p relay.Post) error {
	programme, err := d.Store.ProgrammeOf(ctx, p.Author.ID)
	if err != nil {
		return fmt.Errorf("finding a person's programme: %w", err)
	}
	a := &storage.Acceptance{Key: p.Key, At: d.Now()}
	kind, occasion, id := notice.Help, "", p.Author.ID
	switch command {
	case "pause":
		kind, a.Changes = notice.Paused, []storage.Change{storage.PersonMoved{ID: id, From: storage.PersonActive, To: storage.PersonPaused}}
	case "resume":
		kind, a.Changes = notice.Resumed, []storage.Change{
			storage.PersonMoved{ID: id, From: storage.PersonPaused, To: storage.PersonActive},
			storage.PersonMoved{ID: id, From: storage.PersonSuspended, To: storage.PersonActive},
			storage.PersonMuted{ID: id, Muted: false},
		}
	case "stop":
		kind, a.Changes = notice.Muted, []storage.Change{storage.PersonMuted{ID: id, Muted: true}}
	}
	if kind != notice.Help {
		occasion = fmt.Sprintf(" %x", p.Key) // each time it is asked for
	}
	out, err := d.Notices.Compose(ctx, kind, notice.Subject{
		To: p.Author, Programme: programme, Occasion: occasion, Data: map[string]any{"Help": d.help()},
	})
	if err != nil {
		return err
	}
	a.Mails = []storage.Outgoing{out}
	_, err = d.Store.Accept(ctx, a)
	return err
}
