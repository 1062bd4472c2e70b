package year

import (
	"fmt"
	"time"
)

// checkSummaries: each person one a month, at nine on the first.
func (w *world) checkSummaries() {
	type month struct {
		x   *person
		key string
	}
	got := map[month]*mail{}
	for _, m := range w.mails {
		if m.kind != "summary" {
			continue
		}
		local := m.at.In(m.to.zone)
		key := month{m.to, time.Date(local.Year(), local.Month()-1, 1, 0, 0, 0, 0, time.UTC).Format("2006-01")}
		if before := got[key]; before != nil {
			w.fault("%s: a second summary of %s to %s (%s)", at(m.at), key.key, m.to, at(before.at))
		}
		got[key] = m
		nine := time.Date(local.Year(), local.Month(), 1, 9, 0, 0, 0, m.to.zone)
		if from := w.afterSleep(nine, m.to.zone); m.at.Before(from) || m.at.Sub(from) > tick {
			w.fault("%s: the summary to %s came at %s, not %s", at(m.at), m.to, local.Format("2 Jan 15:04"), from.In(m.to.zone).Format("2 Jan 15:04"))
		}
	}
	for _, x := range w.people {
		for first := time.Date(2026, 2, 1, 9, 0, 0, 0, x.zone); first.Before(w.end.Add(-day)); first = first.AddDate(0, 1, 0) {
			moment := w.afterSleep(first, x.zone)
			key := month{x, first.AddDate(0, -1, 0).Format("2006-01")}
			must, may := false, false
			for _, p := range x.pairs {
				must = must || p.activeAt(first.Add(-10*time.Hour)) && p.activeAt(moment)
				may = may || !p.begun.IsZero() && p.begun.Before(first) && (p.ended.IsZero() || p.ended.After(first.Add(-tick)))
			}
			switch {
			case x.gone && must:
			case must && !x.silenced(first) && !x.silenced(moment) && got[key] == nil:
				w.fault("%s: no summary to %s", key.key, x)
			case !may && got[key] != nil:
				w.fault("%s: a summary to %s, who has no pair", key.key, x)
			}
		}
	}
}

// checkOnce: what comes once in a life, or in a month, comes once, and nothing
// after a goodbye.
func (w *world) checkOnce() {
	type what struct {
		kind string
		to   *person
		of   string
	}
	seen := map[what]*mail{}
	left := map[*person]time.Time{}
	for _, m := range w.mails {
		k := what{kind: m.kind, to: m.to}
		if gone, ok := left[m.to]; ok && m.to != nil {
			w.fault("%s: a %s to %s, who was forgotten at %s", at(m.at), m.kind, m.to, at(gone))
		}
		switch m.kind {
		case "introduction", "addresses", "ended", "forgotten":
			k.of = fmt.Sprint(m.pair.id)
		case "survey", "goodbye":
		case "survey-again":
			if !m.due {
				continue
			}
		case "coordinator-summary":
			k.of = m.at.Format("2006-01")
			paris, err := time.LoadLocation(w.programme.Timezone)
			w.must(err)
			local := m.at.In(paris)
			nine := time.Date(local.Year(), local.Month(), 1, 9, 0, 0, 0, paris)
			if from := w.afterSleep(nine, paris); m.at.Before(from) || m.at.Sub(from) > tick {
				w.fault("%s: the coordinator’s summary came at %s", at(m.at), local)
			}
		case "resumed":
			if local := m.at.In(m.to.zone); m.due && (local.Day() != 17 || local.Month() != time.August || local.Hour() != 9 || local.Minute() >= 15) {
				w.fault("%s: %s is back at %s", at(m.at), m.to, local)
			}
			continue
		case "pace-agreed":
			if m.pair.pace[mentor] != m.pair.pace[mentee] {
				w.fault("%s: %s is told of a wish that one has alone", at(m.at), m.to)
			}
			continue
		case "stopped":
			if !within(m.pair.paused, m.at) || m.pair.side(m.to) != mentee { // in this cast it is the mentee who reports
				w.fault("%s: %s is told that somebody reported", at(m.at), m.to)
			}
			continue
		default:
			continue
		}
		if m.kind == "goodbye" {
			left[m.to] = m.at
		}
		if before := seen[k]; before != nil {
			w.fault("%s: a second %s to %s (%s)", at(m.at), m.kind, m.to, at(before.at))
		}
		seen[k] = m
	}
}

// afterSleep is when something due at a moment is done by a service that may have slept then.
func (w *world) afterSleep(moment time.Time, zone *time.Location) time.Time {
	for _, s := range w.asleep {
		if !s.has(moment) {
			continue
		}
		moment = s.until
		if local := moment.In(zone); local.Hour() < 9 || local.Hour() >= 20 {
			nine := time.Date(local.Year(), local.Month(), local.Day(), 9, 0, 0, 0, zone)
			if !nine.After(moment) {
				nine = nine.AddDate(0, 0, 1)
			}
			moment = nine
		}
	}
	return moment
}
