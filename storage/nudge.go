package storage

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A Nudge is a tip that a person was sent about a pair, or would have been,
// had it not been withheld to see what happens without.
type Nudge struct {
	ID       int64
	PersonID int64
	PairID   int64
	Key      string // which tip
	Moment   string // its occasion: the same one is never used twice
	At       time.Time
	JudgedAt time.Time // until when an answer of the other counts
	Withheld bool
	Facts    string // what gave rise to it, in JSON
}

// apply stores a nudge; if there is one for the occasion, the whole acceptance
// counts as received before.
func (n Nudge) apply(tx *gorm.DB) error {
	n.ID = 0
	return unless(changed(tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&n)), ErrNotFound, errStale)
}

// Nudges lists the nudges of some people since a moment, oldest first.
func (s *Storage) Nudges(ctx context.Context, people []int64, since time.Time) (list []Nudge, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var n Nudge
		err := rows.Scan(&n.ID, &n.PersonID, &n.PairID, &n.Key, &n.Moment, &n.At, &n.JudgedAt, &n.Withheld, &n.Facts)
		list = append(list, n)
		return err
	}, `SELECT id, person_id, pair_id, key, moment, at, judged_at, withheld, facts FROM nudge
		WHERE person_id IN ? AND at >= ? ORDER BY at, id`, padded(people), since)
	return list, err
}

// An Effect is how often the other of a pair wrote after a tip was sent, or
// withheld.
type Effect struct {
	Key      string
	Withheld bool
	Moments  int64
	Replies  int64
}

// Effects counts what came of the nudges of a programme that have been judged
// by now. Those that are judged the moment they are made are no tips.
func (s *Storage) Effects(ctx context.Context, programmeID int64, now time.Time) ([]Effect, error) {
	var list []Effect
	return list, s.read.WithContext(ctx).Raw(`SELECT n.key, n.withheld, COUNT(*) AS moments,
			SUM(CASE WHEN EXISTS (SELECT 1 FROM message m
				WHERE m.pair_id = n.pair_id AND m.writer_id <> n.person_id AND m.at > n.at AND m.at <= n.judged_at) THEN 1 ELSE 0 END) AS replies
		FROM nudge n JOIN pair p ON p.id = n.pair_id
		WHERE p.programme_id = ? AND n.judged_at <= ? AND n.judged_at > n.at
		GROUP BY n.key, n.withheld ORDER BY n.key, n.withheld`, programmeID, now).Scan(&list).Error
}
