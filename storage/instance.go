package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// An Instance is a running server: its beat keeps what it has in hand its own.
type Instance struct {
	Name   string `gorm:"primaryKey"`
	BeatAt time.Time
}

// crashes is how often a mail may be in hand when its server dies and still be
// taken up at once; after that it waits its turn, lest it was the cause.
const crashes = 20

// Beat records that the instance is alive.
func (s *Storage) Beat(ctx context.Context, name string, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&Instance{name, now}).Error
	})
}

// Reap forgets the instances other than name that have not beaten since
// `since`, and takes out of their hands what they held. Where one server is
// alone by nature (SQLite), all others are dead.
func (s *Storage) Reap(ctx context.Context, name string, since, now time.Time) error {
	err := s.write(ctx, func(tx *gorm.DB) error {
		if err := s.journal.takeIn(tx); err != nil {
			return err
		}
		dead := tx.Where("name <> ?", name)
		if !s.engine.alone() {
			dead = dead.Where("beat_at < ?", since)
		}
		if err := dead.Delete(&Instance{}).Error; err != nil {
			return err
		}
		return release(tx, now, "owner NOT IN (SELECT name FROM instance)")
	})
	if err != nil {
		return err
	}
	return s.journal.tookIn()
}

// Release gives back everything in the instance's hand, due at once, and
// forgets the instance, as a server does when it stops.
func (s *Storage) Release(ctx context.Context, name string, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("name = ?", name).Delete(&Instance{}).Error; err != nil {
			return err
		}
		return release(tx, now, "owner = ?", name)
	})
}

// release takes deliveries out of their owners' hands.
func release(tx *gorm.DB, now time.Time, which string, args ...any) error {
	return tx.Exec("UPDATE delivery SET owner = '', next_at = CASE WHEN attempts <= ? THEN ? ELSE next_at END WHERE owner <> '' AND "+which,
		append([]any{crashes, now}, args...)...).Error
}
