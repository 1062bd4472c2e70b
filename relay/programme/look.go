package programme

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"mentorrelay/parser/rhythm"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/programme/coach"
	"mentorrelay/relay/programme/summary"
	"mentorrelay/storage"
)

// look looks at a person, each morning: is there a tip that would help, or has
// the rhythm of a pair become another than agreed? One thing a day at the most,
// and nothing on the day of the summary.
func (w *walker) look(ctx context.Context, a storage.Appointment, v *storage.View) (step, error) {
	s := step{next: w.nextLook(v)}
	if w.undisturbed(v) || lately(w.now, v.Nudges) {
		return s, nil
	}
	for i := range v.Pairs {
		_, other := sides(&v.Pairs[i], v.Person.ID)
		if v.Pairs[i].State != storage.PairActive || other.State != storage.PersonActive { // no letter would arrive
			continue
		}
		var found step
		var err error
		if w.awake(v) {
			if found, err = w.tip(ctx, a, v, &v.Pairs[i]); err != nil {
				return s, err
			}
		}
		if found.do == nil {
			if found, err = w.paceCheck(ctx, a, v, &v.Pairs[i]); err != nil {
				return s, err
			}
		}
		if found.do != nil && w.claim(found.due) {
			found.next = s.next
			return found, nil
		}
	}
	return s, nil
}

// nextLook is when to look at a person again: at their next nine o'clock, or when
// a mentor of theirs, who would be asked about the pace with them, is awake too.
func (w *walker) nextLook(v *storage.View) time.Time {
	zone := w.zone(&v.Person)
	next := morning(w.now, zone)
	for i := range v.Pairs {
		p := &v.Pairs[i]
		other := w.zone(p.Mentor)
		if p.State != storage.PairActive || p.MenteeID != v.Person.ID || other == zone || bothAwake(w.now, zone, other) {
			continue
		}
		if t := nextBothAwake(w.now, zone, other); t.Before(next) {
			next = t
		}
	}
	return next
}

// lately tells whether the newest nudge that was sent is but a day or two old.
func lately(now time.Time, nudges []storage.Nudge) bool {
	return slices.ContainsFunc(nudges, func(n storage.Nudge) bool { return !n.Withheld && now.Sub(n.At) < quietTime })
}

// claim takes people for what is due to them, if nothing else in this walk is:
// one of a pair may be asked about one thing when looking at the other.
func (w *walker) claim(due []Due) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if slices.ContainsFunc(due, func(x Due) bool { return w.taken[x.PersonID] }) {
		return false
	}
	for _, x := range due {
		w.taken[x.PersonID] = true
	}
	return true
}

// undisturbed tells whether a person gets nothing today that they did not ask for.
func (w *walker) undisturbed(v *storage.View) bool {
	return w.now.In(w.zone(&v.Person)).Day() == 1 || v.Person.State != storage.PersonActive || v.Person.Muted
}

// awake tells whether it is day where a person is.
func (w *walker) awake(v *storage.View) bool { return awake(w.now, w.zone(&v.Person)) }

// curious tells whether what comes of looking at a person depends on letters:
// most mentors get no tips, and nobody gets one each day.
func (w *walker) curious(v *storage.View) bool {
	if w.undisturbed(v) {
		return false
	}
	return slices.ContainsFunc(v.Pairs, func(pair storage.Pair) bool {
		if pair.State != storage.PairActive {
			return false
		}
		m := w.moment(v, &pair)
		any, _ := m.Allowed("")
		return any && w.awake(v) || v.Person.ID == pair.MenteeID && cycles[pair.Cadence] != 0 && w.mayAsk(v, &pair)
	})
}

