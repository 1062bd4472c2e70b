package coach

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mentorrelay/templates"
)

// said is facts of each tip in each of its forms; numbers are put in by the test.
var said = map[string][]Facts{
	FirstLetter:         {{}},
	TurnTheQuestionBack: {{}},
	OpenQuestion:        {{Question: strings.Repeat("ce que vous avez lu ", 30)}},
	KeepWarm:            {{}, {Plan: MenteeFirst}, {Plan: MentorFirst}, {Plan: Remind}},
	CloseTheLoop:        {{}, {Asked: true}},
	SlowDown:            {{}, {Unanswered: 1}},
	SayThanks:           {{}},
	NotAOneStopShop:     {{}},
	EchoTheRhythm:       {{}, {Span: "month"}, {Span: "quarter"}, {Span: "half-year"}, {Span: "year"}},
	GiveBack:            {{}, {Offer: strings.Repeat("relire vos textes ", 30)}},
	AskWhatTheyEnjoy:    {{}},
}

// counted is facts with every number n.
func (f Facts) counted(n int) Facts {
	f.Days, f.Every, f.Yours, f.Letters, f.Asks, f.Words, f.Usual = n, n, n, n, n, n, n
	f.Unanswered *= n
	f.Question, f.Offer = clip(f.Question, longestQuote), clip(f.Offer, longestOffer)
	return f
}

// pressing are words that no tip uses; loose is what a careful typesetter mends.
var (
	pressing = regexp.MustCompile(`(?i)!|you should|you must|you ought|you have to|vous devriez|vous devez|il faut|(better|more|less) than (others|most)|que les autres|<no value>|{{`)
	loose    = map[string]*regexp.Regexp{
		"en": regexp.MustCompile(`["']|  \S|\b1 (days|letters|things|times|words|questions)|\b2 (day|letter|thing|time|word|question)\b|,,|\.\.`),
		"fr": regexp.MustCompile(`["']|[^\x{a0}…][:;?!»]|«[^\x{a0}]|\b1 (jour|lettre|question|mot)|\b2 (jour|lettre|question|mot)\b|,,|\.\.`),
	}
)

func TestWords(t *testing.T) {
	c, err := templates.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range c.Languages() {
		for _, key := range Keys() {
			for _, f := range said[key] {
				for _, n := range []int{1, 2, 240} {
					read(t, c, language, "tip-"+key, f.counted(n).Data())
					data := kept(t, f.counted(n)).Data()
					data["Tip"], data["Date"] = key, "1er mars"
					if why := read(t, c, language, "why", data); strings.Contains(why, ": .") || strings.Contains(why, "\u00a0: .") {
						t.Errorf("%s: why says nothing of %s", language, key)
					}
				}
			}
		}
	}
}

// kept is what is left of facts when they were stored.
func kept(t *testing.T, f Facts) Facts {
	t.Helper()
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var back Facts
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

// read renders a mail and looks at it as a careful reader would.
func read(t *testing.T, c *templates.Catalogue, language, mail string, data map[string]any) string {
	t.Helper()
	data["Name"], data["Other"], data["Programme"], data["Coordinator"] = "Zoé", "Ben", "Horizon", "coord@horizon.test"
	m, err := c.Render(language, mail, data)
	if err != nil {
		t.Fatal(err)
	}
	body, footer, _ := strings.Cut(m.Text, "\n-- \n")
	if n := utf8.RuneCountInString(body); n > 750 || utf8.RuneCountInString(m.Subject) > 90 {
		t.Errorf("%s %s has %d characters under %q", language, mail, n, m.Subject)
	}
	all := m.Subject + "\n" + m.Text
	if s := pressing.FindString(all); s != "" {
		t.Errorf("%s %s says %q:\n%s", language, mail, s, all)
	}
	if s := loose[language].FindString(strings.ReplaceAll(all, "\n    ", "\n")); s != "" {
		t.Errorf("%s %s is set loosely at %q:\n%s", language, mail, s, all)
	}
	for _, word := range map[string][]string{"en": {"LESS", "STOP", "WHY"}, "fr": {"MOINS", "STOP", "POURQUOI"}}[language] {
		if !strings.Contains(footer, word) {
			t.Errorf("%s %s does not say %s at its end", language, mail, word)
		}
	}
	return m.Text
}

// TestEveryTipHasWords also finds words of a tip that there is not.
func TestEveryTipHasWords(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		files, err := os.ReadDir("../../../templates/" + language)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range files {
			if key, ok := strings.CutPrefix(f.Name(), "tip-"); ok {
				found = append(found, strings.TrimSuffix(key, ".txt"))
			}
		}
		if want := slices.Sorted(slices.Values(Keys())); !slices.Equal(found, want) {
			t.Errorf("%s has words for %v, and there are %v", language, found, want)
		}
	}
}

// TestKeptFactsHoldNoWords checks that what is kept of a tip holds nothing that
// anybody wrote.
func TestKeptFactsHoldNoWords(t *testing.T) {
	m := moment("m0 e4 m10 e14 m20 e24:ask m30:ask", 40)
	m.Questions = []Question{{Text: "What became of the river?", At: at(30)}, {Text: "at ben@corp.test?", At: at(29)}}
	if got := facts(t, m, OpenQuestion); got != `{"Days":10,"Usual":4}` {
		t.Errorf("kept: %s", got)
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		text    string
		longest int
		want    string
	}{
		{"one  two\nthree", 13, "one two three"},
		{"one two, three", 13, "one two…"},
		{"éééé éééé", 9, "éééé éééé"},
		{"éééé éééé", 8, "éééé…"},
		{"endless", 3, "end…"},
		{"", 3, ""},
	} {
		if got := clip(c.text, c.longest); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.longest, got, c.want)
		}
	}
}
