package rhythm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

const day = 24 * time.Hour

var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// read makes a rhythm of a line such as "m0 e2:ask e3 m9": who wrote on which
// day, and what.
func read(window time.Duration, line string) *Rhythm {
	r := New(window)
	for _, word := range strings.Fields(line) {
		r.Add(event(word))
	}
	return r
}

func event(word string) Event {
	e := Event{Words: 10}
	if word[0] == 'e' {
		e.Side = Mentee
	}
	var days float64
	on, what, _ := strings.Cut(word[1:], ":")
	fmt.Sscan(on, &days)
	e.At = start.Add(time.Duration(days * float64(day)))
	for _, w := range strings.Split(what, ",") {
		switch {
		case w == "ask":
			e.Asks++
		case w == "give":
			e.Gives++
		case w != "":
			fmt.Sscan(w, &e.Words)
		}
	}
	return e
}

// shown is a side's figures in a line; what is absent is left out.
func (f Figure) shown() string {
	s := fmt.Sprintf("%d/%d/%d", f.Messages, f.Words, f.Turns)
	span := func(name string, d *time.Duration) {
		if d != nil {
			s += fmt.Sprintf(" %s=%gd", name, d.Hours()/24)
		}
	}
	number := func(name string, x *float64) {
		if x != nil {
			s += fmt.Sprintf(" %s=%.3g", name, *x)
		}
	}
	span("reply", f.ReplyTime)
	span("within", f.Within)
	span("pace", f.Pace)
	number("initiative", f.Initiative)
	number("regularity", f.Regularity)
	for _, c := range []struct {
		name string
		n    int
	}{{"asks", f.Asks}, {"gives", f.Gives}, {"unanswered", f.Unanswered}, {"open", f.OpenQuestions}} {
		if c.n > 0 {
			s += fmt.Sprintf(" %s=%d", c.name, c.n)
		}
	}
	return s
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		name, line     string
		now            float64 // in days
		mentor, mentee string
	}{
		{"nothing", "", 1, "0/0/0", "0/0/0"},
		{"one letter", "e0:ask", 5, "0/0/0 open=1", "1/10/1 asks=1 unanswered=1"},
		{"two turns are too few for a median", "e0 m2 e4 m6", 7, "2/20/2 unanswered=1", "2/20/2"},
		{"to and fro", "e0 m2 e3 m7 e8 m9", 10,
			"3/30/3 reply=2d within=4d pace=3.5d initiative=1 unanswered=1", "3/30/3 reply=1d pace=4d initiative=0"},
		{"a turn of several messages counts from its first", "e0 e1 e2 m4 e5 m6 e7 m8", 8,
			"3/30/3 reply=1d within=4d pace=2d unanswered=1", "5/50/3 reply=1d within=1d pace=3.5d"},
		{"a wait that is longer than most", "m0 e1 m2 e3 m4 e5 m6", 30,
			"4/40/4 reply=1d within=1d pace=2d unanswered=1", "3/30/3 reply=1d pace=2d"},
		{"a wait that is shorter", "m0 e4 m5 e9 m10 e14 m15", 16,
			"4/40/4 reply=1d within=1d pace=5d unanswered=1", "3/30/3 reply=4d within=4d pace=5d"},
		{"silences are broken by one", "m0 e1 m2 e3 m4 e20 m21 e40 m41", 42,
			"5/50/5 reply=1d within=1d pace=9.5d initiative=0 unanswered=1", "4/40/4 reply=16d within=19d pace=17d initiative=1"},
		{"a silence is broken by who wrote last, too", "m0 e1 m2 e3 e20 m21 e22", 22,
			"3/30/3 reply=1d within=18d pace=10.5d initiative=0", "4/40/3 reply=1d within=1d pace=10.5d initiative=1 unanswered=1"},
		{"gives and asks of the last five turns", "e0:ask m1 e2:ask,give m3 e4:ask,ask m5 e6 m7 e8:give m9 e10:give", 10,
			"5/50/5 reply=1d within=1d pace=2d", "6/60/6 reply=1d within=1d pace=2d regularity=-1 asks=3 gives=3 unanswered=1"},
		{"open questions are those since one's own last message", "e0:ask m1 e2:ask e3:ask,ask", 4, "1/10/1 open=3", "3/30/2 asks=4 unanswered=2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := read(0, c.line).At(start.Add(time.Duration(c.now * float64(day))))
			if got := f.Sides[Mentor].shown(); got != c.mentor {
				t.Errorf("mentor: %s\nwant    %s", got, c.mentor)
			}
			if got := f.Sides[Mentee].shown(); got != c.mentee {
				t.Errorf("mentee: %s\nwant    %s", got, c.mentee)
			}
		})
	}
}

func TestPairFigures(t *testing.T) {
	for _, c := range []struct {
		line                  string
		balance, words, ratio string
	}{
		{"m0 e1", "-", "-", "-"},
		{"e0 e1 e2 m4:30 e5 m6 e7 m8", "-0.25", "0", "1.75"},
		{"e0:0 m1:0 e2:0", "-0.333", "-", "-"},
		{"m0 e1 m10 e11 m20 e21", "0", "0", "1"},
	} {
		f := read(0, c.line).At(start.Add(30 * day))
		got := fmt.Sprint(show(f.Balance), " ", show(f.WordBalance), " ", show(f.PaceRatio))
		if want := c.balance + " " + c.words + " " + c.ratio; got != want {
			t.Errorf("%s: %s, want %s", c.line, got, want)
		}
	}
}

func show(x *float64) string {
	if x == nil {
		return "-"
	}
	return fmt.Sprintf("%.3g", *x)
}

