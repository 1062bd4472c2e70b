package coach

import (
	"time"

	"mentorrelay/parser/rhythm"
)

// Allowed tells whether a tip may be given now, and if not, why. What was
// withheld counts as given: or else people from whom a tip is withheld would
// get another instead, and could not be compared with.
func (m *Moment) Allowed(key string) (ok bool, why string) {
	why = m.barred()
	switch {
	case why != "":
	case m.Off[key]:
		why = "it does harm and is switched off"
	case m.givenSince(m.Now.Add(-cooldown(key)), key):
		why = "they had the same lately"
	}
	return why == "", why
}

// barred tells why the person may get no tip at all now, or "".
func (m *Moment) barred() string {
	every := TipEvery
	if m.Wish == Fewer {
		every = TipEveryFewer
	}
	switch {
	case m.Wish == None:
		return "they wish for no tips"
	case m.Side == rhythm.Mentor && !m.OptedIn:
		return "a mentor who has not opted in"
	case m.absent():
		return "they are away"
	case m.Now.Before(m.lastWrote().Add(ownMessage)):
		return "they have just written"
	case m.givenSince(m.Now.Add(-every), ""):
		return "they had a tip lately"
	case !m.Room():
		return "they had enough mail lately"
	}
	return ""
}

// Room tells whether the person may get one more service mail now that is no
// survey and no summary.
func (m *Moment) Room() bool {
	n, since := 0, m.Now.Add(-mailsWithin)
	for _, at := range m.Mails {
		if at.After(since) {
			n++
		}
	}
	for i := range m.Given {
		if m.Given[i].At.After(since) {
			n++
		}
	}
	return n < mailsMost
}

// lastWrote is when the person last wrote in any of their pairs.
func (m *Moment) lastWrote() time.Time {
	last := m.LastWrote
	for i := range m.Letters {
		if l := &m.Letters[i]; l.Side == m.Side && l.At.After(last) && !l.At.After(m.Now) {
			last = l.At
		}
	}
	return last
}

// givenSince tells whether the person was given a tip, or any if key is empty,
// after a moment.
func (m *Moment) givenSince(since time.Time, key string) bool {
	for i := range m.Given {
		if n := &m.Given[i]; n.At.After(since) && (key == "" || n.Key == key) {
			return true
		}
	}
	return false
}

func cooldown(key string) time.Duration {
	for i := range rules {
		if rules[i].key == key {
			return rules[i].cooldown
		}
	}
	return 0
}
