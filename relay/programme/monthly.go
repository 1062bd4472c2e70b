package programme

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"mentorrelay/parser/answers"
	"mentorrelay/parser/rhythm"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/programme/summary"
	"mentorrelay/storage"
)

// summaryLate is how many days after its morning a summary is still sent: one
// that is later is skipped.
const summaryLate = 10 * day

// monthOf is the month that is summed up at a moment, by its first day, if it
// is time for it; and when to look next.
func monthOf(now time.Time, zone *time.Location) (month, next time.Time, due bool) {
	next = firstMorning(now, zone)
	t := now.In(zone)
	first := time.Date(t.Year(), t.Month(), 1, morningHour, 0, 0, 0, zone)
	month = time.Date(t.Year(), t.Month()-1, 1, 0, 0, 0, 0, zone)
	late := now.Sub(first)
	if late >= 0 && late <= summaryLate && !awake(now, zone) {
		next = morning(now, zone) // the service slept, and now they do
	}
	return month, next, late >= 0 && late <= summaryLate && awake(now, zone)
}

// monthKey is how a month is named.
func monthKey(month time.Time) string { return month.Format("2006-01") }

// summary sums a person's month up, once.
func (w *walker) summary(_ context.Context, a storage.Appointment, v *storage.View) (step, error) {
	month, next, due := monthOf(w.now, zoneOf(&v.Person))
	s := step{next: next}
	if !due || v.Person.State != storage.PersonActive || v.Person.Muted || !begunBefore(v.Pairs, month.AddDate(0, 1, 0)) {
		return s, nil
	}
	s.due = []Due{{Kind: DueSummary, Key: monthKey(month), PersonID: v.Person.ID, At: a.At}}
	s.do = func(ctx context.Context) (*storage.Acceptance, error) { return w.desk.sumUp(ctx, v, month, w.now) }
	return s, nil
}

// begunBefore tells whether one of some pairs had begun at a moment.
func begunBefore(pairs []storage.Pair, at time.Time) bool {
	return slices.ContainsFunc(pairs, func(p storage.Pair) bool { return p.BeganAt != nil && p.BeganAt.Before(at) })
}

// sumUp is what sends a person the summary of a month.
func (d *Desk) sumUp(ctx context.Context, v *storage.View, month, now time.Time) (*storage.Acceptance, error) {
	to := &v.Person
	programme, err := d.Store.ProgrammeByID(ctx, v.Pairs[0].ProgrammeID)
	if err != nil {
		return nil, fmt.Errorf("finding a person's programme: %w", err)
	}
	facts := summary.Person{Month: month, Now: now, Tips: to.Tips}
	for i := range v.Pairs {
		pair := &v.Pairs[i]
		if pair.BeganAt == nil {
			continue
		}
		in := programme // whose policy says what the other is called
		if pair.ProgrammeID != programme.ID {
			if in, err = d.Store.ProgrammeByID(ctx, pair.ProgrammeID); err != nil {
				return nil, fmt.Errorf("finding a pair's programme: %w", err)
			}
		}
		facts.Exchanges = append(facts.Exchanges, exchangeOf(v, pair, in, now))
	}
	found := summary.Of(facts)
	images, err := found.Images(d.Notices.Words, to.Language)
	if err != nil {
		return nil, err
	}
	form, err := d.Surveys.Survey(pulse, to.Language)
	if err != nil {
		return nil, err
	}
	asked := storage.NewSurvey()
	asked.Key, asked.ProgrammeID, asked.PersonID, asked.SentAt, asked.RemindAt = pulse, programme.ID, to.ID, d.Now(), d.Now()
	address := d.Notices.Scheme.Survey(asked.ID, d.Now())
	data := found.Data(d.Notices.Words, to.Language)
	data["Question"] = form.Questions[0].Text
	out, err := d.Notices.Compose(ctx, notice.Summary, notice.Subject{
		To: to, Programme: programme, ReplyTo: address, Images: images, Links: marks(form.Questions[0].Text, address), Data: data,
	})
	if err != nil {
		return nil, err
	}
	out.Once.Day = monthKey(month)
	return &storage.Acceptance{At: d.Now(), Mails: []storage.Outgoing{out}, Changes: []storage.Change{asked}}, nil
}

