package storage

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"gorm.io/gorm"
)

// journalLimit is the size from which the journal is emptied when nothing in
// it is needed any more.
const journalLimit = 64 << 10

// A journal is a file beside the database that says which deliveries the peer
// has taken, from the moment it answers until that is committed. A commit
// takes milliseconds, and mail whose process is killed within them would be
// sent again; a line in a file takes microseconds, and outlives the process,
// if not the machine. A line names the delivery and in whose hand it was, so
// that one left over from another database says nothing.
type journal struct {
	name string // of the file; empty: there is no journal

	mu   sync.Mutex
	file *os.File
	size int64
	open map[int64]struct{} // the deliveries whose outcome is not committed yet
	read bool               // what an earlier process left has been taken in
}

// Sent notes that the peer has taken d, until Finish has stored it. It does
// so on SQLite, where one process serves the database: with PostgreSQL, the
// next one may start on another machine.
func (s *Storage) Sent(d *Delivery) error { return s.journal.note(d.ID, d.Owner) }

func (j *journal) note(id int64, owner string) (err error) {
	if j.name == "" {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		if j.file, err = os.OpenFile(j.name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600); err != nil {
			return fmt.Errorf("opening the journal of what was sent: %w", err)
		}
		j.open = map[int64]struct{}{}
	}
	j.open[id] = struct{}{}
	n, err := fmt.Fprintf(j.file, "%d %s\n", id, owner)
	j.size += int64(n)
	if err != nil {
		return fmt.Errorf("noting what was sent: %w", err)
	}
	return nil
}

// settled tells that what the journal says of a delivery is committed.
func (j *journal) settled(id int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.open, id)
	if j.file == nil || len(j.open) > 0 || j.size < journalLimit {
		return
	}
	if j.file.Truncate(0) == nil { // or else it grows on, and is as right
		j.size = 0
	}
}

// takeIn stores what a process that was killed left in the journal, once.
func (j *journal) takeIn(tx *gorm.DB) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.name == "" || j.read {
		return nil
	}
	left, err := os.Open(j.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("opening the journal of what was sent: %w", err)
	}
	defer left.Close()
	for lines := bufio.NewScanner(left); lines.Scan(); {
		var id int64
		var owner string
		if _, err := fmt.Sscan(lines.Text(), &id, &owner); err != nil {
			continue // the line that was being written
		}
		if err := settleSent(tx, id, owner); err != nil {
			return err
		}
	}
	return nil
}

// tookIn removes what is committed now.
func (j *journal) tookIn() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.name == "" || j.read {
		return nil
	}
	if err := os.Remove(j.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the journal of what was sent: %w", err)
	}
	j.read = true
	return nil
}

func settleSent(tx *gorm.DB, id int64, owner string) error {
	var body int64
	err := tx.Raw("UPDATE delivery SET state = ?, status = '250', owner = '', recipient = '' WHERE id = ? AND owner = ? RETURNING body", DeliverySent, id, owner).
		Row().Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return deleteBody(tx, body)
}

// close lets go of the file. After a clean stop nothing in it is needed.
func (j *journal) close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	err := j.file.Close()
	if j.file = nil; len(j.open) == 0 {
		err = errors.Join(err, os.Remove(j.name))
	}
	return err
}
