package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// An Appointment is when to look at something next. What is due then is decided
// from the facts of that moment.
type Appointment struct {
	Kind      string `gorm:"primaryKey"`
	SubjectID int64  `gorm:"primaryKey;autoIncrement:false"`
	At        time.Time
}

// What there is to look at.
const (
	AppointmentLook      = "look"      // a person, each day
	AppointmentSummary   = "summary"   // a person, each month
	AppointmentProgramme = "programme" // a programme, each month
	AppointmentResume    = "resume"    // a person whose pause ends
	AppointmentSurvey    = "survey"    // a survey that is to be reminded of
)

// AppointmentsDue lists up to limit appointments whose time has come, in their
// order, after one that is given; the zero one comes before all.
func (s *Storage) AppointmentsDue(ctx context.Context, now time.Time, after Appointment, limit int) ([]Appointment, error) {
	var list []Appointment
	return list, s.read.WithContext(ctx).
		Where("at <= ? AND (at, kind, subject_id) > (?, ?, ?)", now, after.At, after.Kind, after.SubjectID).
		Order("at, kind, subject_id").Limit(limit).Find(&list).Error
}

// CountDue counts the appointments whose time has come.
func (s *Storage) CountDue(ctx context.Context, now time.Time) (n int64, err error) {
	err = s.read.WithContext(ctx).Model(&Appointment{}).Where("at <= ?", now).Count(&n).Error
	return n, err
}

// Moved is the change that an appointment was kept and that the next is at
// another time; if somebody else kept it, the whole acceptance counts as
// received before. The zero time is for good.
type Moved struct {
	Appointment Appointment
	Next        time.Time
}

func (c Moved) apply(tx *gorm.DB) error {
	is := tx.Where("kind = ? AND subject_id = ? AND at = ?", c.Appointment.Kind, c.Appointment.SubjectID, c.Appointment.At)
	if c.Next.IsZero() {
		return unless(changed(is.Delete(&Appointment{})), ErrNotFound, errStale)
	}
	return unless(changed(is.Model(&Appointment{}).Update("at", c.Next)), ErrNotFound, errStale)
}

// MoveAppointments moves appointments that were kept with nothing to do, but
// for those that somebody else kept: in one transaction, with a statement for all
// that move alike, since every morning everybody's do. They are found by their
// key: a planner that believes few to be at that time would go through all that
// are, but for the COALESCE.
func (s *Storage) MoveAppointments(ctx context.Context, list []Moved) error {
	type move struct {
		kind     string
		at, next int64 // microseconds, as databases keep them
	}
	alike := map[move][]int64{}
	var moves []move
	for _, c := range list {
		m := move{c.Appointment.Kind, c.Appointment.At.UnixMicro(), c.Next.UnixMicro()}
		if alike[m] == nil {
			moves = append(moves, m)
		}
		alike[m] = append(alike[m], c.Appointment.SubjectID)
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		for _, m := range moves {
			is := tx.Where("kind = ? AND subject_id IN ? AND COALESCE(at, at) = ?", m.kind, padded(alike[m]), time.UnixMicro(m.at).UTC())
			if m.next == (time.Time{}).UnixMicro() {
				is = is.Delete(&Appointment{})
			} else {
				is = is.Model(&Appointment{}).Update("at", time.UnixMicro(m.next).UTC())
			}
			if is.Error != nil {
				return is.Error
			}
		}
		return nil
	})
}

// Appointed is the change that makes an appointment, or moves the one there is.
type Appointed struct{ Appointment Appointment }

func (c Appointed) apply(tx *gorm.DB) error {
	return tx.Exec("INSERT INTO appointment (kind, subject_id, at) VALUES (?, ?, ?) ON CONFLICT (kind, subject_id) DO UPDATE SET at = excluded.at",
		c.Appointment.Kind, c.Appointment.SubjectID, c.Appointment.At).Error
}

// Cancelled is the change that there is no such appointment any more.
type Cancelled struct {
	Kind      string
	SubjectID int64
}

func (c Cancelled) apply(tx *gorm.DB) error {
	return tx.Where("kind = ? AND subject_id = ?", c.Kind, c.SubjectID).Delete(&Appointment{}).Error
}
