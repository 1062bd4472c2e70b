package notice

import (
	"context"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	alice   = &storage.Person{ID: 1, Name: "Alice Martin", Language: "en", Timezone: "Europe/London", Addresses: []storage.Address{{Address: "alice@corp.test"}}}
	zoe     = &storage.Person{ID: 2, Name: "Zoé Durand", Language: "fr-FR", Timezone: "Europe/Paris", Addresses: []storage.Address{{Address: "zoe@uni.test"}}}
	horizon = &storage.Programme{ID: 1, Name: "Horizon", Coordinator: "coord@horizon.test", Display: storage.DisplayFirst}
)

func newWriter(t *testing.T) (*Writer, *storage.Storage) {
	t.Helper()
	s, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "n.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	words, err := templates.New()
	if err != nil {
		t.Fatal(err)
	}
	scheme := &mask.Scheme{Domain: "relay.test", Secret: []byte("secret")}
	return &Writer{Words: words, Scheme: scheme, Store: s, Now: func() time.Time { return time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC) }}, s
}

// onePixel is the smallest of images.
var onePixel, _ = base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")

// queued stores a notice and reads its bytes back.
func queued(t *testing.T, s *storage.Storage, out storage.Outgoing) string {
	t.Helper()
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	if _, err := s.Accept(t.Context(), &storage.Acceptance{At: now, Mails: []storage.Outgoing{out}}); err != nil {
		t.Fatal(err)
	}
	due, err := s.Claim(t.Context(), "test", now, 10, func(int64) time.Duration { return time.Hour })
	if err != nil || len(due) != 1 {
		t.Fatalf("%d mails due, %v", len(due), err)
	}
	raw, err := io.ReadAll(s.Open(t.Context(), &due[0]))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestNoticesAsPeopleGetThem(t *testing.T) {
	for name, s := range map[string]Subject{
		"pair-paused-fr": {To: zoe, Other: alice, Programme: horizon, PairID: 1},
		"was-it-you-en": {To: alice, Other: zoe, Programme: horizon, PairID: 1, ReplyTo: "q+abc@relay.test",
			Data: map[string]any{"Date": "1 March", "Days": 7}},
		"coordinator-suspended-fr": {To: Coordinator(&storage.Programme{Coordinator: "coord@horizon.test", Language: "fr"}), Programme: horizon,
			Data: map[string]any{"Person": "Zoé Durand", "Class": "full"}},
		"copies-en": {To: alice, Other: zoe, Programme: horizon, PairID: 1, Data: map[string]any{"Copies": "dan@far.test"}},
		"summary-fr": {To: zoe, Programme: horizon, ReplyTo: "s+abc@relay.test", Links: map[string]string{"1": "mailto:s+abc@relay.test?body=1"},
			Images: map[string]templates.Image{"[chart 1]": {Type: "image/png", Bytes: onePixel, Width: 560, Height: 220, Text: "vous : 1\nAlice : 2"}},
			Data: map[string]any{"Month": "février", "Several": false, "Suggestion": "", "Question": "Comment cela se passe-t-il ?", "Pairs": []map[string]any{{
				"Other": "Alice", "Silent": false, "Yours": 1, "Theirs": 2, "CadenceText": "", "Pace": "", "Picture": "[chart 1]", "Lines": false, "Within": 0, "Questions": nil, "More": 0,
			}}}},
	} {
		t.Run(name, func(t *testing.T) {
			w, store := newWriter(t)
			out, err := w.Compose(t.Context(), Kind(name[:len(name)-3]), s)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".eml", queued(t, store, out))
		})
	}
}

var random24 = regexp.MustCompile(`(boundary|Content-ID)(?:=|: <)([a-z2-7]{24})`)

func golden(t *testing.T, name, raw string) {
	t.Helper()
	var lines []string
	for i, found := range random24.FindAllStringSubmatch(raw, -1) {
		name := found[1] // of what is random: boundary or Content-ID
		if i > 0 {
			name = fmt.Sprintf("%s-%d", name, i+1)
		}
		raw = strings.ReplaceAll(raw, found[2], name)
	}
	for line := range strings.Lines(raw) {
		if strings.HasPrefix(line, "Message-ID: ") {
			line = "Message-ID: <random@relay.test>\r\n"
		}
		lines = append(lines, strings.ReplaceAll(line, "\r\n", "\n"))
	}
	got, file := strings.Join(lines, ""), filepath.Join("testdata", name)
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
		t.Errorf("%s is now:\n%s", name, got)
	}
}

