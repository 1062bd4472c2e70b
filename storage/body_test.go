package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
	"time"
)

// letters gives n octets that no two chunks share.
func letters(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

func count(t testing.TB, s *Storage, table string) int64 {
	t.Helper()
	var n int64
	must(t, s.read.Table(table).Count(&n).Error)
	return n
}

func TestBodiesOfAllSizes(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		for _, size := range []int{0, 1, 4096, chunkSize - 1, chunkSize, chunkSize + 1, 2 * chunkSize, 2*chunkSize + 1, 5<<20 + 7} {
			t.Run(fmt.Sprint(size), func(t *testing.T) {
				body := letters(size)
				accept(t, s, c.letter(s, fmt.Sprint("size-", size), body))
				due := claim(t, s, "x", start(), 10)
				if len(due) != 1 || due[0].Size != int64(size) {
					t.Fatalf("due: %+v", due)
				}
				if err := iotest.TestReader(s.Open(context.Background(), &due[0]), body); err != nil {
					t.Error(err)
				}
				must(t, s.Finish(context.Background(), &Outcome{Delivery: &due[0], State: DeliverySent, At: start()}))
				if n := count(t, s, "chunk") + count(t, s, "staged"); n != 0 {
					t.Errorf("%d records are left", n)
				}
			})
		}
	})
}

// Writes of odd sizes, and the body's own count.
func TestBodyWrittenInPieces(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		body := letters(700_001)
		b := s.NewBody(context.Background(), start())
		for rest := body; len(rest) > 0; {
			n := min(len(rest), 1+rand.IntN(9000))
			if k, err := b.Write(rest[:n]); k != n || err != nil {
				t.Fatal(k, err)
			}
			rest = rest[n:]
		}
		if b.Size() != int64(len(body)) {
			t.Errorf("size %d", b.Size())
		}
		accept(t, s, &Acceptance{At: start(), Mails: []Outgoing{{Delivery: Delivery{Kind: DeliveryNotice, Recipient: "ben@uni.example"}, Body: b}}})
		due := claim(t, s, "x", start(), 1)
		if !bytes.Equal(read(t, s, &due[0]), body) {
			t.Error("other octets came back")
		}
	})
}

func TestAMissingChunkIsNoEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		for seq := range 3 {
			accept(t, s, c.letter(s, fmt.Sprint("letter-", seq), letters(3*chunkSize)))
			due := claim(t, s, "x", start(), 1)
			must(t, s.writer.db.Exec("DELETE FROM chunk WHERE body = ? AND seq = ?", due[0].Body, seq).Error)
			if _, err := io.ReadAll(s.Open(context.Background(), &due[0])); !errors.Is(err, ErrNotFound) {
				t.Errorf("without chunk %d: %v", seq, err)
			}
		}
	})
}

func TestDiscard(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		for _, size := range []int{0, 10, 3 * chunkSize} {
			b := s.NewBody(context.Background(), start())
			b.Write(letters(size))
			must(t, b.Discard(context.Background()))
			if n := count(t, s, "chunk") + count(t, s, "staged"); n != 0 {
				t.Errorf("%d octets: %d records are left", size, n)
			}
		}
	})
}

// An acceptance may become durable although it seemed to fail; what is then
// discarded must not take the bytes from the mail.
func TestDiscardSparesWhatIsInUse(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		body := letters(3 * chunkSize)
		a := c.letter(s, "letter", body)
		accept(t, s, a)
		must(t, a.Mails[0].Body.Discard(context.Background()))
		_, err := s.SweepBodies(context.Background(), start().Add(time.Hour))
		must(t, err)
		if due := claim(t, s, "x", start(), 1); !bytes.Equal(read(t, s, &due[0]), body) {
			t.Error("the mail lost its bytes")
		}
	})
}

func TestOrphansAreSwept(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		s.NewBody(ctx, start()).Write(letters(2*chunkSize + 1)) // its process dies here
		late := c.letter(s, "late", letters(2*chunkSize+1))
		if n, err := s.SweepBodies(ctx, start()); n != 0 || err != nil {
			t.Fatalf("swept %d too early: %v", n, err)
		}
		if n, err := s.SweepBodies(ctx, start().Add(time.Second)); n != 2 || err != nil {
			t.Fatalf("swept %d: %v", n, err)
		}
		if n := count(t, s, "chunk") + count(t, s, "staged"); n != 0 {
			t.Errorf("%d records are left", n)
		}
		if _, err := s.Accept(ctx, late); err == nil {
			t.Error("a mail was accepted whose first chunks are gone")
		}
		if n := count(t, s, "chunk") + count(t, s, "delivery") + count(t, s, "receipt"); n != 0 {
			t.Errorf("%d records of it are left", n)
		}
	})
}

// A body that is swept while it is still written fails at its next chunk.
func TestSweptWhileWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		b := s.NewBody(context.Background(), start())
		b.Write(letters(chunkSize + 1))
		_, err := s.SweepBodies(context.Background(), start().Add(time.Hour))
		must(t, err)
		if _, err := b.Write(letters(chunkSize)); !errors.Is(err, ErrNotFound) {
			t.Errorf("writing on: %v", err)
		}
		if n := count(t, s, "chunk"); n != 0 {
			t.Errorf("%d chunks that nobody will sweep", n)
		}
	})
}

func TestBodyOfACancelledSession(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx, cancel := context.WithCancel(context.Background())
		b := s.NewBody(ctx, start())
		cancel()
		if _, err := b.Write(letters(2 * chunkSize)); !errors.Is(err, context.Canceled) {
			t.Errorf("writing: %v", err)
		}
		a := c.letter(s, "letter", nil)
		a.Mails[0].Body = b
		if _, err := s.Accept(context.Background(), a); !errors.Is(err, context.Canceled) {
			t.Errorf("accepting half a body: %v", err)
		}
	})
}
