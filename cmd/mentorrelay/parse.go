package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"mentorrelay/parser/answers"
	"mentorrelay/parser/message"
	"mentorrelay/parser/reply"
	"mentorrelay/parser/report"
	"mentorrelay/parser/signals"
	"mentorrelay/relay"
	"mentorrelay/relay/programme"
	"mentorrelay/relay/trust"
	"mentorrelay/templates"
)

// parseCommand says what the parser finds in messages.
type parseCommand struct {
	Files     []string `arg:"" optional:"" name:"file" help:"Messages; without any, one on stdin."`
	Survey    string   `help:"Read the answers to this survey." placeholder:"KEY"`
	Sentences bool     `help:"Read bare sentences, one a line, instead of messages."`
	Language  string   `help:"The language of the sentences (BCP 47)." placeholder:"L"`
	trustFlags
	output `embed:""`
}

// parseView is what was found in a message.
type parseView struct {
	File        string            `json:"file"`
	Language    string            `json:"language"`
	NewText     string            `json:"new_text"`
	Quoted      string            `json:"quoted"`
	Attribution string            `json:"attribution"`
	Signature   string            `json:"signature"`
	Automatic   report.Kind       `json:"automatic"`
	Signals     []signalView      `json:"signals"`
	Links       []string          `json:"links,omitempty"`  // shared in the new text
	Events      []string          `json:"events,omitempty"` // sentences that tell of one
	Report      reportView        `json:"report"`
	Answers     map[string]string `json:"answers"`
	Unread      []string          `json:"unread,omitempty"` // lines that look like an answer and were not understood
	Trust       *trustView        `json:"trust,omitempty"`  // only if it is asked for
}

type signalView struct {
	Kind  signals.Kind  `json:"kind"`
	Text  string        `json:"text"`
	Pace  signals.Span  `json:"pace,omitempty"`
	About signals.Topic `json:"about,omitempty"` // what an ask is about, where that matters
}

type reportView struct {
	Class     string `json:"class"`
	Status    string `json:"status"`
	Reason    string `json:"reason"`
	Recipient string `json:"recipient"`
}

type sentenceView struct {
	Text  string         `json:"text"`
	Kinds []signals.Kind `json:"kinds"`
}

// Run parses one message, or one line, after the other.
func (c *parseCommand) Run(ctx context.Context, m *Main) error {
	each := c.sentences
	if !c.Sentences {
		reader, err := c.reader()
		if err != nil {
			return err
		}
		checker, err := c.checker(m)
		if err != nil {
			return err
		}
		each = func(m *Main, name string, r io.Reader) error { return c.message(ctx, m, name, r, reader, checker) }
	}
	if len(c.Files) == 0 {
		return each(m, "-", m.Stdin)
	}
	for _, name := range c.Files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		err = each(m, name, f)
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// reader reads the answers to the survey, if one is named.
func (c *parseCommand) reader() (*answers.Reader, error) {
	if c.Survey == "" {
		return nil, nil
	}
	survey, err := findSurvey(c.Survey, c.Language)
	if err != nil {
		return nil, err
	}
	return answers.NewReader(programme.Questions(survey)), nil
}

// findSurvey finds a survey, or names those there are.
func findSurvey(key, language string) (templates.Survey, error) {
	all, err := templates.NewSurveys()
	if err != nil {
		return templates.Survey{}, err
	}
	survey, err := all.Survey(key, language)
	if err != nil {
		return survey, fmt.Errorf("there is no survey %q, only %s", key, strings.Join(all.Keys(), ", "))
	}
	return survey, nil
}

// sentences classifies bare sentences, one a line.
func (c *parseCommand) sentences(m *Main, name string, r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			continue
		}
		v := sentenceView{text, signals.Classify(text, c.Language)}
		if v.Kinds == nil {
			v.Kinds = []signals.Kind{}
		}
		if err := c.print(m, v, func(w io.Writer) { fmt.Fprintf(w, "%s\t%s\n", orDash(join(v.Kinds)), v.Text) }); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func join(kinds []signals.Kind) string {
	var words []string
	for _, k := range kinds {
		words = append(words, string(k))
	}
	return strings.Join(words, ",")
}

// message parses one message.
func (c *parseCommand) message(ctx context.Context, m *Main, name string, r io.Reader, reader *answers.Reader, checker *trust.Checker) error {
	spool := relay.NewSpool()
	defer spool.Close()
	if _, err := io.Copy(spool, r); err != nil {
		return err
	}
	root, err := message.Scan(spool, spool.Size(), message.DefaultLimits())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	text, err := message.ReadText(spool, root)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	rep := report.Read(spool, root, sender(root.Header))
	blocks := reply.SplitMail(message.DecodeHeader(root.Header.Get("Subject")), text.Plain)
	v := parseView{
		File:        name,
		Language:    message.Language(blocks.New()),
		NewText:     blocks.New(),
		Quoted:      blocks.Quoted(),
		Attribution: blocks.Attribution(),
		Signature:   blocks.Signature(),
		Automatic:   rep.Kind,
		Report:      reportView{string(rep.Class), rep.Status, rep.Reason, rep.Recipient},
		Signals:     []signalView{},
		Answers:     map[string]string{},
	}
	found := signals.Read(v.NewText, v.Language)
	v.Links, v.Events = found.Links, found.Events
	for _, s := range found.Signals {
		v.Signals = append(v.Signals, signalView{s.Kind, s.Text, s.Pace, s.About})
	}
	if reader != nil {
		found := reader.Read(reply.Split(text.Plain)) // which may have been filled in below an empty start
		for _, a := range found.Answers {
			v.Answers[a.Key] = a.Value
		}
		v.Unread = found.Unread
	}
	if checker != nil {
		v.Trust = c.weigh(ctx, checker, spool, root.Header)
	}
	return c.print(m, v, v.write)
}

func (v *parseView) write(w io.Writer) {
	fmt.Fprintf(w, "file\t%s\nautomatic\t%s\nlanguage\t%s\n", v.File, orDash(string(v.Automatic)), orDash(v.Language))
	if v.Automatic != "" {
		fmt.Fprintf(w, "class\t%s\nstatus\t%s\nreason\t%s\nrecipient\t%s\n",
			v.Report.Class, orDash(v.Report.Status), orDash(v.Report.Reason), orDash(v.Report.Recipient))
	}
	for _, part := range []struct{ name, text string }{
		{"new", v.NewText}, {"attribution", v.Attribution}, {"quoted", v.Quoted}, {"signature", v.Signature},
	} {
		for line := range strings.Lines(part.text) {
			fmt.Fprintf(w, "%s\t%s\n", part.name, strings.TrimRight(line, "\n"))
		}
	}
	if v.Trust != nil {
		fmt.Fprintf(w, "trust\t%s: %s\n", v.Trust.Verdict, v.Trust.Reason)
	}
	for _, s := range v.Signals {
		fmt.Fprintf(w, "%s\t%s\n", s.Kind, s.Text)
	}
	for _, link := range v.Links {
		fmt.Fprintf(w, "link\t%s\n", link)
	}
	for _, event := range v.Events {
		fmt.Fprintf(w, "event\t%s\n", event)
	}
	for _, key := range slices.Sorted(maps.Keys(v.Answers)) {
		fmt.Fprintf(w, "answer\t%s: %s\n", key, v.Answers[key])
	}
}

// sender is the envelope sender, as the last server left it, or else who
// claims to have written.
func sender(h message.Header) string {
	if h.Has("Return-Path") {
		return h.Get("Return-Path")
	}
	for _, a := range message.ParseAddressList(h.Get("From")) {
		return a.Addr
	}
	return "unknown"
}
