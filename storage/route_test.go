package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestRoute(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		newCommunity(t, s, 7) // ids differ from each other
		must(t, s.CreatePerson(ctx, 1, newPerson("Zoe", "zoe@corp.example")))
		c := newCommunity(t, s, 0)
		writer, err := s.PersonByID(ctx, c.mentor.ID)
		must(t, err)
		reader, err := s.PersonByID(ctx, c.mentee.ID)
		must(t, err)
		programme, err := s.ProgrammeByID(ctx, c.programme.ID)
		must(t, err)
		pair, err := s.PairByID(ctx, c.pair.ID)
		must(t, err)
		pair.Mentor, pair.Mentee, pair.Masks = nil, nil, nil
		there := Route{Mask: c.pair.Masks[0], Back: c.pair.Masks[1], Pair: *pair, Programme: *programme, Writer: *writer, Reader: *reader}
		back := Route{Mask: there.Back, Back: there.Mask, Pair: *pair, Programme: *programme, Writer: *reader, Reader: *writer}
		for _, want := range []Route{there, back} {
			got, err := s.Route(ctx, want.Mask.Token)
			must(t, err)
			if fmt.Sprintf("%+v", *got) != fmt.Sprintf("%+v", want) {
				t.Errorf("got  %+v\nwant %+v", *got, want)
			}
		}
		for _, unknown := range []string{"", "nobody", "A0", "a0\x00", "\xffa0", strings.Repeat("a", 10000)} {
			if _, err := s.Route(ctx, unknown); !errors.Is(err, ErrNotFound) {
				t.Errorf("%.20q: %v", unknown, err)
			}
		}
		ended, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := s.Route(ended, "a0"); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}
