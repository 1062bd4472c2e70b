//go:build !linux

package storage

import "errors"

// errNoPostgres says that there is no server to be started here.
var errNoPostgres = errors.New("set MENTORRELAY_TEST_POSTGRES to test with PostgreSQL")

func startPostgres() (url string, stop func() error, err error) { return "", nil, errNoPostgres }
