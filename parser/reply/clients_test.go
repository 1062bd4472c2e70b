package reply

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mentorrelay/parser/message"
)

// A reading is what Split should find of one new block of a client's mail.
// Its texts are without the white space and line breaks of the client.
type reading struct {
	top     bool   // it stands above all that is quoted
	passage string // how the quoted block that it answers ends; "" for any
	text    string
	closing string // what may stand below it as well: a greeting and a name, which are new or a signature
}

// A score counts mails of which a measure holds: every answer is found, no
// other line is taken for new, each answer stands under its passage.
type score struct{ mails, kept, clean, matched int }

// TestClients reads replies that real clients wrote to the letters beside
// them. What was typed into each, and below which words of the letter, is
// known from answers.txt, not from this package.
func TestClients(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		t.Run(lang, func(t *testing.T) {
			mails, err := filepath.Glob("testdata/interleaved/clients/" + lang + "/*/*.eml")
			if err != nil {
				t.Fatal(err)
			}
			mails = slices.DeleteFunc(mails, func(file string) bool { return filepath.Base(file) == "letter.eml" })
			if len(mails) < 40 {
				t.Fatalf("%d mails, want 40", len(mails))
			}
			scores := map[string]score{}
			for _, file := range mails {
				client, _, _ := strings.Cut(filepath.Base(file), "-")
				text := textOf(t, file)
				complete(t, text)
				r, want := Split(text), typed(t, filepath.Join(filepath.Dir(file), "answers.txt"))
				faults := compare(r, want)
				scores[client] = scores[client].add(r, want, len(faults) == 0)
				if len(faults) > 0 {
					t.Errorf("%s:\n%s", file, strings.Join(faults, "\n"))
				}
			}
			for _, client := range slices.Sorted(maps.Keys(scores)) {
				s := scores[client]
				t.Logf("%s: %s: of %d mails %d with every answer, %d without a quoted line, %d right", lang, client, s.mails, s.kept, s.clean, s.matched)
			}
		})
	}
}

// add counts a mail that was split, of which its answers are known and whether
// all of them were found in place.
func (s score) add(r Reply, want []reading, matched bool) score {
	text, all, kept := "", "", true
	for _, b := range r.Blocks {
		if b.Kind == New {
			text = collapse(text + " " + unsigned(collapse(b.Text)))
		}
	}
	for _, w := range want {
		kept = kept && strings.Contains(text, w.text) && strings.Contains(text+" "+collapse(r.Signature()), w.closing)
		all = collapse(all + " " + w.text + " " + w.closing)
	}
	one := map[bool]int{true: 1}
	return score{s.mails + 1, s.kept + one[kept], s.clean + one[len(text) <= len(all)], s.matched + one[matched]}
}

// textOf returns the text of a mail.
func textOf(t *testing.T, file string) string {
	t.Helper()
	mail, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	src := bytes.NewReader(mail)
	root, err := message.Scan(src, src.Size(), message.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	text, err := message.ReadText(src, root)
	if err != nil {
		t.Fatal(err)
	}
	return text.Plain
}

// typed reads what was typed into the replies to a letter.
func typed(t *testing.T, file string) []reading {
	t.Helper()
	plan, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []reading
	for part := range strings.SplitSeq(string(plan), "--- ") {
		head, text, _ := strings.Cut(part, "\n")
		passage, below := strings.CutPrefix(head, "answers:")
		switch {
		case part == "":
		case head == "closing":
			all[len(all)-1].closing = collapse(text)
		default:
			all = append(all, reading{top: !below, text: collapse(text)})
			if below {
				all[len(all)-1].passage = collapse(passage)
			}
		}
	}
	return all
}

// compare tells what Split missed: the new blocks must be what was typed,
// each below the passage that it answers, and nothing else.
func compare(r Reply, want []reading) (faults []string) {
	for _, b := range r.Blocks {
		if b.Kind != New {
			continue
		}
		text := unsigned(collapse(b.Text))
		i := slices.IndexFunc(want, func(w reading) bool { return text == w.text || text == collapse(w.text+" "+w.closing) })
		if i < 0 {
			faults = append(faults, fmt.Sprintf("\tnew: %q", text))
			continue
		}
		for _, lost := range want[:i] {
			faults = append(faults, lost.lost()...)
		}
		faults = append(faults, want[i].misplaced(r, b)...)
		if text == want[i].text && !strings.Contains(collapse(r.Signature()), want[i].closing) {
			faults = append(faults, fmt.Sprintf("\tlost: %q", want[i].closing))
		}
		want = want[i+1:]
	}
	for _, lost := range want {
		faults = append(faults, lost.lost()...)
	}
	return faults
}

// lost tells that a text was not found, unless there is none.
func (w reading) lost() []string {
	if w.text == "" {
		return nil
	}
	return []string{fmt.Sprintf("\tlost: %q", w.text)}
}

// misplaced tells that a new block stands under another passage.
func (w reading) misplaced(r Reply, b Block) []string {
	switch {
	case b.Answers < 0 && w.passage != "":
		return []string{fmt.Sprintf("\t%q answers nothing, want %q", w.text, w.passage)}
	case b.Answers < 0:
		return nil
	}
	quoted := collapse(r.Blocks[b.Answers].Text)
	if w.top || !strings.HasSuffix(quoted, w.passage) {
		return []string{fmt.Sprintf("\t%q answers %q, want %q", w.text, quoted, w.passage)}
	}
	return nil
}

// unsigned cuts the signature that Thunderbird puts above a quotation without
// a delimiter: nothing in the mail tells it from what was typed.
func unsigned(s string) string {
	for _, signature := range []string{" Ben Roy baker's bookkeeper", " Benoît Roy comptable en boulangerie"} {
		s = strings.TrimSuffix(s, signature)
	}
	return s
}

// collapse makes each run of white space one space. Clients break lines at
// hyphens, too.
func collapse(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "- ", "-")
}
