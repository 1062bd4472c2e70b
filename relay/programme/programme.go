// Package programme is the programme's own desk: what happens to the mail
// that people and servers send to the service rather than to each other.
package programme

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"mentorrelay/parser/answers"
	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

// A Store is what the desk asks of the database.
type Store interface {
	DeliveryByID(ctx context.Context, id int64) (*storage.Delivery, error)
	PersonByID(ctx context.Context, id int64) (*storage.Person, error)
	PairsOf(ctx context.Context, personID int64) ([]storage.Pair, error)
	PairByID(ctx context.Context, id int64) (*storage.Pair, error)
	ProgrammeByID(ctx context.Context, id int64) (*storage.Programme, error)
	ProgrammeOf(ctx context.Context, personID int64) (*storage.Programme, error)
	Bounces(ctx context.Context, personID int64, limit int) ([]storage.Bounce, error)
	Told(ctx context.Context, kind string, personID, subjectID int64) (bool, error)
	Received(ctx context.Context, pairID, personID int64, ids []string) (bool, error)
	SurveyByID(ctx context.Context, id int64) (*storage.Survey, error)
	SurveysOf(ctx context.Context, personID int64, key string) ([]storage.Survey, error)
	Answers(ctx context.Context, personID int64, survey string) (map[string]string, error)
	Wrote(ctx context.Context, pairID, personID int64, since time.Time) (bool, error)
	Absences(ctx context.Context, personID int64) ([]storage.Absence, error)
	Audits(ctx context.Context, pairID int64) ([]storage.Audit, error)
	RequestByID(ctx context.Context, id int64) (*storage.Request, error)
	Nudges(ctx context.Context, people []int64, since time.Time) ([]storage.Nudge, error)
	Effects(ctx context.Context, programmeID int64, now time.Time) ([]storage.Effect, error)
	Views(ctx context.Context, people []int64, survey string, since time.Time) ([]storage.View, error)
	Programmes(ctx context.Context) ([]storage.Programme, error)
	Persons(ctx context.Context, programmeID int64) ([]storage.Person, error)
	Standings(ctx context.Context, programmeID, after int64, limit int, letters, month time.Time) ([]storage.Standing, error)
	MailCount(ctx context.Context, programmeID int64, from, until time.Time) (storage.MailCount, error)
	Sketches(ctx context.Context, people []int64, survey string) ([]storage.View, error)
	Fill(ctx context.Context, views []*storage.View, since time.Time) error
	AppointmentsDue(ctx context.Context, now time.Time, after storage.Appointment, limit int) ([]storage.Appointment, error)
	MoveAppointments(ctx context.Context, list []storage.Moved) error
	Export(ctx context.Context, personID int64, naming storage.Naming, w io.Writer) error
	Forget(ctx context.Context, personID int64, now time.Time) (ended []int64, err error)
	Accept(ctx context.Context, a *storage.Acceptance) (fresh bool, err error)
}

// A Desk takes the mail that reaches a service address.
type Desk struct {
	Store   Store
	Notices *notice.Writer
	Surveys *templates.Surveys
	Now     func() time.Time
	Log     *slog.Logger
	// Looked is told, while appointments are gone through, how many more were;
	// nil: nobody waits for it.
	Looked func(appointments int)

	mu      sync.Mutex // guards readers
	readers map[string]*answers.Reader
}

// reader returns what reads the answers of people in a role to a survey; it is
// made once.
func (d *Desk) reader(form templates.Survey, role string) *answers.Reader {
	d.mu.Lock()
	defer d.mu.Unlock()
	name := form.Key + " " + form.Language + " " + role
	if d.readers[name] == nil {
		if d.readers == nil {
			d.readers = map[string]*answers.Reader{}
		}
		d.readers[name] = answers.NewReaderFor(Questions(form), role)
	}
	return d.readers[name]
}

var _ relay.Service = (*Desk)(nil)

// helpName is the service address that people write to.
const helpName = "help"

// Knows tells whether name is that of a service address.
func (d *Desk) Knows(name string) bool { return name == helpName || d.Open(name) }

// Open tells whether name is that of an address at which each host is to be
// reached (RFC 5321 §4.5.1, RFC 2142 §4). Who lends us a mailbox has their own.
func (d *Desk) Open(name string) bool {
	return (name == "postmaster" || name == "abuse") && d.Notices.Scheme.Mailbox == ""
}

// help is the address that people write to.
func (d *Desk) help() string { return d.Notices.Scheme.Service(helpName) }

// tellCoordinator writes to the coordinator of a programme about a person, at
// most once a day for each of them, kind and occasion (.Pair and .Action); there may
// be no coordinator.
func (d *Desk) tellCoordinator(ctx context.Context, kind notice.Kind, p *storage.Programme, about *storage.Person, data map[string]any) ([]storage.Outgoing, error) {
	if p.Coordinator == "" {
		return nil, nil
	}
	data["Person"] = about.Name
	reply := ""
	if kind == notice.CoordinatorWritten || kind == notice.CoordinatorUnread { // which a person wrote, who is to be answered
		reply = about.Addresses[0].Address
	}
	out, err := d.Notices.Compose(ctx, kind, notice.Subject{
		To: notice.Coordinator(p), Programme: p, ReplyTo: reply, Data: data, Occasion: fmt.Sprintf(" %d %d %v %v", p.ID, about.ID, data["Pair"], data["Action"]),
	})
	if err != nil {
		return nil, err
	}
	return []storage.Outgoing{out}, nil
}

// live tells whether a pair has not ended.
func live(p *storage.Pair) bool { return p.State != storage.PairEnded }

// sides returns the person of a pair with this id, and the other.
func sides(p *storage.Pair, personID int64) (person, other *storage.Person) {
	if p.MentorID == personID {
		return p.Mentor, p.Mentee
	}
	return p.Mentee, p.Mentor
}
