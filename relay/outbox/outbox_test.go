package outbox

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

// connections returns those of a script in testdata.
func connections(t *testing.T, name string) [][]string {
	return readScript(t, filepath.Join("testdata", name+".txt")).connections
}

// taking is a connection over which n messages are taken.
func taking(n int) []string {
	lines := strings.Split("S: 220 mx.example ESMTP\nC: EHLO relay.test\nS: 250-mx.example\nS: 250 PIPELINING", "\n")
	for range n {
		lines = append(lines, "C: MAIL FROM:*", "C: RCPT TO:*", "C: DATA", "S: 250 ok", "S: 250 ok", "S: 354 go ahead",
			"C: ...", "C: .", "S: 250 2.0.0 taken")
	}
	return append(lines, "C: QUIT", "S: 221 bye")
}

func (w *world) deliveries(states ...string) []storage.Delivery {
	w.Helper()
	list, err := w.store.Deliveries(context.Background(), states...)
	if err != nil {
		w.Fatal(err)
	}
	return list
}

// end stops the outbox and checks that the peer's script was followed to its
// end and that nothing is in anybody's hand.
func (w *world) end() {
	w.Helper()
	if err := w.stop(); err != nil {
		w.Error(err)
	}
	w.peer.done.Wait()
	if n := len(w.peer.next); n > 0 {
		w.Errorf("%d connections of the script were not made", n)
	}
	for _, d := range w.deliveries() {
		if d.Owner != "" {
			w.Errorf("delivery %d was left in hand", d.ID)
		}
	}
	if w.Failed() {
		for _, said := range w.peer.said {
			w.Logf("the client said:\n%s", strings.Join(said, "\n"))
		}
		w.Log(w.log.String())
	}
}

func TestIdleConnectionIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, [][]string{taking(2), taking(1)})
		w.run()
		w.queue("ben@uni.test", plainLetter)
		w.wait("sent 250 2.0.0")
		time.Sleep(idleLimit - time.Second)
		w.queue("ben@uni.test", plainLetter)
		w.wait("sent 250 2.0.0")
		time.Sleep(idleLimit + time.Second)
		w.queue("ben@uni.test", plainLetter)
		w.wait("sent 250 2.0.0")
		w.end()
	})
}

func TestConnectionIsLeftAfterManyMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, [][]string{taking(useLimit), taking(1)})
		w.run()
		for range useLimit + 1 {
			w.queue("ben@uni.test", plainLetter)
			w.wait("sent 250 2.0.0")
		}
		w.end()
	})
}

// An outcome that the database does not take is given to it again: the
// message is not sent again for it.
func TestFinishFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, [][]string{taking(1)})
		failures := 5
		w.store.fail = func(*storage.Outcome) error {
			if failures--; failures >= 0 {
				return errors.New("database is locked")
			}
			return nil
		}
		w.run()
		w.queue("ben@uni.test", plainLetter)
		w.wait("sent 250 2.0.0")
		w.end()
		if failures >= 0 {
			t.Error("Finish was not tried again")
		}
	})
}

// While the database takes no outcomes, what is sent without being recorded
// stays bounded.
func TestFinishFailsForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, [][]string{taking(outstanding), taking(20 - outstanding)})
		var down atomic.Bool
		down.Store(true)
		w.store.fail = func(*storage.Outcome) error {
			if down.Load() {
				return errors.New("disk full")
			}
			return nil
		}
		w.run()
		for range 20 {
			w.queue("ben@uni.test", plainLetter)
		}
		time.Sleep(time.Minute)
		if n := w.peer.heard("DATA"); n != outstanding {
			t.Errorf("%d messages were sent without a record, want %d", n, outstanding)
		}
		down.Store(false)
		for range 20 {
			w.wait("sent 250 2.0.0")
		}
		w.end()
	})
}

// What a dead instance had in hand is sent by the next one.
func TestDeadInstance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, [][]string{taking(1)})
		if err := w.store.Beat(t.Context(), "dead", time.Now()); err != nil {
			t.Fatal(err)
		}
		w.queue("ben@uni.test", plainLetter)
		later := func(int64) time.Duration { return time.Hour }
		if due, err := w.store.Claim(t.Context(), "dead", time.Now(), 10, later); err != nil || len(due) != 1 {
			t.Fatal(due, err)
		}
		time.Sleep(time.Minute)
		w.run()
		w.wait("sent 250 2.0.0")
		w.end()
	})
}

