package main

import (
	"context"
	"fmt"
	"maps"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mentorrelay/storage"
)

// store is the storage of a box, beside the commands.
func (b *box) store(t testing.TB) *installation {
	t.Helper()
	m := &Main{Environ: b.environ, Now: func() time.Time { return noon }}
	i, err := m.open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := i.Close(); err != nil {
			t.Error(err)
		}
	})
	return i
}

// fillIn stores what a person answers to the survey that they were sent last,
// as in "how=mail, topics=la course, why=field", and that nothing is missing.
func fillIn(t testing.TB, i *installation, address, answers string) {
	t.Helper()
	p, err := i.person(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	sent, err := i.SurveysOf(t.Context(), p.ID, "intake")
	if err != nil || len(sent) == 0 {
		t.Fatalf("%s was asked nothing: %v", address, err)
	}
	last := sent[len(sent)-1]
	a := &storage.Acceptance{At: noon, Changes: []storage.Change{storage.SurveyMoved{ID: last.ID, From: last.State, To: storage.SurveyAnswered}}}
	for part := range strings.SplitSeq(answers, ", ") {
		question, value, _ := strings.Cut(part, "=")
		a.Changes = append(a.Changes, storage.Answer{PersonID: p.ID, Survey: "intake", Question: question, Value: value, Source: part, At: noon})
	}
	if _, err := i.Accept(t.Context(), a); err != nil {
		t.Fatal(err)
	}
}

// village is a programme with three mentors and four mentees who have answered,
// and three people who can't be paired yet.
func village(t *testing.T) *box {
	b := initBox(t)
	for _, p := range []struct{ name, address, role, answers, zone string }{
		{"Alice Martin", "alice@corp.test", "mentor", "how-often=monthly, how=open, why=outside-view, topics=La négociation et les réseaux, offer=Relire une candidature", ""},
		{"Bruno Petit", "bruno@corp.test", "mentor", "how-often=quarterly, how=mail, why=field, topics=L'énergie solaire", "America/Montreal"},
		{"Carol Smith", "carol@corp.test", "mentor", "how-often=weekly, how=calls, why=encouragement, topics=Music", ""},
		{"Dora Blanc", "dora@uni.test", "mentee", "how-often=monthly, how=calls, why=outside-view, topics=NEGOCIATION; écrire une candidature", ""},
		{"Emil Noir", "emil@uni.test", "mentee", "how-often=monthly, how=mail, why=field, topics=Réseau électrique et energie", ""},
		{"Fanny Roux", "fanny@uni.test", "mentee", "how=meetings", ""},
		{"Gil O'Neil", "gil.o'neil@uni.test", "mentee", "how-often=weekly, how=open, why=encouragement, topics=music and rivers", ""},
		{"Hugo Brun", "hugo@uni.test", "mentee", "", ""},
		{"Inès Vert", "ines@uni.test", "", "", ""},
		{"Jean Gris", "jean@uni.test", "mentor", "how=mail", ""},
	} {
		language := "fr"
		if p.address == "carol@corp.test" || p.role == "mentee" && strings.Contains(p.answers, " and ") {
			language = "en-GB"
		}
		args := []string{"person", "add", "--name", p.name, "--email", p.address, "--language", language}
		if p.zone != "" {
			args = append(args, "--timezone", p.zone)
		}
		b.must(t, args...)
		if p.role != "" {
			b.must(t, "survey", "send", "intake", "--role", p.role, "--to", p.address)
		}
		if p.answers != "" {
			fillIn(t, b.store(t), p.address, p.answers)
		}
	}
	b.must(t, "person", "pause", "jean@uni.test")
	return b
}

// TestSuggest reads what a coordinator sees, in both languages.
func TestSuggest(t *testing.T) {
	b := village(t)
	for file, args := range map[string][]string{
		"suggest.fr": {"pair", "suggest"}, "suggest.json": {"pair", "suggest", "--json"}, "suggest.left": {"pair", "suggest", "--left", "--json"},
	} {
		golden(t, file, b.must(t, args...))
	}
	b.must(t, "programme", "set", "horizon", "--language", "en-GB")
	for range 3 { // the same each time
		golden(t, "suggest.en", b.must(t, "pair", "suggest", "--per-mentor", "2"))
	}
}

// golden compares with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (-update writes it), got:\n%s", file, got)
	}
}

