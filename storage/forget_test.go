package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// texts is every column that holds text or bytes, with what forgetting a person
// does about it. A new one is to be thought about: may it tell who somebody is?
var texts = map[string]string{
	"absence.from":          deleted,
	"absence.until":         deleted,
	"address.address":       deleted,
	"address.canonical":     deleted,
	"answer.question":       deleted,
	"answer.source":         deleted,
	"answer.survey":         deleted,
	"answer.value":          deleted,
	"appointment.kind":      nameless,
	"ask.text":              deleted,
	"audit.action":          nameless,
	"bounce.class":          deleted,
	"bounce.status":         deleted,
	"chunk.bytes":           "deleted, but for their letters that are under way",
	"delivery.kind":         nameless,
	"delivery.owner":        nameless,
	"delivery.recipient":    deleted,
	"delivery.state":        nameless,
	"delivery.status":       nameless,
	"hold.address":          deleted,
	"hold.door":             deleted,
	"hold.kind":             deleted,
	"hold.mail_from":        deleted,
	"hold.receipt":          deleted,
	"hold.state":            deleted,
	"hold.token":            deleted,
	"instance.name":         others,
	"mask.name":             deleted,
	"mask.token":            deleted,
	"message.language":      nameless,
	"message.masked_id":     nameless, // a signature
	"message.original_id":   "emptied",
	"message.pace":          nameless,
	"notice.day":            deleted,
	"notice.kind":           deleted,
	"nudge.facts":           "emptied",
	"nudge.key":             nameless,
	"nudge.moment":          "replaced",
	"pair.cadence":          nameless,
	"pair.state":            nameless,
	"person.language":       "emptied",
	"person.name":           "emptied",
	"person.state":          nameless,
	"person.timezone":       "emptied",
	"person.tips":           nameless,
	"programme.coordinator": others,
	"programme.display":     others,
	"programme.key":         others,
	"programme.language":    others,
	"programme.name":        others,
	"programme.opaque":      others,
	"programme.policy":      others,
	"programme.timezone":    others,
	"receipt.key":           nameless, // a hash
	"request.action":        deleted,
	"request.pairs":         deleted,
	"request.state":         deleted,
	"survey.key":            deleted,
	"survey.role":           deleted,
	"survey.state":          deleted,
}

const (
	deleted  = "deleted"
	nameless = "kept, and says nothing of who it is"
	others   = "kept, and is not theirs"
)

// columns lists the columns of the schema that are of some types, as in
// person.name.
func columns(t *testing.T, s *Storage, types ...string) (list []string) {
	t.Helper()
	schema := "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND UPPER(data_type) IN ?"
	if s.engine.alone() {
		schema = "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type IN ?"
	}
	must(t, s.read.Raw(schema, types).Scan(&list).Error)
	slices.Sort(list)
	return list
}

// textColumns lists those that hold text or bytes.
func textColumns(t *testing.T, s *Storage) []string {
	return columns(t, s, "TEXT", "BLOB", "BYTEA")
}

// peopleColumns lists those that hold people's numbers.
func peopleColumns(t *testing.T, s *Storage) []string {
	return slices.DeleteFunc(columns(t, s, "BIGINT", "INTEGER"), func(column string) bool {
		_, name, _ := strings.Cut(column, ".")
		return !slices.Contains([]string{"person_id", "writer_id", "reader_id", "sender_id", "mentor_id", "mentee_id"}, name)
	})
}

// whereReferred gives for each of them how many of its rows hold this number.
func whereReferred(t *testing.T, s *Storage, personID int64) map[string]int64 {
	t.Helper()
	referred := map[string]int64{}
	for _, column := range peopleColumns(t, s) {
		table, name, _ := strings.Cut(column, ".")
		var n int64
		must(t, s.read.Table(table).Where(name+" = ?", personID).Count(&n).Error)
		if n > 0 {
			referred[column] = n
		}
	}
	return referred
}

