package year

import (
	"slices"
	"time"
)

// every is the cadences that have a length, and are not too long for a year.
var every = []string{"weekly", "fortnightly", "monthly"}

// all stands for all tips.
var all = []string{"all"}

// none is for who gets no tips, and a side that must get none in particular.
var none []string

// natures are the temperaments.
func natures() []*nature {
	return slices.Concat(calm(), fading(), keen(), asking(), waiting(), leaving(), answering())
}

// calm are those who write as they agreed, or as one should with a holiday in it.
func calm() []*nature {
	friends := lasting(500 * day)
	return []*nature{
		{name: "echo", count: 24, cadence: every, begin: friends, answer: back(0.15, kind), never: [2][]string{all, all}},
		{name: "as needed", count: 6, cadence: []string{"as-needed"}, begin: friends, answer: back(0.1, kind),
			never: [2][]string{all, {"keep-warm", "first-letter", "give-back"}}},
		{name: "holiday", count: 12, cadence: every[1:], begin: friends, answer: back(0.15, kind), cast: onHoliday,
			never: [2][]string{all, {"first-letter", "give-back", "slow-down"}}},
		{name: "pauses", count: 8, cadence: every[1:2], plan: [2]string{"a", "a"}, begin: friends, answer: back(0.15, kind), cast: pauses,
			never: [2][]string{all, none}},
	}
}

// fading are those who write to each other for some months and then do not, with
// each plan for a silence, and those who never begin.
func fading() []*nature {
	fades := func(name, plan0, plan1 string, count int) *nature {
		return &nature{name: name, count: count, cadence: every[1:], plan: [2]string{plan0, plan1}, begin: lasting(100 * day), answer: back(0.15, kind)}
	}
	warm := []string{"keep-warm"}
	menteeFirst, mentorFirst, alone := fades("fades, mentee first", "a", "a", 5), fades("fades, mentor first", "b", "b", 4), fades("fades, no tips to mentor", "b", "b", 4)
	remind, leave, noPlan := fades("fades, remind both", "c", "c", 4), fades("fades, leave it", "d", "d", 4), fades("fades, no plan", "a", "c", 4)
	for _, n := range []*nature{menteeFirst, mentorFirst, remind, leave, noPlan} {
		n.cast = optIn
	}
	menteeFirst.must, menteeFirst.never = [2][]string{none, warm}, [2][]string{warm, none}
	mentorFirst.must, mentorFirst.never = [2][]string{warm, none}, [2][]string{none, warm}
	alone.never = [2][]string{all, warm}
	remind.must = [2][]string{warm, warm}
	leave.never = [2][]string{warm, warm}
	noPlan.must, noPlan.never = [2][]string{none, warm}, [2][]string{warm, none}
	silent := &nature{name: "silent", count: 10, cadence: every, begin: func(*world, *pair) {}, must: [2][]string{none, {"first-letter"}}, never: [2][]string{all, {
		"keep-warm", "turn-the-question-back", "open-question", "slow-down", "echo-the-rhythm", "give-back", "say-thanks", "close-the-loop", "not-a-one-stop-shop", "ask-what-they-enjoy",
	}}}
	return []*nature{menteeFirst, mentorFirst, alone, remind, leave, noPlan, silent}
}

// keen are mentees who write much more often than their mentors, and what they say
// to tips.
func keen() []*nature {
	says := func(words ...string) func(*world, *pair) {
		return func(w *world, p *pair) { w.onTips(p.people[mentee], words...) }
	}
	return []*nature{
		{name: "eager", count: 8, cadence: every[1:2], begin: eager, must: [2][]string{none, {"slow-down"}}, never: [2][]string{all, {"first-letter", "keep-warm", "give-back"}}},
		{name: "less", count: 8, cadence: every[1:2], begin: eager, cast: says("less", "less"), never: [2][]string{all, none}},
		{name: "stop", count: 8, cadence: every[1:2], begin: eager, cast: says("stop"), never: [2][]string{all, none}},
	}
}

// asking are mentees who ask and do not give, or not what would please.
func asking() []*nature {
	monthly := every[2:]
	each := func(of func(n int) says) func(*world, *pair) {
		return func(w *world, p *pair) { round(w, p, w.end, of) }
	}
	return []*nature{
		{name: "taker", count: 8, cadence: monthly, begin: each(func(n int) says { return says{asks: 2, plain: 1, wishes: n == 0} }),
			answer: back(0.15, func(int) says { return says{words: 220} }),
			must:   [2][]string{none, {"say-thanks", "give-back"}}, never: [2][]string{all, {"first-letter", "keep-warm", "slow-down", "not-a-one-stop-shop", "close-the-loop"}}},
		{name: "many asks", count: 8, cadence: monthly, begin: each(func(n int) says {
			s := friendly(n)
			s.asks = n % 2 * 5
			return s
		}), answer: back(0.15, kind), must: [2][]string{none, {"not-a-one-stop-shop"}}, never: [2][]string{all, {"first-letter", "keep-warm", "slow-down", "give-back"}}},
		{name: "promises", count: 8, cadence: monthly, begin: each(func(n int) says { return says{thanks: 1, commits: 1, plain: 1, wishes: n == 0} }), answer: back(0.15, kind),
			must: [2][]string{none, {"close-the-loop"}}, never: [2][]string{all, {"first-letter", "keep-warm", "slow-down", "give-back"}}},
		{name: "never asks wishes", count: 8, cadence: monthly, begin: each(func(n int) says { return says{thanks: 1, reports: 1, plain: 2, offers: n % 2} }),
			answer: back(0.15, kind), must: [2][]string{none, {"ask-what-they-enjoy"}}, never: [2][]string{all, {"first-letter", "keep-warm", "slow-down", "give-back"}}},
		{name: "everything at once", count: 6, cadence: every[:1], begin: func(w *world, p *pair) {
			p.cadence = "monthly" // so they write, whatever they agreed
			round(w, p, w.end, func(n int) says { return says{asks: 5, commits: n % 2, plain: 1} })
		}, answer: back(0.2, func(n int) says { return says{words: 200, after: n%2 == 0} }), // of pace checks there may be none: tips take their room
			must: [2][]string{none, {"not-a-one-stop-shop", "keep-warm", "close-the-loop"}}, never: [2][]string{all, {"first-letter", "slow-down"}}},
	}
}

