package year

import (
	"fmt"
	"time"

	"mentorrelay/relay/programme"
)

// A given is a tip, or a check of the pace, that the clock gave or withheld.
type given struct {
	at       time.Time
	to       *person
	key      string
	withheld bool
}

// What holds of all mail is written here from the plan alone: the numbers are
// its own, and none comes from the code that is tested.
const (
	tipEvery      = 14 * day
	tipEveryFewer = 60 * day
	mailsWithin   = 30 * day
	mailsMost     = 2
	ownMessage    = 48 * time.Hour
	tick          = 15 * time.Minute
)

// check looks at all that was sent in the year.
func (w *world) check() {
	gave := w.matchDues()
	w.t.Log(w.table(gave))
	w.checkHours()
	w.checkCaps(gave)
	w.checkSilence()
	w.checkSummaries()
	w.checkOnce()
	w.checkPrivacy()
	w.checkHeaders()
	w.checkLetters()
	w.checkNatures(gave)
	w.checkTriggers(gave)
}

// unasked are mails that the clock sends, by the kind of what is due.
func unasked(d programme.Due) string {
	switch d.Kind {
	case programme.DueTip:
		return "tip-" + d.Key
	case programme.DueReminder:
		return "survey-again"
	case programme.DueResume:
		return "resumed"
	case programme.DueCoordinatorSummary:
		return "coordinator-summary"
	}
	return d.Kind
}

// A sending is what tells a mail of the clock's from others.
type sending struct {
	at     int64
	kind   string
	person int64
}

// matchDues finds the one mail of each thing done, and no mail of what was withheld.
func (w *world) matchDues() []given {
	sent := map[sending][]*mail{}
	for _, m := range w.mails {
		k := sending{m.at.UnixNano(), m.kind, m.reader}
		sent[k] = append(sent[k], m)
	}
	var gave []given
	for i, d := range w.dues {
		list, want := sent[sending{w.kept[i].UnixNano(), unasked(d), d.PersonID}], 1
		if d.Kind == programme.DueIntroduction {
			list, want = w.introduced(sent, d, w.kept[i]), 2
		}
		if d.Withheld {
			want = 0
		}
		if len(list) != want && w.kept[i].Before(w.end.Add(-2*time.Hour)) {
			w.fault("%s: %s %s to %d: %d mails left, want %d", at(w.kept[i]), d.Kind, d.Key, d.PersonID, len(list), want)
		}
		for _, m := range list {
			m.due = true
		}
		switch d.Kind {
		case programme.DueTip:
			gave = append(gave, given{w.kept[i], w.personByID(d.PersonID), d.Key, d.Withheld})
		case programme.DuePaceCheck:
			gave = append(gave, given{w.kept[i], w.personByID(d.PersonID), d.Kind, d.Withheld})
		}
	}
	for _, m := range w.mails {
		if (isService(m) || m.kind == "summary") && !m.due {
			w.fault("%s: a %s to %s that was not told of", at(m.at), m.kind, m.to)
		}
	}
	return gave
}

// introduced are the mails to both of a pair that the clock began.
func (w *world) introduced(sent map[sending][]*mail, d programme.Due, kept time.Time) []*mail {
	var list []*mail
	for _, p := range w.pairs {
		if fmt.Sprint(p.id) != d.Key {
			continue
		}
		for _, x := range p.people {
			for _, m := range sent[sending{kept.UnixNano(), "introduction", x.id}] {
				if m.pair == p {
					list = append(list, m)
				}
			}
		}
	}
	return list
}

func at(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

func (x *person) String() string {
	return fmt.Sprintf("%s #%d (%s, %s)", x.first, x.number, x.zone, x.pairs[0].name)
}