// whereFound gives for each column that holds text how many of its rows hold
// one of the words.
func whereFound(t *testing.T, s *Storage, words ...string) map[string]int {
	t.Helper()
	found := map[string]int{}
	for _, column := range textColumns(t, s) {
		table, name, _ := strings.Cut(column, ".")
		rows, err := s.read.Table(table).Select(`"` + name + `"`).Rows()
		must(t, err)
		for rows.Next() {
			var value []byte
			must(t, rows.Scan(&value))
			value = bytes.ToLower(value)
			if slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(value, []byte(strings.ToLower(w))) }) {
				found[column]++
			}
		}
		must(t, errors.Join(rows.Err(), rows.Close()))
	}
	return found
}

// Every column that holds text is thought about.
func TestForgettingThinksOfAllColumns(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		found := textColumns(t, open(t, address))
		if known := slices.Sorted(maps.Keys(texts)); !slices.Equal(found, known) {
			t.Errorf("the schema has the columns\n%q\nand forgetting thinks of\n%q", found, known)
		}
	})
}

// A biography is all that can be stored about the mentee of a community, with
// words in it that must not be found once they are forgotten.
func biography(t *testing.T, s *Storage, c *community) (words []string) {
	t.Helper()
	ctx := t.Context()
	id, pair, day := c.mentee.ID, c.pair.ID, 24*time.Hour
	accept(t, s, c.letter(s, "to them", []byte("Dear Ben")))
	sent := claim(t, s, "x", start(), 9)
	must(t, s.Finish(ctx, &Outcome{Delivery: &sent[0], State: DeliverySent, Status: "250", At: start()}))
	accept(t, s, c.letter(s, "that waits", letters(2*chunkSize)))
	reply := c.letter(s, "", []byte("From: Ben"))
	reply.Key, reply.At = []byte("their answer"), start().Add(time.Hour)
	reply.Message.WriterID, reply.Message.At, reply.Message.Asks, reply.Message.Pace = id, reply.At, 1, "month"
	reply.Message.OriginalID, reply.Message.MaskedID = "<4711@laptop-of-ben.example>", "<secret@relay.example>"
	reply.Asks = []Ask{{Text: "Could you read my thesis on lichens?", ExpiresAt: start().Add(60 * day)}}
	reply.Mails[0].Delivery = Delivery{Kind: DeliveryRelay, SenderID: id, PersonID: c.mentor.ID, PairID: pair, Recipient: "alice0@corp.example"}
	accept(t, s, reply)
	asked := c.letter(s, "asks", []byte("Ben, how are the lichens?"))
	asked.Asks = []Ask{{Text: "Ben, how are the lichens?", ExpiresAt: start().Add(60 * day)}}
	accept(t, s, asked)
	survey := NewSurvey()
	survey.Key, survey.ProgrammeID, survey.PersonID, survey.Role, survey.SentAt, survey.RemindAt = "intake", c.programme.ID, id, RoleMentee, start(), start().Add(day)
	request := NewRequest()
	request.Action, request.ProgrammeID, request.PersonID, request.Pairs, request.AskedAt, request.ExpiresAt = "end", c.programme.ID, id, []int64{pair}, start(), start().Add(day)
	for _, x := range []Change{
		survey, request,
		Appointed{Appointment{AppointmentSurvey, survey.ID, start().Add(day)}},
		Appointed{Appointment{AppointmentResume, id, start().Add(day)}},
		AddressAdded{Address{PersonID: id, Address: "Ben@Cabin.example", Canonical: "ben@cabin.example", AddedAt: start()}},
		Answer{PersonID: id, Survey: "intake", Question: "topics", Value: "moss and lichens", Source: "4. moss and lichens", At: start()},
		Answer{PersonID: c.mentor.ID, Survey: "intake", Question: "topics", Value: "negotiating", Source: "4. negotiating", At: start()},
		Absence{PersonID: id, From: "2026-08-01", Until: "2026-08-21", NotedAt: start()},
		Bounce{DeliveryID: sent[0].ID, PersonID: id, Class: "full", Status: "5.2.2", At: start()},
		Nudge{PersonID: id, PairID: pair, Key: "give-back", Moment: "letter 3", At: start(), JudgedAt: start().Add(14 * day), Facts: `{"Offer":"lichens"}`},
		Nudge{PersonID: c.mentor.ID, PairID: pair, Key: "open-question", Moment: "letter 3", At: start(), JudgedAt: start().Add(14 * day), Facts: `{"Asks":"my thesis on lichens"}`, Withheld: true},
		Audit{At: start(), Action: AuditComplaint, PersonID: id, PairID: pair},
		Audit{At: start(), Action: AuditReported, PersonID: c.mentor.ID, PairID: pair},
	} {
		change(t, s, x)
	}
	b := s.NewBody(ctx, start())
	b.Write([]byte("Dear Ben, this month"))
	accept(t, s, &Acceptance{Key: []byte("notice"), At: start(), Mails: []Outgoing{{
		Delivery: Delivery{Kind: DeliveryNotice, PersonID: id, PairID: pair, Recipient: "ben0@uni.example"}, Body: b,
		Once: &Notice{Kind: "stopped", PersonID: id, SubjectID: pair, Day: "2026-03-29 reported"},
	}}})
	held := c.holding(s, "held", 9, []byte("From: ben@elsewhere.example"))
	held.Hold.Hold.Kind, held.Hold.Hold.WriterID, held.Hold.Hold.Token, held.Hold.Hold.Address, held.Hold.Hold.MailFrom = HoldAddress, id, "b0", "ben@elsewhere.example", "ben@elsewhere.example"
	accept(t, s, held)
	return []string{"ben", "lichens", "laptop", "uni.example", "elsewhere.example", "cabin.example", "2026-08-", "stopped"}
}

