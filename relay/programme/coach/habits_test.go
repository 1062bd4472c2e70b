package coach

import (
	"fmt"
	"testing"

	"mentorrelay/parser/rhythm"
)

func TestSlowDown(t *testing.T) {
	// The mentor answers in 6 days, and writes every 10.
	calm := "e0 m6 e10 m16 e20 m26 "
	// The mentee writes every 2 days, the mentor every 10.
	racing := "m0 e1 e3 e5 m10 e11 e13 e15 m20 e21 e23 m30 e31 e33 e35 m40 "
	// The mentor answers in 3, 6 and 20 days.
	varied := "e0 m3 e20 m26 e40 m60 "
	// The mentor answered in 6 days, ten times.
	often := ""
	for i := range 10 {
		often += fmt.Sprintf("e%d m%d ", 10*i, 10*i+6)
	}
	check(t, SlowDown, []fits{
		{"before most answers would come", varied + "e70 e75", 78, nil, `{"Every":29,"Unanswered":2}`},
		{"not before", varied + "e70 e76", 79, nil, ""},
		{"in time, of many", often + "e100 e102", 105, nil, `{"Every":10,"Unanswered":2}`},
		{"late, of many", often + "e100 e102", 107, nil, ""},
		{"two before an answer would come", calm + "e30 e32", 35, nil, `{"Every":10,"Unanswered":2}`},
		{"one", calm + "e30", 35, nil, ""},
		{"a letter and its postscript", calm + "e30 e30.4", 35, nil, ""},
		{"two, the second after an answer was due", calm + "e30 e36", 36.1, nil, ""},
		{"the answer is late", calm + "e30 e32", 36 + hour, nil, ""},
		{"answered", calm + "e30 e32 m34", 35, nil, ""},
		{"two turns of theirs tell nothing", "e0 m6 e10 m16 e20 e22", 24, nil, ""},
		{"the other is away", calm + "e30 e32", 35, func(m *Moment) { m.Absent[rhythm.Mentor] = []Absence{away(33, 50)} }, ""},
		{"more than twice as often over four gaps", racing + "e41", 44, nil, `{"Every":10,"Yours":4}`},
		{"over three gaps", "m10 e11 e13 e15 m20 e21 e23 m30 e31 e33 e35 m40 e41", 44, nil, ""},
		{"half as often is not less", "m0 e1 e6 m10 e11 e16 m20 e21 e26 m30 e31 e36 m40 e41", 44, nil, ""},
		{"at the other's wish", racing[:len(racing)-1] + ":day e41", 44, nil, ""},
		{"the other wished for less", racing[:len(racing)-1] + ":week e41", 44, nil, `{"Every":10,"Yours":4}`},
		{"three weeks ago", racing + "e41", 62 + hour, nil, ""},
		{"the mentor", "e0 m6 e10 m16 e20 m26 e30 m31 m32", 35, mentors, ""},
	})
}

func TestEchoTheRhythm(t *testing.T) {
	weekly := func(m *Moment) { m.Cadence = 7 * day }
	asNeeded := func(m *Moment) { m.Cadence = 0 }
	usual10 := "m0 e1 m10 e11 m20 e21 m30 "
	check(t, EchoTheRhythm, []fits{
		{"next quarter", "e0 m1:quarter", 3, nil, `{"Days":2,"Span":"quarter"}`},
		{"next month, weekly", "e0 m1:month", 3, weekly, `{"Days":2,"Span":"month"}`},
		{"next month, as needed", "e0 m1:month", 3, asNeeded, `{"Days":2,"Span":"month"}`},
		{"next month, monthly", "e0 m1:month", 3, nil, ""},
		{"in a fortnight", "e0 m1:fortnight", 3, weekly, ""},
		{"and answered", "e0 m1:quarter e2", 5, nil, `{"Days":4,"Span":"quarter"}`},
		{"before another turn", "e0 m1:quarter e2 m3", 5, nil, ""},
		{"by themselves", "m0 e1:quarter", 3, nil, ""},
		{"three weeks ago, and an hour", "e0 m1:quarter", 22 + hour, nil, ""},
		{"two gaps of less than half", usual10 + "e31 e35 e39", 41, nil, `{"Every":10,"Yours":4}`},
		{"one gap of less than half", usual10 + "e31 e39 e42", 44, nil, ""},
		{"half is not less", usual10 + "e31 e36 e41", 43, nil, ""},
		{"at the other's wish", "m0 e1 m10 e11 m20 e21 m30:day e31 e35 e39", 41, nil, ""},
		{"two gaps of more than twice", "m0 e1 m10 m18 e22 m28 m38 e43", 46, func(m *Moment) {
			m.Letters = letters("m0 e0.5 m1 e1.5 m2 e2.5 m3 e5.5 m5.8 e9 m9.1")
			m.Now = at(12)
		}, `{"Every":1,"Yours":3}`},
		{"two turns of theirs tell nothing", "m20 e21 m30 e31 e35 e39", 41, nil, ""},
		{"the mentor", "e0 m1 e10 m11 e20 m21 e30 m31 m35 m39", 41, mentors, ""},
	})
}

