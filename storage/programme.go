package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// A Programme is one mentoring programme of the installation.
type Programme struct {
	ID          int64
	Key         string // the name in lower case and hyphens, for the command line
	Name        string
	Coordinator string // the coordinator's address
	Language    string // BCP 47
	Timezone    string // IANA name
	Policy      string // PolicyPrivate or PolicyMonitored
	Opaque      string // OpaqueRefuse or OpaquePass
	Display     string // DisplayFirst or DisplayFull
	CreatedAt   time.Time
}

// What a programme decides.
const (
	PolicyPrivate   = "private"   // nobody reads messages
	PolicyMonitored = "monitored" // some are held for the coordinator

	OpaqueRefuse = "refuse" // encrypted mail, which cannot be masked, is refused
	OpaquePass   = "pass"   // it is relayed as it is

	DisplayFirst = "first" // the other sees the first name
	DisplayFull  = "full"  // the other sees the whole name
)

// CreateProgramme adds p and sets its ID; a key in use gives ErrExists.
func (s *Storage) CreateProgramme(ctx context.Context, p *Programme) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		p.ID = 0
		if err := tx.Create(p).Error; err != nil {
			return err
		}
		return tx.Create(&Appointment{AppointmentProgramme, p.ID, p.CreatedAt}).Error
	})
}

// UpdateProgramme stores p as it is now; a key in use gives ErrExists.
func (s *Storage) UpdateProgramme(ctx context.Context, p *Programme) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Model(p).Select("*").Omit("id", "created_at").Updates(p))
	})
}

// ProgrammeByKey finds a programme by its key.
func (s *Storage) ProgrammeByKey(ctx context.Context, key string) (*Programme, error) {
	var p Programme
	return &p, first(s.read.WithContext(ctx).Where("key = ?", key), &p)
}

// ProgrammeByID finds a programme.
func (s *Storage) ProgrammeByID(ctx context.Context, id int64) (*Programme, error) {
	var p Programme
	return &p, first(s.read.WithContext(ctx).Where("id = ?", id), &p)
}

// ProgrammeOf finds the first programme that a person was enrolled in.
func (s *Storage) ProgrammeOf(ctx context.Context, personID int64) (*Programme, error) {
	var p Programme
	places := s.read.Model(&Enrolment{}).Select("MIN(programme_id)").Where("person_id = ?", personID)
	return &p, first(s.read.WithContext(ctx).Where("id = (?)", places), &p)
}

// Programmes lists all programmes in the order they were added.
func (s *Storage) Programmes(ctx context.Context) ([]Programme, error) {
	var list []Programme
	return list, s.read.WithContext(ctx).Order("id").Find(&list).Error
}
