package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// A Person is someone enrolled in one or more programmes.
type Person struct {
	ID        int64
	Name      string
	Language  string // BCP 47
	Timezone  string // IANA name
	State     string // PersonActive, PersonPaused or PersonSuspended
	Muted     bool   // they marked our mail as spam: no more service mail but answers
	Tips      string // TipsDefault, TipsWanted, TipsFewer or TipsNone
	CreatedAt time.Time
	Addresses []Address // in the order they were added; mail goes to the first
}

// The states of a person.
const (
	PersonActive    = "active"
	PersonPaused    = "paused"    // wants no mail for now
	PersonSuspended = "suspended" // their mailbox takes no mail
)

// What a person wishes of tips.
const (
	TipsDefault = ""       // mentees get them, mentors do not
	TipsWanted  = "wanted" // as a mentor, too
	TipsFewer   = "fewer"
	TipsNone    = "none"
)

// An Address is a verified address of a person.
type Address struct {
	ID        int64
	PersonID  int64
	Address   string // as it was given
	Canonical string // what it is looked up and told apart by
	AddedAt   time.Time
}

// An Enrolment is a person's place in a programme.
type Enrolment struct {
	ProgrammeID int64 `gorm:"primaryKey;autoIncrement:false"`
	PersonID    int64 `gorm:"primaryKey;autoIncrement:false"`
}

// CreatePerson adds p with its addresses to a programme and sets the IDs; an
// address that somebody has gives ErrExists.
func (s *Storage) CreatePerson(ctx context.Context, programmeID int64, p *Person) error {
	return s.CreatePersons(ctx, programmeID, []*Person{p})
}

// CreatePersons adds all persons, or none of them.
func (s *Storage) CreatePersons(ctx context.Context, programmeID int64, persons []*Person) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		for _, p := range persons {
			if err := createPerson(tx, programmeID, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func createPerson(tx *gorm.DB, programmeID int64, p *Person) error {
	p.ID = 0
	for i := range p.Addresses {
		p.Addresses[i].ID = 0
	}
	if err := tx.Omit("Addresses").Create(p).Error; err != nil {
		return err
	}
	for i := range p.Addresses {
		p.Addresses[i].PersonID = p.ID
	}
	if err := tx.Create(&p.Addresses).Error; err != nil {
		return err
	}
	for _, kind := range []string{AppointmentLook, AppointmentSummary} {
		if err := tx.Create(&Appointment{kind, p.ID, p.CreatedAt}).Error; err != nil {
			return err
		}
	}
	return tx.Create(&Enrolment{programmeID, p.ID}).Error
}

// Enrol gives a person a place in one more programme; ErrExists if they have it.
func (s *Storage) Enrol(ctx context.Context, programmeID, personID int64) error {
	return s.write(ctx, func(tx *gorm.DB) error { return tx.Create(&Enrolment{programmeID, personID}).Error })
}

// PersonByAddress finds the person that has the canonical address.
func (s *Storage) PersonByAddress(ctx context.Context, canonical string) (*Person, error) {
	if !storable(canonical) {
		return nil, ErrNotFound
	}
	var p Person
	owner := s.read.Model(&Address{}).Select("person_id").Where("canonical = ?", canonical)
	return &p, first(withAddresses(s.read.WithContext(ctx)).Where("id = (?)", owner), &p)
}

// PersonByID finds a person.
func (s *Storage) PersonByID(ctx context.Context, id int64) (*Person, error) {
	var p Person
	return &p, first(withAddresses(s.read.WithContext(ctx)).Where("id = ?", id), &p)
}

// Persons lists the people of a programme in the order they were added.
func (s *Storage) Persons(ctx context.Context, programmeID int64) ([]Person, error) {
	return all(func(after int64) (page []Person, err error) {
		enrolled := s.read.Model(&Enrolment{}).Select("person_id").Where("programme_id = ?", programmeID)
		of := withAddresses(s.read.WithContext(ctx)).Where("id IN (?)", enrolled)
		return page, of.Where("id > ?", after).Order("id").Limit(pageSize).Find(&page).Error
	}, func(p *Person) int64 { return p.ID })
}

// SetPersonState stores a person's state.
func (s *Storage) SetPersonState(ctx context.Context, id int64, state string) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Model(&Person{}).Where("id = ?", id).Update("state", state))
	})
}

func withAddresses(tx *gorm.DB) *gorm.DB {
	return tx.Preload("Addresses", func(tx *gorm.DB) *gorm.DB { return tx.Order("id") })
}
