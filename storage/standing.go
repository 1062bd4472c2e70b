package storage

import (
	"context"
	"time"
)

// A Standing is a pair with what a coordinator is told of it.
type Standing struct {
	Pair     Pair                // with its people, but without masks
	Letters  []Message           // oldest first, without their message ids
	Reported map[int64]time.Time // when a person of it reported the other, the last time
	Pulse    map[int64]int       // what a person of it answered to how it is going, the last time: 1 to 5
	Absences map[int64][]Absence // by person
}

// Standings reads up to limit pairs of a programme after one, in the order they
// were added: their letters since a moment, and what was reported and answered
// from that moment or later on which a month began.
func (s *Storage) Standings(ctx context.Context, programmeID, after int64, limit int, letters, month time.Time) ([]Standing, error) {
	db := s.read.WithContext(ctx)
	var pairs []Pair
	of := db.Preload("Mentor.Addresses").Preload("Mentee.Addresses").Where("programme_id = ? AND id > ?", programmeID, after)
	if err := of.Order("id").Limit(limit).Find(&pairs).Error; err != nil {
		return nil, err
	}
	var ids, people []int64
	for i := range pairs {
		ids, people = append(ids, pairs[i].ID), append(people, pairs[i].MentorID, pairs[i].MenteeID)
	}
	written := map[int64][]Message{}
	if err := s.letters(ctx, ids, letters, written); err != nil {
		return nil, err
	}
	var audits []Audit
	if err := db.Where("pair_id IN ? AND action = ? AND at >= ?", ids, AuditReported, month).Order("id").Find(&audits).Error; err != nil {
		return nil, err
	}
	var pulses []Answer
	err := db.Raw(`SELECT a.person_id, a.value FROM survey s JOIN answer a ON a.person_id = s.person_id AND a.survey = 'pulse ' || s.id
		WHERE s.person_id IN ? AND s.key = 'pulse' AND s.programme_id = ? AND a.at >= ? ORDER BY a.at`, people, programmeID, month).Scan(&pulses).Error
	if err != nil {
		return nil, err
	}
	var absences []Absence
	if err := db.Where("person_id IN ?", people).Order("id").Find(&absences).Error; err != nil {
		return nil, err
	}
	return standings(pairs, written, audits, pulses, absences), nil
}

func standings(pairs []Pair, letters map[int64][]Message, audits []Audit, pulses []Answer, absences []Absence) []Standing {
	pulse, away, reported := map[int64]int{}, map[int64][]Absence{}, map[int64]map[int64]time.Time{}
	for _, a := range pulses {
		if len(a.Value) == 1 {
			pulse[a.PersonID] = int(a.Value[0] - '0')
		}
	}
	for _, a := range absences {
		away[a.PersonID] = append(away[a.PersonID], a)
	}
	for _, a := range audits {
		if reported[a.PairID] == nil {
			reported[a.PairID] = map[int64]time.Time{}
		}
		reported[a.PairID][a.PersonID] = a.At
	}
	list := make([]Standing, len(pairs))
	for i, p := range pairs {
		list[i] = Standing{Pair: p, Letters: letters[p.ID], Reported: reported[p.ID], Pulse: map[int64]int{}, Absences: map[int64][]Absence{}}
		for _, id := range []int64{p.MentorID, p.MenteeID} {
			list[i].Pulse[id], list[i].Absences[id] = pulse[id], away[id]
		}
	}
	return list
}

// A MailCount is how the mail of a programme fared.
type MailCount struct {
	Returned   int64 // mails that came back between two moments
	Complaints int64 // mails that were marked as spam between two moments
	Suspended  int64 // people whose mailbox takes no mail now
}

// MailCount counts what came back of the mail to the people of a programme.
func (s *Storage) MailCount(ctx context.Context, programmeID int64, from, until time.Time) (MailCount, error) {
	var c MailCount
	return c, s.read.WithContext(ctx).Raw(`SELECT
		(SELECT COUNT(*) FROM bounce b JOIN enrolment e ON e.person_id = b.person_id
			WHERE e.programme_id = @programme AND b.at >= @from AND b.at < @until AND b.class <> 'complaint') AS returned,
		(SELECT COUNT(*) FROM bounce b JOIN enrolment e ON e.person_id = b.person_id
			WHERE e.programme_id = @programme AND b.at >= @from AND b.at < @until AND b.class = 'complaint') AS complaints,
		(SELECT COUNT(*) FROM person p JOIN enrolment e ON e.person_id = p.id
			WHERE e.programme_id = @programme AND p.state = 'suspended') AS suspended`,
		map[string]any{"programme": programmeID, "from": from, "until": until}).Scan(&c).Error
}
