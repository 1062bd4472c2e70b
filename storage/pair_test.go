package storage

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

func TestPair(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		c := newCommunity(t, s, 0)
		got, err := s.PairByID(ctx, c.pair.ID)
		must(t, err)
		if got.Mentor.Name != "Alice" || len(got.Mentor.Addresses) != 2 || got.Mentee.Name != "Ben" || len(got.Mentee.Addresses) != 1 ||
			!slices.Equal(got.Masks, c.pair.Masks) || got.CreatedAt != stored(start()) || got.State != PairActive {
			t.Errorf("%+v", got)
		}
		if err := s.CreatePair(ctx, newPair(c.programme.ID, c.mentor.ID, c.mentee.ID, "2")); !errors.Is(err, ErrExists) {
			t.Errorf("the same two: %v", err)
		}
		if err := s.CreatePair(ctx, newPair(c.programme.ID, c.mentee.ID, c.mentor.ID, "0")); !errors.Is(err, ErrExists) {
			t.Errorf("a token in use: %v", err)
		}
		move(t, s, c.pair.ID, PairEnded, true, PairActive)
		must(t, s.CreatePair(ctx, newPair(c.programme.ID, c.mentor.ID, c.mentee.ID, "2"))) // a new beginning
		for _, of := range []*Person{c.mentor, c.mentee} {
			list, err := s.PairsOf(ctx, of.ID)
			must(t, err)
			if len(list) != 2 || list[0].State != PairEnded || list[1].State != PairActive || len(list[1].Masks) != 2 {
				t.Errorf("%+v", list)
			}
		}
		if list, err := s.Pairs(ctx, c.programme.ID); err != nil || len(list) != 2 || list[1].Mentor.Name != "Alice" {
			t.Errorf("%+v, %v", list, err)
		}
		if list, err := s.Pairs(ctx, 99); err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
		if _, err := s.PairByID(ctx, 99); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

func move(t *testing.T, s *Storage, id int64, to string, want bool, from ...string) {
	t.Helper()
	moved, err := s.MovePair(context.Background(), id, from, to)
	must(t, err)
	if moved != want {
		t.Errorf("from %v to %s: %t", from, to, moved)
	}
}

func TestMovePair(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		c := newCommunity(t, s, 0)
		move(t, s, c.pair.ID, PairActive, false, PairPaused)
		move(t, s, c.pair.ID, PairEnded, false, PairInvited, PairPaused)
		move(t, s, c.pair.ID, PairPaused, true, PairActive, PairInvited)
		move(t, s, c.pair.ID, PairPaused, false, PairActive)
		move(t, s, c.pair.ID, PairActive, true, PairPaused)
		move(t, s, c.pair.ID, PairEnded, true, PairInvited, PairActive, PairPaused)
		if p, err := s.PairByID(ctx, c.pair.ID); err != nil || p.State != PairEnded {
			t.Errorf("%+v, %v", p, err)
		}
		if _, err := s.MovePair(ctx, 99, []string{PairActive}, PairEnded); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		must(t, s.CreatePair(ctx, newPair(c.programme.ID, c.mentor.ID, c.mentee.ID, "2")))
		if _, err := s.MovePair(ctx, c.pair.ID, []string{PairEnded}, PairActive); !errors.Is(err, ErrExists) {
			t.Errorf("two live pairs of the same two: %v", err)
		}
	})
}

func TestOnlyOneMovesAPair(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		one, two := open(t, address), open(t, address)
		c := newCommunity(t, one, 0)
		var moves atomic.Int64
		var wg sync.WaitGroup
		for i := range 20 {
			s := []*Storage{one, two}[i%2]
			wg.Go(func() {
				moved, err := s.MovePair(context.Background(), c.pair.ID, []string{PairActive}, PairPaused)
				if err != nil {
					t.Error(err)
				}
				if moved {
					moves.Add(1)
				}
			})
		}
		wg.Wait()
		if moves.Load() != 1 {
			t.Errorf("moved %d times", moves.Load())
		}
	})
}

// A list longer than what is read at once comes whole and in order.
func TestLongLists(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		fill(t, s, c.programme.ID, pageSize+10)
		pairs, err := s.Pairs(context.Background(), c.programme.ID)
		must(t, err)
		people, err := s.Persons(context.Background(), c.programme.ID)
		must(t, err)
		if len(pairs) != pageSize+11 || len(people) != 2*(pageSize+11) {
			t.Fatalf("%d pairs, %d people", len(pairs), len(people))
		}
		for i, p := range pairs {
			if i > 0 && p.ID <= pairs[i-1].ID || len(p.Masks) != 2 || p.Mentee == nil || len(p.Mentor.Addresses) == 0 {
				t.Fatalf("pair %d: %+v", i, p)
			}
		}
	})
}
