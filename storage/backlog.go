package storage

import (
	"context"
	"time"
)

// A Backlog is what waits.
type Backlog struct {
	Queued int64     // mails that nobody has in hand
	Due    time.Time // when the first of them is due; zero if there is none
	Held   int64     // messages that wait for a decision
}

// Backlog tells what waits.
func (s *Storage) Backlog(ctx context.Context) (Backlog, error) {
	var b Backlog
	db := s.read.WithContext(ctx)
	if err := db.Model(&Delivery{}).Where("state = 'queued' AND owner = ''").Count(&b.Queued).Error; err != nil {
		return b, err
	}
	var first []Delivery
	if err := db.Select("next_at").Where("state = 'queued' AND owner = ''").Order("next_at").Limit(1).Find(&first).Error; err != nil {
		return b, err
	}
	if len(first) > 0 {
		b.Due = first[0].NextAt
	}
	return b, db.Model(&Hold{}).Where("state = 'waiting'").Count(&b.Held).Error
}
