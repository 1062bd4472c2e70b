package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

// personCommand is the group of commands about people.
type personCommand struct {
	Add    personAdd    `cmd:"" help:"Enrol a person in a programme."`
	List   personList   `cmd:"" help:"List the people of a programme."`
	Show   personShow   `cmd:"" help:"Show a person."`
	Pause  personPause  `cmd:"" help:"Send a person no mail for now."`
	Resume personResume `cmd:"" help:"Send a person mail again."`
	Import personImport `cmd:"" help:"Enrol everybody in a file, or nobody."`
	Export personExport `cmd:"" help:"Print all that is stored about a person."`
	Forget personForget `cmd:"" help:"Delete all that is stored about a person."`
}

type personAdd struct {
	Name      string   `required:"" help:"First name first, as in \"Alice Martin\"."`
	Email     string   `required:"" help:"The address that mail goes to." placeholder:"E"`
	Also      []string `help:"One more address that the person writes from; may be repeated." placeholder:"E2"`
	Programme string   `help:"The programme's key; not needed where there is one programme only." placeholder:"P"`
	Language  string   `help:"BCP 47, as in fr; the programme's unless given." placeholder:"L"`
	Timezone  string   `help:"As in Europe/Paris; the programme's unless given." placeholder:"Z"`
	output    `embed:""`
}

type personList struct {
	Programme string `help:"The programme's key; not needed where there is one programme only." placeholder:"P"`
	output    `embed:""`
}

// onePerson is the argument of the commands about one person.
type onePerson struct {
	Email  string `arg:"" help:"An address of the person."`
	output `embed:""`
}

type personShow struct {
	onePerson `embed:""`
}

type personPause struct {
	onePerson `embed:""`
}

type personResume struct {
	onePerson `embed:""`
}

// personView is how a person is printed.
type personView struct {
	ID       int64    `json:"id"`
	Name     string   `json:"name"`
	Email    string   `json:"email"`
	Also     []string `json:"also"`
	Language string   `json:"language"`
	Timezone string   `json:"timezone"`
	State    string   `json:"state"`
}

func viewPerson(p *storage.Person) *personView {
	v := &personView{p.ID, p.Name, email(p), []string{}, p.Language, p.Timezone, p.State}
	for _, a := range p.Addresses[min(1, len(p.Addresses)):] {
		v.Also = append(v.Also, a.Address)
	}
	return v
}

// email is the address that mail to a person goes to.
func email(p *storage.Person) string {
	if len(p.Addresses) == 0 {
		return ""
	}
	return p.Addresses[0].Address
}

func (v *personView) write(w io.Writer) {
	fmt.Fprintf(w, "name\t%s\nemail\t%s\nalso\t%s\nlanguage\t%s\ntimezone\t%s\nstate\t%s\n",
		v.Name, v.Email, orDash(strings.Join(v.Also, ", ")), v.Language, v.Timezone, v.State)
}

// personDetails is all about a person.
type personDetails struct {
	personView
	Answers map[string]string `json:"answers"`
	Pairs   []*pairView       `json:"pairs"`
}

func (v *personDetails) write(w io.Writer) {
	v.personView.write(w)
	for _, key := range slices.Sorted(maps.Keys(v.Answers)) {
		fmt.Fprintf(w, "%s\t%s\n", key, strings.ReplaceAll(v.Answers[key], "\n", " / "))
	}
	for _, p := range v.Pairs {
		fmt.Fprintf(w, "pair %d\t%s\t%s\t%s\n", p.ID, p.State, p.Mentor, p.Mentee)
	}
}

// Run enrols the person; one who is known already gets a place in the
// programme.
func (c *personAdd) Run(ctx context.Context, m *Main, i *installation) error {
	programme, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	p, problems := c.person(i.config, programme, m.Now())
	if len(problems) > 0 {
		return problems[0]
	}
	if p, err = i.enrol(ctx, programme, p); err != nil {
		return err
	}
	v := viewPerson(p)
	return c.print(m, v, v.write)
}

// person makes the record of what was given and what the programme says, or
// tells all that is wrong with it.
func (c *personAdd) person(config *Config, programme *storage.Programme, now time.Time) (*storage.Person, []error) {
	p := &storage.Person{Language: programme.Language, Timezone: programme.Timezone, State: storage.PersonActive, CreatedAt: now}
	var problems []error
	note := func(err error) {
		if err != nil {
			problems = append(problems, err)
		}
	}
	var err error
	p.Name, err = parseName(c.Name)
	note(err)
	if c.Language != "" {
		p.Language, err = parseLanguage(c.Language)
		note(err)
	}
	if c.Timezone != "" {
		p.Timezone, err = parseTimezone(c.Timezone)
		note(err)
	}
	seen := map[string]bool{}
	for _, text := range append([]string{c.Email}, c.Also...) {
		address, canonical, err := config.parseAddress(text)
		note(err)
		if err == nil && !seen[canonical] {
			seen[canonical] = true
			p.Addresses = append(p.Addresses, storage.Address{Address: address, Canonical: canonical, AddedAt: now})
		}
	}
	return p, problems
}

