package programme

import (
	"context"
	"fmt"
	"sync"
	"time"

	"mentorrelay/storage"
)

// appointed is an appointment and what keeping it comes to.
type appointed struct {
	appointment storage.Appointment
	step        step
}

// pagesAhead is how many pages wait, looked at or being looked at, beside the one
// that is taken next: so two processors look, and memory stays the same
// however many people there are.
const pagesAhead = 1

// A page is some appointments that are looked at together.
type page struct {
	size  int
	ready chan struct{} // closed once there are steps, or an error
	steps []appointed
	err   error
}

// walk goes through the appointments whose time has come, page by page. What
// one of them fails on does not hold up the others; an error of visit ends it.
func (w *walker) walk(ctx context.Context, failed *failures, visit func([]appointed) error) error {
	ahead, stop := context.WithCancel(ctx)
	var at sync.WaitGroup
	defer at.Wait()
	defer stop()
	pages := make(chan *page, pagesAhead)
	at.Go(func() {
		defer close(pages)
		w.turn(ahead, pages, &at)
	})
	for p := range pages {
		<-p.ready
		if ctx.Err() != nil {
			break
		}
		failed.add(p.err)
		if err := visit(p.steps); err != nil {
			return err
		}
		if w.desk.Looked != nil {
			w.desk.Looked(p.size)
		}
	}
	return ctx.Err()
}

// turn turns the pages of what is due, and has each looked at.
func (w *walker) turn(ctx context.Context, pages chan<- *page, at *sync.WaitGroup) {
	var after storage.Appointment
	for more := true; more; {
		list, err := w.desk.Store.AppointmentsDue(ctx, w.now, after, pageSize)
		if more = len(list) == pageSize; more {
			after = list[len(list)-1]
		}
		p := &page{size: len(list), ready: make(chan struct{})}
		select {
		case pages <- p:
		case <-ctx.Done():
			return
		}
		if err != nil {
			p.err = fmt.Errorf("finding what is due: %w", err)
			close(p.ready)
			return
		}
		at.Go(func() {
			defer close(p.ready)
			w.heads <- struct{}{}
			defer func() { <-w.heads }()
			p.steps, p.err = w.steps(ctx, list)
		})
	}
}

// A walker is one walk through what is due.
type walker struct {
	desk  *Desk
	now   time.Time
	heads chan struct{} // one for each page that is looked at, and each mail that is composed

	mu         sync.Mutex // guards what is found out once in a walk
	zones      map[string]*time.Location
	taken      map[int64]bool            // people to whom something is due
	effects    map[int64]map[string]bool // tips that are switched off, by programme
	programmes map[int64]*storage.Programme
}

// newWalker begins a walk that keeps so many processors busy, at least one.
func (d *Desk) newWalker(processors int) *walker {
	return &walker{
		desk: d, now: d.Now(), heads: make(chan struct{}, max(1, processors)),
		zones: map[string]*time.Location{}, taken: map[int64]bool{}, effects: map[int64]map[string]bool{}, programmes: map[int64]*storage.Programme{},
	}
}

// steps finds what some appointments come to.
func (w *walker) steps(ctx context.Context, page []storage.Appointment) ([]appointed, error) {
	views, err := w.views(ctx, page)
	if err != nil {
		return nil, err
	}
	var steps []appointed
	var failed failures
	for _, a := range page {
		s, err := w.step(ctx, a, views[a.SubjectID])
		if err != nil {
			failed.add(fmt.Errorf("%s of %d: %w", a.Kind, a.SubjectID, err))
			continue
		}
		steps = append(steps, appointed{a, s})
	}
	return steps, failed.err()
}

// remembered is how far back letters are looked at: the rhythm of a year, and
// a margin.
const remembered = 400 * day

// views reads what is known of the people whom appointments are about. Letters
// are by far the most of it, and are read where something depends on them.
func (w *walker) views(ctx context.Context, page []storage.Appointment) (map[int64]*storage.View, error) {
	var people []int64
	looked := map[int64]bool{}
	for _, a := range page {
		if a.Kind == storage.AppointmentLook || a.Kind == storage.AppointmentSummary {
			people = append(people, a.SubjectID)
			looked[a.SubjectID] = looked[a.SubjectID] || a.Kind == storage.AppointmentLook
		}
	}
	if len(people) == 0 {
		return nil, nil
	}
	list, err := w.desk.Store.Sketches(ctx, people, intake)
	if err != nil {
		return nil, fmt.Errorf("looking at people: %w", err)
	}
	views := map[int64]*storage.View{}
	var curious []*storage.View
	for i := range list {
		v := &list[i]
		if views[v.Person.ID] = v; looked[v.Person.ID] && w.curious(v) {
			curious = append(curious, v)
		}
	}
	if err := w.desk.Store.Fill(ctx, curious, w.now.Add(-remembered)); err != nil {
		return nil, fmt.Errorf("looking at letters: %w", err)
	}
	return views, nil
}

// filled reads the letters before a step is done that was found without.
func (w *walker) filled(s step, v *storage.View) step {
	do := s.do
	if do == nil {
		return s
	}
	s.do = func(ctx context.Context) (*storage.Acceptance, error) {
		if len(v.Letters) < len(v.Pairs) {
			if err := w.desk.Store.Fill(ctx, []*storage.View{v}, w.now.Add(-remembered)); err != nil {
				return nil, fmt.Errorf("looking at letters: %w", err)
			}
		}
		return do(ctx)
	}
	return s
}

// programmeByID finds a programme, each once in a walk.
func (w *walker) programmeByID(ctx context.Context, id int64) (*storage.Programme, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := w.programmes[id]; p != nil {
		return p, nil
	}
	p, err := w.desk.Store.ProgrammeByID(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("finding a programme: %w", err)
	}
	w.programmes[id] = p
	return p, nil
}

// zone is the time zone of a person, each of which is read from its file once.
func (w *walker) zone(p *storage.Person) *time.Location {
	w.mu.Lock()
	defer w.mu.Unlock()
	zone := w.zones[p.Timezone]
	if zone == nil {
		zone = zoneOf(p)
		w.zones[p.Timezone] = zone
	}
	return zone
}
