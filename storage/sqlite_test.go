package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gorm.io/gorm"
)

// file is the path of a test's SQLite database.
func file(t testing.TB, address string) string {
	t.Helper()
	f, err := sqliteFile(address)
	must(t, err)
	return f
}

func TestPragmasOfEveryConnection(t *testing.T) {
	s := open(t, sqliteAddress(t))
	for name, db := range map[string]*gorm.DB{"read": s.read, "write": s.writer.db} {
		pool, err := db.DB()
		must(t, err)
		for range pool.Stats().MaxOpenConnections { // all of them at once
			conn, err := pool.Conn(context.Background())
			must(t, err)
			defer conn.Close()
			for pragma, want := range map[string]string{
				"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "15000", "temp_store": "2",
				"query_only": map[string]string{"read": "1", "write": "0"}[name],
			} {
				var got string
				must(t, conn.QueryRowContext(context.Background(), "PRAGMA "+pragma).Scan(&got))
				if got != want {
					t.Errorf("%s: %s is %s, want %s", name, pragma, got, want)
				}
			}
		}
	}
}

func TestFileNames(t *testing.T) {
	for _, name := range []string{"with space.db", "what?.db", "no#1.db", "été 邮件.db", "100%25.db", "a&b=c;d.db", "quote'\".db", "colon:x.db"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "in "+name)
			must(t, os.Mkdir(dir, 0o700))
			path := filepath.Join(dir, name)
			newCommunity(t, open(t, "sqlite:"+path), 0)
			info, err := os.Stat(path)
			must(t, err)
			if info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v", info.Mode())
			}
			if _, err := open(t, "sqlite:"+path).Route(context.Background(), "a0"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestARelativeFile(t *testing.T) {
	t.Chdir(t.TempDir())
	open(t, "sqlite:mentor relay.db")
	if _, err := os.Stat("mentor relay.db"); err != nil {
		t.Error(err)
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	for _, address := range []string{"", "sqlite:", "sqlite::memory:", "mysql://localhost", "mentorrelay.db", "sqlite:" + filepath.Join(t.TempDir(), "no", "such.db"), "sqlite:" + t.TempDir()} {
		if s, err := Open(context.Background(), address); err == nil {
			t.Errorf("%q was opened", address)
			s.Close()
		}
	}
}

func TestOnlyOneServes(t *testing.T) {
	address := sqliteAddress(t)
	release, err := Serve(address)
	must(t, err)
	if _, err := Serve(address); !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), file(t, address)) {
		t.Errorf("a second server: %v", err)
	}
	must(t, release())
	release, err = Serve(address)
	must(t, err)
	must(t, release())
}

func TestAnyNumberServesPostgreSQL(t *testing.T) {
	address := postgresAddress(t)
	for range 2 {
		release, err := Serve(address)
		must(t, err)
		defer release()
	}
}

// The command line beside a server that never stops writing: its writes go
// through, and each sees at once what the other committed.
func TestTwoHandlesWhileOneWrites(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		server, cli := open(t, address), open(t, address)
		c := newCommunity(t, server, 0)
		ctx := context.Background()
		var stop atomic.Bool
		var written atomic.Int64
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for !stop.Load() {
					if _, err := server.Accept(ctx, c.letter(server, fmt.Sprint("letter-", written.Add(1)), letters(4096))); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for i := range 20 {
			key := fmt.Sprint("programme-", i)
			must(t, cli.CreateProgramme(ctx, &Programme{Key: key, CreatedAt: start()}))
			if _, err := server.ProgrammeByKey(ctx, key); err != nil {
				t.Errorf("what the command line wrote: %v", err)
			}
			key = fmt.Sprint("server-", i)
			must(t, server.CreateProgramme(ctx, &Programme{Key: key, CreatedAt: start()}))
			if _, err := cli.ProgrammeByKey(ctx, key); err != nil {
				t.Errorf("what the server wrote: %v", err)
			}
		}
		stop.Store(true)
		wg.Wait()
		if n := count(t, cli, "message"); n != written.Load() {
			t.Errorf("%d letters of %d", n, written.Load())
		}
	})
}

