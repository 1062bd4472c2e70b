//go:build postgres

// Run it by hand: go test -tags postgres, with a server that may lose its databases.

package year

import (
	"net/url"
	"os"
	"testing"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// postgresVariable names a server on which the tests may create a database.
const postgresVariable = "MENTORRELAY_TEST_POSTGRES"

// TestMonthsOnPostgres is some months on a server, with both instances at once.
func TestMonthsOnPostgres(t *testing.T) {
	server := os.Getenv(postgresVariable)
	if server == "" {
		t.Skip("no PostgreSQL in " + postgresVariable)
	}
	admin, err := gorm.Open(postgres.Open(server), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	const name = "mentorrelay_year"
	for _, sql := range []string{"DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name} {
		if err := admin.Exec(sql).Error; err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if pool, err := admin.DB(); err == nil {
			pool.Close()
		}
	})
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name
	live(t, address.String(), 0.1, 6)
}
