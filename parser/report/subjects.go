package report

import "strings"

// autoReplies begin the subjects, folded, that programs alone write.
var autoReplies = []string{
	"automatic reply:", "automatic response:", "automated reply:", "automated response:", "autoreply:",
	"auto reply:", "auto-reply:", "auto response:", "auto-response:", "autoresponse:", "autoresponder:",
	"[auto-reply]", "[autoreply]",
	"reponse automatique:", "reponse automatique :", "message d'absence automatique",
	"automatische antwort:", "automatische antwort auf", "automatische abwesenheitsnotiz", "autom. antwort:",
	"auto-antwort:",
	"respuesta automatica:", "respuesta automatica a", "contestacion automatica:",
	"risposta automatica:", "risposta automatica a", "resposta automatica:", "resposta automatica a",
	"automatisch antwoord:", "automatisch antwoord op", "automatische reactie:", "automatische beantwoording:",
}

// absences begin the subjects, folded, that programs write, and that a person
// may write as well.
var absences = []string{
	"out of office", "out of the office", "out-of-office", "ooo", "away from", "i am away", "i'm away",
	"on vacation", "on holiday", "on leave", "vacation", "holiday notice", "absence", "currently away",
	"automatic", "auto",
	"absent", "je suis absent", "en conges", "conges", "en vacances", "notification d'absence",
	"message d'absence", "hors du bureau", "reponse automatique",
	"abwesenheit", "abwesend", "nicht im buro", "ich bin im urlaub", "im urlaub", "urlaub", "automatische antwort",
	"fuera de la oficina", "fuera de oficina", "ausente", "ausencia", "de vacaciones", "vacaciones",
	"respuesta automatica",
	"fuori ufficio", "fuori sede", "assente", "assenza", "in ferie", "ferie", "risposta automatica",
	"fora do escritorio", "fora do trabalho", "de ferias", "ferias", "resposta automatica", "estou ausente",
	"afwezig", "niet aanwezig", "niet op kantoor", "buiten kantoor", "op vakantie", "met vakantie", "vakantie",
	"automatisch antwoord",
}

// bounceSubjects begin the subjects, folded, of bounces.
var bounceSubjects = []string{
	"undelivered mail", "undeliverable", "undelivered", "mail delivery", "delivery status notification",
	"delivery notification", "delivery failure", "delivery report", "delivery status", "delivery problem",
	"delivery has", "failure notice", "failed mail", "failure delivery", "returned mail", "mail returned",
	"returned to sender", "non delivery", "non-delivery", "nondeliverable", "notice: mail delivery",
	"permanent delivery failure", "warning: could not send", "warning: message", "delayed mail",
	"mail system error", "message delivery", "could not deliver", "unable to deliver", "message undeliverable",
	"mail failure", "mail error", "email error", "user unknown", "postmaster notify", "aws notification",
	"message not delivered", "sorry, your message", "rejected mail", "considered unsolicited",
	"echec de la remise", "echec de remise", "non remis", "message non remis", "non distribue", "non delivre",
	"courrier non", "avis de non-remise", "rapport de non", "retour de courrier", "message non distribuable",
	"erreur de distribution",
	"unzustellbar", "zustellung", "nicht zustellbar", "fehler bei der zustellung", "no se puede entregar",
	"no entregado", "error de entrega", "no se ha podido entregar", "devuelto", "correo devuelto",
	"notificacion de estado",
	"non recapitabile", "mancato recapito", "impossibile recapitare", "mancata consegna",
	"nao foi possivel entregar", "nao entregue", "nao e possivel entregar", "falha na entrega", "devolvido",
	"onbestelbaar", "niet bezorgd", "bezorging mislukt", "kan niet worden bezorgd",
	"ваше сообщение не доставлено",
}

// begins tells whether a folded subject begins with one of the phrases.
func begins(subject string, phrases []string) bool {
	for _, p := range phrases {
		if strings.HasPrefix(subject, p) {
			return true
		}
	}
	return false
}

// bounces tells whether a folded subject is that of a bounce, be it forwarded
// or with the name of a host before it.
func bounces(subject string) bool {
	if begins(subject, bounceSubjects) {
		return true
	}
	for _, p := range []string{"fwd: ", "fw: ", "tr: ", "wg: ", "rv: ", "i: ", "doorst: ", "**message you sent "} {
		if rest, ok := strings.CutPrefix(subject, p); ok {
			return p[0] == '*' || begins(rest, bounceSubjects)
		}
	}
	host, rest, ok := strings.Cut(subject, " ")
	return ok && strings.Contains(host, ".") && begins(rest, bounceSubjects)
}
