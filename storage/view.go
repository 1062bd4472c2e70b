package storage

import (
	"context"
	"slices"
	"time"
)

// A View is what is known of a person at a moment, and of the pairs of theirs
// that are active or paused.
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
	db := s.read.WithContext(ctx)
	var persons []Person
	if err := withAddresses(db).Where("id IN ?", people).Order("id").Find(&persons).Error; err != nil {
		return nil, err
	}
	var pairs []Pair
	of := db.Preload("Mentor.Addresses").Preload("Mentee.Addresses").Where("state IN ?", []string{PairActive, PairPaused})
	if err := of.Where("mentor_id IN ? OR mentee_id IN ?", people, people).Order("id").Find(&pairs).Error; err != nil {
		return nil, err
	}
	var pairIDs []int64
	everybody := slices.Clone(people)
	for i := range pairs {
		pairIDs = append(pairIDs, pairs[i].ID)
		everybody = append(everybody, pairs[i].MentorID, pairs[i].MenteeID)
	}
	slices.Sort(everybody)
	everybody = slices.Compact(everybody)
	f, err := s.facts(ctx, people, everybody, pairIDs, survey, since)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(persons))
	for i := range persons {
		views[i] = f.of(&persons[i], pairs)
	}
	return views, nil
}

// facts are what the views of some people are made of.
type facts struct {
	letters  map[int64][]Message
	asks     map[int64][]Ask
	nudges   map[int64][]Nudge
	absences map[int64][]Absence
	answers  map[int64]map[string]string
}

func (s *Storage) facts(ctx context.Context, people, everybody, pairs []int64, survey string, since time.Time) (*facts, error) {
	db := s.read.WithContext(ctx)
	f := &facts{map[int64][]Message{}, map[int64][]Ask{}, map[int64][]Nudge{}, map[int64][]Absence{}, map[int64]map[string]string{}}
	if err := s.letters(ctx, pairs, since, f.letters); err != nil {
		return nil, err
	}
	var asks []Ask
	if err := db.Where("pair_id IN ? AND at >= ?", pairs, since).Order("at, id").Find(&asks).Error; err != nil {
		return nil, err
	}
	for _, a := range asks {
		f.asks[a.PairID] = append(f.asks[a.PairID], a)
	}
	nudges, err := s.Nudges(ctx, people, time.Time{})
	if err != nil {
		return nil, err
	}
	for _, n := range nudges {
		f.nudges[n.PersonID] = append(f.nudges[n.PersonID], n)
	}
	var absences []Absence
	if err := db.Where("person_id IN ?", everybody).Order("id").Find(&absences).Error; err != nil {
		return nil, err
	}
	for _, a := range absences {
		f.absences[a.PersonID] = append(f.absences[a.PersonID], a)
	}
	var answers []Answer
	if err := db.Where("person_id IN ? AND survey = ?", everybody, survey).Find(&answers).Error; err != nil {
		return nil, err
	}
	for _, a := range answers {
		if f.answers[a.PersonID] == nil {
			f.answers[a.PersonID] = map[string]string{}
		}
		f.answers[a.PersonID][a.Question] = a.Value
	}
	return f, nil
}

// letters reads the facts of letters without the ids, which are most of them.
func (s *Storage) letters(ctx context.Context, pairs []int64, since time.Time, into map[int64][]Message) error {
	rows, err := s.read.WithContext(ctx).Raw(`SELECT id, pair_id, writer_id, at, words, language, asks, offers, thanks, commits, reports, pace,
			asks_help, asks_wishes, asks_after, links, events
		FROM message WHERE pair_id IN ? AND at >= ? ORDER BY pair_id, at, id`, pairs, since).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var m Message
		if err := rows.Scan(&m.ID, &m.PairID, &m.WriterID, &m.At, &m.Words, &m.Language, &m.Asks, &m.Offers, &m.Thanks, &m.Commits, &m.Reports, &m.Pace,
			&m.AsksHelp, &m.AsksWishes, &m.AsksAfter, &m.Links, &m.Events); err != nil {
			return err
		}
		into[m.PairID] = append(into[m.PairID], m)
	}
	return rows.Err()
}

func (f *facts) of(p *Person, pairs []Pair) View {
	v := View{
		Person: *p, Letters: map[int64][]Message{}, Asks: map[int64][]Ask{}, Nudges: f.nudges[p.ID],
		Absences: map[int64][]Absence{p.ID: f.absences[p.ID]}, Answers: map[int64]map[string]string{p.ID: f.answers[p.ID]},
	}
	for _, pair := range pairs {
		if pair.MentorID != p.ID && pair.MenteeID != p.ID {
			continue
		}
		v.Pairs = append(v.Pairs, pair)
		v.Letters[pair.ID], v.Asks[pair.ID] = f.letters[pair.ID], f.asks[pair.ID]
		for _, id := range []int64{pair.MentorID, pair.MenteeID} {
			v.Absences[id], v.Answers[id] = f.absences[id], f.answers[id]
		}
	}
	return v
}
