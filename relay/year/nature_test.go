package year

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A nature is how two people are with each other: a temperament, scripted.
type nature struct {
	name    string
	count   int
	cadence []string  // wished by both; taken in turns
	plan    [2]string // for a silence, by the letter of the survey's option: one each
	pace    [2]string // what each answers to the pace check; empty: nothing
	begin   func(w *world, p *pair)
	answer  func(w *world, p *pair, l *letter) // to a letter that arrived
	cast    func(w *world, p *pair)            // before they begin

	must  [2][]string                                      // tips that each gets, or that are withheld from them
	never [2][]string                                      // tips that each never gets; "all" for any
	later func(x *person, all string) (first, rest string) // answers in two goes
}

// How often each cadence comes round.
var cycles = map[string]time.Duration{"weekly": 7 * day, "fortnightly": 14 * day, "monthly": 30 * day, "quarterly": 91 * day}

var options = map[string]string{"weekly": "a", "fortnightly": "b", "monthly": "c", "quarterly": "d", "as-needed": "e"}
var plans = map[string]string{"a": "mentee-first", "b": "mentor-first", "c": "remind", "d": "leave"}

// around is a span, more or less.
func (x *person) around(d time.Duration, share float64) time.Duration {
	return d + time.Duration(share*(2*x.pen.Float64()-1)*float64(d))
}

// round has the mentee write once each cycle, until a time.
func round(w *world, p *pair, until time.Time, of func(n int) says) {
	var next func()
	n := 0
	next = func() {
		x := p.people[mentee]
		if !w.now.Before(until) || !p.ended.IsZero() || x.gone {
			return
		}
		if !within(x.holidays, w.now) && !within(x.paused, w.now) {
			w.write(p, mentee, of(n))
			n++
		}
		w.at(w.waking(x, x.around(cycle(p), 0.1)), next)
	}
	w.at(w.waking(p.people[mentee], p.people[mentee].around(2*day, 0.5)), next)
}

func cycle(p *pair) time.Duration {
	if d := cycles[p.cadence]; d > 0 {
		return d
	}
	return 45 * day
}

// back has the mentor answer each letter of the mentee, a share of a cycle later.
func back(share float64, of func(n int) says) func(*world, *pair, *letter) {
	return func(w *world, p *pair, l *letter) {
		if l.side != mentee {
			return
		}
		x := p.people[mentor]
		w.at(w.waking(x, x.around(time.Duration(share*float64(cycle(p))), 0.5)), func() {
			if p.ended.IsZero() && !within(x.holidays, w.now) && !within(x.paused, w.now) {
				w.write(p, mentor, of(p.written[mentor]))
			}
		})
	}
}

func friendly(n int) says {
	return says{thanks: min(n, 1), reports: min(n, 1), plain: 2, asks: n % 2, wishes: n == 0, offers: (n + 1) % 2}
}

func kind(int) says { return says{plain: 1, words: 60} }

// lasting has two write to each other as they should for some time.
func lasting(d time.Duration) func(*world, *pair) {
	return func(w *world, p *pair) { round(w, p, w.now.Add(d), friendly) }
}

// then has something happen to a pair some days after it began, if nothing else
// ended it.
func then(first func(*world, *pair), after time.Duration, do func(w *world, p *pair)) func(*world, *pair) {
	return func(w *world, p *pair) {
		first(w, p)
		w.at(w.waking(p.people[mentee], p.people[mentee].around(after, 0.2)), func() {
			if p.ended.IsZero() {
				do(w, p)
			}
		})
	}
}

// eager has the mentee write every other day or so, whatever comes, and the
// mentor every other week.
func eager(w *world, p *pair) {
	until := w.now.Add(150 * day)
	for side, gap := range [2]time.Duration{14 * day, 60 * time.Hour} {
		x := p.people[side]
		var next func()
		next = func() {
			if !w.now.Before(until) || !p.ended.IsZero() || x.gone {
				return
			}
			s := kind(0)
			if side == mentee {
				s = says{thanks: 1, plain: 2, wishes: p.written[side] == 0, reports: 1}
			}
			w.write(p, side, s)
			w.at(w.waking(x, x.around(gap, 0.1)), next)
		}
		w.at(w.waking(x, x.around(3*day, 0.3)), next)
	}
	w.at(until, func() { round(w, p, w.end, friendly) })
}

// onTips has somebody answer each tip with a command, one after the other.
func (w *world) onTips(x *person, commands ...string) {
	n := 0
	x.onTip = func(*mail) {
		if n < len(commands) {
			what := commands[n]
			n++
			w.at(w.seated(x, 5*time.Hour, x.habit), func() { w.order(x, what) })
		}
	}
}

func optIn(w *world, p *pair) {
	w.after(26*time.Hour, func() { w.order(p.people[mentor], "tips") })
}

// silence is what is about somebody's not writing.
var silence = []string{"first-letter", "turn-the-question-back", "open-question", "keep-warm", "slow-down"}

func onHoliday(w *world, p *pair) {
	for side, x := range p.people {
		if p.number%3 != side { // the mentor, the mentee, or none and both
			from := time.Date(2026, 7, 13+p.number%14, 0, 0, 0, 0, x.zone)
			x.holidays = append(x.holidays, span{from, from.AddDate(0, 0, 24)})
			x.sloppy = p.number%2 == 0
		}
	}
}

