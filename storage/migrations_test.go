package storage

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

func TestMigrateTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		newCommunity(t, open(t, address), 0)
		s := open(t, address)
		if n := count(t, s, "schema_version"); n != int64(len(migrations)) {
			t.Errorf("%d versions recorded", n)
		}
		if _, err := s.Route(context.Background(), "a0"); err != nil {
			t.Error(err)
		}
	})
}

func TestMigrateAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				s, err := Open(context.Background(), address)
				if err != nil {
					t.Error(err)
					return
				}
				if err := errors.Join(s.Ping(context.Background()), s.Close()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := count(t, open(t, address), "schema_version"); n != int64(len(migrations)) {
			t.Errorf("%d versions recorded", n)
		}
	})
}

func TestANewerSchemaIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		must(t, s.writer.db.Exec("INSERT INTO schema_version (version) VALUES (?)", len(migrations)+1).Error)
		if _, err := Open(context.Background(), address); !errors.Is(err, ErrNewer) {
			t.Errorf("opened by an older version: %v", err)
		}
	})
}

// A migration that fails leaves nothing behind, and the next start tries again.
func TestAMigrationIsAllOrNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		next := "CREATE TABLE half (id {{id}}); INSERT INTO half (id) VALUES (1)"
		if err := migrate(ctx, s.writer.db, s.engine, append(slices.Clone(migrations), next+"; INSERT INTO nowhere (id) VALUES (1)")); err == nil {
			t.Fatal("no error")
		}
		if n := count(t, s, "schema_version"); n != int64(len(migrations)) {
			t.Errorf("%d versions recorded", n)
		}
		must(t, migrate(ctx, s.writer.db, s.engine, append(slices.Clone(migrations), next)))
		if n := count(t, s, "half"); n != 1 {
			t.Errorf("%d records", n)
		}
	})
}
