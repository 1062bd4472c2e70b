package coach

import (
	"testing"

	"mentorrelay/parser/rhythm"
)

func TestAllowed(t *testing.T) {
	given := func(key string, on float64) func(*Moment) {
		return func(m *Moment) { m.Given = append(m.Given, Nudge{Key: key, At: at(on), Withheld: true}) }
	}
	for _, c := range []struct {
		name   string
		line   string
		now    float64
		change func(*Moment)
		want   string // why not; "" if it may
	}{
		{"nothing against it", "", 100, nil, ""},
		{"no tips", "", 100, func(m *Moment) { m.Wish = None }, "they wish for no tips"},
		{"a mentor", "", 100, func(m *Moment) { m.Side = rhythm.Mentor }, "a mentor who has not opted in"},
		{"who opted in", "", 100, mentors, ""},
		{"and out", "", 100, func(m *Moment) { mentors(m); m.Wish = None }, "they wish for no tips"},
		{"switched off", "", 100, func(m *Moment) { m.Off = map[string]bool{GiveBack: true} }, "it does harm and is switched off"},
		{"away", "", 100, func(m *Moment) { m.Absent[rhythm.Mentee] = []Absence{away(90, 101)} }, "they are away"},
		{"back", "", 100, func(m *Moment) { m.Absent[rhythm.Mentee] = []Absence{away(90, 100)} }, ""},
		{"away, nobody knows until when", "", 100, func(m *Moment) { m.Absent[rhythm.Mentee] = []Absence{{From: at(87)}} }, "they are away"},
		{"away for two weeks, as it seemed", "", 100, func(m *Moment) { m.Absent[rhythm.Mentee] = []Absence{{From: at(86)}} }, ""},
		{"the other is away", "", 100, func(m *Moment) { m.Absent[rhythm.Mentor] = []Absence{away(90, 110)} }, ""},
		{"two days after a letter", "e98", 100, nil, ""},
		{"an hour less", "e98", 100 - hour, nil, "they have just written"},
		{"the other's letter", "m99", 100, nil, ""},
		{"a letter in another pair", "e9", 100, func(m *Moment) { m.LastWrote = at(99) }, "they have just written"},
		{"two weeks after a tip", "", 100, given(SlowDown, 86), ""},
		{"an hour less", "", 100 - hour, given(SlowDown, 86), "they had a tip lately"},
		{"fewer", "", 145, func(m *Moment) { m.Wish = Fewer; given(SlowDown, 86)(m) }, "they had a tip lately"},
		{"fewer, two months later", "", 146, func(m *Moment) { m.Wish = Fewer; given(SlowDown, 86)(m) }, ""},
		{"the same, three months later", "", 176, given(GiveBack, 86), ""},
		{"an hour less", "", 176 - hour, given(GiveBack, 86), "they had the same lately"},
		{"one other mail this month", "", 100, func(m *Moment) { m.Mails = append(m.Mails, at(99)) }, ""},
		{"two", "", 100, func(m *Moment) { m.Mails = append(m.Mails, at(99), at(71)) }, "they had enough mail lately"},
		{"two, one a month ago", "", 100, func(m *Moment) { m.Mails = append(m.Mails, at(99), at(70)) }, ""},
		{"one, and a tip", "", 100, func(m *Moment) { m.Mails = append(m.Mails, at(72)); given(SlowDown, 80)(m) }, "they had enough mail lately"},
	} {
		m := moment(c.line, c.now)
		if c.change != nil {
			c.change(&m)
		}
		if ok, why := m.Allowed(GiveBack); why != c.want || ok != (c.want == "") {
			t.Errorf("%s: %v %q, want %q", c.name, ok, why, c.want)
		}
	}
}

func TestTheBestIsChosen(t *testing.T) {
	m := moment("m0 e1:ask*4 m2:help", 6)
	if tip, ok := Choose(m); !ok || tip.Key != TurnTheQuestionBack {
		t.Errorf("chose %+v", tip)
	}
	m.Given = []Nudge{{Key: TurnTheQuestionBack, At: at(-60)}}
	if tip, ok := Choose(m); !ok || tip.Key != NotAOneStopShop {
		t.Errorf("chose %+v after a cooldown of the best", tip)
	}
	m.Wish = None
	if tip, ok := Choose(m); ok {
		t.Errorf("chose %+v for somebody who wants none", tip)
	}
}

func TestQuiet(t *testing.T) {
	for _, c := range []struct {
		name   string
		absent [2][]Absence
		want   float64
	}{
		{"nobody away", [2][]Absence{}, 20},
		{"one away", [2][]Absence{{away(5, 10)}, nil}, 15},
		{"both, one within the other's", [2][]Absence{{away(5, 10)}, {away(6, 8)}}, 15},
		{"both, one after the other", [2][]Absence{{away(5, 10)}, {away(8, 12)}}, 13},
		{"before", [2][]Absence{{away(-9, -1)}, nil}, 20},
		{"from before", [2][]Absence{{away(-9, 1)}, nil}, 19},
		{"until after", [2][]Absence{{away(15, 30)}, nil}, 15},
		{"all the time", [2][]Absence{{away(-5, 30)}, nil}, 0},
		{"later", [2][]Absence{{away(25, 30)}, nil}, 20},
		{"nobody knows since when", [2][]Absence{{{Until: at(4)}}, nil}, 16},
	} {
		m := Moment{Now: at(20), Absent: c.absent}
		if got := m.quiet(at(0)).Hours() / 24; got != c.want {
			t.Errorf("%s: %g days, want %g", c.name, got, c.want)
		}
	}
}