// Told to stop, the outbox waits for the message in flight and gives the
// others back.
func TestCleanStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := taking(1)
		i := len(slow) - 3 // before the reply to the final dot
		slow = append(slow[:i:i], append([]string{"pause 10s"}, slow[i:]...)...)
		w := newWorld(t, [][]string{slow})
		w.run()
		for range 5 {
			w.queue("ben@uni.test", plainLetter)
		}
		synctest.Wait()
		w.end()
		if n := len(w.deliveries(storage.DeliverySent)); n != 1 {
			t.Errorf("%d messages were sent, want the one in flight", n)
		}
		for _, d := range w.deliveries(storage.DeliveryQueued) {
			if d.NextAt.After(time.Now()) {
				t.Error("a message that was not tried has to wait")
			}
		}
	})
}

// A server that does not answer must not keep the outbox from stopping.
func TestStopWithinGrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := taking(1)
		slow = append(slow[:len(slow)-3:len(slow)-3], "pause 9m")
		w := newWorld(t, [][]string{slow})
		w.run()
		w.queue("ben@uni.test", plainLetter)
		synctest.Wait()
		began := time.Now()
		if err := w.stop(); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took != grace {
			t.Errorf("the message in flight was given %v, want %v", took, grace)
		}
		w.wait("queued 421 4.4.2")
		w.end()
	})
}

// While the smarthost is away nobody hammers it, and mail is neither lost nor
// failed, however long it takes.
func TestLongOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		var dials atomic.Int64
		w.config.Connections = 8
		w.config.Dial = func(context.Context, string, string) (net.Conn, error) {
			dials.Add(1)
			return nil, errors.New("connection refused")
		}
		w.config.Now = func() time.Time { return time.Now().Add(life) }
		w.store.fail = func(o *storage.Outcome) error {
			if o.State != storage.DeliveryQueued || o.Status != "421 4.4.1" {
				t.Error("the attempt ended as", o.State, o.Status)
			}
			return nil
		}
		w.run()
		for range 100 {
			w.queue("ben@uni.test", plainLetter)
		}
		time.Sleep(10 * time.Minute)
		// 1, 2, 4, 8, 16 and 32 s, and then once a minute
		if n, most := dials.Load(), int64(8*(7+9)); n == 0 || n > most {
			t.Errorf("%d connections were tried, want at most %d", n, most)
		}
		w.end()
		if n := strings.Count(w.log.String(), "smarthost fails"); n < 5 || n > 10 {
			t.Errorf("logged %d times in ten minutes", n)
		}
		if strings.Contains(w.log.String(), "uni.test") {
			t.Error("an address is in the log")
		}
		if n := len(w.deliveries(storage.DeliveryQueued)); n != 100 {
			t.Errorf("%d messages are queued, want all 100", n)
		}
	})
}

func TestGivingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := connections(t, "rcpt-4xx")[0][:14:14]
		hello := len(taking(0)) - 2
		w := newWorld(t, [][]string{
			append(refused, "C: QUIT", "S: 221 bye"),
			append(refused, taking(1)[hello:]...), // the notice goes over the same connection
		})
		w.config.Failed = func(ctx context.Context, d *storage.Delivery, status, reply string) ([]storage.Outgoing, []storage.Change, error) {
			if d.Recipient != "ben@uni.test" || status != "451 4.3.2" || reply == "" {
				t.Errorf("told about %q, %q, %q", d.Recipient, status, reply)
			}
			body := w.store.NewBody(ctx, time.Now())
			body.Write([]byte(plainLetter))
			return []storage.Outgoing{{Delivery: storage.Delivery{Kind: storage.DeliveryNotice, Recipient: "ann@corp.test"}, Body: body}}, nil, nil
		}
		// The first attempt comes before its life is over, the second after.
		start := time.Now()
		w.config.Now = func() time.Time { return time.Now().Add(life - time.Second) }
		w.queue("ben@uni.test", plainLetter)
		w.run()
		w.wait("queued 451 4.3.2")
		w.wait("failed 451 4.3.2")
		if waited := time.Since(start); waited < firstRetry-firstRetry/8 || waited > firstRetry+firstRetry/8+pollEvery {
			t.Errorf("tried again after %v", waited)
		}
		w.wait("sent 250 2.0.0")
		w.end()
	})
}

// A failure that nobody could be told of is not final yet.
func TestFailedFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := append(connections(t, "rcpt-5xx")[0][:14:14], "C: QUIT", "S: 221 bye")
		w := newWorld(t, [][]string{refused, refused})
		calls := 0
		w.config.Failed = func(context.Context, *storage.Delivery, string, string) ([]storage.Outgoing, []storage.Change, error) {
			if calls++; calls == 1 {
				return nil, nil, errors.New("no such template")
			}
			return nil, nil, nil
		}
		w.run()
		w.queue("ben@uni.test", plainLetter)
		w.wait("queued 554 5.6.1")
		w.wait("failed 554 5.6.1")
		w.end()
	})
}

