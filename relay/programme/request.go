package programme

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mentorrelay/relay"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// What a request is for.
const (
	requestEnd      = "end"      // of a pair, by one of it
	requestForget   = "forget"   // of a person
	requestExchange = "exchange" // of the real addresses of a pair that has ended
	requestOrders   = "orders"   // the coordinator was shown pairs, and may name one
	requestCheck    = "check"    // by the coordinator, and so are those below
	requestPause    = "pause"
	requestRematch  = "rematch"
)

// requestLife is how long a yes counts.
const requestLife = 14 * 24 * time.Hour

// ordersLife is how long a coordinator may answer a summary.
const ordersLife = 60 * 24 * time.Hour

// newRequest begins a request of somebody, nil for the coordinator.
func (d *Desk) newRequest(action string, programme *storage.Programme, person *storage.Person, pairs ...int64) storage.Request {
	r := storage.NewRequest()
	r.Action, r.ProgrammeID, r.Pairs, r.AskedAt, r.ExpiresAt = action, programme.ID, append([]int64{}, pairs...), d.Now(), d.Now().Add(requestLife)
	if person != nil {
		r.PersonID = person.ID
	}
	if action == requestOrders {
		r.ExpiresAt = d.Now().Add(ordersLife)
	}
	return r
}

// askYes asks somebody to confirm a request.
func (d *Desk) askYes(ctx context.Context, p relay.Post, to *storage.Person, r storage.Request, kind notice.Kind, data map[string]any) error {
	programme, err := d.Store.ProgrammeByID(ctx, r.ProgrammeID)
	if err != nil {
		return fmt.Errorf("finding a request's programme: %w", err)
	}
	out, err := d.Notices.Compose(ctx, kind, notice.Subject{
		To: to, Programme: programme, ReplyTo: d.Notices.Scheme.Request(r.ID, d.Now()), Occasion: fmt.Sprintf(" %x", p.Key), Data: data,
	})
	if err != nil {
		return err
	}
	_, err = d.Store.Accept(ctx, &storage.Acceptance{Key: p.Key, At: d.Now(), Mails: []storage.Outgoing{out}, Changes: []storage.Change{r}})
	return err
}

// askEnd asks who wrote END whether a pair shall end.
func (d *Desk) askEnd(ctx context.Context, o order, p relay.Post) error {
	pairs, err := d.pairsOf(ctx, p.Author.ID)
	if err != nil {
		return err
	}
	pairs = slices.DeleteFunc(pairs, func(x storage.Pair) bool { return !live(&x) })
	if len(pairs) == 0 {
		return d.confirm(ctx, p, notice.Help, nil)
	}
	if len(pairs) > 1 {
		if pairs, err = d.named(ctx, pairs, o.behind, p); err != nil {
			return err
		}
	}
	if len(pairs) > 1 {
		return d.confirm(ctx, p, notice.WhichPair, nil)
	}
	_, other := sides(&pairs[0], p.Author.ID)
	programme, err := d.Store.ProgrammeByID(ctx, pairs[0].ProgrammeID)
	if err != nil {
		return fmt.Errorf("finding a pair's programme: %w", err)
	}
	r := d.newRequest(requestEnd, programme, p.Author, pairs[0].ID)
	return d.askYes(ctx, p, p.Author, r, notice.ConfirmEnd, map[string]any{"Other": notice.DisplayName(other, programme)})
}

// askForget asks who wrote FORGET whether they mean it.
func (d *Desk) askForget(ctx context.Context, p relay.Post) error {
	programme, err := d.programmeOf(ctx, p.Author)
	if err != nil {
		return err
	}
	return d.askYes(ctx, p, p.Author, d.newRequest(requestForget, programme, p.Author), notice.ConfirmForget, nil)
}

// Confirmed does what is confirmed, or what a coordinator orders, if the reply
// comes from who was asked.
func (d *Desk) Confirmed(ctx context.Context, number int64, p relay.Post) error {
	r, err := d.Store.RequestByID(ctx, number)
	if errors.Is(err, storage.ErrNotFound) {
		return nil // forgotten long ago
	}
	if err != nil {
		return fmt.Errorf("finding a request: %w", err)
	}
	asked, err := d.asked(ctx, r)
	if err != nil {
		return err
	}
	if p.From == "" || !slices.ContainsFunc(asked.Addresses, func(a storage.Address) bool { return a.Canonical == p.From }) {
		return errOthers
	}
	o, err := d.order(p)
	if err != nil {
		return err
	}
	p.Author = asked
	over := r.State != storage.RequestAsked || d.Now().After(r.ExpiresAt)
	switch {
	case r.Action == requestOrders:
		return d.obeyCoordinator(ctx, r, o, p)
	case o.command != "" && o.command != "yes" && o.command != "no" && r.PersonID != 0:
		return d.obey(ctx, o, p)
	case o.command == "" && r.PersonID != 0: // somebody is to read it
		return d.guide(ctx, o, p)
	case over && o.command == "yes" && r.State == storage.RequestAsked && r.PersonID != 0 && r.Action != requestExchange,
		r.Action == requestForget && r.State == storage.RequestAsked && o.command == "yes" && len(strings.Fields(o.behind)) > 2:
		return d.obey(ctx, order{command: r.Action}, p) // too late, or a yes with a but: asked once more
	case over && r.Action != requestExchange || o.command == "":
		d.Log.InfoContext(ctx, "a reply to a request settles nothing", "action", r.Action, "over", over)
		return nil
	case o.command == "no" && r.Action != requestExchange:
		_, err := d.Store.Accept(ctx, &storage.Acceptance{Key: p.Key, At: d.Now(), Changes: []storage.Change{storage.RequestSettled{ID: r.ID}}})
		return err
	}
	return d.carryOut(ctx, r, o, p)
}