// Nothing that identifies a person is left once they are forgotten, and what
// stays is still counted. Forgetting them again changes nothing.
func TestForget(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		words := biography(t, s, c)
		before := whereFound(t, s, words...)
		for column, what := range texts {
			table, _, _ := strings.Cut(column, ".")
			tells := slices.Contains([]string{"address", "answer", "ask", "chunk", "hold", "mask", "message", "notice", "nudge", "absence"}, table)
			if what == deleted && tells && !slices.ContainsFunc(slices.Collect(maps.Keys(before)), func(c string) bool { return strings.HasPrefix(c, table+".") }) {
				t.Errorf("nothing in %s is to be forgotten, so this test tells nothing of it", table)
			}
		}
		if before, all := whereReferred(t, s, c.mentee.ID), peopleColumns(t, s); len(before) != len(all)-1 {
			t.Errorf("of %q the test has only %v: it should have all but pair.mentor_id", all, before)
		}
		ended, err := s.Forget(ctx, c.mentee.ID, start().Add(2*time.Hour))
		if err != nil || !slices.Equal(ended, []int64{c.pair.ID}) {
			t.Errorf("ended %v, %v", ended, err)
		}
		for range 2 {
			if found := whereFound(t, s, words...); len(found) != 1 || found["chunk.bytes"] != 1 {
				t.Errorf("left: %v, want one letter of theirs that is under way", found)
			}
			if got := fmt.Sprint(whereReferred(t, s, c.mentee.ID)); got != "map[audit.person_id:1 message.writer_id:1 nudge.person_id:1 pair.mentee_id:1]" {
				t.Errorf("referred to by %s", got)
			}
			letters, err := s.Messages(ctx, c.pair.ID)
			must(t, err)
			if len(letters) != 4 || letters[3].WriterID != c.mentee.ID || letters[3].Asks != 1 || letters[0].OriginalID == "" {
				t.Errorf("letters: %+v", letters)
			}
			effects, err := s.Effects(ctx, c.programme.ID, start().Add(30*24*time.Hour))
			must(t, err)
			if got := fmt.Sprint(effects); got != "[{give-back false 1 0} {open-question true 1 1}]" {
				t.Errorf("tips: %s", got)
			}
			if audits, err := s.Audits(ctx, c.pair.ID); err != nil || len(audits) != 2 {
				t.Errorf("audits: %+v, %v", audits, err)
			}
			if ended, err := s.Forget(ctx, c.mentee.ID, start().Add(2*time.Hour)); err != nil || len(ended) != 0 {
				t.Errorf("again: ended %v, %v", ended, err)
			}
		}
		for _, token := range []string{"a0", "b0"} {
			if _, err := s.Route(ctx, token); !errors.Is(err, ErrNotFound) {
				t.Errorf("mask %s: %v", token, err)
			}
		}
		if _, err := s.PersonByAddress(ctx, "ben0@uni.example"); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if p, err := s.PersonByID(ctx, c.mentee.ID); err != nil || p.Name != "" || p.State != PersonForgotten || !p.Muted || len(p.Addresses) != 0 {
			t.Errorf("%+v, %v", p, err)
		}
		if list, err := s.Persons(ctx, c.programme.ID); err != nil || len(list) != 1 || list[0].ID != c.mentor.ID {
			t.Errorf("listed: %+v, %v", list, err)
		}
		if _, err := s.Forget(ctx, 99, start()); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

// What somebody forgotten wrote before is sent, and nobody writes to them about
// it; what was for them is not sent, though it is in somebody's hand.
func TestForgetAndTheQueue(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		accept(t, s, c.letter(s, "one", letters(2*chunkSize)))
		inHand := claim(t, s, "x", start(), 1)
		accept(t, s, c.letter(s, "two", []byte("x")))
		reply := c.letter(s, "three", []byte("x"))
		reply.Mails[0].Delivery.PersonID, reply.Mails[0].Delivery.SenderID = c.mentor.ID, c.mentee.ID
		accept(t, s, reply)
		_, err := s.Forget(ctx, c.mentee.ID, start())
		must(t, err)
		if err := s.Finish(ctx, &Outcome{Delivery: &inHand[0], State: DeliverySent, At: start()}); !errors.Is(err, ErrNotFound) {
			t.Errorf("what was in hand: %v", err)
		}
		due := claim(t, s, "x", start(), 9)
		if len(due) != 1 || due[0].PersonID != c.mentor.ID || due[0].SenderID != 0 || string(read(t, s, &due[0])) != "x" {
			t.Errorf("to be sent: %+v", due)
		}
		var chunks int64
		must(t, s.read.Model(&Chunk{}).Count(&chunks).Error)
		if chunks != 1 {
			t.Errorf("%d chunks are left, want 1", chunks)
		}
	})
}