// A message whose bytes can't be read to their end is not sent as far as they
// go.
func TestBytesFail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, [][]string{append(taking(1)[:10:10], "C: ...", "C: X")})
		w.config.Store = &torn{spy: w.store}
		w.run()
		w.queue("ben@uni.test", plainLetter+strings.Repeat("x\r\n", headSize))
		w.wait("queued 451 4.3.0")
		w.end()
		if w.peer.heard(".") > 0 {
			t.Error("half a message was sent as a whole")
		}
	})
}

// torn is a Store whose second reading of a message stops in the middle.
type torn struct {
	*spy
	opened int
}

func (s *torn) Open(ctx context.Context, d *storage.Delivery) io.Reader {
	if s.opened++; s.opened == 1 {
		return s.spy.Open(ctx, d)
	}
	return io.MultiReader(strings.NewReader(plainLetter+"X\r\n"), iotest.ErrReader(errors.New("disk failure")))
}

// heard counts what the client said so far.
func (p *peer) heard(line string) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, said := range p.said {
		for _, l := range said {
			if l == line {
				n++
			}
		}
	}
	return n
}

// More than the feed holds goes through the database; each message is sent
// once, over no more connections than allowed.
func TestManyAtOnce(t *testing.T) {
	const n = 1000
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store := &counter{Storage: db, done: make(chan struct{})}
	store.left.Store(n)
	s := newSink(t)
	o, err := New(Config{
		Store:       store,
		Instance:    "one",
		Scheme:      &mask.Scheme{Domain: "relay.test", Secret: []byte("secret")},
		URL:         "smtp://" + s.Addr().String(),
		Connections: 3,
		Log:         slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	for range n / 2 {
		if err := accept(ctx, db, strings.NewReader(plainLetter)); err != nil {
			t.Fatal(err)
		}
	}
	go func() { ended <- o.Run(ctx) }()
	var writers sync.WaitGroup
	for range 50 {
		writers.Go(func() {
			for range n / 2 / 50 {
				if err := accept(ctx, db, strings.NewReader(plainLetter)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	<-store.done
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := s.messages.Load(); got != n {
		t.Errorf("%d messages arrived, want %d", got, n)
	}
	if got := s.most.Load(); got > 3 {
		t.Errorf("%d connections at once, want at most 3", got)
	}
}

// Postfix's own sink, where it is installed.
func TestSMTPSink(t *testing.T) {
	address := startSMTPSink(t)
	w := newWorld(t, nil)
	w.config.URL, w.config.Dial, w.config.Connections = "smtp://"+address, nil, 2
	w.run()
	for _, message := range messages() {
		if message != messages()["utf8"] { // which it does not offer
			w.queue("ben@uni.test", message)
			w.wait("sent 250 2.0.0")
		}
	}
	w.end()
}

func startSMTPSink(t *testing.T) (address string) {
	program, err := exec.LookPath("smtp-sink")
	if err != nil {
		t.Skip("postfix (smtp-sink) is not installed")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	l.Close()
	args := []string{address, "100"}
	if os.Getuid() == 0 {
		args = append([]string{"-u", "postfix"}, args...) // it does not run as root
	}
	cmd := exec.CommandContext(t.Context(), program, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	for Check(t.Context(), Config{URL: "smtp://" + address}) != nil {
		select {
		case err := <-gone:
			t.Fatal("smtp-sink: ", err)
		default: // until it listens
		}
	}
	return address
}

func TestCheck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, [][]string{append(connections(t, "smtps")[0][:9:9], "C: QUIT", "S: 221 bye"), connections(t, "auth-535")[0]})
		c := Config{URL: "smtps://ann@mx.example", Password: "secret", Hostname: "relay.test", TLS: w.config.TLS, Dial: w.peer.dial}
		if err := Check(t.Context(), c); err != nil {
			t.Error(err)
		}
		c.Password = "wrong"
		err := Check(t.Context(), c)
		if err == nil || err.Error() != "535 5.7.8: 5.7.8 no" {
			t.Error("a wrong password:", err)
		}
		w.peer.done.Wait()
		c.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("connection refused") }
		if err := Check(t.Context(), c); err == nil {
			t.Error("nobody there, and no error")
		}
	})
}
