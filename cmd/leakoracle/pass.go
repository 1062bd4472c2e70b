package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"mentorrelay/cmd/leakoracle/oracle"
)

// A carrier hands letters in, one after the other.
type carrier interface {
	// send hands a letter in for the mask to. The answer is returned if it is
	// a refusal; answered is false if the connection broke off instead. An
	// error means that no letter can be handed in.
	send(ctx context.Context, l *oracle.Letter, to string) (refusal string, answered bool, err error)
	close()
}

// carriers is how many letters are handed in at once: a relay answers when a
// letter is on its disk, and can put several there in one go.
const carriers = 4

// A pass sends every vector once and waits for what arrives.
type pass struct {
	*options
	run     *oracle.Run
	carrier func() carrier // a new one

	sink    *sink
	sent    map[string]*result // by marker
	results []*result
	notices *result // what others than the reader get
	strays  *result // what the reader gets and is of no letter
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

// plant makes the letters, and returns them in the order to send them in:
// first those that need not arrive, so that by the end they had all the time
// of the others.
func (p *pass) plant() ([]*result, error) {
	p.sent = map[string]*result{}
	p.notices, p.strays = newResult(p.run.Notice()), newResult(p.run.Stray())
	for _, v := range p.vectors() {
		r := newResult(p.run.Plant(v))
		p.results = append(p.results, r)
		p.sent[r.letter.Marker] = r
		if err := p.save(r, "sent", r.letter.Data); err != nil {
			return nil, err
		}
	}
	order := slices.Clone(p.results)
	slices.SortStableFunc(order, func(a, b *result) int { return rank(b) - rank(a) })
	return order, nil
}

func rank(r *result) int {
	if r.letter.Vector.Optional {
		return 1
	}
	return 0
}

// A handing is what came of handing a letter in.
type handing struct {
	*result
	refusal  string
	answered bool
	err      error
}

// sendAll hands the letters in, and searches meanwhile what arrives.
func (p *pass) sendAll(ctx context.Context) error {
	letters, err := p.plant()
	if err != nil {
		return err
	}
	queue, handed := make(chan *result, len(letters)), make(chan handing, len(letters))
	for _, r := range letters {
		queue <- r
	}
	close(queue)
	var working sync.WaitGroup
	defer working.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for range carriers {
		working.Go(func() { p.carry(ctx, queue, handed) })
	}
	for left := len(letters); left > 0; {
		select {
		case h := <-handed:
			if h.err != nil {
				return fmt.Errorf("sending %s: %w", h.Vector, h.err)
			}
			h.Answer, h.dropped = h.refusal, !h.answered
			left--
		case <-p.sink.more:
			if err := p.examine(); err != nil {
				return err
			}
		}
	}
	return nil
}

// carry hands letters in over one connection.
func (p *pass) carry(ctx context.Context, queue <-chan *result, handed chan<- handing) {
	c := p.carrier()
	defer c.close()
	for r := range queue {
		h := handing{result: r, err: ctx.Err()}
		if h.err == nil {
			h.refusal, h.answered, h.err = c.send(ctx, r.letter, p.Mask)
		}
		if handed <- h; h.err != nil {
			return
		}
	}
}

// collect waits until all that must arrive has, or nothing more does, and
// then a little for the rest.
func (p *pass) collect(ctx context.Context) error {
	for slices.ContainsFunc(p.results, (*result).isDue) {
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
		r.arrived++
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
