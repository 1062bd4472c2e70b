package coach

import "testing"

func TestCloseTheLoop(t *testing.T) {
	check(t, CloseTheLoop, []fits{
		{"a month after a promise", "m0 e1:commit", 31, nil, `{"Days":30}`},
		{"an hour less", "m0 e1:commit", 31 - hour, nil, ""},
		{"three months", "m0 e1:commit", 91, nil, `{"Days":90}`},
		{"and an hour", "m0 e1:commit", 91 + hour, nil, ""},
		{"reported", "m0 e1:commit m2 e9:report", 40, nil, ""},
		{"reported, and promised", "m0 e1:commit m2 e9:report,commit", 39, nil, `{"Days":30}`},
		{"the other's", "e0 m1:commit", 40, nil, ""},
		{"in a language that is not read", "m0 e1:commit m2 e9:unread", 35, nil, ""},
		{"the other asks how it went", "e1:commit m9:after", 12, nil, `{"Days":3,"Asked":true}`},
		{"an hour sooner", "e1:commit m9:after", 12 - hour, nil, ""},
		{"and is told", "e1:commit m9:after e10:report", 12, nil, ""},
		{"and is told of something else", "e1:commit m9:after e10:thanks", 12, nil, `{"Days":3,"Asked":true}`},
		{"a month ago", "m9:after", 39 + hour, nil, ""},
		{"to the mentor", "e9:after", 12, mentors, ""},
	})
}

func TestSayThanks(t *testing.T) {
	check(t, SayThanks, []fits{
		{"long advice, no word on it", "m0:150 e3:ask", 5, nil, `{"Days":2,"Words":150}`},
		{"a word less", "m0:149 e3:ask", 5, nil, ""},
		{"in two letters", "m0:100 m1:50 e3", 5, nil, `{"Days":2,"Words":150}`},
		{"thanked", "m0:150 e3:thanks", 5, nil, ""},
		{"to be tried", "m0:150 e3:commit", 5, nil, ""},
		{"tried", "m0:150 e3:report", 5, nil, ""},
		{"thanked in a second letter", "m0:150 e3 e4:thanks", 5, nil, ""},
		{"not answered", "e0 m1:150", 5, nil, ""},
		{"the other has answered since", "m0:150 e3:ask m4", 5, nil, `{"Days":2,"Words":150}`},
		{"another answer since", "m0:150 e3:ask m4 e5", 7, nil, ""},
		{"three weeks ago", "m0:150 e3:ask", 24, nil, `{"Days":21,"Words":150}`},
		{"and an hour", "m0:150 e3:ask", 24 + hour, nil, ""},
		{"in a language that is not read", "m0:150 e3:unread", 5, nil, ""},
		{"the mentor", "e0:150 m3:ask", 5, mentors, ""},
	})
}

func TestNotAOneStopShop(t *testing.T) {
	check(t, NotAOneStopShop, []fits{
		{"four asks", "m0 e1:ask*4", 3, nil, `{"Days":2,"Asks":4}`},
		{"three", "m0 e1:ask*3", 3, nil, ""},
		{"two and two", "m0 e1:ask*2 e2:ask*2", 4, nil, ""},
		{"before another letter", "m0 e1:ask*4 e2", 4, nil, `{"Days":3,"Asks":4}`},
		{"before another turn", "e1:ask*4 m2 e3", 5, nil, ""},
		{"answered", "e1:ask*4 m2", 5, nil, `{"Days":4,"Asks":4}`},
		{"three weeks ago, and an hour", "e1:ask*4 m2", 22 + hour, nil, ""},
		{"the mentor's", "m1:ask*4", 3, nil, ""},
	})
}
