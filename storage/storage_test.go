package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// postgresVariable names a PostgreSQL server on which the tests may create
// databases.
const postgresVariable = "MENTORRELAY_TEST_POSTGRES"

// childVariable makes this binary a process that writes until it is killed.
const childVariable = "MENTORRELAY_TEST_CHILD"

func TestMain(m *testing.M) {
	if address := os.Getenv(childVariable); address != "" {
		os.Exit(acceptForEver(address))
	}
	runtime.LockOSThread() // the server ends with the thread that started it
	stop := func() error { return nil }
	if os.Getenv(postgresVariable) == "" {
		address, end, err := startPostgres()
		switch {
		case err == nil:
			os.Setenv(postgresVariable, address)
			stop = end
		case !errors.Is(err, errNoPostgres):
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	code := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// onBoth runs a test against both engines, each time with the address of a
// new database.
func onBoth(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteAddress(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, postgresAddress(t)) })
}

func sqliteAddress(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "mentorrelay.db")
}

func postgresAddress(t testing.TB) string {
	server := os.Getenv(postgresVariable)
	if server == "" {
		t.Skip("PostgreSQL is not here")
	}
	admin, err := gorm.Open(postgres.Open(server), configuration())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closePool(admin) })
	name := fmt.Sprintf("mentorrelay_%d", randomID())
	if err := admin.Exec("CREATE DATABASE " + name).Error; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)").Error; err != nil {
			t.Error(err)
		}
	})
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name
	return address.String()
}

func open(t testing.TB, address string) *Storage {
	t.Helper()
	s, err := Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// start is the moment at which the tests begin: with nanoseconds, which no
// database keeps, and in a zone that is not UTC.
func start() time.Time {
	return time.Date(2026, 3, 29, 3, 4, 5, 123456789, time.FixedZone("", 7*3600))
}

// stored is what a database makes of a time.
func stored(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

func minutes(attempts int64) time.Duration { return time.Duration(attempts) * time.Minute }

// community is a programme and a pair of it.
type community struct {
	programme      *Programme
	mentor, mentee *Person
	pair           *Pair
}

func newCommunity(t testing.TB, s *Storage, n int) *community {
	t.Helper()
	ctx := context.Background()
	c := &community{programme: &Programme{
		Key: fmt.Sprintf("alumni-%d", n), Name: "Alumni", Coordinator: "carol@alumni.example", Language: "fr", Timezone: "Europe/Paris",
		Policy: PolicyPrivate, Opaque: OpaqueRefuse, Display: DisplayFirst, CreatedAt: start(),
	}}
	must(t, s.CreateProgramme(ctx, c.programme))
	c.mentor = newPerson("Alice", fmt.Sprintf("alice%d@corp.example", n), fmt.Sprintf("alice%d@home.example", n))
	c.mentee = newPerson("Ben", fmt.Sprintf("ben%d@uni.example", n))
	must(t, s.CreatePersons(ctx, c.programme.ID, []*Person{c.mentor, c.mentee}))
	c.pair = newPair(c.programme.ID, c.mentor.ID, c.mentee.ID, fmt.Sprint(n))
	must(t, s.CreatePair(ctx, c.pair))
	return c
}

func newPerson(name string, addresses ...string) *Person {
	p := &Person{Name: name, Language: "en", Timezone: "Europe/Paris", State: PersonActive, CreatedAt: start()}
	for _, a := range addresses {
		p.Addresses = append(p.Addresses, Address{Address: a, Canonical: a, AddedAt: start()})
	}
	return p
}

func newPair(programme, mentor, mentee int64, token string) *Pair {
	return &Pair{
		ProgrammeID: programme, MentorID: mentor, MenteeID: mentee, State: PairActive, CreatedAt: start(),
		Masks: []Mask{
			{WriterID: mentor, ReaderID: mentee, Token: "a" + token, Name: "ben"},
			{WriterID: mentee, ReaderID: mentor, Token: "b" + token, Name: "alice"},
		},
	}
}

// letter is an acceptance of one letter by the mentor, with one mail.
func (c *community) letter(s *Storage, key string, body []byte) *Acceptance {
	b := s.NewBody(context.Background(), start())
	b.Write(body)
	return &Acceptance{
		Key: []byte(key), At: start(),
		Message: &Message{
			PairID: c.pair.ID, WriterID: c.mentor.ID, At: start(), Size: int64(len(body)), Words: 12, Language: "en",
			OriginalID: key + "@corp.example", MaskedID: key + "@relay.example",
		},
		Mails: []Outgoing{{
			Delivery: Delivery{Kind: DeliveryRelay, SenderID: c.mentor.ID, PersonID: c.mentee.ID, PairID: c.pair.ID, Recipient: "ben@uni.example"},
			Body:     b,
		}},
	}
}

func accept(t testing.TB, s *Storage, a *Acceptance) {
	t.Helper()
	fresh, err := s.Accept(context.Background(), a)
	must(t, err)
	if !fresh {
		t.Fatalf("key %q was not fresh", a.Key)
	}
}

func claim(t testing.TB, s *Storage, owner string, now time.Time, limit int) []Delivery {
	t.Helper()
	due, err := s.Claim(context.Background(), owner, now, limit, minutes)
	must(t, err)
	return due
}

func read(t testing.TB, s *Storage, d *Delivery) []byte {
	t.Helper()
	b, err := io.ReadAll(s.Open(context.Background(), d))
	must(t, err)
	return b
}
