package signals

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		sentence, language string
		want               []Kind
	}{
		{"Merci ! Pourriez-vous relire ma lettre ?", "fr", []Kind{Ask, Thanks}},
		{"Merci ! Pourriez-vous relire ma lettre ?", "FR-ca", []Kind{Ask, Thanks}},
		{"Merci ! Pourriez-vous relire ma lettre ?", "", []Kind{Ask, Thanks}},
		{"Thank you, I'll try that.", "en", []Kind{Thanks, Commit}},
		{"Thank you, I'll try that.", "en-GB", []Kind{Thanks, Commit}},
		{"Thank you, I'll try that.", "", []Kind{Thanks, Commit}},
		{"Thank you, I'll try that.", "fr", nil},
		{"Let's talk next month, and could you send me the file?", "en", []Kind{Ask, Pace}},
		{"On se reparle en mai, et pourriez-vous me renvoyer le plan ?", "fr", []Kind{Ask, Pace}},
		{"How can I find a flat in Ghent?", "en", []Kind{Ask}},
		{"How can I help you with the flat?", "en", []Kind{Ask, Offer}},
		{"Noted.", "", []Kind{Commit}},
		{"Promis.", "", []Kind{Commit}},
		{"Wie geht es Ihnen?", "de", []Kind{Ask}},
		{"Ich danke Ihnen.", "de", nil},
		{"元気ですか？", "", []Kind{Ask}},
		{"", "", nil},
		{"", "en", nil},
	} {
		if diff := cmp.Diff(c.want, Classify(c.sentence, c.language)); diff != "" {
			t.Errorf("%q in %q: -want +got\n%s", c.sentence, c.language, diff)
		}
	}
}

func ExampleFind() {
	text := "Merci pour votre lettre.\n\nJe vais lire ce livre. On se reparle le mois prochain ?"
	for _, s := range Find(text, "fr") {
		fmt.Println(s.Kind, s.Pace, s.Text)
	}
	// Output:
	// thanks  Merci pour votre lettre.
	// commit  Je vais lire ce livre.
	// ask  On se reparle le mois prochain ?
	// pace month On se reparle le mois prochain ?
}
