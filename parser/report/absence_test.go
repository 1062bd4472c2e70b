package report

import (
	"testing"
	"time"
)

func TestAbsence(t *testing.T) {
	const date = "Mon, 29 Jun 2026 10:00:00 +0200"
	for _, c := range []struct{ text, from, until string }{
		{"I will be travelling on July 10-31 and reply after that.", "2026-07-10", "2026-07-31"},
		{"I am out of the office from 10 July to 3 August 2026.", "2026-07-10", "2026-08-03"},
		{"I'm away until Friday, July 3rd.", "", "2026-07-03"},
		{"I will be back on 6 July.", "", "2026-07-05"},
		{"I will be back in the office on Monday 6th of July, 2026.", "", "2026-07-05"},
		{"I will be away until 7/5 and the office is closed.", "", ""},
		{"I will be away until 7/15/2026, and so is my office.", "", "2026-07-15"},
		{"Je suis absente du 10 au 31 juillet inclus.", "2026-07-10", "2026-07-31"},
		{"Absent jusqu’au 1er août, de retour le 3 août.", "", "2026-08-01"},
		{"Je serai de retour le lundi 6 juillet 2026.", "", "2026-07-05"},
		{"En congés du 10/07/2026 au 31/07/2026.", "2026-07-10", "2026-07-31"},
		{"En congés du 10/07 au 31/07.", "2026-07-10", "2026-07-31"},
		{"Ich bin vom 10. bis 31. Juli im Urlaub.", "2026-07-10", "2026-07-31"},
		{"Ich bin vom 10.07. bis einschließlich 31.07.2026 nicht im Büro.", "2026-07-10", "2026-07-31"},
		{"Ich bin bis zum 3. Juli nicht erreichbar.", "", "2026-07-03"},
		{"Ab dem 6. Juli bin ich wieder da.", "", "2026-07-05"},
		{"Ich bin am 6. Juli wieder im Büro; wieder erreichbar ab 6. Juli.", "", "2026-07-05"},
		{"Estaré fuera de la oficina del 10 al 31 de julio de 2026.", "2026-07-10", "2026-07-31"},
		{"Estoy de vacaciones hasta el 15 de julio.", "", "2026-07-15"},
		{"Vuelvo el 6 de julio.", "", "2026-07-05"},
		{"Sono in ferie dal 10 al 31 luglio.", "2026-07-10", "2026-07-31"},
		{"Sarò assente fino al 15 luglio 2026.", "", "2026-07-15"},
		{"Rientrerò lunedì 6 luglio.", "", "2026-07-05"},
		{"Estarei de férias de 10 a 31 de julho.", "2026-07-10", "2026-07-31"},
		{"Estou ausente até 15 de julho de 2026.", "", "2026-07-15"},
		{"Ik ben afwezig van 10 t/m 31 juli.", "2026-07-10", "2026-07-31"},
		{"Ik ben met vakantie tot en met 15 juli en ben 16 juli terug.", "", "2026-07-15"},
		{"From 2026-07-10 to 2026-07-31 I read no mail.", "2026-07-10", "2026-07-31"},
		{"I'm away from 20 December to 4 January.", "2026-12-20", "2027-01-04"},
		{"I may be late: call +33 1 23 45 67 89, room 10.", "", ""},
		{"You may write to me, I am away.", "", ""},
	} {
		a := readAbsence("", c.text, writtenAt(date, time.Time{}))
		if a.From.String() != c.from || a.Until.String() != c.until {
			t.Errorf("%s\n got %s to %s, want %s to %s", c.text, a.From, a.Until, c.from, c.until)
		}
	}
}
