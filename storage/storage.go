// Package storage keeps the records of an installation, on SQLite or on
// PostgreSQL, and holds every query.
package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"
)

// The errors callers decide on. Any other error is a fault of the database
// and transient for what the relay is concerned.
var (
	ErrNotFound = errors.New("no such record")
	ErrExists   = errors.New("already there")
	ErrNewer    = errors.New("the database was made by a newer version of mentorrelay")
	ErrInUse    = errors.New("another mentorrelay serves this database")
)

// Storage is one open database. Reads run side by side; writes go through
// its writers, which commit many at once (see write).
type Storage struct {
	read    *gorm.DB
	writer  *writer
	engine  engine
	feed    feeds
	journal journal
}

// An engine is what differs between the two databases.
type engine interface {
	open(url string) (read, write *gorm.DB, err error)
	writers() int                       // how many transactions may write side by side
	types(sql string) string            // a migration in this engine's words
	lockMigration(tx *gorm.DB) error    // one instance migrates at a time
	unique(err error) bool              // whether err is a broken uniqueness
	alone() bool                        // whether there is never more than one server
	journal(url string) (string, error) // the file that notes what was sent, or none
	serve(url string) (release func() error, err error)
}

// Open connects to the database at url, sqlite:FILE or postgres://…, and
// brings its schema up to date. A newer schema is refused with ErrNewer.
func Open(ctx context.Context, url string) (*Storage, error) {
	e, err := engineFor(url)
	if err != nil {
		return nil, err
	}
	read, write, err := e.open(url)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	s := &Storage{read: read, engine: e, writer: newWriter(write, e.writers())}
	if s.journal.name, err = e.journal(url); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := migrate(ctx, write, e, migrations); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close waits for the writes in hand and lets go of the database.
func (s *Storage) Close() error {
	s.writer.close()
	return errors.Join(closePool(s.read), closePool(s.writer.db), s.journal.close())
}

// Ping tells whether the database answers.
func (s *Storage) Ping(ctx context.Context) error {
	db, err := s.read.DB()
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

// Serve claims the right to serve this database. On SQLite there is one
// server at a time, and a second gets ErrInUse; PostgreSQL allows any number.
func Serve(url string) (release func() error, err error) {
	e, err := engineFor(url)
	if err != nil {
		return nil, err
	}
	return e.serve(url)
}

func engineFor(url string) (engine, error) {
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		return sqliteEngine{}, nil
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		return postgresEngine{}, nil
	}
	return nil, errors.New("the database url must begin with sqlite: or postgres://")
}

func closePool(db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}

// configuration is the same for both engines: table names are the records'
// names, and transactions are ours to begin.
func configuration() *gorm.Config {
	return &gorm.Config{
		NamingStrategy:         schema.NamingStrategy{SingularTable: true},
		SkipDefaultTransaction: true,
		Logger:                 logger.Discard, // errors are returned, and logged once by whoever decides
		NowFunc:                func() time.Time { return time.Now().UTC() },
	}
}

// storable tells whether a string from outside is one that a database takes:
// PostgreSQL has no NUL in text and nothing but UTF-8.
func storable(text string) bool {
	return utf8.ValidString(text) && !strings.Contains(text, "\x00")
}

// pageSize is how many records of a list are read at once: what belongs to
// them is looked up by a list of their ids, and databases bound parameters.
const pageSize = 1000

// all gathers the pages of a list that is in the order of its ids.
func all[T any](page func(after int64) ([]T, error), id func(*T) int64) ([]T, error) {
	var list []T
	var after int64
	for {
		some, err := page(after)
		list = append(list, some...)
		if err != nil || len(some) < pageSize {
			return list, err
		}
		after = id(&some[len(some)-1])
	}
}

// changed is ErrNotFound where a write found no row.
func changed(tx *gorm.DB) error {
	if tx.Error == nil && tx.RowsAffected == 0 {
		return ErrNotFound
	}
	return tx.Error
}

// first reads one record into dest.
func first(tx *gorm.DB, dest any) error {
	err := tx.Take(dest).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return ErrNotFound
	}
	return err
}
