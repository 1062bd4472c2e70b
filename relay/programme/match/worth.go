package match

// worth is what it is worth to propose each mentee for each place of a mentor.
type worth struct {
	scores   []int // by mentor and mentee, or strangers or former
	seats    []seat
	mentors  int
	mentees  int
	least    int
	crowding int // the most that a seat takes off a score
}

// A seat is a place for a mentee.
type seat struct {
	mentor int
	before int // mentees that the mentor has, or would have, before this one
}

func newWorth(mentors, mentees []profile, least int) *worth {
	w := &worth{scores: make([]int, len(mentors)*len(mentees)), mentors: len(mentors), mentees: len(mentees), least: least}
	for i := range mentors {
		for k := range mentees {
			w.scores[i*w.mentees+k] = score(&mentors[i], &mentees[k])
		}
		// More seats than mentees would never be taken.
		for n := range min(mentors[i].Places, len(mentees)) {
			s := seat{i, mentors[i].Has + n}
			w.seats, w.crowding = append(w.seats, s), max(w.crowding, s.before*further)
		}
	}
	return w
}

func (w *worth) score(mentor, mentee int) int { return w.scores[mentor*w.mentees+mentee] }

// assign returns the mentee for each seat, -1 for none.
func (w *worth) assign() []int {
	rows, columns := len(w.seats), w.mentees
	gain := w.gain()
	turned := rows > columns
	if turned {
		rows, columns = columns, rows
	}
	cost := make([][]int64, rows)
	for r := range cost {
		cost[r] = make([]int64, columns)
		for c := range cost[r] {
			if turned {
				cost[r][c] = -gain(c, r)
			} else {
				cost[r][c] = -gain(r, c)
			}
		}
	}
	mentees := make([]int, len(w.seats))
	for s := range mentees {
		mentees[s] = -1
	}
	for r, c := range assign(cost) {
		s, k := r, c
		if turned {
			s, k = c, r
		}
		if w.score(w.seats[s].mentor, k) >= w.least {
			mentees[s] = k
		}
	}
	return mentees
}

// gain tells what a proposal is worth, in whole numbers, so that nothing is
// rounded. One proposal more outweighs all scores, and one point of a score all
// ranks; a pair that is not to be proposed gains nothing, which is the same as
// leaving both over.
func (w *worth) gain() func(seat, mentee int) int64 {
	pairs, people := int64(min(len(w.seats), w.mentees)), int64(w.mentors+w.mentees)
	point := pairs*people + 1
	proposal := pairs * int64(101+w.crowding) * point
	return func(s, mentee int) int64 {
		mentor := w.seats[s].mentor
		score := w.score(mentor, mentee)
		if score < w.least {
			return 0
		}
		points := int64(score + w.crowding - w.seats[s].before*further)
		early := people - int64(mentor+mentee) // the lists are in the order of enrolment
		return proposal + points*point + early
	}
}
