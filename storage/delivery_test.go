package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestAcceptIsIdempotent(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		one, two := open(t, address), open(t, address)
		c := newCommunity(t, one, 0)
		var fresh atomic.Int64
		var wg sync.WaitGroup
		for i := range 100 {
			s := []*Storage{one, two}[i%2]
			wg.Go(func() {
				is, err := s.Accept(context.Background(), c.letter(s, "the same", letters(i*5000))) // some are staged
				if err != nil {
					t.Error(err)
				}
				if is {
					fresh.Add(1)
				}
			})
		}
		wg.Wait()
		if fresh.Load() != 1 {
			t.Errorf("%d of 100 were fresh", fresh.Load())
		}
		for _, table := range []string{"receipt", "message", "delivery"} {
			if n := count(t, one, table); n != 1 {
				t.Errorf("%d in %s", n, table)
			}
		}
		if n := count(t, one, "staged"); n != 0 {
			t.Errorf("%d bodies were not discarded", n)
		}
		due := claim(t, one, "x", start(), 2)
		if len(due) != 1 || len(read(t, one, &due[0])) != int(due[0].Size) {
			t.Errorf("due: %+v", due)
		}
		if n := count(t, one, "chunk"); n != max(1, (due[0].Size+chunkSize-1)/chunkSize) {
			t.Errorf("%d chunks for %d octets", n, due[0].Size)
		}
	})
}

func TestAcceptKeepsTheFacts(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		a := c.letter(s, "letter", []byte("Dear Ben"))
		said := s.NewBody(ctx, start())
		a.Mails = append(a.Mails, Outgoing{Delivery: Delivery{Kind: DeliveryNotice, PersonID: c.mentor.ID, Recipient: "alice0@corp.example"}, Body: said})
		accept(t, s, a)
		all, err := s.Deliveries(ctx)
		must(t, err)
		want := Delivery{
			ID: all[0].ID, Kind: DeliveryRelay, MessageID: a.Message.ID, SenderID: c.mentor.ID, PersonID: c.mentee.ID, PairID: c.pair.ID,
			Recipient: "ben@uni.example", State: DeliveryQueued, NextAt: stored(start()), CreatedAt: stored(start()), Body: all[0].Body, Size: 8,
		}
		if fmt.Sprint(all[0]) != fmt.Sprint(want) {
			t.Errorf("got  %+v\nwant %+v", all[0], want)
		}
		if all[1].MessageID != 0 {
			t.Error("a notice is taken for the letter it speaks of")
		}
		list, err := s.Messages(ctx, c.pair.ID)
		must(t, err)
		facts := *a.Message
		facts.At = stored(facts.At)
		if len(list) != 1 || list[0] != facts {
			t.Errorf("got %+v, want %+v", list, facts)
		}
		if len(a.Mails) != 2 || a.Message.ID == 0 {
			t.Error("no id")
		}
	})
}

func TestMailOfOurOwnNeedsNoKey(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		for range 2 {
			accept(t, s, &Acceptance{At: start(), Mails: []Outgoing{{Delivery: Delivery{Kind: DeliveryNotice}, Body: s.NewBody(context.Background(), start())}}})
		}
		if n := count(t, s, "delivery"); n != 2 {
			t.Errorf("%d queued", n)
		}
	})
}

// Whatever of an acceptance fails, nothing of it stays.
func TestAcceptIsAllOrNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		a := c.letter(s, "letter", letters(2*chunkSize))
		a.Message.PairID = 999 // no such pair
		if fresh, err := s.Accept(context.Background(), a); err == nil || fresh {
			t.Fatal("a letter of no pair was accepted")
		}
		for _, table := range []string{"receipt", "message", "delivery", "chunk", "staged"} {
			if n := count(t, s, table); n != 0 {
				t.Errorf("%d in %s", n, table)
			}
		}
		accept(t, s, c.letter(s, "letter", letters(10)))
	})
}

func TestANoticeIsGivenOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		give := func(kind string, person, subject int64, day string, want int64) {
			t.Helper()
			before := count(t, s, "delivery")
			b := s.NewBody(ctx, start())
			b.Write(letters(chunkSize + 1))
			accept(t, s, &Acceptance{At: start(), Mails: []Outgoing{{
				Delivery: Delivery{Kind: DeliveryNotice}, Body: b,
				Once: &Notice{Kind: kind, PersonID: person, SubjectID: subject, Day: day},
			}}})
			if n := count(t, s, "delivery") - before; n != want {
				t.Errorf("%s, %d, %d, %s: %d queued, want %d", kind, person, subject, day, n, want)
			}
		}
		give("paused", 1, 7, "2026-03-29", 1)
		give("paused", 1, 7, "2026-03-29", 0)
		give("ended", 1, 7, "2026-03-29", 1)
		give("paused", 2, 7, "2026-03-29", 1)
		give("paused", 1, 8, "2026-03-29", 1)
		give("paused", 1, 7, "2026-03-30", 1)
		give("copies", 1, 0, "", 1)
		give("copies", 1, 0, "", 0)
		told := func(kind string, person, subject int64, want bool) {
			t.Helper()
			if got, err := s.Told(ctx, kind, person, subject); err != nil || got != want {
				t.Errorf("%s, %d, %d: told %v, %v", kind, person, subject, got, err)
			}
		}
		told("paused", 1, 7, true)
		told("paused", 1, 9, false)
		told("paused", 3, 7, false)
		accept(t, s, &Acceptance{At: start(), Changes: []Change{Untold{Kind: "paused", PersonID: 1, SubjectID: 7}}})
		told("paused", 1, 7, false)
		told("ended", 1, 7, true)
		told("paused", 1, 8, true)
		told("paused", 2, 7, true)
		give("paused", 1, 7, "2026-03-29", 1)
		if n := count(t, s, "staged"); n != 0 {
			t.Errorf("%d bodies of mails that were not queued", n)
		}
		if mails, chunks := count(t, s, "delivery"), count(t, s, "chunk"); chunks != 2*mails {
			t.Errorf("%d chunks for %d mails", chunks, mails)
		}
	})
}

func TestClaimInOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		for _, minute := range []int{3, 1, 2, 5} {
			a := c.letter(s, fmt.Sprint("letter-", minute), []byte("x"))
			a.At = start().Add(time.Duration(minute) * time.Minute)
			accept(t, s, a)
		}
		if due := claim(t, s, "x", start(), 10); len(due) != 0 {
			t.Errorf("%d due before their time", len(due))
		}
		now := start().Add(3 * time.Minute)
		due := append(claim(t, s, "x", now, 2), claim(t, s, "y", now, 2)...)
		var order []int
		for _, d := range due {
			order = append(order, int(d.CreatedAt.Sub(stored(start())).Minutes()))
		}
		if !slices.Equal(order, []int{1, 2, 3}) {
			t.Fatalf("claimed %v", order)
		}
		for i, d := range due {
			at, err := s.DeliveryByID(ctx, d.ID)
			must(t, err)
			owner := []string{"x", "x", "y"}[i]
			if at.Attempts != 1 || at.Owner != owner || !at.NextAt.Equal(stored(now.Add(time.Minute))) {
				t.Errorf("recorded: %+v", at)
			}
		}
		must(t, s.Finish(ctx, &Outcome{Delivery: &due[0], State: DeliveryQueued, Status: "451 4.3.0", At: now}))
		again := claim(t, s, "y", due[0].NextAt, 1)
		if len(again) != 1 || again[0].ID != due[0].ID || again[0].Attempts != 2 || again[0].Status != "451 4.3.0" || !again[0].NextAt.Equal(due[0].NextAt.Add(2*time.Minute)) {
			t.Errorf("the second attempt: %+v", again)
		}
	})
}

func TestNobodyClaimsTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		one, two := open(t, address), open(t, address)
		c := newCommunity(t, one, 0)
		const mails = 500
		var wg sync.WaitGroup
		for i := range mails {
			wg.Go(func() {
				if _, err := one.Accept(context.Background(), c.letter(one, fmt.Sprint("letter-", i), []byte("x"))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var mu sync.Mutex
		times := make(map[int64]int)
		for i := range 16 {
			s := []*Storage{one, two}[i%2]
			wg.Go(func() {
				for {
					due, err := s.Claim(context.Background(), fmt.Sprint("worker-", i), start(), 7, minutes)
					if err != nil {
						t.Error(err)
					}
					if len(due) == 0 {
						return
					}
					mu.Lock()
					for _, d := range due {
						times[d.ID]++
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for id, n := range times {
			if n != 1 {
				t.Errorf("delivery %d was claimed %d times", id, n)
			}
		}
		if left := claim(t, one, "last", start(), mails); len(times)+len(left) != mails {
			t.Errorf("%d claimed, %d left, of %d", len(times), len(left), mails)
		}
	})
}

// A claim that another instance has open does not hold up one's own.
func TestClaimsPassEachOther(t *testing.T) {
	s := open(t, postgresAddress(t))
	c := newCommunity(t, s, 0)
	accept(t, s, c.letter(s, "one", []byte("x")))
	accept(t, s, c.letter(s, "two", []byte("x")))
	tx := s.writer.db.Begin()
	defer tx.Rollback()
	var held []Delivery
	must(t, due(tx, start(), 1).Find(&held).Error)
	got := claim(t, s, "y", start(), 10)
	if len(held) != 1 || len(got) != 1 || got[0].ID == held[0].ID {
		t.Errorf("held %v, claimed %v", held, got)
	}
}

func TestFinish(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		for _, state := range []string{DeliverySent, DeliveryFailed, DeliveryDropped} {
			for _, size := range []int{100, 2*chunkSize + 1} {
				accept(t, s, c.letter(s, fmt.Sprint(state, size), letters(size)))
				d := claim(t, s, "x", start(), 1)[0]
				must(t, s.Finish(ctx, &Outcome{Delivery: &d, State: state, Status: "250 2.0.0", At: start()}))
				got, err := s.DeliveryByID(ctx, d.ID)
				must(t, err)
				if got.State != state || got.Recipient != "" || got.Owner != "" || got.Status != "250 2.0.0" || got.Size != int64(size) || got.MessageID != d.MessageID {
					t.Errorf("%+v", got)
				}
				if n := count(t, s, "chunk"); n != 0 {
					t.Errorf("%s: %d chunks are left", state, n)
				}
				if err := s.Finish(ctx, &Outcome{Delivery: &d, State: DeliveryFailed, At: start()}); !errors.Is(err, ErrNotFound) {
					t.Errorf("finished twice: %v", err)
				}
			}
		}
	})
}

func TestFinishAgainLater(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		accept(t, s, c.letter(s, "letter", []byte("Dear Ben")))
		d := claim(t, s, "x", start(), 1)[0]
		d.NextAt = start().Add(7 * time.Hour)
		must(t, s.Finish(ctx, &Outcome{Delivery: &d, State: DeliveryQueued, Status: "451 4.7.1", At: start()}))
		if early := claim(t, s, "x", d.NextAt.Add(-time.Microsecond), 1); len(early) != 0 {
			t.Error("too early")
		}
		due := claim(t, s, "x", d.NextAt, 1)
		if len(due) != 1 || due[0].Recipient != "ben@uni.example" || string(read(t, s, &due[0])) != "Dear Ben" {
			t.Errorf("%+v", due)
		}
	})
}

// Whoever lost a delivery changes nothing any more, not even under the name
// that has it anew.
func TestFinishAfterTheLeaseIsLost(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		accept(t, s, c.letter(s, "letter", []byte("Dear Ben")))
		lost := claim(t, s, "x", start(), 1)[0]
		must(t, s.Release(ctx, "x", start()))
		for _, owner := range []string{"", "y", "x"} {
			var d Delivery
			if owner != "" {
				d = claim(t, s, owner, start(), 1)[0]
			}
			said := s.NewBody(ctx, start())
			late := &Outcome{Delivery: &lost, State: DeliverySent, At: start(), Mails: []Outgoing{{Delivery: Delivery{Kind: DeliveryNotice}, Body: said}}}
			if err := s.Finish(ctx, late); !errors.Is(err, ErrNotFound) {
				t.Errorf("in the hand of %q: %v", owner, err)
			}
			if owner != "" {
				if string(read(t, s, &d)) != "Dear Ben" {
					t.Error("the bytes are gone")
				}
				must(t, s.Release(ctx, owner, start()))
			}
		}
		idle := claim(t, s, "y", start(), 1)[0]
		must(t, s.Release(ctx, "y", start()))
		idle.Owner = ""
		if err := s.Finish(ctx, &Outcome{Delivery: &idle, State: DeliverySent, At: start()}); !errors.Is(err, ErrNotFound) {
			t.Errorf("in nobody's hand: %v", err)
		}
		if n := count(t, s, "delivery"); n != 1 {
			t.Errorf("%d deliveries", n)
		}
	})
}