// enrol stores p, or gives the person who has p's addresses a place in the
// programme.
func (i *installation) enrol(ctx context.Context, programme *storage.Programme, p *storage.Person) (*storage.Person, error) {
	known, err := i.PersonByAddress(ctx, p.Addresses[0].Canonical)
	if err == nil {
		return known, i.enrolKnown(ctx, programme, known, p)
	}
	if !errors.Is(err, storage.ErrNotFound) {
		return nil, err
	}
	err = i.CreatePerson(ctx, programme.ID, p)
	if errors.Is(err, storage.ErrExists) {
		return nil, fmt.Errorf("an address of %s belongs to somebody else already: `mentorrelay person show ADDRESS` says to whom", email(p))
	}
	return p, err
}

// enrolKnown gives known, who has p's first address, a place in the programme.
func (i *installation) enrolKnown(ctx context.Context, programme *storage.Programme, known, p *storage.Person) error {
	has := map[string]bool{}
	for _, a := range known.Addresses {
		has[a.Canonical] = true
	}
	for _, a := range p.Addresses {
		if !has[a.Canonical] {
			return fmt.Errorf("%s is known already, without the address %s: leave it out", email(known), a.Address)
		}
	}
	err := i.Enrol(ctx, programme.ID, known.ID)
	if errors.Is(err, storage.ErrExists) {
		return fmt.Errorf("%s is in programme %s already: `mentorrelay person show` says more", email(known), programme.Key)
	}
	return err
}

// Run lists the people.
func (c *personList) Run(ctx context.Context, m *Main, i *installation) error {
	programme, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	list, err := i.Persons(ctx, programme.ID)
	if err != nil {
		return err
	}
	views := []*personView{}
	for _, p := range list {
		views = append(views, viewPerson(&p))
	}
	return c.print(m, views, func(w io.Writer) {
		for _, v := range views {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", v.Email, v.Name, v.Language, v.Timezone, v.State)
		}
	})
}

// Run shows the person.
func (c *personShow) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.person(ctx, c.Email)
	if err != nil {
		return err
	}
	pairs, err := i.PairsOf(ctx, p.ID)
	if err != nil {
		return err
	}
	answers, err := i.Answers(ctx, p.ID, "intake")
	if err != nil {
		return err
	}
	v := &personDetails{*viewPerson(p), answers, []*pairView{}}
	for _, pair := range pairs {
		v.Pairs = append(v.Pairs, i.viewPair(&pair))
	}
	return c.print(m, v, v.write)
}

// Run pauses the person.
func (c *personPause) Run(ctx context.Context, m *Main, i *installation) error {
	return c.move(ctx, m, i, storage.PersonPaused, func(p *storage.Person) error {
		return i.SetPersonState(ctx, p.ID, storage.PersonPaused)
	})
}

// Run resumes the person, one whose mailbox took no mail included, and tells who
// wrote to them in vain.
func (c *personResume) Run(ctx context.Context, m *Main, i *installation) error {
	desk, err := i.desk(m)
	if err != nil {
		return err
	}
	return c.move(ctx, m, i, storage.PersonActive, func(p *storage.Person) error { return desk.Resume(ctx, p) })
}

// move brings the person into a state, if they are not in it, and shows them.
func (c *onePerson) move(ctx context.Context, m *Main, i *installation, state string, do func(p *storage.Person) error) error {
	p, err := i.person(ctx, c.Email)
	if err != nil {
		return err
	}
	if p.State == state {
		return fmt.Errorf("%s is %s already", c.Email, state)
	}
	if err := do(p); err != nil {
		return err
	}
	p.State = state
	v := viewPerson(p)
	return c.print(m, v, v.write)
}

// person finds the person who has this address.
func (i *installation) person(ctx context.Context, address string) (*storage.Person, error) {
	canonical, ok := mask.Canonical(address)
	if !ok {
		return nil, fmt.Errorf("%q is no address: write it as in alice@example.org", address)
	}
	p, err := i.PersonByAddress(ctx, canonical)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, fmt.Errorf("nobody has the address %s: `mentorrelay person add` enrols people", address)
	}
	return p, err
}

// parseAddress returns an address as given and in canonical form. One of our
// own would have the relay write to itself.
func (c *Config) parseAddress(text string) (address, canonical string, err error) {
	address = strings.TrimSpace(text)
	canonical, ok := mask.Canonical(address)
	plain, err := mail.ParseAddress(address)
	if !ok || err != nil || plain.Address != address {
		return "", "", fmt.Errorf("%q is no address: write it as in alice@example.org", text)
	}
	masks := mask.Scheme{Domain: c.Service.Domain, Mailbox: c.Service.Mailbox}
	kind, _ := masks.Read(canonical)
	if kind != mask.None || canonical == c.Service.Mailbox || c.Service.Domain != "" && strings.HasSuffix(canonical, "@"+c.Service.Domain) {
		return "", "", fmt.Errorf("%s is an address of the relay itself: give one that the person reads", address)
	}
	return address, canonical, nil
}

func parseName(text string) (string, error) {
	name := strings.Join(strings.Fields(text), " ")
	if name == "" || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return "", fmt.Errorf("%q is no name: write it as in \"Alice Martin\"", text)
	}
	return name, nil
}

func parseLanguage(text string) (string, error) {
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return "", fmt.Errorf("%q is no language: write a BCP 47 tag, as in fr or pt-BR", text)
	}
	return tag.String(), nil
}

func parseTimezone(text string) (string, error) {
	if _, err := time.LoadLocation(text); err != nil || text == "" || text == "Local" {
		return "", fmt.Errorf("%q is no time zone: write its IANA name, as in Europe/Paris", text)
	}
	return text, nil
}
