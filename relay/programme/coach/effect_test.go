package coach

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"mentorrelay/parser/rhythm"
)

func TestOneInFiveIsWithheld(t *testing.T) {
	const draws = 10_000
	n, differ := 0, 0
	for i := range draws {
		occasion := fmt.Sprint(i % 100)
		one := Withheld([]byte("secret"), int64(i/100), KeepWarm, occasion)
		if one {
			n++
		}
		if one != Withheld([]byte("another"), int64(i/100), KeepWarm, occasion) {
			differ++
		}
		if one != Withheld([]byte("secret"), int64(i/100), KeepWarm, occasion) {
			t.Fatal("the same is drawn differently")
		}
	}
	if share := float64(n) / draws; share < 0.18 || share > 0.22 {
		t.Errorf("%g are withheld", share)
	}
	if share := float64(differ) / draws; math.Abs(share-2*0.2*0.8) > 0.02 {
		t.Errorf("under two secrets %g differ, want 0.32", share)
	}
}

func TestReplied(t *testing.T) {
	for line, want := range map[string]bool{
		"":          false,
		"e5 e6":     false, // the tipped
		"m5":        true,
		"m0":        false, // at the moment itself
		"m14":       true,
		"m14.1":     false,
		"m-1 e3 m9": true,
	} {
		if got := Replied(letters(line), rhythm.Mentee, at(0)); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

func TestEffect(t *testing.T) {
	table := Effect([]Outcome{
		{KeepWarm, false, true}, {KeepWarm, true, false}, {GiveBack, false, false}, {KeepWarm, false, false}, {KeepWarm, true, true}, {KeepWarm, false, true},
	})
	if got, want := fmt.Sprint(table), "[{give-back {1 0} {0 0}} {keep-warm {3 2} {2 1}}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if _, _, _, ok := table[0].Difference(); ok || table[0].Harms() {
		t.Error("a tip without controls has an effect")
	}
}

// TestNewcombe compares with table II of Newcombe (1998), method 10.
func TestNewcombe(t *testing.T) {
	for _, c := range []struct {
		with, without Group
		low, high     float64
	}{
		{Group{70, 56}, Group{80, 48}, 0.0524, 0.3339},
		{Group{10, 9}, Group{10, 3}, 0.1705, 0.8090},
		{Group{7, 6}, Group{7, 2}, 0.0582, 0.8062},
		{Group{56, 5}, Group{29, 0}, -0.0381, 0.1926},
		{Group{10, 0}, Group{20, 0}, -0.1611, 0.2775},
		{Group{10, 0}, Group{10, 0}, -0.2775, 0.2775},
		{Group{10, 10}, Group{20, 0}, 0.6791, 1},
		{Group{10, 10}, Group{10, 0}, 0.6075, 1},
	} {
		d, low, high, ok := Row{With: c.with, Without: c.without}.Difference()
		if !ok || math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 || d != c.with.Share()-c.without.Share() {
			t.Errorf("%v %v: %.4f in %.4f to %.4f, want %.4f to %.4f", c.with, c.without, d, low, high, c.low, c.high)
		}
	}
}

func TestHarms(t *testing.T) {
	for _, c := range []struct {
		with, without Group
		want          bool
	}{
		{Group{200, 60}, Group{50, 30}, true},
		{Group{200, 60}, Group{19, 19}, false}, // too few to tell
		{Group{19, 0}, Group{200, 200}, false},
		{Group{200, 60}, Group{20, 20}, true},
		{Group{200, 100}, Group{50, 25}, false},
		{Group{200, 98}, Group{50, 25}, false}, // a hair's breadth
		{Group{200, 120}, Group{50, 25}, false},
	} {
		if got := (Row{With: c.with, Without: c.without}).Harms(); got != c.want {
			t.Errorf("%v against %v without: %v", c.with, c.without, got)
		}
	}
}

// TestHowOftenATipIsSwitchedOff holds the figures in the comment of Harms to be
// right: in per cent, within a year and within three.
func TestHowOftenATipIsSwitchedOff(t *testing.T) {
	const runs, perMonth, share = 2000, 20, 0.5
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ effect, year, three float64 }{
		{0.15, 1, 1}, {0.10, 3, 3}, {0.05, 8, 11}, {0, 21, 32}, {-0.10, 63, 92}, {-0.15, 83, 99}, {-0.20, 93, 100},
	} {
		var year, three float64
		for range runs {
			switch month := switchedOff(random, perMonth, share, c.effect); {
			case month == 0:
			case month <= 12:
				year += 100. / runs
				fallthrough
			default:
				three += 100. / runs
			}
		}
		if math.Abs(year-c.year) > 2.5 || math.Abs(three-c.three) > 2.5 {
			t.Errorf("%+.2f: %.1f %% within a year, want %g; %.1f %% within three, want %g", c.effect, year, c.year, three, c.three)
		}
	}
}

// switchedOff is the month in which a tip that changes the share of replies by
// so much is switched off, or 0 if it is not within three years.
func switchedOff(random *rand.Rand, perMonth int, share, effect float64) int {
	var r Row
	for month := 1; month <= 36; month++ {
		for range perMonth {
			group, p := &r.With, share+effect
			if random.IntN(controls) == 0 {
				group, p = &r.Without, share
			}
			group.Moments++
			if random.Float64() < p {
				group.Replies++
			}
		}
		if r.Harms() {
			return month
		}
	}
	return 0
}
