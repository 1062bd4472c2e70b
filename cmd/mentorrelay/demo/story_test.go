package demo

import (
	"io/fs"
	"strings"
	"testing"
	"time"
)

// TestStory checks that time goes on from scene to scene.
func TestStory(t *testing.T) {
	p := &programme{}
	last := Beginning()
	for _, s := range append(p.story(), p.ending()...) {
		at, err := p.date(s.at)
		if err != nil || !at.After(last) {
			t.Errorf("%q is at %v, after %v (%v)", s.title, at, last, err)
		}
		if last = at; len([]rune(s.title)) > width-4 {
			t.Errorf("%q has %d characters", s.title, len([]rune(s.title)))
		}
	}
}

// TestNotes checks that each note greets, says something, and is signed.
func TestNotes(t *testing.T) {
	c, err := newComposer()
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(letters, "letters/notes/*.txt")
	if err != nil || len(files) != 13 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "letters/notes/"), ".txt")
		text, err := c.words(name)
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.Split(text, "\n\n")
		signed := parts[len(parts)-1]
		if len(parts) < 3 || !strings.HasSuffix(parts[0], ",") || signed != "Alice" && signed != "Ben" || strings.Contains(firstWords(text), signed) {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}

func TestNextMorning(t *testing.T) {
	zone, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	for after, want := range map[string]string{
		"2025-10-25 08:59": "2025-10-25 09:00",
		"2025-10-25 09:00": "2025-10-26 09:00", // over the end of summer time
		"2025-12-31 23:00": "2026-01-01 09:00",
	} {
		at, err := time.ParseInLocation(sceneFormat, after, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := nextMorning(at.UTC(), zone).Format(sceneFormat); got != want {
			t.Errorf("after %s: %s, want %s", after, got, want)
		}
	}
}

// TestClock checks that a clock that is let go goes on from where it stood, and
// never back.
func TestClock(t *testing.T) {
	c := NewClock(Beginning())
	c.Set(Beginning().Add(-time.Hour))
	if !c.Now().Equal(Beginning()) {
		t.Error("it went back")
	}
	c.Release()
	if past := c.Now().Sub(Beginning()); past < 0 || past > time.Minute {
		t.Errorf("let go, it jumped by %v", past)
	}
	day := Beginning().Add(24 * time.Hour)
	c.Set(day)
	if past := c.Now().Sub(day); past < 0 || past > time.Minute {
		t.Errorf("set, it shows %v", c.Now())
	}
}

// TestAnsweredBelow checks that answers stand under their questions, unquoted.
func TestAnsweredBelow(t *testing.T) {
	const survey = "Hello,\r\n\r\n1. How?\r\n   a) so\r\n\r\n2. Why?\r\n\r\nThanks\r\n"
	const want = "Bonjour,\n\nVoici mes réponses.\n\n> Hello,\n>\n> 1. How?\n>    a) so\n\nso\n\n> 2. Why?\n\nnot\n\n> Thanks\n"
	if got := answeredBelow(survey, []string{"so", "not"}); got != want {
		t.Errorf("got\n%s", got)
	}
}
