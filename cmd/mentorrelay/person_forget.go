package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

type personForget struct {
	Yes       bool `help:"Do not ask."`
	onePerson `embed:""`
}

// forgottenView is how somebody who was forgotten is printed.
type forgottenView struct {
	ID    int64   `json:"id"`
	State string  `json:"state"`
	Ended []int64 `json:"ended"` // their pairs that went on till now
}

// Run deletes all that is stored about the person, once that is confirmed.
func (c *personForget) Run(ctx context.Context, m *Main, i *installation) error {
	p, err := i.person(ctx, c.Email)
	if err != nil {
		return err
	}
	if !c.Yes {
		if err := m.confirm(c.Email, p); err != nil {
			return err
		}
	}
	v, err := i.forget(ctx, m, p)
	if err != nil {
		return err
	}
	if err := i.warnOfCoordinator(ctx, m, p); err != nil {
		return err
	}
	return c.print(m, v, func(w io.Writer) {
		fmt.Fprintf(w, "person\t%d\nstate\t%s\n", v.ID, v.State)
		for _, id := range v.Ended {
			fmt.Fprintf(w, "pair %d\t%s\n", id, storage.PairEnded)
		}
	})
}

// forget deletes what tells who the person is, with the mails to the others of
// their pairs, and then the rest, which a server would do an hour later.
func (i *installation) forget(ctx context.Context, m *Main, p *storage.Person) (*forgottenView, error) {
	v := &forgottenView{p.ID, storage.PersonForgotten, []int64{}}
	pairs, err := i.PairsOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	for _, pair := range pairs {
		if pair.State != storage.PairEnded {
			v.Ended = append(v.Ended, pair.ID)
		}
	}
	desk, err := i.desk(m)
	if err != nil {
		return nil, err
	}
	if err := desk.Leave(ctx, p); err != nil {
		return nil, err
	}
	if _, err := i.Forget(ctx, p.ID, m.Now()); err != nil {
		return nil, fmt.Errorf("the name and the addresses are deleted, and a running server deletes the rest within the day: %w", err)
	}
	return v, nil
}

// confirm asks on the terminal whether somebody is to be forgotten.
func (m *Main) confirm(address string, p *storage.Person) error {
	if !terminal(m.Stdin) {
		return fmt.Errorf("nobody is there to confirm that %s is to be forgotten, which can't be undone: add --yes", address)
	}
	return confirmed(m.Stdin, m.Stderr, p)
}

// confirmed asks for an address of the person.
func confirmed(in io.Reader, out io.Writer, p *storage.Person) error {
	fmt.Fprintf(out, "All that is stored about %s (%s) will be deleted, and their pairs end. This can't be undone.\nType the address to confirm: ", p.Name, email(p))
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	typed, _ := mask.Canonical(strings.TrimSpace(line))
	for _, a := range p.Addresses {
		if a.Canonical == typed {
			return nil
		}
	}
	return fmt.Errorf("that is no address of %s: nothing was deleted", p.Name)
}

// warnOfCoordinator says where an address of somebody who was forgotten stays:
// a programme's coordinator is not the programme's participant.
func (i *installation) warnOfCoordinator(ctx context.Context, m *Main, p *storage.Person) error {
	programmes, err := i.Programmes(ctx)
	if err != nil {
		return err
	}
	for _, g := range programmes {
		coordinator, _ := mask.Canonical(g.Coordinator)
		for _, a := range p.Addresses {
			if a.Canonical == coordinator {
				fmt.Fprintf(m.Stderr, "%s is still the coordinator of programme %s: `mentorrelay programme set %s --coordinator` names another\n", a.Address, g.Key, g.Key)
			}
		}
	}
	return nil
}
