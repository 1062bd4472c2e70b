package storage

import (
	"testing"
	"time"
)

// A question is kept with its letter, until its time is over.
func TestAsks(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := t.Context()
		a := c.letter(s, "one", []byte("x"))
		a.Message.Asks, a.Message.Thanks, a.Message.Pace = 2, 1, "month"
		a.Asks = []Ask{
			{Text: "Where to begin?", ExpiresAt: start().Add(time.Hour)},
			{Text: "And\x00 then\xff?", ExpiresAt: start().Add(2 * time.Hour)},
		}
		accept(t, s, a)
		if asks, _ := s.Asks(ctx, c.pair.ID, start().Add(time.Second)); len(asks) != 0 {
			t.Errorf("asked later: %+v", asks)
		}
		list, err := s.Messages(ctx, c.pair.ID)
		must(t, err)
		if m := list[0]; m.Asks != 2 || m.Thanks != 1 || m.Offers != 0 || m.Pace != "month" {
			t.Errorf("the facts are %+v", m)
		}
		for _, step := range []struct {
			after time.Duration
			want  string
		}{
			{0, "Where to begin?And then\uFFFD?"},
			{time.Hour, "And then\uFFFD?"},
			{2 * time.Hour, ""},
		} {
			must(t, s.ExpireAsks(ctx, start().Add(step.after)))
			asks, err := s.Asks(ctx, c.pair.ID, start())
			must(t, err)
			got := ""
			for _, k := range asks {
				if k.MessageID != list[0].ID || k.WriterID != c.mentor.ID || !k.At.Equal(stored(start())) {
					t.Errorf("%+v", k)
				}
				got += k.Text
			}
			if got != step.want {
				t.Errorf("after %v: %q, want %q", step.after, got, step.want)
			}
		}
	})
}
