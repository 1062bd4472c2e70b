package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/language"

	"mentorrelay/relay/programme/match"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

type pairSuggest struct {
	Programme string `help:"The programme's key; not needed where there is one programme only." placeholder:"P"`
	PerMentor int    `help:"How many mentees a mentor may have, those of today included." default:"1" placeholder:"N"`
	Least     int    `help:"Suggest no pair that scores less, of 100 points." default:"1" placeholder:"POINTS"`
	Left      bool   `help:"List who is left over, and why, instead of the pairs."`
	output    `embed:""`
}

// maxPerMentor bounds what there is to choose from: each place counts like a
// mentor.
const maxPerMentor = 10

// suggestionView is how a suggested pair is printed.
type suggestionView struct {
	Mentor  string   `json:"mentor"`
	Mentee  string   `json:"mentee"`
	Score   int      `json:"score"`
	Reasons []string `json:"reasons"` // a sentence each, in the programme's language
	Accept  string   `json:"accept"`  // the command that makes the pair
}

// leftView is how somebody is printed who is left over.
type leftView struct {
	Email string `json:"email"`
	Role  string `json:"role"` // empty while nobody knows it
	Why   string `json:"why"`  // in the programme's language
}

// Run suggests pairs among those who have answered the survey and have room for
// a pair, and says why others are left over. It changes nothing.
func (c *pairSuggest) Run(ctx context.Context, m *Main, i *installation) error {
	if c.PerMentor < 1 || c.PerMentor > maxPerMentor || c.Least < 0 || c.Least > 100 {
		return fmt.Errorf("--per-mentor takes 1 to %d, --least 0 to 100", maxPerMentor)
	}
	programme, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	people, err := i.Candidates(ctx, programme.ID, "intake")
	if err != nil {
		return err
	}
	pairs, err := i.Pairs(ctx, programme.ID)
	if err != nil {
		return err
	}
	words, err := templates.New()
	if err != nil {
		return err
	}
	s := &suggester{say: func(key string) string { return words.Phrase(programme.Language, key) }, addresses: map[int64]string{}, left: []leftView{}}
	if err := s.sort(people, newTies(pairs), c.PerMentor); err != nil {
		return err
	}
	views := s.propose(match.Rules{At: m.Now(), Least: c.Least, Little: littleWords(words)})
	for k := range views {
		views[k].Accept = c.accept(m, &views[k])
	}
	if c.Left {
		return c.print(m, s.left, func(w io.Writer) { writeLeft(w, s.left) })
	}
	return c.print(m, views, func(w io.Writer) { writeSuggestions(w, views, s.left) })
}

// accept is the command line that makes a suggested pair.
func (c *pairSuggest) accept(m *Main, v *suggestionView) string {
	line := []string{"mentorrelay"}
	if m.configFile != "" {
		line = append(line, "--config", quoted(m.configFile))
	}
	line = append(line, "pair add", "--mentor", quoted(v.Mentor), "--mentee", quoted(v.Mentee))
	if c.Programme != "" {
		line = append(line, "--programme", quoted(c.Programme))
	}
	return strings.Join(line, " ")
}

// quoted is a word as a POSIX shell reads it (XCU 2.2).
func quoted(word string) string {
	plain := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("@%+=:,./_-", r)
	}
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func writeSuggestions(w io.Writer, views []suggestionView, left []leftView) {
	if len(views) == 0 {
		fmt.Fprintln(w, "no pair to suggest")
	}
	for _, v := range views {
		fmt.Fprintf(w, "%3d\t%s\t%s\n", v.Score, v.Mentor, v.Mentee)
	}
	for _, v := range views {
		fmt.Fprintf(w, "\n%s\n%s\n", strings.Join(v.Reasons, " "), v.Accept)
	}
	if len(left) > 0 {
		fmt.Fprintln(w, "\nleft over:")
		writeLeft(w, left)
	}
}

func writeLeft(w io.Writer, left []leftView) {
	for _, v := range left {
		fmt.Fprintf(w, "%s\t%s\t%s\n", v.Email, orDash(v.Role), v.Why)
	}
}

