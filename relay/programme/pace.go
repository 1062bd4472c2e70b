package programme

import (
	"context"
	"fmt"
	"slices"
	"time"

	"mentorrelay/parser/answers"
	"mentorrelay/parser/rhythm"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

const day = 24 * time.Hour

// cycles are how long a cadence leaves between letters; there is none for
// letters as needed.
var cycles = map[string]time.Duration{"weekly": 7 * day, "fortnightly": 14 * day, "monthly": 30 * day, "quarterly": 91 * day}

// shift is the cadence that is one step more, or less, often; the same where
// there is none.
func shift(cadence string, steps int) string {
	i := slices.Index(cadences[:4], cadence)
	if i < 0 {
		return cadence
	}
	return cadences[min(max(i+steps, 0), 3)]
}

const (
	// driftCycles is for how many cycles a rhythm is another than agreed
	// before both are asked about it.
	driftCycles = 2
	// driftFactor is how much faster or slower than agreed is another rhythm.
	driftFactor = 2.0
	// paceCheckEvery is how often both are asked at the most.
	paceCheckEvery = 91 * day
)

// drifted tells whether a pair has written much more or much less often than it
// agreed to, for two cycles running: by the turns of both, which answers make
// two of in a cycle. Letters that came in while one was away say nothing.
func drifted(pair *storage.Pair, letters []storage.Message, away func(from, until time.Time) bool, now time.Time) bool {
	cycle := cycles[pair.Cadence]
	if cycle == 0 || pair.BeganAt == nil {
		return false
	}
	since := now.Add(-driftCycles * cycle)
	if pair.BeganAt.After(since) || away(since, now) {
		return false
	}
	fast, slow := true, true
	for i := range driftCycles {
		from := since.Add(time.Duration(i) * cycle)
		n := exchanges(pair, letters, from, from.Add(cycle))
		fast = fast && n > driftFactor
		slow = slow && n < 1/driftFactor
	}
	return fast || slow
}

// exchanges counts the turns of the side that took more of them within a time.
func exchanges(pair *storage.Pair, letters []storage.Message, from, until time.Time) float64 {
	var turns [2]int
	last := rhythm.Side(-1)
	for i := range letters {
		m := &letters[i]
		if m.At.Before(from) || !m.At.Before(until) {
			continue
		}
		if side := sideOf(pair, m.WriterID); side != last {
			turns[side]++
			last = side
		}
	}
	return float64(max(turns[0], turns[1]))
}

// sideOf is which of a pair a person is.
func sideOf(pair *storage.Pair, personID int64) rhythm.Side {
	if personID == pair.MenteeID {
		return rhythm.Mentee
	}
	return rhythm.Mentor
}

// askPace is what asks both of a pair which pace would suit them.
func (d *Desk) askPace(ctx context.Context, pair *storage.Pair) (*storage.Acceptance, error) {
	programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return nil, fmt.Errorf("finding a pair's programme: %w", err)
	}
	a := &storage.Acceptance{At: d.Now()}
	for side, id := range sidesOf(pair) {
		to, other := sides(pair, id)
		form, err := d.Surveys.Survey(pace, to.Language)
		if err != nil {
			return nil, err
		}
		s := storage.NewSurvey()
		s.Key, s.ProgrammeID, s.PersonID, s.PairID, s.SentAt, s.RemindAt = pace, pair.ProgrammeID, id, pair.ID, d.Now(), d.Now()
		s.Role = [...]string{storage.RoleMentor, storage.RoleMentee}[side]
		address := d.Notices.Scheme.Survey(s.ID, d.Now())
		out, err := d.Notices.Compose(ctx, notice.PaceCheck, notice.Subject{
			To: to, Other: other, Programme: programme, PairID: pair.ID, ReplyTo: address, Links: taps(form, address),
			Data: map[string]any{"Questions": asked(form, nil), "Cadence": d.Notices.Words.Phrase(to.Language, "cadence "+pair.Cadence), "Help": d.help()},
		})
		if err != nil {
			return nil, err
		}
		a.Mails = append(a.Mails, out)
		a.Changes = append(a.Changes, s, storage.Nudge{
			PersonID: id, PairID: pair.ID, Key: pace, Moment: d.Now().UTC().Format(time.DateOnly), At: d.Now(), JudgedAt: d.Now(), Facts: "{}",
		})
	}
	return a, nil
}

