package year

import (
	"slices"
	"strings"
	"time"

	"mentorrelay/storage"
)

// checkHours: nothing of the clock's comes before nine or after eight in the
// evening; to a pair for which that is never at once, an hour more either way.
func (w *world) checkHours() {
	for _, m := range w.mails {
		if !m.due || m.to == nil {
			continue
		}
		from, until := 9, 20
		if (m.kind == "introduction" || m.kind == "pace-check") && w.apart(m) {
			from, until = 8, 21
		}
		if h := m.at.In(m.to.zone).Hour(); h < from || h >= until {
			w.fault("%s: a %s to %s at %s their time", at(m.at), m.kind, m.to, m.at.In(m.to.zone).Format("15:04"))
		}
	}
}

// apart tells whether there was no moment, in the day before a mail about a pair,
// at which both could have had it by day.
func (w *world) apart(m *mail) bool {
	for t := m.at.Add(-day); t.Before(m.at); t = t.Add(5 * time.Minute) {
		common := true
		for _, x := range m.pair.people {
			h := t.In(x.zone).Hour()
			common = common && h >= 9 && h < 20
		}
		if common {
			return false
		}
	}
	return true
}

// isTip tells whether a mail is a tip, and is prompted by nothing but the clock.
func isTip(m *mail) bool { return strings.HasPrefix(m.kind, "tip-") }

func isService(m *mail) bool { return isTip(m) || m.kind == "pace-check" }

// checkCaps: how often tips come, and after what.
func (w *world) checkCaps(gave []given) {
	for _, x := range w.people {
		w.checkMails(x)
		w.checkTips(x)
	}
	given, withheld := 0, 0
	for _, g := range gave {
		switch {
		case g.key == "pace-check":
		case g.withheld:
			withheld++
		default:
			given++
		}
	}
	if share := float64(withheld) / float64(given+withheld); given+withheld > 300 && (share < 0.15 || share > 0.25) {
		w.fault("%.1f %% of %d tips were withheld", 100*share, given+withheld)
	}
}

// checkMails: how many mails somebody gets that they did not ask for, and when.
func (w *world) checkMails(x *person) {
	var service []*mail
	for _, m := range w.mails {
		if m.to != x || !m.due {
			continue
		}
		if x.silenced(m.at) {
			w.fault("%s: a %s to %s, who is muted, paused or suspended", at(m.at), m.kind, x)
		}
		if !isService(m) {
			continue
		}
		if service = append(service, m); len(service) > mailsMost && m.at.Sub(service[len(service)-1-mailsMost].at) < mailsWithin {
			before := service[len(service)-1-mailsMost:]
			w.fault("%s: the third mail to %s within 30 days: %s, %s, %s", at(m.at), x, before[0].kind, before[1].kind, m.kind)
		}
		for _, wrote := range x.wrote {
			if since := m.at.Sub(wrote); since >= 0 && since < ownMessage {
				w.fault("%s: a %s to %s, who wrote %s before", at(m.at), m.kind, x, since.Round(time.Hour))
			}
		}
	}
}

// checkTips: how many tips somebody gets, and whether they want any.
func (w *world) checkTips(x *person) {
	var tips []*mail
	for _, m := range w.mails {
		if m.to != x || !isTip(m) {
			continue
		}
		every := tipEvery
		if x.wishAt(m.at) == storage.TipsFewer {
			every = tipEveryFewer
		}
		if n := len(tips); n > 0 && m.at.Sub(tips[n-1].at) < every {
			w.fault("%s: a %s to %s, %s after another", at(m.at), m.kind, x, m.at.Sub(tips[n-1].at))
		}
		tips = append(tips, m)
		if x.wishAt(m.at) == storage.TipsNone {
			w.fault("%s: a %s to %s, who wished for none", at(m.at), m.kind, x)
		}
		if tips := x.wishAt(m.at); m.pair.people[mentor] == x && tips != storage.TipsWanted && tips != storage.TipsFewer {
			w.fault("%s: a %s to the mentor %s, who did not opt in", at(m.at), m.kind, x)
		}
	}
}

// checkSilence: nothing about a silence while one of the two has said that they
// are away, or paused.
func (w *world) checkSilence() {
	for _, m := range w.mails {
		if !m.due || m.to == nil {
			continue
		}
		if m.kind == "survey-again" && within(m.to.away, m.at) {
			w.fault("%s: a reminder to %s, who is away", at(m.at), m.to)
		}
		if !isTip(m) || !slices.Contains(silence, strings.TrimPrefix(m.kind, "tip-")) {
			continue
		}
		for _, x := range m.pair.people {
			switch {
			case within(x.away, m.at):
				w.fault("%s: a %s to %s while %s is away", at(m.at), m.kind, m.to, x)
			case x.silenced(m.at) && !within(x.muted, m.at):
				w.fault("%s: a %s to %s while %s is paused or suspended", at(m.at), m.kind, m.to, x)
			}
		}
		if !m.pair.activeAt(m.at) {
			w.fault("%s: a %s to %s about a pair that is not active", at(m.at), m.kind, m.to)
		}
	}
}
