package relay_test

import (
	"encoding/base64"
	"io"
	"maps"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay"
	"mentorrelay/relay/programme"
	"mentorrelay/storage"
)

// invited pairs Carol with Ben, and returns the surveys that both get.
func (b *bench) invited() (*storage.Pair, map[string]sent) {
	b.t.Helper()
	ctx := b.t.Context()
	c, n := b.state(carol), b.state(ben)
	p := &storage.Pair{ProgrammeID: b.pair.ProgrammeID, MentorID: c.ID, MenteeID: n.ID, State: storage.PairInvited, CreatedAt: b.now, Masks: []storage.Mask{
		{WriterID: c.ID, ReaderID: n.ID, Token: "ddddddaa", Name: "Ben"},
		{WriterID: n.ID, ReaderID: c.ID, Token: "ddddddzz", Name: "Carol"},
	}}
	b.must(b.store.CreatePair(ctx, p))
	p, err := b.store.PairByID(ctx, p.ID)
	b.must(err)
	b.must(b.desk.Invite(ctx, p))
	asked := map[string]sent{}
	for _, m := range b.outbox() {
		asked[m.Recipient] = m
	}
	return p, asked
}

// reply answers a survey from an address.
func (b *bench) reply(to sent, from, body string) error {
	b.t.Helper()
	address := strings.Trim(to.Header.Get("Reply-To"), "<>")
	return b.send(relay.SMTP, from, letter(from, address, "<s"+strings.ReplaceAll(b.now.Format(time.RFC3339Nano)+body[:min(len(body), 8)], " ", "")+from+">", body), address)[0]
}

// nextPart is where the next part of a mail of ours begins.
var nextPart = regexp.MustCompile(`\r\n--[a-z0-9]{20}`)

// words are the text of a mail, its first part's if there are several.
func (m sent) words(t testing.TB) string {
	t.Helper()
	_, body, _ := strings.Cut(m.raw, "quoted-printable\r\n\r\n")
	if end := nextPart.FindStringIndex(body); end != nil {
		body = body[:end[0]]
	}
	text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(body)))
	if err != nil && !strings.Contains(err.Error(), "invalid") {
		t.Fatal(err)
	}
	return string(text)
}

// TestSurveyByReply follows a pair from the first question to the introduction.
func TestSurveyByReply(t *testing.T) {
	b := newBench(t, "")
	pair, asked := b.invited()
	if len(asked) != 2 || !strings.Contains(asked[carol].words(t), "1. ") || !strings.Contains(asked[ben].words(t), "   c) chaque mois") {
		t.Fatalf("%d were asked:\n%s", len(asked), asked[ben].words(t))
	}
	b.must(b.desk.Invite(t.Context(), pair))
	b.none("asked again")

	// Carol answers all; nothing begins.
	b.must(b.reply(asked[carol], carol, "1c 2b 3d\n4: les rivières, la négociation, le vélo\n5: relire\n6b 7: 4\n8a"))
	if thanks := b.one(); thanks.Recipient != carol || !strings.Contains(thanks.words(t), "c) chaque mois") {
		t.Errorf("to %s:\n%s", thanks.Recipient, thanks.words(t))
	}
	got, err := b.store.Answers(t.Context(), pair.MentorID, "intake")
	b.must(err)
	want := map[string]string{"how-often": "monthly", "how": "calls", "why": "encouragement", "topics": "les rivières, la négociation, le vélo",
		"offer": "relire", "reply-time": "week", "writing": "4", "if-quiet": "mentee-first"}
	if !maps.Equal(got, want) {
		t.Errorf("answers: %v", got)
	}

	// Ben answers in part, and is asked for the rest once.
	b.must(b.reply(asked[ben], ben, "1b\n2b\n4: le vélo et les échecs"))
	again := b.one()
	if again.Recipient != ben || strings.Contains(again.words(t), "   c) chaque mois") || !strings.Contains(again.words(t), "8. ") {
		t.Errorf("to %s:\n%s", again.Recipient, again.words(t))
	}
	b.must(b.reply(again, ben, "3d 5: courir ensemble\n6a 7 3 8a"))
	introduced := map[string]sent{}
	for _, m := range b.outbox() {
		if strings.Contains(m.raw, ".vcf") {
			introduced[m.Recipient] = m
		}
	}
	text := introduced[ben].words(t)
	for _, want := range []string{"Carol", "carol.ddddddzz@relay.test", "- par téléphone ou en visio", "- le vélo", "une lettre par mois", "la personne accompagnée écrit la première"} {
		if !strings.Contains(text, want) {
			t.Errorf("Ben does not read %q in:\n%s", want, text)
		}
	}
	for _, never := range []string{"rivières", "Petit", "corp.test", "relire", "semaine"} {
		if strings.Contains(text, never) {
			t.Errorf("Ben reads %q in:\n%s", never, text)
		}
	}
	_, encoded, _ := strings.Cut(introduced[ben].raw, "Transfer-Encoding: base64")
	for _, lines := range strings.Split(encoded, "\r\n\r\n")[1:2] {
		lines, _, _ = strings.Cut(lines, "\r\n--")
		card, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(lines, "\r\n", ""))
		if err != nil || !strings.Contains(string(card), "FN:Carol\r\n") || !strings.Contains(string(card), "carol.ddddddzz@relay.test") {
			t.Errorf("%s, %v", card, err)
		}
	}
	p, err := b.store.PairByID(t.Context(), pair.ID)
	b.must(err)
	if p.State != storage.PairActive || p.Cadence != "monthly" || len(introduced) != 2 {
		t.Errorf("the pair is %s, %s; %d were introduced", p.State, p.Cadence, len(introduced))
	}

	// A changed answer counts, and introduces nobody again.
	b.must(b.reply(asked[ben], ben, "1d"))
	if m := b.one(); strings.Contains(m.raw, ".vcf") {
		t.Error("introduced again")
	}
	if got, _ := b.store.Answers(t.Context(), pair.MenteeID, "intake"); got["how-often"] != "quarterly" || got["how"] != "calls" {
		t.Errorf("changed to %v", got)
	}
}