// tip finds the best tip for a person about a pair.
func (w *walker) tip(ctx context.Context, a storage.Appointment, v *storage.View, pair *storage.Pair) (step, error) {
	m := w.moment(v, pair)
	tip, ok := coach.Choose(m)
	if !ok {
		return step{}, nil
	}
	off, err := w.harmful(ctx, pair.ProgrammeID)
	if err != nil {
		return step{}, err
	}
	if off[tip.Key] {
		m.Off = off
		if tip, ok = coach.Choose(m); !ok {
			return step{}, nil
		}
	}
	withheld := coach.Withheld(w.desk.Notices.Scheme.Secret, v.Person.ID, tip.Key, tip.Occasion)
	return step{
		due: []Due{{Kind: DueTip, Key: tip.Key, PersonID: v.Person.ID, Withheld: withheld, At: a.At}},
		do: func(ctx context.Context) (*storage.Acceptance, error) {
			return w.give(ctx, v, pair, tip, withheld)
		},
	}, nil
}

// give is what gives a tip, or notes that it was withheld.
func (w *walker) give(ctx context.Context, v *storage.View, pair *storage.Pair, tip coach.Tip, withheld bool) (*storage.Acceptance, error) {
	facts, err := json.Marshal(tip.Facts)
	if err != nil {
		return nil, fmt.Errorf("noting what gave rise to a tip: %w", err)
	}
	a := &storage.Acceptance{At: w.now, Changes: []storage.Change{storage.Nudge{
		PersonID: v.Person.ID, PairID: pair.ID, Key: tip.Key, Moment: tip.Occasion, At: w.now, JudgedAt: w.now.Add(coach.ReplyWithin),
		Withheld: withheld, Facts: string(facts),
	}}}
	if withheld {
		return a, nil
	}
	programme, err := w.programmeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return nil, err
	}
	to, other := sides(pair, v.Person.ID)
	out, err := w.desk.Notices.Compose(ctx, notice.Kind("tip-"+tip.Key), notice.Subject{
		To: to, Other: other, Programme: programme, PairID: pair.ID, ReplyTo: w.desk.help(), Data: tip.Facts.Data(),
	})
	if err != nil {
		return nil, err
	}
	a.Mails = []storage.Outgoing{out}
	return a, nil
}

// harmful finds the tips that are switched off in a programme, once in a walk.
func (w *walker) harmful(ctx context.Context, programmeID int64) (map[string]bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if off, ok := w.effects[programmeID]; ok {
		return off, nil
	}
	rows, err := w.desk.Effects(ctx, programmeID)
	if err != nil {
		return nil, err
	}
	off := map[string]bool{}
	for _, r := range rows {
		off[r.Key] = r.Harms()
	}
	w.effects[programmeID] = off
	return off, nil
}

// Effects tells of each tip how often the other of a pair wrote after it was
// given, and after it was withheld.
func (d *Desk) Effects(ctx context.Context, programmeID int64) ([]coach.Row, error) {
	list, err := d.Store.Effects(ctx, programmeID, d.Now())
	if err != nil {
		return nil, fmt.Errorf("counting what came of tips: %w", err)
	}
	var rows []coach.Row
	for _, e := range list {
		if n := len(rows); n == 0 || rows[n-1].Key != e.Key {
			rows = append(rows, coach.Row{Key: e.Key})
		}
		group := coach.Group{Moments: int(e.Moments), Replies: int(e.Replies)}
		if r := &rows[len(rows)-1]; e.Withheld {
			r.Without = group
		} else {
			r.With = group
		}
	}
	return rows, nil
}

