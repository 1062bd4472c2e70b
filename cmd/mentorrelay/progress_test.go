package main

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Who waits long sees a bar, which is taken away; who does not sees nothing.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w screen
		p := newProgress(&w, 1000)
		p.add(250)
		time.Sleep(progressAfter - time.Millisecond)
		p.end()
		if got := w.String(); got != "" {
			t.Errorf("too early: %q", got)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		var w screen
		p := newProgress(&w, 1000)
		p.add(250)
		time.Sleep(progressAfter + time.Second)
		synctest.Wait()
		p.add(500)
		time.Sleep(time.Second)
		synctest.Wait()
		got := w.String()
		for _, want := range []string{"250 / 1000 [", "25.00%", "750 / 1000 [", "75.00%", " left"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %q in %q", want, got)
			}
		}
		p.end()
		lines := strings.Split(strings.TrimRight(w.String(), "\r"), "\r")
		if last := lines[len(lines)-1]; strings.TrimSpace(last) != "" || strings.Contains(w.String(), "\n") {
			t.Errorf("left on the screen: %q", last)
		}
	})
}

// A screen keeps what is written to it.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
