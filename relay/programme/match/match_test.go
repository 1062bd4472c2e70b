package match

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// spring is a day on which Europe keeps standard time and North America
// daylight-saving time.
var spring = time.Date(2026, time.March, 20, 12, 0, 0, 0, time.UTC)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// person is a candidate who writes French in Paris and answers as in
// "how-often=monthly how=mail why=field topics=rivers".
func person(t testing.TB, id int64, answers string) Candidate {
	c := Candidate{ID: id, Language: language.French, Zone: zone(t, "Europe/Paris"), Answers: map[string]string{}, Places: 1}
	for a := range strings.FieldsSeq(answers) {
		question, value, _ := strings.Cut(a, "=")
		c.Answers[question] = strings.ReplaceAll(value, "_", " ")
	}
	return c
}

func TestScore(t *testing.T) {
	const all = "how-often=monthly how=mail why=field topics=rivers_bridges_roads offer=maps"
	for name, test := range map[string]struct {
		mentor, mentee string
		change         func(mentor, mentee *Candidate)
		want           marks
	}{
		"all in common":             {all, all, nil, marks{30, 20, 25, 15, 10}},
		"nothing said":              {"", "", nil, marks{zone: 10}},
		"one said nothing":          {all, "", nil, marks{zone: 10}},
		"the next rhythm":           {"how-often=monthly", "how-often=fortnightly", nil, marks{cadence: 15, zone: 10}},
		"two steps apart":           {"how-often=monthly", "how-often=weekly", nil, marks{cadence: 5, zone: 10}},
		"three steps apart":         {"how-often=quarterly", "how-often=weekly", nil, marks{zone: 10}},
		"as needed, and weekly":     {"how-often=as-needed", "how-often=weekly", nil, marks{cadence: 15, zone: 10}},
		"as needed, both":           {"how-often=as-needed", "how-often=as-needed", nil, marks{cadence: 25, zone: 10}},
		"another means":             {"how=mail", "how=calls", nil, marks{zone: 10}},
		"open to any":               {"how=open", "how=calls", nil, marks{mode: 15, zone: 10}},
		"open to any, the mentee":   {"how=meetings", "how=open", nil, marks{mode: 15, zone: 10}},
		"open, and nothing said":    {"how=open", "", nil, marks{zone: 10}},
		"another purpose, unnamed":  {"why=other", "why=other", nil, marks{zone: 10}},
		"another purpose":           {"why=local", "why=field", nil, marks{zone: 10}},
		"what the mentor offers":    {"offer=rivers", "topics=rivers", nil, marks{topics: 10, zone: 10}},
		"what the mentee offers":    {"topics=rivers", "offer=rivers", nil, marks{topics: 10, zone: 10}},
		"what both offer":           {"offer=rivers", "offer=rivers", nil, marks{zone: 10}},
		"a word in both answers":    {"topics=rivers offer=rivers", "topics=rivers offer=rivers", nil, marks{topics: 10, zone: 10}},
		"more topics than count":    {"topics=a1_b2_c3_d4_e5", "topics=e5_d4_c3_b2_a1", nil, marks{topics: 30, zone: 10}},
		"somebody local, far apart": {"why=local", "why=local", func(_, m *Candidate) { m.Zone = zone(t, "Asia/Tokyo") }, marks{zone: 2}},
		"somebody local, an hour":   {"why=local", "why=local", func(_, m *Candidate) { m.Zone = zone(t, "Europe/Lisbon") }, marks{purpose: 20, zone: 9}},
		"no zone":                   {"", "", func(_, m *Candidate) { m.Zone = nil }, marks{zone: 9}},
	} {
		mentor, mentee := person(t, 1, test.mentor), person(t, 2, test.mentee)
		if test.change != nil {
			test.change(&mentor, &mentee)
		}
		givers, seekers := profiles([]Candidate{mentor}, []Candidate{mentee}, Rules{At: spring})
		if got := compare(&givers[0], &seekers[0]); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

// TestApart tells the clocks apart on a given day: daylight saving begins on
// different days, offsets have quarters of an hour, and the date line is no
// distance.
func TestApart(t *testing.T) {
	winter := time.Date(2026, time.January, 20, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		one, other string
		at         time.Time
		want       string
	}{
		{"Europe/Paris", "America/New_York", winter, "6 h"},
		{"Europe/Paris", "America/New_York", spring, "5 h"},
		{"America/New_York", "Europe/Paris", spring, "5 h"},
		{"Europe/Paris", "Asia/Kathmandu", winter, "4 h 45"},
		{"Pacific/Auckland", "Pacific/Honolulu", winter, "1 h"},
		{"Europe/Paris", "Africa/Lagos", winter, "0 h"},
	} {
		a, b := person(t, 1, ""), person(t, 2, "")
		a.Zone, b.Zone = zone(t, test.one), zone(t, test.other)
		givers, seekers := profiles([]Candidate{a}, []Candidate{b}, Rules{At: test.at})
		if got := hours(apart(&givers[0], &seekers[0])); got != test.want {
			t.Errorf("%s and %s at %v: %s, want %s", test.one, test.other, test.at, got, test.want)
		}
	}
}

func TestShared(t *testing.T) {
	v := newVocabulary(strings.Fields("la de aime I the to parler ai and"))
	for _, test := range []struct{ mentor, mentee, want string }{
		{"J'aime parler de négociation, la course à pied", "NEGOCIATION et courses", "négociation course"},
		{"cœur", "COEUR", "cœur"},
		{"les réseaux", "un réseau", "réseaux"},
		{"companies, strategies", "strategy; a company", "companies strategies"},
		{"stratégie", "strategies", "stratégie"},
		{"J'ai la foi", "I ai the", ""},
		{"the use of AI", "AI and law", "AI"},
		{"I AI THE", "I AI THE LAW", ""},
		{"C++, C#", "c# or c++", "C++ C#"},
		{"bus", "bu", ""},
		{"e\u0301tude", "étude", "étude"},
		{"business", "busines", ""},
		{"हिन्दी किताब", "किताब", "किताब"},
		{"", "anything", ""},
	} {
		a, b := v.read(map[string]string{"topics": test.mentor}), v.read(map[string]string{"topics": test.mentee})
		if got := strings.Join(slices.Collect(shared(a, b)), " "); got != test.want {
			t.Errorf("%q and %q: %q, want %q", test.mentor, test.mentee, got, test.want)
		}
	}
}

// FuzzShared lets anything be written: what two share is the same whoever is
// asked first, stands in what the mentor wrote, and is found with oneself.
func FuzzShared(f *testing.F) {
	for _, text := range []string{"J'aime la négociation", "C++, c#", "e\u0301tude \xff œuvre", "किताब पढ़ना", "AI ai \x1b[2J"} {
		f.Add(text, "négociation")
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, one, other string) {
		v := newVocabulary([]string{"la", "ai"})
		a, b := v.read(map[string]string{"topics": one}), v.read(map[string]string{"topics": other})
		if n, m := countShared(a, b), countShared(b, a); n != m || n > min(len(a), len(b)) {
			t.Errorf("%q and %q: %d one way, %d the other", one, other, n, m)
		}
		if countShared(a, a) != len(a) {
			t.Errorf("%q does not share all with itself", one)
		}
		for w := range shared(a, b) {
			if !strings.Contains(norm.NFC.String(one), w) || strings.ContainsFunc(w, unicode.IsControl) {
				t.Errorf("%q is not of %q", w, one)
			}
		}
	})
}

func TestCommon(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"fr", "fr"}: true, {"fr", "fr-CA"}: true, {"en-GB", "en-US"}: true, {"pt-BR", "pt"}: true, {"gsw", "de"}: true,
		{"fr", "en"}: false, {"es", "ca"}: false, {"zh-Hant", "zh-Hans"}: false, {"uk", "ru"}: false,
	} {
		a, b := language.Make(pair[0]), language.Make(pair[1])
		if common(a, b) != want || common(b, a) != want {
			t.Errorf("%v: want %v", pair, want)
		}
	}
}

