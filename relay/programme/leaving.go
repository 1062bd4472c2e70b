package programme

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// export mails a person all that is stored about them.
func (d *Desk) export(ctx context.Context, p relay.Post) error {
	programme, err := d.programmeOf(ctx, p.Author)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := d.Store.Export(ctx, p.Author.ID, storage.Naming{Mask: d.Notices.Scheme.Address, Other: notice.DisplayName}, &b); err != nil {
		return fmt.Errorf("exporting what is stored of a person: %w", err)
	}
	out, err := d.Notices.Compose(ctx, notice.Exported, notice.Subject{
		To: p.Author, Programme: programme, Occasion: fmt.Sprintf(" %x", p.Key),
		Attach: []notice.Attachment{{Name: "export.json", Type: "application/json", Bytes: b.Bytes()}},
	})
	if err != nil {
		return err
	}
	_, err = d.Store.Accept(ctx, &storage.Acceptance{Key: p.Key, At: d.Now(), Mails: []storage.Outgoing{out}})
	return err
}

// forget deletes what identifies a person who confirmed that they want it, and
// tells the others of their pairs.
func (d *Desk) forget(ctx context.Context, person *storage.Person) error {
	programme, err := d.programmeOf(ctx, person)
	if err != nil {
		return err
	}
	bye, err := d.Notices.Compose(ctx, notice.Goodbye, notice.Subject{To: person, Programme: programme})
	if err != nil {
		return err
	}
	bye.Once = nil // nothing more is noted about them
	a := &storage.Acceptance{At: d.Now(), Mails: []storage.Outgoing{bye}}
	told, err := d.tellLeft(ctx, person)
	if err != nil {
		return err
	}
	a.Mails = append(a.Mails, told...)
	return d.erase(ctx, person.ID, a)
}

// tellLeft writes to the others of a person's pairs that the person has left.
func (d *Desk) tellLeft(ctx context.Context, person *storage.Person) ([]storage.Outgoing, error) {
	pairs, err := d.pairsOf(ctx, person.ID)
	if err != nil {
		return nil, err
	}
	var mails []storage.Outgoing
	for i := range pairs {
		pair := &pairs[i]
		if !live(pair) || pair.State == storage.PairInvited {
			continue
		}
		programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
		if err != nil {
			return nil, fmt.Errorf("finding a pair's programme: %w", err)
		}
		_, to := sides(pair, person.ID)
		out, err := d.Notices.Compose(ctx, notice.Forgotten, notice.Subject{To: to, Other: person, Programme: programme, PairID: pair.ID})
		if err != nil {
			return nil, err
		}
		mails = append(mails, out)
	}
	return mails, nil
}

// Leave forgets a person at the coordinator's word, and tells the others of
// their pairs.
func (d *Desk) Leave(ctx context.Context, person *storage.Person) error {
	told, err := d.tellLeft(ctx, person)
	if err != nil {
		return err
	}
	return d.erase(ctx, person.ID, &storage.Acceptance{At: d.Now(), Mails: told})
}

// erase deletes what identifies a person: at once what tells who they are, with
// the mails that tell of it. The rest goes an hour later, when these mails have
// left.
func (d *Desk) erase(ctx context.Context, personID int64, a *storage.Acceptance) error {
	a.Changes = append(a.Changes, storage.Forgotten{ID: personID, At: d.Now()})
	if _, err := d.Store.Accept(ctx, a); err != nil {
		return fmt.Errorf("forgetting a person: %w", err)
	}
	return nil
}

// sweep deletes the rest of what is stored about a person who was forgotten.
func (d *Desk) sweep(ctx context.Context, personID int64) error {
	if _, err := d.Store.Forget(ctx, personID, d.Now()); err != nil && !errors.Is(err, storage.ErrNotFound) {
		return fmt.Errorf("forgetting a person: %w", err)
	}
	d.Log.InfoContext(ctx, "a person was forgotten", "person", personID)
	return nil
}
