package report

import (
	"strings"
	"testing"
)

// fields reads "Name: value|Name: value".
func fields(s string) header {
	h := header{}
	for f := range strings.SplitSeq(s, "|") {
		if name, value, ok := strings.Cut(f, ": "); ok {
			h[name] = value
		}
	}
	return h
}

// A null sender is written <>; an empty one stands for a person's.
func senderOf(s string) string {
	if s == "" {
		return "ben@uni.test"
	}
	return s
}

// TestMachines: what programs send, as they send it.
func TestMachines(t *testing.T) {
	for _, c := range []struct {
		sender, fields string
		want           Kind
	}{
		// Exchange and Outlook, by language.
		{"", "Subject: Automatic reply: Our next meeting", AutoReply},
		{"", "Subject: Automatic reply: Our next meeting|Auto-Submitted: auto-generated|X-Auto-Response-Suppress: All", AutoReply},
		{"<>", "Subject: Out of Office AutoReply: chapter two", AutoReply},
		{"", "Subject: Réponse automatique : votre chapitre", AutoReply},
		{"", "Subject: Réponse automatique: votre chapitre", AutoReply},
		{"<>", "Subject: Absence du bureau : votre chapitre", AutoReply},
		{"", "Subject: Automatische Antwort: Ihr Kapitel", AutoReply},
		{"", "Subject: Abwesenheitsnotiz: Ihr Kapitel", AutoReply},
		{"", "Subject: Respuesta automática: su capítulo", AutoReply},
		{"<>", "Subject: Fuera de la oficina: su capítulo", AutoReply},
		{"", "Subject: Risposta automatica: il capitolo", AutoReply},
		{"<>", "Subject: Fuori sede: il capitolo", AutoReply},
		{"", "Subject: Resposta automática: o capítulo", AutoReply},
		{"<>", "Subject: Ausência temporária: o capítulo", AutoReply},
		{"", "Subject: Automatisch antwoord: het hoofdstuk", AutoReply},
		{"<>", "Subject: Niet aanwezig: het hoofdstuk", AutoReply},
		{"", "Subject: Afwezigheidsassistent: het hoofdstuk", AutoReply},
		{"", "Subject: Re: the chapter|X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", AutoReply},
		{"", "Subject: Your request|X-Auto-Response-Suppress: DR, OOF, AutoReply", AutoReply},
		// Notes, GroupWise, Gmail, vacation programs.
		{"", "Subject: AUTO: Ben Miller is out of the office (returning 18/08/2026)", AutoReply},
		{"<>", "Subject: Re: the chapter|Auto-Submitted: auto-replied", AutoReply},
		{"", "Subject: On leave Re: the chapter|Precedence: bulk|X-Autoreply: yes", AutoReply},
		{"", "Subject: En congés Re: le chapitre|Precedence: bulk|X-Autoreply: yes", AutoReply},
		{"", "Subject: Im Urlaub Re: das Kapitel|Precedence: bulk", AutoReply},
		{"", "Subject: De vacaciones|Precedence: junk", AutoReply},
		{"", "Subject: In ferie|Precedence: bulk", AutoReply},
		{"", "Subject: De férias|Precedence: bulk", AutoReply},
		{"", "Subject: Met vakantie|Precedence: bulk", AutoReply},
		{"", "Subject: away|Precedence: auto_reply", AutoReply},
		{"", "Subject: away|X-Precedence: auto_reply", AutoReply},
		{"", "Subject: away|Preference: auto_reply", AutoReply},
		{"", "Subject: Re: the chapter|X-Autorespond: Re: the chapter", AutoReply},
		{"", "Subject: Re: the chapter|X-Autoresponder: yes", AutoReply},
		{"", "Subject: Re: the chapter|X-Mail-Autoreply: 1", AutoReply},
		{"", "Subject: Re: the chapter|X-FC-MachineGenerated: true", AutoReply},
		{"", "Subject: Re: the chapter|X-POST-MessageClass: 9; Autoresponder", AutoReply},
		{"", "Subject: Re: the chapter|X-Mailer: Vacation 1.2.7", AutoReply},
		{"", "Subject: Re: the chapter|X-Mailer: Mail Autoresponder", AutoReply},
		{"", "Subject: Re: the chapter|Delivered-To: Autoresponder", AutoReply},
		{"", "Subject: Re: the chapter|Auto-Submitted: auto-replied (vacation)", AutoReply},
		{"", "Subject: Mail from your filter|Auto-Submitted: auto-notified; owner-email=\"ben@uni.test\"", AutoReply},
		{"", "Subject: Nightly report|Auto-Submitted: auto-generated", AutoReply},
		// Challenges.
		{"", "Subject: Please confirm your message to ben@uni.test", AutoReply},
		{"", "Subject: [MailInBlack] Confirmez votre message", AutoReply},
		{"", "Subject: Votre message est en attente de confirmation", AutoReply},
		{"", "Subject: Please reply to be let in|X-TMDA-Fingerprint: aaaa", AutoReply},
		// Receipts.
		{"<>", "Subject: Read: the chapter|Content-Type: multipart/report; report-type=disposition-notification; boundary=b", Receipt},
		{"", "Subject: Lu : le chapitre|Content-Type: multipart/report; boundary=b; report-type=\"disposition-notification\"", Receipt},
		{"<>", "Subject: Gelesen: das Kapitel", Receipt},
		{"<>", "Subject: Leído: el capítulo", Receipt},
		{"<>", "Subject: Letto: il capitolo", Receipt},
		{"<>", "Subject: Lida: o capítulo", Receipt},
		{"<>", "Subject: Gelezen: het hoofdstuk", Receipt},
		// Bounces.
		{"<>", "Subject: Undelivered Mail Returned to Sender", Bounce},
		{"<>", "Subject: Non remis : le chapitre", Bounce},
		{"<>", "Subject: Unzustellbar: das Kapitel", Bounce},
		{"<>", "Subject: No se puede entregar: el capítulo", Bounce},
		{"<>", "Subject: Non recapitabile: il capitolo", Bounce},
		{"<>", "Subject: Não entregue: o capítulo", Bounce},
		{"<>", "Subject: Onbestelbaar: het hoofdstuk", Bounce},
		{"", "Subject: failure notice|From: MAILER-DAEMON@mx.uni.test", Bounce},
		{"", "Subject: Delivery Status Notification (Failure)|From: postmaster@uni.test", Bounce},
		// Lists.
		{"", "Subject: [readers] chapter two|Precedence: list|List-Id: readers <readers.uni.test>", Bulk},
		{"readers-bounces@uni.test", "Subject: [readers] chapter two", Bulk},
		{"owner-readers@uni.test", "Subject: [readers] chapter two", Bulk},
		{"", "Subject: Our summer offers|Precedence: bulk", Bulk},
		// A room's calendar accepts by itself.
		{"", "Subject: Accepted: lunch|Auto-Submitted: auto-replied|Content-Type: text/calendar; method=REPLY", AutoReply},
		{"", "Subject: Accepted: papers of the year|Precedence: list|List-Id: papers <papers.uni.test>|Content-Type: multipart/mixed; boundary=b", Bulk},
		// An invitation sent by a service is not an answer of a person.
		{"", "Subject: Invitation: lunch|Auto-Submitted: auto-generated|Content-Type: text/calendar; method=REQUEST", AutoReply},
	} {
		if got := Automatic(fields(c.fields), senderOf(c.sender)); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.sender, c.fields, got, c.want)
		}
	}
}

