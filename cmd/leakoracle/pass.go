package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mentorrelay/cmd/leakoracle/oracle"
)

// A pass sends every vector once and waits for what arrives.
type pass struct {
	*options
	run *oracle.Run

	sink    *sink
	sent    map[string]*result // by marker
	results []*result
	notices *result // what the sender gets
	strays  *result // what the reader gets beside
	open    int     // letters that must arrive and have not
}

// do makes the pass.
func (p *pass) do(ctx context.Context) (results []*result, err error) {
	if p.sink, err = listen(p.Listen); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.sink.close()) }()
	if err := p.sendAll(ctx); err != nil {
		return nil, err
	}
	if err := p.collect(ctx); err != nil {
		return nil, err
	}
	for _, r := range p.results {
		r.judge(p.Strict)
	}
	for _, r := range []*result{p.notices, p.strays} {
		if r.arrived > 0 {
			r.judge(p.Strict)
			p.results = append(p.results, r)
		}
	}
	return p.results, nil
}

// sendAll sends what may not arrive first, so that by the end it had all the
// time of the others.
func (p *pass) sendAll(ctx context.Context) error {
	p.sent = map[string]*result{}
	p.notices, p.strays = newResult(p.run.Notice()), newResult(p.run.Stray())
	for _, v := range p.vectors() {
		r := newResult(p.run.Plant(v))
		p.results = append(p.results, r)
		p.sent[r.letter.Marker] = r
	}
	order := slices.Clone(p.results)
	slices.SortStableFunc(order, func(a, b *result) int { return rank(b) - rank(a) })
	c := &client{address: p.SMTP, helo: p.Helo, patience: p.Wait}
	defer c.close()
	for _, r := range order {
		if err := p.save(r, "sent", r.letter.Data); err != nil {
			return err
		}
		refusal, answered, err := c.send(ctx, r.letter, p.Mask)
		if err != nil {
			return fmt.Errorf("sending %s: %w", r.Vector, err)
		}
		r.Answer, r.dropped = refusal, !answered
		if refusal == "" && !r.letter.Vector.Optional {
			p.open++
		}
		if err := p.examine(); err != nil {
			return err
		}
	}
	return nil
}

func rank(r *result) int {
	if r.letter.Vector.Optional {
		return 1
	}
	return 0
}

// collect waits until all that must arrive has, or nothing more does, and
// then a little for the rest.
func (p *pass) collect(ctx context.Context) error {
	for p.open > 0 {
		more, err := p.wait(ctx, p.Wait)
		if err != nil || !more {
			return err
		}
	}
	for {
		more, err := p.wait(ctx, p.Settle)
		if err != nil || !more {
			return err
		}
	}
}

// wait waits for something to arrive.
func (p *pass) wait(ctx context.Context, patience time.Duration) (more bool, err error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-p.sink.more:
		return true, p.examine()
	case <-timer.C:
		return false, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// examine searches what has arrived.
func (p *pass) examine() error {
	for _, a := range p.sink.take() {
		r := p.origin(a)
		if r.arrived++; r.arrived == 1 && p.sent[r.letter.Marker] == r && r.Answer == "" && !r.letter.Vector.Optional {
			p.open--
		}
		r.add(r.letter.Examine(a.from, a.data))
		if err := p.save(r, fmt.Sprintf("arrived-%d", r.arrived), a.data); err != nil {
			return err
		}
	}
	return nil
}

// origin returns what letter a mail came from.
func (p *pass) origin(a arrival) *result {
	if !slices.ContainsFunc(a.to, func(to string) bool { return strings.EqualFold(to, p.To) }) {
		return p.notices
	}
	if r := p.sent[oracle.Marker(a.data)]; r != nil {
		return r
	}
	return p.strays
}

// save leaves a mail in the folder for them.
func (p *pass) save(r *result, what string, data []byte) error {
	if p.Out == "" {
		return nil
	}
	name := strings.NewReplacer("/", "-", " ", "-", ";", "", "=", "-").Replace(r.Vector)
	file := filepath.Join(p.Out, name+"."+what+".eml")
	if err := os.MkdirAll(p.Out, 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
