package coach

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"time"

	"mentorrelay/parser/rhythm"
)

// ReplyWithin is how long after a tip, or after the moment at which it was
// withheld, a letter of the other counts as a reply.
const ReplyWithin = 14 * day

// controls is that one moment in so many goes without its tip.
const controls = 5

// Withheld tells whether a tip is withheld, to see what happens without: one
// in five, drawn by the secret, so that nobody can choose and every instance
// draws alike, however often.
func Withheld(secret []byte, personID int64, key, occasion string) bool {
	h := hmac.New(sha256.New, secret)
	fmt.Fprintf(h, "coach withheld\x00%d\x00%s\x00%s", personID, key, occasion)
	return binary.BigEndian.Uint64(h.Sum(nil))%controls == 0
}

// Replied tells whether the other of who was given a tip at a moment, or had it
// withheld, wrote within 14 days after it: what a tip is for is that the two
// write to each other, and the tipped person's own letters could come of the
// tip alone. It is known once these days are over.
func Replied(letters []Letter, tipped rhythm.Side, at time.Time) bool {
	return slices.ContainsFunc(letters, func(l Letter) bool {
		return l.Side != tipped && l.At.After(at) && !l.At.After(at.Add(ReplyWithin))
	})
}

// An Outcome is what came of a tip, or of its absence.
type Outcome struct {
	Key      string
	Withheld bool
	Replied  bool
}

// A Group is the moments at which a tip was given, or those without.
type Group struct {
	Moments, Replies int
}

// Share is the share of moments with a reply; without moments it is not a
// number.
func (g Group) Share() float64 { return float64(g.Replies) / float64(g.Moments) }

// A Row is how often the other replied with a tip and without.
type Row struct {
	Key           string
	With, Without Group
}

// Effect sums up outcomes per tip, by the names of the tips.
func Effect(list []Outcome) []Row {
	rows := map[string]*Row{}
	for _, o := range list {
		if rows[o.Key] == nil {
			rows[o.Key] = &Row{Key: o.Key}
		}
		group := &rows[o.Key].With
		if o.Withheld {
			group = &rows[o.Key].Without
		}
		group.Moments++
		if o.Replied {
			group.Replies++
		}
	}
	var table []Row
	for _, r := range rows {
		table = append(table, *r)
	}
	slices.SortFunc(table, func(a, b Row) int { return cmp.Compare(a.Key, b.Key) })
	return table
}

// z95 is the quantile of the normal distribution that leaves 2.5 % above it.
const z95 = 1.959963984540054

// Difference is how much larger the share of replies is with the tip than
// without, from -1 to 1, and its 95 % interval; false if either group is empty.
func (r Row) Difference() (difference, low, high float64, ok bool) {
	if r.With.Moments == 0 || r.Without.Moments == 0 {
		return 0, 0, 0, false
	}
	low, high = r.interval(z95)
	return r.With.Share() - r.Without.Share(), low, high, true
}

// interval is method 10 of Newcombe, “Interval estimation for the difference
// between independent proportions: comparison of eleven methods”, Statistics in
// Medicine 17, 873–890 (1998): from Wilson's score intervals of both.
func (r Row) interval(z float64) (low, high float64) {
	p, q := r.With.Share(), r.Without.Share()
	l1, u1 := r.With.wilson(z)
	l2, u2 := r.Without.wilson(z)
	return p - q - math.Hypot(p-l1, u2-q), p - q + math.Hypot(u1-p, q-l2)
}

// wilson is the score interval of a share (Wilson 1927).
func (g Group) wilson(z float64) (low, high float64) {
	n, p := float64(g.Moments), g.Share()
	middle, half := 2*n*p+z*z, z*math.Sqrt(z*z+4*n*p*(1-p))
	return (middle - half) / (2 * (n + z*z)), (middle + half) / (2 * (n + z*z))
}

const (
	// fewestJudged is how many moments of each group a judgement rests on.
	fewestJudged = 20
	// z80 leaves 10 % above it.
	z80 = 1.2815515655446004
)

// Harms tells whether people do better without the tip, so that it is to be
// switched off: the 80 % interval of the difference lies below 0, and there are
// 20 moments at least of each group.
//
// The two errors do not weigh the same. To drop a useless tip costs nothing, to
// keep a harmful one costs two people; so the interval is narrower than that of
// the report. Simulated with 20 moments a month, half of which have a reply
// without a tip, and looked at once a month, a tip is switched off within a
// year, and within three:
//
//	it changes the share by   +0.15  +0.10  +0.05     0  -0.10  -0.15  -0.20
//	within a year                1%     3%     8%   21%    63%    83%    93%
//	within three years           1%     3%    11%   32%    92%    99%   100%
//
// With the 95 % interval these would be 38 % and 75 % at -0.10, and 1 % and 1 %
// at +0.10; by the mere sign of the difference from 50 controls on, 36 % and
// 100 %, and 5 % and 16 %. Once it is off nothing more is drawn, so it stays off.
func (r Row) Harms() bool {
	if r.With.Moments < fewestJudged || r.Without.Moments < fewestJudged {
		return false
	}
	_, high := r.interval(z80)
	return high < 0
}
