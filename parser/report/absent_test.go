package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"mentorrelay/parser/message"
)

func scan(t *testing.T, text string) (*bytes.Reader, *message.Part) {
	t.Helper()
	src := bytes.NewReader([]byte(strings.ReplaceAll(text, "\n", "\r\n")))
	root, err := message.Scan(src, src.Size(), message.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return src, root
}

// TestAbsent tells replies of responders that mark nothing from letters about
// an absence. The fields are those beside the sender.
func TestAbsent(t *testing.T) {
	const answers = "In-Reply-To: <a@relay.test>\n"
	for _, c := range []struct {
		fields, text string
		want         bool
	}{
		{answers + "Subject: Out of office: chapter two", "I am out of the office until 17 August and will answer then.", true},
		{"Subject: Out of office: Re: chapter two", "I am out of the office until 17 August.", true},
		{"Subject: Out of office: chapter two", "Thank you for your message. I am out of the office. In urgent cases, call Ada.", true},
		{answers + "Subject: Absence : votre chapitre", "Je suis absente jusqu'au 17 août.", true},
		{"Subject: Absence du bureau : votre chapitre", "Merci pour votre message. Je suis absent du bureau jusqu'au 17 août.", true},
		{"Subject: Absent Re: le chapitre", "Je suis en congés, de retour le 18 août.", true},
		{answers + "Subject: Abwesenheit: Ihr Kapitel", "Ich bin bis zum 17.08. nicht im Büro.", true},
		{"Subject: Abwesend: Ihr Kapitel", "Vielen Dank für Ihre Nachricht. Ich bin im Urlaub.", true},
		{answers + "Subject: Fuera de la oficina: su capítulo", "Estoy de vacaciones hasta el 17 de agosto.", true},
		{answers + "Subject: Fuori ufficio: il capitolo", "Sono assente fino al 17 agosto.", true},
		{answers + "Subject: Ausência: o capítulo", "Estou de férias até 17 de agosto.", true},
		{answers + "Subject: Afwezig: het hoofdstuk", "Ik ben op vakantie tot 17 augustus.", true},

		{answers + "Subject: Abwesenheit: Ihr Kapitel", "Sehr geehrte Damen und Herren, ich bin bis zum 17.08. nicht im Büro.", true},
		{answers + "Subject: Absence : votre chapitre", "Bonjour,\n\nJe suis absente jusqu'au 17 août.", true},
		{answers + "Subject: Out of office: chapter two", "Good morning! I am out of the office until 17 August.", true},

		// Letters.
		{answers + "Subject: Absence : 3 au 17 août", "Bonjour Ada, je serai absent du 3 au 17 août. À bientôt !", false},
		{answers + "Subject: Urlaub: Ihr Kapitel", "Liebe Frau Miller, ich bin im Urlaub und lese es danach.", false},
		{answers + "Subject: Out of office: chapter two", "Hi Ada! I am out of the office until 17 August, and read it then.", false},
		{answers + "Subject: Re: Out of office: chapter two", "I am out of the office until 17 August.", false},
		{"Subject: Out of office: what to write", "I am out of the office next week, and wonder what to tell people.", false},
		{answers + "Subject: Out of office: chapter two", "I am out of the office next week. Can we move our call?", false},
		{answers + "Subject: Out of office: chapter two", "I am out of the office.\n\n> Dear Ben, here it is.", false},
		{answers + "Subject: Out of office: chapter two", "I read it on the train and liked it.", false},
		{answers + "Subject: Out of office: chapter two", "I am out of the office. " + strings.Repeat("Here is what I think of it. ", 80), false},
		{"Subject: Absence", "Bonjour Ada, je serai absent du 3 au 17 août.", false},
		{"Subject: Absence : semaine prochaine", "Bonjour Ada, je serai absent du 3 au 17 août. À bientôt !", false},
		{"Subject: Vacation plans", "I am on vacation from 3 August. Thank you for your message!", false},
		{answers + "Subject: Vacaciones", "Estoy de vacaciones.", false},
	} {
		src, root := scan(t, "From: Ben <ben@uni.test>\n"+c.fields+"\nContent-Type: text/plain; charset=utf-8\n\n"+c.text+"\n")
		if got := Absent(src, root); got != c.want {
			t.Errorf("%s, %.60s: %v", c.fields, c.text, got)
		}
		if r := Read(src, root, "ben@uni.test"); (r.Class == ClassAutoReply) != c.want {
			t.Errorf("%s, %.60s: read as %s", c.fields, c.text, r.Class)
		}
	}
}

// TestReadAt reads the dates of an absence where the message has no date, or a
// wrong one.
func TestReadAt(t *testing.T) {
	received := time.Date(2026, 7, 28, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		date     string
		received time.Time
		want     string
	}{
		{"", received, "2026-08-17"},
		{"", time.Time{}, ""},
		{"Date: Thu, 01 Jan 1970 00:00:00 +0000\n", received, "2026-08-17"},
		{"Date: Thu, 01 Jan 1970 00:00:00 +0000\n", time.Time{}, ""},
		{"Date: nonsense\n", received, "2026-08-17"},
		{"Date: Mon, 27 Jul 2026 10:00:00 +0200\n", received, "2026-08-17"},
		{"Date: Mon, 28 Jul 2025 10:00:00 +0200\n", time.Time{}, "2025-08-17"},
	} {
		src, root := scan(t, c.date+"From: Ben <ben@uni.test>\nSubject: Automatic reply: chapter two\n\nI am away until 17 August.\n")
		if got := ReadAt(src, root, "ben@uni.test", c.received).Absence.Until.String(); got != c.want {
			t.Errorf("%s, received %v: %s, want %s", c.date, c.received, got, c.want)
		}
	}
}
