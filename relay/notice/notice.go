// Package notice composes the short mails in which the relay tells people
// what became of a letter.
package notice

import (
	"context"
	"fmt"
	"strings"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

// A Kind is what a notice tells; it is the name of its template.
type Kind string

// The notices.
const (
	Undeliverable Kind = "undeliverable"
	PairPaused    Kind = "pair-paused"
	PairEnded     Kind = "pair-ended"
	PairInvited   Kind = "pair-invited"
	TooLarge      Kind = "too-large"
	Opaque        Kind = "opaque"
	NotYours      Kind = "not-yours"
	Copies        Kind = "copies"
	Signature     Kind = "signature"
	WasItYou      Kind = "was-it-you"
	NewAddress    Kind = "new-address"
	YesOrNo       Kind = "yes-or-no"
	TooLate       Kind = "too-late"
	Unreachable   Kind = "unreachable"
	Refused       Kind = "refused-message"
	Stopped       Kind = "stopped"
	Help          Kind = "help"
	Paused        Kind = "paused"
	Resumed       Kind = "resumed"
	PassesAgain   Kind = "passes-again"
	Muted         Kind = "muted"
	Survey        Kind = "survey"
	SurveyAgain   Kind = "survey-again"
	SurveyThanks  Kind = "survey-thanks"
	Introduction  Kind = "introduction"
	Unknown       Kind = "unknown"
	Tips          Kind = "tips"
	Fewer         Kind = "fewer"
	Why           Kind = "why"
	WhyNothing    Kind = "why-nothing"
	WhichPair     Kind = "which-pair"
	ConfirmEnd    Kind = "confirm-end"
	ConfirmForget Kind = "confirm-forget"
	Ended         Kind = "ended"
	Addresses     Kind = "addresses"
	OnHold        Kind = "on-hold"
	CheckIn       Kind = "check-in"
	Exported      Kind = "exported"
	Forgotten     Kind = "forgotten"
	Goodbye       Kind = "goodbye"
	PaceCheck     Kind = "pace-check"
	PaceAgreed    Kind = "pace-agreed"
	Summary       Kind = "summary"
)

// Those for a coordinator.
const (
	CoordinatorSuspended Kind = "coordinator-suspended"
	CoordinatorRefused   Kind = "coordinator-refused"
	CoordinatorComplaint Kind = "coordinator-complaint"
	CoordinatorStopped   Kind = "coordinator-stopped"
	CoordinatorUnread    Kind = "coordinator-unread"
	CoordinatorWritten   Kind = "coordinator-written"
	CoordinatorPost      Kind = "coordinator-post"
	CoordinatorConfirm   Kind = "coordinator-confirm"
	CoordinatorSummary   Kind = "coordinator-summary"
)

// Once tells whether a person gets this notice once in a pair's life.
func (k Kind) Once() bool { return k == Copies || k == Signature || k == Addresses }

// A Store holds what a notice needs to know.
type Store interface {
	NewBody(ctx context.Context, now time.Time) *storage.Body
	PersonByID(ctx context.Context, id int64) (*storage.Person, error)
	PairByID(ctx context.Context, id int64) (*storage.Pair, error)
	ProgrammeByID(ctx context.Context, id int64) (*storage.Programme, error)
}

// A Writer composes notices.
type Writer struct {
	Words  *templates.Catalogue
	Scheme *mask.Scheme
	Store  Store
	Now    func() time.Time
}

// A Subject is what a notice is about.
type Subject struct {
	To        *storage.Person
	Other     *storage.Person // whom the letter was for; nil if it is about none
	Programme *storage.Programme
	PairID    int64
	ReplyTo   string // where an answer goes; empty: to the service, where it may be a command
	Occasion  string // tells it from other notices of the kind on the same day; empty: there is one
	Attach    []Attachment
	Links     map[string]string          // where lines of the text lead, in HTML
	Images    map[string]templates.Image // what lines of the text stand for
	Data      map[string]any             // what the template names beside .Name, .Other, .Programme and .Coordinator
}

// An Attachment is a small file that goes with a notice.
type Attachment struct {
	Name  string
	Type  string // Content-Type
	Bytes []byte
}

// Coordinator is whom a programme's coordinator is to a notice.
func Coordinator(p *storage.Programme) *storage.Person {
	return &storage.Person{Language: p.Language, Timezone: p.Timezone, Addresses: []storage.Address{{Address: p.Coordinator}}}
}

// Compose writes a notice, at most one per kind, person and day (or one for
// ever), to be queued with whatever it tells of.
func (w *Writer) Compose(ctx context.Context, kind Kind, s Subject) (storage.Outgoing, error) {
	now := w.Now()
	once := &storage.Notice{Kind: string(kind), PersonID: s.To.ID, SubjectID: s.PairID, Day: now.UTC().Format(time.DateOnly) + s.Occasion}
	if kind.Once() {
		once.Day = ""
	}
	out, err := w.compose(ctx, kind, s)
	out.Once = once
	return out, err
}

// Failed writes to the author of a letter that its delivery failed for good.
// It names no address and no diagnostic. For other mail it is false.
func (w *Writer) Failed(ctx context.Context, d *storage.Delivery, kind Kind) (out storage.Outgoing, ok bool, err error) {
	if d.Kind != storage.DeliveryRelay || d.SenderID == 0 {
		return out, false, nil
	}
	pair, err := w.Store.PairByID(ctx, d.PairID)
	if err != nil {
		return out, false, fmt.Errorf("finding the pair of a failed delivery: %w", err)
	}
	programme, err := w.Store.ProgrammeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return out, false, fmt.Errorf("finding the programme of a failed delivery: %w", err)
	}
	to, other := pair.Mentor, pair.Mentee
	if d.SenderID == pair.MenteeID {
		to, other = pair.Mentee, pair.Mentor
	}
	if len(to.Addresses) == 0 { // they were forgotten meanwhile
		return out, false, nil
	}
	out, err = w.compose(ctx, kind, Subject{To: to, Other: other, Programme: programme, PairID: pair.ID, Data: map[string]any{
		"Date":  w.Day(d.CreatedAt, to),
		"Tried": w.tried(w.Now().Sub(d.CreatedAt), to.Language),
	}})
	return out, err == nil, err
}

