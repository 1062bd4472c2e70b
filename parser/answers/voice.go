package answers

import (
	"slices"
	"strings"
)

// promises tells whether a sentence is about what the writer will do: that is
// no wish yet, whatever it names.
func promises(sentence []token) bool {
	if _, ok := supposing.begins(sentence); ok {
		return true
	}
	for i, t := range sentence {
		switch {
		case t.word == "espere" && articles[wordAt(sentence, i+1)]:
			// "j'espère des encouragements" is a wish.
		case hopes[t.word]:
			return true
		case t.word == "will" || t.word == "ll" || t.word == "vais":
			return true
		case strings.HasSuffix(t.word, "rai") && len(t.word) > 5 && !wishes[t.word+"s"]:
			return true // "je remplirai", but not "j'aimerai" for "j'aimerais"
		}
	}
	return false
}

// withoutOwn leaves out what only the writer's role makes an answer: "if it
// goes quiet, I'll write first" is no mere promise.
func (r *Reader) withoutOwn(list []token) []token {
	var kept []token
	for i := 0; i < len(list); i++ {
		m, ok := r.words.own.match(list, i, nil)
		if !ok {
			m, ok = pleases.match(list, i, nil) // "once a month will do"
		}
		if ok {
			i = m.to - 1
			continue
		}
		kept = append(kept, list[i])
	}
	return kept
}

var (
	// supposing words begin a sentence about what may never be.
	supposing = phrases("part of me|one part of me|half of me|une part de moi|une partie de moi|should we|should i|if we ever|if ever|if i ever|si jamais|si un jour")

	articles = set("des du un une de d")
)

// hopes are of what may come, "may we meet more often", or is only so at times.
var hopes = set("may puissions puisse espere esperons sometimes occasionally parfois occasionnellement")

// speaksOfOther tells whether a clause names and answers another question than
// q, and may use q's words in passing: "I answer mails within a week".
func (r *Reader) speaksOfOther(p *passage, q int, owners []int) bool {
	for other, about := range r.words.about {
		if other != q && slices.Contains(owners, other) && p.has(about, p.all()) && !p.has(r.words.about[q], p.all()) {
			return true
		}
	}
	return false
}

// speaksOfSomebody tells whether a clause is about somebody or something of the
// writer's, and not the writer: "my manager wants weekly calls".
func (r *Reader) speaksOfSomebody(p *passage) bool {
	for i, t := range p.list {
		switch {
		case possessive[t.word] && i+1 < len(p.list):
			next := p.list[i+1].word
			about := slices.ContainsFunc(r.words.about, func(about map[string]bool) bool { return about[next] })
			return !about && !fillers[next] && !mine[next] && !wishes[next] && !p.said[i+1]
		case !fillers[t.word] || t.word == "i" || t.word == "je" || t.word == "j" || t.word == "we" || t.word == "nous":
			return false
		}
	}
	return false
}

var (
	possessive = set("my our mon ma mes notre nos")

	// mine is what one has that answers are about.
	mine = set("preference preferences opinion view wish calendar agenda schedule diary part own rythme souhait cote emploi avis")

	// habits are verbs of what people do together already: "we meet every month".
	habits = set("meet have do talk see speak write call had met voyons avons faisons parlons voit parle ecrivons appelons reunit reunissons ecrit fait")
)

// habit tells whether a clause says what "we" do, and not what one would like.
func (p *passage) habit() bool {
	for i, t := range p.list {
		if t.word == "we" && habits[p.word(i+1)] || t.word == "nous" && (habits[p.word(i+1)] || p.word(i+1) == "nous" && habits[p.word(i+2)]) ||
			t.word == "on" && (habits[p.word(i+1)] || (p.word(i+1) == "se" || p.word(i+1) == "s") && habits[p.word(i+2)]) {
			return true
		}
	}
	return false
}

// nobody tells whether the subject of a clause is nobody: "personne ne répond".
func (p *passage) nobody() bool {
	for i, t := range p.list {
		if next := p.word(i + 1); t.word == "personne" && (next == "ne" || next == "n") {
			return true
		}
	}
	return false
}

// others are those whose wishes are not the writer's.
var others = set(`lui him he she they his her their il elle ils elles leur leurs nobody everybody everyone anyone anybody monde`)

// addressing are the words of a clause that speaks to the reader. Where all of a
// reply is the answer to one question, it may: "if you sent us a reminder".
var addressing = set("you your vous votre vos")

// oneself are the words of a clause that speaks of the writer.
var oneself = set("i me mine my we us our je j me m moi mon ma mes nous on notre nos")

// approving words make an exclamation: "good call".
var approving = set("great good nice lovely perfect fine bon bonne")
