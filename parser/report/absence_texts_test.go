package report

import (
	"testing"
	"time"
)

// TestAbsenceTexts reads the notices of seven languages, all written on
// Tuesday 28 July 2026 unless the row says otherwise.
func TestAbsenceTexts(t *testing.T) {
	const tuesday = "Tue, 28 Jul 2026 10:00:00 +0200"
	for _, c := range []struct{ text, from, until string }{
		// English
		{"I am out of the office from 3 to 17 August and will answer then.", "2026-08-03", "2026-08-17"},
		{"I am out of the office from August 3rd through August 17th.", "2026-08-03", "2026-08-17"},
		{"I'm away until Monday 17 August.", "", "2026-08-17"},
		{"I'm away until Monday, August 17, 2026 inclusive.", "", "2026-08-17"},
		{"I am on leave and will be back on 18/08.", "", "2026-08-17"},
		{"I am on leave, returning August 18.", "", "2026-08-17"},
		{"I will return to the office on Tuesday, August 18th.", "", "2026-08-17"},
		{"Thank you for your message. I'm back in the office on 18 August 2026.", "", "2026-08-17"},
		{"Out of office 2026-08-03 to 2026-08-17.", "2026-08-03", "2026-08-17"},
		{"I am away between 3 and 17 August.", "2026-08-03", "2026-08-17"},
		{"I'm on holiday from Monday 3 August until Monday 17 August.", "2026-08-03", "2026-08-17"},
		{"I will be on parental leave starting 3 August 2026 until 31 January 2027.", "2026-08-03", "2027-01-31"},
		{"The office is closed and I am away until 08/17/2026.", "", "2026-08-17"},
		{"The office is closed and I am away until 17/08/2026.", "", "2026-08-17"},
		{"The office is closed and I am away until 08/09/2026.", "", ""},
		{"I am away today, back tomorrow.", "", ""},
		{"Please call extension 12-17 or room 3/8.", "", ""},
		{"I may be slow, my book of March 2020 is out.", "", ""},
		// French
		{"Je suis absent du bureau du 3 au 17 août inclus.", "2026-08-03", "2026-08-17"},
		{"Je serai absente du lundi 3 août au lundi 17 août 2026.", "2026-08-03", "2026-08-17"},
		{"Absent jusqu'au 17 août, je vous répondrai à mon retour.", "", "2026-08-17"},
		{"Je suis en congés jusqu’au vendredi 14/08/2026 inclus.", "", "2026-08-14"},
		{"De retour le 18/08.", "", "2026-08-17"},
		{"Je serai de retour au bureau mardi 18 août.", "", "2026-08-17"},
		{"Je reviens le 18 août au matin.", "", "2026-08-17"},
		{"Mon retour est prévu le 18 août.", "", "2026-08-17"},
		{"Je serai de nouveau joignable à partir du 18 août.", "", "2026-08-17"},
		{"À partir du 3 août et jusqu’au 17 août, je ne lirai pas mes messages.", "2026-08-03", "2026-08-17"},
		{"Je suis en congé maternité depuis le 1er juin 2026 ; retour le 5 octobre 2026.", "2026-06-01", "2026-10-04"},
		{"Le bureau est fermé entre le 3 et le 17 août.", "2026-08-03", "2026-08-17"},
		// German
		{"Ich bin vom 3. bis 17. August im Urlaub.", "2026-08-03", "2026-08-17"},
		{"Ich bin bis einschließlich 17.08. nicht im Büro.", "", "2026-08-17"},
		{"Ich bin vom 03.08.2026 bis 17.08.2026 abwesend.", "2026-08-03", "2026-08-17"},
		{"Ich bin von Montag, 3. August, bis Montag, 17. August, nicht erreichbar.", "2026-08-03", "2026-08-17"},
		{"Ich bin ab dem 18. August wieder erreichbar.", "", "2026-08-17"},
		{"Ich bin am 18.08.2026 wieder im Haus.", "", "2026-08-17"},
		{"Ab 18.8. bin ich zurück.", "", "2026-08-17"},
		{"Ich kehre am 18. August zurück.", "", "2026-08-17"},
		{"Zwischen dem 3. und dem 17. August lese ich keine E-Mails.", "2026-08-03", "2026-08-17"},
		// Spanish
		{"Estaré ausente del 3 al 17 de agosto.", "2026-08-03", "2026-08-17"},
		{"Estaré fuera de la oficina desde el 3 de agosto hasta el 17 de agosto, ambos inclusive.", "2026-08-03", "2026-08-17"},
		{"Me encuentro de vacaciones hasta el lunes 17/08/2026.", "", "2026-08-17"},
		{"Volveré el martes 18 de agosto.", "", "2026-08-17"},
		{"Me reincorporo el 18 de agosto de 2026.", "", "2026-08-17"},
		{"Estaré de vuelta el 18/8.", "", "2026-08-17"},
		{"Regreso a la oficina el 18 de agosto.", "", "2026-08-17"},
		// Italian
		{"Sarò in ferie dal 3 al 17 agosto compresi.", "2026-08-03", "2026-08-17"},
		{"Sono assente fino a lunedì 17 agosto.", "", "2026-08-17"},
		{"Sarò assente dal 03/08/2026 al 17/08/2026.", "2026-08-03", "2026-08-17"},
		{"Sarò di nuovo in ufficio il 18 agosto.", "", "2026-08-17"},
		{"Tornerò il 18/08.", "", "2026-08-17"},
		{"Il mio rientro è previsto per il 18 agosto.", "", "2026-08-17"},
		// Portuguese
		{"Estarei de férias de 3 a 17 de agosto.", "2026-08-03", "2026-08-17"},
		{"Estarei ausente entre os dias 3 e 17 de agosto.", "2026-08-03", "2026-08-17"},
		{"Estou fora do escritório até 17/08/2026, inclusive.", "", "2026-08-17"},
		{"Regresso no dia 18 de agosto.", "", "2026-08-17"},
		{"Voltarei ao trabalho em 18 de agosto de 2026.", "", "2026-08-17"},
		{"Estarei de volta a 18 de agosto.", "", "2026-08-17"},
		// Dutch
		{"Ik ben met vakantie van 3 tot en met 17 augustus.", "2026-08-03", "2026-08-17"},
		{"Ik ben afwezig van maandag 3 augustus t/m maandag 17 augustus 2026.", "2026-08-03", "2026-08-17"},
		{"Ik ben er niet tot 17 augustus.", "", "2026-08-17"},
		{"Ik ben op 18 augustus weer terug.", "", "2026-08-17"},
		{"Vanaf 18 augustus ben ik weer bereikbaar.", "", "2026-08-17"},
		{"Tussen 3 en 17 augustus lees ik geen mail.", "2026-08-03", "2026-08-17"},
		// Both cues, in any order; dates of other things.
		{"I am away from 3 August and will be back on 18 August.", "2026-08-03", "2026-08-17"},
		{"I will be back on 18 August. I am away from 3 August.", "2026-08-03", "2026-08-17"},
		{"I'm away until 17 August. Back soon!", "", "2026-08-17"},
		{"Absente du 3 au 17 août, de retour le 18 août.", "2026-08-03", "2026-08-17"},
		{"Ich bin vom 3.8. - 17.8. im Urlaub.", "2026-08-03", "2026-08-17"},
		{"Urlaub 03.-17.08.2026.", "2026-08-03", "2026-08-17"},
		{"Congés 3-17 août.", "2026-08-03", "2026-08-17"},
		{"Away 3 – 17 August.", "2026-08-03", "2026-08-17"},
		{"Je suis en réunion le 3 août.", "", ""},
		{"Ich bin heute bis 12.30. in einer Sitzung.", "", ""},
		{"Our office at 3, rue du 8 mai 1945 is closed.", "", ""},
		{"Rufen Sie an: 030 12.08.17.", "", ""},
		// No year, over the turn of the year.
		{"Je suis absent du 24 décembre au 3 janvier.", "2026-12-24", "2027-01-03"},
	} {
		a := readAbsence("", c.text, writtenAt(tuesday, time.Time{}))
		if a.From.String() != c.from || a.Until.String() != c.until {
			t.Errorf("%s\n got %q to %q, want %q to %q", c.text, a.From, a.Until, c.from, c.until)
		}
	}
}
