package report

// What answers speak of, folded: mailboxes and those who have them, senders,
// messages and what is in them, in English, French, German, Spanish, Italian,
// Portuguese and Dutch.
var (
	mailboxes = []string{
		"mailbox", "mail box", "inbox", "account", "quota", "storage",
		"boite", "bal ", "messagerie", "compte", "espace", "stockage",
		"postfach", "mailkonto", "konto", "speicher", "kontingent",
		"buzon", "cuenta", "almacenamiento", "espacio", "cuota",
		"casella", "spazio", "caixa", "conta ", "armazenamento", "espaco", "cota",
		"postvak", "postbus", "opslag",
	}
	addressees = []string{
		"mailbox", "mail box", "account", "user", "address", "recipient", "addressee", "alias",
		"boite", "compte", "adresse", "utilisateur", "destinataire", "usager",
		"postfach", "konto", "benutzer", "empfanger", "empfaenger", "nutzer", "adressat",
		"buzon", "cuenta", "direccion", "usuario", "destinatario",
		"casella", "indirizzo", "utente", "caixa", "conta ", "endereco", "utilizador",
		"postvak", "gebruiker", "adres", "ontvanger", "geadresseerde",
	}
	senders = []string{
		"sender", "return path", "your address", "your domain", "mail from",
		"expediteur", "emetteur", "votre adresse", "votre domaine", "absender", "ihre adresse", "ihre domain",
		"remitente", "su dominio", "mittente", "remetente", "afzender",
	}
	messages = []string{
		"message", "mail", "letter", "attachment", "courriel", "courrier", "piece jointe", "pieces jointes",
		"nachricht", "anhang", "anhange", "mensaje", "correo", "adjunto", "messaggio", "allegato", "mensagem", "anexo",
		"bericht", "bijlage",
	}
	attachments = []string{
		"attachment", "attached file", "file type", "zip file", "files", "piece jointe", "pieces jointes", "fichier", "anhang", "anhange", "dateityp",
		"adjunto", "archivo", "allegat", "anexo", "bijlage",
	}
	contents = []string{"content", "contenu", "inhalt", "contenido", "contenuto", "conteudo", "inhoud"}
)