// A full disk fails the writes, half-writes nothing, and passes.
func TestAFullDisk(t *testing.T) {
	s := open(t, sqliteAddress(t))
	c := newCommunity(t, s, 0)
	ctx := context.Background()
	var pages int
	must(t, s.writer.db.Raw("PRAGMA page_count").Scan(&pages).Error)
	limit := func(pages int) {
		t.Helper()
		must(t, s.writer.db.Exec(fmt.Sprint("PRAGMA max_page_count = ", pages)).Error)
	}
	feed := s.Feed("x", 10, minutes)
	limit(pages + 10)
	if fresh, err := s.Accept(ctx, c.letter(s, "staged", letters(3*chunkSize))); err == nil || fresh {
		t.Error("a large letter was accepted")
	}
	if fresh, err := s.Accept(ctx, c.letter(s, "small", letters(100_000))); err == nil || fresh {
		t.Error("a letter was accepted")
	}
	for _, table := range []string{"receipt", "message", "delivery", "chunk", "staged"} {
		if n := count(t, s, table); n != 0 {
			t.Errorf("%d in %s", n, table)
		}
	}
	if n := len(feed.room) + len(feed.mail); n != 0 {
		t.Errorf("%d places of the feed are lost", n)
	}
	accept(t, s, c.letter(s, "tiny", []byte("x"))) // there is room for it
	limit(1 << 30)
	for _, key := range []string{"staged", "small"} {
		accept(t, s, c.letter(s, key, letters(3*chunkSize)))
	}
	intact(t, s)
}

func intact(t *testing.T, s *Storage) {
	t.Helper()
	var said string
	must(t, s.read.Raw("PRAGMA integrity_check").Scan(&said).Error)
	if said != "ok" {
		t.Errorf("integrity check: %s", said)
	}
}

func TestAReadOnlyDatabase(t *testing.T) {
	s := open(t, sqliteAddress(t))
	c := newCommunity(t, s, 0)
	must(t, s.writer.db.Exec("PRAGMA query_only = 1").Error)
	if fresh, err := s.Accept(context.Background(), c.letter(s, "letter", []byte("x"))); err == nil || fresh {
		t.Error("accepted")
	}
	must(t, s.writer.db.Exec("PRAGMA query_only = 0").Error)
	accept(t, s, c.letter(s, "letter", []byte("x")))
}

