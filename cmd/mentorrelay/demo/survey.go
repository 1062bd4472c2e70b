package demo

import (
	"context"
	"fmt"
	"strings"
)

// invites is the scene in which the two are paired, and asked the survey.
func (p *programme) invites(ctx context.Context) error {
	var pair struct {
		ID    int64
		Masks []struct{ Writer, Address string }
	}
	if err := p.enter(ctx, &pair, "pair", "add", "--mentor", p.mentor.Address, "--mentee", p.mentee.Address); err != nil {
		return err
	}
	p.pair = pair.ID
	for _, m := range pair.Masks {
		for _, who := range []*person{p.mentor, p.mentee} {
			if m.Writer == who.Address {
				who.mask = m.Address
			}
		}
	}
	came, err := p.post(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out)
	for _, who := range []*person{p.mentor, p.mentee} {
		if p.asked[who], err = came.one(who); err != nil {
			return err
		}
		p.field(who.first+" gets", "“"+p.asked[who].GetHeader("Subject")+"”")
	}
	fmt.Fprintln(p.out)
	p.lines(question(p.asked[p.mentor].Text, 1), 6)
	for _, who := range []*person{p.mentor, p.mentee} {
		p.own(who, p.asked[who])
	}
	return nil
}

// question is one question of a survey, with what may be answered.
func question(text string, number int) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	i := strings.Index(text, fmt.Sprintf("\n%d. ", number))
	if i < 0 {
		return ""
	}
	q, _, _ := strings.Cut(text[i+1:], "\n\n")
	return q
}

// answersShort is the scene in which Alice answers, and is asked once for what
// is missing.
func (p *programme) answersShort(ctx context.Context) error {
	const first, then = "1c 2a 3c\n4: decisions, jazz, how to negotiate\n6b 7 5", "5: a look at drafts, and a name or two\n8a"
	p.lines(first, 5)
	came, err := p.replies(ctx, p.mentor, p.asked[p.mentor], first)
	if err != nil {
		return err
	}
	again, err := came.one(p.mentor)
	if err != nil {
		return err
	}
	p.gets(p.mentor, again)
	p.lines(question(again.Text, 5)+"\n"+question(again.Text, 8), 8)
	p.own(p.mentor, again)
	p.check(question(again.Text, 5) != "" && !strings.Contains(again.Text, "a) every week"), "only what is missing is asked again, once")
	fmt.Fprintln(p.out)
	p.lines(then, 5)
	came, err = p.replies(ctx, p.mentor, again, then)
	if err != nil {
		return err
	}
	_, err = came.one(p.mentor)
	p.check(err == nil, "she is thanked, and reads how she was understood")
	return p.answered(ctx, p.mentor, map[string]string{"how-often": "monthly", "how": "mail", "why": "outside-view", "if-quiet": "mentee-first"})
}

// answered checks what is known of a person's wishes.
func (p *programme) answered(ctx context.Context, who *person, want map[string]string) error {
	var shown struct{ Answers map[string]string }
	if err := p.ask(ctx, &shown, "person", "show", who.Address); err != nil {
		return err
	}
	right := len(shown.Answers) == questionsAsked
	for key, value := range want {
		right = right && shown.Answers[key] == value
	}
	p.check(right, "all %d answers of %s are understood", questionsAsked, who.first)
	if !right {
		p.say("%v", shown.Answers)
	}
	return nil
}

// questionsAsked is how many the intake survey has.
const questionsAsked = 8

// inWords are what Ben answers, by the number of the question.
var inWords = []string{
	"Toutes les deux semaines, si cela convient aussi à l’autre.",
	"Par mail, c’est ce que je préfère.",
	"Un regard extérieur : j’ai une décision à prendre avant la fin de l’année.",
	"la course à pied, jazz, comment on choisit",
	"relire des statistiques, ou proposer un parcours de course",
	"Dans la semaine.",
	"4",
	"Que la personne accompagnée écrive la première : moi, donc.",
}

// answersLong is the scene in which Ben answers under the questions, and the
// pair begins.
func (p *programme) answersLong(ctx context.Context) error {
	text := answeredBelow(p.asked[p.mentee].Text, inWords)
	var shown []string
	for n := 2; n <= 3; n++ {
		asked, _, _ := strings.Cut(question(p.asked[p.mentee].Text, n), "\n")
		shown = append(shown, "> "+asked, inWords[n-1])
	}
	p.lines(strings.Join(shown, "\n"), 6)
	came, err := p.replies(ctx, p.mentee, p.asked[p.mentee], text)
	if err != nil {
		return err
	}
	if err := p.answered(ctx, p.mentee, map[string]string{"how-often": "fortnightly", "how": "mail", "why": "outside-view", "if-quiet": "mentee-first"}); err != nil {
		return err
	}
	for _, who := range []*person{p.mentee, p.mentor} {
		r, err := came.with(who, "text/vcard")
		if err != nil {
			return err
		}
		if who == p.mentee {
			p.introduction(r)
		}
		p.own(who, r)
		card := ""
		for _, part := range r.enclosed() {
			card += string(part.Content)
		}
		p.check(strings.Contains(card, "FN:"+p.other(who).first) && strings.Contains(card, who.mask), "%s gets a card of %s for the address book, with the mask", who.first, p.other(who).first)
		p.check(!strings.Contains(r.Text, "negotiate") && !strings.Contains(r.Text, "course"), "%s reads only what both answered", who.first)
	}
	return nil
}

// introduction shows what a person reads of the other.
func (p *programme) introduction(r *received) {
	fmt.Fprintln(p.out)
	p.gets(p.mentee, r)
	text := strings.ReplaceAll(r.Text, "\r\n", "\n")
	var parts []string
	for _, part := range strings.Split(text, "\n\n") {
		if strings.Contains(part, p.mentee.mask) || strings.HasPrefix(part, "- ") || strings.Contains(part, "rythme") {
			parts = append(parts, part)
		}
	}
	p.lines(strings.Join(parts, "\n"), 12)
	p.check(strings.Contains(text, "une lettre par mois"), "the agreed rhythm is the slower of their two wishes")
}

// answeredBelow is a survey as it is quoted, with answers under the questions.
func answeredBelow(survey string, answers []string) string {
	var b strings.Builder
	b.WriteString("Bonjour,\n\nVoici mes réponses.\n\n")
	lines := strings.Split(strings.ReplaceAll(strings.TrimSpace(survey), "\r\n", "\n"), "\n")
	asked, answered := 0, 0
	for _, line := range lines {
		if asked < len(answers) && strings.HasPrefix(line, fmt.Sprintf("%d. ", asked+1)) {
			asked++
		}
		if line == "" && asked > answered {
			b.WriteString("\n" + answers[answered] + "\n\n")
			answered++
			continue
		}
		b.WriteString(strings.TrimRight("> "+line, " ") + "\n")
	}
	return b.String()
}
