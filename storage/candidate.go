package storage

import "context"

// A Candidate is a person of a programme, with what a survey has told of them.
type Candidate struct {
	Person
	Role    string            // in which they were last asked by this programme; empty if they were not
	Answers map[string]string // by the question's key, whichever programme asked
}

// Candidates lists the people of a programme in the order they were added, with
// their answers to a survey.
func (s *Storage) Candidates(ctx context.Context, programmeID int64, survey string) ([]Candidate, error) {
	people, err := s.Persons(ctx, programmeID)
	if err != nil {
		return nil, err
	}
	list := make([]Candidate, len(people))
	for i := range people {
		list[i] = Candidate{Person: people[i], Answers: map[string]string{}}
	}
	for from := 0; from < len(list); from += pageSize {
		if err := s.surveyed(ctx, programmeID, survey, list[from:min(from+pageSize, len(list))]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// surveyed fills in the roles and the answers of some.
func (s *Storage) surveyed(ctx context.Context, programmeID int64, survey string, some []Candidate) error {
	ids, by := make([]int64, len(some)), make(map[int64]*Candidate, len(some))
	for i := range some {
		ids[i], by[some[i].ID] = some[i].ID, &some[i]
	}
	var sent []Survey
	err := s.read.WithContext(ctx).Where("person_id IN ? AND key = ? AND programme_id = ?", ids, survey, programmeID).
		Order("sent_at, id").Find(&sent).Error
	if err != nil {
		return err
	}
	for _, v := range sent {
		by[v.PersonID].Role = v.Role
	}
	var answers []Answer
	if err := s.read.WithContext(ctx).Where("person_id IN ? AND survey = ?", ids, survey).Find(&answers).Error; err != nil {
		return err
	}
	for _, a := range answers {
		by[a.PersonID].Answers[a.Question] = a.Value
	}
	return nil
}
