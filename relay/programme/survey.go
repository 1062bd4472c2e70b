package programme

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"mentorrelay/parser/answers"
	"mentorrelay/relay"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

// The surveys: what both of a pair answer before they begin, what is asked when
// their rhythm has drifted, and how it is going, each month.
const (
	intake = "intake"
	pace   = "pace"
	pulse  = "pulse"
)

// reminderAfter is how long an unanswered survey waits for its one reminder.
const reminderAfter = 7 * 24 * time.Hour

// Questions are what a survey asks, as the parser of its answers knows it.
func Questions(s templates.Survey) []answers.Question {
	var list []answers.Question
	for _, q := range s.Questions {
		question := answers.Question{
			Key: q.Key, Number: q.Number, Kind: answers.Kind(q.Kind), Text: q.Text, Wordings: q.Wordings,
			Names: q.Names, About: q.About, Other: q.Other, Min: q.Min, Max: q.Max,
		}
		for _, o := range q.Options {
			question.Options = append(question.Options, answers.Option{
				Key: o.Key, Letter: o.Letter, Text: o.Text, Words: o.Words, Alone: o.Alone, Under: o.Under,
			})
		}
		list = append(list, question)
	}
	return list
}

// Invite asks both of a pair the intake survey, but for who has answered it,
// or was asked, before. A pair of two who have answered begins at once.
func (d *Desk) Invite(ctx context.Context, pair *storage.Pair) error {
	for _, personID := range []int64{pair.MentorID, pair.MenteeID} {
		sent, err := d.Store.SurveysOf(ctx, personID, intake)
		if err != nil {
			return fmt.Errorf("finding what was asked: %w", err)
		}
		if len(sent) > 0 {
			continue
		}
		if err := d.Ask(ctx, pair, personID); err != nil {
			return err
		}
	}
	return d.begin(ctx, pair.MentorID)
}

// Ask sends the intake survey to one of a pair.
func (d *Desk) Ask(ctx context.Context, pair *storage.Pair, personID int64) error {
	person, _ := sides(pair, personID)
	s := storage.NewSurvey()
	s.Key, s.ProgrammeID, s.PersonID, s.Role = intake, pair.ProgrammeID, personID, storage.RoleMentor
	if personID == pair.MenteeID {
		s.Role = storage.RoleMentee
	}
	s.SentAt, s.RemindAt = d.Now(), morning(d.Now().Add(reminderAfter), zoneOf(person))
	out, err := d.surveyMail(ctx, notice.Survey, &s, person, nil, nil)
	if err != nil {
		return err
	}
	_, err = d.Store.Accept(ctx, &storage.Acceptance{At: d.Now(), Mails: []storage.Outgoing{out}, Changes: []storage.Change{
		s, storage.Appointed{Appointment: storage.Appointment{Kind: storage.AppointmentSurvey, SubjectID: s.ID, At: s.RemindAt}},
	}})
	return err
}

// surveyMail writes a mail about a survey: all questions, or those that are
// missing beside what is known. Reply is the key of the reply it answers, if
// it does.
func (d *Desk) surveyMail(ctx context.Context, kind notice.Kind, s *storage.Survey, person *storage.Person, known map[string]string, reply []byte) (storage.Outgoing, error) {
	p, err := d.Store.ProgrammeByID(ctx, s.ProgrammeID)
	if err != nil {
		return storage.Outgoing{}, fmt.Errorf("finding a survey's programme: %w", err)
	}
	form, err := d.Surveys.Survey(s.Key, person.Language)
	if err != nil {
		return storage.Outgoing{}, err
	}
	form = form.For(s.Role)
	address := d.Notices.Scheme.Survey(s.ID, d.Now())
	return d.Notices.Compose(ctx, kind, notice.Subject{
		To: person, Programme: p, ReplyTo: address, Links: taps(form, address),
		Occasion: fmt.Sprintf(" %d %x", s.ID, reply),
		Data: map[string]any{
			"Role": s.Role, "Questions": asked(form, known), "Understood": understood(form, known),
		},
	})
}