// marks are links that answer a question from 1 to 5 with one tap (RFC 6068).
func marks(question, address string) map[string]string {
	links := map[string]string{}
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		query := url.Values{"subject": {question}, "body": {n}}.Encode()
		links[n] = "mailto:" + address + "?" + strings.ReplaceAll(query, "+", "%20")
	}
	return links
}

// exchangeOf is a pair as one of the two sees it.
func exchangeOf(v *storage.View, pair *storage.Pair, programme *storage.Programme, now time.Time) summary.Exchange {
	_, other := sides(pair, v.Person.ID)
	letters := v.Letters[pair.ID]
	return summary.Exchange{
		Side: sideOf(pair, v.Person.ID), ReaderID: v.Person.ID, Other: notice.DisplayName(other, programme), State: pair.State, Cadence: pair.Cadence,
		Began: *pair.BeganAt, Asked: askedPace(v, pair, now.Add(-paceCheckEvery)), Letters: letters, Questions: summary.Open(v.Asks[pair.ID], letters, v.Person.ID),
		Away: awayNow(v.Absences[pair.MentorID], pair.Mentor, now) || awayNow(v.Absences[pair.MenteeID], pair.Mentee, now),
	}
}

// openAbsence is how long an absence lasts whose end was not said.
const openAbsence = 14 * day

// awayNow tells whether somebody has announced to be away now.
func awayNow(list []storage.Absence, person *storage.Person, now time.Time) bool {
	for _, x := range absent(list, zoneOf(person)) {
		until := x.Until
		if until.IsZero() {
			until = x.From.Add(openAbsence)
		}
		if !now.Before(x.From) && now.Before(until) {
			return true
		}
	}
	return false
}

// pulseWords is how many words an answer to how it is going has at the most:
// what is longer also says something else, which the coordinator reads.
const pulseWords = 6

// notePulse stores how somebody says that it is going.
func (d *Desk) notePulse(ctx context.Context, s *storage.Survey, person *storage.Person, found answers.Result, words string, key []byte) error {
	a := &storage.Acceptance{Key: key, At: d.Now()}
	for _, x := range found.Answers {
		a.Changes = append(a.Changes, storage.Answer{PersonID: s.PersonID, Survey: answersTo(s), Question: x.Key, Value: x.Value, Source: x.Source, At: d.Now()})
	}
	if len(strings.Fields(words)) > pulseWords {
		programme, err := d.Store.ProgrammeByID(ctx, s.ProgrammeID)
		if err != nil {
			return fmt.Errorf("finding a survey's programme: %w", err)
		}
		a.Mails, err = d.tellCoordinator(ctx, notice.CoordinatorWritten, programme, person, map[string]any{
			"Lines": quoted(words), "Pair": fmt.Sprintf("%x", key),
		})
		if err != nil {
			return err
		}
	}
	_, err := d.Store.Accept(ctx, a)
	return err
}

// programme sums a programme's month up for its coordinator.
func (w *walker) programme(ctx context.Context, a storage.Appointment) (step, error) {
	p, err := w.programmeByID(ctx, a.SubjectID)
	if err != nil {
		return step{}, err
	}
	zone, err := time.LoadLocation(p.Timezone)
	if err != nil {
		zone = time.UTC
	}
	month, next, due := monthOf(w.now, zone)
	s := step{next: next}
	if !due || p.Coordinator == "" || !p.CreatedAt.Before(month.AddDate(0, 1, 0)) {
		return s, nil
	}
	s.due = []Due{{Kind: DueCoordinatorSummary, Key: monthKey(month), At: a.At}}
	s.do = func(ctx context.Context) (*storage.Acceptance, error) { return w.desk.overview(ctx, p, month) }
	return s, nil
}

// overview is what sends a coordinator the summary of a month.
func (d *Desk) overview(ctx context.Context, p *storage.Programme, month time.Time) (*storage.Acceptance, error) {
	o, err := d.Overview(ctx, p, month)
	if err != nil {
		return nil, err
	}
	var pairs []int64
	for _, c := range o.Cases {
		pairs = append(pairs, c.Pair)
	}
	r := d.newRequest(requestOrders, p, nil, pairs...)
	out, err := d.Notices.Compose(ctx, notice.CoordinatorSummary, notice.Subject{
		To: notice.Coordinator(p), Programme: p, ReplyTo: d.Notices.Scheme.Request(r.ID, d.Now()), Data: o.Data(d.Notices.Words, p.Language),
	})
	if err != nil {
		return nil, err
	}
	out.Once.SubjectID, out.Once.Day = p.ID, monthKey(month)
	return &storage.Acceptance{At: d.Now(), Mails: []storage.Outgoing{out}, Changes: []storage.Change{r}}, nil
}

