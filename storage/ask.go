package storage

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"
)

// An Ask is a sentence of a letter that asks for something. It is all that is
// kept of a letter's text, and not for long.
type Ask struct {
	ID        int64
	MessageID int64
	PairID    int64
	WriterID  int64 // who asks
	Text      string
	At        time.Time // when the letter was received
	ExpiresAt time.Time
}

// insert adds the asks of a message. PostgreSQL takes no NUL and nothing that
// is not UTF-8.
func (m *Message) insertAsks(tx *gorm.DB, asks []Ask) error {
	for _, a := range asks {
		a.ID, a.MessageID, a.PairID, a.WriterID, a.At = 0, m.ID, m.PairID, m.WriterID, m.At
		a.Text = strings.ReplaceAll(strings.ToValidUTF8(a.Text, "\uFFFD"), "\x00", "")
		err := tx.Exec("INSERT INTO ask (message_id, pair_id, writer_id, text, at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
			a.MessageID, a.PairID, a.WriterID, a.Text, a.At, a.ExpiresAt).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// Asks lists what was asked in the letters of a pair since a moment, oldest
// first, as far as it has not expired.
func (s *Storage) Asks(ctx context.Context, pairID int64, since time.Time) ([]Ask, error) {
	var list []Ask
	return list, s.read.WithContext(ctx).Where("pair_id = ? AND at >= ?", pairID, since).Order("at, id").Find(&list).Error
}

// ExpireAsks removes the asks whose time is over.
func (s *Storage) ExpireAsks(ctx context.Context, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM ask WHERE expires_at <= ?", now).Error
	})
}