// waiting are those of whom one waits for the other, and those whose paces differ.
func waiting() []*nature {
	monthly := every[2:]
	oneAsk := func(w *world, p *pair) {
		round(w, p, w.end, func(n int) says { return says{thanks: 1, reports: 1, asks: 1, plain: 1, wishes: n == 0} })
	}
	bothAsked := [2][]string{{"pace-check"}, {"pace-check"}}
	return []*nature{
		{name: "late mentor", count: 8, cadence: monthly, begin: oneAsk, answer: slowly, cast: optIn,
			must: [2][]string{{"open-question"}, none}, never: [2][]string{none, {"first-letter", "keep-warm"}}},
		{name: "late mentor, no tips", count: 4, cadence: monthly, begin: oneAsk, answer: slowly, never: [2][]string{all, {"first-letter", "keep-warm"}}},
		{name: "asked how to help", count: 8, cadence: monthly, begin: lasting(500 * day), answer: back(0.15, func(n int) says { return says{plain: 2, help: n%2 == 0} }),
			must: [2][]string{none, {"turn-the-question-back"}}, never: [2][]string{all, {"first-letter", "slow-down", "give-back"}}},
		{name: "next quarter", count: 8, cadence: monthly, begin: lasting(500 * day), answer: back(0.15, func(n int) says {
			s := kind(n)
			if n >= 2 {
				s.pace = "quarter"
			}
			return s
		}), must: [2][]string{none, {"echo-the-rhythm"}}, never: [2][]string{all, {"first-letter", "keep-warm", "give-back"}}},
		{name: "slower than agreed", count: 8, cadence: every[:1], pace: [2]string{"c", "c"}, begin: sparse, answer: back(0.3, kind), must: bothAsked},
		{name: "wishes differ", count: 6, cadence: every[:1], pace: [2]string{"a", "c"}, begin: sparse, answer: back(0.3, kind), must: bothAsked},
	}
}

// leaving are those who end it, in each way.
func leaving() []*nature {
	writes := func(who func(p *pair) int, word string) func(*world, *pair) {
		return func(w *world, p *pair) { w.order(p.people[who(p)], word) }
	}
	either, hers := func(p *pair) int { return p.number % 2 }, func(*pair) int { return mentee }
	friends := lasting(500 * day)
	return []*nature{
		{name: "ends", count: 8, cadence: every, begin: then(friends, 130*day, writes(either, "end")), answer: back(0.15, kind)},
		{name: "forgets", count: 6, cadence: every, begin: then(friends, 120*day, writes(either, "forget")), answer: back(0.15, kind)},
		{name: "reports", count: 6, cadence: every, begin: then(friends, 110*day, reports), answer: back(0.15, kind)},
		{name: "blocks", count: 2, cadence: every, begin: then(friends, 140*day, writes(hers, "block")), answer: back(0.15, kind)},
		{name: "mailbox gone", count: 4, cadence: every[1:], begin: then(friends, 150*day, func(_ *world, p *pair) { p.people[either(p)].dead = true }), answer: back(0.15, kind)},
		{name: "complains", count: 4, cadence: every[1:], begin: func(*world, *pair) {}, cast: func(w *world, p *pair) {
			p.people[mentee].onTip = func(m *mail) { w.after(2*time.Hour, func() { w.complain(m) }) }
		}},
	}
}

// answering are those who answer the survey late, in part or not at all.
func answering() []*nature {
	return []*nature{
		{name: "answers by halves", count: 6, cadence: every, begin: lasting(500 * day), answer: back(0.15, kind), later: byHalves},
		{name: "never answers", count: 4, cadence: every, begin: func(*world, *pair) {}, never: [2][]string{all, all}, cast: tooEarly, later: oneOfTwo},
		{name: "away when asked", count: 3, cadence: every[1:], begin: lasting(500 * day), answer: back(0.15, kind), cast: func(w *world, p *pair) {
			x := p.people[mentee]
			x.holidays = append(x.holidays, span{w.now.Add(-day), w.now.AddDate(0, 0, 12)})
			x.sloppy, x.lateness = true, 13*day
		}, never: [2][]string{all, {"first-letter", "give-back", "slow-down"}}},
	}
}
