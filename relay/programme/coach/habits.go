package coach

import "time"

// The tips about how the two usually write.

const (
	racing     = 4 // gaps over which paces are compared
	drifting   = 2 // gaps that differ
	askedInRow = 3 // turns
	hasWritten = 4 // letters
)

// slowDown fits when the person wrote a second letter before the other usually
// answers (the median over a year), neither has been answered, and the other is
// not late yet (within the time in which nine in ten of their answers came); or when
// over the last four gaps of each the person's median gap between letters is
// less than half of the other's, in the last 21 days, unless the other proposed
// so fast a pace. Letters within twelve hours of another count as its
// postscript. It rests on how often the other writes, which is absent with
// fewer than three turns of theirs. Once for each turn of the person.
//
// The pace ratio of turns says nothing here: sides take turns, so that both have
// as many.
func slowDown(v *view) *Tip {
	pace := v.theirs().Pace
	mine := v.last(v.Side, 1)
	if pace == nil || len(mine) == 0 || !v.fresh(mine[0].end()) {
		return nil
	}
	tip := &Tip{Occasion: on(mine[0].start()), Facts: Facts{Every: days(*pace)}}
	if n := v.doubled(); n > 0 {
		tip.Facts.Unanswered = n
		return tip
	}
	own, others := v.lastGaps(v.Side, racing), v.lastGaps(v.other(), racing)
	if own == nil || others == nil || 2*median(own) >= median(others) || v.invited(median(own)) {
		return nil
	}
	tip.Facts.Every, tip.Facts.Yours = days(median(others)), days(median(own))
	return tip
}

// doubled counts the letters of the person that wait for an answer, if the
// second came sooner than the answer would, and the answer is not late.
func (v *view) doubled() int {
	times := separate(v.open(v.other()))
	usual, within := v.theirs().ReplyTime, v.theirs().Within
	if len(times) < 2 || usual == nil || within == nil {
		return 0
	}
	if times[1].Sub(times[0]) >= *usual || v.Now.Sub(times[0]) > *within {
		return 0
	}
	return len(times)
}

// echoTheRhythm fits when the other proposed, in their last turn and the last
// 21 days, a month, a quarter or more until the next time, slower than what was
// agreed; or when the person's last two gaps between letters, the later in the
// last 21 days, were both less than half or both more than twice the other's
// usual gap (the median over a year, absent with fewer than three turns of
// theirs), unless the other proposed so fast a pace. Once for each letter.
func echoTheRhythm(v *view) *Tip {
	if l, ok := proposedPace(v); ok {
		return &Tip{Occasion: on(l.At), Facts: Facts{Span: l.Pace, Days: days(v.Now.Sub(l.At))}}
	}
	pace, gaps, mine := v.theirs().Pace, v.lastGaps(v.Side, drifting), v.last(v.Side, 1)
	if pace == nil || gaps == nil || !v.fresh(mine[0].end()) {
		return nil
	}
	shorter, longer := 0, 0
	var sum time.Duration
	for _, gap := range gaps {
		sum += gap
		if 2*gap < *pace {
			shorter++
		} else if gap > 2**pace {
			longer++
		}
	}
	mean := sum / drifting
	if longer < drifting && (shorter < drifting || v.invited(mean)) {
		return nil
	}
	return &Tip{Occasion: on(mine[0].end()), Facts: Facts{Every: days(*pace), Yours: days(mean)}}
}

// giveBack fits when the person's last three turns, the latest of the last 21
// days, all asked and gave nothing: no offer, thanks, report, link or event.
// Once for each turn.
func giveBack(v *view) *Tip {
	turns := v.last(v.Side, askedInRow)
	if len(turns) < askedInRow || !v.fresh(turns[0].end()) {
		return nil
	}
	for _, t := range turns {
		if t.sum(func(l *Letter) int { return l.Asks }) == 0 || t.any((*Letter).gives) || t.any(unread) {
			return nil
		}
	}
	return &Tip{Occasion: on(turns[0].start()), Facts: Facts{Asks: askedInRow, Offer: clip(v.Offer, longestOffer)}}
}

// askWhatTheyEnjoy fits from the person's fourth letter on, of the last 21
// days, if the other has written and none of the person's letters asked what
// they enjoy or would like. Once for a pair.
func askWhatTheyEnjoy(v *view) *Tip {
	n := 0
	for i := range v.Letters {
		switch l := &v.Letters[i]; {
		case l.Side != v.Side:
		case l.AsksWishes > 0 || l.Unread:
			return nil
		default:
			n++
		}
	}
	if n < hasWritten || n == len(v.Letters) || !v.fresh(v.last(v.Side, 1)[0].end()) {
		return nil
	}
	return &Tip{Occasion: "wishes", Facts: Facts{Letters: n}}
}
