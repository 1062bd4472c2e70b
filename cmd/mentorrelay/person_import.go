package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"mentorrelay/storage"
)

const (
	// importRows is how many people one file may name: they are stored in one
	// transaction, which other writers wait for.
	importRows = 100_000
	// importSize is how large the file may be, in octets.
	importSize = 64 << 20
)

type personImport struct {
	File      string `arg:"" help:"CSV with a header line; the columns name and email, and if you wish language, timezone and also. - is stdin."`
	Programme string `help:"The programme's key; not needed where there is one programme only." placeholder:"P"`
	output    `embed:""`
}

// A row is one line of the file, with what is wrong about it.
type row struct {
	line     int
	person   *storage.Person
	problems []error
}

// Run enrols everybody in the file, or says what is wrong with it.
func (c *personImport) Run(ctx context.Context, m *Main, i *installation) error {
	programme, err := i.programme(ctx, c.Programme)
	if err != nil {
		return err
	}
	text, err := c.read(m)
	if err != nil {
		return err
	}
	rows, err := readRows(text, func(a *personAdd) (*storage.Person, []error) { return a.person(i.config, programme, m.Now()) })
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	noteTwice(rows)
	if err := i.noteTaken(ctx, rows); err != nil {
		return err
	}
	if err := c.tell(m, rows); err != nil {
		return err
	}
	people := make([]*storage.Person, len(rows))
	for k, r := range rows {
		people[k] = r.person
	}
	err = i.CreatePersons(ctx, programme.ID, people)
	if errors.Is(err, storage.ErrExists) {
		return errors.New("somebody was enrolled with one of these addresses just now, so nobody was added: run it again to see who")
	}
	if err != nil {
		return err
	}
	return c.say(m, programme, people)
}

// read reads the file.
func (c *personImport) read(m *Main) ([]byte, error) {
	file := m.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		file = f
	}
	text, err := io.ReadAll(io.LimitReader(file, importSize+1))
	if err == nil && len(text) > importSize {
		err = fmt.Errorf("%s is larger than %d MiB: import it in parts", c.File, importSize>>20)
	}
	return text, err
}

