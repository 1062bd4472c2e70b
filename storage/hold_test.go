package storage

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"
)

// holding is a message of the mentor that is to be held.
func (c *community) holding(s *Storage, key string, question int64, body []byte) *Acceptance {
	b := s.NewBody(context.Background(), start())
	b.Write(body)
	return &Acceptance{Key: []byte(key), At: start(), Hold: &Holding{Body: b, Hold: Hold{
		Kind: HoldUnproven, Question: question, PairID: c.pair.ID, WriterID: c.mentor.ID, Token: "a0", Address: "alice0@corp.example",
		Door: "smtp", MailFrom: "alice0@corp.example", Receipt: []byte(key), ReceivedAt: start(), ExpiresAt: start().Add(7 * 24 * time.Hour),
	}}}
}

// A held message keeps its bytes until it is decided about, once.
func TestHold(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		large := letters(2*chunkSize + 5)
		accept(t, s, c.holding(s, "one", 7, large))
		accept(t, s, c.holding(s, "two", 7, []byte("short")))
		accept(t, s, c.holding(s, "three", 8, []byte("another question")))

		held, err := s.HoldsOf(ctx, 7)
		must(t, err)
		if len(held) != 2 || held[0].State != HoldWaiting || !held[0].SettledAt.IsZero() || !held[0].ReceivedAt.Equal(stored(start())) {
			t.Fatalf("held: %+v", held)
		}
		for i, want := range [][]byte{large, []byte("short")} {
			got, err := io.ReadAll(s.OpenHold(ctx, &held[i]))
			must(t, err)
			if !bytes.Equal(got, want) {
				t.Errorf("hold %d came back otherwise", i)
			}
		}

		release := func(id int64) *Acceptance {
			a := c.letter(s, "released", []byte("masked"))
			a.Key, a.Changes = nil, []Change{Settled{id, HoldReleased, start()}}
			return a
		}
		accept(t, s, release(held[0].ID))
		if fresh, err := s.Accept(ctx, release(held[0].ID)); err != nil || fresh {
			t.Errorf("released twice: fresh %v, %v", fresh, err)
		}
		if due := claim(t, s, "x", start(), 10); len(due) != 1 {
			t.Errorf("%d mails were queued, want 1", len(due))
		}
		h, err := s.HoldByID(ctx, held[0].ID)
		must(t, err)
		if h.State != HoldReleased || !h.SettledAt.Equal(stored(start())) {
			t.Errorf("released: %+v", h)
		}
		if _, err := io.ReadAll(s.OpenHold(ctx, h)); !errors.Is(err, ErrNotFound) {
			t.Errorf("the bytes of what was released are still there: %v", err)
		}
		waiting, err := s.Holds(ctx, HoldWaiting)
		must(t, err)
		if len(waiting) != 2 {
			t.Errorf("%d still wait, want 2", len(waiting))
		}
	})
}

// What nobody decides about goes after its time, and its facts later.
func TestHoldExpires(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		accept(t, s, c.holding(s, "one", 7, letters(2*chunkSize)))
		for _, test := range []struct {
			after time.Duration
			want  int
		}{{7*24*time.Hour - time.Second, 0}, {7 * 24 * time.Hour, 1}, {8 * 24 * time.Hour, 0}} {
			n, err := s.ExpireHolds(ctx, start().Add(test.after))
			must(t, err)
			if n != test.want {
				t.Errorf("%d expired after %v, want %d", n, test.after, test.want)
			}
		}
		var chunks int64
		must(t, s.read.Model(&Chunk{}).Count(&chunks).Error)
		if chunks != 0 {
			t.Errorf("%d chunks of an expired hold are left", chunks)
		}
		must(t, s.ForgetHolds(ctx, start().Add(7*24*time.Hour)))
		if list, _ := s.Holds(ctx); len(list) != 1 {
			t.Errorf("forgotten too early: %+v", list)
		}
		must(t, s.ForgetHolds(ctx, start().Add(8*24*time.Hour)))
		if list, _ := s.Holds(ctx); len(list) != 0 {
			t.Errorf("never forgotten: %+v", list)
		}
	})
}