// TestSurveyReminder checks that the one reminder comes once, and that a pair
// begins with what was answered when its time is over.
func TestSurveyReminder(t *testing.T) {
	b := newBench(t, "")
	pair, asked := b.invited()
	for _, email := range []string{alice, ben, carol} {
		_, err := b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: []storage.Change{storage.PersonTips{ID: b.state(email).ID, Tips: storage.TipsNone}}})
		b.must(err)
	}
	tick := func() {
		t.Helper()
		b.must(b.desk.Keep(t.Context(), func(programme.Due) {}))
	}
	b.must(b.reply(asked[carol], carol, "1c 2b 3d\n4: les rivières\n5: relire\n6b 7: 4\n8a"))
	b.one()
	b.now = b.now.Add(6 * day)
	tick()
	b.none("before a week has passed")
	b.now = b.now.Add(20 * day) // the service slept
	b.must(b.store.SetPersonState(t.Context(), pair.MenteeID, storage.PersonPaused))
	tick()
	b.none("to somebody on a pause")
	b.must(b.store.SetPersonState(t.Context(), pair.MenteeID, storage.PersonActive))
	b.now = b.now.Add(day)
	tick()
	if m := b.one(); m.Recipient != ben {
		t.Errorf("reminded %s", m.Recipient)
	}
	tick()
	b.none("after the reminder")
	b.must(b.reply(asked[ben], ben, "1b"))
	introduced := 0
	for _, m := range b.outbox() {
		if strings.Contains(m.raw, ".vcf") {
			introduced++
		}
	}
	p, err := b.store.PairByID(t.Context(), pair.ID)
	b.must(err)
	if introduced != 2 || p.State != storage.PairActive {
		t.Errorf("%d were introduced, the pair is %s", introduced, p.State)
	}
	tick()
	b.none("once it has begun")
}

