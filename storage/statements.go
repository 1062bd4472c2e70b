package storage

import (
	"context"
	"database/sql/driver"
	"errors"
)

// statementsKept bounds the statements that one connection keeps prepared:
// several times what this package has, but for lists of every length.
const statementsKept = 200

// A connector opens SQLite connections that keep their statements prepared.
// pgx does so by itself for PostgreSQL; here preparing would cost more than
// running, and gorm's own store prepares anew in each transaction.
type connector struct {
	driver driver.Driver
	dsn    string
}

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	inner, ok := opened.(sqliteConnection)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver lacks what this program needs"), opened.Close())
	}
	return &connection{inner, make(map[string]statement)}, nil
}

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return c.driver }

type sqliteConnection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// A connection keeps the statements that are not just running.
type connection struct {
	sqliteConnection
	idle map[string]statement
}

// ExecContext implements driver.ExecerContext.
func (c *connection) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	st, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := st.ExecContext(ctx, args)
	return result, errors.Join(err, c.put(query, st))
}

// QueryContext implements driver.QueryerContext.
func (c *connection) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	st, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := st.QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, c.put(query, st))
	}
	return &result{rows, c, query, st}, nil
}

// Close implements driver.Conn.
func (c *connection) Close() error {
	return errors.Join(c.forget(), c.sqliteConnection.Close())
}

func (c *connection) take(ctx context.Context, query string) (statement, error) {
	if st, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return st, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	st, ok := prepared.(statement)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver lacks what this program needs"), prepared.Close())
	}
	return st, nil
}

func (c *connection) put(query string, st statement) error {
	if _, ok := c.idle[query]; ok {
		return st.Close() // its rows were open while another ran the same
	}
	var err error
	if len(c.idle) >= statementsKept {
		err = c.forget()
	}
	c.idle[query] = st
	return err
}

func (c *connection) forget() error {
	var errs []error
	for _, st := range c.idle {
		errs = append(errs, st.Close())
	}
	clear(c.idle)
	return errors.Join(errs...)
}

// A result puts its statement back when it is closed.
type result struct {
	driver.Rows
	connection *connection
	query      string
	statement  statement
}

// Close implements driver.Rows.
func (r *result) Close() error {
	return errors.Join(r.Rows.Close(), r.connection.put(r.query, r.statement))
}
