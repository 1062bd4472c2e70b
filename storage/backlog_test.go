package storage

import (
	"testing"
	"time"
)

func TestBacklog(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		if b, err := s.Backlog(t.Context()); err != nil || b != (Backlog{}) {
			t.Errorf("of nothing: %+v, %v", b, err)
		}
		for _, key := range []string{"one", "two", "three"} {
			accept(t, s, c.letter(s, key, []byte("x")))
		}
		claim(t, s, "x", start(), 1)
		accept(t, s, c.holding(s, "held", 7, []byte("x")))
		must(t, s.RetryDelivery(t.Context(), 3, start().Add(time.Hour)))
		b, err := s.Backlog(t.Context())
		must(t, err)
		if b.Queued != 2 || b.Held != 1 || !b.Due.Equal(stored(start())) {
			t.Errorf("%+v", b)
		}
	})
}