// taps are links that answer with one tap: each opens a reply that says what
// the line says (RFC 6068).
func taps(form templates.Survey, address string) map[string]string {
	links := map[string]string{}
	for i, q := range Questions(form) {
		for _, o := range q.Options {
			query := url.Values{"subject": {form.Questions[i].Text}, "body": {answers.Line(q, o)}}.Encode()
			line := o.Letter + ") " + o.Text
			if _, twice := links[line]; twice {
				links[line] = "" // two questions have it: it would answer either
				continue
			}
			links[line] = "mailto:" + address + "?" + strings.ReplaceAll(query, "+", "%20")
		}
	}
	return links
}

// asked are the questions that nothing is known about, as they stand in a mail.
func asked(form templates.Survey, known map[string]string) string {
	var b strings.Builder
	for _, q := range form.Questions {
		if known[q.Key] != "" {
			continue
		}
		fmt.Fprintf(&b, "%d. %s\n", q.Number, q.Text)
		for _, o := range q.Options {
			fmt.Fprintf(&b, "   %s) %s\n", o.Letter, o.Text)
		}
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// understood is what is known, as it stands in a mail.
func understood(form templates.Survey, known map[string]string) string {
	var lines []string
	for _, q := range form.Questions {
		if known[q.Key] != "" {
			lines = append(lines, fmt.Sprintf("%d. %s\n   → %s", q.Number, q.Text, worded(q, known[q.Key])))
		}
	}
	return strings.Join(lines, "\n")
}

// worded is an answer in words.
func worded(q templates.Question, value string) string {
	for _, o := range q.Options {
		if o.Key == value {
			return o.Letter + ") " + o.Text
		}
	}
	return strings.ReplaceAll(value, "\n", "\n     ")
}

// errOthers is the answer to an answer that somebody else sends.
var errOthers = &relay.Refusal{Code: 550, Status: [3]int{5, 7, 1}, Text: "Please answer from the address that the questions were sent to"}

// Answered notes what a person answers to a survey, and does what follows:
// what is missing is asked for once, what was not understood goes to the
// coordinator, and a pair of which both have answered begins.
func (d *Desk) Answered(ctx context.Context, number int64, p relay.Post) error {
	s, err := d.Store.SurveyByID(ctx, number)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("finding what was asked: %w", err)
	}
	person, err := d.Store.PersonByID(ctx, s.PersonID)
	if err != nil {
		return fmt.Errorf("finding who was asked: %w", err)
	}
	if p.From == "" || !slices.ContainsFunc(person.Addresses, func(a storage.Address) bool { return a.Canonical == p.From }) {
		return errOthers
	}
	o, err := d.order(p)
	if err != nil {
		return err
	}
	if commands(s.Key, o) {
		p.Author = person
		return d.obey(ctx, o, p)
	}
	text, err := p.Filled()
	if err != nil {
		return err
	}
	form, err := d.Surveys.Survey(s.Key, person.Language)
	if err != nil {
		return err
	}
	found := d.reader(form, s.Role).Read(text)
	switch s.Key {
	case pulse:
		if p.Author = person; len(found.Answers) == 0 {
			return d.guide(ctx, o, p)
		}
		return d.notePulse(ctx, s, person, found, o.words, p.Key)
	case pace:
		return d.notePace(ctx, s, found, p.Key)
	}
	if err := d.note(ctx, s, person, found, p.Key); err != nil {
		return err
	}
	return d.begin(ctx, person.ID)
}

// commands tells whether a reply to a survey is a command rather than an
// answer: its first line is nothing but that, with at most the word or the day
// that goes with it. "Less" says which pace somebody would like.
func commands(survey string, o order) bool {
	switch o.command {
	case "", "yes", "no":
		return false
	case "less":
		return survey != pace && o.behind == ""
	case "pause", "end", "report", "block":
		return len(strings.Fields(o.behind)) <= 4
	}
	return o.behind == ""
}

// note stores what was answered, with the mails that follow from it.
func (d *Desk) note(ctx context.Context, s *storage.Survey, person *storage.Person, found answers.Result, key []byte) error {
	known, err := d.Store.Answers(ctx, person.ID, s.Key)
	if err != nil {
		return fmt.Errorf("finding what was answered: %w", err)
	}
	a := &storage.Acceptance{Key: key, At: d.Now()}
	for _, x := range found.Answers {
		known[x.Key] = x.Value
		a.Changes = append(a.Changes, storage.Answer{PersonID: person.ID, Survey: s.Key, Question: x.Key, Value: x.Value, Source: x.Source, At: d.Now()})
	}
	missing, err := d.missing(s, person, known)
	if err != nil {
		return err
	}
	kind, heard := notice.SurveyThanks, len(found.Answers)+len(found.Contradicted) > 0
	switch {
	case missing == 0 && s.State != storage.SurveyAnswered:
		a.Changes = append(a.Changes, storage.SurveyMoved{ID: s.ID, From: s.State, To: storage.SurveyAnswered})
	case missing > 0 && s.State == storage.SurveyAsked && heard: // "I'll answer tomorrow" leaves the reminder for later
		kind = notice.SurveyAgain
		a.Changes = append(a.Changes, storage.SurveyMoved{ID: s.ID, From: s.State, To: storage.SurveyReminded})
	}
	if heard {
		out, err := d.surveyMail(ctx, kind, s, person, known, key)
		if err != nil {
			return err
		}
		a.Mails = append(a.Mails, out)
	}
	if len(found.Unread) > 0 {
		told, err := d.tellUnread(ctx, s, person, found.Unread, key)
		if err != nil {
			return err
		}
		a.Mails = append(a.Mails, told...)
	}
	fresh, err := d.Store.Accept(ctx, a)
	if err != nil || fresh {
		return err
	}
	again, err := d.Store.SurveyByID(ctx, s.ID)
	if err != nil || again.State == s.State { // received before
		return err
	}
	return d.note(ctx, again, person, found, key) // a reminder, or another reply, came in between
}

// missing counts the questions that nothing is known about.
func (d *Desk) missing(s *storage.Survey, person *storage.Person, known map[string]string) (int, error) {
	form, err := d.Surveys.Survey(s.Key, person.Language)
	n := 0
	for _, q := range form.Questions {
		if known[q.Key] == "" {
			n++
		}
	}
	return n, err
}

// maxUnread bounds what a coordinator is shown of a reply, in octets.
const maxUnread = 4 << 10

// tellUnread shows the coordinator what was not understood, word for word.
func (d *Desk) tellUnread(ctx context.Context, s *storage.Survey, person *storage.Person, lines []string, reply []byte) ([]storage.Outgoing, error) {
	p, err := d.Store.ProgrammeByID(ctx, s.ProgrammeID)
	if err != nil {
		return nil, fmt.Errorf("finding a survey's programme: %w", err)
	}
	return d.tellCoordinator(ctx, notice.CoordinatorUnread, p, person, map[string]any{"Lines": quoted(strings.Join(lines, "\n")), "Pair": fmt.Sprintf("%x", reply)})
}

// remind asks once more for what is missing.
func (d *Desk) remind(ctx context.Context, s *storage.Survey, person *storage.Person) (*storage.Acceptance, error) {
	known, err := d.Store.Answers(ctx, person.ID, s.Key)
	if err != nil {
		return nil, fmt.Errorf("finding what was answered: %w", err)
	}
	out, err := d.surveyMail(ctx, notice.SurveyAgain, s, person, known, nil)
	if err != nil {
		return nil, err
	}
	return &storage.Acceptance{At: d.Now(), Mails: []storage.Outgoing{out},
		Changes: []storage.Change{storage.SurveyMoved{ID: s.ID, From: storage.SurveyAsked, To: storage.SurveyReminded}}}, nil
}
