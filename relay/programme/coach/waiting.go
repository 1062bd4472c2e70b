package coach

import (
	"strings"
	"time"

	"mentorrelay/parser/rhythm"
)

// The tips about what somebody waits for, and about silence.

const (
	firstAfter  = 7 * day
	answerAfter = 72 * time.Hour // a question that was answered sooner needs no tip
	answerUntil = 30 * day       // by then it is for the other's next letter
	sentences   = 60 * day       // how long a question's sentence is kept
)

// firstLetter fits when the pair has been active for 7 days in which nobody
// was away, and neither has written. Once for a pair.
func firstLetter(v *view) *Tip {
	if len(v.Letters) > 0 || v.quiet(v.Began) < firstAfter {
		return nil
	}
	return &Tip{Occasion: "begun", Facts: Facts{Days: days(v.Now.Sub(v.Began))}}
}

// turnTheQuestionBack fits when the other asked how they can help, and has
// waited for 72 hours in which nobody was away, but no longer than 30 days.
// Once for each turn of theirs.
func turnTheQuestionBack(v *view) *Tip {
	for _, l := range v.open(v.Side) {
		if l.AsksHelp > 0 && v.quiet(l.At) >= answerAfter && v.Now.Sub(l.At) <= answerUntil {
			return &Tip{Occasion: on(v.open(v.Side).start()), Facts: Facts{Days: days(v.Now.Sub(l.At))}}
		}
	}
	return nil
}

// openQuestion fits when the person holds a question for more than twice the
// time in which they usually answer (the median over a year, absent with fewer
// than three turns of theirs), and for 72 hours at least, not counting days on
// which either was away. The oldest such question of the last 60 days, and one
// of each letter. One that names a mail address is not quoted: it may be the
// other's real one.
func openQuestion(v *view) *Tip {
	usual := v.mine().ReplyTime
	if usual == nil {
		return nil
	}
	var tip *Tip
	var oldest time.Time
	for _, q := range v.Questions {
		late := v.quiet(q.At) > max(2**usual, answerAfter) && v.Now.Sub(q.At) < sentences
		if !late || strings.Contains(q.Text, "@") || tip != nil && !q.At.Before(oldest) || v.given(OpenQuestion, on(q.At)) {
			continue
		}
		oldest = q.At
		tip = &Tip{Occasion: on(q.At), Facts: Facts{Question: clip(q.Text, longestQuote), Days: days(v.Now.Sub(q.At)), Usual: days(*usual)}}
	}
	return tip
}

// leaveItThere is how many letters of one's own without an answer are enough:
// more of them are not what brings a silence to its end.
const leaveItThere = 3

// keepWarm fits when nobody has written for more than 1.5 times the cadence,
// not counting days on which either was away. A pair that writes as needed has
// no cadence, and one that has never written gets the tip of the first letter.
// Once for each silence, to whoever the plan names: with none, to the mentee;
// nobody takes the mentor's place if they get no tips; and not to who has
// written three letters without an answer.
func keepWarm(v *view) *Tip {
	if v.Cadence <= 0 || len(v.Letters) == 0 || !v.planned() {
		return nil
	}
	last := v.Letters[len(v.Letters)-1].At
	if v.quiet(last) <= v.Cadence+v.Cadence/2 || len(separate(v.open(v.other()))) >= leaveItThere {
		return nil
	}
	return &Tip{Occasion: on(last), Facts: Facts{Days: days(v.Now.Sub(last)), Plan: v.Plan}}
}

// planned tells whether it is this side's to end a silence.
func (v *view) planned() bool {
	switch v.Plan {
	case Leave:
		return false
	case Remind:
		return true
	case MentorFirst:
		return v.Side == rhythm.Mentor
	default:
		return v.Side != rhythm.Mentor
	}
}
