package storage

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"time"

	"gorm.io/gorm"
)

// A Naming is what an export says in the words of those who know mail.
type Naming struct {
	Mask  func(name, token string) string           // a masked address
	Other func(other *Person, in *Programme) string // what somebody may know the other of a pair by
}

// Export writes all that is stored about a person, as one JSON object of which
// each record is on a line of its own; times are in UTC (RFC 3339). Of the other
// of a pair it says what the person may know: the name, and the facts of the
// letters between them. What the other answered, decided or was sent is not the
// person's. The export is written as it is read, so that memory does not grow
// with it. ErrNotFound, with nothing written, where there is no such person.
func (s *Storage) Export(ctx context.Context, personID int64, naming Naming, w io.Writer) error {
	p, err := s.PersonByID(ctx, personID)
	if err != nil {
		return err
	}
	pairs, err := s.PairsOf(ctx, personID)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	e := &export{Storage: s, ctx: ctx, naming: naming, person: p, pairs: pairs, out: out}
	out.WriteString("{")
	for _, section := range exported {
		if err := section.write(e, section.key); err != nil {
			return err
		}
	}
	out.WriteString("\n}\n")
	return out.Flush()
}

// exported is what an export has, in its order.
var exported = []struct {
	key   string
	write func(e *export, key string) error
}{
	{"person", (*export).writePerson},
	{"addresses", (*export).writeAddresses},
	{"programmes", (*export).writeProgrammes},
	{"pairs", (*export).writePairs},
	{"letters", (*export).writeLetters},
	{"questions", (*export).writeAsks},
	{"surveys", (*export).writeSurveys},
	{"answers", (*export).writeAnswers},
	{"tips", (*export).writeNudges},
	{"notices", (*export).writeNotices},
	{"absences", (*export).writeAbsences},
	{"bounces", (*export).writeBounces},
	{"mails", (*export).writeDeliveries},
	{"held", (*export).writeHolds},
	{"decisions", (*export).writeAudits},
	{"appointments", (*export).writeAppointments},
	{"requests", (*export).writeRequests},
}

// An export is one that is being written.
type export struct {
	*Storage
	ctx    context.Context
	naming Naming
	person *Person
	pairs  []Pair
	out    *bufio.Writer
	begun  bool // a section was written before
}

// theirs is where to look for what belongs to the person.
func (e *export) theirs() *gorm.DB {
	return e.read.WithContext(e.ctx).Where("person_id = ?", e.person.ID)
}

// begin writes the name of a section.
func (e *export) begin(key string) {
	if e.begun {
		e.out.WriteString(",")
	}
	e.begun = true
	e.out.WriteString("\n  \"" + key + "\": ")
}

// value writes a record. Addresses and signs stay as they are.
func (e *export) value(v any) error {
	var b bytes.Buffer
	j := json.NewEncoder(&b)
	j.SetEscapeHTML(false)
	if err := j.Encode(v); err != nil {
		return err
	}
	_, err := e.out.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return err
}

// writeList writes a section of records, page by page until one comes back short.
func writeList[T any](e *export, key string, page func(last *T) ([]T, error), view func(*T) any) error {
	e.begin(key)
	e.out.WriteString("[")
	n := 0
	var last *T
	for {
		some, err := page(last)
		if err != nil {
			return err
		}
		for i := range some {
			if n > 0 {
				e.out.WriteString(",")
			}
			n++
			e.out.WriteString("\n    ")
			if err := e.value(view(&some[i])); err != nil {
				return err
			}
		}
		if len(some) < pageSize {
			break
		}
		last = &some[len(some)-1]
	}
	if n > 0 {
		e.out.WriteString("\n  ")
	}
	_, err := e.out.WriteString("]")
	return err
}

// few is the only page of a list that is never long.
func few[T any](records []T, err error) func(*T) ([]T, error) {
	return func(last *T) ([]T, error) {
		if last != nil {
			return nil, nil
		}
		return records, err
	}
}

// byID pages through a list in the order of its ids.
func byID[T any](of func() *gorm.DB, id func(*T) int64) func(*T) ([]T, error) {
	return func(last *T) (some []T, err error) {
		after := int64(0)
		if last != nil {
			after = id(last)
		}
		return some, of().Where("id > ?", after).Order("id").Limit(pageSize).Find(&some).Error
	}
}

// moment is a time as it is written, or null.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func moments(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	return moment(*t)
}
