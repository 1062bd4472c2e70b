package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/programme"
	"mentorrelay/storage"
)

// pairCommand is the group of commands about pairs.
type pairCommand struct {
	Add     pairAdd     `cmd:"" help:"Pair a mentor with a mentee."`
	Suggest pairSuggest `cmd:"" help:"Suggest pairs from the answers to the survey; you decide."`
	List    pairList    `cmd:"" help:"List the pairs of a programme."`
	Show    pairShow    `cmd:"" help:"Show a pair, its masks and its rhythm."`
	Pause   pairPause   `cmd:"" help:"Relay nothing between them for now."`
	Resume  pairResume  `cmd:"" help:"Relay again."`
	End     pairEnd     `cmd:"" help:"End it for good."`
}

type pairAdd struct {
	Mentor     string `required:"" help:"An address of the mentor." placeholder:"E"`
	Mentee     string `required:"" help:"An address of the mentee." placeholder:"E"`
	SkipSurvey bool   `help:"Begin at once, without asking either what they wish for."`
	Programme  string `help:"The programme's key; not needed where there is one programme only." placeholder:"P"`
	output     `embed:""`
}

type pairList struct {
	Programme string `help:"The programme's key; not needed where there is one programme only." placeholder:"P"`
	output    `embed:""`
}

// onePair is the argument of the commands about one pair.
type onePair struct {
	ID     int64 `arg:"" help:"The pair's number."`
	output `embed:""`
}

type pairShow struct {
	onePair `embed:""`
}

type pairPause struct {
	onePair `embed:""`
}

type pairResume struct {
	onePair `embed:""`
}

type pairEnd struct {
	onePair `embed:""`
}

// pairView is how a pair is printed.
type pairView struct {
	ID      int64      `json:"id"`
	State   string     `json:"state"`
	Cadence string     `json:"cadence"`
	Mentor  string     `json:"mentor"`
	Mentee  string     `json:"mentee"`
	Masks   []maskView `json:"masks"`
}

// maskView is a masked address with the real ones it stands between.
type maskView struct {
	Writer  string `json:"writer"`
	Reaches string `json:"reaches"`
	Address string `json:"address"`
}

func (i *installation) viewPair(p *storage.Pair) *pairView {
	v := &pairView{p.ID, p.State, p.Cadence, email(p.Mentor), email(p.Mentee), []maskView{}}
	for _, k := range p.Masks {
		writer, reader := p.Mentor, p.Mentee
		if k.WriterID == p.MenteeID {
			writer, reader = reader, writer
		}
		v.Masks = append(v.Masks, maskView{email(writer), email(reader), i.masks.Address(k.Name, k.Token)})
	}
	return v
}

func (v *pairView) write(w io.Writer) {
	fmt.Fprintf(w, "pair\t%d\nstate\t%s\ncadence\t%s\nmentor\t%s\nmentee\t%s\n", v.ID, v.State, orDash(v.Cadence), v.Mentor, v.Mentee)
	for _, k := range v.Masks {
		fmt.Fprintf(w, "%s\twrites to %s\n", k.Writer, k.Address)
	}
}

// pairDetails is all about a pair.
type pairDetails struct {
	pairView
	Rhythm rhythmView `json:"rhythm"`
}

func (v *pairDetails) write(w io.Writer) {
	v.pairView.write(w)
	v.Rhythm.write(w)
}

// Run adds the pair.
func (c *pairAdd) Run(ctx context.Context, m *Main, i *installation) error {
	programme, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	mentor, err := i.person(ctx, c.Mentor)
	if err != nil {
		return err
	}
	mentee, err := i.person(ctx, c.Mentee)
	if err != nil {
		return err
	}
	if mentor.ID == mentee.ID {
		return fmt.Errorf("%s and %s are the same person: a pair takes two", c.Mentor, c.Mentee)
	}
	p, err := i.addPair(ctx, programme, mentor, mentee, c.SkipSurvey, m.Now())
	if err != nil {
		return err
	}
	if !c.SkipSurvey {
		desk, err := i.desk(m)
		if err != nil {
			return err
		}
		if err := desk.Invite(ctx, p); err != nil {
			return err
		}
		if p, err = i.pair(ctx, p.ID); err != nil { // it may have begun
			return err
		}
	}
	v := i.viewPair(p)
	return c.print(m, v, v.write)
}