// pairs are the proposals as in "1-12 1-13", mentor and mentee by their IDs.
func pairs(o Outcome, mentors, mentees []Candidate) string {
	var list []string
	for _, p := range o.Proposals {
		list = append(list, fmt.Sprintf("%d-%d", mentors[p.Mentor].ID, mentees[p.Mentee].ID))
	}
	return strings.Join(list, " ")
}

func TestPropose(t *testing.T) {
	english := func(c Candidate) Candidate { c.Language = language.English; return c }
	places := func(c Candidate, places, has int) Candidate { c.Places, c.Has = places, has; return c }
	never := func(c Candidate, ids ...int64) Candidate { c.Never = ids; return c }
	p := func(id int64, answers string) Candidate { return person(t, id, answers) }
	type list = []Candidate
	type left = map[int]string
	for name, test := range map[string]struct {
		mentors, mentees   list
		least              int
		want               string
		mentorsL, menteesL left
	}{
		"nobody":     {},
		"no mentors": {mentees: list{p(11, "")}, menteesL: left{0: LeftAlone}},
		"no mentees": {mentors: list{p(1, "")}, mentorsL: left{0: LeftAlone}},
		"the sum decides, not the first come": {
			mentors: list{p(1, "how=mail why=field"), p(2, "how=mail")},
			mentees: list{p(11, "how=mail"), p(12, "why=field")},
			want:    "1-12 2-11", // 30 + 25; the other way is 25 + 10
		},
		"as many as can be, before the best": {
			mentors: list{p(1, "how=mail why=field how-often=weekly"), p(2, "how=mail")},
			mentees: list{p(11, "how=mail why=field how-often=weekly"), english(p(12, "")), never(p(13, ""), 2)},
			want:    "2-11 1-13", menteesL: left{1: LeftLanguage},
		},
		"more mentees than mentors: the better": {
			mentors: list{p(1, "how=mail")}, mentees: list{p(11, "how=calls"), p(12, "how=mail"), p(13, "how=mail")},
			want: "1-12", menteesL: left{0: LeftNumber, 2: LeftNumber},
		},
		"more mentors than mentees: the earlier": {
			mentors: list{p(1, ""), p(2, ""), p(3, "")}, mentees: list{p(11, "")},
			want: "1-11", mentorsL: left{1: LeftNumber, 2: LeftNumber},
		},
		"no common language": {
			mentors: list{p(1, "")}, mentees: list{english(p(11, ""))},
			mentorsL: left{0: LeftLanguage}, menteesL: left{0: LeftLanguage},
		},
		"were a pair": {
			mentors: list{never(p(1, ""), 11)}, mentees: list{p(11, ""), english(p(12, ""))},
			mentorsL: left{0: LeftFormer}, menteesL: left{0: LeftFormer, 1: LeftLanguage},
		},
		"both mentor and mentee": {
			mentors: list{p(1, ""), p(2, "")}, mentees: list{p(1, ""), p(2, "")}, want: "2-1 1-2",
		},
		"too little in common": {
			mentors: list{p(1, "how=mail")}, mentees: list{p(11, "how=calls"), p(12, "how=mail")}, least: 20,
			want: "1-12", menteesL: left{0: LeftLittle},
		},
		"two places": {
			mentors: list{places(p(1, ""), 2, 0)}, mentees: list{p(11, ""), p(12, "how=mail"), p(13, "")},
			want: "1-11 1-12", menteesL: left{2: LeftNumber},
		},
		"each has one before one has two": {
			mentors: list{places(p(1, "topics=law"), 2, 0), places(p(2, ""), 2, 0)}, mentees: list{p(11, "topics=law"), p(12, "topics=law")},
			want: "1-11 2-12",
		},
		"but not at any price": {
			mentors: list{places(p(1, "how=mail why=field"), 2, 0), places(p(2, ""), 2, 0)},
			mentees: list{p(11, "how=mail why=field"), p(12, "how=mail why=field")},
			want:    "1-11 1-12", mentorsL: left{1: LeftNumber},
		},
		"who has a mentee comes after": {
			mentors: list{places(p(1, ""), 1, 1), places(p(2, ""), 2, 0)}, mentees: list{p(11, "")}, want: "2-11",
		},
		"no room": {
			mentors: list{places(p(1, ""), 0, 2)}, mentees: list{p(11, "")}, menteesL: left{0: LeftNumber},
		},
	} {
		got := Propose(test.mentors, test.mentees, Rules{At: spring, Least: test.least})
		if s := pairs(got, test.mentors, test.mentees); s != test.want {
			t.Errorf("%s: %q, want %q", name, s, test.want)
		}
		if !maps.Equal(got.LeftMentors, test.mentorsL) || !maps.Equal(got.LeftMentees, test.menteesL) {
			t.Errorf("%s: left over %v and %v, want %v and %v", name, got.LeftMentors, got.LeftMentees, test.mentorsL, test.menteesL)
		}
	}
}