func (w *Writer) compose(ctx context.Context, kind Kind, s Subject) (storage.Outgoing, error) {
	data := map[string]any{
		"Name":        FirstName(s.To.Name),
		"Programme":   s.Programme.Name,
		"Coordinator": s.Programme.Coordinator,
	}
	if s.Other != nil {
		data["Other"] = DisplayName(s.Other, s.Programme)
	}
	for k, v := range s.Data {
		data[k] = v
	}
	m, err := w.Words.Render(s.To.Language, string(kind), data)
	if err != nil {
		return storage.Outgoing{}, err
	}
	body := w.Store.NewBody(ctx, w.Now())
	if err := w.write(body, m, s); err != nil {
		return storage.Outgoing{}, fmt.Errorf("writing a notice: %w", err)
	}
	return storage.Outgoing{
		Delivery: storage.Delivery{Kind: storage.DeliveryNotice, PersonID: s.To.ID, PairID: s.PairID, Recipient: s.To.Addresses[0].Address},
		Body:     body,
	}, nil
}

// FirstName is the name by which a person is called.
func FirstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}

// DisplayName is the name under which the other of a pair sees a person.
func DisplayName(p *storage.Person, in *storage.Programme) string {
	if in.Display == storage.DisplayFull {
		return p.Name
	}
	return FirstName(p.Name)
}

// Day is a date as the person reads it.
func (w *Writer) Day(t time.Time, p *storage.Person) string {
	if zone, err := time.LoadLocation(p.Timezone); err == nil {
		t = t.In(zone)
	}
	return w.Words.Date(p.Language, "month", t)
}

// tried is a span in whole days, or nothing if it is less than one.
func (w *Writer) tried(span time.Duration, language string) string {
	if days := int(span.Hours() / 24); days >= 1 {
		return w.Words.Count(language, "days", days)
	}
	return ""
}