// TestSurveyBadReplies checks what answers nothing.
func TestSurveyBadReplies(t *testing.T) {
	b := newBench(t, "")
	pair, asked := b.invited()
	to := strings.Trim(asked[ben].Header.Get("Reply-To"), "<>")
	for name, c := range map[string]struct {
		from, body, field string
		want              int
	}{
		"from the other of the pair": {carol, "1c", "", 550},
		"from a stranger":            {"eve@evil.test", "1c", "", 550},
		"a robot":                    {ben, "1c", "Auto-Submitted: auto-replied\n", 250},
		"only a signature":           {ben, "\n-- \nBen Durand\n1c", "", 250},
		"only a quotation":           {ben, "> 1c\n> 2b", "", 250},
	} {
		if got := code(b.send(relay.SMTP, c.from, letter(c.from, to, "<"+name+"@x.test>", c.body, c.field), to)[0]); got != c.want {
			t.Errorf("%s: answered %d", name, got)
		}
	}
	if got, err := b.store.Answers(t.Context(), pair.MenteeID, "intake"); err != nil || len(got) != 0 {
		t.Errorf("answers: %v, %v", got, err)
	}
	b.none("what answers nothing")
	b.must(b.reply(asked[ben], ben, "Bonjour, merci, je vous réponds demain."))
	b.none("a promise to answer")
	if s, err := b.store.SurveysOf(t.Context(), pair.MenteeID, "intake"); err != nil || len(s) != 1 || s[0].State != storage.SurveyAsked {
		t.Errorf("the reminder is not due any more: %+v, %v", s, err)
	}
	b.now = b.now.Add(400 * day)
	if got := code(b.reply(asked[ben], ben, "1c")); got != 550 {
		t.Errorf("to an expired address: %d", got)
	}
}

// TestNoReminderWhileAway checks that nobody is reminded who said to be away.
func TestNoReminderWhileAway(t *testing.T) {
	b := newBench(t, "")
	pair, asked := b.invited()
	var changes []storage.Change
	for _, email := range []string{alice, ben, carol} {
		changes = append(changes, storage.PersonTips{ID: b.state(email).ID, Tips: storage.TipsNone})
	}
	from := b.now.Format(time.DateOnly)
	changes = append(changes, storage.Absence{PersonID: pair.MenteeID, From: from, Until: b.now.Add(12 * day).Format(time.DateOnly), NotedAt: b.now})
	_, err := b.store.Accept(t.Context(), &storage.Acceptance{At: b.now, Changes: changes})
	b.must(err)
	b.must(b.reply(asked[carol], carol, "1c 2b 3d\n4: les rivières\n5: relire\n6b 7: 4\n8a"))
	b.one()
	for range 12 {
		b.now = b.now.Add(day)
		b.tick()
		for _, m := range b.outbox() {
			if strings.Contains(decoded(t, m.Header.Get("Subject")), "reste ouvert") {
				t.Errorf("he is reminded while he is away, on %s", b.now)
			}
		}
	}
	b.now = b.now.Add(2 * day)
	b.tick()
	if m := b.one(); m.Recipient != ben || !strings.Contains(decoded(t, m.Header.Get("Subject")), "reste ouvert") {
		t.Errorf("to %s: %s", m.Recipient, m.raw)
	}
}

// TestWhoWritesFirst checks that who answers "I" is who they are in the pair.
func TestWhoWritesFirst(t *testing.T) {
	b := newBench(t, "")
	pair, asked := b.invited()
	for address, want := range map[string]string{carol: "mentor-first", ben: "mentee-first"} {
		b.must(b.reply(asked[address], address, "1c\n2a\n8. J'écrirai en premier"))
		got, err := b.store.Answers(t.Context(), b.state(address).ID, "intake")
		if b.must(err); got["if-quiet"] != want {
			t.Errorf("%s of pair %d: %v", address, pair.ID, got)
		}
	}
}

// TestFilledIn checks that a survey that Outlook quotes without marks, and that is
// filled in right there, is read, though it begins with the quotation.
func TestFilledIn(t *testing.T) {
	b := newBench(t, "")
	_, asked := b.invited()
	text := asked[carol].words(t)
	text = text[strings.Index(text, "1. "):strings.Index(text, "3. ")]
	filled := "De : Horizon <help@relay.test>\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : Carol <carol@corp.test>\nObjet : Quelques questions\n\n" +
		strings.NewReplacer("\r\n", "\n", "2. ", "chaque mois\n\n2. ").Replace(text) + "par courriel\n"
	address := strings.Trim(asked[carol].Header.Get("Reply-To"), "<>")
	raw := strings.Replace(letter(carol, address, "<1@corp.test>", filled), "Subject: ", "Subject: RE: ", 1)
	b.must(b.send(relay.SMTP, carol, raw, address)[0])
	got, err := b.store.Answers(t.Context(), b.state(carol).ID, "intake")
	b.must(err)
	if want := map[string]string{"how-often": "monthly", "how": "mail"}; !maps.Equal(got, want) {
		t.Errorf("answers: %v\n%s", got, raw)
	}
}
