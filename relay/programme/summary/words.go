package summary

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"mentorrelay/templates"
	"mentorrelay/templates/chart"
)

// A view is a section as the template names its parts.
type view struct {
	Section
	Heading, Underline string // where there are several
	CadenceText        string
	Picture            string // the line that a chart stands for
	Silent             bool
	Lines, GiveAndAsk  bool // there is something to say of these
	Both               bool
}

// Data is the summary as the template "summary" names it. It needs .Question
// beside: how the month's question is put.
func (s Summary) Data(words *templates.Catalogue, language string) map[string]any {
	var pairs []view
	for i, p := range s.Pairs {
		v := view{Section: p, Silent: p.Yours+p.Theirs == 0, Heading: words.Fill(language, "with", map[string]any{"Other": p.Other})}
		v.Underline = strings.Repeat("-", utf8.RuneCountInString(v.Heading))
		if p.Cadence != "" && p.Cadence != "as-needed" && !p.Paused && !p.Ended {
			v.CadenceText = words.Phrase(language, "cadence "+p.Cadence)
		}
		if len(p.Weeks) > 0 {
			v.Picture = picture(i)
		}
		v.GiveAndAsk, v.Both = p.Asks+p.Gives > 0, p.Asks > 0 && p.Gives > 0
		v.Lines = p.YourReply > 0 || p.TheirReply > 0 || p.Resumes != "" || p.Balance != "" || v.GiveAndAsk
		pairs = append(pairs, v)
	}
	return map[string]any{
		"Month": words.Phrase(language, fmt.Sprintf("month %d", s.Month.Month())), "Pairs": pairs, "Several": len(pairs) > 1,
		"Suggestion": s.Suggestion.Key, "About": s.Suggestion.Other,
	}
}

// picture is the line of the text that a section's chart stands for.
func picture(section int) string { return fmt.Sprintf("[chart %d]", section+1) }

// Images are the charts, by the lines that they stand for.
func (s Summary) Images(words *templates.Catalogue, language string) (map[string]templates.Image, error) {
	images := map[string]templates.Image{}
	for i, p := range s.Pairs {
		if len(p.Weeks) == 0 {
			continue
		}
		c := p.chart(words, language)
		raw, err := c.PNG()
		if err != nil {
			return nil, fmt.Errorf("drawing a chart: %w", err)
		}
		images[picture(i)] = templates.Image{Type: "image/png", Bytes: raw, Width: chart.Width, Height: chart.Height, Text: p.numbers(words, language)}
	}
	return images, nil
}

// chart is the section's chart in words.
func (p Section) chart(words *templates.Catalogue, language string) chart.Chart {
	c := chart.Chart{Title: words.Phrase(language, "chart title"), Names: [2]string{words.Phrase(language, "chart you"), p.Other}, Counts: p.Counts}
	if !chart.Shows(p.Other) {
		c.Names[1] = words.Phrase(language, "chart other")
	}
	for _, w := range p.Weeks {
		c.Labels = append(c.Labels, words.Date(language, "short month", w))
	}
	return c
}

// numbers says what the chart shows.
func (p Section) numbers(words *templates.Catalogue, language string) string {
	var lines [2]string
	for i, name := range [...]string{words.Phrase(language, "chart you"), p.Other} {
		lines[i] = words.Fill(language, "chart line", map[string]any{"Name": name, "Numbers": p.row(words, language, i)})
	}
	return words.Fill(language, "chart text", map[string]any{
		"From": words.Date(language, "month", p.Weeks[0]), "To": words.Date(language, "month", p.Weeks[len(p.Weeks)-1].AddDate(0, 0, 6)),
		"You": lines[0], "Other": lines[1],
	})
}

// fewLetters is in how many weeks there are letters that are told by their
// weeks; a row of zeros is tiring to listen to.
const fewLetters = 3

// row says the numbers of one side.
func (p Section) row(words *templates.Catalogue, language string, side int) string {
	var all, some []string
	for i, n := range p.Counts[side] {
		all = append(all, strconv.Itoa(n))
		if n > 0 {
			some = append(some, fmt.Sprintf("%d (%s)", n, words.Date(language, "short month", p.Weeks[i])))
		}
	}
	switch {
	case len(some) == 0:
		return words.Phrase(language, "chart none")
	case len(some) <= fewLetters:
		return strings.Join(some, ", ")
	}
	return strings.Join(all, ", ")
}

// A caseView is a case as the template names its parts.
type caseView struct {
	Case
	CadenceText string
	Orders      []string // the commands as they are written: "CHECK 1"
}

// A tipView is a tip as the template names its parts.
type tipView struct {
	Tip
	Name                        string
	WithPercent, WithoutPercent int
	LowPoints, HighPoints       string
	Compared                    bool
}

// Data is the overview as the template "coordinator-summary" names it.
func (o *Overview) Data(words *templates.Catalogue, language string) map[string]any {
	var cases []caseView
	for _, c := range o.Cases {
		v := caseView{Case: c}
		if (c.Reason == ReasonSilent || c.Reason == ReasonQuiet) && c.Cadence != "" && c.Cadence != "as-needed" {
			v.CadenceText = words.Phrase(language, "cadence "+c.Cadence)
		}
		for _, command := range c.Commands {
			v.Orders = append(v.Orders, fmt.Sprintf("%s %d", words.Phrase(language, "order "+command), c.Number))
		}
		cases = append(cases, v)
	}
	var tips []tipView
	for _, t := range o.Tips {
		v := tipView{Tip: t, Name: cmp.Or(words.Phrase(language, "tip "+t.Key), t.Key), WithPercent: percent(t.ShareWith), WithoutPercent: percent(t.ShareWithout)}
		v.Compared = t.With > 0 && t.Without > 0
		v.LowPoints, v.HighPoints = points(t.Low), points(t.High)
		tips = append(tips, v)
	}
	return map[string]any{
		"Month":  words.Phrase(language, fmt.Sprintf("month %d", o.Month.Month())),
		"Active": o.Active, "Paused": o.Paused, "Invited": o.Invited, "Ended": o.Ended,
		"Letters": o.Letters, "Writers": o.Writers, "Wordless": o.Quiet, "Cases": cases,
		"Mail": o.Returned+o.Suspended+o.Complaints > 0, "Returned": o.Returned, "Suspended": o.Suspended, "Complaints": o.Complaints,
		"Tips": tips,
	}
}

func percent(share float64) int { return int(math.Round(100 * share)) }

// points is a difference in percentage points, with its sign.
func points(difference float64) string {
	n := percent(difference)
	switch {
	case n < 0:
		return fmt.Sprintf("−%d", -n)
	case n > 0:
		return fmt.Sprintf("+%d", n)
	}
	return "0"
}