// TestBurstiness checks the landmarks of the measure: regular gaps give -1, one
// gap among moments gives 1, however few, and gaps of chance about 0.
func TestBurstiness(t *testing.T) {
	for _, n := range []int{5, 6, 20, 100} {
		var regular, once durations
		for i := range n {
			regular.add(day)
			if i == 0 {
				once.add(day)
			} else {
				once.add(0)
			}
		}
		if b, ok := regular.burstiness(); !ok || math.Abs(b+1) > 1e-9 {
			t.Errorf("%d regular gaps: %v", n, b)
		}
		if b, ok := once.burstiness(); !ok || math.Abs(b-1) > 1e-9 {
			t.Errorf("%d gaps, one of them long: %v", n, b)
		}
		random, sum := rand.New(rand.NewPCG(1, uint64(n))), 0.0
		for range 2000 {
			var d durations
			for range n {
				d.add(time.Duration(random.ExpFloat64() * float64(day)))
			}
			b, _ := d.burstiness()
			sum += b / 2000
		}
		if math.Abs(sum) > 0.07 {
			t.Errorf("%d gaps of chance: %v on average", n, sum)
		}
	}
	if _, ok := (durations{0, 0, 0}).burstiness(); ok {
		t.Error("moments have a burstiness")
	}
}

// TestKaplanMeier compares with survival tables worked out by hand.
func TestKaplanMeier(t *testing.T) {
	for _, c := range []struct {
		days []int
		open int // -1: nothing is awaited
		q    float64
		want int // -1: cannot be told
	}{
		{[]int{1, 2, 3}, -1, 0.5, 2},    // S: 2/3 1/3
		{[]int{1, 2, 3, 4}, -1, 0.5, 2}, // S: 3/4 1/2
		{[]int{1, 2, 3}, 9, 0.5, 2},     // S: 3/4 1/2
		{[]int{1, 2}, 9, 0.5, 2},        // S: 2/3 1/3
		{[]int{1}, 9, 0.5, 1},           // S: 1/2
		{[]int{1}, 9, 0.6, -1},
		{[]int{1, 2, 3}, 9, 0.9, -1}, // S: 3/4 1/2 1/4
		{[]int{5, 6, 7}, 1, 0.5, 6},  // awaited for less than any took: as if it were not there
		{[]int{1, 5, 9}, 3, 0.5, 5},  // S: 3/4, then 3/4·1/2
		{[]int{2, 2, 2, 8}, -1, 0.5, 2},
		{[]int{3, 3}, 3, 0.5, 3}, // S: 2/3·1/2: a tie with the wait counts it in
		{nil, 5, 0.5, -1},
	} {
		var d durations
		for _, x := range c.days {
			d.add(time.Duration(x) * day)
		}
		got, ok := d.quantile(c.q, time.Duration(c.open)*day)
		if c.open < 0 {
			got, ok = d.quantile(c.q, -1)
		}
		if !ok {
			got = -day
		}
		if got != time.Duration(c.want)*day {
			t.Errorf("%v awaiting %d: %v quantile after %v, want %d days", c.days, c.open, c.q, got, c.want)
		}
	}
}

// TestAWindowForgets checks that a rhythm with a window is that of the turns
// within it alone, whatever went before.
func TestAWindowForgets(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		window := time.Duration(1+random.IntN(200)) * day
		r, at := New(window), start
		var all []Event
		for range 1 + random.IntN(120) {
			at = at.Add(time.Duration(random.IntN(10)) * 8 * time.Hour)
			e := Event{Side: Side(random.IntN(2)), At: at, Words: random.IntN(100), Asks: random.IntN(3), Gives: random.IntN(3)}
			all = append(all, e)
			r.Add(e)
		}
		fresh := New(0)
		for _, e := range since(all, at.Add(-window)) {
			fresh.Add(e)
		}
		now := at.Add(time.Duration(random.IntN(30)) * day)
		if got, want := describe(r.At(now)), describe(fresh.At(now)); got != want {
			t.Fatalf("window %v over %d events:\n%s\nwant\n%s", window, len(all), got, want)
		}
	}
}

func describe(f Figures) string {
	gap := "-"
	if f.Gap != nil {
		gap = f.Gap.String()
	}
	return strings.Join([]string{f.Sides[0].shown(), f.Sides[1].shown(), show(f.Balance), show(f.WordBalance), show(f.PaceRatio), gap}, "\n")
}

// since drops the turns that began before a moment, but for the last.
func since(all []Event, at time.Time) []Event {
	last := 0
	for i := range all {
		if i == 0 || all[i].Side != all[i-1].Side {
			last = i
			if !all[i].At.Before(at) {
				break
			}
		}
	}
	return all[last:]
}

func TestTimesThatRunBackwards(t *testing.T) {
	r := read(0, "m5 e4 m6 e5 m7 e9")
	f := r.At(start)
	for _, side := range f.Sides {
		if side.ReplyTime == nil || *side.ReplyTime < 0 || *side.Pace < 0 {
			t.Errorf("%s", side.shown())
		}
	}
}

func TestDurationsStaySorted(t *testing.T) {
	var d durations
	for _, x := range []time.Duration{3, 1, 2, 2, 5} {
		d.add(x)
	}
	d.remove(2)
	d.remove(4) // not there
	if !slices.Equal(d, durations{1, 2, 3, 5}) || d.median() != 2 || d.above(2) != 2 || d.above(0) != 4 {
		t.Errorf("%v", d)
	}
}

// BenchmarkAdd shows that a message costs the same after a hundred and after a
// hundred thousand.
func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 2))
			r, at := New(0), start
			add := func() {
				at = at.Add(time.Duration(random.Int64N(int64(day))))
				r.Add(Event{Side: Side(random.IntN(2)), At: at, Words: 100})
			}
			for range n {
				add()
			}
			b.ResetTimer()
			for range b.N {
				add()
			}
		})
	}
}
