package reply

import (
	"slices"
	"strings"
)

// With words of places and of answers a writer says that their answers stand
// in the quoted text, which clients without quote marks show by colour alone.
var (
	places = folded(`
		inline, in line, in-line, below, in red, in blue, in green, in bold, in the text, in your mail,
		in your email, ci-dessous, ci-après, dans le texte, dans ton message, dans votre message,
		dans ton mail, dans votre mail, en rouge, en bleu, en vert, en gras, plus bas, unten, im text,
		in rot, in blau, abajo, en rojo, en azul, sotto, in rosso, in blu, abaixo, em vermelho,
		hieronder, in het rood, poniżej, nedan, nedenfor, alla`)
	answerWords = folded(`
		answer, replies, reply, comment, remarks, réponse, répond, répons, commentaire, remarque,
		antwort, respuesta, respond, rispost, respost, antwoord, odpowied, svar, vastaus`)
	// firstPerson makes the answers the writer's: one points to others' too.
	firstPerson = foldedSet(`
		i, i've, my, je, j'ai, mes, ich, meine, mis, yo, mie, io, minhas, eu, ik, mijn, moje, mina, mine`)
)

// unmarkedAnswers finds the answers in a quotation without quote marks, from
// line i to the end. The writer said above that they are there, and put the
// same mark before each, such as "-->" or "[AB]"; or, having told them apart
// by a colour that is lost, left them where answers stand: after questions.
func (t *text) unmarkedAnswers(i int) {
	place, answer := t.announced(i)
	if !place && !answer {
		return
	}
	if !t.markedAnswers(i) && place && answer {
		t.answersToQuestions(i)
	}
}

// markedAnswers marks as written each paragraph, from line i on, whose first
// line has the mark that the first of them has. It tells whether there are.
func (t *text) markedAnswers(i int) bool {
	mark := ""
	for ; i < len(t.lines); i++ {
		s := t.lines[i].text
		if mark == "" {
			mark = answerMark(s)
		}
		if mark != "" && strings.HasPrefix(s, mark) {
			i = t.paragraphIsWritten(i)
		}
	}
	return mark != ""
}

// answersToQuestions marks as written what follows a line with a question,
// from line i on: the rest of its paragraph, or the next one. Right below a
// question, the next question of a paragraph is the other's again.
func (t *text) answersToQuestions(i int) {
	for asked := false; i < len(t.lines); i++ {
		s := t.lines[i].text
		switch {
		case s == "":
		case question(s):
			asked = true
		case asked && !signOff(s):
			i = t.answerIsWritten(i, !t.lines[i-1].blank())
			asked = false
		default:
			asked = false
		}
	}
}

func question(s string) bool { return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？") }

// paragraphIsWritten marks the lines from i up to a blank one as written, and
// returns the last of them.
func (t *text) paragraphIsWritten(i int) int { return t.answerIsWritten(i, false) }

// answerIsWritten marks the lines from i up to a blank one as written, or up
// to a question where set, and returns the last of them.
func (t *text) answerIsWritten(i int, toQuestion bool) int {
	end := i
	for end < len(t.lines) && !t.lines[end].blank() && !(toQuestion && question(t.lines[end].text)) {
		end++
	}
	t.mark(i, end, New)
	return end - 1
}

// announced tells whether what is written above line i has words of places
// and of answers.
func (t *text) announced(i int) (place, answer bool) {
	for _, l := range t.lines[:i] {
		if l.kind == New {
			p, a := announces(l.text)
			place, answer = place || p, answer || a
		}
	}
	return place, answer
}

// announces tells whether a line has words of places and of the writer's
// answers.
func announces(s string) (place, answer bool) {
	const longest = 200 // bytes
	if len(s) > longest {
		return false, false
	}
	f := fold(s)
	within := func(w string) bool { return strings.Contains(f, w) }
	starts := func(w string) bool { return strings.HasPrefix(f, w) }
	mine := slices.ContainsFunc(strings.Fields(f), func(w string) bool { return firstPerson[w] })
	return slices.ContainsFunc(places, within),
		mine && slices.ContainsFunc(answerWords, within) || slices.ContainsFunc(answerWords, starts)
}

// answerMark returns the mark that a line begins with, "" for none.
func answerMark(s string) string {
	const longest = 16 // bytes of a name in brackets
	for _, arrow := range [...]string{"-->", "==>", "->", "=>", "→", "⇒"} {
		if strings.HasPrefix(s, arrow) {
			return arrow
		}
	}
	if end := strings.IndexByte(s, ']'); s != "" && s[0] == '[' && 2 < end && end <= longest && !strings.ContainsAny(s[:end], ".@/…") {
		return s[:end+1]
	}
	for _, word := range [...]string{"Réponse", "Answer", "Reply", "Antwort", "Respuesta", "Risposta"} {
		if strings.HasPrefix(s, word) && strings.HasPrefix(strings.TrimLeft(s[len(word):], " \u00a0"), ":") {
			return word
		}
	}
	return ""
}