func TestGiveBack(t *testing.T) {
	check(t, GiveBack, []fits{
		{"three asks running", "e0:ask m1 e2:ask m3 e4:ask", 6, nil, `{"Asks":3}`},
		{"two", "e0 m1 e2:ask m3 e4:ask", 6, nil, ""},
		{"three in two turns", "e0:ask e1:ask m2 e3:ask", 6, nil, ""},
		{"thanked", "e0:ask m1 e2:ask,thanks m3 e4:ask", 6, nil, ""},
		{"offered", "e0:ask m1 e2:ask m3 e4:ask,offer", 6, nil, ""},
		{"reported", "e0:ask,report m1 e2:ask m3 e4:ask", 6, nil, ""},
		{"shared", "e0:ask m1 e2:ask,share m3 e4:ask", 6, nil, ""},
		{"gave before that", "e0:offer m1 e2:ask m3 e4:ask m5 e6:ask", 8, nil, `{"Asks":3}`},
		{"three weeks ago, and an hour", "e0:ask m1 e2:ask m3 e4:ask", 25 + hour, nil, ""},
		{"in a language that is not read", "e0:ask m1 e2:ask,unread m3 e4:ask", 6, nil, ""},
		{"the mentor", "m0:ask e1 m2:ask e3 m4:ask", 6, mentors, ""},
	})
	m := moment("e0:ask m1 e2:ask m3 e4:ask", 6)
	m.Offer = "I know the rivers"
	if tips := Tips(m); len(tips) != 1 || tips[0].Facts.Offer != m.Offer {
		t.Errorf("their own offer is not named: %+v", tips)
	}
}

func TestAskWhatTheyEnjoy(t *testing.T) {
	check(t, AskWhatTheyEnjoy, []fits{
		{"the fourth letter", "e0 m1 e2 m3 e4 m5 e6", 8, nil, `{"Letters":4}`},
		{"the third", "e0 m1 e2 m3 e4 m5", 8, nil, ""},
		{"asked in the first", "e0:wishes m1 e2 m3 e4 m5 e6", 8, nil, ""},
		{"the other asked", "e0 m1:wishes e2 m3 e4 m5 e6", 8, nil, `{"Letters":4}`},
		{"nobody answers", "e0 e2 e4 e6", 8, nil, ""},
		{"three weeks ago, and an hour", "e0 m1 e2 m3 e4 m5 e6", 27 + hour, nil, ""},
		{"in a language that is not read", "e0:unread m1 e2 m3 e4 m5 e6", 8, nil, ""},
		{"the mentor", "m0 e1 m2 e3 m4 e5 m6", 8, mentors, ""},
	})
}

func TestCalmSilence(t *testing.T) {
	// The mentor answered in 3, 5 and 12 days.
	waits := "e0 m3 e10 m15 e20 m32 e40"
	for _, c := range []struct {
		name   string
		line   string
		now    float64
		change func(*Moment)
		want   Calm
	}{
		{"within the usual", waits, 45, nil, Calm{Came: 3, Answers: 3, Within: 12, Day: 5}},
		{"on the first day", waits, 40, nil, Calm{Came: 3, Answers: 3, Within: 12, Day: 1}},
		{"on the last", waits, 52 - hour, nil, Calm{Came: 3, Answers: 3, Within: 12, Day: 12}},
		{"as long as the longest", waits, 52, nil, Calm{}},
		{"nobody waits", waits + " m41", 45, nil, Calm{}},
		{"the other waits", waits, 45, mentors, Calm{}},
		{"two answers", "e10 m15 e20 m32 e40", 45, nil, Calm{}},
		{"the other is away", waits, 45, func(m *Moment) { m.Absent[0] = []Absence{away(44, 60)} }, Calm{}},
		{"nine in ten", "e0 m1 e2 m3 e4 m5 e6 m7 e8 m9 e10 m11 e12 m13 e14 m15 e16 m17 e20 m40 e50", 50.5, nil, Calm{Came: 9, Answers: 10, Within: 1, Day: 1}},
	} {
		m := moment(c.line, c.now)
		if c.change != nil {
			c.change(&m)
		}
		if got, ok := CalmSilence(m); got != c.want || ok != (c.want != Calm{}) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