// people are candidates drawn at random.
func people(t testing.TB, random *rand.Rand, from int64, n int) []Candidate {
	subjects := strings.Fields("rivers bridges roads law music running negotiation sales design AI teaching travel cooking finance health energy robots ethics")
	zones := []*time.Location{zone(t, "Europe/Paris"), zone(t, "America/New_York"), zone(t, "Asia/Tokyo")}
	tongues := []language.Tag{language.French, language.French, language.CanadianFrench, language.English}
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	list := make([]Candidate, n)
	for i := range list {
		var topics []string
		for range random.IntN(7) {
			topics = append(topics, pick(subjects...))
		}
		list[i] = Candidate{
			ID: from + int64(i), Language: tongues[random.IntN(len(tongues))], Zone: zones[random.IntN(len(zones))], Places: 1,
			Answers: map[string]string{
				"how-often": pick(append(cadences, "")...), "how": pick("mail", "calls", "meetings", open, ""),
				"why": pick(local, "field", "outside-view", "encouragement", other, ""), "topics": strings.Join(topics, ", "), "offer": pick(subjects...),
			},
		}
	}
	return list
}

// TestProposeBest holds what is proposed among a few people against all that
// could be: nobody twice, nobody without a common language, as many as can be,
// and no better sum.
func TestProposeBest(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		mentors, mentees := people(t, random, 1, random.IntN(6)), people(t, random, 100, random.IntN(8))
		rules := Rules{At: spring, Least: random.IntN(40)}
		got := Propose(mentors, mentees, rules)
		givers, seekers := profiles(mentors, mentees, rules)
		sum, taken := 0, map[int64]bool{}
		for _, p := range got.Proposals {
			m, e := mentors[p.Mentor], mentees[p.Mentee]
			if s := score(&givers[p.Mentor], &seekers[p.Mentee]); s != p.Score || s < rules.Least || taken[m.ID] || taken[e.ID] || !common(m.Language, e.Language) {
				t.Fatalf("%+v with %+v scores %d", m, e, s)
			}
			taken[m.ID], taken[e.ID] = true, true
			sum += p.Score
		}
		for k := range mentees {
			for _, p := range got.Proposals {
				if _, left := got.LeftMentees[k]; left && k < p.Mentee && score(&givers[p.Mentor], &seekers[k]) >= p.Score {
					t.Fatalf("mentee %d has a proposal and %d, who came first and suits as well, has none", p.Mentee, k)
				}
			}
		}
		most, best := exhaust(givers, seekers, rules.Least, map[int]bool{})
		if len(got.Proposals) != most || sum != best {
			t.Fatalf("%d proposals with %d points, want %d with %d", len(got.Proposals), sum, most, best)
		}
		if len(got.LeftMentors) != len(mentors)-most || len(got.LeftMentees) != len(mentees)-most {
			t.Fatalf("%d proposals of %d and %d, left over %v and %v", most, len(mentors), len(mentees), got.LeftMentors, got.LeftMentees)
		}
	}
}

