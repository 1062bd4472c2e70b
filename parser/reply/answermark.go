package reply

import (
	"slices"
	"strings"
)

// inText holds the folded words with which a writer says that their answers
// stand in the quoted text, which a client without quote marks shows by
// colour alone.
var inText = folded(`
		inline, in line, in-line, below, in red, in blue, in green, in bold, in the text, in your mail,
		in your email, my answers, my replies, my comments, mes réponses, mes commentaires,
		meine antworten, ci-dessous, ci-après, dans le texte, dans ton message, dans votre message,
		dans ton mail, dans votre mail, en rouge, en bleu, en vert, en gras, plus bas, unten, im text,
		in rot, in blau, abajo, en rojo, en azul, sotto, in rosso, in blu, abaixo, em vermelho,
		hieronder, in het rood, poniżej, nedan, nedenfor, alla`)

// markedAnswers finds the answers in a quotation without quote marks, from
// line i to the end: the writer said above that they are there, and put the
// same mark before each, such as "-->" or "[AB]".
func (t *text) markedAnswers(i int) {
	if !t.announced(i) {
		return
	}
	mark := ""
	for ; i < len(t.lines); i++ {
		s := t.lines[i].text
		if mark == "" {
			mark = answerMark(s)
		}
		if mark == "" || !strings.HasPrefix(s, mark) {
			continue
		}
		for ; i < len(t.lines) && !t.lines[i].blank(); i++ {
			t.lines[i].kind = New
		}
	}
}

// announced tells whether what is written above line i says that there are
// answers in the text below.
func (t *text) announced(i int) bool {
	return slices.ContainsFunc(t.lines[:i], func(l line) bool { return l.kind == New && announces(l.text) })
}

// announces tells a line that says that there are answers in the text below.
func announces(s string) bool {
	const longest = 200 // bytes
	if len(s) > longest {
		return false
	}
	f := fold(s)
	return slices.ContainsFunc(inText, func(w string) bool { return strings.Contains(f, w) })
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
