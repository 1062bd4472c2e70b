package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"mentorrelay/relay/programme"
	"mentorrelay/storage"
)

// surveyCommand is the group of commands about surveys.
type surveyCommand struct {
	Show surveyShow `cmd:"" help:"Show the questions of a survey."`
	Send surveySend `cmd:"" help:"Send a survey to the pairs that wait for its answers, or to people who come without a pair."`
}

type surveySend struct {
	Key       string   `arg:"" help:"The survey's key, such as intake."`
	Role      string   `help:"Ask people who have no pair yet, as a mentor or as a mentee." enum:"mentor,mentee," default:"" placeholder:"ROLE"`
	To        []string `help:"An address of such a person; may be repeated." placeholder:"E"`
	Programme string   `help:"The programme's key; not needed where there is one programme only." placeholder:"P"`
	output    `embed:""`
}

type surveyShow struct {
	Key      string `arg:"" help:"The survey's key, such as intake."`
	Language string `help:"In this language (BCP 47)." default:"en" placeholder:"L"`
	output   `embed:""`
}

// Run asks those of the waiting pairs who have not answered and were not asked
// yet.
func (c *surveySend) Run(ctx context.Context, m *Main, i *installation) error {
	if _, err := findSurvey(c.Key, ""); err != nil {
		return err
	}
	if (c.Role == "") != (len(c.To) == 0) {
		return fmt.Errorf("--role and --to go together, as in --role mentor --to alice@example.org")
	}
	if c.Key != "intake" {
		return fmt.Errorf("survey %s is sent by the clock, when its time has come: only intake is sent by hand", c.Key)
	}
	p, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	if c.Role != "" {
		return c.askEach(ctx, m, i, p)
	}
	pairs, err := i.Pairs(ctx, p.ID)
	if err != nil {
		return err
	}
	desk, err := i.desk(m)
	if err != nil {
		return err
	}
	views := []*pairView{}
	for k := range pairs {
		if pairs[k].State != storage.PairInvited {
			continue
		}
		if err := desk.Invite(ctx, &pairs[k]); err != nil {
			return err
		}
		views = append(views, i.viewPair(&pairs[k]))
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			fmt.Fprintf(w, "%d\t%s\t%s\n", v.ID, v.Mentor, v.Mentee)
		}
	})
}

// askedView is how a person is printed who is asked without a pair.
type askedView struct {
	Email string `json:"email"`
	Role  string `json:"role"`
	Asked bool   `json:"asked"` // false if they were asked in that role before
}

// askEach asks people who have no pair, so that a pair can be suggested to
// them. Who was asked in that role last is not asked again.
func (c *surveySend) askEach(ctx context.Context, m *Main, i *installation, p *storage.Programme) error {
	desk, err := i.desk(m)
	if err != nil {
		return err
	}
	people := make([]*storage.Person, len(c.To))
	for k, address := range c.To { // all are known, or nobody is asked
		if people[k], err = i.person(ctx, address); err != nil {
			return err
		}
	}
	views := []askedView{}
	for _, person := range people {
		asked, err := i.ask(ctx, desk, p, person, c.Key, c.Role)
		if err != nil {
			return err
		}
		views = append(views, askedView{email(person), c.Role, asked})
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			state := "asked"
			if !v.Asked {
				state = "asked before"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", v.Email, v.Role, state)
		}
	})
}

// ask asks one person in a role, with a place in the programme if they have
// none yet, and tells whether it did.
func (i *installation) ask(ctx context.Context, desk *programme.Desk, p *storage.Programme, person *storage.Person, key, role string) (bool, error) {
	if err := i.Enrol(ctx, p.ID, person.ID); err != nil && !errors.Is(err, storage.ErrExists) {
		return false, err
	}
	sent, err := i.SurveysOf(ctx, person.ID, key)
	if err != nil {
		return false, err
	}
	last := ""
	for _, s := range sent {
		if s.ProgrammeID == p.ID {
			last = s.Role
		}
	}
	if last == role {
		return false, nil
	}
	half := &storage.Pair{ProgrammeID: p.ID} // the other half is still to be found
	if role == storage.RoleMentor {
		half.MentorID, half.Mentor = person.ID, person
	} else {
		half.MenteeID, half.Mentee = person.ID, person
	}
	return true, desk.Ask(ctx, half, person.ID)
}

// desk is the programmes' desk, for a command that needs it.
func (i *installation) desk(m *Main) (*programme.Desk, error) {
	_, desk, err := newRelay(i.config, i.Storage, i.masks, m.Now, slog.New(slog.DiscardHandler))
	return desk, err
}

// surveyView is how a survey is printed.
type surveyView struct {
	Key       string         `json:"key"`
	Language  string         `json:"language"`
	Questions []questionView `json:"questions"`
}

type questionView struct {
	Key     string       `json:"key"`
	Number  int          `json:"number"`
	Kind    string       `json:"kind"`
	Text    string       `json:"text"`
	Options []optionView `json:"options"`
	Min     int          `json:"min,omitempty"`
	Max     int          `json:"max,omitempty"`
}

type optionView struct {
	Key    string `json:"key"`
	Letter string `json:"letter"`
	Text   string `json:"text"`
}

// Run shows the survey.
func (c *surveyShow) Run(m *Main) error {
	survey, err := findSurvey(c.Key, c.Language)
	if err != nil {
		return err
	}
	v := surveyView{survey.Key, survey.Language, []questionView{}}
	for _, q := range survey.Questions {
		view := questionView{q.Key, q.Number, q.Kind, q.Text, []optionView{}, q.Min, q.Max}
		for _, o := range q.Options {
			view.Options = append(view.Options, optionView{o.Key, o.Letter, o.Text})
		}
		v.Questions = append(v.Questions, view)
	}
	return c.print(m, v, func(w io.Writer) {
		for _, q := range v.Questions {
			fmt.Fprintf(w, "%d\t%s\t%s\n", q.Number, q.Key, q.Text)
			for _, o := range q.Options {
				fmt.Fprintf(w, "\t%s)\t%s\n", o.Letter, o.Text)
			}
		}
	})
}
