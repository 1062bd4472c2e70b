package reply

import "testing"

const (
	outlookHeader = "From: Anna Berg <anna@mail.example>\nSent: Tuesday, March 12, 2024 10:15 AM\nTo: Ben Roy <ben@mail.example>\nSubject: Our call\n\n"
	enTete        = "De : Anna Berg <anna@mail.example>\nEnvoyé : mardi 12 mars 2024 10:15\nÀ : Benoît Roy <benoit@mail.example>\nObjet : Notre appel\n\n"
	drawn         = "________________________________\n"
	letter        = "Hello Ben,\n\nare you well?"
	gmxHeader     = "Gesendet: Dienstag, 12. März 2024 um 10:15 Uhr\nVon: \"Anna Berg\" <anna@mail.example>\nAn: ben@mail.example\nBetreff: Unser Gespräch\n\n"
)

// TestSubject reads mails without a word of their writer's: the subject tells
// a reply left empty from a mail that is passed on.
func TestSubject(t *testing.T) {
	for _, c := range []struct{ subject, text, want string }{
		{"RE: Our call", outlookHeader + letter, ""},
		{"Re: Our call", "\n\n" + outlookHeader + letter, ""},
		{"RE: Notre appel", enTete + letter, ""},
		{"RE : Notre appel", enTete + letter, ""},
		{"Réf. : Notre appel", enTete + letter, ""},
		{"AW: Unser Gespräch", outlookHeader + letter, ""},
		{"Antw.: Ons gesprek", outlookHeader + letter, ""},
		{"SV: Vores samtale", outlookHeader + letter, ""},
		{"Re[2]: Our call", outlookHeader + letter, ""},
		{"RE(3): Our call", outlookHeader + letter, ""},
		{"[horizon] Re: Our call", outlookHeader + letter, ""},
		{"答复：电话", outlookHeader + letter, ""},
		{"RE: TR: Notre appel", enTete + letter, ""},
		{"RE: Our call", drawn + outlookHeader + letter, ""},
		{"RE: Our call", "Sent from my iPhone\n\n" + outlookHeader + letter, ""},
		{"RE: Our call", "Get Outlook for iOS\n" + drawn + outlookHeader + letter, ""},
		{"RE: Our call", outlookHeader + letter + "\n\n" + outlookHeader + "Hello Anna", ""},
		{"RE: Our call", "Yes.\n\n" + outlookHeader + letter, "Yes."},

		{"FW: Our call", outlookHeader + letter, letter},
		{"Fwd: Our call", drawn + outlookHeader + letter, letter},
		{"TR: Notre appel", enTete + letter, letter},
		{"TR : Notre appel", drawn + enTete + letter, letter},
		{"Tr: Notre appel", enTete + letter, letter},
		{"WG: Unser Gespräch", outlookHeader + letter, letter},
		{"TR: RE: Notre appel", enTete + letter, letter},
		{"I: La nostra chiamata", drawn + outlookHeader + letter, letter},
		{"Fwd: Our call", "-----Original Message-----\n" + outlookHeader + letter, letter},
		{"TR: Notre appel", "Pour information.\n\n" + enTete + letter, "Pour information."},
		{"Re: Our call", "---------- Forwarded message ---------\n" + outlookHeader + letter, letter},

		{"Our call", outlookHeader + letter, letter},
		{"Today: our call", outlookHeader + letter, letter},
		{"", outlookHeader + letter, letter},
		{"[horizon", outlookHeader + letter, letter},
		{"AW: Unser Gespräch", gmxHeader + letter, letter},
	} {
		if got := SplitMail(c.subject, c.text).New(); got != c.want {
			t.Errorf("%q\n%s\ngives %q, want %q", c.subject, c.text, got, c.want)
		}
	}
}