// TestSuggestAccepted makes the suggested pairs, with the very commands that
// are printed, ends one, and sees who is suggested then.
func TestSuggestAccepted(t *testing.T) {
	b := village(t)
	pairs := func(args ...string) map[string]string {
		found := map[string]string{}
		for _, v := range decode[[]suggestionView](t, b, append([]string{"pair", "suggest"}, args...)...) {
			found[v.Mentee] = v.Mentor
		}
		return found
	}
	for _, v := range decode[[]suggestionView](t, b, "pair", "suggest") {
		command := strings.ReplaceAll(strings.ReplaceAll(v.Accept, `'\''`, "\x00"), "'", "") // as a shell reads it
		p := decode[pairView](t, b, strings.Fields(strings.ReplaceAll(command, "\x00", "'"))[1:]...)
		if p.State != "active" || p.Mentor != v.Mentor || p.Mentee != v.Mentee {
			t.Errorf("%s: %+v", v.Accept, p)
		}
	}
	if got := pairs(); len(got) != 0 {
		t.Errorf("all are paired, and still: %v", got)
	}
	if got := pairs("--per-mentor", "2"); len(got) != 1 || got["fanny@uni.test"] == "" {
		t.Errorf("with room for one more each: %v", got)
	}
	b.must(t, "pair", "end", "1")
	if got := pairs(); !maps.Equal(got, map[string]string{"fanny@uni.test": "alice@corp.test"}) {
		t.Errorf("when one has ended: %v, and those two never again", got)
	}
}

// TestSuggestByMail goes the whole way: two people are asked in a role, answer
// by mail, are suggested to each other, and begin as soon as that is accepted.
func TestSuggestByMail(t *testing.T) {
	b := initBox(t, open...)
	s := serve(t, b, nil)
	defer func() {
		s.stop()
		if err := <-s.ended; err != nil {
			t.Error(err)
		}
	}()
	for _, p := range []struct{ name, address, role, answers string }{
		{"Alice Martin", "alice@corp.test", "mentor", "1c\r\n2d\r\n3c\r\n4. la négociation\r\n5. relire\r\n6b\r\n7. 3\r\n8a\r\n"},
		{"Ben Durand", "ben@uni.test", "mentee", "1b\r\n2b\r\n3c\r\n4. négociation, course\r\n5. courir\r\n6a\r\n7. 4\r\n8c\r\n"},
	} {
		b.must(t, "person", "add", "--name", p.name, "--email", p.address)
		b.must(t, "survey", "send", "intake", "--role", p.role, "--to", p.address)
		i := b.store(t)
		person, err := i.person(t.Context(), p.address)
		if err != nil {
			t.Fatal(err)
		}
		sent, err := i.SurveysOf(t.Context(), person.ID, "intake")
		if err != nil || len(sent) != 1 || sent[0].Role != p.role {
			t.Fatalf("%s was asked %+v: %v", p.address, sent, err)
		}
		to := i.masks.Survey(sent[0].ID, noon)
		letter := "From: " + p.address + "\r\nTo: " + to + "\r\nMessage-ID: <1." + p.address + ">\r\nSubject: Re: questions\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + p.answers
		if err := smtp.SendMail(s.doors[0].address.String(), nil, p.address, []string{to}, []byte(letter)); err != nil {
			t.Fatal(err)
		}
	}
	list := decode[[]suggestionView](t, b, "pair", "suggest")
	if len(list) != 1 || list[0].Score != 10+20+15+15+10 {
		t.Fatalf("suggested: %+v", list)
	}
	if p := decode[pairView](t, b, strings.Fields(list[0].Accept)[1:]...); p.State != "active" || p.Cadence != "monthly" {
		t.Errorf("accepted: %+v", p)
	}
}

