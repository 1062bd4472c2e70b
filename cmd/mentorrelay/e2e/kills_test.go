//go:build linux

package e2e

import (
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestKills kills the server again and again while clients write: whatever it
// answered 250 to arrives, and what arrives twice does so with one id.
func TestKills(t *testing.T) {
	const kills, clients = 10, 8
	w := newWorld(t, postfixSetup{}, nil)
	to := w.pair.masks[alice]
	var next atomic.Int64
	acknowledged := make(chan int, 4096)
	stop := make(chan struct{})
	var writing sync.WaitGroup
	for range clients {
		writing.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				n := int(next.Add(1) - 1)
				again := time.NewTicker(20 * time.Millisecond)
				// As every client does: the same again until it is answered.
				for submit(w.relay.smtp, alice, to, numbered(alice, to, n)) != nil {
					<-again.C
				}
				again.Stop()
				acknowledged <- n
			}
		})
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range kills {
		for range 20 + r.IntN(60) {
			receive(t, "an answer", acknowledged)
		}
		w.serve.kill()
		w.serve = w.relay.serve()
	}
	close(stop)
	go func() {
		for range acknowledged {
		}
	}()
	writing.Wait()
	close(acknowledged)
	written := int(next.Load())
	w.relay.drained()
	w.post.idle(t)
	// A kill may fall between the smarthost's 250 and its record on each of
	// the connections that send.
	const connections = 8
	came := arrivals(t, w.boxes.inbox(t, ben).letters())
	came.check(t, kills*connections, 0, written)
	t.Logf("%d letters, %d came twice", written, came.duplicates(t))
}

// TestTwoInstances lets two servers share one PostgreSQL database. One takes a
// letter, begins to send it to a smarthost that never answers, and is killed:
// the other delivers it.
func TestTwoInstances(t *testing.T) {
	db := startPostgres(t)
	w := newWorld(t, postfixSetup{}, map[string]string{"STORAGE_URL": db.url})
	silent, err := net.Listen("tcp", loopback(0))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	called := make(chan net.Conn, 64)
	go func() {
		for {
			c, err := silent.Accept()
			if err != nil {
				return
			}
			called <- c
		}
	}()
	other := w.relay.beside()
	other.env["SEND_URL"] = "smtp://" + silent.Addr().String()
	doomed := other.serve()

	to := w.pair.masks[alice]
	bensBox := w.boxes.inbox(t, ben)
	held, hold := -1, net.Conn(nil)
	for n := 0; held < 0; n++ {
		deliver(t, other.smtp, alice, to, numbered(alice, to, n))
		// A server that has only just begun may leave its first letters to
		// the other one.
		eventually(t, "the letter to be taken in hand", func() bool {
			select {
			case hold = <-called:
				held = n
			default:
			}
			return held == n || bensBox.count() > n
		})
	}
	doomed.kill()
	if err := hold.Close(); err != nil {
		t.Error(err)
	}
	deliver(t, w.relay.smtp, alice, to, numbered(alice, to, held+1)) // life goes on
	bensBox.wait(held + 1)
	if came := arrivals(t, bensBox.letters()); len(came[held]) > 0 {
		t.Error("the killed server had not held its letter")
	}
	bensBox.await(func(have int) bool { return have >= held+2 }, "the letter that was held")
	w.relay.drained()
	arrivals(t, bensBox.wait(held+2)).check(t, 0, 0, held+2)
}
