package report

import "testing"

type header map[string]string

func (h header) Get(name string) string { return h[name] }

func TestAutomatic(t *testing.T) {
	for _, c := range []struct {
		name   string
		header header
		sender string
		want   Kind
	}{
		{"a letter", header{"Content-Type": "text/plain"}, "ben@uni.test", ""},
		{"said not to be", header{"Auto-Submitted": "no"}, "ben@uni.test", ""},
		{"said not to be, with a comment", header{"Auto-Submitted": "No (really)"}, "ben@uni.test", ""},
		{"vacation", header{"Auto-Submitted": "auto-replied; owner-email=\"x\""}, "ben@uni.test", AutoReply},
		{"generated", header{"Auto-Submitted": "auto-generated"}, "ben@uni.test", AutoReply},
		{"null sender", header{}, "", Bounce},
		{"daemon", header{}, "MAILER-DAEMON@uni.test", Bounce},
		{"DSN", header{"Content-Type": "multipart/report; report-type=delivery-status; boundary=x"}, "ben@uni.test", Bounce},
		{"ARF", header{"Content-Type": "Multipart/Report; report-type=feedback-report"}, "ben@uni.test", Complaint},
		{"MDN", header{"Content-Type": "multipart/report; report-type=\"disposition-notification\""}, "ben@uni.test", Receipt},
		{"list", header{"Precedence": "LIST"}, "ben@uni.test", Bulk},
		{"a precedence of no matter", header{"Precedence": "first-class"}, "ben@uni.test", ""},
		{"Exchange", header{"X-Auto-Response-Suppress": "All"}, "ben@uni.test", AutoReply},
	} {
		if got := Automatic(c.header, c.sender); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAutomaticSubjects(t *testing.T) {
	for _, c := range []struct {
		name   string
		header header
		sender string
		want   Kind
	}{
		{"answer to an absence", header{"Subject": "Re: absence"}, "ben@uni.test", ""},
		{"a person's absence", header{"Subject": "Absence next week"}, "ben@uni.test", ""},
		{"answer to a responder", header{"Subject": "Re: Automatic reply: hello"}, "ben@uni.test", ""},
		{"a person's holiday", header{"Subject": "Urlaub!"}, "ben@uni.test", ""},
		{"Exchange, French", header{"Subject": "=?utf-8?q?R=C3=A9ponse_automatique_:_bonjour?="}, "ben@uni.test", AutoReply},
		{"Exchange, German", header{"Subject": "Automatische Antwort: Hallo"}, "ben@uni.test", AutoReply},
		{"Exchange, Spanish", header{"Subject": "Respuesta automática: hola"}, "ben@uni.test", AutoReply},
		{"Exchange, Italian", header{"Subject": "Risposta automatica: ciao"}, "ben@uni.test", AutoReply},
		{"Exchange, Portuguese", header{"Subject": "Resposta automática: olá"}, "ben@uni.test", AutoReply},
		{"Exchange, Dutch", header{"Subject": "Automatisch antwoord: hallo"}, "ben@uni.test", AutoReply},
		{"null sender and an absence", header{"Subject": "Abwesenheitsnotiz"}, "<>", AutoReply},
		{"bulk and an absence", header{"Subject": "Fuori ufficio", "Precedence": "bulk"}, "ben@uni.test", AutoReply},
		{"X-Autoreply", header{"X-Autoreply": "yes"}, "ben@uni.test", AutoReply},
		{"X-Autoreply: no", header{"X-Autoreply": "no"}, "ben@uni.test", ""},
		{"vacation", header{"Precedence": "auto_reply"}, "ben@uni.test", AutoReply},
		{"Exim", header{"X-Failed-Recipients": "a@uni.test", "Auto-Submitted": "auto-replied"}, "ben@uni.test", Bounce},
		{"Return-Path", header{"Return-Path": "<>"}, "ben@uni.test", Bounce},
		{"a postmaster's letter", header{"From": "postmaster@uni.test", "Subject": "Hello"}, "postmaster@uni.test", ""},
	} {
		if got := Automatic(c.header, c.sender); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
