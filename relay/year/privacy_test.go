package year

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// marks are words that tell who somebody is, or what they answered.
var marks = regexp.MustCompile(`(?i)zq([hlsto])([bcdfghjklm]{5})`)

// checkPrivacy: nobody reads what tells who the other is, nor what they answered.
func (w *world) checkPrivacy() {
	told := map[string]bool{}
	shown := map[[2]int64]bool{} // who may know whose address
	for _, m := range w.mails {
		if m.kind == "addresses" {
			for _, x := range m.pair.people {
				shown[[2]int64{m.to.id, x.id}] = true
			}
		}
		if m.to == nil {
			continue
		}
		head, _, _ := strings.Cut(m.raw, "\r\n\r\n")
		for _, text := range []string{head, m.decoded} {
			for _, found := range marks.FindAllStringSubmatch(text, -1) {
				n, _ := strconv.Atoi(strings.Map(func(r rune) rune { return rune('0' + strings.IndexRune("bcdfghjklm", r)) }, strings.ToLower(found[2])))
				what := strings.ToLower(found[1])
				if n >= len(w.people) { // by chance, in a picture
					continue
				}
				if n == m.to.number || (what == "h" || what == "l") && m.kind == "addresses" && shown[[2]int64{m.to.id, w.people[n].id}] {
					continue
				}
				if key := fmt.Sprint(m.kind, what, m.number); !told[key] {
					told[key] = true
					name := map[string]string{"h": "the host", "l": "the address", "s": "the surname", "t": "a topic", "o": "the offer"}[what]
					w.fault("%s: a %s to %s shows %s of %s", at(m.at), m.kind, m.to, name, w.people[n])
				}
			}
		}
	}
	w.checkOverlap()
}

// checkOverlap: an introduction names no answer of the other that is not the reader's, too.
func (w *world) checkOverlap() {
	for _, m := range w.mails {
		if m.kind != "introduction" {
			continue
		}
		form, err := w.forms.Survey("intake", m.to.language)
		w.must(err)
		other := m.pair.people[1-m.pair.side(m.to)]
		for _, q := range form.Questions {
			if q.Key != "how" && q.Key != "why" && q.Key != "reply-time" {
				continue
			}
			for _, o := range q.Options {
				mine := strings.Contains(m.to.answers+m.to.answersLater, fmt.Sprint(q.Number, o.Letter))
				theirs := strings.Contains(other.answers+other.answersLater, fmt.Sprint(q.Number, o.Letter))
				if theirs && !mine && strings.Contains(m.text, "- "+o.Text+"\n") {
					w.fault("%s: the introduction to %s tells that %s answered “%s”", at(m.at), m.to, other, o.Text)
				}
			}
		}
	}
}
