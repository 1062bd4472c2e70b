package storage

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestProgramme(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		p := &Programme{Key: "alumni", Name: "Alumni ✉", Coordinator: "carol@alumni.example", Language: "fr", Timezone: "Europe/Paris",
			Policy: PolicyMonitored, Opaque: OpaquePass, Display: DisplayFull, CreatedAt: start()}
		must(t, s.CreateProgramme(ctx, p))
		want := *p
		want.CreatedAt = stored(start())
		got, err := s.ProgrammeByKey(ctx, "alumni")
		must(t, err)
		if *got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got.CreatedAt.Location() != time.UTC {
			t.Errorf("a time in %s", got.CreatedAt.Location())
		}
		if err := s.CreateProgramme(ctx, &Programme{Key: "alumni", CreatedAt: start()}); !errors.Is(err, ErrExists) {
			t.Errorf("the same key: %v", err)
		}
		must(t, s.CreateProgramme(ctx, &Programme{Key: "school", CreatedAt: start()}))
		want.Name, want.Policy = "", PolicyPrivate
		must(t, s.UpdateProgramme(ctx, &want))
		if got, err := s.ProgrammeByID(ctx, p.ID); err != nil || *got != want {
			t.Errorf("updated: %+v, %v", got, err)
		}
		taken := want
		taken.Key = "school"
		if err := s.UpdateProgramme(ctx, &taken); !errors.Is(err, ErrExists) {
			t.Errorf("the key of another: %v", err)
		}
		if err := s.UpdateProgramme(ctx, &Programme{ID: 99, Key: "nowhere"}); !errors.Is(err, ErrNotFound) {
			t.Errorf("no such programme: %v", err)
		}
		list, err := s.Programmes(ctx)
		must(t, err)
		if len(list) != 2 || list[0] != want || list[1].Key != "school" {
			t.Errorf("list: %+v", list)
		}
		if _, err := s.ProgrammeByKey(ctx, "nowhere"); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if _, err := s.ProgrammeByID(ctx, 99); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

// A person's programme is the first they were enrolled in.
func TestProgrammeOf(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		other := newCommunity(t, s, 1)
		must(t, s.Enrol(t.Context(), other.programme.ID, c.mentor.ID))
		p, err := s.ProgrammeOf(t.Context(), c.mentor.ID)
		must(t, err)
		if p.ID != c.programme.ID {
			t.Errorf("programme %d", p.ID)
		}
		if _, err := s.ProgrammeOf(t.Context(), 4711); !errors.Is(err, ErrNotFound) {
			t.Errorf("of nobody: %v", err)
		}
	})
}
