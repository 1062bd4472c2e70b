package year

import (
	"fmt"
	"strings"
	"time"
)

// A says is what a letter says: how many sentences of each kind.
type says struct {
	asks, offers, thanks, commits, reports, plain int

	help, wishes, after bool   // questions of these kinds, beside the asks
	pace                string // a proposal of a time, such as "quarter"
	words               int    // of advice, at least
}

// vocabulary is what letters are made of: sentences of one kind each, by
// language.
var vocabulary = map[string]map[string][]string{
	"en": {
		"ask": {"What do you think of this plan?", "Could you tell me how you chose your first job?", "Do you know a good book on negotiation?",
			"Would you advise me to speak with my manager first?", "Which of the two offers would you take?"},
		"offer":   {"I would be happy to proofread your article.", "I can introduce you to a friend who works there."},
		"thanks":  {"Thank you very much for your last letter.", "I am grateful for your advice."},
		"commit":  {"I will try that next week.", "I will speak with my manager on Monday."},
		"report":  {"I tried what you suggested and it worked well.", "I spoke with my manager and she agreed."},
		"plain":   {"The weather is mild and the garden is green.", "On Sunday the town was full of people.", "The train was late again this morning."},
		"help":    {"How can I help you?"},
		"wishes":  {"What would you like out of our exchange?"},
		"after":   {"How did the interview go?"},
		"quarter": {"Let us write again next quarter."},
		"advice": {"A first meeting is mostly about listening, and the notes of that day are worth more than the plan of the week before.",
			"In my years in the trade the calm people went further than the quick ones, and the patient ones further still.",
			"A small team with a clear aim is a better school than a large one with a famous name."},
		"hello": {"Hello"}, "bye": {"Best wishes"}, "wrote": {"On %s, %s wrote:"},
	},
	"fr": {
		"ask": {"Que pensez-vous de ce projet ?", "Pourriez-vous me dire comment vous avez choisi votre premier poste ?", "Connaissez-vous un bon livre sur la négociation ?",
			"Me conseilleriez-vous d’en parler d’abord à mon responsable ?", "Laquelle des deux offres choisiriez-vous ?"},
		"offer":   {"Je peux relire votre article si vous le souhaitez.", "Je pourrais vous présenter une amie qui y travaille."},
		"thanks":  {"Merci beaucoup pour votre dernière lettre.", "Je vous suis reconnaissante de vos conseils."},
		"commit":  {"Je vais essayer la semaine prochaine.", "J’en parlerai à mon responsable lundi."},
		"report":  {"J’ai essayé ce que vous proposiez et cela a bien marché.", "J’ai parlé à mon responsable et il est d’accord."},
		"plain":   {"Le temps est doux et le jardin est vert.", "Dimanche, la ville était pleine de monde.", "Le train était encore en retard ce matin."},
		"help":    {"Comment puis-je vous aider ?"},
		"wishes":  {"Qu’aimeriez-vous tirer de notre échange ?"},
		"after":   {"Comment s’est passé l’entretien ?"},
		"quarter": {"Je vous propose de nous écrire de nouveau au prochain trimestre."},
		"advice": {"Un premier entretien consiste surtout à écouter, et les notes de ce jour-là valent plus que le plan de la semaine précédente.",
			"Au fil de mes années dans le métier, les gens calmes sont allés plus loin que les gens pressés, et les patients plus loin encore.",
			"Une petite équipe avec un but clair est une meilleure école qu’une grande avec un nom célèbre."},
		"hello": {"Bonjour"}, "bye": {"Bien à vous"}, "wrote": {"Le %s, %s a écrit :"},
	},
}

// body is what a letter says, in words.
func (w *world) body(x *person, other string, s says) string {
	of := vocabulary[x.language]
	var lines []string
	add := func(kind string, n int) {
		from := x.pen.IntN(8)
		for i := range n {
			lines = append(lines, of[kind][(from+i)%len(of[kind])])
		}
	}
	add("thanks", s.thanks)
	add("report", s.reports)
	add("plain", s.plain)
	for n := 0; n < s.words; n += 20 {
		add("advice", 1)
	}
	add("ask", s.asks)
	for _, x := range []struct {
		kind string
		said bool
	}{{"help", s.help}, {"wishes", s.wishes}, {"after", s.after}, {"quarter", s.pace == "quarter"}} {
		if x.said {
			add(x.kind, 1)
		}
	}
	add("offer", s.offers)
	add("commit", s.commits)
	return fmt.Sprintf("%s %s,\n\n%s\n\n%s,\n%s\n", of["hello"][0], other, strings.Join(lines, "\n"), of["bye"][0], x.first)
}

