package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"mentorrelay/storage"
)

// programmeCommand is the group of commands about programmes.
type programmeCommand struct {
	Add  programmeAdd  `cmd:"" help:"Add a programme."`
	List programmeList `cmd:"" help:"List the programmes."`
	Show programmeShow `cmd:"" help:"Show a programme."`
	Set  programmeSet  `cmd:"" help:"Change a programme."`
}

type programmeAdd struct {
	Name        string `required:"" help:"What it is called; its key comes of it."`
	Coordinator string `required:"" help:"The coordinator's address." placeholder:"ADDR"`
	Language    string `default:"en" help:"The language of whoever has no other." placeholder:"fr"`
	Timezone    string `default:"UTC" help:"The time zone of whoever has no other." placeholder:"Europe/Paris"`
	Policy      string `default:"private" enum:"private,monitored" help:"Whether the coordinator reads messages: private or monitored."`
	Opaque      string `default:"refuse" enum:"refuse,pass" help:"What becomes of encrypted mail, which can't be masked: refuse or pass."`
	Display     string `default:"first" enum:"first,full" help:"What the other sees of a name: first or full."`
	output      `embed:""`
}

type programmeList struct {
	output `embed:""`
}

type programmeShow struct {
	Key    string `arg:"" help:"The programme's key or name."`
	output `embed:""`
}

type programmeSet struct {
	Key         string  `arg:"" help:"The programme's key or name."`
	Name        *string `help:"What it is called; the key stays."`
	Coordinator *string `help:"The coordinator's address." placeholder:"ADDR"`
	Language    *string `help:"The language of whoever has no other." placeholder:"fr"`
	Timezone    *string `help:"The time zone of whoever has no other." placeholder:"Europe/Paris"`
	Policy      *string `enum:"private,monitored" help:"private or monitored."`
	Opaque      *string `enum:"refuse,pass" help:"refuse or pass."`
	Display     *string `enum:"first,full" help:"first or full."`
	output      `embed:""`
}

// programmeView is how a programme is printed.
type programmeView struct {
	Key         string `json:"key"`
	Name        string `json:"name"`
	Coordinator string `json:"coordinator"`
	Language    string `json:"language"`
	Timezone    string `json:"timezone"`
	Policy      string `json:"policy"`
	Opaque      string `json:"opaque"`
	Display     string `json:"display"`
}

func viewProgramme(p *storage.Programme) *programmeView {
	return &programmeView{p.Key, p.Name, p.Coordinator, p.Language, p.Timezone, p.Policy, p.Opaque, p.Display}
}

func (v *programmeView) write(w io.Writer) {
	fmt.Fprintf(w, "key\t%s\nname\t%s\ncoordinator\t%s\nlanguage\t%s\ntimezone\t%s\npolicy\t%s\nopaque\t%s\ndisplay\t%s\n",
		v.Key, v.Name, v.Coordinator, v.Language, v.Timezone, v.Policy, v.Opaque, v.Display)
}

// Run adds the programme.
func (c *programmeAdd) Run(ctx context.Context, m *Main, i *installation) error {
	v, err := i.addProgramme(ctx, storage.Programme{
		Name: c.Name, Coordinator: c.Coordinator, Language: c.Language, Timezone: c.Timezone,
		Policy: c.Policy, Opaque: c.Opaque, Display: c.Display,
	}, m.Now())
	if err != nil {
		return err
	}
	return c.print(m, v, v.write)
}

// Run lists the programmes.
func (c *programmeList) Run(ctx context.Context, m *Main, i *installation) error {
	list, err := i.Programmes(ctx)
	if err != nil {
		return err
	}
	views := []*programmeView{}
	for _, p := range list {
		views = append(views, viewProgramme(&p))
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", v.Key, v.Name, v.Coordinator, v.Language, v.Timezone)
		}
	})
}

// Run shows the programme.
func (c *programmeShow) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.programme(ctx, c.Key)
	if err != nil {
		return err
	}
	v := viewProgramme(p)
	return c.print(m, v, v.write)
}

// Validate refuses a change of nothing.
func (c *programmeSet) Validate() error {
	for _, field := range []*string{c.Name, c.Coordinator, c.Language, c.Timezone, c.Policy, c.Opaque, c.Display} {
		if field != nil {
			return nil
		}
	}
	return errors.New("say what to change, as in --language fr")
}

// Run changes what is named.
func (c *programmeSet) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.programme(ctx, c.Key)
	if err != nil {
		return err
	}
	for _, change := range []struct{ to, from *string }{
		{&p.Name, c.Name}, {&p.Coordinator, c.Coordinator}, {&p.Language, c.Language}, {&p.Timezone, c.Timezone},
		{&p.Policy, c.Policy}, {&p.Opaque, c.Opaque}, {&p.Display, c.Display},
	} {
		if change.from != nil {
			*change.to = *change.from
		}
	}
	if err := i.checkProgramme(p); err != nil {
		return err
	}
	if err := i.UpdateProgramme(ctx, p); err != nil {
		return err
	}
	v := viewProgramme(p)
	return c.print(m, v, v.write)
}

// addProgramme stores a new programme under a key made of its name.
func (i *installation) addProgramme(ctx context.Context, p storage.Programme, now time.Time) (*programmeView, error) {
	if err := i.checkProgramme(&p); err != nil {
		return nil, err
	}
	p.Key, p.CreatedAt = programmeKey(p.Name), now
	if p.Key == "" {
		return nil, fmt.Errorf("the programme's name %q needs a letter or a digit", p.Name)
	}
	if err := i.CreateProgramme(ctx, &p); errors.Is(err, storage.ErrExists) {
		return nil, fmt.Errorf("there is a programme %s already: choose another name", p.Key)
	} else if err != nil {
		return nil, err
	}
	return viewProgramme(&p), nil
}

// checkProgramme brings what people wrote into its canonical form.
func (i *installation) checkProgramme(p *storage.Programme) (err error) {
	if p.Name, err = parseName(p.Name); err != nil {
		return err
	}
	if p.Coordinator, _, err = i.config.parseAddress(p.Coordinator); err != nil {
		return err
	}
	if p.Language, err = parseLanguage(p.Language); err != nil {
		return err
	}
	p.Timezone, err = parseTimezone(p.Timezone)
	return err
}

// programme finds the programme of this key or name; with none given, the
// only one there is.
func (i *installation) programme(ctx context.Context, name string) (*storage.Programme, error) {
	if name != "" {
		p, err := i.ProgrammeByKey(ctx, programmeKey(name))
		if errors.Is(err, storage.ErrNotFound) {
			return nil, fmt.Errorf("there is no programme %s: `mentorrelay programme list` names them", name)
		}
		return p, err
	}
	list, err := i.Programmes(ctx)
	if err != nil {
		return nil, err
	}
	switch len(list) {
	case 0:
		return nil, errors.New("there is no programme yet: `mentorrelay programme add` makes one")
	case 1:
		return &list[0], nil
	}
	return nil, errors.New("there are several programmes: say which with --programme KEY (`mentorrelay programme list` names them)")
}

// programmeKey is a name in lower case, with hyphens for all that is neither
// letter nor digit: "Été à Lyon" is "ete-a-lyon".
func programmeKey(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case !unicode.IsMark(r) && b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
