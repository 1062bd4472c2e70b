package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// A Pair is one mentor and one mentee of a programme.
type Pair struct {
	ID          int64
	ProgrammeID int64
	MentorID    int64
	MenteeID    int64
	State       string
	Cadence     string // as in the survey: weekly, fortnightly, monthly, quarterly, as-needed; empty while unknown
	CreatedAt   time.Time
	BeganAt     *time.Time // when it first became active
	EndedAt     *time.Time // when it was ended with a farewell; nil otherwise
	Mentor      *Person
	Mentee      *Person
	Masks       []Mask
}

// The states of a pair: invited → active → paused ⇄ active → ended.
const (
	PairInvited = "invited"
	PairActive  = "active"
	PairPaused  = "paused"
	PairEnded   = "ended"
)

// A Mask is the masked address that one of a pair writes to and that reaches
// the other.
type Mask struct {
	ID       int64
	PairID   int64
	WriterID int64
	ReaderID int64
	Token    string // what tells it from all other masks
	Name     string // what it is called before the token, for people
}

// CreatePair adds a pair with its masks and sets the IDs; a pair of the same
// two that has not ended gives ErrExists.
func (s *Storage) CreatePair(ctx context.Context, p *Pair) error {
	return s.write(ctx, func(tx *gorm.DB) error { return createPair(tx, p) })
}

func createPair(tx *gorm.DB, p *Pair) error {
	p.ID = 0
	if p.State == PairActive && p.BeganAt == nil {
		p.BeganAt = &p.CreatedAt
	}
	if err := tx.Omit("Mentor", "Mentee", "Masks").Create(p).Error; err != nil {
		return err
	}
	for i := range p.Masks {
		p.Masks[i].ID, p.Masks[i].PairID = 0, p.ID
	}
	return tx.Create(&p.Masks).Error
}

// PairByID finds a pair with its people and masks.
func (s *Storage) PairByID(ctx context.Context, id int64) (*Pair, error) {
	var p Pair
	return &p, first(withPeople(s.read.WithContext(ctx)).Where("id = ?", id), &p)
}

// Pairs lists the pairs of a programme in the order they were added.
func (s *Storage) Pairs(ctx context.Context, programmeID int64) ([]Pair, error) {
	return all(func(after int64) (page []Pair, err error) {
		of := withPeople(s.read.WithContext(ctx)).Where("programme_id = ?", programmeID)
		return page, of.Where("id > ?", after).Order("id").Limit(pageSize).Find(&page).Error
	}, func(p *Pair) int64 { return p.ID })
}

// PairsOf lists the pairs that a person is or was in.
func (s *Storage) PairsOf(ctx context.Context, personID int64) ([]Pair, error) {
	var list []Pair
	return list, withPeople(s.read.WithContext(ctx)).Where("mentor_id = ? OR mentee_id = ?", personID, personID).Order("id").Find(&list).Error
}

// MovePair changes a pair's state to `to` if it is now one of `from`, and
// tells whether it did; ErrNotFound where there is no such pair.
func (s *Storage) MovePair(ctx context.Context, id int64, from []string, to string) (moved bool, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		r := tx.Model(&Pair{}).Where("id = ? AND state IN ?", id, from).Update("state", to)
		if moved = r.Error == nil && r.RowsAffected > 0; moved || r.Error != nil {
			return r.Error
		}
		return first(tx.Where("id = ?", id), &Pair{})
	})
	return moved, err
}

// PairBegun is the change by which an invited pair becomes active; if it is not
// invited any more, the whole acceptance counts as received before.
type PairBegun struct {
	ID      int64
	Cadence string
	At      time.Time
}

func (c PairBegun) apply(tx *gorm.DB) error {
	begun := map[string]any{"state": PairActive, "cadence": c.Cadence, "began_at": c.At}
	return unless(changed(tx.Model(&Pair{}).Where("id = ? AND state = ?", c.ID, PairInvited).Updates(begun)), ErrNotFound, errStale)
}

// PairClosed is the change that ends an active pair with a farewell; if it is not
// active any more, the whole acceptance counts as received before.
type PairClosed struct {
	ID int64
	At time.Time
}

func (c PairClosed) apply(tx *gorm.DB) error {
	ended := map[string]any{"state": PairEnded, "ended_at": c.At}
	return unless(changed(tx.Model(&Pair{}).Where("id = ? AND state = ?", c.ID, PairActive).Updates(ended)), ErrNotFound, errStale)
}

// PairStopped is the change by which no letter passes in a pair any more, whatever
// it is at that moment: one that goes on pauses, one that has ended has no
// farewell.
type PairStopped struct{ ID int64 }

func (c PairStopped) apply(tx *gorm.DB) error {
	return tx.Exec("UPDATE pair SET state = CASE WHEN state = ? THEN state ELSE ? END, ended_at = NULL WHERE id = ?", PairEnded, PairPaused, c.ID).Error
}

// PairPaced is the change of the cadence that a pair agreed to, where it is now
// From; if it is not, the whole acceptance counts as received before.
type PairPaced struct {
	ID       int64
	From, To string
}

func (c PairPaced) apply(tx *gorm.DB) error {
	return unless(changed(tx.Model(&Pair{}).Where("id = ? AND cadence = ?", c.ID, c.From).Update("cadence", c.To)), ErrNotFound, errStale)
}

func withPeople(tx *gorm.DB) *gorm.DB {
	byID := func(tx *gorm.DB) *gorm.DB { return tx.Order("id") }
	return tx.Preload("Mentor.Addresses", byID).Preload("Mentee.Addresses", byID).Preload("Masks", byID)
}
