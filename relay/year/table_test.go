package year

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// table is the year in figures: what each temperament got.
func (w *world) table(gave []given) string {
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	keys := []string{"first-letter", "turn-the-question-back", "open-question", "keep-warm", "close-the-loop", "slow-down", "say-thanks", "not-a-one-stop-shop",
		"echo-the-rhythm", "give-back", "ask-what-they-enjoy", "pace-check"}
	short := []string{"first", "turn", "open-q", "warm", "loop", "slow", "thanks", "shop", "echo", "give", "enjoy", "pace"}
	fmt.Fprintf(t, "\ntemperament\tpairs\tletters\t%s\twithheld\tmails/person-month\tsummaries\t\n", strings.Join(short, "\t"))
	type row struct {
		pairs, letters, withheld, mails, summaries int
		months                                     float64
		keys                                       map[string]int
	}
	rows := map[string]*row{}
	var names []string
	for _, p := range w.pairs {
		r := rows[p.name]
		if r == nil {
			r = &row{keys: map[string]int{}}
			rows[p.name] = r
			names = append(names, p.name)
		}
		r.pairs++
		r.letters += len(p.letters)
	}
	for _, x := range w.people {
		if len(x.pairs) == 0 {
			continue
		}
		if p := x.pairs[0]; !p.begun.IsZero() {
			until := w.end
			if !p.ended.IsZero() {
				until = p.ended
			}
			rows[p.name].months += max(0, float64(until.Sub(p.begun))/float64(30*day))
		}
	}
	for _, g := range gave {
		r := rows[g.to.pairs[0].name]
		r.keys[g.key]++
		if g.withheld {
			r.withheld++
		}
	}
	for _, m := range w.mails {
		if m.to == nil || m.kind == "letter" {
			continue
		}
		r := rows[m.to.pairs[0].name]
		r.mails++
		if m.kind == "summary" {
			r.summaries++
		}
	}
	total := row{keys: map[string]int{}}
	line := func(name string, r *row) {
		fmt.Fprintf(t, "%s\t%d\t%d\t", name, r.pairs, r.letters)
		for _, k := range keys {
			fmt.Fprintf(t, "%d\t", r.keys[k])
		}
		month := "–"
		if r.months > 0 {
			month = fmt.Sprintf("%.2f", float64(r.mails)/r.months)
		}
		fmt.Fprintf(t, "%d\t%s\t%d\t\n", r.withheld, month, r.summaries)
	}
	for _, name := range names {
		r := rows[name]
		line(name, r)
		total.pairs, total.letters, total.withheld, total.mails, total.summaries = total.pairs+r.pairs, total.letters+r.letters, total.withheld+r.withheld, total.mails+r.mails, total.summaries+r.summaries
		total.months += r.months
		for k, n := range r.keys {
			total.keys[k] += n
		}
	}
	line("all", &total)
	t.Flush()
	b.WriteString("tips and pace checks count whether they were given or withheld, and by person's first pair\n")
	b.WriteString(w.figures(gave))
	return b.String()
}

// figures are counts of what is no rule, but worth knowing.
func (w *world) figures(gave []given) string {
	kinds, night, silenced := map[string]int{}, map[string]int{}, map[string]int{}
	soon, wide := 0, 0
	recent := map[*person][]time.Time{}
	for _, m := range w.mails {
		if m.kind == "letter" || m.to == nil {
			kinds[m.kind]++
			continue
		}
		kinds[m.kind]++
		if isService(m) || slices.Contains([]string{"check-in", "on-hold", "unreachable", "forgotten", "ended"}, m.kind) {
			list := append(recent[m.to], m.at)
			recent[m.to] = list
			if n := len(list); n > mailsMost && m.at.Sub(list[n-1-mailsMost]) < mailsWithin {
				wide++
			}
		}
		if h := m.at.In(m.to.zone).Hour(); !m.due && (h < 9 || h >= 20) {
			night[m.kind]++
		}
		if !m.due && within(m.to.muted, m.at.Add(-time.Second)) {
			silenced[m.kind]++
		}
		if isService(m) {
			for _, said := range m.to.said {
				if since := m.at.Sub(said); since >= 0 && since < ownMessage {
					soon++
					break
				}
			}
		}
	}
	tips, withheld := 0, 0
	for _, g := range gave {
		if g.key != "pace-check" {
			tips++
			if g.withheld {
				withheld++
			}
		}
	}
	line := func(name string, counts map[string]int) string {
		var b strings.Builder
		for _, k := range slices.Sorted(maps.Keys(counts)) {
			fmt.Fprintf(&b, " %s %d", k, counts[k])
		}
		return name + ":" + b.String() + "\n"
	}
	return fmt.Sprintf("%d people, %d letters, %d mails, %d messages in, the clock looked %d times; %d tips, %.1f %% withheld\n", len(w.people), len(w.letters), len(w.mails), w.posts, w.keeps, tips, 100*float64(withheld)/float64(max(1, tips))) +
		line("mails", kinds) + line("by night, following what somebody did", night) + line("to who is muted, following what somebody did", silenced) +
		fmt.Sprintf("tips and pace checks within 48 h of a command or an answer of theirs: %d; thirds in 30 days if what follows from the other counts: %d\n", soon, wide)
}
