package coach

import "time"

// The tips about a letter that was written.

const (
	loopAfter  = 30 * day
	loopUntil  = 90 * day // by then it is no news
	longAdvice = 150      // words
	tooMany    = 4        // asks in one letter
)

// closeTheLoop fits when the person wrote 30 to 90 days ago that they would do
// something, and has not reported on anything since; or when the other asked
// how something went, has waited for 72 hours but no longer than 30 days, and
// was not told. Once for each of these letters.
func closeTheLoop(v *view) *Tip {
	var tip *Tip
	for i := range v.Letters {
		l, age := &v.Letters[i], v.Now.Sub(v.Letters[i].At)
		switch {
		case l.Side == v.Side:
			if l.Reports > 0 || l.Unread {
				tip = nil
			}
			if l.Commits > 0 && age >= loopAfter && age <= loopUntil {
				tip = &Tip{Occasion: on(l.At), Facts: Facts{Days: days(age)}}
			}
		case l.AsksAfter > 0 && v.quiet(l.At) >= answerAfter && age <= answerUntil:
			tip = &Tip{Occasion: on(l.At), Facts: Facts{Days: days(age), Asked: true}}
		}
	}
	return tip
}

// sayThanks fits when the person answered, in the last 21 days, 150 words or
// more of the other's (a turn that counts as advice by its length alone)
// without a sentence that thanks, reports back or says what they will do. Once
// for each answer.
func sayThanks(v *view) *Tip {
	for i := len(v.turns) - 1; i > 0; i-- {
		answer, advice := v.turns[i], v.turns[i-1]
		if answer.side() != v.Side {
			continue
		}
		words := advice.sum(func(l *Letter) int { return l.Words })
		said := answer.sum(func(l *Letter) int { return l.Thanks + l.Reports + l.Commits })
		if words < longAdvice || said > 0 || answer.any(unread) || !v.fresh(answer.end()) {
			return nil
		}
		return &Tip{Occasion: on(answer.start()), Facts: Facts{Words: words, Days: days(v.Now.Sub(answer.start()))}}
	}
	return nil
}

// notAOneStopShop fits when a letter of the person's last turn, of the last 21
// days, has four or more sentences that ask. Once for each letter.
func notAOneStopShop(v *view) *Tip {
	for _, turn := range v.last(v.Side, 1) {
		for i := len(turn) - 1; i >= 0; i-- {
			if l := &turn[i]; l.Asks >= tooMany && v.fresh(l.At) {
				return &Tip{Occasion: on(l.At), Facts: Facts{Asks: l.Asks, Days: days(v.Now.Sub(l.At))}}
			}
		}
	}
	return nil
}

// proposedPace finds what pace the other proposed in their last turn, of the
// last 21 days, if it is a month or more and slower than what was agreed.
func proposedPace(v *view) (l Letter, ok bool) {
	for _, turn := range v.last(v.other(), 1) {
		for _, l := range turn {
			if span := spans[l.Pace]; span >= spans["month"] && span > slower(v.Cadence) && v.fresh(l.At) {
				return l, true
			}
		}
	}
	return Letter{}, false
}

// slower is what is certainly slower than a cadence: months and quarters are
// of unequal length.
func slower(cadence time.Duration) time.Duration { return cadence + cadence/4 }