// answersTo names what is answered to a survey that is sent more than once: a
// mail's own answers.
func answersTo(s *storage.Survey) string { return fmt.Sprintf("%s %d", s.Key, s.ID) }

// notePace stores what one of a pair answers about its pace. Only if both wish
// the same is it told, to both; of one wish alone nobody learns.
func (d *Desk) notePace(ctx context.Context, s *storage.Survey, found answers.Result, key []byte) error {
	if len(found.Answers) == 0 {
		return d.noted(ctx, key)
	}
	said, err := d.Store.Answers(ctx, s.PersonID, answersTo(s))
	if err != nil {
		return fmt.Errorf("finding what was answered: %w", err)
	}
	if said[pace] != "" && said[pace] != found.Answers[0].Value {
		return d.noted(ctx, key) // the first word counts: who tried all three would learn the other's
	}
	wish := found.Answers[0]
	if _, err := d.Store.Accept(ctx, &storage.Acceptance{At: d.Now(), Changes: []storage.Change{
		storage.Answer{PersonID: s.PersonID, Survey: answersTo(s), Question: pace, Value: wish.Value, Source: wish.Source, At: d.Now()},
	}}); err != nil {
		return err
	}
	pair, err := d.Store.PairByID(ctx, s.PairID)
	if err != nil {
		return fmt.Errorf("finding the pair that was asked: %w", err)
	}
	_, other := sides(pair, s.PersonID)
	asked, theirs, err := d.lastPace(ctx, other.ID, s)
	if err != nil {
		return err
	}
	if theirs != wish.Value || pair.State != storage.PairActive || s.State == storage.SurveyAnswered {
		return d.noted(ctx, key)
	}
	return d.agree(ctx, pair, [2]*storage.Survey{s, asked}, wish.Value, key)
}

// noted stores that a reply was received that nothing else follows from.
func (d *Desk) noted(ctx context.Context, key []byte) error {
	_, err := d.Store.Accept(ctx, &storage.Acceptance{Key: key, At: d.Now()})
	return err
}

// lastPace is what a person answered about a pair's pace when it was asked of
// both together.
func (d *Desk) lastPace(ctx context.Context, personID int64, asked *storage.Survey) (*storage.Survey, string, error) {
	sent, err := d.Store.SurveysOf(ctx, personID, pace)
	if err != nil {
		return nil, "", fmt.Errorf("finding what the other was asked: %w", err)
	}
	for i := range sent {
		if s := &sent[i]; s.PairID == asked.PairID && s.SentAt.Equal(asked.SentAt) {
			known, err := d.Store.Answers(ctx, personID, answersTo(s))
			if err != nil {
				return nil, "", fmt.Errorf("finding what the other answered: %w", err)
			}
			return s, known[pace], nil
		}
	}
	return nil, "", nil
}

// agree tells both of a pair which pace they both wish for, and keeps it: once for
// each time they are asked, whoever says it again or at the same moment.
func (d *Desk) agree(ctx context.Context, pair *storage.Pair, asked [2]*storage.Survey, wish string, key []byte) error {
	programme, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return fmt.Errorf("finding a pair's programme: %w", err)
	}
	cadence := shift(pair.Cadence, map[string]int{"more": -1, "less": 1}[wish])
	a := &storage.Acceptance{Key: key, At: d.Now()}
	for _, s := range asked {
		a.Changes = append(a.Changes, storage.SurveyMoved{ID: s.ID, From: storage.SurveyAsked, To: storage.SurveyAnswered})
	}
	if cadence != pair.Cadence {
		a.Changes = append(a.Changes, storage.PairPaced{ID: pair.ID, From: pair.Cadence, To: cadence})
	}
	for _, id := range sidesOf(pair) {
		to, other := sides(pair, id)
		say := func(key string) string { return d.Notices.Words.Phrase(to.Language, key) }
		out, err := d.Notices.Compose(ctx, notice.PaceAgreed, notice.Subject{
			To: to, Other: other, Programme: programme, PairID: pair.ID, Occasion: fmt.Sprint(" ", asked[0].SentAt.Unix()),
			Data: map[string]any{"Wish": say("pace " + wish), "Cadence": say("cadence " + cadence)},
		})
		if err != nil {
			return err
		}
		a.Mails = append(a.Mails, out)
	}
	_, err = d.Store.Accept(ctx, a)
	return err
}
