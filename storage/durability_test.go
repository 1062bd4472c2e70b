package storage

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// kills is how often the writing process is killed.
const kills = 20

// acceptForEver accepts letters, and prints the key of each once it is
// acknowledged, until it is killed.
func acceptForEver(address string) int {
	ctx := context.Background()
	s, err := Open(ctx, address)
	if err != nil {
		fmt.Println("!", err)
		return 1
	}
	pair, err := s.PairByID(ctx, 1)
	if err != nil {
		fmt.Println("!", err)
		return 1
	}
	c := &community{pair: pair, mentor: pair.Mentor, mentee: pair.Mentee}
	feed := s.Feed("child", 4, minutes) // some are handed over and finished, the others wait
	go func() {
		for d := range feed.Mail() {
			s.Finish(ctx, &Outcome{Delivery: d, State: DeliverySent, At: start()})
			feed.Took()
		}
	}()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				key := fmt.Sprintf("letter-%d-%d", os.Getpid(), rand.Int64())
				fresh, err := s.Accept(ctx, c.letter(s, key, letters(sizes[rand.IntN(len(sizes))])))
				if err != nil || !fresh {
					fmt.Println("!", fresh, err)
					return
				}
				fmt.Println(key) // one write of less than a pipe's buffer: whole, or not at all
			}
		})
	}
	wg.Wait()
	return 1
}

var sizes = []int{100, 4096, 4096, 4096, 50_000, 2*chunkSize + 1}

// A process killed at any instant has stored whatever it acknowledged, and
// nothing by halves.
func TestKilledWhileItWrites(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		newCommunity(t, s, 0)
		var acknowledged []string
		for range kills {
			acknowledged = append(acknowledged, killAfter(t, address, 1+rand.IntN(60))...)
		}
		if s.engine.alone() {
			intact(t, s)
		}
		var keys []string
		must(t, s.read.Model(&Receipt{}).Pluck("key", &keys).Error)
		stored := make(map[string]bool, len(keys))
		for _, k := range keys {
			stored[k] = true
		}
		for _, k := range acknowledged {
			if !stored[k] {
				t.Errorf("%s was acknowledged and is gone", k)
			}
		}
		whole(t, s, int64(len(keys)))
		t.Logf("%d acknowledged in %d lives, %d stored", len(acknowledged), kills, len(keys))
	})
}

// killAfter runs a process until it has acknowledged so many letters, kills
// it, and returns all it acknowledged.
func killAfter(t *testing.T, address string, letters int) (acknowledged []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+address)
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if !strings.HasPrefix(lines.Text(), "letter-") {
			t.Errorf("the child: %s", lines.Text())
		}
		if acknowledged = append(acknowledged, lines.Text()); len(acknowledged) == letters {
			must(t, child.Process.Kill())
		}
	}
	if err := child.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
	return acknowledged
}

// whole checks that each receipt has its letter, and each letter its bytes
// until it is sent.
func whole(t *testing.T, s *Storage, receipts int64) {
	t.Helper()
	ctx := context.Background()
	must(t, s.Reap(ctx, "test", start().Add(time.Hour), start()))
	for _, table := range []string{"message", "delivery"} {
		if n := count(t, s, table); n != receipts {
			t.Errorf("%d receipts, %d in %s", receipts, n, table)
		}
	}
	_, err := s.SweepBodies(ctx, start().Add(time.Hour))
	must(t, err)
	for _, d := range claim(t, s, "test", start().Add(time.Hour), int(receipts)) {
		if !bytes.Equal(read(t, s, &d), letters(int(d.Size))) {
			t.Errorf("delivery %d has other bytes", d.ID)
		}
		must(t, s.Finish(ctx, &Outcome{Delivery: &d, State: DeliverySent, At: start()}))
	}
	if n := count(t, s, "chunk") + count(t, s, "staged"); n != 0 {
		t.Errorf("%d records belong to nothing", n)
	}
}