// standingsAtOnce is how many pairs an overview reads together.
const standingsAtOnce = 200

// Overview gathers what a coordinator is told of a month, given by its first
// moment in the programme's time zone.
func (d *Desk) Overview(ctx context.Context, p *storage.Programme, month time.Time) (*summary.Overview, error) {
	now, end := d.Now(), month.AddDate(0, 1, 0)
	if now.After(end.Add(summaryLate)) {
		now = end
	}
	o := &summary.Overview{Month: month, Now: now}
	for after := int64(0); ; {
		page, err := d.Store.Standings(ctx, p.ID, after, standingsAtOnce, now.Add(-remembered), month)
		if err != nil {
			return nil, fmt.Errorf("finding how pairs stand: %w", err)
		}
		for i := range page {
			o.Add(standing(&page[i], now))
			after = page[i].Pair.ID
		}
		if len(page) < standingsAtOnce {
			break
		}
	}
	count, err := d.Store.MailCount(ctx, p.ID, month, end)
	if err != nil {
		return nil, fmt.Errorf("counting what came back: %w", err)
	}
	o.Returned, o.Complaints, o.Suspended = int(count.Returned), int(count.Complaints), int(count.Suspended)
	rows, err := d.Effects(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		t := summary.Tip{Key: r.Key, With: r.With.Moments, Without: r.Without.Moments, Off: r.Harms()}
		if t.With > 0 {
			t.ShareWith = r.With.Share()
		}
		if t.Without > 0 {
			t.ShareWithout = r.Without.Share()
		}
		_, t.Low, t.High, _ = r.Difference()
		o.Tips = append(o.Tips, t)
	}
	return o, nil
}

// standing is how a pair stands, for the overview.
func standing(s *storage.Standing, now time.Time) summary.Standing {
	p := &s.Pair
	x := summary.Standing{ID: p.ID, Mentor: p.Mentor.Name, Mentee: p.Mentee.Name, MentorID: p.MentorID, State: p.State, Cadence: p.Cadence, Began: p.CreatedAt, Letters: s.Letters}
	if p.BeganAt != nil {
		x.Began = *p.BeganAt
	}
	for side, who := range [2]*storage.Person{rhythm.Mentor: p.Mentor, rhythm.Mentee: p.Mentee} {
		x.Reported[side], x.Pulse[side] = s.Reported[who.ID], s.Pulse[who.ID]
		x.Suspended[side] = who.State == storage.PersonSuspended
		x.Away[side] = awayNow(s.Absences[who.ID], who, now)
	}
	return x
}

// SumUp goes through the people of a programme whose month is to be summed up,
// and tells of each what is due and how to do it; who was sent that month's
// summary before gets none.
func (d *Desk) SumUp(ctx context.Context, p *storage.Programme, year int, month time.Month, each func(due Due, compose func() (*storage.Acceptance, error)) error) error {
	people, err := d.Store.Persons(ctx, p.ID)
	if err != nil {
		return fmt.Errorf("finding a programme's people: %w", err)
	}
	now := d.Now()
	for page := range slices.Chunk(people, pageSize) {
		var ids []int64
		for i := range page {
			ids = append(ids, page[i].ID)
		}
		views, err := d.Store.Views(ctx, ids, intake, now.Add(-remembered))
		if err != nil {
			return fmt.Errorf("looking at people: %w", err)
		}
		for i := range views {
			v := &views[i]
			first := time.Date(year, month, 1, 0, 0, 0, 0, zoneOf(&v.Person))
			end := first.AddDate(0, 1, 0)
			if v.Person.State != storage.PersonActive || v.Person.Muted || !begunBefore(v.Pairs, end) {
				continue
			}
			at := now
			if at.After(end.Add(summaryLate)) {
				at = end
			}
			due := Due{Kind: DueSummary, Key: monthKey(first), PersonID: v.Person.ID, At: end}
			if err := each(due, func() (*storage.Acceptance, error) { return d.sumUp(ctx, v, first, at) }); err != nil {
				return err
			}
		}
	}
	return nil
}
