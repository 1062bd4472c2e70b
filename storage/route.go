package storage

import (
	"context"
	"database/sql"
	"errors"

	"gorm.io/gorm"
)

// A Route is everything the relay must know to take a message for a mask.
type Route struct {
	Mask      Mask // the one written to
	Back      Mask // the one by which the reader knows the writer
	Pair      Pair // without its people and masks
	Programme Programme
	Writer    Person
	Reader    Person
}

// Route finds the way that the mask with this token stands for. Each message
// asks for it, so it is two queries rather than one for each record.
func (s *Storage) Route(ctx context.Context, token string) (*Route, error) {
	if !storable(token) {
		return nil, ErrNotFound
	}
	db := s.read.WithContext(ctx)
	var r Route
	m, b, p, g, w, e := &r.Mask, &r.Back, &r.Pair, &r.Programme, &r.Writer, &r.Reader
	err := db.Raw(routeQuery, token).Row().Scan(
		&m.ID, &m.PairID, &m.WriterID, &m.ReaderID, &m.Token, &m.Name,
		&b.ID, &b.PairID, &b.WriterID, &b.ReaderID, &b.Token, &b.Name,
		&p.ID, &p.ProgrammeID, &p.MentorID, &p.MenteeID, &p.State, &p.Cadence, &p.CreatedAt, &p.BeganAt, &p.EndedAt,
		&g.ID, &g.Key, &g.Name, &g.Coordinator, &g.Language, &g.Timezone, &g.Policy, &g.Opaque, &g.Display, &g.CreatedAt,
		&w.ID, &w.Name, &w.Language, &w.Timezone, &w.State, &w.Muted, &w.CreatedAt,
		&e.ID, &e.Name, &e.Language, &e.Timezone, &e.State, &e.Muted, &e.CreatedAt,
	)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &r, addresses(db, w, e)
}

const routeQuery = `SELECT
	m.id, m.pair_id, m.writer_id, m.reader_id, m.token, m.name,
	b.id, b.pair_id, b.writer_id, b.reader_id, b.token, b.name,
	p.id, p.programme_id, p.mentor_id, p.mentee_id, p.state, p.cadence, p.created_at, p.began_at, p.ended_at,
	g.id, g.key, g.name, g.coordinator, g.language, g.timezone, g.policy, g.opaque, g.display, g.created_at,
	w.id, w.name, w.language, w.timezone, w.state, w.muted, w.created_at,
	e.id, e.name, e.language, e.timezone, e.state, e.muted, e.created_at
	FROM mask m
	JOIN mask b ON b.pair_id = m.pair_id AND b.writer_id = m.reader_id
	JOIN pair p ON p.id = m.pair_id
	JOIN programme g ON g.id = p.programme_id
	JOIN person w ON w.id = m.writer_id
	JOIN person e ON e.id = m.reader_id
	WHERE m.token = ?`

const addressQuery = "SELECT id, person_id, address, canonical, added_at FROM address WHERE person_id IN (?, ?) ORDER BY id"

// addresses reads those of two people.
func addresses(db *gorm.DB, one, other *Person) error {
	rows, err := db.Raw(addressQuery, one.ID, other.ID).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a Address
		if err := rows.Scan(&a.ID, &a.PersonID, &a.Address, &a.Canonical, &a.AddedAt); err != nil {
			return err
		}
		of := one
		if a.PersonID == other.ID {
			of = other
		}
		of.Addresses = append(of.Addresses, a)
	}
	return rows.Err()
}
