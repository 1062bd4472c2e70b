package storage

import (
	"context"
	"io"
	"time"

	"gorm.io/gorm"
)

// A Hold is a message that waits, with its bytes, until somebody has decided
// about it. Once that is done the bytes go, and the facts stay for a while.
type Hold struct {
	ID         int64
	Kind       string // HoldUnproven or HoldAddress
	State      string // HoldWaiting, HoldReleased, HoldRefused or HoldExpired
	Question   int64  // what was asked about it: one answer decides all holds of a question
	PairID     int64
	WriterID   int64  // the person it seems to be from
	Token      string // of the mask it was written to
	Address    string // its author's, canonical
	Door       string
	MailFrom   string
	Receipt    []byte // the key under which it was taken
	ReceivedAt time.Time
	ExpiresAt  time.Time
	SettledAt  time.Time // zero while it waits
	Body       int64
	Size       int64 // octets
}

// Why a message is held.
const (
	HoldUnproven = "unproven" // nothing proves that it is from the person
	HoldAddress  = "address"  // it is proven to be from an address that may be the person's
)

// The states of a hold.
const (
	HoldWaiting  = "waiting"
	HoldReleased = "released"
	HoldRefused  = "refused"
	HoldExpired  = "expired"
)

// A Holding is a message to be held.
type Holding struct {
	Hold Hold
	Body *Body
}

func (h *Holding) insert(tx *gorm.DB) error {
	row := h.Hold
	row.ID, row.State, row.Body, row.Size = 0, HoldWaiting, h.Body.id, h.Body.Size()
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return h.Body.attach(tx)
}

// Settled is the change that decides about a hold; if that was done before,
// the whole acceptance counts as received before.
type Settled struct {
	ID    int64
	State string
	At    time.Time
}

func (c Settled) apply(tx *gorm.DB) error {
	var h Hold
	if err := first(tx.Select("id", "body").Where("id = ? AND state = ?", c.ID, HoldWaiting), &h); err != nil {
		return unless(err, ErrNotFound, errStale)
	}
	settled := map[string]any{"state": c.State, "settled_at": c.At}
	if err := changed(tx.Model(&h).Where("state = ?", HoldWaiting).Updates(settled)); err != nil {
		return unless(err, ErrNotFound, errStale)
	}
	return deleteBody(tx, h.Body)
}

// OpenHold returns the bytes of a hold that waits.
func (s *Storage) OpenHold(ctx context.Context, h *Hold) io.Reader {
	return &bodyReader{s: s, ctx: ctx, id: h.Body, left: h.Size}
}

// HoldByID finds a hold.
func (s *Storage) HoldByID(ctx context.Context, id int64) (*Hold, error) {
	var h Hold
	return &h, first(s.read.WithContext(ctx).Where("id = ?", id), &h)
}

// Holds lists the holds in one of the states, oldest first, or all if none
// is named.
func (s *Storage) Holds(ctx context.Context, states ...string) ([]Hold, error) {
	var list []Hold
	tx := s.read.WithContext(ctx)
	if len(states) > 0 {
		tx = tx.Where("state IN ?", states)
	}
	return list, tx.Order("id").Find(&list).Error
}

// HoldsOf lists the holds of a question, oldest first.
func (s *Storage) HoldsOf(ctx context.Context, question int64) ([]Hold, error) {
	var list []Hold
	return list, s.read.WithContext(ctx).Where("question = ?", question).Order("id").Find(&list).Error
}

// ExpireHolds gives up the holds that waited until now, and tells how many.
func (s *Storage) ExpireHolds(ctx context.Context, now time.Time) (expired int, err error) {
	var due []Hold
	err = s.read.WithContext(ctx).Select("id").Where("state = 'waiting' AND expires_at <= ?", now).Find(&due).Error
	for _, h := range due {
		if err != nil {
			return expired, err
		}
		var fresh bool
		fresh, err = s.Accept(ctx, &Acceptance{At: now, Changes: []Change{Settled{h.ID, HoldExpired, now}}})
		if fresh {
			expired++
		}
	}
	return expired, err
}

// ForgetHolds removes the facts of the holds that were settled before until.
func (s *Storage) ForgetHolds(ctx context.Context, until time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM hold WHERE state <> 'waiting' AND settled_at < ?", until).Error
	})
}
