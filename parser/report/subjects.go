package report

import "strings"

// autoReplies begin the subjects, folded, that programs alone write: those of
// responders, and of those who want a sender to prove themselves first. With
// the colon, since people write of automatic replies too.
var autoReplies = []string{
	"automatic reply:", "automatic response:", "automated reply:", "automated response:", "autoreply:",
	"auto reply:", "auto-reply:", "auto response:", "auto-response:", "autoresponse:", "autoresponder:",
	"[auto-reply]", "[autoreply]", "(auto-reply)", "auto reply from", "autoreply from", "out of office autoreply",
	"out of office auto-reply", "out of office reply:", "out of office automatic", "out-of-office reply:",
	"vacation reply:", "vacation autoreply", "vacation auto-reply", "away message:",

	"reponse automatique:", "reponse automatique :", "reponse automatique d'absence", "[reponse automatique]",
	"reponse auto:", "reponse auto :", "message d'absence automatique", "notification d'absence automatique",
	"repondeur automatique", "accuse de reception automatique",

	"automatische antwort:", "automatische antwort auf", "automatische antwort von", "automatische abwesenheitsnotiz",
	"autom. antwort:", "auto-antwort:", "autoantwort:", "automatisierte antwort:", "abwesenheitsnotiz:",
	"abwesenheitsassistent", "automatische eingangsbestatigung",

	"respuesta automatica:", "respuesta automatica a", "respuesta automatica -", "respuesta automatizada",
	"contestacion automatica:", "contestador automatico", "autorespuesta:", "auto-respuesta:",

	"risposta automatica:", "risposta automatica a", "risposta automatica -", "risposta automatica fuori",
	"risponditore automatico", "messaggio automatico di assenza", "auto-risposta:",

	"resposta automatica:", "resposta automatica a", "resposta automatica -", "resposta automatica de",
	"auto-resposta:", "mensagem automatica de ausencia",

	"automatisch antwoord:", "automatisch antwoord op", "automatische reactie:", "automatische beantwoording:",
	"automatisch bericht van afwezigheid", "afwezigheidsassistent", "afwezigheidsbericht:", "auto-antwoord:",

	"autosvar:", "automatisk svar:", "automatisk svar fra", "automaattinen vastaus:", "odpowiedz automatyczna:",
	"automaticka odpoved:", "automatikus valasz:", "автоматический ответ", "自動応答", "自動返信", "自动回复", "自动答复",

	"please confirm your message", "please confirm your email to", "confirm your message to",
	"[mailinblack]", "mailinblack", "spam arrest", "your message is awaiting confirmation",
	"votre message est en attente de confirmation", "demande d'authentification de votre message",
}

// responds tells whether a folded subject is that of a responder. Notes puts
// the name of the absent between its mark and its words.
func responds(subject string) bool {
	if begins(subject, autoReplies) {
		return true
	}
	rest, ok := strings.CutPrefix(subject, "auto:")
	return ok && (strings.Contains(rest, "out of the office") || strings.Contains(rest, "is out of office"))
}

// receipts begin the subjects, folded, of receipts that are no reports in the
// form of RFC 8098.
var receipts = []string{
	"read:", "read receipt", "return receipt", "not read:", "delivered:", "lu:", "lu :", "accuse de reception",
	"confirmation de lecture", "non lu:", "non lu :", "remis:", "remis :", "gelesen:", "lesebestatigung", "ungelesen:",
	"leido:", "acuse de recibo", "confirmacion de lectura", "letto:", "ricevuta di ritorno", "conferma di lettura",
	"lida:", "lido:", "recibo de leitura", "confirmacao de leitura", "gelezen:", "leesbevestiging", "ontvangstbevestiging",
}

// invitationAnswers begin the subjects, folded, of answers to invitations.
var invitationAnswers = []string{
	"accepted:", "declined:", "tentative:", "tentatively accepted:", "new time proposed:",
	"accepte:", "accepte :", "acceptee:", "acceptee :", "refuse:", "refuse :", "refusee:", "refusee :", "decline:", "decline :",
	"provisoire:", "provisoire :", "accepte provisoirement", "peut-etre:", "peut-etre :",
	"zugesagt:", "angenommen:", "akzeptiert:", "abgelehnt:", "abgesagt:", "mit vorbehalt", "vorlaufig",
	"aceptada:", "aceptado:", "aceptacion:", "rechazada:", "rechazado:", "provisional:",
	"accettato:", "accettata:", "rifiutato:", "rifiutata:", "provvisorio:",
	"aceite:", "aceito:", "aceita:", "recusado:", "recusada:", "provisorio:", "tentativa:",
	"geaccepteerd:", "afgewezen:", "geweigerd:", "voorlopig:",
}

// absences begin the subjects, folded, that programs write, and that a person
// may write as well.
var absences = []string{
	"out of office", "out of the office", "out-of-office", "ooo", "away from", "i am away", "i'm away",
	"on vacation", "on holiday", "on leave", "vacation", "holiday notice", "absence", "currently away",
	"automatic", "auto",
	"absent", "je suis absent", "en conges", "conges", "en vacances", "notification d'absence",
	"message d'absence", "absence du bureau", "absence temporaire", "hors du bureau", "reponse automatique",
	"abwesenheit", "abwesend", "nicht im buro", "ich bin im urlaub", "im urlaub", "urlaub", "automatische antwort",
	"fuera de la oficina", "fuera de oficina", "ausente", "ausencia", "de vacaciones", "vacaciones",
	"respuesta automatica",
	"fuori ufficio", "fuori sede", "assente", "assenza", "in ferie", "ferie", "risposta automatica",
	"fora do escritorio", "ausencia temporaria", "fora do trabalho", "de ferias", "ferias", "resposta automatica", "estou ausente",
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
	"message not delivered", "sorry, your message", "mail could not", "message could not", "loop alert", "rejected mail", "considered unsolicited",
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
