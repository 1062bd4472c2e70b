package oracle

import "slices"

const (
	armoredKey  = "-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: {{token \"key comment\"}}\n\n{{printf \"a key of %s, made on %s, and some more octets\" (token \"key\") (host \"key\") | oneline | fold 60 | replace \"\\n \" \"\\n\"}}\n=AbCd\n-----END PGP PUBLIC KEY BLOCK-----\n"
	armoredSign = "-----BEGIN PGP SIGNATURE-----\nVersion: {{token \"signature version\"}}\n\n{{printf \"a signature by %s with the key of %s\" (token \"signature\") (tagged \"signature\") | oneline}}\n=AbCd\n-----END PGP SIGNATURE-----\n"
	armoredText = "-----BEGIN PGP MESSAGE-----\nVersion: {{token \"message version\"}}\n\n{{printf \"a session key for %s and what follows\" (token \"recipient\") | oneline}}\n=AbCd\n-----END PGP MESSAGE-----\n"
)

// sealedVectors are signed and encrypted letters, keys, and what else a relay
// cannot look into. It may refuse what it cannot mask; what it lets through
// must not name its owner.
func sealedVectors() []*Vector {
	return slices.Concat(whole("signed", []row{
		{"S/MIME", "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=b\n\n--b\nContent-Type: text/plain\n\n{{from}} {{keep}}\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s\nContent-Transfer-Encoding: base64\n\n{{printf \"a certificate of %s %s\" (token \"certificate\") (from \"certificate\") | base64}}--b--\n"},
		{"PGP", "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; micalg=pgp-sha256; boundary=b\n\n--b\nContent-Type: text/plain\n\n{{from}} {{keep}}\n--b\nContent-Type: application/pgp-signature; name=signature.asc\nContent-Description: {{from}}\n\n" + armoredSign + "--b--\n"},
		{"around parts", "Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c; protected-headers=v1\nFrom: {{from}}\nSubject: {{token}}\nMessage-ID: <{{token}}@{{host}}>\n\n--c\n\n{{from}} {{keep}}\n--c--\n--b\nContent-Type: application/pgp-signature\n\n" + armoredSign + "--b--\n"},
		{"in a forward", "Content-Type: message/rfc822\n\nContent-Type: multipart/signed; boundary=b\n\n--b\n\n{{from}} {{keep}}\n--b\nContent-Type: application/x-pkcs7-signature\nContent-Transfer-Encoding: base64\n\n{{printf \"a certificate of %s\" (token \"certificate\") | base64}}--b--\n"},
		{"cleartext", "Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{{keep}} {{from}} {{keep}}\n" + armoredSign},
		{"cleartext, quoted", "Content-Type: text/plain\n\n> -----BEGIN PGP SIGNED MESSAGE-----\n> Hash: SHA256\n>\n> {{keep}} {{from}} {{keep}}\n{{inner `" + armoredSign + "` | indent \"> \"}}"},
		{"attached signature", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b\nContent-Type: application/pgp-signature\n\n" + armoredSign + "--b--\n"},
	}), whole("key", []row{
		{"attached", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b\nContent-Type: application/pgp-keys; name=\"OpenPGP_0x{{token}}.asc\"\nContent-Disposition: attachment; filename=\"OpenPGP_0x{{token}}.asc\"\nContent-Description: key of {{from}}\n\n" + armoredKey + "--b--\n"},
		{"in text", "Content-Type: text/plain\n\n{{keep}}\n" + armoredKey + "{{keep}}\n"},
		{"in quoted text", "Content-Type: text/plain\n\n{{keep}}\n{{inner `" + armoredKey + "` | indent \"> \"}}{{keep}}\n"},
		{"in HTML", "Content-Type: text/html\n\n<p>{{keep}}</p><pre>\n" + armoredKey + "</pre><p>{{keep}}</p>\n"},
		{"in base64 text", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{{inner `{{keep}}\n" + armoredKey + "` | base64}}"},
		{"as text attachment", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b\nContent-Type: text/plain; name=key.asc\nContent-Disposition: attachment; filename=key.asc\n\n" + armoredKey + "--b--\n"},
		{"as octets", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{{keep}}\n--b\nContent-Type: application/octet-stream; name=key.asc\nContent-Disposition: attachment; filename=key.asc\nContent-Transfer-Encoding: base64\n\n{{inner `" + armoredKey + "` | base64}}--b--\n"},
		{"private", "Content-Type: text/plain\n\n{{keep}}\n{{inner `" + armoredKey + "` | replace \"PUBLIC\" \"PRIVATE\"}}{{keep}}\n"},
	}), optional(whole("sealed", []row{
		{"PGP", "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n" + armoredText + "--b--\n"},
		{"PGP in text", "Content-Type: text/plain\n\n" + armoredText},
		{"PGP as attachment", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee attachment\n--b\nContent-Type: application/octet-stream; name=message.asc\nContent-Transfer-Encoding: base64\n\n{{inner `" + armoredText + "` | base64}}--b--\n"},
		{"S/MIME enveloped", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n{{printf \"a recipient %s and what follows\" (token \"recipient\") | base64}}"},
		{"S/MIME opaque", "Content-Type: application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n{{printf \"a certificate of %s and %s\" (token \"certificate\") (from \"content\") | base64}}"},
		{"S/MIME as octets", "Content-Type: application/octet-stream; name=smime.p7m\nContent-Disposition: attachment; filename=smime.p7m\nContent-Transfer-Encoding: base64\n\n{{printf \"a certificate of %s\" (token \"certificate\") | base64}}"},
		{"TNEF", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee attachment\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{{printf \"\\x78\\x9f\\x3e\\x22 %s %s\" (token \"properties\") (from \"properties\") | octets}}--b--\n"},
		{"TNEF as octets", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee attachment\n--b\nContent-Type: application/octet-stream; name=WINMAIL.DAT\nContent-Transfer-Encoding: base64\n\n{{printf \"\\x78\\x9f\\x3e\\x22 %s %s\" (token \"properties\") (from \"properties\") | octets}}--b--\n"},
		{"Autocrypt setup", "Autocrypt-Setup-Message: v1\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee attachment\n--b\nContent-Type: application/autocrypt-setup\nContent-Disposition: attachment; filename=setup.html\n\n<html><pre>\n" + armoredText + "</pre></html>\n--b--\n"},
	})))
}

// automaticVectors are mails that no person wrote. A relay may drop them.
func automaticVectors() []*Vector {
	const bounce = "From: MAILER-DAEMON@{{host}}\nAuto-Submitted: auto-replied\nSubject: Undelivered {{token}} {{marker}}\n"
	null := whole("automatic", []row{
		{"bounce", bounce + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nI am {{host}}. <{{from}}>: no such user\n--b\nContent-Type: message/delivery-status\n\n" + statusFields + "--b\nContent-Type: message/rfc822\n\n" + innerLetter + "--b--\n"},
		{"bounce in text", bounce + "\nThis is the qmail program at {{host}}.\n<{{from}}>:\n{{ip}} does not like recipient.\n"},
		{"out of office", "Auto-Submitted: auto-replied\nSubject: Out of office {{marker}}\nX-Mailer: {{token}}\n\nI am away, call {{token}} or write to {{from}}.\n"},
	})
	for _, v := range null {
		v.mailFrom = "<>"
	}
	return optional(slices.Concat(null, whole("automatic", []row{
		{"vacation", "Precedence: bulk\nX-Autoreply: yes\nX-Auto-Response-Suppress: All\nX-Vacation: {{token}}\n\nI am away, write to {{from}}.\n"},
		{"out of office without a sign", "Subject: Automatic reply: {{marker}}\n\nI am away, write to {{from}}.\n"},
		{"receipt", "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nread at {{host}}\n--b\nContent-Type: message/disposition-notification\n\nReporting-UA: {{host}}; {{token}}\nFinal-Recipient: rfc822;{{from}}\nOriginal-Message-ID: <{{token}}@{{host}}>\nDisposition: automatic-action/MDN-sent-automatically; displayed\n--b--\n"},
		{"complaint", "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nabuse\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nSource-IP: {{ip}}\nReporting-MTA: dns; {{host}}\nOriginal-Mail-From: {{from}}\n--b\nContent-Type: message/rfc822\n\n" + innerLetter + "--b--\n"},
		{"receipt, by name", "Subject: Read: x {{marker}}\nIn-Reply-To: <{{token}}@{{host}}>\nX-Mailer: {{token}}\n\nYour message was read by {{from}}\n"},
		{"recall", "Subject: Recall: x {{marker}}\nContent-Class: urn:{{token}}\n\n{{from}} would like to recall the message\n"},
	})))
}

// envelopeVectors have another sender in the envelope than usual.
func envelopeVectors() []*Vector {
	tagged := fields("envelope", []row{{"tagged sender", "Reply-To: {{from}}\n"}})
	tagged[0].mailFrom = "{{tagged}}"
	bounces := fields("envelope", []row{{"return address of a list", "Sender: {{from}}\n"}})
	bounces[0].mailFrom = "{{token}}-{{from | replace \"@\" \"=\"}}@{{host}}"
	return optional(slices.Concat(tagged, bounces))
}