// The change does at once what must be, with the mails that tell of it, and
// leaves an appointment for the rest.
func TestForgottenIsAChange(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		words := biography(t, s, c)
		early := c.letter(s, "early", []byte("x"))
		early.At, early.Mails[0].Delivery.SenderID, early.Mails[0].Delivery.PersonID, early.Mails[0].Delivery.Recipient = start().Add(-time.Hour), c.mentee.ID, c.mentor.ID, "alice0@corp.example"
		accept(t, s, early)
		if inHand := claim(t, s, "x", start(), 2); len(inHand) != 2 || inHand[0].SenderID != c.mentee.ID || inHand[1].PersonID != c.mentee.ID {
			t.Fatalf("in hand: %+v", inHand)
		}
		tell := c.letter(s, "told", []byte("x"))
		tell.Message, tell.Mails[0].Delivery = nil, Delivery{Kind: DeliveryNotice, PersonID: c.mentor.ID, PairID: c.pair.ID, Recipient: "alice0@corp.example"}
		tell.Changes = []Change{Forgotten{c.mentee.ID, start()}}
		accept(t, s, tell)
		if fresh := change(t, s, Forgotten{c.mentee.ID, start()}); fresh {
			t.Error("forgotten twice")
		}
		if found := whereFound(t, s, words...); found["message.original_id"] != 1 || found["address.canonical"] != 0 || found["delivery.recipient"] != 0 {
			t.Errorf("left for later: %v", found)
		}
		if n := whereReferred(t, s, c.mentee.ID); n["delivery.sender_id"] != 0 || n["delivery.person_id"] != 1 {
			t.Errorf("mail: %v, want the one that was sent", n)
		}
		var list []Appointment
		must(t, s.read.Where("kind <> ? AND subject_id <> ?", AppointmentProgramme, c.mentor.ID).Find(&list).Error)
		if len(list) != 1 || list[0].Kind != AppointmentForget || !list[0].At.Equal(stored(start().Add(forgetAgain))) {
			t.Fatalf("appointments: %+v", list)
		}
		_, err := s.Forget(ctx, c.mentee.ID, list[0].At.Add(-time.Second))
		must(t, err)
		if list, err := s.AppointmentsDue(ctx, list[0].At, Appointment{AppointmentForget, 0, list[0].At}, 9); err != nil || len(list) != 1 {
			t.Errorf("once more: %+v, %v", list, err)
		}
		_, err = s.Forget(ctx, c.mentee.ID, list[0].At)
		must(t, err)
		if list, err := s.AppointmentsDue(ctx, list[0].At, Appointment{AppointmentForget, 0, list[0].At}, 9); err != nil || len(list) != 0 {
			t.Errorf("for ever: %+v, %v", list, err)
		}
	})
}

