package report

import "testing"

// TestJudge decides by a diagnostic alone, for answers such as servers give.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		diagnostic string
		want       Class
	}{
		{"550 5.1.1 The account you tried to reach is not here: NoSuchUser", ClassGone},
		{"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ben@uni.test not found by SMTP address lookup", ClassGone},
		{"550 #5.1.0 Address rejected.", ClassGone},
		{"550-Requested action not taken: mailbox unavailable", ClassGone},
		{"450 Requested mail action not taken: mailbox unavailable", ClassTemporary},
		{"553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", ClassRefusedUs},
		{"552 5.2.2 The recipient's inbox is out of storage space", ClassFull},
		{"422 4.2.2 ben@uni.test over quota", ClassFull},
		{"554 5.2.0 STOREDRV.Deliver.Exception: QuotaExceededException", ClassFull},
		{"452 4.3.1 Insufficient system storage", ClassTemporary},
		{"421 4.7.28 unusual rate of mail originating from your SPF domain", ClassRefusedUs},
		{"550 5.7.1 Message rejected because SPF check failed", ClassRefusedUs},
		{"550 5.7.515 Access denied, sending domain corp.test doesn't meet the required authentication level", ClassRefusedUs},
		{"550 5.7.606 Access denied, banned sending IP [192.0.2.7]", ClassRefusedUs},
		{"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.example", ClassRefusedUs},
		{"550 SC-001 Mail rejected for policy reasons", ClassRefusedUs},
		{"550 OFR004_104 Trop de connexions, veuillez ralentir", ClassTemporary},
		{"552 Boîte du destinataire pleine. Recipient overquota.", ClassFull},
		{"554 5.7.1 spam detected by the filter", ClassRefusedMessage},
		{"550 5.7.1 Our system has detected that this message is likely unsolicited mail", ClassRefusedMessage},
		{"552 5.3.4 Message size exceeds fixed limit", ClassRefusedMessage},
		{"554 5.7.0 virus Eicar found", ClassRefusedMessage},
		{"451 4.7.1 Greylisting in action, please come back later", ClassTemporary},
		{"451 4.4.0 DNS query failed", ClassTemporary},
		{"421 4.4.2 timeout exceeded", ClassTemporary},
		{"500 5.5.1 Command not recognized", ClassRefusedMessage},
		{"451 sender domain must resolve", ClassRefusedUs},
		{"550 5.1.8 Sender address rejected: Domain not found", ClassRefusedUs},
		{"550 5.4.1 Recipient address rejected: Access denied", ClassGone},
		{"554 5.4.14 Hop count exceeded - possible mail loop", ClassTemporary},
		{"550 El usuario no existe", ClassGone},
		{"550 Casella di posta piena", ClassFull},
		{"550 Utilizador inexistente", ClassGone},
		{"550 Gebruiker onbekend", ClassGone},

		// Providers of France, by their codes and their words.
		{"550 5.2.0 Adresse d'au moins un destinataire invalide. OFR204_416 [416]", ClassGone},
		{"552 5.2.2 Boîte aux lettres saturée. LPN105_417 [417]", ClassFull},
		{"550 5.5.0 Le compte du destinataire est suspendu. OFR204_426", ClassGone},
		{"550 5.7.1 Message refusé : contenu. OFR_506 [506]", ClassRefusedMessage},
		{"421 4.7.1 Trop de connexions depuis votre serveur", ClassTemporary},
		{"550 5.7.1 Votre adresse IP 192.0.2.7 est refusée", ClassRefusedUs},
		{"550 This mailbox has been blocked due to inactivity", ClassGone},
		{"550 Aucun utilisateur de ce nom", ClassGone},
		{"550 Cette personne ne travaille plus ici", ClassGone},
		{"450 Serveur en maintenance, réessayez plus tard", ClassTemporary},

		// Other languages.
		{"550 Unbekannter Empfänger", ClassGone},
		{"550 Postfach existiert nicht", ClassGone},
		{"552 Speicherplatz des Postfachs ist überschritten", ClassFull},
		{"550 Absender unbekannt", ClassRefusedUs},
		{"550 Nachricht als Spam erkannt", ClassRefusedMessage},
		{"552 Buzón del destinatario lleno", ClassFull},
		{"550 La cuenta ha sido cancelada", ClassGone},
		{"550 Dominio desconocido", ClassGone},
		{"550 Utente sconosciuto", ClassGone},
		{"552 Spazio insufficiente nella casella", ClassFull},
		{"550 Mittente sconosciuto", ClassRefusedUs},
		{"550 Utilizador desconhecido", ClassGone},
		{"552 A caixa de correio está cheia", ClassFull},
		{"550 Remetente desconhecido", ClassRefusedUs},
		{"552 Postvak is vol", ClassFull},
		{"451 Probeer het later nog eens", ClassTemporary},

		// Words that mean two things, told apart by the code.
		{"452 4.4.5 Insufficient disk space", ClassTemporary},
		{"552 5.2.2 Insufficient disk space", ClassFull},
		{"450 4.1.2 Host not found", ClassTemporary},
		{"550 5.1.2 Host not found", ClassGone},
		{"450 mailbox unavailable", ClassTemporary},

		// Codes that say all there is to say.
		{"521 mx.uni.test", ClassGone},
		{"556 see elsewhere", ClassGone},
		{"525 5.7.13 see elsewhere", ClassGone},
		{"550 5.7.17 see elsewhere", ClassGone},
		{"550 5.1.10 see elsewhere", ClassGone},
		{"550 5.1.7 see elsewhere", ClassRefusedUs},
		{"550 5.7.26 see elsewhere", ClassRefusedUs},
		{"550 5.6.7 see elsewhere", ClassRefusedMessage},
		{"550 5.4.6 see elsewhere", ClassTemporary},
		{"504 see elsewhere", ClassRefusedMessage},

		{"550 xyzzy", ClassGone},
		{"552 xyzzy", ClassFull},
		{"522 xyzzy", ClassFull},
		{"554 xyzzy", ClassTemporary},
		{"552 5.2.2 no space left, try again later", ClassFull},

		// Numbers of French providers, whose words are the same for all.
		{"550 5.5.0 Service refusé. OFR006_102 [102]", ClassRefusedUs},
		{"421 4.2.0 Service refusé. Veuillez essayer plus tard. OFR005_505 [505]", ClassTemporary},
		{"550 5.5.0 Service refusé. LPN007_420", ClassGone},
		{"552 5.1.1 Service refusé. OFR_417 [417]", ClassFull},
		{"550 Service refusé. LPN105_514", ClassRefusedMessage},

		// Answers of several lines, and within a sentence of another server.
		{"550-5.7.1 [192.0.2.7] this message is likely 550-5.7.1 unsolicited mail. It was blocked. See 550 5.7.1 our help", ClassRefusedMessage},
		{"550-Your network 550-is on our 550 block list", ClassRefusedUs},
		{"5.3.0 - Other mail system problem 552-'5.3.4 message size exceeds limit' (delivery attempts: 0)", ClassRefusedMessage},

		// Advice after the reason.
		{"550 Rejected due to its spam classification. Set up SPF records to help.", ClassRefusedMessage},
		{"550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large", ClassRefusedMessage},
		{"550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", ClassRefusedUs},
		{"550 Sender not on the recipient's list of senders", ClassRefusedUs},
		{"554 rejected", ClassRefusedUs},
	} {
		d := delivery{final: "ben@uni.test", action: "failed", diagnostic: c.diagnostic}
		if got := d.judge(newProse(""), stageUnknown); got.Class != c.want {
			t.Errorf("%s: %s (%s), want %s", c.diagnostic, got.Class, got.Reason, c.want)
		}
	}
}
