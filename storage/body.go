package storage

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"gorm.io/gorm"
)

// chunkSize is how many octets of a body one record holds, so that memory
// stays bounded whatever the size of a message, on both databases.
const chunkSize = 256 << 10

// A Chunk is a piece of the bytes of a mail in transit.
type Chunk struct {
	Body  int64 `gorm:"primaryKey;autoIncrement:false"`
	Seq   int64 `gorm:"primaryKey;autoIncrement:false"`
	Bytes []byte
}

// staged marks a body whose first chunks are stored before the transaction
// that refers to it; if that never comes, the chunks are swept.
type staged struct {
	Body int64 `gorm:"primaryKey;autoIncrement:false"`
	At   time.Time
}

func (staged) TableName() string { return "staged" }

// A Body takes the bytes of a mail on their way into the database. Up to
// 256 KiB they stay in memory until the transaction that refers to them;
// what is beyond is stored as it comes.
type Body struct {
	s    *Storage
	ctx  context.Context
	at   time.Time
	id   int64
	tail []byte // the chunk being filled
	seq  int64  // its number: how many are stored
	err  error
}

// NewBody begins a body; now dates what would be left behind by a crash.
func (s *Storage) NewBody(ctx context.Context, now time.Time) *Body {
	return &Body{s: s, ctx: ctx, at: now, id: randomID(), tail: []byte{}} // an empty body is not NULL
}

// Write implements io.Writer.
func (b *Body) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 && b.err == nil {
		if len(b.tail) == chunkSize {
			b.err = b.store()
		}
		k := min(len(p), chunkSize-len(b.tail))
		b.tail = append(b.tail, p[:k]...)
		p = p[k:]
	}
	return n - len(p), b.err
}

// store writes the filled chunk, in a transaction of its own.
func (b *Body) store() error {
	chunk := Chunk{Body: b.id, Seq: b.seq, Bytes: b.tail}
	err := b.s.write(b.ctx, func(tx *gorm.DB) error {
		if chunk.Seq == 0 {
			if err := tx.Create(&staged{b.id, b.at}).Error; err != nil {
				return err
			}
		} else if err := changed(tx.Model(&staged{}).Where("body = ?", b.id).Update("at", b.at)); err != nil {
			return err // it was swept: what is there no more can't be added to
		}
		return tx.Create(&chunk).Error
	})
	if err != nil {
		return fmt.Errorf("storing a chunk: %w", err)
	}
	b.seq++
	b.tail = b.tail[:0]
	return nil
}

// Size returns how many octets were written.
func (b *Body) Size() int64 { return b.seq*chunkSize + int64(len(b.tail)) }

// WriteTo writes what was written to the body so far.
func (b *Body) WriteTo(w io.Writer) (int64, error) {
	stored := &bodyReader{s: b.s, ctx: b.ctx, id: b.id, left: b.seq * chunkSize}
	return io.Copy(w, io.MultiReader(stored, bytes.NewReader(b.tail)))
}

// Discard removes what was stored of a body, unless it is in use.
func (b *Body) Discard(ctx context.Context) error {
	if b.seq == 0 {
		return nil
	}
	return b.s.write(ctx, b.discard)
}

func (b *Body) discard(tx *gorm.DB) error {
	if b.seq == 0 {
		return nil
	}
	_, err := unstage(tx, b.id)
	return err
}

// attach stores the last chunk within the transaction that refers to the body.
func (b *Body) attach(tx *gorm.DB) error {
	if b.err != nil {
		return b.err
	}
	if err := tx.Exec("INSERT INTO chunk (body, seq, bytes) VALUES (?, ?, ?)", b.id, b.seq, b.tail).Error; err != nil {
		return err
	}
	if b.seq == 0 {
		return nil
	}
	return changed(tx.Where("body = ?", b.id).Delete(&staged{})) // ErrNotFound: it was swept, too late
}

// small returns the bytes if all of them are in memory, or else nil.
func (b *Body) small() []byte {
	if b.seq > 0 {
		return nil
	}
	return b.tail
}

// unstage removes a body that nothing came to refer to, and tells whether it
// was such a one: by now it may be part of a mail, even of one whose
// acceptance seemed to fail.
func unstage(tx *gorm.DB, id int64) (was bool, err error) {
	err = changed(tx.Where("body = ?", id).Delete(&staged{}))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, deleteBody(tx, id)
}

func deleteBody(tx *gorm.DB, id int64) error {
	return tx.Exec("DELETE FROM chunk WHERE body = ?", id).Error
}

// SweepBodies removes the chunks of bodies begun before `until` that nothing
// came to refer to, and tells of how many.
func (s *Storage) SweepBodies(ctx context.Context, until time.Time) (swept int, err error) {
	var left []staged
	if err := s.read.WithContext(ctx).Where("at < ?", until).Find(&left).Error; err != nil {
		return 0, err
	}
	for _, b := range left {
		var was bool
		err := s.write(ctx, func(tx *gorm.DB) (err error) {
			was, err = unstage(tx, b.Body)
			return err
		})
		if err != nil {
			return swept, err
		}
		if was {
			swept++
		}
	}
	return swept, nil
}

// bodyReader reads a body chunk by chunk.
type bodyReader struct {
	s    *Storage
	ctx  context.Context
	id   int64
	left int64 // octets still to come
	seq  int64
	rest []byte
}

// Read implements io.Reader.
func (r *bodyReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	if len(r.rest) == 0 {
		var c Chunk
		if err := first(r.s.read.WithContext(r.ctx).Where("body = ? AND seq = ?", r.id, r.seq), &c); err != nil {
			return 0, fmt.Errorf("reading a chunk: %w", err) // one that is missing must not pass for the end
		}
		r.rest = c.Bytes
		r.seq++
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	r.left -= int64(n)
	return n, nil
}

func randomID() int64 {
	var b [8]byte
	rand.Read(b[:]) // never fails: crypto/rand
	return int64(binary.BigEndian.Uint64(b[:]) >> 1)
}
