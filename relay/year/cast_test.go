package year

import (
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
)

// The two sides of a pair.
const (
	mentor = iota
	mentee
)

// A person is one of the cast, and what the test knows of them by what they did.
type person struct {
	id       int64
	number   int
	first    string
	address  string // with marks in the local part and the host that nobody else may see
	surname  string
	topic    string // marks in their answers
	offer    string
	language string
	zone     *time.Location
	pairs    []*pair
	pen      *mathrand.Rand // what they write to each other, and when
	habit    *mathrand.Rand // what they do with the mails of the service

	answers      string    // their reply to the survey; empty: none
	answersLater string    // and to the mail that asks for what is missing
	wishes       [2]string // how often, and for a silence: letters of the survey
	lateness     time.Duration
	pulse        int  // their reply to each summary; 0: none
	gone         bool // forgotten
	dead         bool // their mailbox takes no mail

	wrote    []time.Time // letters that were passed on
	said     []time.Time // anything else that they sent
	muted    []span      // STOP or a complaint
	paused   []span
	suspend  []span
	wish     []wish // of tips, as it changed
	away     []span // announced: from when it was known
	holidays []span // from the first day to the last, as their answering machine knows
	sloppy   bool   // it answers everything, to the envelope sender
	onTip    func(m *mail)
}

// A wish is of tips, from a moment on.
type wish struct {
	from time.Time
	tips string
}

// now is the last of a list of wishes by a moment.
func (p *person) wishAt(at time.Time) string {
	tips := storage.TipsDefault
	for _, x := range p.wish {
		if !x.from.After(at) {
			tips = x.tips
		}
	}
	return tips
}

func within(list []span, at time.Time) bool {
	for _, s := range list {
		if s.has(at) {
			return true
		}
	}
	return false
}

// silenced tells whether no unasked mail may go to them at a moment.
func (p *person) silenced(at time.Time) bool {
	return within(p.muted, at) || within(p.paused, at) || within(p.suspend, at)
}

var forever = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// since begins a span that lasts until somebody says so.
func since(list *[]span, at time.Time) {
	if n := len(*list); n == 0 || !(*list)[n-1].until.After(at) {
		*list = append(*list, span{at, forever})
	}
}

func finish(list []span, at time.Time) {
	if n := len(list); n > 0 && list[n-1].until.After(at) {
		list[n-1].until = at
	}
}

// A pair is two of the cast, and how they are with each other.
type pair struct {
	id      int64
	number  int
	people  [2]*person
	masks   [2]string // to which each writes
	name    string    // of the temperament
	nature  *nature
	cadence string // as both wished, and later agreed
	plan    string
	plain   bool // neither has another pair

	begun    time.Time // zero: not yet
	paused   []span
	ended    time.Time // zero: not
	letters  []*letter // passed on
	last     [2]*mail  // letter that each got last, to be answered
	pace     [2]string // what each answers to the pace check
	written  [2]int
	cadences []cadenceFrom
}

type cadenceFrom struct {
	from    time.Time
	cadence string
}

func (p *pair) side(x *person) int {
	if p.people[mentor] == x {
		return mentor
	}
	return mentee
}

func (p *pair) activeAt(at time.Time) bool {
	return !p.begun.IsZero() && !at.Before(p.begun) && (p.ended.IsZero() || at.Before(p.ended)) && !within(p.paused, at)
}

var firstNames = [2][]string{
	{"Alice", "Brian", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Irene", "James", "Kate", "Leo", "Maya", "Noah", "Olive", "Peter"},
	{"Agathe", "Benoît", "Chloé", "Damien", "Élise", "Fabien", "Gaëlle", "Hugo", "Inès", "Julien", "Léa", "Mathieu", "Noémie", "Oscar", "Pauline", "Rémi"},
}

var languages = [2]string{"en", "fr"}

// mark is a word that is like no other, of some kind: found in a mail, it tells whose it is.
func mark(kind byte, number int) string {
	letters := "bcdfghjklm"
	s := fmt.Sprintf("%05d", number)
	return "zq" + string(kind) + strings.Map(func(r rune) rune { return rune(letters[r-'0']) }, s)
}

// enrol adds somebody to the cast.
func (w *world) enrol(language int, zone string) *person {
	n := len(w.people)
	where, err := time.LoadLocation(zone)
	w.must(err)
	x := &person{number: n, language: languages[language], zone: where, pen: mathrand.New(mathrand.NewPCG(uint64(n), 1)), habit: mathrand.New(mathrand.NewPCG(uint64(n), 2))}
	x.pulse = x.habit.IntN(6)
	names := firstNames[language]
	x.first = names[n%len(names)]
	x.surname = strings.ToUpper(mark('s', n)[:1]) + mark('s', n)[1:]
	x.address = mark('l', n) + "@" + mark('h', n) + ".test"
	x.topic, x.offer = mark('t', n), mark('o', n)
	x.lateness = time.Duration(2+x.habit.IntN(60)) * time.Hour
	canonical, _ := mask.Canonical(x.address)
	s := &storage.Person{
		Name: x.first + " " + x.surname, Language: x.language, Timezone: zone, State: storage.PersonActive, CreatedAt: w.now,
		Addresses: []storage.Address{{Address: x.address, Canonical: canonical, AddedAt: w.now}},
	}
	w.must(w.stores[0].CreatePerson(w.ctx, w.programme.ID, s))
	x.id = s.ID
	w.people = append(w.people, x)
	return x
}

// join pairs two of the cast, and invites them.
func (w *world) join(a, b *person, n *nature) *pair {
	p := &pair{number: len(w.pairs), people: [2]*person{a, b}, nature: n, name: n.name, pace: n.pace}
	s := &storage.Pair{ProgrammeID: w.programme.ID, MentorID: a.id, MenteeID: b.id, State: storage.PairInvited, CreatedAt: w.now}
	for i, x := range p.people {
		other := p.people[1-i]
		m := storage.Mask{WriterID: x.id, ReaderID: other.id, Token: w.token(), Name: notice.FirstName(other.first)}
		s.Masks = append(s.Masks, m)
		p.masks[i] = w.scheme.Address(m.Name, m.Token)
	}
	w.must(w.stores[0].CreatePair(w.ctx, s))
	p.id = s.ID
	for _, x := range p.people {
		x.pairs = append(x.pairs, p)
	}
	w.pairs = append(w.pairs, p)
	for _, x := range p.people {
		p.plain = len(x.pairs) == 1
	}
	stored, err := w.stores[0].PairByID(w.ctx, p.id)
	w.must(err)
	w.must(w.desks[0].Invite(w.ctx, stored))
	w.busy = true
	return p
}

func (w *world) pairByID(id int64) *pair {
	for _, p := range w.pairs {
		if p.id == id {
			return p
		}
	}
	return nil
}

func (w *world) personByID(id int64) *person {
	for _, x := range w.people {
		if x.id == id {
			return x
		}
	}
	return nil
}

// waking is the first moment from now on, after a delay, at which somebody
// would sit down to write a letter.
func (w *world) waking(x *person, delay time.Duration) time.Time { return w.seated(x, delay, x.pen) }

func (w *world) seated(x *person, delay time.Duration, random *mathrand.Rand) time.Time {
	at := w.now.Add(delay).In(x.zone)
	if h := at.Hour(); h < 7 || h >= 23 {
		at = time.Date(at.Year(), at.Month(), at.Day(), 7+random.IntN(15), random.IntN(60), 0, 0, x.zone)
		if at.Before(w.now) {
			at = at.Add(day)
		}
	}
	return at
}
