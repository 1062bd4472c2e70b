package answers

import (
	"slices"
	"strconv"
	"strings"
)

// pieces splits a line at its markers: "1b 2a", "3: calls, 4) sailing",
// "question 2 - b", "frequency: monthly". A line without any gives none.
func (r *Reader) pieces(line string) []piece {
	list := r.words.read(line)
	if p, ok := r.namePiece(list, line); ok {
		return r.namePieces(p, line)
	}
	var found []piece
	for i := 0; i < len(list); {
		p, to, ok := r.marker(list, line, i)
		if !ok && r.isNext(found, list, i) {
			p, _ = newPiece(found[len(found)-1].question+1, list[i].start, list[i].end, line)
			to, ok = i+1, true
		}
		if !ok {
			if m, hit := r.words.phrases.match(list, i, nil); hit {
				i = m.to // "every 2 weeks", "1 x a month"
			} else {
				i++
			}
			continue
		}
		after := len(found) > 0 && !found[len(found)-1].code // a text or words, which may end in anything
		if r.isFigureOf(found, line, p) {
			i++
			continue
		}
		if (after || follows(list, i, p) || r.completes(found, line, p.start) || p.loose && r.saysOnly(list, line, to, p.question)) && (p.strong || r.acceptable(found, p, line)) {
			if n := len(found); n > 0 {
				found[n-1].to = p.start
			}
			found = append(found, p)
		}
		i = to
	}
	if len(found) == 0 || !found[0].strong && !introduces(found, line) {
		return nil
	}
	return r.rejoin(found, line)
}

// maxNames is how many clauses of a line may name a question.
const maxNames = 40

// namePieces splits a line that begins with the name of a question where its
// clauses name others: "Frequency: monthly. Channel: mail."
func (r *Reader) namePieces(first piece, line string) []piece {
	found := []piece{first}
	for at := first.from; len(found) < maxNames; {
		next := strings.IndexAny(line[at:], ",;.")
		if next < 0 {
			break
		}
		at += next + 1
		clause := line[at:min(len(line), at+wrapped)]
		if p, ok := r.namePiece(r.words.read(clause), clause); ok && p.sign {
			found[len(found)-1].to = at
			p.start, p.from, p.to = p.start+at, p.from+at, len(line)
			found = append(found, p)
		}
	}
	return found
}

// follows tells whether a marker at token i may come after the word before it:
// "1b, room 2b" is one answer, and "owned through Q2 - paid later" none.
func follows(list []token, i int, p piece) bool {
	if i == 0 || list[i].ends || p.sign && !p.strong || p.strong && p.code {
		return true
	}
	before := list[i-1].word
	return fillers[before] || correcting[before] || len(before) == 1 || isNumber(before) || introducing[before]
}

// isFigureOf tells whether a marker is the figure that answers the piece before
// it: "7. number 2".
func (r *Reader) isFigureOf(found []piece, line string, p piece) bool {
	if len(found) == 0 || p.sign || p.code {
		return false
	}
	last := found[len(found)-1]
	return r.questions[last.question].Kind == Scale && strings.TrimSpace(line[last.from:p.start]) == ""
}

// isNext tells whether token i is the number that comes next in a row of bare
// ones, whether or not its answer is understood: "…, 5 a byline, 6 at once".
func (r *Reader) isNext(found []piece, list []token, i int) bool {
	if len(found) < minColumn || !list[i].ends || !isFigure(list[i].word) || i+1 == len(list) || list[i+1].ends || list[i+1].glued {
		return false
	}
	last := found[len(found)-1].question
	if last+1 >= len(r.questions) || r.questions[last].Kind != Text || strconv.Itoa(r.questions[last+1].Number) != list[i].word {
		return false
	}
	return !slices.ContainsFunc(found, func(p piece) bool { return p.sign })
}

