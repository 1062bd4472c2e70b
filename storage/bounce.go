package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A Bounce is what a report said of a delivery. The first report on a
// delivery counts: with another one, the whole acceptance counts as received
// before.
type Bounce struct {
	DeliveryID int64 `gorm:"primaryKey;autoIncrement:false"`
	PersonID   int64 // whom the delivery was for; 0 for a coordinator
	Class      string
	Status     string // RFC 3463, or empty
	At         time.Time
}

func (b Bounce) apply(tx *gorm.DB) error {
	r := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&b)
	if r.Error == nil && r.RowsAffected == 0 {
		return errStale
	}
	return r.Error
}

// Bounces lists the latest reports on deliveries to a person, newest first,
// up to limit.
func (s *Storage) Bounces(ctx context.Context, personID int64, limit int) ([]Bounce, error) {
	var list []Bounce
	return list, s.read.WithContext(ctx).Where("person_id = ?", personID).Order("at DESC, delivery_id DESC").Limit(limit).Find(&list).Error
}
