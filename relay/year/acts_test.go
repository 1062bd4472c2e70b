package year

import (
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	"mentorrelay/storage"
)

// command is a word of the service in each language.
var command = map[string]map[string]string{
	"en": {"yes": "YES", "less": "LESS", "stop": "STOP", "tips": "TIPS", "why": "WHY", "end": "END", "forget": "FORGET", "report": "REPORT", "block": "BLOCK",
		"pause": "PAUSE until 17 August", "resume": "RESUME", "help": "HELP"},
	"fr": {"yes": "Oui", "less": "MOINS", "stop": "Stop", "tips": "CONSEILS", "why": "Pourquoi ?", "end": "FIN", "forget": "OUBLIER", "report": "SIGNALER", "block": "BLOQUER",
		"pause": "PAUSE jusqu’au 17 août", "resume": "REPRENDRE", "help": "aide"},
}

// order has somebody write a command to the service.
func (w *world) order(x *person, what string) {
	w.tell(x, w.scheme.Service("help"), command[x.language][what]+"\n\n-- \n"+x.first)
	w.obeyed(x, what)
}

// obeyed notes what a command changes.
func (w *world) obeyed(x *person, what string) {
	at := w.awake() // a service that sleeps hears of it later
	switch what {
	case "tips":
		x.wish = append(x.wish, wish{at, storage.TipsWanted})
		finish(x.muted, at)
	case "less":
		tips := storage.TipsFewer
		if x.wishAt(at) == storage.TipsFewer || x.wishAt(at) == storage.TipsDefault && !x.isMentee() {
			tips = storage.TipsNone
		}
		x.wish = append(x.wish, wish{at, tips})
	case "stop":
		since(&x.muted, at)
	case "pause":
		since(&x.paused, at)
	case "resume":
		finish(x.paused, at)
		finish(x.muted, at)
		finish(x.suspend, at)
	case "report", "block":
		for _, p := range x.pairs {
			since(&p.paused, at)
		}
	}
}

func (x *person) isMentee() bool {
	for _, p := range x.pairs {
		if p.people[mentee] == x {
			return true
		}
	}
	return false
}

// reply answers a mail where it asks for it.
func (w *world) reply(m *mail, after time.Duration, words string) {
	to, err := netmail.ParseAddress(m.header.Get("Reply-To"))
	if err != nil {
		w.fault("%s to %s has no Reply-To: %v", m.kind, m.to.first, err)
		return
	}
	w.at(w.seated(m.to, after, m.to.habit), func() { w.tell(m.to, to.Address, words) })
}

// serve is what somebody does with a mail of the service.
func (w *world) serve(m *mail) {
	x := m.to
	hours := func(most int) time.Duration { return time.Duration(x.habit.IntN(most*60)) * time.Minute }
	switch m.kind {
	case "":
		w.fault("no template has the subject “%s”", m.subject)
	case "survey":
		if x.answers != "" {
			w.reply(m, x.lateness, x.answers)
		}
	case "survey-again":
		if rest := x.answersLater; rest != "" {
			w.reply(m, hours(72), rest)
		}
	case "introduction":
		if p := m.pair; p.begun.IsZero() {
			p.begun = m.at
			p.nature.begin(w, p)
		}
	case "summary":
		if x.pulse > 0 && x.habit.IntN(2) == 0 {
			w.reply(m, hours(60), fmt.Sprint(x.pulse))
		}
	case "pace-check":
		if said := m.pair.pace[m.pair.side(x)]; said != "" {
			w.reply(m, 24*time.Hour+hours(60), said)
		}
	case "pace-agreed":
		m.pair.agree(m.at)
	case "confirm-end", "confirm-forget":
		w.confirm(m)
	case "ended":
		w.farewell(m)
	case "resumed":
		finish(x.paused, m.at)
	case "on-hold":
		since(&m.pair.paused, m.at)
	}
	if strings.HasPrefix(m.kind, "tip-") {
		if x.onTip != nil {
			x.onTip(m)
		} else if x.habit.IntN(12) == 0 {
			w.reply(m, hours(20), command[x.language]["why"])
		}
	}
}

var cadences = []string{"weekly", "fortnightly", "monthly", "quarterly"}

// agree notes the pace that both wish for.
func (p *pair) agree(at time.Time) {
	if n := len(p.cadences); n > 1 && at.Sub(p.cadences[n-1].from) < time.Hour {
		return // the other's mail
	}
	for i, c := range cadences {
		if c != p.cadence {
			continue
		}
		switch p.pace[mentor] {
		case "a":
			i = max(0, i-1)
		case "c":
			i = min(i+1, 3)
		}
		p.cadence = cadences[i]
		break
	}
	p.cadences = append(p.cadences, cadenceFrom{at, p.cadence})
}

// cadenceAt is the pace that was agreed at a moment.
func (p *pair) cadenceAt(at time.Time) string {
	found := ""
	for _, c := range p.cadences {
		if !c.from.After(at) {
			found = c.cadence
		}
	}
	return found
}

// confirm says yes to what was asked.
func (w *world) confirm(m *mail) {
	x := m.to
	to, err := netmail.ParseAddress(m.header.Get("Reply-To"))
	w.must(err)
	w.at(w.seated(x, 3*time.Hour, x.habit), func() {
		w.tell(x, to.Address, command[x.language]["yes"])
		at := w.awake()
		for _, p := range x.pairs {
			p.ended = at
		}
		if m.kind == "confirm-forget" {
			x.gone = true
		}
	})
}

// farewell has both of a pair that ended write once more, one of them twice, and
// some would show their address.
func (w *world) farewell(m *mail) {
	p, x := m.pair, m.to
	for n := range 1 + p.side(x) {
		w.at(w.waking(x, time.Duration(n+1)*day), func() { w.write(p, p.side(x), says{thanks: 1}) })
	}
	if p.number%2 == 0 || p.side(x) == mentor {
		w.reply(m, 30*time.Hour, command[x.language]["yes"])
	}
}

// coordinate is what the coordinator does: of a summary in spring and one in
// summer they use the commands.
func (w *world) coordinate(m *mail) {
	to := m.header.Get("Reply-To")
	answer := func(words string) {
		a, err := netmail.ParseAddress(to)
		if err != nil {
			w.fault("%s has no Reply-To", m.kind)
			return
		}
		raw := fmt.Sprintf("From: %s\nTo: %s\nSubject: Re: %s\nDate: %s\nMessage-ID: <coord%d@horizon.test>\n\n%s\n", coordinator, a.Address, "x", w.now.Format(time.RFC1123Z), w.count, words)
		w.count++
		w.hand(coordinator, raw, a.Address, func(err error) {
			if err != nil {
				w.fault("the coordinator’s “%s” was refused: %v", words, err)
			}
		})
	}
	switch {
	case m.kind == "coordinator-confirm":
		w.after(time.Hour, func() { answer("YES") })
	case m.kind != "coordinator-summary" || w.idle:
	case m.at.Month() == time.April && strings.Contains(m.text, "CHECK 1"):
		w.after(5*time.Hour, func() { answer("CHECK 1") })
	case m.at.Month() == time.September && strings.Contains(m.text, "PAUSE 1"):
		w.after(5*time.Hour, func() { answer("PAUSE 1") })
	}
}