// moment is what the coach knows of a person and one of their pairs.
func (w *walker) moment(v *storage.View, pair *storage.Pair) coach.Moment {
	p := &v.Person
	m := coach.Moment{
		Now: w.now, Pair: pair.ID, Side: sideOf(pair, p.ID), Cadence: cycles[pair.Cadence], Plan: plan(v, pair), Offer: v.Answers[p.ID]["offer"],
		OptedIn: p.Tips == storage.TipsWanted || p.Tips == storage.TipsFewer, Given: given(v.Nudges), Mails: paced(v.Nudges),
	}
	if m.Began = pair.CreatedAt; pair.BeganAt != nil {
		m.Began = *pair.BeganAt
	}
	switch p.Tips {
	case storage.TipsFewer:
		m.Wish = coach.Fewer
	case storage.TipsNone:
		m.Wish = coach.None
	}
	for i := range v.Letters[pair.ID] {
		m.Letters = append(m.Letters, letter(pair, &v.Letters[pair.ID][i]))
	}
	for _, letters := range v.Letters {
		for i := range letters {
			if l := &letters[i]; l.WriterID == p.ID && l.At.After(m.LastWrote) {
				m.LastWrote = l.At
			}
		}
	}
	for _, who := range []*storage.Person{pair.Mentor, pair.Mentee} {
		m.Absent[sideOf(pair, who.ID)] = absent(v.Absences[who.ID], w.zone(who))
	}
	for _, q := range summary.Open(v.Asks[pair.ID], v.Letters[pair.ID], p.ID) {
		m.Questions = append(m.Questions, coach.Question{Text: q.Text, At: q.At})
	}
	return m
}

// letter is a letter as the coach sees it.
func letter(pair *storage.Pair, l *storage.Message) coach.Letter {
	return coach.Letter{
		Side: sideOf(pair, l.WriterID), At: l.At, Words: int(l.Words),
		Asks: int(l.Asks), Offers: int(l.Offers), Thanks: int(l.Thanks), Commits: int(l.Commits), Reports: int(l.Reports),
		AsksHelp: int(l.AsksHelp), AsksWishes: int(l.AsksWishes), AsksAfter: int(l.AsksAfter),
		Shares: int(l.Links + l.Events), Pace: l.Pace, Unread: l.Language != "en" && l.Language != "fr",
	}
}

// plan is what both of a pair wish for a silence, or nothing.
func plan(v *storage.View, pair *storage.Pair) string {
	one, other := v.Answers[pair.MentorID]["if-quiet"], v.Answers[pair.MenteeID]["if-quiet"]
	if one != other {
		return ""
	}
	return one
}

// given are the tips among what a person was sent.
func given(nudges []storage.Nudge) []coach.Nudge {
	var list []coach.Nudge
	for _, n := range nudges {
		if n.Key != pace {
			list = append(list, coach.Nudge{Key: n.Key, Occasion: n.Moment, At: n.At, Withheld: n.Withheld})
		}
	}
	return list
}

// paced are when a person was asked about a pace.
func paced(nudges []storage.Nudge) []time.Time {
	var list []time.Time
	for _, n := range nudges {
		if n.Key == pace {
			list = append(list, n.At)
		}
	}
	return list
}

// absent are the absences of a person, whose days are those of their zone.
func absent(list []storage.Absence, zone *time.Location) []coach.Absence {
	var found []coach.Absence
	for _, a := range list {
		var x coach.Absence
		var err error
		if x.From, err = time.ParseInLocation(time.DateOnly, a.From, zone); err != nil { // not said
			x.From = a.NotedAt
		}
		if last, err := time.ParseInLocation(time.DateOnly, a.Until, zone); err == nil {
			x.Until = last.AddDate(0, 0, 1)
		}
		found = append(found, x)
	}
	return found
}

// paceCheck asks both of a pair, each in private, which pace would suit, when
// theirs has become another than agreed. It is decided when looking at the
// mentee.
func (w *walker) paceCheck(ctx context.Context, a storage.Appointment, v *storage.View, pair *storage.Pair) (step, error) {
	d, letters := w.desk, v.Letters[pair.ID]
	if v.Person.ID != pair.MenteeID || !w.mayAsk(v, pair) || unheard(v, pair) || !drifted(pair, letters, w.away(v, pair), w.now) {
		return step{}, nil
	}
	if got, err := d.Store.Nudges(ctx, []int64{pair.MentorID}, w.now.Add(-remembered)); err != nil || lately(w.now, got) || !room(w.now, got) {
		return step{}, err
	}
	for _, id := range sidesOf(pair) {
		wrote, err := d.wroteSince(ctx, id, w.now.Add(-quietTime))
		if err != nil || wrote {
			return step{}, err
		}
	}
	s := step{do: func(ctx context.Context) (*storage.Acceptance, error) { return d.askPace(ctx, pair) }}
	for _, id := range []int64{pair.MentorID, pair.MenteeID} {
		s.due = append(s.due, Due{Kind: DuePaceCheck, Key: fmt.Sprint(pair.ID), PersonID: id, At: a.At})
	}
	return s, nil
}