// Letters that come in while somebody is forgotten leave nothing in the end.
func TestForgetWhileLettersComeIn(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		server, cli := open(t, address), open(t, address)
		c := newCommunity(t, server, 0)
		ctx := context.Background()
		begun, stop := make(chan struct{}, 8), make(chan struct{})
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					default:
					}
					a := c.letter(server, fmt.Sprintf("%d-%d", i, n), []byte("x"))
					if a.Asks = []Ask{{Text: "Ben?", ExpiresAt: start()}}; n%2 == 0 {
						a.Message.WriterID, a.Message.OriginalID = c.mentee.ID, "<1@laptop-of-ben>"
						a.Mails[0].Delivery = Delivery{Kind: DeliveryRelay, SenderID: c.mentee.ID, PersonID: c.mentor.ID, Recipient: "alice0@corp.example"}
					}
					if _, err := server.Accept(ctx, a); err != nil {
						t.Error(err)
						return
					}
					if n == 9 {
						begun <- struct{}{}
					}
				}
			})
		}
		for range 8 {
			<-begun
		}
		_, err := cli.Forget(ctx, c.mentee.ID, start())
		if err != nil {
			t.Error(err)
		}
		close(stop)
		wg.Wait()
		_, err = server.Forget(ctx, c.mentee.ID, start().Add(forgetAgain))
		must(t, err)
		if found := whereFound(t, server, "ben"); len(found) != 0 {
			t.Errorf("left: %v", found)
		}
		var orphans int64
		must(t, server.read.Raw("SELECT COUNT(*) FROM chunk WHERE body NOT IN (SELECT body FROM delivery)").Scan(&orphans).Error)
		if orphans != 0 {
			t.Errorf("%d bodies are nobody's", orphans)
		}
	})
}

// A long life is forgotten step by step.
func TestForgetMuch(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		numbers := " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) "
		for _, statement := range []string{
			"INSERT INTO message (pair_id, writer_id, at, size, words, language, original_id, masked_id)" + numbers +
				"SELECT 1, 1 + i % 2, ?, 1, 1, '', i || '@laptop', 'm' || i FROM n",
			"INSERT INTO delivery (kind, message_id, sender_id, person_id, pair_id, recipient, state, attempts, owner, next_at, created_at, status, body, size)" + numbers +
				"SELECT 'relay', i, 1 + i % 2, 2 - i % 2, 1, '', 'sent', 1, '', ?, ?, '', i, 1 FROM n",
		} {
			at := []any{start(), start()}
			must(t, s.writer.db.Exec(statement, at[:strings.Count(statement, "?")]...).Error)
		}
		_, err := s.Forget(ctx, c.mentee.ID, start())
		must(t, err)
		if found := whereFound(t, s, "@laptop"); found["message.original_id"] != 1250 {
			t.Errorf("left: %v, want the other's 1250", found)
		}
		var of struct{ To, From, Left int64 }
		must(t, s.read.Raw(`SELECT SUM(CASE WHEN person_id = 2 THEN 1 ELSE 0 END) AS "to", SUM(CASE WHEN sender_id = 2 THEN 1 ELSE 0 END) AS "from", COUNT(*) AS "left" FROM delivery`).Scan(&of).Error)
		if of.To != 0 || of.From != 0 || of.Left != 1250 {
			t.Errorf("deliveries: %+v", of)
		}
	})
}

// What a nudge says after its person was forgotten is still JSON.
func TestForgottenFactsAreJSON(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		biography(t, s, c)
		_, err := s.Forget(t.Context(), c.mentee.ID, start())
		must(t, err)
		list, err := s.Nudges(t.Context(), []int64{c.mentor.ID, c.mentee.ID}, start())
		must(t, err)
		for _, n := range list {
			if !json.Valid([]byte(n.Facts)) || n.Moment != fmt.Sprintf("forgotten %d", n.ID) {
				t.Errorf("%+v", n)
			}
		}
		if len(list) != 2 {
			t.Errorf("%d nudges are left, want 2", len(list))
		}
	})
}