// littleWords are those of all languages that say nothing about a topic:
// people write as they like.
func littleWords(c *templates.Catalogue) []string {
	var list []string
	for _, l := range c.Languages() {
		list = append(list, strings.Fields(c.Phrase(l, "match little words"))...)
	}
	return list
}

// ties are who is, or was, in a pair with whom.
type ties struct {
	mentees map[int64]int     // how many each mentor has
	mentors map[int64]int     // how many each mentee has
	former  map[int64][]int64 // whose pair has ended
}

func newTies(pairs []storage.Pair) *ties {
	t := &ties{map[int64]int{}, map[int64]int{}, map[int64][]int64{}}
	for _, p := range pairs {
		if p.State == storage.PairEnded {
			t.former[p.MentorID] = append(t.former[p.MentorID], p.MenteeID)
			t.former[p.MenteeID] = append(t.former[p.MenteeID], p.MentorID)
			continue
		}
		t.mentees[p.MentorID]++
		t.mentors[p.MenteeID]++
	}
	return t
}

// A suggester sorts people into those who might be paired and those who might
// not.
type suggester struct {
	say              func(key string) string
	mentors, mentees []match.Candidate
	addresses        map[int64]string
	left             []leftView
}

func (s *suggester) leave(address, role, why string) {
	s.left = append(s.left, leftView{address, role, s.say("match left " + why)})
}

// sort finds the candidates. Who has a pair, and as a mentor all that they may
// have, is neither a candidate nor left over.
func (s *suggester) sort(people []storage.Candidate, t *ties, perMentor int) error {
	for k := range people {
		p := &people[k]
		has, asMentee := t.mentees[p.ID], t.mentors[p.ID]
		switch {
		case p.Role == storage.RoleMentor && has >= perMentor,
			p.Role == storage.RoleMentee && asMentee > 0,
			p.Role == "" && has+asMentee > 0:
			continue
		}
		if why := unready(p); why != "" {
			if p.Role != storage.RoleMentor || has == 0 {
				s.leave(email(&p.Person), p.Role, why)
			}
			continue
		}
		zone, err := time.LoadLocation(p.Timezone)
		if err != nil {
			return fmt.Errorf("%s has a time zone that this machine does not know: %w", email(&p.Person), err)
		}
		c := match.Candidate{
			ID: p.ID, Language: language.Make(p.Language), Zone: zone, Answers: p.Answers,
			Places: perMentor - has, Has: has, Never: t.former[p.ID],
		}
		s.addresses[p.ID] = email(&p.Person)
		if p.Role == storage.RoleMentor {
			s.mentors = append(s.mentors, c)
		} else {
			s.mentees = append(s.mentees, c)
		}
	}
	return nil
}

// unready tells why a person can't be suggested, or "".
func unready(p *storage.Candidate) string {
	switch {
	case p.State != storage.PersonActive:
		return p.State
	case p.Role == "":
		return "unasked"
	case len(p.Answers) == 0:
		return "unanswered"
	}
	return ""
}

// propose returns the suggested pairs, and leaves the others.
func (s *suggester) propose(rules match.Rules) []suggestionView {
	outcome := match.Propose(s.mentors, s.mentees, rules)
	views := []suggestionView{}
	for _, p := range outcome.Proposals {
		views = append(views, suggestionView{
			Mentor: s.addresses[s.mentors[p.Mentor].ID], Mentee: s.addresses[s.mentees[p.Mentee].ID],
			Score: p.Score, Reasons: p.Reasons(s.say),
		})
	}
	for k := range s.mentors {
		if why := outcome.LeftMentors[k]; why != "" {
			s.leave(s.addresses[s.mentors[k].ID], storage.RoleMentor, why)
		}
	}
	for k := range s.mentees {
		if why := outcome.LeftMentees[k]; why != "" {
			s.leave(s.addresses[s.mentees[k].ID], storage.RoleMentee, why)
		}
	}
	return views
}
