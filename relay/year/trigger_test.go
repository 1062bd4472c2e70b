package year

import (
	"slices"
	"time"

	"mentorrelay/storage"
)

// A trigger is when a tip fits, told a second time and simply.
type trigger struct {
	key    string
	fits   func(p *pair, side int, at time.Time) bool
	silent bool
	again  time.Duration                                     // the same not sooner
	used   func(p *pair, side int, at, given time.Time) bool // whether one that was given was about the same
}

// switchedOff tells since when tips are switched off: since the last of each, if
// the coordinator was told that it is.
func (w *world) switchedOff(gave []given) map[string]time.Time {
	off := map[string]time.Time{}
	rows, err := w.desks[0].Effects(w.ctx, w.programme.ID)
	w.must(err)
	for _, r := range rows {
		if !r.Harms() {
			continue
		}
		for _, g := range gave {
			if g.key == r.Key && g.at.After(off[r.Key]) {
				off[r.Key] = g.at
			}
		}
		w.t.Logf("%s is switched off since %s: %+v", r.Key, at(off[r.Key]), r)
	}
	return off
}

// quiet is how long it was since a moment, without the days on which either had said to be away.
func (p *pair) quiet(since, at time.Time) time.Duration {
	var list []span
	for _, x := range p.people {
		list = append(list, x.away...)
	}
	slices.SortFunc(list, func(a, b span) int { return a.from.Compare(b.from) })
	total, from := time.Duration(0), since
	for _, s := range list {
		if s.from.After(at) {
			break
		}
		if s.from.After(from) {
			total += s.from.Sub(from)
		}
		if s.until.After(from) {
			from = s.until
		}
	}
	if at.After(from) {
		total += at.Sub(from)
	}
	return total
}

// until are the letters that were passed on before a moment.
func (p *pair) until(at time.Time) []*letter {
	n, _ := slices.BinarySearchFunc(p.letters, at, func(l *letter, at time.Time) int { return l.at.Compare(at) })
	return p.letters[:n]
}

var triggers = []trigger{
	{"first-letter", func(p *pair, side int, at time.Time) bool {
		return side == mentee && len(p.until(at)) == 0 && p.quiet(p.begun, at) >= 7*day
	}, true, 0, func(*pair, int, time.Time, time.Time) bool { return true }},
	{"keep-warm", func(p *pair, side int, at time.Time) bool {
		letters, cycle := p.until(at), cycles[p.cadenceAt(at)]
		if cycle == 0 || len(letters) == 0 {
			return false
		}
		named := side == mentee
		switch p.plan {
		case "leave":
			return false
		case "remind":
			named = true
		case "mentor-first":
			named = side == mentor
		}
		return named && p.quiet(letters[len(letters)-1].at, at) > cycle+cycle/2
	}, true, 30 * day, func(p *pair, _ int, at, given time.Time) bool {
		letters := p.until(at)
		return given.After(letters[len(letters)-1].at)
	}},
	{"not-a-one-stop-shop", func(p *pair, side int, at time.Time) bool {
		return side == mentee && manyAsks(p, at) != nil
	}, false, 90 * day, func(p *pair, _ int, at, given time.Time) bool { return given.After(manyAsks(p, at).at) }},
}

// manyAsks is a letter of the mentee's last turn, of the last three weeks, that asks four things.
func manyAsks(p *pair, at time.Time) *letter {
	letters := p.until(at)
	turn := false
	for i := len(letters) - 1; i >= 0; i-- {
		l := letters[i]
		if l.side == mentor && turn {
			break
		}
		if l.side == mentee {
			turn = true
			if l.asked() >= 4 && at.Sub(l.at) <= 21*day {
				return l
			}
		}
	}
	return nil
}

