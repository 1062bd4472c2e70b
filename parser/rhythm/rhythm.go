// Package rhythm measures how two people write to each other: who writes,
// how often, who answers, who asks and who gives.
package rhythm

import "time"

// A Side is one of the two.
type Side int

// The sides.
const (
	Mentor Side = iota
	Mentee
)

// An Event is one message, by what the parser found in its new text.
type Event struct {
	Side  Side
	At    time.Time
	Words int
	Asks  int // sentences that ask
	Gives int // sentences that offer, thank or report back
}

// A turn is consecutive messages by one side.
type turn struct {
	side     Side
	start    time.Time
	messages int
	words    int
	asks     int
	gives    int
}

// maxTurns is how many turns a rhythm holds, whatever its window: nearly ten
// years of weekly letters, so that a message always costs the same.
const maxTurns = 1000

// A Rhythm is the events of a pair within a window that ends with the last
// one. Adding an event costs the same however many went before.
type Rhythm struct {
	window time.Duration

	events  []Event
	turns   []turn
	gaps    durations    // between messages that follow each other
	broken  [2]durations // the same, by who wrote after it
	own     [2]durations // between the starts of a side's turns that follow each other
	answers [2]durations // from the start of the other's turn to this side's answer
}

// New returns a rhythm over a window, or over the last 1,000 turns if that is 0.
func New(window time.Duration) *Rhythm { return &Rhythm{window: window} }

// Add adds an event. Events come in the order of their times; one that claims
// to be older than the one before it counts as written at the same moment.
func (r *Rhythm) Add(e Event) {
	if n := len(r.events); n > 0 {
		last := r.events[n-1].At
		if e.At.Before(last) {
			e.At = last
		}
		gap := e.At.Sub(last)
		r.gaps.add(gap)
		r.broken[e.Side].add(gap)
	}
	r.events = append(r.events, e)
	r.addToTurn(e)
	r.forget(e.At)
}

func (r *Rhythm) addToTurn(e Event) {
	n := len(r.turns)
	if n == 0 || r.turns[n-1].side != e.Side {
		if n > 0 {
			r.answers[e.Side].add(e.At.Sub(r.turns[n-1].start))
		}
		if n > 1 { // sides take turns
			r.own[e.Side].add(e.At.Sub(r.turns[n-2].start))
		}
		r.turns = append(r.turns, turn{side: e.Side, start: e.At})
		n++
	}
	t := &r.turns[n-1]
	t.messages++
	t.words += e.Words
	t.asks += e.Asks
	t.gives += e.Gives
}

// forget drops the turns that began before the window, whole, but for the last.
func (r *Rhythm) forget(now time.Time) {
	for len(r.turns) > maxTurns || len(r.turns) > 1 && r.window > 0 && r.turns[0].start.Before(now.Add(-r.window)) {
		t, next := r.turns[0], r.turns[1]
		r.answers[next.side].remove(next.start.Sub(t.start))
		if len(r.turns) > 2 {
			r.own[t.side].remove(r.turns[2].start.Sub(t.start))
		}
		for range t.messages {
			e := r.events[1]
			gap := e.At.Sub(r.events[0].At)
			r.gaps.remove(gap)
			r.broken[e.Side].remove(gap)
			r.events = r.events[1:]
		}
		r.turns = r.turns[1:]
	}
}
