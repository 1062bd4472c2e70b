package imapdoor

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mentorrelay/relay"
)

// letterText is a message of 4 KB.
func letterText(i int) string {
	return fmt.Sprintf("Return-Path: <ana@corp.test>\r\nDelivered-To: ben@relay.test\r\nFrom: Ana <ana@corp.test>\r\n"+
		"To: ben@relay.test\r\nSubject: Letter %d\r\nMessage-ID: <%d@corp.test>\r\n\r\n", i, i) +
		strings.Repeat("What have you read lately that changed your mind about something?\r\n", 57)
}

// A committer is a relay that reads each message and answers when a commit of
// 5 ms is over, which those that came meanwhile share.
type committer struct {
	fakeRelay
	commits chan chan struct{}
	taken   atomic.Int64
	octets  atomic.Int64
	heap    atomic.Uint64 // the most that was ever in use
}

func newCommitter(t testing.TB) *committer {
	c := &committer{commits: make(chan chan struct{}, 1000)}
	ended := make(chan struct{})
	t.Cleanup(func() { close(ended) })
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-ended:
				return
			}
			for range len(c.commits) {
				close(<-c.commits)
			}
		}
	}()
	return c
}

func (c *committer) Receive(_ context.Context, env relay.Envelope, msg *relay.Spool) []error {
	n, err := io.Copy(io.Discard, msg.Reader())
	c.octets.Add(n)
	if c.taken.Add(1)%100 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		c.heap.Store(max(c.heap.Load(), m.HeapInuse+m.StackInuse))
	}
	done := make(chan struct{})
	c.commits <- done
	<-done
	return []error{err}
}

// drain has a door empty the mailbox of user, and returns how long it took.
func drain(t testing.TB, address, user, after string, c *committer) time.Duration {
	t.Helper()
	door, err := New(Config{
		URL:      "imap://" + user + "@" + address,
		Password: func() (string, error) { return "secret", nil },
		After:    after,
		Relay:    c,
	})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	s, err := door.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if err := s.round(t.Context()); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

// TestDrain empties a mailbox of 10,000 messages in bounded memory: it must
// not matter how many wait, nor how large they are.
func TestDrain(t *testing.T) {
	n := 10_000
	if testing.Short() {
		n = 1000
	}
	d := startDovecot(t, "/", "")
	t.Run("many", func(t *testing.T) {
		d.fill(t, "many", n, letterText)
		c := newCommitter(t)
		took := drain(t, d.address, "many", "move:Relayed", c)
		t.Logf("%d messages in %v: %.0f/s, heap %d MiB", n, took, float64(n)/took.Seconds(), c.heap.Load()>>20)
		if got := c.taken.Load(); got != int64(n) {
			t.Errorf("%d messages handed over, want %d", got, n)
		}
		if moved, _ := filepath.Glob(filepath.Join(d.dir, "home/many/Maildir/.Relayed/*/*.test,*")); len(moved) != n {
			t.Errorf("%d messages moved, want %d", len(moved), n)
		}
		if c.heap.Load() > 32<<20 {
			t.Errorf("heap of %d MiB", c.heap.Load()>>20)
		}
	})
	t.Run("large", func(t *testing.T) {
		body := strings.Repeat(strings.Repeat("x", 76)+"\r\n", 1<<20/78)
		d.fill(t, "large", n/100, func(i int) string { return letterText(i) + body })
		c := newCommitter(t)
		took := drain(t, d.address, "large", "delete", c)
		t.Logf("%d messages of 1 MiB in %v: %.0f MB/s", n/100, took, float64(c.octets.Load())/1e6/took.Seconds())
	})
}

// BenchmarkDrain compares the door with mbsync copying the like mailbox, and
// not waiting for the disk.
func BenchmarkDrain(b *testing.B) {
	const n = 5000
	d := startDovecot(b, "/", "")
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		user, other := fmt.Sprintf("drained%d", i), fmt.Sprintf("synced%d", i)
		d.fill(b, user, n, letterText)
		d.fill(b, other, n, letterText)
		synced := d.mbsync(b, other)
		b.StartTimer()
		drained := drain(b, d.address, user, "move:Relayed", newCommitter(b))
		b.ReportMetric(n/drained.Seconds(), "msg/s")
		if synced > 0 {
			b.ReportMetric(n/synced.Seconds(), "mbsync-msg/s")
			b.ReportMetric(synced.Seconds()/drained.Seconds(), "ratio")
		}
	}
}

// mbsync has mbsync (Debian: isync) copy a mailbox, and returns how long it
// took, or 0 where it is not installed.
func (d *dovecot) mbsync(t testing.TB, user string) time.Duration {
	path, err := exec.LookPath("mbsync")
	if err != nil {
		return 0
	}
	host, port, _ := strings.Cut(d.address, ":")
	dir := t.TempDir()
	conf := filepath.Join(dir, "mbsyncrc")
	text := fmt.Sprintf("FSync no\n\nIMAPAccount a\nHost %s\nPort %s\nUser %s\nPass secret\nSSLType None\nAuthMechs *\n\n"+
		"IMAPStore far\nAccount a\n\nMaildirStore near\nInbox %s/near\n\n"+
		"Channel c\nFar :far:\nNear :near:\nSync Pull\nCreate Near\nSyncState %s/state\n", host, port, user, dir, dir)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if out, err := exec.Command(path, "-q", "-c", conf, "c").CombinedOutput(); err != nil {
		t.Fatalf("mbsync: %v: %s", err, out)
	}
	took := time.Since(start)
	if copied, _ := filepath.Glob(filepath.Join(dir, "near/*/*")); len(copied) < 5000 {
		t.Fatalf("mbsync copied %d messages", len(copied))
	}
	return took
}
