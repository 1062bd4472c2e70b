package signals

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSentences(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"blank":        {" \n\t\n ", nil},
		"marks alone":  {"--\n***\n!", nil},
		"two":          {"I tried. It worked!", []string{"I tried.", "It worked!"}},
		"lower case":   {"i tried it. it worked. thanks", []string{"i tried it.", "it worked.", "thanks"}},
		"french marks": {"Vraiment\u00a0? Oui\u202f! Bien ; alors ?", []string{"Vraiment ?", "Oui !", "Bien ; alors ?"}},
		"guillemets": {"« Pourquoi vous ? » m'a demandé le jury. « Parce que. » J'ai ri.",
			[]string{"« Pourquoi vous ? » m'a demandé le jury.", "« Parce que. »", "J'ai ri."}},
		"quotes":        {"\"Why you?\" he asked. \"Because.\" Then he left.", []string{"\"Why you?\" he asked.", "\"Because.\"", "Then he left."}},
		"titles":        {"M. Dupont et Mme. Roy, ou le Dr. Petit. Qui choisir ?", []string{"M. Dupont et Mme. Roy, ou le Dr. Petit.", "Qui choisir ?"}},
		"initials":      {"J. S. Bach wrote it. I played it.", []string{"J. S. Bach wrote it.", "I played it."}},
		"abbreviations": {"Bring papers, e.g. a CV, etc. before noon. Call at 5 p.m. Thanks.", []string{"Bring papers, e.g. a CV, etc. before noon.", "Call at 5 p.m.", "Thanks."}},
		"par exemple":   {"Lisez, p. ex. le soir, un roman. C'est tout.", []string{"Lisez, p. ex. le soir, un roman.", "C'est tout."}},
		"numbers":       {"It rose by 3.5 % in 2.0. Good?", []string{"It rose by 3.5 % in 2.0.", "Good?"}},
		"addresses":     {"See https://corp.test/a.b?c=d. Or write to a.b@corp.test! Done", []string{"See https://corp.test/a.b?c=d.", "Or write to a.b@corp.test!", "Done"}},
		"ellipsis":      {"Well… maybe not... but yes. Hm… No.", []string{"Well… maybe not... but yes.", "Hm…", "No."}},
		"runs":          {"Really?!! Yes!!! ok", []string{"Really?!!", "Yes!!!", "ok"}},
		"greeting":      {"Bonjour Paul,\n\nmerci pour tout.\nÀ bientôt,\nAnne", []string{"Bonjour Paul,", "merci pour tout.", "À bientôt,", "Anne"}},
		"list": {"Two things:\n- your CV\n* the letter, which\n  could be shorter\n2) a date\n3. a place",
			[]string{"Two things:", "your CV", "the letter, which could be shorter", "a date", "a place"}},
		"wrapped": {"I have been thinking about what you wrote to me last week about my\nplans, and I would like to know what you would do. Tell\nme soon.",
			[]string{"I have been thinking about what you wrote to me last week about my plans, and I would like to know what you would do.", "Tell", "me soon."}},
		"short lines":   {"thx for the link\nwill read it tonight\ncan you send the other one", []string{"thx for the link", "will read it tonight", "can you send the other one"}},
		"carriage":      {"One.\r\nTwo.\r\n", []string{"One.", "Two."}},
		"question only": {"?", []string{"?"}},
		"ideographic":   {"你好吗？我很好。谢谢", []string{"你好吗？", "我很好。", "谢谢"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Sentences(c.text)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func FuzzFind(f *testing.F) {
	for _, pattern := range patterns {
		f.Add(strings.Repeat(pattern, 3), "en")
	}
	f.Add("Bonjour,\n\n« Pourquoi ? » m'a-t-il dit. Merci\u00a0! On se reparle le mois prochain ?", "fr")
	f.Add("1. \xff\xfe\n\u0301a\u200b?\r\n>", "")
	f.Fuzz(func(t *testing.T, text, language string) {
		bare := strings.Join(strings.Fields(text), "")
		rest := bare
		for _, s := range Sentences(text) {
			piece := strings.Join(strings.Fields(s), "")
			at := strings.Index(rest, piece)
			if at < 0 || piece == "" {
				t.Fatalf("%q is no piece of %q, in order", s, text)
			}
			rest = rest[at+len(piece):]
		}
		found := Read(text, language)
		for _, link := range found.Links {
			if !strings.Contains(text, link) {
				t.Fatalf("%q is no piece of %q", link, text)
			}
		}
		for _, s := range found.Signals {
			if !strings.Contains(bare, strings.Join(strings.Fields(s.Text), "")) {
				t.Fatalf("%q is no piece of %q", s.Text, text)
			}
			if s.Pace != NoSpan && s.Kind != Pace || s.About != NoTopic && s.Kind != Ask {
				t.Fatalf("a span or a topic for %+v", s)
			}
		}
	})
}
