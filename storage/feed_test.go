package storage

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"
)

func TestFeedHandsOverWhatIsDurable(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s, other := open(t, address), open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		feed := s.Feed("x", 2, minutes)
		accept(t, s, c.letter(s, "letter", []byte("Dear Ben")))
		d := <-feed.Mail()
		inDatabase, err := other.DeliveryByID(ctx, d.ID)
		must(t, err)
		if inDatabase.Owner != "x" || inDatabase.Attempts != 1 || !inDatabase.NextAt.Equal(stored(start().Add(time.Minute))) {
			t.Errorf("stored: %+v", inDatabase)
		}
		if d.Owner != "x" || d.Attempts != 1 || d.Recipient != "ben@uni.example" || string(read(t, s, d)) != "Dear Ben" {
			t.Errorf("handed over: %+v", d)
		}
		if due := claim(t, other, "y", start().Add(time.Hour), 5); len(due) != 0 {
			t.Error("it is in hand and was claimed all the same")
		}
		must(t, s.Finish(ctx, &Outcome{Delivery: d, State: DeliverySent, At: start()}))
	})
}

func TestFeedWithoutRoomLeavesMailToClaim(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		feed := s.Feed("x", 2, minutes)
		for i := range 3 {
			a := c.letter(s, fmt.Sprint("letter-", i), []byte("x"))
			a.Mails = append(a.Mails, c.letter(s, "", []byte("y")).Mails...)
			accept(t, s, a)
			wantWake := i > 0
			select {
			case <-feed.Wake():
				if !wantWake {
					t.Error("woken for nothing")
				}
			default:
				if wantWake {
					t.Error("not woken")
				}
			}
		}
		if len(feed.Mail()) != 2 {
			t.Errorf("%d handed over", len(feed.Mail()))
		}
		if due := claim(t, s, "x", start(), 10); len(due) != 4 {
			t.Errorf("%d left to claim", len(due))
		}
		<-feed.Mail()
		feed.Took()
		a := c.letter(s, "last", []byte("x"))
		a.Mails = append(a.Mails, c.letter(s, "", []byte("y")).Mails...)
		accept(t, s, a) // room for one of two
		if due := claim(t, s, "x", start(), 10); len(feed.Mail()) != 2 || len(due) != 1 {
			t.Errorf("%d handed over, %d left to claim", len(feed.Mail()), len(due))
		}
	})
}

// Room that is reserved and not used comes back: after a repeated key, a
// notice that was given already, and an error.
func TestFeedRoomComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		feed := s.Feed("x", 1, minutes)
		take := func() {
			t.Helper()
			select {
			case <-feed.Mail():
				feed.Took()
			default:
				t.Fatal("nothing was handed over")
			}
		}
		accept(t, s, c.letter(s, "letter", []byte("x")))
		take()
		if fresh, err := s.Accept(ctx, c.letter(s, "letter", []byte("x"))); fresh || err != nil {
			t.Fatal(fresh, err)
		}
		ended, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := s.Accept(ended, c.letter(s, "cancelled", []byte("x"))); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		broken := c.letter(s, "broken", []byte("x"))
		broken.Message.PairID = 999
		if _, err := s.Accept(ctx, broken); err == nil {
			t.Fatal("no error")
		}
		for range 2 {
			a := c.letter(s, "", []byte("x"))
			a.Key, a.Message, a.Mails[0].Once = nil, nil, &Notice{Kind: "paused", PersonID: 1}
			accept(t, s, a)
		}
		take()
		if n := len(feed.room) + len(feed.mail); n != 0 {
			t.Errorf("%d places are lost", n)
		}
		accept(t, s, c.letter(s, "next", []byte("x")))
		take()
	})
}

func TestFeedTakesWhatFinishQueues(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		feed := s.Feed("x", 1, minutes)
		accept(t, s, c.letter(s, "letter", []byte("x")))
		d := <-feed.Mail()
		feed.Took()
		said := s.NewBody(context.Background(), start())
		must(t, s.Finish(context.Background(), &Outcome{Delivery: d, State: DeliveryFailed, At: start(),
			Mails: []Outgoing{{Delivery: Delivery{Kind: DeliveryNotice}, Body: said}}}))
		if d := <-feed.Mail(); d.Kind != DeliveryNotice || d.Owner != "x" {
			t.Errorf("%+v", d)
		}
	})
}

func TestAClosedFeedTakesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		feed := s.Feed("x", 5, minutes)
		accept(t, s, c.letter(s, "one", []byte("x")))
		s.CloseFeed()
		accept(t, s, c.letter(s, "two", []byte("x")))
		if len(feed.Mail()) != 1 {
			t.Errorf("%d handed over", len(feed.Mail()))
		}
		must(t, s.Release(context.Background(), "x", start()))
		if due := claim(t, s, "y", start(), 5); len(due) != 2 {
			t.Errorf("%d due", len(due))
		}
	})
}

// A transaction that became durable although it seemed to fail leaves mail in
// the hand of one who was not told. The next claim gives it back, and takes it.
func TestMailOfADoubtfulTransaction(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		feed := s.Feed("x", 5, minutes)
		a := c.letter(s, "letter", []byte("Dear Ben"))
		room := s.feed.reserve(1)
		var queued []*Delivery
		must(t, s.write(ctx, func(tx *gorm.DB) (err error) {
			queued, err = enqueue(tx, a, room)
			return err
		}))
		room.fail(queued) // as if the answer to COMMIT had been lost
		if len(feed.Mail()) != 0 || len(feed.room) != 0 {
			t.Error("it was handed over, or its place is lost")
		}
		due := claim(t, s, "x", start(), 5)
		if len(due) != 1 || due[0].Attempts != 2 || string(read(t, s, &due[0])) != "Dear Ben" {
			t.Fatalf("claimed: %+v", due)
		}
		if again := claim(t, s, "x", start().Add(time.Hour), 5); len(again) != 0 {
			t.Error("it was given back twice")
		}
	})
}
