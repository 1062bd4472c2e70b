package rhythm

import "time"

const (
	// fewestTurns is how many turns a figure rests on at the least: with
	// fewer it is absent.
	fewestTurns = 3
	// silence is how many median gaps make one.
	silence = 3
	// lastTurns is how many of a side's turns tell what it gives and asks.
	lastTurns = 5
	// fewestGaps is how many gaps burstiness rests on at the least: below,
	// it says little (Kim and Jo 2016, §IV).
	fewestGaps = 5
)

// Figures are what a rhythm comes to at a moment. A figure that rests on too
// little is nil.
type Figures struct {
	Sides       [2]Figure
	Balance     *float64       // (mentor - mentee) / (mentor + mentee), of messages: from -1 to 1
	WordBalance *float64       // the same of words
	PaceRatio   *float64       // the mentee's pace / the mentor's: below 1 the mentee writes more often
	Gap         *time.Duration // the median time between one message and the next
}

// A Figure is what the rhythm comes to for one side.
type Figure struct {
	Messages, Words, Turns int

	ReplyTime *time.Duration // the median, from the first message of the other's turn to the answer
	Within    *time.Duration // in which nine in ten answers came
	Pace      *time.Duration // the median between the starts of this side's turns
	// Initiative is the share of silences, longer than three median gaps,
	// that this side broke: from 0 to 1.
	Initiative *float64
	Regularity *float64 // burstiness: -1 regular, 0 at random, 1 all at once

	Asks, Gives   int // over the side's last five turns
	Unanswered    int // messages since the other's last one
	OpenQuestions int // asks by the other, in messages since this side's last one
}

// At returns the figures at a moment, no earlier than the last event.
func (r *Rhythm) At(now time.Time) Figures {
	var f Figures
	for side := range f.Sides {
		f.Sides[side] = r.side(Side(side), now)
	}
	a, b := &f.Sides[Mentor], &f.Sides[Mentee]
	if len(r.turns) < fewestTurns {
		return f
	}
	gap := r.gaps.median()
	f.Gap = &gap
	f.Balance = balance(a.Messages, b.Messages)
	f.WordBalance = balance(a.Words, b.Words)
	if a.Pace != nil && b.Pace != nil && *a.Pace > 0 {
		ratio := float64(*b.Pace) / float64(*a.Pace)
		f.PaceRatio = &ratio
	}
	one, other := r.broken[Mentor].above(silence*gap), r.broken[Mentee].above(silence*gap)
	if n := one + other; n > 0 {
		x, y := float64(one)/float64(n), float64(other)/float64(n)
		a.Initiative, b.Initiative = &x, &y
	}
	return f
}

func balance(a, b int) *float64 {
	if a+b == 0 {
		return nil
	}
	x := float64(a-b) / float64(a+b)
	return &x
}

func (r *Rhythm) side(side Side, now time.Time) Figure {
	var f Figure
	for i := len(r.turns) - 1; i >= 0; i-- {
		t := &r.turns[i]
		if t.side != side {
			continue
		}
		f.Turns++
		f.Messages += t.messages
		f.Words += t.words
		if f.Turns <= lastTurns {
			f.Asks += t.asks
			f.Gives += t.gives
		}
	}
	open := time.Duration(-1)
	if n := len(r.turns); n > 0 {
		switch last := &r.turns[n-1]; last.side {
		case side:
			f.Unanswered = last.messages
		default:
			f.OpenQuestions = last.asks
			open = max(now.Sub(last.start), 0)
		}
	}
	if f.Turns < fewestTurns {
		return f
	}
	f.ReplyTime = r.within(side, 0.5, open)
	f.Within = r.within(side, 0.9, open)
	pace := r.own[side].median()
	f.Pace = &pace
	if len(r.own[side]) >= fewestGaps {
		if x, ok := r.own[side].burstiness(); ok {
			f.Regularity = &x
		}
	}
	return f
}

func (r *Rhythm) within(side Side, q float64, open time.Duration) *time.Duration {
	if x, ok := r.answers[side].quantile(q, open); ok {
		return &x
	}
	return nil
}
