package storage

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A Survey is a survey that was sent to a person.
type Survey struct {
	ID          int64 `gorm:"autoIncrement:false"` // random, since the mail that asks names it
	Key         string
	ProgrammeID int64
	PersonID    int64
	PairID      int64  // the pair it asks about; 0 for none
	Role        string // RoleMentor or RoleMentee: how the questions are put
	SentAt      time.Time
	RemindAt    time.Time // when to ask once more for what is missing
	State       string    // SurveyAsked, SurveyReminded or SurveyAnswered
}

// How questions are put.
const (
	RoleMentor = "mentor"
	RoleMentee = "mentee"
)

// The states of a survey.
const (
	SurveyAsked    = "asked"
	SurveyReminded = "reminded" // what is missing was asked for once more
	SurveyAnswered = "answered" // nothing is missing
)

// NewSurvey returns a survey with a number of its own.
func NewSurvey() Survey { return Survey{ID: randomID(), State: SurveyAsked} }

func (s Survey) apply(tx *gorm.DB) error { return tx.Create(&s).Error }

// SurveyMoved is the change of a survey's state, where it is now From; if it is
// not, the whole acceptance counts as received before.
type SurveyMoved struct {
	ID       int64
	From, To string
}

func (c SurveyMoved) apply(tx *gorm.DB) error {
	return unless(changed(tx.Model(&Survey{}).Where("id = ? AND state = ?", c.ID, c.From).Update("state", c.To)), ErrNotFound, errStale)
}

// An Answer is what a person answered to a question of a survey: the last
// answer.
type Answer struct {
	PersonID int64  `gorm:"primaryKey;autoIncrement:false"`
	Survey   string `gorm:"primaryKey"` // its key
	Question string `gorm:"primaryKey"` // its key
	Value    string // an option's key, a number, or a text
	Source   string // the line it was read from
	At       time.Time
}

func (a Answer) apply(tx *gorm.DB) error {
	return tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "person_id"}, {Name: "survey"}, {Name: "question"}},
		DoUpdates: clause.AssignmentColumns([]string{"value", "source", "at"}),
	}).Create(&a).Error
}

// SurveyByID finds a survey that was sent.
func (s *Storage) SurveyByID(ctx context.Context, id int64) (*Survey, error) {
	var v Survey
	return &v, first(s.read.WithContext(ctx).Where("id = ?", id), &v)
}

// SurveysOf lists the surveys of this key that were sent to a person, oldest
// first.
func (s *Storage) SurveysOf(ctx context.Context, personID int64, key string) ([]Survey, error) {
	var list []Survey
	return list, s.read.WithContext(ctx).Where("person_id = ? AND key = ?", personID, key).Order("sent_at, id").Find(&list).Error
}

// Answers returns what a person answered to a survey, by the question's key.
func (s *Storage) Answers(ctx context.Context, personID int64, survey string) (map[string]string, error) {
	var list []Answer
	err := s.read.WithContext(ctx).Where("person_id = ? AND survey = ?", personID, survey).Find(&list).Error
	answers := make(map[string]string, len(list))
	for _, a := range list {
		answers[a.Question] = a.Value
	}
	return answers, err
}
