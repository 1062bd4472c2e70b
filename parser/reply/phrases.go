package reply

import "strings"

// The words that mail programs, companies and lists put under a message,
// folded.
var (
	// footerStarts begin the line that tells what a message was sent with.
	footerStarts = folded(`
		sent from, sent on my, sent using, sent through, sent by, sent via, sent with,
		from my iphone, from my ipad, from my android, from my mobile, from my phone, from my samsung,
		envoyé de, envoyé d', envoyé depuis, envoyé à partir, envoyé avec, envoyé via, envoyé par,
		provenance :, provenance:,
		von meinem, von unterwegs gesendet, gesendet von, gesendet mit, gesendet aus, gesendet über,
		diese nachricht wurde von, diese nachricht wurde mit,
		enviado desde, enviado con, enviado de, enviado do, enviado por, enviado pelo, enviado a partir,
		enviado com, enviado via, enviado mediante, inviato da, inviato con, inviato tramite,
		verzonden vanaf, verzonden vanuit, verzonden met, verzonden via, verstuurd vanaf, verstuurd met,
		verstuurd via, wysłane z, wysłano z, wysłane przy, wysłano przy, wysłane iphonem,
		skickat från, skickades från, skickat med, sendt fra, sendt frå, sendt med, sendt via, lähetetty,
		odesláno z, odoslané z, poslano z, poslané z, elküldve, az iphone-omról, iphone-omról,
		trimis de pe, trimis din, trimis de la, στάλθηκε από, απεστάλη από, εστάλη από,
		отправлено с, отправлено из, отправлено через, надіслано з, відправлено з,
		أرسلت من, تم الإرسال من, مرسل من, 发自, 來自我的, 從我的, 从我的, 傳送自, 寄自, 나의, đã gửi từ, được gửi từ,
		yahoo mail:, yahoo mail sur, yahoo mail on`)
	// footerEnds end such a line.
	footerEnds = folded(`
		から送信, より送信, から送信されました, 傳送, 发送, 에서 보냄, gönderildi, den gönderildi, gesendet, küldve, via mobile,
		from mobile, from my mobile, from my iphone, iphonesta`)
	// devices tell a footer that ends like a sentence from one of the writer's.
	devices = folded(`
		phone, cell, handy, mobil, móvil, telefon, téléphone, tablet, ipad, ipod, android, samsung, galaxy,
		blackberry, huawei, pixel, mail, outlook, app, gerät, device, appareil`)
	// remarks begin the other lines of the kind.
	remarks = folded(`
		please excuse my brevity, please excuse typos, please excuse any typos, excuse my brevity,
		veuillez excuser ma brièveté, bitte entschuldigen sie die kürze,
		virus-free, garanti sans virus, virenfrei, libre de virus, senza virus, livre de vírus,
		please consider the environment, pensez à l'environnement, bitte denken sie an die umwelt`)
	// systems stand in a line with Outlook: "Get Outlook for iOS".
	systems = folded(`
		ios, android, iphone, mac, windows, mobile`)
	// listWords stand in the paragraph that a list or a service adds.
	listWords = newFinder(folded(`
		you received this message because you are subscribed, you are receiving this because,
		you're receiving this, reply to this email directly, to unsubscribe from this, to unsubscribe send,
		to unsubscribe or, to unsubscribe click, to unsubscribe please, unsubscribe:, manage your subscription, /mailman/listinfo/,
		pour vous désabonner, pour vous désinscrire, vous recevez ce message car,
		vous recevez cet e-mail car, vous recevez ce courriel, um sich von dieser liste,
		um sich abzumelden, this email has been checked for viruses, l'absence de virus dans ce courrier,
		diese e-mail wurde von avast`))
	// legalAbout and legalWords make a disclaimer together.
	legalAbout = newFinder(folded(`
		this e-mail, this email, this message, this communication, this transmission, ce message,
		cet e-mail, ce courriel, ce mail, ce courrier, diese e-mail, diese nachricht, diese mail,
		questo messaggio, questa e-mail, presente messaggio, este mensaje, este correo, este e-mail,
		esta mensagem, dit bericht, deze e-mail, ta wiadomość, niniejsza wiadomość,
		the information contained, le informazioni contenute, les informations contenues,
		det här meddelandet, denne e-mail, denne e-posten, данное сообщение, это сообщение`))
	legalWords = newFinder(folded(`
		confidential, privileged, intended recipient, intended solely, intended only, addressee,
		in error, unauthori, disclos, confidentiel, destinataire, par erreur, diffusion, non autoris,
		détrui, vertraulich, empfänger, irrtümlich, unbefugt, vernicht, riservat, destinatari,
		per errore, cancellar, confidencial, por error, por engano, autorizad, vertrouwelijk,
		geadresseerde, poufn, adresat, konfidentiell, fortrolig, mottagare, modtager, конфиденциал,
		получател, delete, supprimer, löschen`))
)

