package year

import (
	"container/heap"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"mentorrelay/parser/message"
	"mentorrelay/relay"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/programme"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

const day = 24 * time.Hour

// coordinator is who the programme's coordinator is to the post.
const coordinator = "coord@horizon.test"

// A world is a programme and its people, whose time goes from event to event.
type world struct {
	t      testing.TB
	ctx    context.Context
	random *mathrand.Rand
	url    string
	scheme *mask.Scheme
	words  *templates.Catalogue
	forms  *templates.Surveys

	stores [2]*storage.Storage // two instances on one database
	desks  [2]*programme.Desk
	relay  *relay.Relay // of the first
	log    *slog.Logger

	now    time.Time
	start  time.Time
	end    time.Time
	events events
	count  int // events so far: those of one moment come in order
	asleep []span

	programme *storage.Programme
	people    []*person
	pairs     []*pair
	kinds     *kinds
	idle      bool // the coordinator uses no command
	busy      bool // mail was queued since the post was last taken out

	letters []*letter
	byRef   map[string]*letter
	mails   []*mail
	dues    []programme.Due
	kept    []time.Time // when each of the dues was done
	faults  []string
	posts   int
	keeps   int
	spent   map[string]time.Duration
}

// A span is a time, its end not included.
type span struct{ from, until time.Time }

func (s span) has(at time.Time) bool { return !at.Before(s.from) && at.Before(s.until) }

// An event is what happens at a moment.
type event struct {
	at    time.Time
	order int
	do    func()
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at.Before(e[j].at) || e[i].at.Equal(e[j].at) && e[i].order < e[j].order
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	old := *e
	last := old[len(old)-1]
	*e = old[:len(old)-1]
	return last
}

func newWorld(t testing.TB, url string, seed uint64, start, end time.Time) *world {
	t.Helper()
	w := &world{
		t: t, ctx: t.Context(), random: mathrand.New(mathrand.NewPCG(seed, 6)), url: url, now: start, start: start, end: end,
		scheme: &mask.Scheme{Domain: "relay.test", Secret: []byte("the secret of a year")},
		log:    slog.New(faultsOnly{t}),
		byRef:  map[string]*letter{}, spent: map[string]time.Duration{},
	}
	var err error
	w.words, err = templates.New()
	w.must(err)
	w.forms, err = templates.NewSurveys()
	w.must(err)
	w.kinds = readKinds(t)
	w.begin()
	t.Cleanup(w.close)
	w.programme = &storage.Programme{
		Key: "horizon", Name: "Horizon", Coordinator: coordinator, Language: "en", Timezone: "Europe/Paris",
		Policy: storage.PolicyPrivate, Opaque: storage.OpaqueRefuse, Display: storage.DisplayFirst, CreatedAt: start,
	}
	w.must(w.stores[0].CreateProgramme(w.ctx, w.programme))
	return w
}

// faultsOnly is a log of which only errors are shown.
type faultsOnly struct{ t testing.TB }

func (faultsOnly) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }
func (f faultsOnly) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool { f.t.Logf("log: %s %s", r.Message, a); return true })
	return nil
}
func (f faultsOnly) WithAttrs([]slog.Attr) slog.Handler { return f }
func (f faultsOnly) WithGroup(string) slog.Handler      { return f }

// open starts both instances.
func (w *world) begin() {
	clock := func() time.Time { return w.now }
	for i := range w.stores {
		s, err := storage.Open(w.ctx, w.url)
		w.must(err)
		w.stores[i] = s
		notices := &notice.Writer{Words: w.words, Scheme: w.scheme, Store: s, Now: clock}
		w.desks[i] = &programme.Desk{Store: s, Notices: notices, Surveys: w.forms, Now: clock, Log: w.log}
	}
	w.relay = relay.New(relay.Config{
		Store: w.stores[0], Scheme: w.scheme, Notices: w.desks[0].Notices, Service: w.desks[0], Limits: message.DefaultLimits(), Now: clock, Log: w.log,
		Trust: &trust.Checker{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
	})
}

func (w *world) close() {
	for i, s := range w.stores {
		if s != nil {
			w.must(s.Close())
			w.stores[i] = nil
		}
	}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%s: %v", w.now.Format(time.RFC3339), err)
	}
}

// at lets something happen at a moment; what is past happens next.
func (w *world) at(at time.Time, do func()) {
	if at.Before(w.now) {
		at = w.now
	}
	w.count++
	heap.Push(&w.events, event{at.Truncate(time.Second), w.count, do}) // databases keep no nanoseconds
}

func (w *world) after(d time.Duration, do func()) { w.at(w.now.Add(d), do) }

// run lets the time pass.
func (w *world) run() {
	for len(w.events) > 0 && w.events[0].at.Before(w.end) {
		e := heap.Pop(&w.events).(event)
		w.now = e.at
		e.do()
	}
	w.now = w.end
}

// spend notes how long something took.
func (w *world) spend(on string, since time.Time) { w.spent[on] += time.Since(since) }