// A letter is one that one of a pair wrote to the other, and what became of it.
type letter struct {
	pair    *pair
	side    int
	ref     string // in its subject
	says    says
	at      time.Time // handed in
	err     error     // the door's answer
	arrived []time.Time
	command bool // it was one, and is not passed on
}

func (l *letter) author() *person { return l.pair.people[l.side] }
func (l *letter) reader() *person { return l.pair.people[1-l.side] }

// asked is how many of its sentences ask.
func (l *letter) asked() int {
	n := l.says.asks
	for _, more := range []bool{l.says.help, l.says.wishes, l.says.after} {
		if more {
			n++
		}
	}
	return n
}

// write has one of a pair write to the other, now.
func (w *world) write(p *pair, side int, s says) {
	x := p.people[side]
	w.send(p, side, s, w.body(x, p.people[1-side].first, s), false)
}

func (w *world) send(p *pair, side int, s says, body string, command bool) {
	x, other := p.people[side], p.people[1-side]
	if x.gone || other.gone || x.dead {
		return
	}
	l := &letter{pair: p, side: side, ref: fmt.Sprintf("ref%05d", len(w.letters)), says: s, command: command}
	w.letters = append(w.letters, l)
	w.byRef[l.ref] = l
	p.written[side]++
	raw := w.raw(l, body)
	w.hand(x.address, raw, p.masks[side], func(err error) {
		l.at, l.err = w.now, err
		finish(x.suspend, w.now) // a mailbox that somebody writes from is there
		if err != nil {
			w.fault("%s: the letter %s of %s (%s) was refused: %v", w.now.Format(time.RFC3339), l.ref, x.first, p.name, err)
		}
	})
}

// raw is the letter as a mail client writes it: with all that tells who it is of.
func (w *world) raw(l *letter, body string) string {
	p, x := l.pair, l.author()
	host := x.address[strings.IndexByte(x.address, '@')+1:]
	var b strings.Builder
	fmt.Fprintf(&b, "Received: from laptop.%s by mx.%s; %s\n", host, host, w.now.Format(time.RFC1123Z))
	fmt.Fprintf(&b, "X-Originating-User: %s\nFrom: %s %s <%s>\nTo: %s\n", x.address, x.first, x.surname, x.address, p.masks[l.side])
	fmt.Fprintf(&b, "Subject: %s %s\nDate: %s\nMessage-ID: <%s@%s>\n", map[string]string{"en": "A word", "fr": "Un mot"}[x.language], l.ref, w.now.Format(time.RFC1123Z), l.ref, host)
	if last := p.last[l.side]; last != nil && x.pen.IntN(3) > 0 {
		id := last.header.Get("Message-ID")
		fmt.Fprintf(&b, "In-Reply-To: %s\nReferences: %s\n", id, id)
		if x.pen.IntN(2) == 0 {
			of := vocabulary[x.language]["wrote"][0]
			body += "\n" + fmt.Sprintf(of, "12.03.2026", last.header.Get("From")) + "\n> " + strings.ReplaceAll(strings.TrimSpace(last.text), "\n", "\n> ") + "\n"
		}
	}
	if x.pen.IntN(6) == 0 {
		body = strings.Replace(body, ",\n"+x.first+"\n", ",\n"+x.first+"\n"+x.address+"\n", 1)
	}
	b.WriteString("MIME-Version: 1.0\n")
	if x.pen.IntN(5) > 0 {
		b.WriteString("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body)
		return b.String()
	}
	html := "<html><body><p>" + strings.ReplaceAll(strings.ReplaceAll(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(body), "\n\n", "</p>\n<p>"), "\n", "<br>\n") + "</p></body></html>"
	b.WriteString("Content-Type: multipart/alternative; boundary=\"limit-" + l.ref + "\"\n\n")
	b.WriteString("--limit-" + l.ref + "\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body + "\n")
	b.WriteString("--limit-" + l.ref + "\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + html + "\n--limit-" + l.ref + "--\n")
	return b.String()
}

// tell has somebody write to an address of the service.
func (w *world) tell(x *person, to, words string) {
	if x.gone {
		return
	}
	host := x.address[strings.IndexByte(x.address, '@')+1:]
	raw := fmt.Sprintf("From: %s %s <%s>\nTo: %s\nSubject: Re:\nDate: %s\nMessage-ID: <t%d@%s>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s\n",
		x.first, x.surname, x.address, to, w.now.Format(time.RFC1123Z), w.count, host, words)
	w.count++
	w.hand(x.address, raw, to, func(err error) {
		x.said = append(x.said, w.now)
		if err != nil {
			w.fault("%s: “%.20s” of %s to %.12s… was refused: %v", w.now.Format(time.RFC3339), words, x.first, to, err)
		}
	})
}
