package reply

import (
	"math/bits"
	"strings"
)

// A field is what a line of a quoted message's header says.
type field uint8

const (
	from field = 1 << iota
	sent
	date
	to
	subject
	other // Cc, Reply-To, Importance
)

// labels holds the names that mail clients give the fields, by folded name.
var labels = byPhrase(map[field]string{
	from: `
		from, de, von, da, van, od, från, fra, lähettäjä, feladó, de la, de către, από, от, від,
		від кого, от кого, kimden, gönderen, 差出人, 送信者, 发件人, 寄件者, 寄件人, 發件人, من, expéditeur, absender,
		mittente, remitente, remetente, afzender, avsändare, afsender, avsender, odesílatel, nadawca,
		expeditor, αποστολέας, отправитель, 보낸 사람, từ`,
	sent: `
		sent, envoyé, envoyé le, gesendet, enviado, enviado el, enviado em, enviada em, enviada, inviato,
		inviata, verzonden, wysłano, wysłane, data wysłania, skickat, skickades, sendt, lähetetty,
		odesláno, elküldve, küldve, trimis, trimisă, στάλθηκε, εστάλη, отправлено, надіслано,
		відправлено, gönderildi, gönderme tarihi, gönderilme tarihi, 送信日時, 发送时间, 傳送時間, 寄件日期, 發送時間,
		تم الإرسال, تاريخ الإرسال, أرسلت, 보낸 날짜, message du, date d'envoi`,
	date: `
		date, datum, fecha, data, dato, päivämäärä, päiväys, dátum, dată, ημερομηνία, дата, tarih, 日付,
		日時, 日期, 时间, التاريخ, تاريخ, ngày`,
	to: `
		to, à, a, an, para, pour, aan, do, komu, till, til, vastaanottaja, pro, címzett, către, προς,
		кому, kime, alıcı, 宛先, 收件人, 收件者, إلى, الى, destinataire, empfänger, 받는 사람, đến`,
	subject: `
		subject, objet, sujet, betreff, asunto, oggetto, assunto, onderwerp, temat, ämne, emne, aihe,
		předmět, věc, tárgy, subiect, θέμα, тема, konu, 件名, 主题, 主題, 主旨, الموضوع, 제목, chủ đề`,
	other: `
		cc, bcc, kopie, kopia, kopi, kopio, copie, copie à, copia, cópia, dw, udw, ccn, másolatot kap,
		másolat, κοιν, κοινοποίηση, копия, копія, bilgi, 抄送, 副本, نسخة, نسخة إلى, reply-to, reply to,
		répondre à, antwort an, importance, priority, attachments, pièces jointes, anlagen, résent,
		risposta, responder a, rispondi a, organization`,
})

// label returns which field of a header a line holds, 0 for none. Clients
// write "From: Anna", "*From:* Anna", "De : Anna", "Von:"Anna"".
func label(s string) field {
	const longest = 40 // bytes; no name is longer
	s = strings.TrimLeft(s, "*_ ")
	end := strings.IndexByte(s[:min(longest, len(s))], ':')
	if wide := strings.Index(s[:min(longest, len(s))], "："); end < 0 || wide >= 0 && wide < end {
		end = wide
	}
	if end <= 0 {
		return 0
	}
	var store [2 * longest]byte
	name := appendFold(store[:0], strings.TrimRight(trimRight(s[:end]), "*_"))
	if strings.HasPrefix(string(name), "message du ") { // Message du 12/03/24 10:15
		return sent
	}
	return labels[string(name)]
}

// header returns the line after the block of header fields that begins at
// line i, or i where none begins. A block stands under a separator where
// set, which leaves less doubt.
func (t *text) header(i int, separated bool) int {
	depth := t.lines[i].depth
	found := label(t.lines[i].text)
	if found == 0 {
		return i
	}
	end := i
	var fields field
	address, timed := separated, separated
	for j, others := i, 0; j < min(len(t.lines), i+longestHeader) && others < longestField; j++ {
		l := &t.lines[j]
		if l.depth != depth {
			break
		}
		if l.blank() {
			// Only a block written with every line apart goes on.
			if next := t.next(j); next >= len(t.lines) || next > j+2 || label(t.lines[next].text) == 0 {
				break
			}
			continue
		}
		if found = label(l.text); found == 0 {
			others++
			if continued(t.lines[j-1].text) || t.raw(j)[0] == ' ' && end == j {
				end = j + 1
			}
			continue
		}
		if found != other && fields&found != 0 { // the header of the next message
			break
		}
		if fields |= found; fields == other && j > i+longestField {
			break
		}
		others = 0
		end = j + 1
		address = address || strings.Contains(l.text, "@")
		timed = timed || found&(sent|date) != 0 && hasTime(l.text)
	}
	fields &^= other
	if plausible(fields, address, timed) || separated && fields == from {
		return end
	}
	return i
}

// bareHeader returns the line after the block of header fields without colons
// that begins at line i, right under a marker, as eM Client writes them: From
// "Anna Berg" <anna@mail.test>, To, Date, Subject. It is i for none.
func (t *text) bareHeader(i int) int {
	const longest = 24 // bytes of a name
	var fields field
	end := i
	for t.level(end, i) && !t.lines[end].blank() {
		name, _, ok := strings.Cut(t.lines[end].text, " ")
		if !ok || len(name) > longest || labels[fold(name)] == 0 || end == i+longestField {
			break
		}
		fields |= labels[fold(name)]
		end++
	}
	if fields&from != 0 && bits.OnesCount8(uint8(fields&^other)) >= 3 {
		return end
	}
	return i
}

const (
	longestField  = 6  // lines of one field's value: To can name many
	longestHeader = 24 // lines, empty ones with them
)

// continued tells a line whose field goes on in the next.
func continued(s string) bool {
	switch s[max(0, len(s)-1):] {
	case ",", ";", "[", "<", ":":
		return true
	}
	return strings.LastIndexByte(s, '[') > strings.LastIndexByte(s, ']') ||
		strings.LastIndexByte(s, '<') > strings.LastIndexByte(s, '>')
}

// hasTime tells a field whose value has a time of day.
func hasTime(s string) bool {
	f := newFacts()
	f.read(s)
	return f.time
}

// plausible tells the fields of a mail from the lines "From: Lyon", "To:
// Paris", "Date: 3 May" that a writer makes: a client names an address or a
// time.
func plausible(fields field, address, timed bool) bool {
	n := bits.OnesCount8(uint8(fields))
	switch {
	case n < 2:
		return false
	case fields&(from|sent) == from|sent, fields&(sent|to|subject) == sent|to|subject:
		return true
	case address && (fields&from != 0 || fields&(date|to) == date|to):
		return true
	}
	return n >= 3 && fields&subject != 0 && timed
}
