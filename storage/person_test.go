package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
)

func TestPerson(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		c := newCommunity(t, s, 0)
		got, err := s.PersonByAddress(ctx, "alice0@home.example") // her second
		must(t, err)
		want := *c.mentor
		want.CreatedAt = stored(start())
		want.Addresses = slices.Clone(want.Addresses)
		for i := range want.Addresses {
			want.Addresses[i].AddedAt = stored(start())
		}
		if fmt.Sprint(*got) != fmt.Sprint(want) || len(got.Addresses) != 2 {
			t.Errorf("got %+v, want %+v", *got, want)
		}
		if byID, err := s.PersonByID(ctx, got.ID); err != nil || fmt.Sprint(byID) != fmt.Sprint(got) {
			t.Errorf("by id: %+v, %v", byID, err)
		}
		for _, unknown := range []string{"nobody@corp.example", "alice0@corp.example\x00", "\xff@corp.example"} {
			if _, err := s.PersonByAddress(ctx, unknown); !errors.Is(err, ErrNotFound) {
				t.Errorf("%q: %v", unknown, err)
			}
		}
		if _, err := s.PersonByID(ctx, 99); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		must(t, s.SetPersonState(ctx, got.ID, PersonSuspended))
		if p, err := s.PersonByID(ctx, got.ID); err != nil || p.State != PersonSuspended {
			t.Errorf("state: %+v, %v", p, err)
		}
		if err := s.SetPersonState(ctx, 99, PersonPaused); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestPersonsAllOrNone(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		c := newCommunity(t, s, 0)
		err := s.CreatePersons(ctx, c.programme.ID, []*Person{newPerson("Dora", "dora@corp.example"), newPerson("Ben again", "ben0@uni.example")})
		if !errors.Is(err, ErrExists) {
			t.Errorf("an address that somebody has: %v", err)
		}
		list, err := s.Persons(ctx, c.programme.ID)
		must(t, err)
		if len(list) != 2 || list[0].Name != "Alice" || len(list[0].Addresses) != 2 || list[1].Name != "Ben" {
			t.Errorf("%+v", list)
		}
		if err := s.CreatePerson(ctx, 99, newPerson("Eve", "eve@corp.example")); err == nil {
			t.Error("a person of no programme")
		}
		other := &Programme{Key: "school", CreatedAt: start()}
		must(t, s.CreateProgramme(ctx, other))
		must(t, s.Enrol(ctx, other.ID, c.mentee.ID))
		if err := s.Enrol(ctx, other.ID, c.mentee.ID); !errors.Is(err, ErrExists) {
			t.Errorf("enrolled twice: %v", err)
		}
		if list, err := s.Persons(ctx, other.ID); err != nil || len(list) != 1 || list[0].ID != c.mentee.ID {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// However many come at once, each gets their own addresses, and their place.
func TestManyPersons(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ctx := context.Background()
		c := newCommunity(t, s, 0)
		var persons []*Person
		var asked []string
		for i := range 2*createdAtOnce + 7 {
			p := newPerson(fmt.Sprint("Dora ", i), fmt.Sprintf("dora%d@corp.example", i))
			for k := range i % 3 {
				a := fmt.Sprintf("dora%d-%d@home.example", i, k)
				p.Addresses = append(p.Addresses, Address{Address: a, Canonical: a, AddedAt: start()})
				asked = append(asked, a)
			}
			persons = append(persons, p)
		}
		asked = append(asked, "nobody@corp.example", "nul\x00@corp.example", "ben0@uni.example")
		taken, err := s.Taken(ctx, asked)
		if err != nil || len(taken) != 1 || !taken["ben0@uni.example"] {
			t.Errorf("taken before: %v, %v", taken, err)
		}
		must(t, s.CreatePersons(ctx, c.programme.ID, persons))
		if taken, err := s.Taken(ctx, asked); err != nil || len(taken) != len(asked)-2 || taken["nobody@corp.example"] {
			t.Errorf("taken: %d of %d, %v", len(taken), len(asked), err)
		}
		list, err := s.Persons(ctx, c.programme.ID)
		must(t, err)
		if len(list) != len(persons)+2 {
			t.Fatalf("%d people", len(list))
		}
		for i, p := range list[2:] {
			want := persons[i]
			if p.ID != want.ID || p.Name != want.Name || len(p.Addresses) != 1+i%3 {
				t.Fatalf("%d: %+v, want %+v", i, p, want)
			}
			for k, a := range p.Addresses {
				if a.PersonID != p.ID || a.ID != want.Addresses[k].ID || a.Address != want.Addresses[k].Address {
					t.Fatalf("%d: %+v, want %+v", i, a, want.Addresses[k])
				}
			}
		}
		if due, err := s.AppointmentsDue(ctx, start(), Appointment{}, 1<<20); err != nil || len(due) != 2*len(list)+1 {
			t.Errorf("%d appointments, %v", len(due), err)
		}
	})
}