// A banner begins with a word of warning and has one for outside.
var (
	bannerStarts = folded(`
		caution, warning, attention, external, be careful, this email originated,
		this message originated, externe, extern, achtung, vorsicht, ce message provient,
		ce courriel provient, cet e-mail provient, precaución, advertencia, attenzione, mail externe`)
	outside = folded(`
		external, outside, extérieur, externe, extern, esterno, externo`)
)

// signOffs are the folded words that end a letter, above the name.
var signOffs = foldedSet(`
		best, best regards, kind regards, regards, warm regards, warmest regards,
		many thanks and regards, all the best, best wishes, cheers, sincerely, yours sincerely,
		yours truly, yours faithfully, sincerely yours, yours, respectfully, with best regards,
		with kind regards, br, rgds, take care, talk soon, love, cordialement, bien cordialement,
		très cordialement, bien à vous, bien à toi, amicalement, sincèrement, salutations,
		respectueusement, cdlt, cdt, bien amicalement, amitiés, avec mes amitiés, bien sincèrement,
		à bientôt, belle journée, bonne journée, bises, mit freundlichen grüßen, freundliche grüße,
		mit freundlichem gruß, viele grüße, liebe grüße, beste grüße, herzliche grüße, schöne grüße,
		gruß, grüße, lg, mfg, vg, hochachtungsvoll, mit besten grüßen, saludos, un saludo,
		saludos cordiales, atentamente, cordialmente, un abrazo, saluti, cordiali saluti,
		distinti saluti, un caro saluto, atenciosamente, cumprimentos, com os melhores cumprimentos,
		abraço, abraços, um abraço, adeus, att, met vriendelijke groet, met vriendelijke groeten,
		vriendelijke groet, vriendelijke groeten, groeten, groet, hartelijke groet, mvg, pozdrawiam,
		z poważaniem, serdecznie pozdrawiam, pozdrowienia, med vänliga hälsningar, vänliga hälsningar,
		hälsningar, mvh, vänligen, med vennlig hilsen, vennlig hilsen, hilsen, med venlig hilsen,
		venlig hilsen, de bedste hilsner, mange hilsner, kh, vh, terveisin, ystävällisin terveisin,
		yst. terv, hyvästi, s pozdravem, zdraví, přeji hezký den, üdvözlettel, üdv, tisztelettel,
		cu stimă, cu respect, cele bune, toate cele bune, με εκτίμηση, φιλικά, χαιρετισμούς, с уважением,
		с наилучшими пожеланиями, з повагою, з найкращими побажаннями, saygılarımla, saygılar,
		iyi çalışmalar, sevgiler, 敬具, よろしくお願いします, よろしくお願いいたします, 此致, 敬上, 祝好, مع تحياتي, تحياتي,
		مع خالص التحية, مع أطيب التحيات`)

// greetings are the folded words that a line begins with that only opens a
// letter, or thanks.
var greetings = foldedSet(`
		hi, hello, hey, dear, thanks, thank, bonjour, bonsoir, salut, cher, chère, chers, merci, hallo,
		lieber, liebe, danke, guten, hola, estimada, estimado, querida, querido, gracias, ciao, grazie, olá, obrigado, obrigada, dank, beste,
		cześć, hej, tack, takk, tak`)

// folded returns the phrases of a list with commas, folded.
func folded(list string) []string {
	phrases := strings.Split(fold(list), ",")
	for i, p := range phrases {
		phrases[i] = strings.Join(strings.Fields(p), " ")
	}
	return phrases
}

// foldedSet returns them as a set.
func foldedSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, p := range folded(list) {
		set[p] = true
	}
	return set
}

// byPhrase returns what each phrase of the lists stands for.
func byPhrase[K comparable](lists map[K]string) map[string]K {
	all := map[string]K{}
	for k, list := range lists {
		for _, p := range folded(list) {
			all[p] = k
		}
	}
	return all
}
