package storage

import (
	"context"

	"gorm.io/gorm"
)

// A Notice is the right to tell a person something, at most once a day.
type Notice struct {
	Kind      string `gorm:"primaryKey"`
	PersonID  int64  `gorm:"primaryKey;autoIncrement:false"`
	SubjectID int64  `gorm:"primaryKey;autoIncrement:false"` // what tells notices of one kind apart, or 0
	Day       string `gorm:"primaryKey"`                     // 2006-01-02 in UTC; empty: once for ever
}

// Told tells whether a person was given a notice of a kind about a subject.
func (s *Storage) Told(ctx context.Context, kind string, personID, subjectID int64) (bool, error) {
	var list []Notice
	tx := s.read.WithContext(ctx).Where("kind = ? AND person_id = ? AND subject_id = ?", kind, personID, subjectID)
	err := tx.Limit(1).Find(&list).Error
	return len(list) > 0, err
}

// Untold is the change by which notices of a kind about a subject count as never
// given to a person.
type Untold struct {
	Kind      string
	PersonID  int64
	SubjectID int64
}

func (c Untold) apply(tx *gorm.DB) error {
	return tx.Where("kind = ? AND person_id = ? AND subject_id = ?", c.Kind, c.PersonID, c.SubjectID).Delete(&Notice{}).Error
}
