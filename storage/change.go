package storage

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A Change is something that an acceptance changes beside what it adds, in
// the same transaction.
type Change interface{ apply(tx *gorm.DB) error }

// errStale makes an acceptance count as received before.
var errStale = errors.New("decided before")

// unless returns instead where err is what, and otherwise err.
func unless(err, what, instead error) error {
	if errors.Is(err, what) {
		return instead
	}
	return err
}

// PersonMoved is the change of a person's state, where it is now From.
type PersonMoved struct {
	ID       int64
	From, To string
}

func (c PersonMoved) apply(tx *gorm.DB) error {
	return tx.Model(&Person{}).Where("id = ? AND state = ?", c.ID, c.From).Update("state", c.To).Error
}

// PersonMuted is the change that ends service mail to a person, or lets it
// begin again.
type PersonMuted struct {
	ID    int64
	Muted bool
}

func (c PersonMuted) apply(tx *gorm.DB) error {
	return tx.Model(&Person{}).Where("id = ?", c.ID).Update("muted", c.Muted).Error
}

// PersonTips is the change of what a person wishes of tips.
type PersonTips struct {
	ID   int64
	Tips string
}

func (c PersonTips) apply(tx *gorm.DB) error {
	return tx.Model(&Person{}).Where("id = ?", c.ID).Update("tips", c.Tips).Error
}

// PairMoved is the change of a pair's state, where it is now From; if it is not,
// the whole acceptance counts as received before.
type PairMoved struct {
	ID       int64
	From, To string
}

func (c PairMoved) apply(tx *gorm.DB) error {
	return unless(changed(tx.Model(&Pair{}).Where("id = ? AND state = ?", c.ID, c.From).Update("state", c.To)), ErrNotFound, errStale)
}

// AddressAdded is the change that gives a person one more address. One that
// somebody has already stays theirs.
type AddressAdded struct{ Address Address }

func (c AddressAdded) apply(tx *gorm.DB) error {
	a := c.Address
	a.ID = 0
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&a).Error
}
