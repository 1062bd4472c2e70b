package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A Delivery is one mail to one recipient: a row of the outbox. When it is
// done its bytes and the recipient's address go, and the facts stay.
type Delivery struct {
	ID        int64
	Kind      string // DeliveryRelay, DeliveryNotice
	MessageID int64  // the message it relays; 0 for service mail
	SenderID  int64  // the person to tell if it fails; 0 for nobody
	PersonID  int64  // the person it is for; 0 for a coordinator
	PairID    int64  // 0 for none
	Recipient string // the address to send to; empty once done
	State     string
	Attempts  int64     // begun so far, each recorded before it dials
	Owner     string    // the instance that has it in hand, or empty
	NextAt    time.Time // when to try next, if this attempt says nothing else
	CreatedAt time.Time
	Status    string // the last answer's codes, as in "451 4.3.0"
	Body      int64
	Size      int64 // octets

	bytes []byte // the body, where it is still in memory
}

// The kinds of mail.
const (
	DeliveryRelay  = "relay"
	DeliveryNotice = "notice"
)

// The states of a delivery.
const (
	DeliveryQueued  = "queued"
	DeliverySent    = "sent"
	DeliveryFailed  = "failed"
	DeliveryDropped = "dropped" // by the operator
)

// An Outgoing is a mail to be queued.
type Outgoing struct {
	Delivery Delivery
	Body     *Body
	Once     *Notice // queue it only if this notice was not yet given; nil: always
}

// An Acceptance is what one message leaves behind, all at once.
type Acceptance struct {
	Key     []byte // of the receipt; nil for mail of our own
	At      time.Time
	Message *Message // nil if it is not a letter of a pair
	Asks    []Ask    // in the message
	Mails   []Outgoing
	Hold    *Holding // nil if it is not held
	Changes []Change
}

// bodies are all that the acceptance would have stored.
func (a *Acceptance) bodies() []*Body {
	var list []*Body
	for _, m := range a.Mails {
		list = append(list, m.Body)
	}
	if a.Hold != nil {
		list = append(list, a.Hold.Body)
	}
	return list
}

// Accept stores an acceptance in one transaction and returns once it is
// durable. It tells whether the key was new; if not, nothing is stored. The
// bodies that are not stored are discarded.
func (s *Storage) Accept(ctx context.Context, a *Acceptance) (fresh bool, err error) {
	feed := s.feed.reserve(len(a.Mails))
	var queued []*Delivery
	err = s.write(ctx, func(tx *gorm.DB) error {
		queued = queued[:0]
		if fresh, err = receive(tx, a); err != nil || !fresh {
			return err
		}
		queued, err = enqueue(tx, a, feed)
		return err
	})
	if errors.Is(err, errStale) {
		fresh, err = false, nil
	}
	if err != nil || !fresh {
		feed.fail(queued)
		for _, b := range a.bodies() {
			err = errors.Join(err, b.Discard(context.WithoutCancel(ctx)))
		}
		return false, err
	}
	feed.hand(queued)
	return true, nil
}

func receive(tx *gorm.DB, a *Acceptance) (fresh bool, err error) {
	if a.Key != nil {
		r := tx.Exec("INSERT INTO receipt (at, key) VALUES (?, ?) ON CONFLICT DO NOTHING", a.At, a.Key)
		if r.Error != nil || r.RowsAffected == 0 {
			return false, r.Error
		}
	}
	if a.Message != nil {
		if err := a.Message.insert(tx); err != nil {
			return false, err
		}
		if err := a.Message.insertAsks(tx, a.Asks); err != nil {
			return false, err
		}
	}
	if a.Hold != nil {
		if err := a.Hold.insert(tx); err != nil {
			return false, err
		}
	}
	for _, c := range a.Changes {
		if err := c.apply(tx); err != nil {
			return false, err
		}
	}
	return true, nil
}

// enqueue inserts the mails, those that the feed has room for as already in
// its owner's hand: that saves claiming them and reading their bytes back.
func enqueue(tx *gorm.DB, a *Acceptance, feed *reservation) (queued []*Delivery, err error) {
	for i := range a.Mails {
		m := &a.Mails[i]
		if m.Once != nil {
			r := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(m.Once)
			if r.Error != nil {
				return nil, r.Error
			}
			if r.RowsAffected == 0 {
				if err := m.Body.discard(tx); err != nil {
					return nil, err
				}
				continue
			}
		}
		d := m.Delivery
		d.ID, d.State, d.Attempts, d.Owner = 0, DeliveryQueued, 0, ""
		d.CreatedAt, d.NextAt = a.At, a.At
		d.Body, d.Size, d.bytes = m.Body.id, m.Body.Size(), m.Body.small()
		if a.Message != nil && d.Kind == DeliveryRelay {
			d.MessageID = a.Message.ID
		}
		feed.claim(&d, len(queued))
		queued = append(queued, &d)
		if err := d.insert(tx); err != nil {
			return queued, err
		}
		if err := m.Body.attach(tx); err != nil {
			return queued, err
		}
	}
	return queued, nil
}