// asked is who is to confirm a request.
func (d *Desk) asked(ctx context.Context, r *storage.Request) (*storage.Person, error) {
	if r.PersonID != 0 {
		person, err := d.Store.PersonByID(ctx, r.PersonID)
		if err != nil {
			return nil, fmt.Errorf("finding who was asked: %w", err)
		}
		return person, nil
	}
	programme, err := d.Store.ProgrammeByID(ctx, r.ProgrammeID)
	if err != nil {
		return nil, fmt.Errorf("finding a request's programme: %w", err)
	}
	coordinator := notice.Coordinator(programme)
	coordinator.Addresses[0].Canonical, _ = mask.Canonical(programme.Coordinator)
	return coordinator, nil
}

// carryOut does what was confirmed.
func (d *Desk) carryOut(ctx context.Context, r *storage.Request, o order, p relay.Post) error {
	settled := storage.RequestSettled{ID: r.ID}
	if r.Action == requestForget {
		return d.forget(ctx, p.Author)
	}
	if len(r.Pairs) == 0 {
		return nil
	}
	pair, err := d.Store.PairByID(ctx, r.Pairs[0])
	if err != nil {
		return fmt.Errorf("finding a request's pair: %w", err)
	}
	a := &storage.Acceptance{Key: p.Key, At: d.Now(), Changes: []storage.Change{settled}}
	switch r.Action {
	case requestExchange:
		return d.exchange(ctx, pair, o.command == "yes", p)
	case requestEnd, requestRematch:
		err = d.close(ctx, a, pair, r.Action == requestRematch)
	case requestPause:
		if pair.State != storage.PairActive { // it ended, or was stopped, meanwhile
			break
		}
		a.Changes = append(a.Changes, storage.PairMoved{ID: pair.ID, From: storage.PairActive, To: storage.PairPaused})
		err = d.tellBoth(ctx, a, pair, notice.OnHold)
	case requestCheck:
		if !live(pair) {
			break
		}
		err = d.tellBoth(ctx, a, pair, notice.CheckIn)
	}
	if err != nil {
		return err
	}
	d.Log.InfoContext(ctx, "a request was carried out", "action", r.Action, "pair", pair.ID)
	fresh, err := d.Store.Accept(ctx, a)
	if err != nil || fresh {
		return err
	}
	if again, err := d.Store.RequestByID(ctx, r.ID); err == nil && again.State == storage.RequestAsked {
		return errors.New("a pair changed while what was confirmed of it was carried out") // tried again, as it is now
	}
	return nil
}

// tellBoth adds the same mail to both of a pair, whose answers go to the
// coordinator.
func (d *Desk) tellBoth(ctx context.Context, a *storage.Acceptance, pair *storage.Pair, kind notice.Kind) error {
	programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return fmt.Errorf("finding a pair's programme: %w", err)
	}
	for _, id := range []int64{pair.MentorID, pair.MenteeID} {
		to, other := sides(pair, id)
		if kind == notice.CheckIn && (to.Muted || to.State != storage.PersonActive) {
			continue
		}
		out, err := d.Notices.Compose(ctx, kind, notice.Subject{To: to, Other: other, Programme: programme, PairID: pair.ID, ReplyTo: programme.Coordinator})
		if err != nil {
			return err
		}
		a.Mails = append(a.Mails, out)
	}
	return nil
}

// orders are what a coordinator may write about a pair.
var orders = map[string]string{"check": requestCheck, "pause": requestPause, "rematch": requestRematch}

// obeyCoordinator asks whether an order such as PAUSE 2 is meant.
func (d *Desk) obeyCoordinator(ctx context.Context, r *storage.Request, o order, p relay.Post) error {
	n, err := strconv.Atoi(relay.FirstWord(o.behind))
	action := orders[o.command]
	if err != nil || n < 1 || n > len(r.Pairs) || action == "" || d.Now().After(r.ExpiresAt) {
		d.Log.InfoContext(ctx, "a coordinator's reply orders nothing", "command", o.command)
		return nil
	}
	pair, err := d.Store.PairByID(ctx, r.Pairs[n-1])
	if err != nil {
		return fmt.Errorf("finding a request's pair: %w", err)
	}
	programme, err := d.Store.ProgrammeByID(ctx, r.ProgrammeID)
	if err != nil {
		return fmt.Errorf("finding a request's programme: %w", err)
	}
	return d.askYes(ctx, p, p.Author, d.newRequest(action, programme, nil, pair.ID), notice.CoordinatorConfirm, map[string]any{
		"Action": action, "Mentor": pair.Mentor.Name, "Mentee": pair.Mentee.Name,
	})
}
