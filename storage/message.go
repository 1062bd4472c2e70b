package storage

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
)

// A Message is the facts of one letter of a pair; its text is not kept.
type Message struct {
	ID         int64
	PairID     int64
	WriterID   int64
	At         time.Time // when it was received
	Size       int64     // octets as received
	Words      int64     // of new text
	Language   string    // BCP 47, of the new text; empty while unknown
	OriginalID string    // the Message-ID that its writer knows
	MaskedID   string    // the Message-ID that its reader knows

	// How many sentences of the new text do what, and the pace it proposes: a
	// span such as "month", or empty.
	Asks, Offers, Thanks, Commits, Reports int64
	Pace                                   string

	// Of the sentences that ask, how many ask how to help, what the reader
	// would like, and how something went.
	AsksHelp, AsksWishes, AsksAfter int64
	Links, Events                   int64 // shared in the new text
}

// Translate gives for each message id that one of a pair knows the one by
// which the other knows the same message, in both directions. Ids that the
// pair has never seen are absent.
func (s *Storage) Translate(ctx context.Context, pairID, personID int64, ids []string) (map[string]string, error) {
	known := make(map[string]string, len(ids))
	for some := range slices.Chunk(ids, translated) {
		some = slices.DeleteFunc(slices.Clone(some), func(id string) bool { return !keepable(id) })
		var list []Message
		err := s.read.WithContext(ctx).Select("writer_id", "original_id", "masked_id").
			Where("pair_id = ? AND original_id IN ?", pairID, some).Or("pair_id = ? AND masked_id IN ?", pairID, some).
			Order("id").Find(&list).Error
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			if m.WriterID == personID {
				known[m.OriginalID] = m.MaskedID
			} else {
				known[m.MaskedID] = m.OriginalID
			}
		}
	}
	return known, nil
}

// Received tells whether one of the message ids is that of a message which this
// one of a pair received from the other.
func (s *Storage) Received(ctx context.Context, pairID, personID int64, ids []string) (bool, error) {
	for some := range slices.Chunk(ids, translated) {
		some = slices.DeleteFunc(slices.Clone(some), func(id string) bool { return !keepable(id) })
		var n int64
		err := s.read.WithContext(ctx).Model(&Message{}).
			Where("pair_id = ? AND masked_id IN ? AND writer_id <> ?", pairID, some, personID).Limit(1).Count(&n).Error
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// translated bounds the ids of one query; databases bound its parameters.
const translated = 500

// longestID is the longest that fits a line of a header (RFC 5322 §2.1.1). An
// index of PostgreSQL takes no more than 2,700 octets.
const longestID = 998

// Wrote tells whether one of a pair wrote a letter that was received at this
// moment or later.
func (s *Storage) Wrote(ctx context.Context, pairID, personID int64, since time.Time) (bool, error) {
	var n int64
	err := s.read.WithContext(ctx).Model(&Message{}).Where("pair_id = ? AND at >= ? AND writer_id = ?", pairID, since, personID).Limit(1).Count(&n).Error
	return n > 0, err
}

// keepable tells whether a message id can be kept. PostgreSQL takes no text
// that is not UTF-8 or has a NUL in it. A thread breaks at what can't be kept.
func keepable(id string) bool { return len(id) <= longestID && storable(id) }

func (m *Message) insert(tx *gorm.DB) error {
	kept := func(id string) string {
		if !keepable(id) {
			return ""
		}
		return id
	}
	return tx.Raw(`INSERT INTO message (pair_id, writer_id, at, size, words, language, original_id, masked_id, asks, offers, thanks, commits, reports, pace,
			asks_help, asks_wishes, asks_after, links, events)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		m.PairID, m.WriterID, m.At, m.Size, m.Words, m.Language, kept(m.OriginalID), kept(m.MaskedID),
		m.Asks, m.Offers, m.Thanks, m.Commits, m.Reports, m.Pace,
		m.AsksHelp, m.AsksWishes, m.AsksAfter, m.Links, m.Events).
		Row().Scan(&m.ID)
}

// Messages lists the facts of a pair's letters, oldest first.
func (s *Storage) Messages(ctx context.Context, pairID int64) ([]Message, error) {
	var list []Message
	return list, s.read.WithContext(ctx).Where("pair_id = ?", pairID).Order("at, id").Find(&list).Error
}

// A Receipt makes taking a message idempotent: its key is unique.
type Receipt struct {
	Key []byte `gorm:"primaryKey"`
	At  time.Time
}

// ForgetReceipts removes the receipts from before `until`: no client tries a
// message again for that long.
func (s *Storage) ForgetReceipts(ctx context.Context, until time.Time) (forgotten int64, err error) {
	for {
		var n int64
		err := s.write(ctx, func(tx *gorm.DB) error {
			r := tx.Exec("DELETE FROM receipt WHERE key IN (SELECT key FROM receipt WHERE at < ? LIMIT ?)", until, forgottenAtOnce)
			n = r.RowsAffected
			return r.Error
		})
		forgotten += n
		if err != nil || n < forgottenAtOnce {
			return forgotten, err
		}
	}
}

// forgottenAtOnce keeps a large cleaning from holding up other writes.
const forgottenAtOnce = 1000