func TestOnceADayOrOnceForEver(t *testing.T) {
	w, _ := newWriter(t)
	for kind, day := range map[Kind]string{PairPaused: "2026-03-01", Copies: ""} {
		out, err := w.Compose(t.Context(), kind, Subject{To: zoe, Other: alice, Programme: horizon, PairID: 7, Data: map[string]any{"Copies": "x"}})
		if err != nil || out.Once == nil || out.Once.Day != day || out.Once.PersonID != zoe.ID || out.Once.SubjectID != 7 {
			t.Errorf("%s: %+v, %v", kind, out.Once, err)
		}
	}
}

// people answers for the two and their pair.
type people struct{ *storage.Storage }

func (people) PairByID(context.Context, int64) (*storage.Pair, error) {
	return &storage.Pair{ID: 7, ProgrammeID: 1, MentorID: 1, MenteeID: 2, Mentor: alice, Mentee: zoe}, nil
}

func (people) ProgrammeByID(context.Context, int64) (*storage.Programme, error) { return horizon, nil }

func TestUndeliverableNamesNoAddress(t *testing.T) {
	w, store := newWriter(t)
	w.Store = people{store}
	d := &storage.Delivery{Kind: storage.DeliveryRelay, SenderID: zoe.ID, PairID: 7, Recipient: "alice@corp.test", CreatedAt: w.Now().Add(-73 * time.Hour)}
	out, ok, err := w.Failed(t.Context(), d, Undeliverable)
	if err != nil || !ok || out.Delivery.Recipient != "zoe@uni.test" || out.Once != nil {
		t.Fatalf("%+v, %v", out, err)
	}
	raw := queued(t, store, out)
	if strings.Contains(raw, "corp.test") || strings.Contains(raw, "Martin") {
		t.Errorf("the notice tells who Alice is:\n%s", raw)
	}
	golden(t, "undeliverable-fr.eml", raw)
}

func TestANoticeThatFailsIsNotToldOf(t *testing.T) {
	w, _ := newWriter(t)
	out, ok, err := w.Failed(t.Context(), &storage.Delivery{Kind: storage.DeliveryNotice, PersonID: 1}, Undeliverable)
	if err != nil || ok {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestDays(t *testing.T) {
	w, _ := newWriter(t)
	at := time.Date(2026, 2, 28, 23, 30, 0, 0, time.UTC)
	if got := w.Day(at, zoe); got != "1er mars" {
		t.Errorf("in Paris it is %s", got)
	}
	if got := w.Day(at, alice); got != "28 February" {
		t.Errorf("in London it is %s", got)
	}
	for span, want := range map[time.Duration]string{time.Hour: "", 30 * time.Hour: "1 jour", 73 * time.Hour: "3 jours"} {
		if got := w.tried(span, "fr"); got != want {
			t.Errorf("%v: %q, want %q", span, got, want)
		}
	}
}

// nobody answers for a pair of which one was forgotten.
type nobody struct{ people }

func (nobody) PairByID(context.Context, int64) (*storage.Pair, error) {
	return &storage.Pair{ID: 7, ProgrammeID: 1, MentorID: 1, MenteeID: 2, Mentor: &storage.Person{ID: 1, State: storage.PersonForgotten}, Mentee: zoe}, nil
}

func TestNobodyIsToldWhoWasForgotten(t *testing.T) {
	w, store := newWriter(t)
	w.Store = nobody{people{store}}
	d := &storage.Delivery{Kind: storage.DeliveryRelay, SenderID: 1, PairID: 7, CreatedAt: w.Now()}
	if out, ok, err := w.Failed(t.Context(), d, Undeliverable); err != nil || ok {
		t.Errorf("%+v, %v", out, err)
	}
}
