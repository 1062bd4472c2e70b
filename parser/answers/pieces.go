package answers

import (
	"slices"
	"strings"
)

// pieces splits a line at its markers: "1b 2a", "3: calls, 4) sailing",
// "question 2 - b", "frequency: monthly". A line without any gives none.
func (r *Reader) pieces(line string) []piece {
	list := r.words.read(line)
	if p, ok := r.namePiece(list, line); ok {
		return []piece{p}
	}
	var found []piece
	for i := 0; i < len(list); {
		p, to, ok := r.marker(list, line, i)
		if !ok {
			if m, hit := r.words.phrases.match(list, i, nil); hit {
				i = m.to // "every 2 weeks", "1 x a month"
			} else {
				i++
			}
			continue
		}
		after := len(found) > 0 && !found[len(found)-1].code // a text or words, which may end in anything
		if (after || follows(list, i, p)) && (p.strong || r.acceptable(found, p, line)) {
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

// follows tells whether a marker at token i may come after the word before it:
// "1b, room 2b" is one answer, and "owned through Q2 - paid later" none.
func follows(list []token, i int, p piece) bool {
	if i == 0 || list[i].ends || p.sign && !p.strong || p.strong && p.code {
		return true
	}
	before := list[i-1].word
	return fillers[before] || len(before) == 1 || isNumber(before) || introducing[before]
}

// acceptable tells whether a number may be a marker where it stands: at the
// beginning of the line, behind a lead-in, or behind another piece.
func (r *Reader) acceptable(before []piece, p piece, line string) bool {
	text := r.questions[p.question].Kind == Text
	if len(before) == 0 {
		lead := leadOf(line, p)
		return p.code || (p.sign || !text) && (lead == "" || strings.HasSuffix(lead, ":"))
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
var introducing = set("answers answer reponses reponse responses")

// introduces tells whether what stands before the first piece may come before
// answers: nothing, "my answers:", or, before a row of codes, a sentence of its
// own. "Order 1b-2a" is something else.
func introduces(found []piece, line string) bool {
	lead := leadOf(line, found[0])
	if lead == "" || strings.HasSuffix(lead, ":") {
		return true
	}
	if len(found) < 2 || !found[0].code || !found[1].code {
		return false
	}
	if strings.ContainsAny(lead[len(lead)-1:], ".!?,;") {
		return true
	}
	return !slices.ContainsFunc(tokens(lead), func(t token) bool { return !fillers[t.word] && !introducing[t.word] })
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