func (d *Delivery) insert(tx *gorm.DB) error {
	return tx.Raw(`INSERT INTO delivery (kind, message_id, sender_id, person_id, pair_id, recipient, state, attempts, owner, next_at, created_at, status, body, size)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		d.Kind, d.MessageID, d.SenderID, d.PersonID, d.PairID, d.Recipient, d.State, d.Attempts, d.Owner, d.NextAt, d.CreatedAt, d.Status, d.Body, d.Size).
		Row().Scan(&d.ID)
}

// Open returns the bytes of a delivery in hand.
func (s *Storage) Open(ctx context.Context, d *Delivery) io.Reader {
	if d.bytes != nil {
		return bytes.NewReader(d.bytes)
	}
	return &bodyReader{s: s, ctx: ctx, id: d.Body, left: d.Size}
}

// Claim gives up to limit queued deliveries that are due into owner's hand,
// and records for each the attempt that is about to begin and when to try
// again after it. Claims of several instances pass each other.
func (s *Storage) Claim(ctx context.Context, owner string, now time.Time, limit int, backoff func(attempts int64) time.Duration) ([]Delivery, error) {
	var claimed []Delivery
	doubtful := s.feed.takeDoubtful()
	err := s.write(ctx, func(tx *gorm.DB) error {
		claimed = nil
		if len(doubtful) > 0 {
			back := map[string]any{"owner": "", "next_at": now}
			if err := tx.Model(&Delivery{}).Where("owner <> '' AND owner = ? AND body IN ?", owner, doubtful).Updates(back).Error; err != nil {
				return err
			}
		}
		if err := due(tx, now, limit).Find(&claimed).Error; err != nil {
			return err
		}
		for i := range claimed {
			d := &claimed[i]
			d.Attempts++
			d.Owner, d.NextAt = owner, now.Add(backoff(d.Attempts))
			if err := tx.Model(d).Select("attempts", "owner", "next_at").Updates(d).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.feed.doubt(doubtful...)
		return nil, err
	}
	return claimed, nil
}

// due finds what may be claimed, without waiting for those that another
// instance is just claiming: on SQLite there are none.
func due(tx *gorm.DB, now time.Time, limit int) *gorm.DB {
	return tx.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
		Where("state = 'queued' AND owner = '' AND next_at <= ?", now).Order("next_at").Limit(limit)
}

// An Outcome is how an attempt ended.
type Outcome struct {
	Delivery *Delivery
	State    string     // DeliveryQueued: to be tried again at the delivery's NextAt
	Status   string     // the answer's codes
	Mails    []Outgoing // what is to be said about it
	Changes  []Change   // what follows from it
	At       time.Time
}

// Finish stores the outcome of a delivery in hand; ErrNotFound where it is in
// this hand no longer, or anew. After an error the bodies stay, so that the
// same outcome can be stored later.
func (s *Storage) Finish(ctx context.Context, o *Outcome) error {
	feed := s.feed.reserve(len(o.Mails))
	var queued []*Delivery
	err := s.write(ctx, func(tx *gorm.DB) (err error) {
		queued = queued[:0]
		if err := o.settle(tx); err != nil {
			return err
		}
		for _, c := range o.Changes {
			if err := c.apply(tx); err != nil && !errors.Is(err, errStale) {
				return err
			}
		}
		queued, err = enqueue(tx, &Acceptance{At: o.At, Mails: o.Mails}, feed)
		return err
	})
	if err == nil || errors.Is(err, ErrNotFound) {
		s.journal.settled(o.Delivery.ID)
	}
	if err != nil {
		feed.fail(queued)
		return err
	}
	feed.hand(queued)
	return nil
}

// settle updates the delivery, if it is still in hand from the same attempt.
// It is found by its id: a planner that believes a hand to be empty would
// rather go through all that is in it, but for the || ”.
func (o *Outcome) settle(tx *gorm.DB) error {
	d, recipient := o.Delivery, o.Delivery.Recipient
	if d.Owner == "" {
		return ErrNotFound
	}
	if o.State != DeliveryQueued {
		recipient = ""
		if err := deleteBody(tx, d.Body); err != nil {
			return err
		}
	}
	return changed(tx.Exec("UPDATE delivery SET state = ?, status = ?, owner = '', recipient = ?, next_at = ? WHERE id = ? AND attempts = ? AND owner || '' = ?",
		o.State, o.Status, recipient, d.NextAt, d.ID, d.Attempts, d.Owner))
}

// Deliveries lists deliveries, newest last: those in one of the states, or
// all if none is named.
func (s *Storage) Deliveries(ctx context.Context, states ...string) ([]Delivery, error) {
	var list []Delivery
	tx := s.read.WithContext(ctx)
	if len(states) > 0 {
		tx = tx.Where("state IN ?", states)
	}
	return list, tx.Order("id").Find(&list).Error
}

// DeliveryByID finds a delivery.
func (s *Storage) DeliveryByID(ctx context.Context, id int64) (*Delivery, error) {
	var d Delivery
	return &d, first(s.read.WithContext(ctx).Where("id = ?", id), &d)
}

// RetryDelivery makes a queued delivery due at once; ErrNotFound if it is not
// queued, or just being sent.
func (s *Storage) RetryDelivery(ctx context.Context, id int64, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Model(&Delivery{}).Where("id = ? AND state = ? AND owner = ''", id, DeliveryQueued).Update("next_at", now))
	})
}

// DropDelivery gives a queued delivery up without telling anybody;
// ErrNotFound if it is not queued, or just being sent.
func (s *Storage) DropDelivery(ctx context.Context, id int64) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		var body int64
		err := tx.Raw("UPDATE delivery SET state = ?, recipient = '' WHERE id = ? AND state = 'queued' AND owner = '' RETURNING body", DeliveryDropped, id).
			Row().Scan(&body)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		return deleteBody(tx, body)
	})
}
