package storage

import (
	"context"
	"database/sql"
	"math/bits"
	"slices"
	"time"
)

// A View is what is known of a person at a moment, and of the pairs of theirs
// that are active or paused. What several views have in common is shared, and
// not to be changed.
type View struct {
	Person   Person
	Pairs    []Pair                      // with their people, but without masks
	Letters  map[int64][]Message         // by pair, oldest first, without their message ids
	Asks     map[int64][]Ask             // by pair, oldest first
	Nudges   []Nudge                     // the person's, oldest first
	Absences map[int64][]Absence         // by person, of all the pairs' people
	Answers  map[int64]map[string]string // to the survey asked for, by person and question, of all the pairs' people
}

// Views reads the views of some people at once, with the letters and asks since
// a moment and the answers to a survey.
func (s *Storage) Views(ctx context.Context, people []int64, survey string, since time.Time) ([]View, error) {
	views, err := s.Sketches(ctx, people, survey)
	if err != nil {
		return nil, err
	}
	every := make([]*View, len(views))
	for i := range views {
		every[i] = &views[i]
	}
	return views, s.Fill(ctx, every, since)
}

// Sketches reads views, in the order of their people's ids, but for the letters
// and asks, which are most of them. Fill adds those.
func (s *Storage) Sketches(ctx context.Context, people []int64, survey string) ([]View, error) {
	pairs, err := s.livePairs(ctx, people)
	if err != nil {
		return nil, err
	}
	everybody := slices.Clone(people)
	for i := range pairs {
		everybody = append(everybody, pairs[i].MentorID, pairs[i].MenteeID)
	}
	slices.Sort(everybody)
	everybody = slices.Compact(everybody)
	f := &facts{persons: map[int64]*Person{}, pairs: map[int64][]Pair{}, nudges: map[int64][]Nudge{}, absences: map[int64][]Absence{}, answers: map[int64]map[string]string{}}
	if err := s.facts(ctx, f, people, everybody, survey); err != nil {
		return nil, err
	}
	for _, p := range pairs {
		p.Mentor, p.Mentee = f.persons[p.MentorID], f.persons[p.MenteeID]
		for _, id := range []int64{p.MentorID, p.MenteeID} {
			f.pairs[id] = append(f.pairs[id], p)
		}
	}
	views := make([]View, 0, len(people))
	for _, id := range slices.Compact(slices.Sorted(slices.Values(people))) {
		if f.persons[id] != nil {
			views = append(views, f.of(f.persons[id]))
		}
	}
	return views, nil
}

// Fill adds to views the letters and asks of their pairs since a moment.
func (s *Storage) Fill(ctx context.Context, views []*View, since time.Time) error {
	var pairs []int64
	for _, v := range views {
		for i := range v.Pairs {
			pairs = append(pairs, v.Pairs[i].ID)
		}
	}
	slices.Sort(pairs)
	pairs = slices.Compact(pairs)
	letters, asks := map[int64][]Message{}, map[int64][]Ask{}
	if err := s.letters(ctx, pairs, since, letters); err != nil {
		return err
	}
	if err := s.asks(ctx, pairs, since, asks); err != nil {
		return err
	}
	for _, v := range views {
		for i := range v.Pairs {
			id := v.Pairs[i].ID
			v.Letters[id], v.Asks[id] = letters[id], asks[id]
		}
	}
	return nil
}

// facts are what the views of some people are made of, by person.
type facts struct {
	persons  map[int64]*Person
	pairs    map[int64][]Pair
	nudges   map[int64][]Nudge
	absences map[int64][]Absence
	answers  map[int64]map[string]string
}

func (f *facts) of(p *Person) View {
	v := View{
		Person: *p, Pairs: f.pairs[p.ID], Letters: map[int64][]Message{}, Asks: map[int64][]Ask{}, Nudges: f.nudges[p.ID],
		Absences: map[int64][]Absence{p.ID: f.absences[p.ID]}, Answers: map[int64]map[string]string{p.ID: f.answers[p.ID]},
	}
	for i := range v.Pairs {
		for _, id := range []int64{v.Pairs[i].MentorID, v.Pairs[i].MenteeID} {
			v.Absences[id], v.Answers[id] = f.absences[id], f.answers[id]
		}
	}
	return v
}

// facts reads them row by row: everybody is looked at each day, and what gorm
// would add to reading a row is more than the row.
func (s *Storage) facts(ctx context.Context, f *facts, people, everybody []int64, survey string) error {
	if err := s.persons(ctx, everybody, f.persons); err != nil {
		return err
	}
	nudges, err := s.Nudges(ctx, people, time.Unix(0, 0).UTC()) // all
	if err != nil {
		return err
	}
	for _, n := range nudges {
		f.nudges[n.PersonID] = append(f.nudges[n.PersonID], n)
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var a Absence
		err := rows.Scan(&a.ID, &a.PersonID, &a.From, &a.Until, &a.NotedAt)
		f.absences[a.PersonID] = append(f.absences[a.PersonID], a)
		return err
	}, `SELECT id, person_id, "from", until, noted_at FROM absence WHERE person_id IN ? ORDER BY id`, padded(everybody))
	if err != nil {
		return err
	}
	return s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var question, value string
		err := rows.Scan(&id, &question, &value)
		if f.answers[id] == nil {
			f.answers[id] = map[string]string{}
		}
		f.answers[id][question] = value
		return err
	}, "SELECT person_id, question, value FROM answer WHERE person_id IN ? AND survey = ?", padded(everybody), survey)
}

