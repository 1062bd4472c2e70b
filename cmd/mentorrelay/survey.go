package main

import (
	"fmt"
	"io"
)

// surveyCommand is the group of commands about surveys.
type surveyCommand struct {
	Show surveyShow `cmd:"" help:"Show the questions of a survey."`
}

type surveyShow struct {
	Key      string `arg:"" help:"The survey's key, such as intake."`
	Language string `help:"In this language (BCP 47)." default:"en" placeholder:"L"`
	output   `embed:""`
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