// exhaust tries all choices, and returns how many pairs the best has, and its
// sum.
func exhaust(givers, seekers []profile, least int, taken map[int]bool) (most, best int) {
	if len(givers) == 0 {
		return 0, 0
	}
	most, best = exhaust(givers[1:], seekers, least, taken)
	for k := range seekers {
		s := score(&givers[0], &seekers[k])
		if taken[k] || s < least {
			continue
		}
		taken[k] = true
		n, sum := exhaust(givers[1:], seekers, least, taken)
		taken[k] = false
		if n+1 > most || n+1 == most && sum+s > best {
			most, best = n+1, sum+s
		}
	}
	return most, best
}

func TestReasons(t *testing.T) {
	say := func(key string) string { return "<" + key + ">" }
	mentor := person(t, 1, "how-often=monthly how=open why=field topics=Rivers_law")
	mentee := person(t, 2, "how-often=fortnightly how=mail why=field offer=law topics=river")
	mentee.Zone = zone(t, "Asia/Kathmandu")
	reasons := func(a, b Candidate) string {
		return strings.Join(Propose([]Candidate{a}, []Candidate{b}, Rules{At: spring}).Proposals[0].Reasons(say), "\n")
	}
	want := "<match topics> Rivers, law.\n<match why field>.\n<match cadence near> <cadence monthly>.\n<match how mail>.\n<match clock apart> 4 h 45."
	if got := reasons(mentor, mentee); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	mentee = mentor
	mentee.ID = 2
	want = "<match topics> Rivers, law.\n<match why field>.\n<match cadence same> <cadence monthly>.\n<match how open>.\n<match clock same>."
	if got := reasons(mentor, mentee); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	mentor = person(t, 1, "topics=a1_a2_a3_a4_a5_a6_a7")
	mentee = mentor
	mentee.ID = 2
	if got := reasons(mentor, mentee); !strings.HasPrefix(got, "<match topics> a1, a2, a3, a4, a5.\n") {
		t.Errorf("of seven topics: %s", got)
	}
	mentor, mentee = person(t, 1, "how=mail"), person(t, 2, "how=calls")
	mentee.Zone = time.FixedZone("", 13*3600)
	if got := reasons(mentor, mentee); got != "" {
		t.Errorf("got %q for two who have nothing in common", got)
	}
}

func BenchmarkPropose(b *testing.B) {
	for _, size := range [][3]int{{100, 100, 1}, {500, 1000, 1}, {1000, 1000, 1}, {3000, 3000, 1}, {1000, 1000, 10}} {
		b.Run(fmt.Sprintf("%dx%d, %d each", size[0], size[1], size[2]), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 2))
			mentors, mentees := people(b, random, 1, size[0]), people(b, random, 100_000, size[1])
			for i := range mentors {
				mentors[i].Places = size[2]
			}
			for b.Loop() {
				Propose(mentors, mentees, Rules{At: spring, Least: 1})
			}
		})
	}
}