// checkTriggers: what fired fitted, and what fitted for days, with nothing in its
// way, fired or was withheld.
func (w *world) checkTriggers(gave []given) {
	byPerson := map[*person][]given{}
	for _, g := range gave {
		byPerson[g.to] = append(byPerson[g.to], g)
	}
	for _, t := range triggers {
		for _, g := range gave {
			if g.key != t.key {
				continue
			}
			fits := false
			for _, p := range g.to.pairs {
				fits = fits || p.activeAt(g.at) && t.fits(p, p.side(g.to), g.at)
			}
			if !fits {
				w.fault("%s: %s to %s does not fit", at(g.at), t.key, g.to)
			}
		}
	}
	off := w.switchedOff(gave)
	for _, p := range w.pairs {
		for side, x := range p.people {
			for _, t := range triggers {
				w.missed(p, side, x, t, byPerson[x], off[t.key])
			}
		}
	}
}

// patience is for how many mornings a tip may fit before it must have come.
const patience = 3

func (w *world) missed(p *pair, side int, x *person, t trigger, gave []given, off time.Time) {
	if p.begun.IsZero() {
		return
	}
	row := 0
	local := p.begun.In(x.zone)
	for d := 0; ; d++ {
		nine := time.Date(local.Year(), local.Month(), local.Day()+d, 9, 0, 0, 0, x.zone)
		if !nine.Before(w.end.Add(-day)) || !off.IsZero() && nine.After(off) {
			return
		}
		if nine.Before(p.begun) || w.slept(nine) || nine.Day() == 1 {
			continue
		}
		if !p.activeAt(nine) || !t.fits(p, side, nine) || !free(p, side, x, t, gave, nine) {
			row = 0
			continue
		}
		if row++; row == patience {
			w.fault("%s: %s fits %s for %d mornings, and does not come", at(nine), t.key, x, row)
			return
		}
	}
}

func (w *world) slept(at time.Time) bool {
	for _, s := range w.asleep {
		if s.has(at) {
			return true
		}
	}
	return false
}

// free tells whether nothing is in the way of a tip on a morning.
func free(p *pair, side int, x *person, t trigger, gave []given, at time.Time) bool {
	tips := x.wishAt(at)
	if x.silenced(at) || x.gone || tips == storage.TipsNone || side == mentor && tips != storage.TipsWanted && tips != storage.TipsFewer {
		return false
	}
	for _, who := range p.people {
		for _, s := range who.away {
			if (t.silent || who == x) && s.has(at) || t.silent && !at.Before(s.until) && at.Sub(s.until) < 4*day {
				return false
			}
		}
		if who.silenced(at) {
			return false
		}
		for _, s := range who.paused { // a pause is no silence either; the rest of it is then too short to tell
			if s.from.Before(at) && at.Sub(s.until) < 50*day {
				return false
			}
		}
	}
	for _, list := range [][]time.Time{x.wrote, x.said} {
		for _, wrote := range list {
			if since := at.Sub(wrote); since > -tick && since < ownMessage+tick {
				return false
			}
		}
	}
	if t.key == "keep-warm" && unanswered(p, side, at) >= 3 {
		return false // three letters of one's own are enough
	}
	every, lately := tipEvery, 0
	if tips == storage.TipsFewer {
		every = tipEveryFewer
	}
	for _, g := range gave {
		since := at.Sub(g.at)
		if since < -tick {
			continue
		}
		if g.key == t.key && (since < t.again+tick || t.used(p, side, at, g.at)) || g.key != "pace-check" && since < every+tick {
			return false
		}
		if g.key == "pace-check" && since < ownMessage+tick {
			return false // not one thing on the heels of another
		}
		if since < mailsWithin+tick {
			lately++
		}
	}
	return lately < mailsMost
}

// unanswered counts the letters of a side since the other's last one.
func unanswered(p *pair, side int, at time.Time) int {
	n := 0
	letters := p.until(at)
	for i := len(letters) - 1; i >= 0 && letters[i].side == side; i-- {
		n++
	}
	return n
}
