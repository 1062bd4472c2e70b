package mask

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var (
	domain  = &Scheme{Domain: "relay.test", Secret: []byte("secret")}
	mailbox = &Scheme{Mailbox: "mentors@boxes.test", Secret: []byte("secret")}
)

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		scheme     *Scheme
		name, want string
	}{
		{domain, "Ben", "ben.aaaabbbb@relay.test"},
		{domain, "Zoé", "zoe.aaaabbbb@relay.test"},
		{domain, "Jean-Pierre d'Été", "jean-pierre-d-ete.aaaabbbb@relay.test"},
		{domain, "李", "contact.aaaabbbb@relay.test"},
		{domain, "x\r\nBcc: y@z.test", "x-bcc-yztest.aaaabbbb@relay.test"},
		{domain, strings.Repeat("long ", 20), "long-long-long-long-long.aaaabbbb@relay.test"},
		{mailbox, "Ben", "mentors+aaaabbbb@boxes.test"},
	} {
		if got := c.scheme.Address(c.name, "aaaabbbb"); got != c.want {
			t.Errorf("%q gives %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		scheme  *Scheme
		address string
		kind    Kind
		token   string
	}{
		{domain, "ben.k7f3q9x2@relay.test", Mask, "k7f3q9x2"},
		{domain, "BEN.K7F3Q9X2@Relay.Test", Mask, "k7f3q9x2"},
		{domain, "jean.marie.k7f3q9x2@relay.test", Mask, "k7f3q9x2"},
		{domain, "help@relay.test", Service, "help"},
		{domain, "b+abc@relay.test", Bounce, "abc"},
		{domain, "q+abc@relay.test", Question, "abc"},
		{domain, "+abc@relay.test", Service, "+abc"},
		{domain, "help+abc@relay.test", Service, "help+abc"},
		{domain, "k7f3q9x2@relay.test", Service, "k7f3q9x2"},
		{domain, ".k7f3q9x2@relay.test", Service, ".k7f3q9x2"},
		{domain, "ben.k7f3q9x2@elsewhere.test", None, ""},
		{domain, "ben.k7f3q9x2@sub.relay.test", None, ""},
		{domain, "x%elsewhere.test@relay.test", None, ""},
		{domain, `"x@elsewhere.test"@relay.test`, None, ""},
		{domain, "@relay.test:x@elsewhere.test", None, ""},
		{domain, "@relay.test", None, ""},
		{domain, "relay.test", None, ""},
		{domain, "", None, ""},
		{mailbox, "mentors+k7f3q9x2@boxes.test", Mask, "k7f3q9x2"},
		{mailbox, "Mentors+K7F3Q9X2@BOXES.test", Mask, "k7f3q9x2"},
		{mailbox, "mentors+b-abc@boxes.test", Bounce, "abc"},
		{mailbox, "mentors+q-abc@boxes.test", Question, "abc"},
		{mailbox, "mentors+help@boxes.test", Service, "help"},
		{mailbox, "mentors@boxes.test", None, ""},
		{mailbox, "others+k7f3q9x2@boxes.test", None, ""},
	} {
		if kind, token := c.scheme.Read(c.address); kind != c.kind || token != c.token {
			t.Errorf("%q is %d %q, want %d %q", c.address, kind, token, c.kind, c.token)
		}
	}
}

func TestTokensAreReadBack(t *testing.T) {
	token := NewToken([]byte{1, 2, 3, 4, 255})
	if kind, got := domain.Read(domain.Address("Ben", token)); kind != Mask || got != token {
		t.Errorf("%q comes back as %d %q", token, kind, got)
	}
}

func TestSealed(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	const day = 24 * time.Hour
	for _, c := range []struct {
		name  string
		kind  Kind
		life  time.Duration
		make  func(*Scheme, int64, time.Time) string
		read  func(*Scheme, string, time.Time) (int64, error)
		other func(*Scheme, string, time.Time) (int64, error)
	}{
		{"bounce", Bounce, 21 * day, (*Scheme).Bounce, (*Scheme).Delivery, (*Scheme).Asked},
		{"question", Question, 60 * day, (*Scheme).Question, (*Scheme).Asked, (*Scheme).Delivery},
		{"survey", Survey, 366 * day, (*Scheme).Survey, (*Scheme).Surveyed, (*Scheme).Asked},
	} {
		for _, s := range []*Scheme{domain, mailbox} {
			for _, id := range []int64{1, 42, 1 << 40, 1<<63 - 1} {
				address := c.make(s, id, now)
				if local, _, _ := strings.Cut(address, "@"); len(local) > 64 {
					t.Errorf("%s is longer than RFC 5321 §4.5.3.1.1 allows", address)
				}
				kind, token := s.Read(strings.ToUpper(address))
				if kind != c.kind {
					t.Fatalf("%s is read as %d", address, kind)
				}
				if got, err := c.read(s, token, now.Add(c.life-day)); err != nil || got != id {
					t.Errorf("%s names %d, %v; want %d", address, got, err, id)
				}
				if _, err := c.read(s, token, now.Add(c.life+day)); !errors.Is(err, ErrSealed) {
					t.Errorf("%s does not expire: %v", address, err)
				}
				if _, err := c.other(s, token, now); !errors.Is(err, ErrSealed) {
					t.Errorf("a %s address passes for something else: %v", c.name, err)
				}
				for i := range token {
					forged := token[:i] + string(tokens.EncodeToString([]byte{token[i] ^ 0x55})[0]) + token[i+1:]
					if _, err := c.read(s, forged, now); forged != token && err == nil {
						t.Errorf("%s passes for %s", forged, token)
					}
				}
			}
		}
		other := &Scheme{Domain: "relay.test", Secret: []byte("another")}
		_, token := domain.Read(c.make(other, 1, now))
		if _, err := c.read(domain, token, now); token == "" || !errors.Is(err, ErrSealed) {
			t.Errorf("a %s address made with another secret passes: %v", c.name, err)
		}
	}
}

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		" Alice.Martin@Corp.TEST ": "alice.martin@corp.test",
		"zoé@École.test":           "zoé@xn--cole-9oa.test",
		"x@corp.test.":             "x@corp.test",
		`"a b"@corp.test`:          "",
		"corp.test":                "",
		"x@":                       "",
		"x@a\r\nb":                 "",
		"<x@corp.test>":            "",
	} {
		if got, ok := Canonical(in); got != want || ok != (want != "") {
			t.Errorf("%q gives %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestMessageIDs(t *testing.T) {
	a := domain.MessageID(1, 2, "<x@corp.test>")
	if a != domain.MessageID(1, 2, "<x@corp.test>") {
		t.Error("the same message gets two ids")
	}
	for _, other := range []string{domain.MessageID(1, 3, "<x@corp.test>"), domain.MessageID(2, 2, "<x@corp.test>"), domain.MessageID(1, 2, "<y@corp.test>"), domain.MessageID(12, 2, "<x@corp.test>")} {
		if a == other {
			t.Error("two messages share an id")
		}
	}
	if !strings.HasSuffix(a, "@relay.test>") || !strings.HasSuffix(mailbox.MessageID(1, 2, "x"), "@boxes.test>") {
		t.Errorf("ids are not in our domain: %s", a)
	}
}

func TestTrace(t *testing.T) {
	trace := domain.Trace([]byte("key"))
	if !domain.IsTrace(trace) || mailbox.IsTrace(strings.Repeat("a", len(trace))) || domain.IsTrace("") || domain.IsTrace(trace[1:]) {
		t.Errorf("%s is not told from others", trace)
	}
}
