package reply

import (
	"bytes"
	"strings"
)

// A marker is a line of a mail client's own that announces another message.
type marker uint8

const (
	noMarker  marker = iota
	original         // -----Original Message-----
	forwarded        // ---------- Forwarded message ---------
)

// markers holds such lines by their folded words. Those without dashes are
// Apple's; clients that use dashes vary in how many.
var markers = byPhrase(map[marker]string{
	original: `
		original message, original email, original appointment, reply message, message d'origine,
		message original, message initial, mail original, e-mail original, courriel original,
		courriel d'origine, ursprüngliche nachricht, originalnachricht, original nachricht,
		antwort nachricht, ursprüngliche mail, mensaje original, messaggio originale,
		messaggio originario, mensagem original, oorspronkelijk bericht, origineel bericht,
		wiadomość oryginalna, oryginalna wiadomość, ursprungligt meddelande, originalmeddelande,
		ursprungligt mail, opprinnelig melding, original melding, oprindelig meddelelse,
		original meddelelse, alkuperäinen viesti, původní zpráva, původní e-mail, eredeti üzenet,
		mesaj original, mesajul original, αρχικό μήνυμα, исходное сообщение, оригинальное сообщение,
		пересылаемое сообщение, початкове повідомлення, вихідне повідомлення, orijinal ileti,
		orijinal mesaj, özgün ileti, 元のメッセージ, 原始邮件, 原始郵件, 原邮件, 原始消息, الرسالة الأصلية, 원본 메시지, thư gốc`,
	forwarded: `
		forwarded message, begin forwarded message, forwarded by, forwarded email, message transféré,
		début du message réexpédié, début du message transféré, message transmis, message réexpédié,
		weitergeleitete nachricht, anfang der weitergeleiteten nachricht, weitergeleitete mail,
		mensaje reenviado, inicio del mensaje reenviado, messaggio inoltrato, inizio messaggio inoltrato,
		mensagem encaminhada, mensagem reencaminhada, início da mensagem reencaminhada,
		início da mensagem encaminhada, doorgestuurd bericht, begin doorgestuurd bericht,
		wiadomość przekazana dalej, przekazana wiadomość, początek przekazywanej wiadomości,
		przekazana dalej wiadomość, vidarebefordrat meddelande, vidarebefordrat brev,
		börja vidarebefordrat meddelande, videresendt melding, starten på den videresendte meldingen,
		videresendt meddelelse, videresendt besked, start på videresendt besked, välitetty viesti,
		edelleenlähetetty viesti, přeposlaná zpráva, začátek přeposlané zprávy, továbbított üzenet,
		mesaj redirecționat, început mesaj redirecționat, προωθημένο μήνυμα,
		έναρξη προωθημένου μηνύματος, пересланное сообщение, перенаправленное сообщение,
		начало переадресованного сообщения, переслане повідомлення, пересланий лист, iletilen ileti,
		yönlendirilen mesaj, iletilmiş mesaj, 転送されたメッセージ, 転送メッセージ, 转发的邮件, 转发邮件信息, 已转发邮件, 轉寄郵件, 轉寄的郵件,
		رسالة معاد توجيهها, الرسالة المعاد توجيهها, 전달된 메시지, thư đã chuyển tiếp`,
})

// replyAbove is of the lines that help desks write.
var replyAbove = newFinder(folded(`
		reply above, above this line, répondre au-dessus, au-dessus de cette ligne,
		antworten sie oberhalb, oberhalb dieser linie`))

const longestMarker = 120 // bytes

// readMarker tells what marker a line is.
func readMarker(s string) marker {
	const ornaments = "-–—_=*~>#<. \u00a0"
	if len(s) > longestMarker || plain(s) {
		return noMarker
	}
	bare := strings.Trim(s, ornaments)
	bare = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(bare, ":"), "："), ornaments)
	if bare == "" || len(bare) == len(strings.TrimRight(s, ". ")) {
		return noMarker // words, or a sentence: nothing sets it off
	}
	var store [2 * longestMarker]byte
	phrase := appendFold(store[:0], bare)
	switch {
	case replyAbove.in(phrase):
		return original
	case bytes.HasPrefix(phrase, []byte("forwarded message from ")), bytes.HasPrefix(phrase, []byte("forwarded by ")):
		return forwarded
	}
	return markers[string(phrase)]
}

// plain tells cheaply that nothing sets a line off from the text: most lines
// begin and end with a letter, but for a full stop.
func plain(s string) bool {
	s = strings.TrimRight(s, ". ")
	return s != "" && alphanumeric(s[0]) && alphanumeric(s[len(s)-1])
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
