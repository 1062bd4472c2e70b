package coach

import (
	"testing"

	"mentorrelay/parser/rhythm"
)

func TestFirstLetter(t *testing.T) {
	check(t, FirstLetter, []fits{
		{"a week without a letter", "", 7, nil, `{"Days":7}`},
		{"an hour less", "", 7 - hour, nil, ""},
		{"a letter of either", "m6", 7, nil, ""},
		{"a letter to come does not count", "m8", 7, nil, `{"Days":7}`},
		{"the mentor", "", 7, mentors, ""},
		{"the mentor is away", "", 7, func(m *Moment) { m.Absent[rhythm.Mentor] = []Absence{away(5, 20)} }, ""},
		{"they have just come back", "", 12, func(m *Moment) { m.Absent[rhythm.Mentee] = []Absence{away(2, 10)} }, ""},
		{"silent before and after, but hardly back", "", 13 - hour, func(m *Moment) { m.Absent[rhythm.Mentor] = []Absence{away(8, 10)} }, ""},
		{"three days after", "", 13, func(m *Moment) { m.Absent[rhythm.Mentor] = []Absence{away(8, 10)} }, `{"Days":13}`},
		{"days away do not count", "", 14, func(m *Moment) { m.Absent[rhythm.Mentee] = []Absence{away(2, 10)} }, ""},
		{"and they do not matter afterwards", "", 15, func(m *Moment) { m.Absent[rhythm.Mentee] = []Absence{away(2, 10)} }, `{"Days":15}`},
		{"switched off", "", 7, func(m *Moment) { m.Off = map[string]bool{FirstLetter: true} }, ""},
	})
}

func TestTurnTheQuestionBack(t *testing.T) {
	check(t, TurnTheQuestionBack, []fits{
		{"three days", "e0 m1:help", 4, nil, `{"Days":3}`},
		{"an hour less", "e0 m1:help", 4 - hour, nil, ""},
		{"answered", "e0 m1:help e3", 4, nil, ""},
		{"asked before the last answer", "m1:help e2 m3:ask", 9, nil, ""},
		{"another letter followed it", "m1:help m3", 4, nil, `{"Days":3}`},
		{"another kind of question", "m1:ask", 9, nil, ""},
		{"they asked it themselves", "e1:help", 9, nil, ""},
		{"thirty days", "m1:help", 31, nil, `{"Days":30}`},
		{"an hour more", "m1:help", 31 + hour, nil, ""},
		{"the mentor", "e1:help", 9, mentors, ""},
		{"the mentee is away", "m1:help", 5, func(m *Moment) { m.Absent[rhythm.Mentee] = []Absence{away(2, 9)} }, ""},
	})
}

func TestOpenQuestion(t *testing.T) {
	question := func(days ...float64) func(*Moment) {
		return func(m *Moment) {
			for _, d := range days {
				m.Questions = append(m.Questions, Question{Text: "What became of the river?", At: at(d)})
			}
		}
	}
	usual4 := "m0 e4 m10 e14 m20 e24 m30:ask" // the mentee answers in 4 days
	quick := "m0 e1 m2 e3 m4 e5 m30:ask"
	check(t, OpenQuestion, []fits{
		{"more than twice as long as usual", usual4, 38 + hour, question(30), `{"Days":8,"Usual":4}`},
		{"twice as long", usual4, 38, question(30), ""},
		{"no question", usual4, 60, nil, ""},
		{"three turns are needed", "m10 e14 m20 e24 m30:ask", 60, question(30), ""},
		{"three days at least", quick, 33, question(30), ""},
		{"more than three days", quick, 33 + hour, question(30), `{"Days":3,"Usual":1}`},
		{"the oldest of them", usual4, 50, question(35, 30, 37), `{"Days":20,"Usual":4}`},
		{"but for those that were quoted", usual4, 50, func(m *Moment) {
			question(30, 35)(m)
			m.Given = []Nudge{{Key: OpenQuestion, Occasion: "7 " + on(at(30)), At: at(40)}}
		}, `{"Days":15,"Usual":4}`},
		{"or whose sentence is not kept", usual4, 90, question(30), ""},
		{"a mentor", "e0 m4 e10 m14 e20 m24 e30:ask", 39, func(m *Moment) { mentors(m); question(30)(m) }, `{"Days":9,"Usual":4}`},
		{"days away do not count", usual4, 42, func(m *Moment) { question(30)(m); m.Absent[0] = []Absence{away(32, 38)} }, ""},
	})
	m := moment(usual4, 50)
	question(30)(&m)
	if tips := Tips(m); len(tips) == 0 || tips[0].Facts.Question != "What became of the river?" {
		t.Errorf("the question is not quoted: %+v", tips)
	}
}

func TestKeepWarm(t *testing.T) {
	plan := func(p string) func(*Moment) { return func(m *Moment) { m.Plan = p } }
	mentor := func(p string) func(*Moment) { return func(m *Moment) { mentors(m); m.Plan = p } }
	check(t, KeepWarm, []fits{
		{"more than one and a half months", "m0 e5", 50 + hour, nil, `{"Days":45}`},
		{"one and a half", "m0 e5", 50, nil, ""},
		{"as needed", "m0 e5", 99, func(m *Moment) { m.Cadence = 0 }, ""},
		{"weekly", "m0 e5", 16, func(m *Moment) { m.Cadence = 7 * day }, `{"Days":11}`},
		{"nobody has written yet", "", 99, nil, ""},
		{"the mentee first", "m0 e5", 51, plan(MenteeFirst), `{"Days":46,"Plan":"mentee-first"}`},
		{"the mentor first, said to the mentee", "m0 e5", 51, plan(MentorFirst), ""},
		{"a reminder to both", "m0 e5", 51, plan(Remind), `{"Days":46,"Plan":"remind"}`},
		{"leave it", "m0 e5", 51, plan(Leave), ""},
		{"the mentee first, said to the mentor", "m0 e5", 51, mentor(MenteeFirst), ""},
		{"the mentor first", "m0 e5", 51, mentor(MentorFirst), `{"Days":46,"Plan":"mentor-first"}`},
		{"a reminder to the mentor", "m0 e5", 51, mentor(Remind), `{"Days":46,"Plan":"remind"}`},
		{"leave it, mentor", "m0 e5", 51, mentor(Leave), ""},
		{"the mentor without a plan", "m0 e5", 51, mentor(""), ""},
		{"two letters wait", "m0 e3 e5", 51, nil, `{"Days":46}`},
		{"three letters wait", "m0 e3 e4 e5", 51, nil, ""},
		{"or two and a postscript", "m0 e3 e4.9 e5", 51, nil, `{"Days":46}`},
		{"three of the other's", "e0 m3 m4 m5", 51, nil, `{"Days":46}`},
		{"the mentor was away", "m0 e5", 60, func(m *Moment) { m.Absent[0] = []Absence{away(10, 20)} }, ""},
		{"days away, once", "m0 e5", 60 + hour, func(m *Moment) {
			m.Absent[0], m.Absent[1] = []Absence{away(10, 20)}, []Absence{away(12, 18)}
		}, `{"Days":55}`},
	})
}
