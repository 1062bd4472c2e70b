package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// An Absence is the days on which a person said to be away.
type Absence struct {
	ID       int64
	PersonID int64
	From     string // 2006-01-02, or empty if it is not known
	Until    string // the last day away, or empty if it is not known
	NotedAt  time.Time
}

func (a Absence) apply(tx *gorm.DB) error {
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Omit("ID").Create(&a).Error
}

// Absences lists the absences of a person, in the order they were noted.
func (s *Storage) Absences(ctx context.Context, personID int64) ([]Absence, error) {
	var list []Absence
	return list, s.read.WithContext(ctx).Where("person_id = ?", personID).Order("id").Find(&list).Error
}
