package coach

import (
	"fmt"
	"slices"
	"time"

	"mentorrelay/parser/rhythm"
)

// The tips that are mails. They are the names of their words, after "tip-".
const (
	TurnTheQuestionBack = "turn-the-question-back"
	OpenQuestion        = "open-question"
	FirstLetter         = "first-letter"
	KeepWarm            = "keep-warm"
	CloseTheLoop        = "close-the-loop"
	SlowDown            = "slow-down"
	SayThanks           = "say-thanks"
	NotAOneStopShop     = "not-a-one-stop-shop"
	EchoTheRhythm       = "echo-the-rhythm"
	GiveBack            = "give-back"
	AskWhatTheyEnjoy    = "ask-what-they-enjoy"
)

// An audience is whom a tip may go to.
type audience string

const (
	mentee audience = "mentee"
	both   audience = "both"
)

func (a audience) has(s rhythm.Side) bool { return a == both || s == rhythm.Mentee }

// A rule says when a tip fits.
type rule struct {
	key     string
	to      audience
	trigger func(*view) *Tip // nil: it does not; key and pair are filled in
	// silent says that it is about somebody not writing: it waits while either
	// side is away.
	silent bool
	// cooldown is how long a person does not hear the same again, in any pair.
	cooldown time.Duration
}

// rules has every tip, what is most to the point first: what somebody waits
// for, then what both agreed to, then single letters, then habits.
var rules = []rule{
	{TurnTheQuestionBack, mentee, turnTheQuestionBack, true, 90 * day},
	{OpenQuestion, both, openQuestion, true, 30 * day},
	{FirstLetter, mentee, firstLetter, true, 0},
	{KeepWarm, both, keepWarm, true, 30 * day},
	{CloseTheLoop, mentee, closeTheLoop, false, 60 * day},
	{SlowDown, mentee, slowDown, true, 60 * day},
	{SayThanks, mentee, sayThanks, false, 90 * day},
	{NotAOneStopShop, mentee, notAOneStopShop, false, 90 * day},
	{EchoTheRhythm, mentee, echoTheRhythm, false, 90 * day},
	{GiveBack, mentee, giveBack, false, 90 * day},
	{AskWhatTheyEnjoy, mentee, askWhatTheyEnjoy, false, 365 * day},
}

// Keys lists the tips that are mails, best first.
func Keys() []string {
	var list []string
	for _, r := range rules {
		list = append(list, r.key)
	}
	return list
}

// Tips lists the tips that fit the moment, best first, but for those given
// before on the same occasion and those switched off. Whether one may be given
// now is for Allowed to say.
func Tips(m Moment) []Tip {
	v := look(m)
	var list []Tip
	for _, r := range rules {
		if !r.to.has(m.Side) || m.Off[r.key] || r.silent && v.away() {
			continue
		}
		tip := r.trigger(v)
		if tip == nil {
			continue
		}
		if tip.Key = r.key; !v.given(r.key, tip.Occasion) {
			tip.Occasion = v.occasion(tip.Occasion)
			list = append(list, *tip)
		}
	}
	return list
}

// Choose returns the best tip that fits the moment and may be given now.
func Choose(m Moment) (Tip, bool) {
	if m.barred() != "" {
		return Tip{}, false // most moments, and cheaply
	}
	for _, tip := range Tips(m) {
		if ok, _ := m.Allowed(tip.Key); ok {
			return tip, true
		}
	}
	return Tip{}, false
}

// occasion names an occasion among those of all pairs of a person.
func (v *view) occasion(name string) string { return fmt.Sprintf("%d %s", v.Pair, name) }

// given tells whether a tip was given before on an occasion.
func (v *view) given(key, occasion string) bool {
	name := v.occasion(occasion)
	return slices.ContainsFunc(v.Given, func(n Nudge) bool { return n.Key == key && n.Occasion == name })
}

// on names the occasion of a letter.
func on(at time.Time) string { return at.UTC().Format(time.RFC3339) }
