package storage

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
)

// A Person is someone enrolled in one or more programmes.
type Person struct {
	ID        int64
	Name      string
	Language  string // BCP 47
	Timezone  string // IANA name
	State     string // PersonActive, PersonPaused, PersonSuspended or PersonForgotten
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
	PersonForgotten = "forgotten" // nothing is left of them but what they are counted by
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
		for some := range slices.Chunk(persons, createdAtOnce) {
			if err := createPersons(tx, programmeID, some); err != nil {
				return err
			}
		}
		return nil
	})
}

// createdAtOnce is how many people one statement adds: enough that its way to
// the server no longer counts, and few enough for the parameters it may have.
const createdAtOnce = 500

func createPersons(tx *gorm.DB, programmeID int64, persons []*Person) error {
	for _, p := range persons {
		p.ID = 0
	}
	if err := tx.Omit("Addresses").Create(persons).Error; err != nil {
		return err
	}
	var addresses []*Address
	var appointments []Appointment
	var places []Enrolment
	for _, p := range persons {
		for i := range p.Addresses {
			p.Addresses[i].ID, p.Addresses[i].PersonID = 0, p.ID
			addresses = append(addresses, &p.Addresses[i])
		}
		for _, kind := range []string{AppointmentLook, AppointmentSummary} {
			appointments = append(appointments, Appointment{kind, p.ID, p.CreatedAt})
		}
		places = append(places, Enrolment{programmeID, p.ID})
	}
	for some := range slices.Chunk(addresses, createdAtOnce) { // of one person there may be many
		if err := tx.Create(some).Error; err != nil {
			return err
		}
	}
	if err := tx.Create(&appointments).Error; err != nil {
		return err
	}
	return tx.Create(&places).Error
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

// Taken tells which of these canonical addresses somebody has.
func (s *Storage) Taken(ctx context.Context, canonical []string) (map[string]bool, error) {
	taken := map[string]bool{}
	for some := range slices.Chunk(canonical, createdAtOnce) {
		some = slices.DeleteFunc(slices.Clone(some), func(a string) bool { return !storable(a) })
		var found []string
		if err := s.read.WithContext(ctx).Model(&Address{}).Where("canonical IN ?", some).Pluck("canonical", &found).Error; err != nil {
			return nil, err
		}
		for _, a := range found {
			taken[a] = true
		}
	}
	return taken, nil
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
