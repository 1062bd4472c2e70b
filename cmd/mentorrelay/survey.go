package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"mentorrelay/relay/programme"
	"mentorrelay/storage"
)

// surveyCommand is the group of commands about surveys.
type surveyCommand struct {
	Show surveyShow `cmd:"" help:"Show the questions of a survey."`
	Send surveySend `cmd:"" help:"Send a survey to the pairs that wait for its answers."`
}

type surveySend struct {
	Key       string `arg:"" help:"The survey's key, such as intake."`
	Programme string `help:"The programme's key; not needed where there is one programme only." placeholder:"P"`
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
	p, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
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