func TestFinishQueuesWhatIsToBeSaid(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		accept(t, s, c.letter(s, "letter", []byte("Dear Ben")))
		d := claim(t, s, "x", start(), 1)[0]
		said := s.NewBody(ctx, start())
		said.Write([]byte("It did not arrive"))
		must(t, s.Finish(ctx, &Outcome{Delivery: &d, State: DeliveryFailed, Status: "550 5.1.1", At: start(), Mails: []Outgoing{{
			Delivery: Delivery{Kind: DeliveryNotice, PersonID: c.mentor.ID, PairID: c.pair.ID, Recipient: "alice0@corp.example"}, Body: said,
		}}}))
		due := claim(t, s, "x", start(), 5)
		if len(due) != 1 || due[0].Kind != DeliveryNotice || string(read(t, s, &due[0])) != "It did not arrive" {
			t.Errorf("%+v", due)
		}
	})
}

func TestTheOperatorsQueue(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		accept(t, s, c.letter(s, "one", letters(2*chunkSize)))
		accept(t, s, c.letter(s, "two", []byte("x")))
		all, err := s.Deliveries(ctx)
		must(t, err)
		if len(all) != 2 || all[0].ID >= all[1].ID {
			t.Fatalf("%+v", all)
		}
		held := claim(t, s, "x", start(), 1)[0]
		for _, id := range []int64{held.ID, 999} {
			if err := s.RetryDelivery(ctx, id, start()); !errors.Is(err, ErrNotFound) {
				t.Errorf("retry %d: %v", id, err)
			}
			if err := s.DropDelivery(ctx, id); !errors.Is(err, ErrNotFound) {
				t.Errorf("drop %d: %v", id, err)
			}
		}
		held.NextAt = start().Add(time.Hour)
		must(t, s.Finish(ctx, &Outcome{Delivery: &held, State: DeliveryQueued, At: start()}))
		must(t, s.RetryDelivery(ctx, held.ID, start()))
		if due := claim(t, s, "x", start(), 5); len(due) != 2 {
			t.Errorf("%d due after retry", len(due))
		}
		must(t, s.Release(ctx, "x", start()))
		must(t, s.DropDelivery(ctx, all[0].ID))
		got, err := s.DeliveryByID(ctx, all[0].ID)
		must(t, err)
		if got.State != DeliveryDropped || got.Recipient != "" || count(t, s, "chunk") != 1 {
			t.Errorf("dropped: %+v", got)
		}
		left, err := s.Deliveries(ctx, DeliveryQueued, DeliverySent)
		must(t, err)
		if len(left) != 1 || left[0].ID != all[1].ID {
			t.Errorf("left: %+v", left)
		}
		if _, err := s.DeliveryByID(ctx, 999); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestBytesInMemoryAreThoseStored(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		feed := s.Feed("x", 1, minutes)
		for _, size := range []int{0, 4096, chunkSize, chunkSize + 1} {
			body := letters(size)
			accept(t, s, c.letter(s, fmt.Sprint(size), body))
			d := <-feed.Mail()
			feed.Took()
			fromDatabase := *d
			fromDatabase.bytes = nil
			if !bytes.Equal(read(t, s, d), body) || !bytes.Equal(read(t, s, &fromDatabase), body) {
				t.Errorf("%d octets differ", size)
			}
		}
	})
}