func reports(w *world, p *pair) {
	x := p.people[mentee]
	if p.number%2 == 0 { // in a letter to the other, which must not arrive
		w.send(p, mentee, says{}, command[x.language]["report"], true)
		w.obeyed(x, "report")
	} else {
		w.order(x, "report")
	}
	for n := range 2 { // the other writes on
		w.at(w.waking(p.people[mentor], time.Duration(n+1)*9*day), func() { w.write(p, mentor, kind(0)) })
	}
}

func pauses(w *world, p *pair) {
	x := p.people[p.number%2]
	at := time.Date(2026, 7, 3+p.number%12, 11, 0, 0, 0, x.zone)
	w.at(at, func() { w.order(x, "pause") })
	if p.number%3 == 0 {
		w.at(at.AddDate(0, 0, 20), func() { w.order(x, "resume") })
	}
	w.at(at.AddDate(0, 0, 9), func() { w.write(p, 1-p.number%2, says{plain: 2}) }) // is told that it was not passed on
}

func tooEarly(w *world, p *pair) {
	w.at(w.waking(p.people[mentee], 9*day), func() { w.write(p, mentee, says{plain: 1}) })
}

func oneOfTwo(x *person, all string) (string, string) {
	if x.number%2 == 0 {
		return all, ""
	}
	return "", ""
}

func byHalves(x *person, all string) (string, string) {
	lines := strings.Split(all, "\n")
	if x.number%2 == 0 {
		return lines[0], all
	}
	return lines[0], ""
}

// slowly has the mentor answer within days at first, and after four letters in weeks.
func slowly(w *world, p *pair, l *letter) {
	if l.side != mentee {
		return
	}
	wait := 2 * day
	if p.written[mentor] >= 4 {
		wait = 17 * day
	}
	w.at(w.waking(p.people[mentor], p.people[mentor].around(wait, 0.2)), func() { w.write(p, mentor, kind(0)) })
}

// sparse is once a month, whatever was agreed.
func sparse(w *world, p *pair) {
	var next func()
	next = func() {
		if p.ended.IsZero() {
			w.write(p, mentee, friendly(p.written[mentee]))
			w.at(w.waking(p.people[mentee], p.people[mentee].around(34*day, 0.1)), next)
		}
	}
	w.at(w.waking(p.people[mentee], 3*day), next)
}

// populate invites the cast over some weeks.
func (w *world) populate(list []*nature, share float64, zones []string) {
	n := 0
	for _, nature := range list {
		count := max(1, int(share*float64(nature.count)+0.5))
		for range count {
			k := n
			w.after(time.Duration(w.random.IntN(20*24*60))*time.Minute, func() {
				a := w.enrol(k%2, zones[w.random.IntN(len(zones))])
				b := w.enrol((k+k/7)%2, zones[w.random.IntN(len(zones))])
				w.couple(a, b, nature, k)
			})
			n++
		}
	}
	w.after(21*day, func() { w.company(list, zones, share) })
}

// couple makes a pair of two.
func (w *world) couple(a, b *person, n *nature, k int) *pair {
	cadence := n.cadence[k%len(n.cadence)]
	number := len(w.pairs)
	for side, x := range [2]*person{a, b} {
		if x.answers != "" || len(x.pairs) > 0 {
			continue
		}
		plan := n.plan[side]
		if plan == "" {
			plan = []string{"a", "b", "c", "d"}[(number+side)%4]
		}
		wished := options[cadence]
		if side == mentor && number%3 == 0 && cadence == "monthly" {
			wished = "b" // the slower of the two counts
		}
		x.wishes = [2]string{wished, plan}
		x.answers = fmt.Sprintf("1%s 2%s 3%s\n4: jazz, %s\n5: %s\n6%s 7: %d\n8%s", wished, []string{"a", "b", "c"}[x.number%3], []string{"a", "b", "d"}[x.number%3], x.topic, x.offer,
			[]string{"a", "b", "c"}[x.number%3], 1+x.number%5, plan)
		if n.later != nil {
			x.answers, x.answersLater = n.later(x, x.answers)
		}
	}
	p := w.join(a, b, n)
	p.cadence = cadence
	wishes := []string{a.wishes[0], b.wishes[0]}
	for name, letter := range options {
		if letter == slices.Max(wishes) {
			p.cadence = name
		}
	}
	p.cadences = []cadenceFrom{{w.now, p.cadence}}
	if a.wishes[1] == b.wishes[1] {
		p.plan = plans[a.wishes[1]]
	}
	if n.cast != nil {
		n.cast(w, p)
	}
	return p
}

// company adds people who are in several pairs: mentors of three, mentees of two,
// and a mentee who is a mentor of another.
func (w *world) company(list []*nature, zones []string, share float64) {
	of := func(name string) *nature {
		for _, n := range list {
			if n.name == name {
				copied := *n
				copied.name, copied.must, copied.never = "several pairs", [2][]string{}, [2][]string{}
				copied.cast, copied.later = nil, nil
				return &copied
			}
		}
		panic(name)
	}
	for k := range max(1, int(share*5)) {
		zone := func() string { return zones[w.random.IntN(len(zones))] }
		a, b := w.enrol(k%2, zone()), w.enrol(1-k%2, zone())
		m1, m2, m3 := w.enrol(0, zone()), w.enrol(1, zone()), w.enrol(0, zone())
		w.couple(a, m1, of("echo"), k)
		w.couple(a, m2, of("taker"), k)
		p := w.couple(a, m3, of("fades, remind both"), k)
		w.couple(b, m1, of("eager"), k)
		w.couple(m2, w.enrol(1, zone()), of("promises"), k)
		w.couple(b, a, of("many asks"), k)
		optIn(w, p)
	}
}
