package storage

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// AppointmentForget is the appointment of a person who was forgotten, to be
// forgotten once more: a letter or an answer may have been under way at the
// moment, and a process that was killed has left some of the work.
const AppointmentForget = "forget"

// personAppointments are the kinds whose subject is a person.
var personAppointments = []string{AppointmentLook, AppointmentSummary, AppointmentResume}

// forgetAgain is longer than a message takes from its door into the database,
// and much shorter than the day within which a person is to be forgotten.
const forgetAgain = time.Hour

// Forgotten is the change by which a person is forgotten, as Forget does it; if
// they have been, the whole acceptance counts as received before. It deletes
// what must go at once and ends their pairs. The rest, of which there may be
// much, is for Forget to do afterwards, or else for whoever keeps the
// appointment that is made. Mails of the same acceptance are sent.
type Forgotten struct {
	ID int64
	At time.Time
}

func (c Forgotten) apply(tx *gorm.DB) error {
	fresh, _, err := forget(tx, c.ID, c.At)
	if err == nil && !fresh {
		return errStale
	}
	return err
}

// Forget deletes all that identifies a person, and returns the pairs that
// ended by it. What stays is a person in the state PersonForgotten, without a
// name or an address, so that letters and pairs are still counted. Mail to them
// that is not sent yet is dropped; letters that were accepted from them go out.
//
// It may be done beside a running server, and again: what came in since is
// deleted, and what an earlier try has left. After an error the pairs that are
// returned have ended all the same. ErrNotFound where there is no such person.
func (s *Storage) Forget(ctx context.Context, personID int64, now time.Time) (ended []int64, err error) {
	err = s.write(ctx, func(tx *gorm.DB) (err error) {
		_, ended, err = forget(tx, personID, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, statement := range forgottenInSteps {
		if err := s.inSteps(ctx, statement, personID); err != nil {
			return ended, err
		}
	}
	if err := s.forgetNotices(ctx, personID); err != nil {
		return ended, err
	}
	if err := s.forgetDeliveries(ctx, personID); err != nil {
		return ended, err
	}
	return ended, s.write(ctx, func(tx *gorm.DB) error {
		return tx.Where("kind = ? AND subject_id = ? AND at <= ?", AppointmentForget, personID, now).Delete(&Appointment{}).Error
	})
}

// forget does what is done at once, and tells whether it was the first time.
func forget(tx *gorm.DB, id int64, at time.Time) (fresh bool, ended []int64, err error) {
	nobody := map[string]any{"name": "", "language": "", "timezone": "", "state": PersonForgotten, "muted": true, "tips": TipsNone}
	r := tx.Model(&Person{}).Where("id = ? AND state <> ?", id, PersonForgotten).Updates(nobody)
	if r.Error != nil {
		return false, nil, r.Error
	}
	if fresh = r.RowsAffected > 0; fresh {
		err = Appointed{Appointment{AppointmentForget, id, at.Add(forgetAgain)}}.apply(tx)
	} else {
		err = first(tx.Select("id").Where("id = ?", id), &Person{})
	}
	if err != nil {
		return false, nil, err
	}
	if ended, err = endPairs(tx, id); err != nil {
		return false, nil, err
	}
	for _, statement := range forgottenWithBodies {
		if err := deleteWithBodies(tx, statement, sql.Named("id", id)); err != nil {
			return false, nil, err
		}
	}
	for _, statement := range forgottenAtFirst {
		if err := tx.Exec(statement, sql.Named("id", id), sql.Named("appointments", personAppointments)).Error; err != nil {
			return false, nil, err
		}
	}
	return fresh, ended, nil
}

// endPairs ends a person's pairs at once, without a farewell.
func endPairs(tx *gorm.DB, personID int64) (ended []int64, err error) {
	var pairs []Pair
	err = tx.Model(&pairs).Clauses(clause.Returning{Columns: []clause.Column{{Name: "id"}}}).
		Where("(mentor_id = ? OR mentee_id = ?) AND state <> ?", personID, personID, PairEnded).Update("state", PairEnded).Error
	for _, p := range pairs {
		ended = append(ended, p.ID)
	}
	slices.Sort(ended)
	return ended, err
}

// In what follows @id is the person, @appointments the kinds of theirs, and
// @limit how many rows a step takes.
const (
	theirPairs   = "(SELECT id FROM pair WHERE mentor_id = @id OR mentee_id = @id)"
	theirSurveys = "(SELECT id FROM survey WHERE person_id = @id)"
)

// forgottenWithBodies is what has a body, which goes with it.
var forgottenWithBodies = []string{
	// What is held in their pairs, the other's letters to them included: nobody
	// could take them. And what came from their address to somebody else's mask.
	"DELETE FROM hold WHERE pair_id IN " + theirPairs + " OR address IN (SELECT canonical FROM address WHERE person_id = @id) RETURNING body",
	// The queue, as its two indexes have it: what waits, and what is in hand.
	// Whoever has it in hand finds that it is so no longer.
	"DELETE FROM delivery WHERE state = 'queued' AND owner = '' AND person_id = @id RETURNING body",
	"DELETE FROM delivery WHERE owner <> '' AND person_id = @id RETURNING body",
}

// deleteWithBodies deletes what a statement names, and then the bodies of what it
// deleted: PostgreSQL lets others add rows between two statements, and a body
// that was looked up before might not be all.
func deleteWithBodies(tx *gorm.DB, statement string, args ...any) error {
	var bodies []int64
	if err := tx.Raw(statement, args...).Scan(&bodies).Error; err != nil {
		return err
	}
	for some := range slices.Chunk(bodies, forgottenAtOnce) {
		if err := tx.Where("body IN ?", some).Delete(&Chunk{}).Error; err != nil {
			return err
		}
	}
	return nil
}

// forgottenAtFirst finds its rows by an index, or in tables that stay small.
var forgottenAtFirst = []string{
	"DELETE FROM address WHERE person_id = @id",
	"DELETE FROM enrolment WHERE person_id = @id",
	"DELETE FROM mask WHERE pair_id IN " + theirPairs, // the other's is called by their name
	"DELETE FROM appointment WHERE kind IN @appointments AND subject_id = @id",
	"DELETE FROM appointment WHERE kind = 'survey' AND subject_id IN " + theirSurveys,
	"DELETE FROM survey WHERE person_id = @id",
	"DELETE FROM answer WHERE person_id = @id",
	"DELETE FROM absence WHERE person_id = @id",
	"DELETE FROM bounce WHERE person_id = @id",
	"DELETE FROM request WHERE person_id = @id",
	"UPDATE delivery SET sender_id = 0 WHERE state = 'queued' AND owner = '' AND sender_id = @id",
	"UPDATE delivery SET sender_id = 0 WHERE owner <> '' AND sender_id = @id",
}

// forgottenInSteps is what there may be much of: the ids of letters, which name
// the host they come from, what was asked in them, and the facts behind tips,
// which may quote it. What the other asked may call them by their name.
var forgottenInSteps = []string{
	"UPDATE message SET original_id = '' WHERE id IN (SELECT id FROM message WHERE pair_id IN " + theirPairs + " AND original_id > '' AND writer_id = @id LIMIT @limit)",
	"DELETE FROM ask WHERE id IN (SELECT id FROM ask WHERE pair_id IN " + theirPairs + " LIMIT @limit)",
	"UPDATE nudge SET facts = '{}', moment = 'forgotten ' || CAST(id AS TEXT) WHERE id IN (SELECT id FROM nudge WHERE pair_id IN " + theirPairs +
		" AND (facts <> '{}' OR moment <> 'forgotten ' || CAST(id AS TEXT)) LIMIT @limit)",
}

// inSteps repeats a statement in transactions of their own until nothing is left
// for it, so that other writes go on in between.
func (s *Storage) inSteps(ctx context.Context, statement string, personID int64) error {
	for {
		var n int64
		err := s.write(ctx, func(tx *gorm.DB) error {
			r := tx.Exec(statement, sql.Named("id", personID), sql.Named("limit", forgottenAtOnce))
			n = r.RowsAffected
			return r.Error
		})
		if err != nil || n < forgottenAtOnce {
			return err
		}
	}
}

// forgetNotices looks for a person's notices beside the writer, since no index
// leads to them, and deletes them by their key.
func (s *Storage) forgetNotices(ctx context.Context, personID int64) error {
	var kinds []string
	err := s.read.WithContext(ctx).Model(&Notice{}).Where("person_id = ?", personID).Distinct().Pluck("kind", &kinds).Error
	if err != nil || len(kinds) == 0 {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		return tx.Where("kind IN ? AND person_id = ?", kinds, personID).Delete(&Notice{}).Error
	})
}

// forgetDeliveries deletes what is known of mail to a person, so that a report
// that comes late finds nobody, and takes them off the mail that they sent, so
// that nobody writes to them about it. No index leads to these either.
func (s *Storage) forgetDeliveries(ctx context.Context, personID int64) error {
	var ids []int64
	for after := int64(0); ; after = ids[len(ids)-1] {
		ids = ids[:0]
		err := s.read.WithContext(ctx).Model(&Delivery{}).Where("id > ? AND (person_id = ? OR sender_id = ?)", after, personID, personID).
			Order("id").Limit(forgottenAtOnce).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		err = s.write(ctx, func(tx *gorm.DB) error {
			named := []any{sql.Named("ids", ids), sql.Named("id", personID)}
			if err := deleteWithBodies(tx, "DELETE FROM delivery WHERE id IN @ids AND person_id = @id RETURNING body", named...); err != nil {
				return err
			}
			return tx.Exec("UPDATE delivery SET sender_id = 0 WHERE id IN @ids AND sender_id = @id", named...).Error
		})
		if err != nil {
			return err
		}
	}
}