// addPair pairs two people, both of whom get a place in the programme if they
// have none yet.
func (i *installation) addPair(ctx context.Context, programme *storage.Programme, mentor, mentee *storage.Person, active bool, now time.Time) (*storage.Pair, error) {
	for _, p := range []*storage.Person{mentor, mentee} {
		if err := i.Enrol(ctx, programme.ID, p.ID); err != nil && !errors.Is(err, storage.ErrExists) {
			return nil, err
		}
	}
	p := &storage.Pair{
		ProgrammeID: programme.ID, MentorID: mentor.ID, MenteeID: mentee.ID, State: storage.PairInvited, CreatedAt: now,
		Mentor: mentor, Mentee: mentee,
		Masks: []storage.Mask{newMask(mentor, mentee), newMask(mentee, mentor)},
	}
	if active {
		p.State = storage.PairActive
	}
	err := i.CreatePair(ctx, p)
	if errors.Is(err, storage.ErrExists) {
		return nil, fmt.Errorf("%s and %s are a pair already: `mentorrelay pair list` says which", email(mentor), email(mentee))
	}
	return p, err
}

// newMask makes the mask that writer writes to and that reaches reader.
func newMask(writer, reader *storage.Person) storage.Mask {
	random := make([]byte, 5)
	rand.Read(random) // never fails: crypto/rand
	return storage.Mask{WriterID: writer.ID, ReaderID: reader.ID, Token: mask.NewToken(random), Name: notice.FirstName(reader.Name)}
}

// Run lists the pairs.
func (c *pairList) Run(ctx context.Context, m *Main, i *installation) error {
	programme, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	list, err := i.Pairs(ctx, programme.ID)
	if err != nil {
		return err
	}
	views := []*pairView{}
	for _, p := range list {
		views = append(views, i.viewPair(&p))
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", v.ID, v.State, v.Mentor, v.Mentee)
		}
	})
}

// Run shows the pair.
func (c *pairShow) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.pair(ctx, c.ID)
	if err != nil {
		return err
	}
	letters, err := i.Messages(ctx, p.ID)
	if err != nil {
		return err
	}
	v := &pairDetails{*i.viewPair(p), viewRhythm(programme.Rhythm(p, letters, 0).At(m.Now()))}
	return c.print(m, v, v.write)
}

// Run pauses the pair.
func (c *pairPause) Run(ctx context.Context, m *Main, i *installation) error {
	moved, err := i.MovePair(ctx, c.ID, []string{storage.PairActive}, storage.PairPaused)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	return c.moved(ctx, m, i, moved)
}

// Run resumes the pair, and tells who wrote in vain.
func (c *pairResume) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.pair(ctx, c.ID)
	if err != nil {
		return err
	}
	desk, err := i.desk(m)
	if err != nil {
		return err
	}
	resumed, err := desk.ResumePair(ctx, p)
	if err != nil {
		return err
	}
	return c.moved(ctx, m, i, resumed)
}

// Run ends the pair, and thanks both.
func (c *pairEnd) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.pair(ctx, c.ID)
	if err != nil {
		return err
	}
	if p.State == storage.PairEnded {
		return fmt.Errorf("pair %d is %s: %s", p.ID, p.State, possible(p.State))
	}
	desk, err := i.desk(m)
	if err != nil {
		return err
	}
	if err := desk.End(ctx, p); err != nil {
		return err
	}
	if p, err = i.pair(ctx, c.ID); err != nil {
		return err
	}
	v := i.viewPair(p)
	return c.print(m, v, v.write)
}

// moved shows the pair, if its state was changed, or else why it was not.
func (c *onePair) moved(ctx context.Context, m *Main, i *installation, moved bool) error {
	p, err := i.pair(ctx, c.ID)
	if err != nil {
		return err
	}
	if !moved {
		return fmt.Errorf("pair %d is %s: %s", p.ID, p.State, possible(p.State))
	}
	v := i.viewPair(p)
	return c.print(m, v, v.write)
}

// possible says what can be done with a pair.
func possible(state string) string {
	switch state {
	case storage.PairInvited:
		return "it begins when both have answered the survey, and till then it can only be ended"
	case storage.PairActive:
		return "it can be paused or ended"
	case storage.PairPaused:
		return "it can be resumed or ended"
	}
	return "nothing more can be done with it, but `mentorrelay pair add` makes a new one"
}

func (i *installation) pair(ctx context.Context, id int64) (*storage.Pair, error) {
	p, err := i.PairByID(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, fmt.Errorf("there is no pair %d: `mentorrelay pair list` names them", id)
	}
	return p, err
}