// wroteSince tells whether somebody wrote a letter in any of their pairs at
// this moment or later.
func (d *Desk) wroteSince(ctx context.Context, personID int64, since time.Time) (bool, error) {
	pairs, err := d.pairsOf(ctx, personID)
	if err != nil {
		return false, err
	}
	for i := range pairs {
		wrote, err := d.Store.Wrote(ctx, pairs[i].ID, personID, since)
		if err != nil {
			return false, fmt.Errorf("finding when a person wrote: %w", err)
		}
		if wrote {
			return true, nil
		}
	}
	return false, nil
}

// quietTime is how long after a letter of their own nobody gets mail that they
// did not ask for.
const quietTime = 48 * time.Hour

// mayAsk tells whether both of a pair may be asked about its pace now, as far as
// that can be told without their letters.
func (w *walker) mayAsk(v *storage.View, pair *storage.Pair) bool {
	if !bothAwake(w.now, w.zone(pair.Mentor), w.zone(pair.Mentee)) {
		return false
	}
	every := paceCheckEvery
	for _, p := range []*storage.Person{pair.Mentor, pair.Mentee} {
		if p.State != storage.PersonActive || p.Muted || p.Tips == storage.TipsNone && p.ID == pair.MenteeID || w.now.In(w.zone(p)).Day() == 1 {
			return false
		}
		if p.Tips == storage.TipsFewer {
			every = 2 * paceCheckEvery
		}
	}
	return !askedPace(v, pair, w.now.Add(-every)) && room(w.now, v.Nudges)
}

// unheard tells whether a pair was asked about its pace and has not written a
// letter since: to ask again would only nag.
func unheard(v *storage.View, pair *storage.Pair) bool {
	since := pair.CreatedAt
	if letters := v.Letters[pair.ID]; len(letters) > 0 {
		since = letters[len(letters)-1].At
	}
	return askedPace(v, pair, since)
}

// room tells whether somebody to whom these nudges went may get one more.
func room(now time.Time, nudges []storage.Nudge) bool {
	m := coach.Moment{Now: now, Given: given(nudges), Mails: paced(nudges)}
	return m.Room()
}

// askedPace tells whether a person was asked about the pace of a pair after a
// moment.
func askedPace(v *storage.View, pair *storage.Pair, since time.Time) bool {
	return slices.ContainsFunc(v.Nudges, func(n storage.Nudge) bool { return n.Key == pace && n.PairID == pair.ID && n.At.After(since) })
}

// away tells whether one of a pair had announced to be away at some time
// between two moments.
func (w *walker) away(v *storage.View, pair *storage.Pair) func(from, until time.Time) bool {
	var list []coach.Absence
	for _, who := range []*storage.Person{pair.Mentor, pair.Mentee} {
		list = append(list, absent(v.Absences[who.ID], w.zone(who))...)
	}
	return func(from, until time.Time) bool {
		for _, x := range list {
			if x.From.Before(until) && (x.Until.IsZero() || x.Until.After(from)) {
				return true
			}
		}
		return false
	}
}

// sidesOf are the ids of a pair by side.
func sidesOf(pair *storage.Pair) [2]int64 {
	return [2]int64{rhythm.Mentor: pair.MentorID, rhythm.Mentee: pair.MenteeID}
}
