//go:build linux

package e2e

import (
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"mentorrelay/storage"
)

// state checks what the program knows, or changes the world about it.
func (p *player) state(verb, arg string) error {
	ctx := p.t.Context()
	switch verb {
	case "PAIR":
		i := strings.LastIndexByte(arg, ' ')
		pair, err := p.store.PairByID(ctx, p.pairs[arg[:i]].ID)
		if err == nil && pair.State != arg[i+1:] {
			err = unlike(pair.State)
		}
		return err
	case "PERSON":
		name, state, _ := strings.Cut(arg, " ")
		return p.person(name, state)
	case "HELD":
		holds, err := p.store.Holds(ctx, storage.HoldWaiting)
		n := 0
		for _, h := range holds {
			if h.PairID == p.pairs["alice ben"].ID {
				n++
				p.vars["hold"] = strconv.FormatInt(h.ID, 10)
			}
		}
		if err == nil && strconv.Itoa(n) != arg {
			err = fmt.Errorf("%d are", n)
		}
		return err
	case "KNOWS":
		return p.knows(strings.Fields(arg))
	case "$":
		if status, said := p.relay.try(strings.Fields(arg)...); status != 0 {
			return fmt.Errorf("exit status %d: %s", status, said)
		}
		return nil
	case "EARLIER":
		return p.earlier(strings.Fields(arg))
	case "SEVEN":
		_, err := p.store.ExpireHolds(ctx, time.Now().Add(7*24*time.Hour))
		return err
	case "DISK":
		need(p.t, "prlimit")
		limit := map[string]string{"FULL": "0", "FREE": "unlimited"}[arg]
		command(p.t, exec.Command("prlimit", "--pid", fmt.Sprint(p.serve.cmd.Process.Pid), "--fsize="+limit+":unlimited"))
		return nil
	}
	return errors.New("no such line")
}

// person checks what is known of one of the cast.
func (p *player) person(name, want string) error {
	person, err := p.store.PersonByID(p.t.Context(), p.persons[name].ID)
	if err != nil {
		return err
	}
	absences, err := p.store.Absences(p.t.Context(), person.ID)
	if err != nil {
		return err
	}
	holds := map[string]bool{
		person.State: true, "muted": person.Muted, "unmuted": !person.Muted, "present": len(absences) == 0,
	}
	for _, a := range absences {
		holds["away "+a.From+" "+a.Until] = true
	}
	if !holds[want] {
		return fmt.Errorf("%s, muted: %v, away: %+v", person.State, person.Muted, absences)
	}
	return nil
}

// earlier notes what came back from a person on days past.
func (p *player) earlier(arg []string) error {
	id := p.persons[arg[0]].ID
	a := &storage.Acceptance{At: time.Now()}
	for i, days := range arg[2:] {
		n, err := strconv.Atoi(days)
		if err != nil {
			return err
		}
		a.Changes = append(a.Changes, storage.Bounce{
			DeliveryID: -id*100 - int64(i), PersonID: id, Class: arg[1], At: a.At.AddDate(0, 0, -n), // of no delivery there is
		})
	}
	_, err := p.store.Accept(p.t.Context(), a)
	return err
}

// knows checks whose address one is.
func (p *player) knows(arg []string) error {
	person, err := p.store.PersonByAddress(p.t.Context(), arg[0])
	switch {
	case errors.Is(err, storage.ErrNotFound) && arg[1] == "nobody":
		return nil
	case err != nil:
		return err
	}
	whose := "another"
	for name, one := range p.persons {
		if one.ID == person.ID {
			whose = name
		}
	}
	if whose != arg[1] {
		return fmt.Errorf("it is %s's", whose)
	}
	return nil
}