// tell names every bad row, each on a line of its own.
func (c *personImport) tell(m *Main, rows []row) error {
	bad := 0
	for _, r := range rows {
		for _, err := range r.problems {
			fmt.Fprintf(m.Stderr, "%s:%d: %v\n", c.File, r.line, err)
		}
		if len(r.problems) > 0 {
			bad++
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d rows can't be imported, so nobody was added: mend them and import the file again", bad, len(rows))
	}
	return nil
}

// say says who was added.
func (c *personImport) say(m *Main, programme *storage.Programme, people []*storage.Person) error {
	views := []*personView{}
	for _, p := range people {
		views = append(views, viewPerson(p))
	}
	return c.print(m, views, func(w io.Writer) {
		fmt.Fprintf(w, "%d people were added to programme %s\n", len(people), programme.Key)
	})
}

// readRows reads the people that a file names, and makes a record of each with
// enrol. What is wrong with one of them is noted in its row; the error says what
// is wrong with the file.
func readRows(text []byte, enrol func(*personAdd) (*storage.Person, []error)) ([]row, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !bytes.Contains(text, []byte("\n")) { // as a Macintosh once ended lines
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	if line := strangeLine(text); line > 0 {
		return nil, fmt.Errorf("line %d is not UTF-8: save the file as \"CSV UTF-8\" and import that", line)
	}
	table := csv.NewReader(bytes.NewReader(text))
	table.Comma, table.FieldsPerRecord, table.ReuseRecord = separator(text), -1, true
	table.TrimLeadingSpace = table.Comma != '\t'
	columns, err := readHeader(table)
	if err != nil {
		return nil, err
	}
	var rows []row
	for {
		fields, err := table.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		r := row{line: position(table, err)}
		switch {
		case err != nil:
			r.problems = []error{malformed(err)}
		case strings.TrimSpace(strings.Join(fields, "")) == "":
			continue // spreadsheets write empty rows after the last one
		case len(fields) != len(columns):
			r.problems = []error{fmt.Errorf("this row has %d fields, and the header %d: put quotes around what has a %q in it", len(fields), len(columns), table.Comma)}
		default:
			r.person, r.problems = enrol(given(columns, fields))
		}
		if rows = append(rows, r); len(rows) > importRows {
			return nil, fmt.Errorf("there are more than %d rows: import them in parts", importRows)
		}
	}
	if len(rows) == 0 {
		return nil, errors.New("there is nobody in it, only a header")
	}
	return rows, nil
}

// strangeLine is the number of the first line that is not UTF-8, or 0.
func strangeLine(text []byte) int {
	line := 0
	for l := range bytes.Lines(text) {
		line++
		if !utf8.Valid(l) || bytes.IndexByte(l, 0) >= 0 { // UTF-16 has NULs
			return line
		}
	}
	return 0
}

// separator is what stands between the fields: where a comma is the decimal
// mark, spreadsheets write semicolons.
func separator(text []byte) rune {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	most := ','
	for _, c := range []rune{';', '\t'} {
		if bytes.Count(header, []byte(string(c))) > bytes.Count(header, []byte(string(most))) {
			most = c
		}
	}
	return most
}

// importColumns are the columns there may be; the first two must be.
var importColumns = []string{"name", "email", "language", "timezone", "also"}

// readHeader reads which column is where.
func readHeader(table *csv.Reader) ([]string, error) {
	fields, err := table.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("it is empty: the first line names the columns, as in %s", strings.Join(importColumns, ","))
	}
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", position(table, err), malformed(err))
	}
	var columns []string
	for _, f := range fields {
		name := strings.ToLower(strings.TrimSpace(f))
		switch {
		case !slices.Contains(importColumns, name):
			return nil, fmt.Errorf("line 1: there is no column %q: the first line names the columns, which are %s", name, strings.Join(importColumns, ", "))
		case slices.Contains(columns, name):
			return nil, fmt.Errorf("line 1: the column %s is there twice: leave one out", name)
		}
		columns = append(columns, name)
	}
	for _, name := range importColumns[:2] {
		if !slices.Contains(columns, name) {
			return nil, fmt.Errorf("line 1: the column %s is missing: the first line names the columns, as in %s", name, strings.Join(importColumns, ","))
		}
	}
	return columns, nil
}

// given is what a row says, as if somebody had typed it.
func given(columns, fields []string) *personAdd {
	a := &personAdd{}
	for i, name := range columns {
		text := strings.Clone(strings.TrimSpace(fields[i]))
		switch name {
		case "name":
			a.Name = text
		case "email":
			a.Email = text
		case "language":
			a.Language = text
		case "timezone":
			a.Timezone = text
		case "also":
			a.Also = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("; \t\r\n", r) })
		}
	}
	return a
}

// position is the line on which the row begins that was read last.
func position(table *csv.Reader, err error) int {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return bad.StartLine
	}
	line, _ := table.FieldPos(0)
	return line
}

// malformed says what is wrong with a row that is no CSV.
func malformed(err error) error {
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		return errors.New("a quote is out of place: write \"\" for a quote in a field, and quotes around that field")
	}
	return err
}

// noteTwice notes the addresses that stand in more than one row.
func noteTwice(rows []row) {
	first := map[string]int{}
	for k := range rows {
		r := &rows[k]
		for _, a := range r.addresses() {
			if line := first[a.Canonical]; line > 0 {
				r.problems = append(r.problems, fmt.Errorf("%s is on line %d already", a.Address, line))
			} else {
				first[a.Canonical] = r.line
			}
		}
	}
}

// noteTaken notes the addresses that somebody has.
func (i *installation) noteTaken(ctx context.Context, rows []row) error {
	var all []string
	for _, r := range rows {
		for _, a := range r.addresses() {
			all = append(all, a.Canonical)
		}
	}
	taken, err := i.Taken(ctx, all)
	if err != nil {
		return err
	}
	for k := range rows {
		r := &rows[k]
		for _, a := range r.addresses() {
			if taken[a.Canonical] {
				r.problems = append(r.problems, fmt.Errorf("%s is known already: leave the row out (`mentorrelay person add` gives somebody who is known a place in one more programme)", a.Address))
			}
		}
	}
	return nil
}

func (r *row) addresses() []storage.Address {
	if r.person == nil {
		return nil
	}
	return r.person.Addresses
}