// The log is written back under constant load of readers, and it is short
// again after a long read has let it grow.
func TestTheLogStaysBounded(t *testing.T) {
	address := sqliteAddress(t)
	s := open(t, address)
	c := newCommunity(t, s, 0)
	ctx := context.Background()
	size := func() int64 {
		info, err := os.Stat(file(t, address) + "-wal")
		must(t, err)
		return info.Size()
	}
	body := letters(100_000)
	pass := func(run string) (longest int64) {
		var stop atomic.Bool
		var readers, writers sync.WaitGroup
		for range 2 {
			readers.Go(func() {
				for !stop.Load() {
					if _, err := s.Route(ctx, "a0"); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for i := range 4 {
			writers.Go(func() {
				for k := range 60 {
					if _, err := s.Accept(ctx, c.letter(s, fmt.Sprint(run, i, "-", k), body)); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		writers.Wait()
		stop.Store(true)
		readers.Wait()
		return size()
	}
	if got := pass("a"); got > 2*sqliteWALKept {
		t.Errorf("24 MB written, and the log is at %d octets", got)
	}
	rows, err := s.read.Raw("SELECT id FROM delivery").Rows()
	must(t, err)
	rows.Next() // and no further: the log can't begin anew
	long := pass("b")
	must(t, rows.Close())
	if long < 5*sqliteWALKept/2 {
		t.Errorf("the log is at %d octets: there was no long read", long)
	}
	if got := pass("c"); got > 2*sqliteWALKept {
		t.Errorf("after the long read the log is at %d octets", got)
	}
}

// The pages of bodies that are gone are used again.
func TestTheFileDoesNotOnlyGrow(t *testing.T) {
	address := sqliteAddress(t)
	s := open(t, address)
	c := newCommunity(t, s, 0)
	feed := s.Feed("x", 10, minutes)
	pages := func() (n int64) {
		must(t, s.read.Raw("PRAGMA page_count").Scan(&n).Error)
		return n
	}
	var after int64
	for i := range 20 {
		accept(t, s, c.letter(s, fmt.Sprint("letter-", i), letters(600_000)))
		d := <-feed.Mail()
		feed.Took()
		must(t, s.Finish(context.Background(), &Outcome{Delivery: d, State: DeliverySent, At: start()}))
		if i == 1 {
			after = pages()
		}
	}
	if got := pages(); got > after+50 {
		t.Errorf("%d pages after two letters, %d after twenty", after, got)
	}
}

func TestADatabaseOfNoUseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mentorrelay.db")
	must(t, os.WriteFile(path, []byte(strings.Repeat("this is no database, ", 100)), 0o600))
	if _, err := Open(context.Background(), "sqlite:"+path); err == nil {
		t.Error("opened")
	}
	if b, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(b), "this is") {
		t.Errorf("the file was changed: %v", err)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was left beside it: %v", err)
	}
}

// Statements stay prepared, are not shared while they run, and do not pile up.
func TestPreparedStatements(t *testing.T) {
	s := open(t, sqliteAddress(t))
	newCommunity(t, s, 0)
	must(t, s.read.Connection(func(db *gorm.DB) error {
		var before []int64 // leaves the statement prepared
		must(t, db.Raw("SELECT id FROM person ORDER BY id").Scan(&before).Error)
		outer, err := db.Raw("SELECT id FROM person ORDER BY id").Rows()
		must(t, err)
		defer outer.Close()
		var seen int
		for outer.Next() {
			var ids []int64
			must(t, db.Raw("SELECT id FROM person ORDER BY id").Scan(&ids).Error)
			if len(ids) != 2 {
				t.Errorf("inner: %v", ids)
			}
			seen++
		}
		if seen != 2 {
			t.Errorf("outer: %d rows", seen)
		}
		for i := range 2*statementsKept + 1 {
			var n int
			must(t, db.Raw(fmt.Sprint("SELECT ", i)).Scan(&n).Error)
			if n != i {
				t.Errorf("SELECT %d gave %d", i, n)
			}
		}
		return nil
	}))
	pool, err := s.read.DB()
	must(t, err)
	conn, err := pool.Conn(context.Background())
	must(t, err)
	defer conn.Close()
	must(t, conn.Raw(func(c any) error {
		if n := len(c.(*connection).idle); n == 0 || n > statementsKept {
			t.Errorf("%d statements kept", n)
		}
		return nil
	}))
}

// What was deleted cannot be read off the disk.
func TestDeletedTextIsOverwritten(t *testing.T) {
	address := sqliteAddress(t)
	s, err := Open(t.Context(), address)
	must(t, err)
	c := newCommunity(t, s, 0)
	secret := []byte("c4n4ry-of-a-letter ")
	for i, size := range []int{1, 300, 20_000} { // in a page, in some, in chunks
		accept(t, s, c.letter(s, fmt.Sprint(i), bytes.Repeat(secret, size)))
	}
	due, err := s.Claim(t.Context(), "test", start(), 10, minutes)
	must(t, err)
	for i := range due {
		must(t, s.Finish(t.Context(), &Outcome{Delivery: &due[i], State: DeliverySent, At: start()}))
	}
	must(t, s.Close())
	file, err := sqliteFile(address)
	must(t, err)
	for _, name := range []string{file, file + "-wal"} {
		raw, err := os.ReadFile(name)
		if err == nil && bytes.Contains(raw, secret) {
			t.Errorf("%s holds a letter that was sent", filepath.Base(name))
		}
	}
	if len(due) != 3 {
		t.Errorf("%d letters were sent", len(due))
	}
}
