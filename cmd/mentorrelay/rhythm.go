package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"mentorrelay/parser/rhythm"
)

// rhythmView is how the rhythm of a pair is printed: times in seconds, shares
// from -1 or 0 to 1, and no figure that rests on too little.
type rhythmView struct {
	Mentor      sideView `json:"mentor"`
	Mentee      sideView `json:"mentee"`
	Balance     *float64 `json:"balance,omitempty"`      // of messages: 1 is all the mentor's, -1 all the mentee's
	WordBalance *float64 `json:"word_balance,omitempty"` // the same of words
	PaceRatio   *float64 `json:"pace_ratio,omitempty"`   // the mentee's pace / the mentor's
	Gap         *int64   `json:"gap,omitempty"`          // the median between a message and the next
}

// sideView is one side's part in it.
type sideView struct {
	Messages      int      `json:"messages"`
	Words         int      `json:"words"`
	Turns         int      `json:"turns"`
	ReplyTime     *int64   `json:"reply_time,omitempty"`
	Within        *int64   `json:"reply_time_90,omitempty"` // nine in ten answers come within it
	Pace          *int64   `json:"pace,omitempty"`
	Initiative    *float64 `json:"initiative,omitempty"`
	Regularity    *float64 `json:"regularity,omitempty"`
	Give          int      `json:"give"`
	Ask           int      `json:"ask"`
	Unanswered    int      `json:"unanswered"`
	OpenQuestions int      `json:"open_questions"`
}

func viewRhythm(f rhythm.Figures) rhythmView {
	return rhythmView{
		Mentor: viewSide(&f.Sides[rhythm.Mentor]), Mentee: viewSide(&f.Sides[rhythm.Mentee]),
		Balance: f.Balance, WordBalance: f.WordBalance, PaceRatio: f.PaceRatio, Gap: seconds(f.Gap),
	}
}

func viewSide(f *rhythm.Figure) sideView {
	return sideView{
		Messages: f.Messages, Words: f.Words, Turns: f.Turns,
		ReplyTime: seconds(f.ReplyTime), Within: seconds(f.Within), Pace: seconds(f.Pace),
		Initiative: f.Initiative, Regularity: f.Regularity,
		Give: f.Gives, Ask: f.Asks, Unanswered: f.Unanswered, OpenQuestions: f.OpenQuestions,
	}
}

func seconds(d *time.Duration) *int64 {
	if d == nil {
		return nil
	}
	s := int64(d.Round(time.Second) / time.Second)
	return &s
}

// write prints a column for each side.
func (v *rhythmView) write(w io.Writer) {
	row := func(name string, of func(*sideView) string) {
		mentor, mentee := of(&v.Mentor), of(&v.Mentee)
		if mentor != "" || mentee != "" {
			fmt.Fprintf(w, "%s\t%s\t%s\n", name, orDash(mentor), orDash(mentee))
		}
	}
	count := func(name string, of func(*sideView) int) {
		row(name, func(s *sideView) string { return fmt.Sprint(of(s)) })
	}
	fmt.Fprintf(w, "\tmentor\tmentee\n")
	count("messages", func(s *sideView) int { return s.Messages })
	count("words", func(s *sideView) int { return s.Words })
	count("turns", func(s *sideView) int { return s.Turns })
	row("answers after", func(s *sideView) string { return span(s.ReplyTime) })
	row("writes every", func(s *sideView) string { return span(s.Pace) })
	row("breaks silences", func(s *sideView) string { return percent(s.Initiative) })
	count("gives, lately", func(s *sideView) int { return s.Give })
	count("asks, lately", func(s *sideView) int { return s.Ask })
	count("unanswered", func(s *sideView) int { return s.Unanswered })
	count("open questions", func(s *sideView) int { return s.OpenQuestions })
}

// span is a time in the two largest units that matter.
func span(seconds *int64) string {
	if seconds == nil {
		return ""
	}
	d := time.Duration(*seconds) * time.Second
	if days := int(d.Hours() / 24); days >= 2 {
		return fmt.Sprintf("%d days", days)
	}
	return strings.TrimSuffix(d.Round(time.Minute).String(), "0s")
}

func percent(x *float64) string {
	if x == nil {
		return ""
	}
	return fmt.Sprintf("%.0f %%", *x*100)
}