// TestPeople: what people write, some of it about absences, answers and
// failures. To lose one of these is worse than to relay an automatic one.
func TestPeople(t *testing.T) {
	subjects := []string{
		// English
		"Absence next week", "Re: Out of office hours?", "Out of office hours?", "Out of the office on Friday, can we move?",
		"On holiday from Monday", "Vacation plans", "Away from my desk, sorry", "I'm away next week", "OOO next week",
		"Automatic doors and other disasters", "Automatic reply or not?", "Re: Automatic reply: chapter two",
		"Fwd: Automatic reply: chapter two", "Auto insurance", "Undelivered parcels", "Failure and what I learnt",
		"Delivery next Tuesday", "Read this first", "Read and understood", "Delivered at last", "Accepted!",
		"User unknown: a short story", "Confirm Tuesday?", "Re: your message",
		// French
		"Absence la semaine prochaine", "Absente jeudi", "Re: absence", "Je suis absent lundi", "En congés vendredi",
		"Vacances !", "De retour le 18 août", "Réponse tardive", "Réponses automatiques, comment faire ?",
		"Lu et approuvé", "Lu ton chapitre", "Message d’absence : que dois-je écrire ?", "Accusé de réception de ma candidature",
		// German
		"Urlaub!", "Bin im Urlaub", "Abwesend am Freitag", "Abwesenheit nächste Woche", "Automatische Türen",
		"Gelesen und begeistert", "Zustellung der Unterlagen", "AW: Abwesenheitsnotiz: Kapitel zwei",
		// Spanish
		"Vacaciones en julio", "Ausente el lunes", "Fuera de la oficina el viernes", "Respuesta a tu carta", "Devuelto el libro",
		// Italian
		"Ferie!", "In ferie da lunedì", "Assente venerdì", "Fuori ufficio domani", "Risposta alla tua lettera", "Letto tutto",
		// Portuguese
		"Férias em agosto", "Ausente na sexta", "Fora do escritório amanhã", "Resposta à tua carta", "Lida a carta",
		// Dutch
		"Vakantie!", "Afwezig op vrijdag", "Niet aanwezig maandag", "Op vakantie tot de 18e", "Antwoord op je brief", "Gelezen!",
	}
	for _, s := range subjects {
		if got := Automatic(header{"Subject": s, "From": "Ben <ben@uni.test>", "Content-Type": "text/plain"}, "ben@uni.test"); got != "" {
			t.Errorf("%s: %q", s, got)
		}
	}
	for _, f := range []string{
		"Subject: Hello|Auto-Submitted: no",
		"Subject: Hello|X-Autoreply: no",
		"Subject: Hello|X-Auto-Response-Suppress: None",
		"Subject: Hello|Precedence: normal",
		"Subject: Hello|Disposition-Notification-To: ben@uni.test",
		"Subject: Hello|X-Mailer: Apple Mail (2.3774)",
		"Subject: Hello|From: Ben Postmaster <ben@uni.test>",
		"Subject: Hello|Content-Type: multipart/mixed; boundary=report",
		"Subject: Hello|List-Unsubscribe: <mailto:leave@crm.test>", // many a person's customer database adds it
		// Answers to invitations, with a person's button behind them.
		"Subject: Accepted: lunch|Content-Type: text/calendar; method=REPLY; charset=utf-8",
		"Subject: Accepted: lunch|Auto-Submitted: auto-generated|Content-Type: multipart/alternative; boundary=b",
		"Subject: Accepté : déjeuner|Auto-Submitted: auto-generated|Content-Type: multipart/mixed; boundary=b",
		"Subject: Zugesagt: Mittagessen|Auto-Submitted: auto-generated|Content-Type: multipart/mixed; boundary=b",
		"Subject: Aceptada: comida|X-Auto-Response-Suppress: All|Content-Type: multipart/alternative; boundary=b",
		"Subject: Rifiutato: pranzo|Auto-Submitted: auto-generated|Content-Type: multipart/mixed; boundary=b",
		"Subject: Geaccepteerd: lunch|Auto-Submitted: auto-generated|Content-Type: multipart/mixed; boundary=b",
	} {
		if got := Automatic(fields(f), "ben@uni.test"); got != "" {
			t.Errorf("%s: %q", f, got)
		}
	}
}
