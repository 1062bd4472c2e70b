package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// A Request is something that a person wishes and is to confirm, or what a
// coordinator was shown and may give orders about.
type Request struct {
	ID          int64 `gorm:"autoIncrement:false"` // random, since the mail that asks names it
	Action      string
	ProgrammeID int64
	PersonID    int64   // 0 for a coordinator
	Pairs       []int64 `gorm:"serializer:json"`
	State       string  // RequestAsked or RequestDone
	AskedAt     time.Time
	ExpiresAt   time.Time
}

// The states of a request.
const (
	RequestAsked = "asked"
	RequestDone  = "done"
)

// NewRequest returns a request with a number of its own.
func NewRequest() Request { return Request{ID: randomID(), State: RequestAsked} }

func (r Request) apply(tx *gorm.DB) error { return tx.Create(&r).Error }

// RequestSettled is the change that a request was confirmed; if it was before,
// the whole acceptance counts as received before.
type RequestSettled struct{ ID int64 }

func (c RequestSettled) apply(tx *gorm.DB) error {
	return unless(changed(tx.Model(&Request{}).Where("id = ? AND state = ?", c.ID, RequestAsked).Update("state", RequestDone)), ErrNotFound, errStale)
}

// RequestByID finds a request.
func (s *Storage) RequestByID(ctx context.Context, id int64) (*Request, error) {
	var r Request
	return &r, first(s.read.WithContext(ctx).Where("id = ?", id), &r)
}

// RequestsOf lists the requests of a person for an action, oldest first.
func (s *Storage) RequestsOf(ctx context.Context, personID int64, action string) ([]Request, error) {
	var list []Request
	return list, s.read.WithContext(ctx).Where("person_id = ? AND action = ?", personID, action).Order("asked_at, id").Find(&list).Error
}

// ForgetRequests removes the requests whose time was over before a moment.
func (s *Storage) ForgetRequests(ctx context.Context, until time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM request WHERE expires_at < ?", until).Error
	})
}
