package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

type sqliteEngine struct{}

const (
	sqliteReaders    = 4    // connections that read beside the one that writes: each costs memory, and reads are short
	sqliteReadCache  = 2000 // KiB of pages that each of them keeps
	sqliteWriteCache = 16000
	sqliteWALKept    = 8 << 20 // octets of the log that stay when it begins anew: it is longer only while somebody reads at length
)

// sqliteFile is the database's file. One in memory would be another for each
// connection.
func sqliteFile(url string) (string, error) {
	file := strings.TrimPrefix(url, "sqlite:")
	if file == "" || strings.Contains(file, ":memory:") {
		return "", errors.New("the database url must name a file, as in sqlite:mentorrelay.db")
	}
	return file, nil
}

// open sets every pragma in the DSN: one sent over a pool reaches a single
// connection. Times are kept as whole microseconds since 1970, UTC.
func (sqliteEngine) open(url string) (read, write *gorm.DB, err error) {
	file, err := sqliteFile(url)
	if err != nil {
		return nil, nil, err
	}
	if err := createPrivate(file); err != nil {
		return nil, nil, err
	}
	if write, err = openSQLite(file, sqliteWriteCache, false, 1); err != nil {
		return nil, nil, err
	}
	if read, err = openSQLite(file, sqliteReadCache, true, sqliteReaders); err != nil {
		return nil, nil, errors.Join(err, closePool(write))
	}
	return read, write, nil
}

// createPrivate makes the file before SQLite does, for the owner's eyes only;
// SQLite gives its other files the same permissions.
func createPrivate(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func openSQLite(file string, cache int, readOnly bool, connections int) (*gorm.DB, error) {
	q := url.Values{
		"_pragma": {
			"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "busy_timeout(15000)", "temp_store(MEMORY)",
			"secure_delete(1)", // a letter that was sent, or a person who was forgotten, is not to be read off the disk
			fmt.Sprintf("cache_size(-%d)", cache), fmt.Sprintf("journal_size_limit(%d)", sqliteWALKept),
		},
		"_time_integer_format": {"unix_micro"},
		"_inttotime":           {"1"},
		"_txlock":              {"immediate"}, // or else two that read first and then write give up at once
		"_query_only":          {strconv.FormatBool(readOnly)},
	}
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + q.Encode()
	pool := sql.OpenDB(connector{&driver.Driver{}, dsn})
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	db, err := gorm.Open(sqlite.Dialector{Conn: pool}, configuration())
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

func (sqliteEngine) writers() int { return 1 }

func (sqliteEngine) types(sql string) string {
	return strings.NewReplacer(
		"{{id}}", "INTEGER PRIMARY KEY",
		"{{blob}}", "BLOB",
		"{{time}}", "TIMESTAMP",
		"{{keyed}}", " WITHOUT ROWID",
	).Replace(sql)
}

// lockMigration has nothing to do: the transaction began as IMMEDIATE.
func (sqliteEngine) lockMigration(*gorm.DB) error { return nil }

func (sqliteEngine) unique(err error) bool {
	var e *driver.Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

// serve takes the lock file beside the database.
func (sqliteEngine) serve(url string) (func() error, error) {
	file, err := sqliteFile(url)
	if err != nil {
		return nil, err
	}
	name := file + ".lock"
	release, err := lockFile(name)
	if err != nil {
		return nil, fmt.Errorf("%w (lock file %s)", err, name)
	}
	return release, nil
}

func (sqliteEngine) alone() bool { return true }

func (sqliteEngine) journal(url string) (string, error) {
	name, err := sqliteFile(url)
	return name + "-sent", err
}