// TestSuggestRoles asks people in a role, each once.
func TestSuggestRoles(t *testing.T) {
	b := initBox(t, open...)
	b.must(t, "person", "add", "--name", "Alice Martin", "--email", "alice@corp.test")
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "ben@uni.test")
	ask := func(role string, to ...string) []askedView {
		args := []string{"survey", "send", "intake", "--role", role}
		for _, address := range to {
			args = append(args, "--to", address)
		}
		return decode[[]askedView](t, b, args...)
	}
	for _, test := range []struct {
		role, to string
		asked    bool
		queued   int
	}{
		{"mentor", "alice@corp.test", true, 1},
		{"mentor", "alice@corp.test", false, 1},
		{"mentee", "alice@corp.test", true, 2},
		{"mentee", "ben@uni.test", true, 3},
	} {
		if got := ask(test.role, test.to); !slices.Equal(got, []askedView{{test.to, test.role, test.asked}}) {
			t.Errorf("%+v: %+v", test, got)
		}
		if list := decode[[]deliveryView](t, b, "queue", "list"); len(list) != test.queued {
			t.Errorf("%+v: %d mails are queued", test, len(list))
		}
	}
	if got := b.must(t, "survey", "send", "intake", "--role", "mentee", "--to", "ben@uni.test"); got != "ben@uni.test  mentee  asked before\n" {
		t.Error(got)
	}
	b.fails(t, exitFailed, "nobody has the address eve@uni.test", "survey", "send", "intake", "--role", "mentor", "--to", "ben@uni.test", "--to", "eve@uni.test")
	b.fails(t, exitFailed, "--role and --to go together", "survey", "send", "intake", "--role", "mentor")
	b.fails(t, exitFailed, "--role and --to go together", "survey", "send", "intake", "--to", "ben@uni.test")
	b.fails(t, exitUsage, "--role", "survey", "send", "intake", "--role", "friend", "--to", "ben@uni.test")
	b.fails(t, exitFailed, "--per-mentor takes 1 to 10", "pair", "suggest", "--per-mentor", "0")
	b.fails(t, exitFailed, "--per-mentor takes 1 to 10", "pair", "suggest", "--per-mentor", "11")
	b.fails(t, exitFailed, "--least 0 to 100", "pair", "suggest", "--least", "101")
	if got := decode[[]leftView](t, b, "pair", "suggest", "--left"); len(got) != 2 || got[1].Role != "mentee" {
		t.Errorf("who has not answered: %+v", got)
	}
	if list := decode[[]deliveryView](t, b, "queue", "list"); len(list) != 3 {
		t.Errorf("%d mails are queued at last", len(list))
	}
}

func TestQuoted(t *testing.T) {
	for word, want := range map[string]string{
		"alice@corp.test": "alice@corp.test", "a+b@c.test": "a+b@c.test", "": "''", "o'neil@c.test": `'o'\''neil@c.test'`, "a&b@c.test": "'a&b@c.test'", "é@c.test": "'é@c.test'",
	} {
		if got := quoted(word); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

// BenchmarkSuggest suggests among 1,000 mentors and 1,000 mentees out of the
// database.
func BenchmarkSuggest(b *testing.B) {
	dir := b.TempDir()
	box := &box{dir: dir, environ: []string{"MENTORRELAY_CONFIG=" + filepath.Join(dir, configName)}}
	run := func(args ...string) {
		m := &Main{Stdout: new(strings.Builder), Stderr: os.Stderr, Environ: box.environ, Now: func() time.Time { return noon }}
		if m.Run(b.Context(), args) != exitDone {
			b.Fatal(args)
		}
	}
	run("init", "--dir", dir, "--domain", "relay.test", "--programme", "Horizon", "--coordinator", "coord@horizon.test", "--language", "fr", "--timezone", "Europe/Paris")
	i := box.store(b)
	programme, err := i.programme(b.Context(), "")
	if err != nil {
		b.Fatal(err)
	}
	options := map[string][]string{
		"how-often": {"weekly", "fortnightly", "monthly", "quarterly", "as-needed"}, "how": {"mail", "calls", "meetings", "open"},
		"why": {"local", "field", "outside-view", "encouragement"}, "topics": {"droit, musique", "musique et course", "énergie", "vente, droit", "course"},
	}
	a := &storage.Acceptance{At: noon}
	for n := range 2000 {
		address := fmt.Sprintf("p%d@uni.test", n)
		p := &storage.Person{Name: "Zoé", Language: "fr", Timezone: "Europe/Paris", State: storage.PersonActive, CreatedAt: noon,
			Addresses: []storage.Address{{Address: address, Canonical: address, AddedAt: noon}}}
		if err := i.CreatePerson(b.Context(), programme.ID, p); err != nil {
			b.Fatal(err)
		}
		s := storage.NewSurvey()
		s.Key, s.ProgrammeID, s.PersonID, s.Role, s.SentAt, s.RemindAt = "intake", programme.ID, p.ID, []string{"mentor", "mentee"}[n%2], noon, noon
		a.Changes = append(a.Changes, s)
		for question, values := range options {
			a.Changes = append(a.Changes, storage.Answer{PersonID: p.ID, Survey: "intake", Question: question, Value: values[n/2*7%len(values)], At: noon})
		}
	}
	if _, err := i.Accept(b.Context(), a); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		run("pair", "suggest", "--json")
	}
}
