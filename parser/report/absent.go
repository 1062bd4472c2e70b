package report

import (
	"io"
	"strings"

	"mentorrelay/parser/message"
)

// Absent tells whether a message that no field marks as automatic is an
// out-of-office reply all the same, by its subject and its text together.
// To take a person's letter for one loses it, and people write of their
// absences too. So all of this must hold:
//
//   - the subject is in the form of a responder: the words for an absence, a
//     colon, and the subject answered ("Out of office: chapter two"),
//   - the text is short, quotes nothing, asks nothing, and says that its writer
//     is away, and
//   - it speaks as responders do to whoever writes ("in urgent cases", "thank
//     you for your message"), or answers a message (RFC 3834 §3.1.5) without a
//     person's "Re:" before the subject, and greets nobody by name.
func Absent(src io.ReaderAt, root *message.Part) bool {
	b := body{src: src, root: root, subject: fold(message.DecodeHeader(root.Header.Get("Subject")))}
	if _, ok := absenceSubject(b.subject); !ok {
		return false
	}
	b.collect(root)
	return b.absent()
}

// maxNotice is how long a notice of absence is, in octets; most have a few
// lines, some a signature of many.
const maxNotice = 2000

func (b *body) absent() bool {
	answered, ok := absenceSubject(b.subject)
	text := strings.TrimSpace(b.text)
	if !ok || len(text) == 0 || len(text) > maxNotice || strings.Contains(text, "?") || quotes(text) {
		return false
	}
	folded := fold(text)
	if _, away := anyOf(folded, awayTexts); !away {
		return false
	}
	if _, formal := anyOf(folded, responderTexts); formal {
		return true
	}
	h := b.root.Header
	answers := h.Get("In-Reply-To") != "" || h.Get("References") != "" || begins(answered, replyMarks)
	return answers && !greets(folded)
}

// greets tells whether a folded text begins with somebody's name: a responder
// does not know whom it answers.
func greets(folded string) bool {
	end := strings.IndexAny(folded, ",!.:")
	if end < 0 || end > maxGreeting {
		return false
	}
	ws := strings.Fields(folded[:end])
	return len(ws) > 1 && among(ws[0], greetings) && len(skip(ws[1:], nobodies)) > 0
}

// maxGreeting is how long a greeting is, in octets: "Sehr geehrte Frau
// Professorin Müller-Lüdenscheidt".
const maxGreeting = 60

// greetings begin letters, folded.
var greetings = []string{
	"dear", "hi", "hello", "hey", "good", "bonjour", "bonsoir", "cher", "chere", "salut", "coucou",
	"hallo", "liebe", "lieber", "guten", "sehr", "hola", "querida", "querido", "estimada", "estimado", "buenos", "buenas",
	"ciao", "cara", "caro", "gentile", "buongiorno", "ola", "oi", "bom", "boa", "beste", "dag", "hoi", "lieve", "geachte",
}

// nobodies are in greetings that name nobody, folded.
var nobodies = []string{
	"sender", "sir", "or", "madam", "all", "everyone", "everybody", "there", "morning", "day", "afternoon", "evening",
	"colleague", "colleagues", "madame", "monsieur", "a", "tous", "toutes", "et", "tag", "morgen", "abend", "geehrte",
	"damen", "und", "herren", "absender", "kolleginnen", "kollegen", "dias", "tardes", "todos", "todas", "remitente",
	"mittente", "tutti", "dia", "tarde", "remetente", "heer", "mevrouw", "afzender", "relatie", "of",
}

// absenceSubject tells whether a folded subject is in the form of a responder,
// and returns the subject that it answers.
func absenceSubject(subject string) (answered string, ok bool) {
	for _, a := range absences {
		rest, found := strings.CutPrefix(subject, a)
		if !found {
			continue
		}
		rest = strings.TrimLeft(rest, " ")
		if after, colon := strings.CutPrefix(rest, ":"); colon {
			return strings.TrimSpace(after), true
		}
		if begins(rest, replyMarks) {
			return rest, true
		}
	}
	return "", false
}

// replyMarks begin the subject of a reply.
var replyMarks = []string{"re:", "re :", "aw:", "tr:", "rv:", "sv:", "antw:", "ri:", "res:"}

// quotes tells whether a text quotes another.
func quotes(text string) bool { return strings.HasPrefix(text, ">") || strings.Contains(text, "\n>") }

// awayTexts say, folded, that whoever writes is away.
var awayTexts = []string{
	"out of the office", "out of office", "away from the office", "away from my desk", "i am away", "i'm away",
	"i will be away", "on leave", "on holiday", "on vacation", "on annual leave", "not in the office",
	"absent", "absente", "hors du bureau", "en conge", "en vacances", "en deplacement", "pas au bureau",
	"nicht im buro", "nicht im haus", "ausser haus", "abwesend", "im urlaub", "nicht erreichbar",
	"fuera de la oficina", "fuera de oficina", "ausente", "de vacaciones", "de permiso",
	"fuori ufficio", "fuori sede", "assente", "in ferie", "non sono in ufficio",
	"fora do escritorio", "de ferias", "de licenca",
	"afwezig", "niet aanwezig", "niet op kantoor", "buiten kantoor", "met vakantie", "op vakantie", "met verlof",
}

// responderTexts are what people have their responders say, folded, to
// whoever may write.
var responderTexts = []string{
	"thank you for your message", "thank you for your email", "thank you for your e-mail", "thanks for your message",
	"thanks for your email", "urgent", "emergency", "automatic", "your message will", "your email will", "on my return",
	"merci pour votre message", "merci de votre message", "votre message", "votre courriel", "en cas d'urgence", "a mon retour",
	"automatique",
	"vielen dank fur ihre", "danke fur ihre", "ihre nachricht", "ihre e-mail", "dringend", "automatisch", "nach meiner ruckkehr",
	"gracias por su mensaje", "su mensaje", "su correo", "a mi regreso", "a mi vuelta", "automatico",
	"grazie per il suo messaggio", "il suo messaggio", "la sua mail", "al mio rientro", "per urgenze",
	"obrigado pela sua mensagem", "obrigada pela sua mensagem", "a sua mensagem", "no meu regresso", "quando regressar",
	"bedankt voor uw bericht", "uw bericht", "uw e-mail", "bij mijn terugkeer", "na mijn terugkeer",
}