// awake returns when a door of the service next opens.
func (w *world) awake() time.Time {
	for _, s := range w.asleep {
		if s.has(w.now) {
			return s.until.Add(time.Duration(w.posts%50) * time.Second)
		}
	}
	return w.now
}

// hand hands a message to the relay as a client does, which tries again later if
// nobody opens; then gets its answer.
func (w *world) hand(from, raw, to string, answered func(error)) {
	if at := w.awake(); at.After(w.now) {
		w.at(at, func() { w.hand(from, raw, to, answered) })
		return
	}
	defer w.spend("letters", time.Now())
	w.posts++
	err := w.receive(from, raw, to)
	w.busy = true
	answered(err)
}

func (w *world) receive(from, raw, to string) error {
	rc, err := w.relay.Resolve(w.ctx, to)
	if err != nil {
		return err
	}
	spool := relay.NewSpool()
	defer spool.Close()
	if _, err := io.WriteString(spool, strings.ReplaceAll(raw, "\n", "\r\n")); err != nil {
		return err
	}
	env := relay.Envelope{Door: relay.SMTP, MailFrom: from, ReceivedAt: w.now, PeerIP: netip.MustParseAddr("127.0.0.1"), Recipients: []relay.Recipient{rc}}
	return w.relay.Receive(w.ctx, env, spool)[0]
}

// keep does what is due, by one instance or by both at once.
func (w *world) keep(instances int) {
	for _, s := range w.asleep {
		if s.has(w.now) {
			return
		}
	}
	defer w.spend("clock", time.Now())
	w.keeps++
	var mu sync.Mutex
	var wg sync.WaitGroup
	errs := make([]error, instances)
	for i := range instances {
		wg.Go(func() {
			errs[i] = w.desks[i].Keep(w.ctx, func(d programme.Due) {
				mu.Lock()
				defer mu.Unlock()
				w.dues, w.kept = append(w.dues, d), append(w.kept, w.now)
				w.busy = true
			})
		})
	}
	wg.Wait()
	for _, err := range errs {
		w.must(err)
	}
}

// post takes out what was queued, and brings it to its readers.
func (w *world) post() {
	if !w.busy {
		return
	}
	w.busy = false
	started := time.Now()
	due, err := w.stores[1].Claim(w.ctx, "year", w.now, 1000, func(int64) time.Duration { return time.Hour })
	w.must(err)
	raws := make([][]byte, len(due))
	var wg sync.WaitGroup
	errs := make([]error, len(due))
	for i := range due {
		wg.Go(func() { // many at once are stored in one transaction
			if raws[i], errs[i] = io.ReadAll(w.stores[1].Open(w.ctx, &due[i])); errs[i] == nil {
				errs[i] = w.stores[1].Finish(w.ctx, &storage.Outcome{Delivery: &due[i], State: storage.DeliverySent, Status: "250 2.0.0", At: w.now})
			}
		})
	}
	wg.Wait()
	w.spend("post", started)
	for _, err := range errs {
		w.must(err)
	}
	w.deliver(due, raws)
}

// restart closes both instances, and opens them anew.
func (w *world) restart() {
	defer w.spend("restarts", time.Now())
	w.close()
	w.begin()
}

// clockwork has the service keep its appointments: about the nine o'clock of
// each zone, some days at eight, and now and then in between, also by night.
func (w *world) clockwork(zones []string) {
	for d := w.now.Truncate(day); d.Before(w.end); d = d.Add(day) {
		for _, name := range zones {
			zone, err := time.LoadLocation(name)
			w.must(err)
			nine := time.Date(d.Year(), d.Month(), d.Day(), 9, 0, 0, 0, zone)
			if w.random.IntN(4) == 0 {
				w.at(nine.Add(-time.Second), func() { w.keep(1) })
			}
			if w.random.IntN(2) == 0 {
				w.at(nine.Add(-time.Hour), func() { w.keep(1) })
			}
			late := time.Duration(w.random.IntN(10)) * time.Second
			if w.random.IntN(3) == 0 {
				late = time.Duration(w.random.IntN(15*60)) * time.Second
			}
			instances := 1
			if w.random.IntN(5) == 0 {
				instances = 2
			}
			w.at(nine.Add(late), func() { w.keep(instances) })
		}
		for range 2 {
			w.at(d.Add(time.Duration(w.random.Int64N(int64(day)))), func() { w.keep(1) })
		}
		if w.random.IntN(9) == 0 {
			w.at(d.Add(time.Duration(w.random.Int64N(int64(day)))), w.restart)
		}
		for h := range 24 {
			w.at(d.Add(time.Duration(h)*time.Hour+7*time.Minute), w.post)
		}
	}
	for _, s := range w.asleep {
		w.at(s.until, func() { w.keep(2) })
	}
}

// fault notes that something was not as it must be.
func (w *world) fault(format string, args ...any) {
	w.faults = append(w.faults, fmt.Sprintf(format, args...))
}

func (w *world) token() string {
	return mask.NewToken(binary.BigEndian.AppendUint64(nil, w.random.Uint64()))
}
