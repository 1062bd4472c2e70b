package outbox

import (
	"bufio"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

// A sink is an SMTP server that takes everything and keeps nothing.
type sink struct {
	net.Listener
	messages  atomic.Int64
	now, most atomic.Int64 // connections
}

func newSink(t testing.TB) *sink {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &sink{Listener: l}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func (s *sink) serve(conn net.Conn) {
	defer conn.Close()
	if n := s.now.Add(1); n > s.most.Load() {
		s.most.Store(n)
	}
	defer s.now.Add(-1)
	r, w := bufio.NewReaderSize(conn, 64<<10), bufio.NewWriter(conn)
	say := func(lines ...string) {
		for _, line := range lines {
			w.WriteString(line + "\r\n")
		}
		if r.Buffered() == 0 {
			w.Flush()
		}
	}
	say("220 sink.test ESMTP")
	data := false
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return
		}
		verb := string(line[:min(4, len(line))])
		switch {
		case data:
			if data = string(line) != ".\r\n"; !data {
				s.messages.Add(1)
				say("250 2.0.0 ok")
			}
		case verb == "EHLO":
			say("250-sink.test", "250-PIPELINING", "250-SIZE 26214400", "250-8BITMIME", "250 ENHANCEDSTATUSCODES")
		case verb == "DATA":
			data = true
			say("354 go ahead")
		case verb == "QUIT":
			say("221 2.0.0 bye")
			return
		default:
			say("250 2.0.0 ok")
		}
	}
}

// fourKB is a usual letter.
var fourKB = plainLetter + strings.Repeat("The quick brown fox jumps over the lazy dog, and over and over again.\r\n", 54)

// BenchmarkClient compares this package's client with go-smtp's, which waits
// for the reply to each command: eight connections, no database.
func BenchmarkClient(b *testing.B) {
	run := func(b *testing.B, open func(address string) (send func() error)) {
		s := newSink(b)
		var left atomic.Int64
		left.Store(int64(b.N))
		var all sync.WaitGroup
		for range 8 {
			send := open(s.Addr().String())
			all.Go(func() {
				for left.Add(-1) >= 0 {
					if err := send(); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
	}
	b.Run("outbox", func(b *testing.B) {
		run(b, func(address string) func() error {
			h, err := newSmarthost(&Config{URL: "smtp://" + address})
			if err != nil {
				b.Fatal(err)
			}
			c, err := h.connect(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			return func() error {
				_, err := c.send("b+token@relay.test", "ben@uni.test", &letter{open: func() io.Reader { return strings.NewReader(fourKB) }})
				return err
			}
		})
	})
	b.Run("go-smtp", func(b *testing.B) {
		run(b, func(address string) func() error {
			c, err := smtp.Dial(address)
			if err != nil {
				b.Fatal(err)
			}
			return func() error {
				return c.SendMail("b+token@relay.test", []string{"ben@uni.test"}, strings.NewReader(fourKB))
			}
		})
	})
}

// BenchmarkOutbox takes letters of 4 KB from fifty writers through SQLite and
// eight connections into a sink, until the last outcome is durable.
func BenchmarkOutbox(b *testing.B) {
	b.Run("unsigned", func(b *testing.B) { benchmarkOutbox(b, nil) })
	b.Run("ed25519", func(b *testing.B) {
		_, key, _ := ed25519.GenerateKey(rand.Reader)
		benchmarkOutbox(b, key)
	})
	b.Run("rsa2048", func(b *testing.B) {
		key, _ := rsa.GenerateKey(rand.Reader, 2048)
		benchmarkOutbox(b, key)
	})
}

func benchmarkOutbox(b *testing.B, key crypto.Signer) {
	o, store := benchOutbox(b, key, b.N)
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- o.Run(ctx) }()
	b.ResetTimer()
	var next atomic.Int64
	var writers sync.WaitGroup
	for range 50 {
		writers.Go(func() {
			for next.Add(1) <= int64(b.N) {
				if err := accept(ctx, store.Storage, strings.NewReader(fourKB)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
	accepted := b.Elapsed()
	<-store.done
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
	b.ReportMetric(float64(b.N)/accepted.Seconds(), "accepted/s")
	stop()
	if err := <-ended; err != nil {
		b.Error(err)
	}
}

// benchOutbox returns an outbox over SQLite and eight connections to a sink.
func benchOutbox(b *testing.B, key crypto.Signer, messages int) (*Outbox, *counter) {
	db, err := storage.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	store := &counter{Storage: db, done: make(chan struct{})}
	store.left.Store(int64(messages))
	config := Config{
		Store:    store,
		Instance: "bench",
		Scheme:   &mask.Scheme{Domain: "relay.test", Secret: []byte("secret")},
		URL:      "smtp://" + newSink(b).Addr().String(),
		Log:      slog.New(slog.DiscardHandler),
	}
	if key != nil {
		s, err := NewSigner("relay.test", "one", key)
		if err != nil {
			b.Fatal(err)
		}
		config.Signers = []*Signer{s}
	}
	o, err := New(config)
	if err != nil {
		b.Fatal(err)
	}
	return o, store
}

// BenchmarkLarge sends eight messages of 25 MiB side by side, signed. It
// reports the process's peak of resident memory, what it took to write them
// into the database included, so it is best run alone.
func BenchmarkLarge(b *testing.B) {
	const size, count = 25 << 20, 8
	key, _ := rsa.GenerateKey(rand.Reader, 2048)
	b.SetBytes(size * count)
	for b.Loop() {
		b.StopTimer()
		o, store := benchOutbox(b, key, count)
		for range count {
			body := io.LimitReader(&repeated{text: fourKB}, size)
			if err := accept(b.Context(), store.Storage, body); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		ctx, stop := context.WithCancel(b.Context())
		ended := make(chan error, 1)
		go func() { ended <- o.Run(ctx) }()
		<-store.done
		stop()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("no /proc")
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, err := strconv.Atoi(strings.Fields(peak)[0])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(kilobytes)/1024, "MiB-peak")
}

// repeated reads a text again and again.
type repeated struct {
	text string
	rest string
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.rest == "" {
		r.rest = r.text
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func accept(ctx context.Context, db *storage.Storage, message io.Reader) error {
	body := db.NewBody(ctx, time.Now())
	if _, err := io.Copy(body, message); err != nil {
		return err
	}
	mail := storage.Outgoing{Delivery: storage.Delivery{Kind: storage.DeliveryRelay, Recipient: "ben@uni.test"}, Body: body}
	_, err := db.Accept(ctx, &storage.Acceptance{At: time.Now(), Mails: []storage.Outgoing{mail}})
	return err
}

// A counter is a Store that tells when so many messages were sent.
type counter struct {
	*storage.Storage
	left atomic.Int64
	done chan struct{}
}

func (c *counter) Finish(ctx context.Context, o *storage.Outcome) error {
	err := c.Storage.Finish(ctx, o)
	if err == nil && o.State == storage.DeliverySent && c.left.Add(-1) == 0 {
		close(c.done)
	}
	return err
}
