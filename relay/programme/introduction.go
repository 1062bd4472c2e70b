package programme

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/cases"

	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// cadences are the wishes for how often to write, the most frequent first.
var cadences = []string{"weekly", "fortnightly", "monthly", "quarterly", "as-needed"}

// begin makes the invited pairs of a person active of which both have
// answered, and introduces them to each other.
func (d *Desk) begin(ctx context.Context, personID int64) error {
	pairs, err := d.Store.PairsOf(ctx, personID)
	if err != nil {
		return fmt.Errorf("finding a person's pairs: %w", err)
	}
	for i := range pairs {
		if pairs[i].State != storage.PairInvited {
			continue
		}
		if err := d.introduce(ctx, &pairs[i]); err != nil {
			return err
		}
	}
	return nil
}

// introduce begins a pair if both have answered.
func (d *Desk) introduce(ctx context.Context, pair *storage.Pair) error {
	a, err := d.introduced(ctx, pair)
	if err != nil || a == nil {
		return err
	}
	_, err = d.Store.Accept(ctx, a)
	return err
}

// introduced is what begins a pair if both have answered, or nil.
func (d *Desk) introduced(ctx context.Context, pair *storage.Pair) (*storage.Acceptance, error) {
	var wishes [2]map[string]string
	for i, id := range []int64{pair.MentorID, pair.MenteeID} {
		done, err := d.answered(ctx, id)
		if err != nil || !done {
			return nil, err
		}
		if wishes[i], err = d.Store.Answers(ctx, id, intake); err != nil {
			return nil, fmt.Errorf("finding what was answered: %w", err)
		}
	}
	p, err := d.Store.ProgrammeByID(ctx, pair.ProgrammeID)
	if err != nil {
		return nil, fmt.Errorf("finding a pair's programme: %w", err)
	}
	cadence := slower(wishes[0]["how-often"], wishes[1]["how-often"])
	a := &storage.Acceptance{At: d.Now(), Changes: []storage.Change{storage.PairBegun{ID: pair.ID, Cadence: cadence, At: d.Now()}}}
	for _, id := range []int64{pair.MentorID, pair.MenteeID} {
		out, err := d.introduction(ctx, p, pair, id, cadence, wishes)
		if err != nil {
			return nil, err
		}
		a.Mails = append(a.Mails, out)
	}
	return a, nil
}

// answered tells whether a person has answered the intake survey: all of it,
// or as much as they would when what was missing had been asked for again.
func (d *Desk) answered(ctx context.Context, personID int64) (bool, error) {
	sent, err := d.Store.SurveysOf(ctx, personID, intake)
	if err != nil {
		return false, fmt.Errorf("finding what was asked: %w", err)
	}
	known, err := d.Store.Answers(ctx, personID, intake)
	if err != nil {
		return false, fmt.Errorf("finding what was answered: %w", err)
	}
	for i := range sent {
		if sent[i].State == storage.SurveyAnswered || known["how-often"] != "" && sent[i].State == storage.SurveyReminded && !d.Now().Before(sent[i].RemindAt) {
			return true, nil
		}
	}
	return false, nil
}

// slower is the rarer of two wishes; one that was not said counts for nothing.
func slower(one, other string) string {
	if slices.Index(cadences, one) > slices.Index(cadences, other) {
		return one
	}
	return other
}

// introduction writes the mail that introduces the other of a pair: their
// name, the mask, and only what the answers of both have in common.
func (d *Desk) introduction(ctx context.Context, p *storage.Programme, pair *storage.Pair, personID int64, cadence string, wishes [2]map[string]string) (storage.Outgoing, error) {
	to, other := sides(pair, personID)
	role := storage.RoleMentor
	if personID == pair.MenteeID {
		role = storage.RoleMentee
	}
	var mask string
	for _, m := range pair.Masks {
		if m.WriterID == personID {
			mask = d.Notices.Scheme.Address(m.Name, m.Token)
		}
	}
	say := func(key string) string { return d.Notices.Words.Phrase(to.Language, key) }
	overlap, err := d.overlap(to.Language, wishes)
	if err != nil {
		return storage.Outgoing{}, err
	}
	quiet := "any"
	if plan := wishes[0]["if-quiet"]; plan == wishes[1]["if-quiet"] && plan != "" {
		quiet = plan
	}
	return d.Notices.Compose(ctx, notice.Introduction, notice.Subject{
		To: to, Other: other, Programme: p, PairID: pair.ID, ReplyTo: d.help(),
		Attach: []notice.Attachment{card(notice.DisplayName(other, p), mask)},
		Data: map[string]any{
			"Role": role, "Mask": mask, "Overlap": overlap, "Cadence": say("cadence " + orAsNeeded(cadence)),
			"Quiet": say("quiet " + quiet), "Policy": say("policy " + p.Policy), "Help": d.help(),
		},
	})
}

func orAsNeeded(cadence string) string {
	if cadence == "" {
		return "as-needed"
	}
	return cadence
}

// overlap lists what both answered alike: the options they share, and the
// topics that both name.
func (d *Desk) overlap(language string, wishes [2]map[string]string) (string, error) {
	form, err := d.Surveys.Survey(intake, language)
	if err != nil {
		return "", err
	}
	var lines []string
	for _, q := range form.Questions {
		one, other := wishes[0][q.Key], wishes[1][q.Key]
		switch {
		case q.Key == "how-often", q.Key == "if-quiet", q.Key == "writing": // said elsewhere, or nobody's business
		case q.Kind == "choice" && one == other && one != "":
			for _, o := range q.Options {
				if o.Key == one {
					lines = append(lines, "- "+o.Text)
				}
			}
		case q.Key == "topics":
			for _, topic := range shared(one, other) {
				lines = append(lines, "- "+topic)
			}
		}
	}
	return strings.Join(lines, "\n"), nil
}

// shared lists the topics that both of two lists name, as the first does.
func shared(one, other string) []string {
	fold := cases.Fold()
	var theirs []string
	for _, t := range topics(other) {
		theirs = append(theirs, fold.String(t))
	}
	return slices.DeleteFunc(topics(one), func(t string) bool { return !slices.Contains(theirs, fold.String(t)) })
}

// topics splits a list as people write it.
func topics(text string) []string {
	var list []string
	for t := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",;\n•·/", r) }) {
		for _, joint := range []string{" and ", " et ", " & "} {
			if one, other, ok := strings.Cut(t, joint); ok {
				list = append(list, strings.Trim(one, " .-–—"))
				t = other
			}
		}
		if t = strings.Trim(t, " .-–—"); t != "" {
			list = append(list, t)
		}
	}
	return list
}

// card is the other's masked address for the reader's address book (RFC 2426).
func card(name, mask string) notice.Attachment {
	escape := strings.NewReplacer("\\", "\\\\", ",", "\\,", ";", "\\;", "\n", " ")
	text := "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + escape.Replace(name) + "\r\nN:;" + escape.Replace(name) + ";;;\r\nEMAIL;TYPE=INTERNET:" + mask + "\r\nEND:VCARD\r\n"
	return notice.Attachment{Name: name + ".vcf", Type: "text/vcard; charset=utf-8", Bytes: []byte(text)}
}