// livePairs reads the pairs of some people that are active or paused, without
// their people.
func (s *Storage) livePairs(ctx context.Context, people []int64) (list []Pair, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var p Pair
		err := rows.Scan(&p.ID, &p.ProgrammeID, &p.MentorID, &p.MenteeID, &p.State, &p.Cadence, &p.CreatedAt, &p.BeganAt, &p.EndedAt)
		list = append(list, p)
		return err
	}, `SELECT id, programme_id, mentor_id, mentee_id, state, cadence, created_at, began_at, ended_at FROM pair
		WHERE state IN ('active', 'paused') AND (mentor_id IN ? OR mentee_id IN ?) ORDER BY id`, padded(people), padded(people))
	return list, err
}

// persons reads some people with their addresses.
func (s *Storage) persons(ctx context.Context, ids []int64, into map[int64]*Person) error {
	err := s.each(ctx, func(rows *sql.Rows) error {
		var p Person
		err := rows.Scan(&p.ID, &p.Name, &p.Language, &p.Timezone, &p.State, &p.Muted, &p.Tips, &p.CreatedAt)
		into[p.ID] = &p
		return err
	}, "SELECT id, name, language, timezone, state, muted, tips, created_at FROM person WHERE id IN ?", padded(ids))
	if err != nil {
		return err
	}
	return s.each(ctx, func(rows *sql.Rows) error {
		var a Address
		err := rows.Scan(&a.ID, &a.PersonID, &a.Address, &a.Canonical, &a.AddedAt)
		if p := into[a.PersonID]; p != nil { // who came in between has none
			p.Addresses = append(p.Addresses, a)
		}
		return err
	}, "SELECT id, person_id, address, canonical, added_at FROM address WHERE person_id IN ? ORDER BY id", padded(ids))
}

// MailAddresses finds where mail to some people goes, by person: their first
// address. Who is no more is absent.
func (s *Storage) MailAddresses(ctx context.Context, people []int64) (map[int64]string, error) {
	found := make(map[int64]string, len(people))
	return found, s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var address string
		err := rows.Scan(&id, &address)
		if _, ok := found[id]; !ok {
			found[id] = address
		}
		return err
	}, "SELECT person_id, address FROM address WHERE person_id IN ? ORDER BY id", padded(people))
}

// letters reads the facts of letters without the ids, which are most of them.
func (s *Storage) letters(ctx context.Context, pairs []int64, since time.Time, into map[int64][]Message) error {
	return s.each(ctx, func(rows *sql.Rows) error {
		var m Message
		err := rows.Scan(&m.ID, &m.PairID, &m.WriterID, &m.At, &m.Words, &m.Language, &m.Asks, &m.Offers, &m.Thanks, &m.Commits, &m.Reports, &m.Pace,
			&m.AsksHelp, &m.AsksWishes, &m.AsksAfter, &m.Links, &m.Events)
		into[m.PairID] = append(into[m.PairID], m)
		return err
	}, `SELECT id, pair_id, writer_id, at, words, language, asks, offers, thanks, commits, reports, pace,
			asks_help, asks_wishes, asks_after, links, events
		FROM message WHERE pair_id IN ? AND at >= ? ORDER BY pair_id, at, id`, padded(pairs), since)
}

func (s *Storage) asks(ctx context.Context, pairs []int64, since time.Time, into map[int64][]Ask) error {
	return s.each(ctx, func(rows *sql.Rows) error {
		var a Ask
		err := rows.Scan(&a.ID, &a.MessageID, &a.PairID, &a.WriterID, &a.Text, &a.At, &a.ExpiresAt)
		into[a.PairID] = append(into[a.PairID], a)
		return err
	}, "SELECT id, message_id, pair_id, writer_id, text, at, expires_at FROM ask WHERE pair_id IN ? AND at >= ? ORDER BY pair_id, at, id", padded(pairs), since)
}

// each goes through the rows that a query finds.
func (s *Storage) each(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := s.read.WithContext(ctx).Raw(query, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// padded repeats the last of some ids until their number is a power of two: so
// there are few queries, which stay prepared, for lists of all lengths.
func padded(ids []int64) []int64 {
	n := len(ids)
	if n == 0 {
		return ids
	}
	list := make([]int64, 1<<bits.Len(uint(n-1)))
	for i := copy(list, ids); i < len(list); i++ {
		list[i] = ids[n-1]
	}
	return list
}