// completes tells whether the last piece is an answer and nothing else up to an
// octet of the line, so that another may begin there.
func (r *Reader) completes(found []piece, line string, at int) bool {
	if len(found) == 0 || at-found[len(found)-1].from > wrapped {
		return false
	}
	last := found[len(found)-1]
	return len(r.judge(last.question, line[last.from:at], exact).values) > 0
}

// acceptable tells whether a number may be a marker where it stands: at the
// beginning of the line, behind a lead-in, or behind another piece.
func (r *Reader) acceptable(before []piece, p piece, line string) bool {
	text := r.questions[p.question].Kind == Text
	if len(before) == 0 {
		lead := leadOf(line, p)
		return p.code || (p.sign || !text) && (lead == "" || strings.HasSuffix(lead, ":") || isLeadIn(lead))
	}
	last := before[len(before)-1].question
	switch {
	case p.code:
		return r.questions[last].Kind != Text || p.question > last
	case p.sign:
		return p.question > last && spaced(line, p.start)
	case text:
		return p.question == last+1 && len(before) > 1
	}
	return p.question > last
}

// spaced tells whether a marker in the middle of a line stands apart.
func spaced(line string, at int) bool {
	before := strings.TrimRight(line[:at], " ([")
	return before == "" || at > len(before) || strings.ContainsAny(before[len(before)-1:], ",;.|/)")
}

// leadOf returns what stands before the first marker of a line.
func leadOf(line string, p piece) string {
	return strings.TrimSpace(strings.Trim(line[:p.start], "-*•·#([ \t"))
}

// introducing words may come before answers, with mere filling.
var introducing = set("answers answer reponses reponse responses choices choix picks survey questionnaire here goes below following voici voila dessous suivantes suit follows reply pleasure plaisir gladly volontiers quick quickly short brief bref rapidement")

// announces tells whether what stands before a colon says that answers follow:
// "these are my answers:", and not "exam results:".
func announces(lead string) bool {
	words := tokens(lead)
	return isLeadIn(lead) || slices.ContainsFunc(words, func(t token) bool { return introducing[t.word] && !fillers[t.word] })
}

// correcting words take back what was said before.
var correcting = set("sorry oops actually wait meant mean correction instead scratch no not non pardon finalement fait erreur voulais oups changed change mind second thought thoughts")

// introduces tells whether what stands before the first piece may come before
// answers: nothing, "my answers:", or, before a row of codes, a sentence of its
// own. "Order 1b-2a" is something else.
func introduces(found []piece, line string) bool {
	lead := leadOf(line, found[0])
	if at := strings.LastIndexByte(lead, ','); at == len(lead)-1 && found[0].code && isGreeting(tokens(lead)) {
		return true
	}
	if lead == "" || strings.HasSuffix(lead, ":") && announces(lead) {
		return true
	}
	if found[0].code && !slices.ContainsFunc(tokens(lead), func(t token) bool { return !fillers[t.word] && !correcting[t.word] }) {
		return true
	}
	if len(found) > 2 && isLeadIn(lead) {
		return true
	}
	if len(found) < 2 || !found[0].code || !found[1].code {
		return false
	}
	if len(found) > 2 && found[2].code && !found[0].sign && !found[1].sign && found[0].question < found[1].question && found[1].question < found[2].question {
		return true // three in order are no chance
	}
	if strings.ContainsAny(lead[len(lead)-1:], ".!?,;") || found[0].question != found[1].question && !found[0].sign && !found[1].sign && strings.HasSuffix(lead, ":") {
		return true
	}
	return isLeadIn(lead)
}

// rejoin gives a text back the numbers in it that do not answer their questions.
func (r *Reader) rejoin(found []piece, line string) []piece {
	kept := found[:1]
	for _, p := range found[1:] {
		last, body := &kept[len(kept)-1], p.body(line)
		if r.questions[last.question].Kind == Text && r.questions[p.question].Kind != Text && !p.strong && body != "" {
			if v := r.judge(p.question, body, direct); len(v.values) == 0 && !v.doubt {
				last.to = p.to
				continue
			}
		}
		kept = append(kept, p)
	}
	return kept
}
