package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTranslate(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		c, other := newCommunity(t, s, 0), newCommunity(t, s, 1)
		write := func(c *community, key string, writer *Person, original, masked string) {
			a := c.letter(s, key, []byte("x"))
			a.Message.WriterID, a.Message.OriginalID, a.Message.MaskedID = writer.ID, original, masked
			accept(t, s, a)
		}
		write(c, "1", c.mentor, "one@corp.example", "m1@relay.example")
		write(c, "2", c.mentee, "two@uni.example", "m2@relay.example")
		write(c, "3", c.mentee, "again@uni.example", "m3@relay.example")
		write(c, "4", c.mentee, "again@uni.example", "m4@relay.example") // an id used twice: the later letter counts
		write(other, "5", other.mentor, "else@corp.example", "m5@relay.example")
		knows := map[*Person]map[string]string{
			c.mentor: {"one@corp.example": "m1@relay.example", "m2@relay.example": "two@uni.example", "m3@relay.example": "again@uni.example", "m4@relay.example": "again@uni.example"},
			c.mentee: {"m1@relay.example": "one@corp.example", "two@uni.example": "m2@relay.example", "again@uni.example": "m4@relay.example"},
		}
		for person, want := range knows {
			ids := []string{"unknown@corp.example", "else@corp.example", "", "bad\x00@corp.example", "\xff@corp.example", strings.Repeat("x", 5000)}
			for id := range want {
				ids = append(ids, id)
			}
			given := slices.Clone(ids)
			got, err := s.Translate(ctx, c.pair.ID, person.ID, ids)
			must(t, err)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: got %v, want %v", person.Name, got, want)
			}
			if !slices.Equal(ids, given) {
				t.Error("the ids given were changed")
			}
		}
		if got, err := s.Translate(ctx, c.pair.ID, c.mentor.ID, nil); err != nil || len(got) != 0 {
			t.Errorf("no ids: %v, %v", got, err)
		}
	})
}

// A header of references may hold more ids than a query takes parameters.
func TestTranslateManyIDs(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		accept(t, s, c.letter(s, "letter", []byte("x")))
		ids := make([]string, 70_000)
		for i := range ids {
			ids[i] = fmt.Sprint(i)
		}
		ids = append(ids, "letter@corp.example")
		got, err := s.Translate(context.Background(), c.pair.ID, c.mentor.ID, ids)
		if err != nil || len(got) != 1 || got["letter@corp.example"] != "letter@relay.example" {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// Ids that a database can't keep cost the thread, never the letter.
func TestOddMessageIDs(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		for i, id := range []string{"", "nul\x00@corp.example", "latin\xe9@corp.example", strings.Repeat("long", 5000), strings.Repeat("é", 499)} {
			a := c.letter(s, fmt.Sprint("letter-", i), []byte("x"))
			a.Message.OriginalID = id
			accept(t, s, a)
		}
		list, err := s.Messages(context.Background(), c.pair.ID)
		must(t, err)
		var kept []int
		for _, m := range list {
			kept = append(kept, len(m.OriginalID))
		}
		if !slices.Equal(kept, []int{0, 0, 0, 0, 998}) {
			t.Errorf("lengths kept: %v", kept)
		}
	})
}

func TestForgetReceipts(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		const old = 2*forgottenAtOnce + 5
		receipts := make([]Receipt, old)
		for i := range receipts {
			receipts[i] = Receipt{Key: []byte(fmt.Sprint("old-", i)), At: start().Add(-time.Microsecond)}
		}
		must(t, s.writer.db.CreateInBatches(&receipts, 500).Error)
		accept(t, s, &Acceptance{Key: []byte("new"), At: start()})
		n, err := s.ForgetReceipts(ctx, start())
		if n != old || err != nil {
			t.Errorf("%d forgotten, %v", n, err)
		}
		accept(t, s, &Acceptance{Key: []byte("old-7"), At: start()})
		if fresh, err := s.Accept(ctx, &Acceptance{Key: []byte("new"), At: start()}); fresh || err != nil {
			t.Errorf("what is not old was forgotten: %t, %v", fresh, err)
		}
	})
}
