package report

// fullPairs say that a mailbox has no room left.
var fullPairs = pairs{{mailboxes, []string{
	"over its limit", "over the limit", "over limit", "exhausted", "used up", "no room", "out of space", "no space",
	"limit reached", "been reached", "at 100 %", "storage cap", "storage limit", "ausgeschopft", "ultrapassad", "tiene espacio", "reached its limit", "reached its maximum", "reached the limit", "at its limit", "filled up",
	"atteint sa taille", "atteint sa limite", "atteint la limite", "atteint son", "limite atteinte", "epuise", "sature",
	"pleine", "est plein", "speichergrenze", "limit erreicht", "erschopft", "erschoepft", "ist voll", "uberfullt",
	"lleno", "llena", "superado su", "agotad", "alcanzado", "ha excedido",
	"raggiunto il limite", "raggiunto la", "esaurit", "piena", "pieno", "cheia", "cheio", "atingiu", "esgotad",
	"excedeu", "limiet bereikt", "is vol", "zit vol",
}}, {[]string{"no room", "no space", "no free space", "not enough room", "used up", "plus de place", "kein platz", "geen ruimte"}, []string{
	"mailbox", "inbox", "account", "storage", "quota", "boite", "postfach", "postvak",
}}, {[]string{"recipient", "user", "addressee"}, []string{
	"over quota", "used up their", "used up his", "used up its", "out of room", "out of quota", "no space left",
}}}

// disabledPairs say that a mailbox was there, and is no more.
var disabledPairs = pairs{{addressees, []string{
	"switched off", "turned off", "was closed", "been closed", "is closed", "deleted",
	"not in use", "no longer in use", "no longer used", "no longer here", "terminated", "cancelled",
	"canceled", "retired", "suspended", "disabled", "deactivated", "abandoned", "out of service",
	"plus utilise", "n'est plus", "a ete ferme", "est ferme", "supprime", "desactive", "cloture", "suspendu", "resilie",
	"gesperrt", "entfernt", "aufgelost", "geloscht", "geloescht", "geschlossen", "deaktiviert", "nicht mehr", "stillgelegt", "gekundigt", "abgeschaltet",
	"bloquead", "cerrad", "eliminad", "desactivad", "suspendid", "ya no esta", "ya no se usa", "de baja",
	"chius", "disattivat", "sospes", "eliminat", "cancellat", "non e piu", "dismess",
	"encerrad", "removid", "desativad", "suspens", "ja nao esta", "nao esta em uso",
	"gedeactiveerd", "geblokkeerd", "opgeheven", "gesloten", "verwijderd", "uitgeschakeld", "niet meer", "afgesloten",
}}}

// unknownPairs say that there never was one.
var unknownPairs = pairs{{addressees, []string{
	"unknown", "not known", "not found", "cannot be found", "can't be found", "could not be found", "not exist",
	"n't exist", "nonexistent", "non-existent", "not recognised", "not recognized", "not one of ours", "not here",
	"inconnu", "pas connu", "introuvable", "n'existe", "inexistant", "erronee", "unbekannt", "nicht bekannt", "existiert nicht",
	"gibt es nicht", "nicht vorhanden", "nicht eingerichtet", "desconocid", "no existe", "inexistente", "no encontrad",
	"no se encuentra", "non risulta", "sconosciut", "inesistente", "non esiste", "non trovat", "desconhecid", "nao existe", "inexistente",
	"onbekend", "bestaat niet", "niet bekend", "niet gevonden", "staat niet in",
}}, {[]string{"no such", "not know", "don't know", "kein solche", "no se encuentra", "geen", "aucun", "nessun", "ningun", "nenhum"}, []string{
	"anyone", "anybody", "boite", "compte", "adresse", "destinataire", "utilisateur", "postfach", "konto", "buzon", "cuenta",
	"casella", "utente", "indirizzo", "caixa", "utilizador", "mailbox", "gebruiker",
}}, {[]string{"no ", "nobody", "no one", "aucun", "aucune", "pas de", "kein", "keine", "keinen", "ningun", "ninguna", "nessun", "nessuna", "nenhum", "nenhuma", "geen"}, []string{
	"of this name", "of that name", "by that name", "by this name", "of such a name", "a ce nom", "de ce nom",
	"dieses namens", "mit diesem namen", "unter diesem namen", "con ese nombre", "con este nombre", "con questo nome",
	"com esse nome", "com este nome", "met die naam", "met deze naam",
}}}

// hostPairs refuse our host.
var hostPairs = pairs{{[]string{
	"your server", "your mail server", "your mailserver", "your host", "your network", "your provider", "your ip",
	"votre serveur", "votre hote", "votre reseau", "ihr server", "ihr mailserver", "ihr rechner", "ihr host",
	"su servidor", "vostro server", "suo server", "vostro indirizzo ip", "seu servidor", "uw server", "uw mailserver",
}, []string{
	"not ", "refus", "reject", "block", "denied", "unwelcome", "banned", "distrust",
	"pas ", "rejete", "bloque", "interdit", "nicht", "abgelehnt", "gesperrt", "rechazad", "bloquead", "rifiutat",
	"bloccat", "rejeitad", "niet", "geweigerd", "geblokkeerd",
}}, {[]string{"mail", "courrier", "courriels", "correo", "posta", "correio", "e-mail"}, []string{
	"from your server", "from your host", "from your network", "from your provider", "de votre serveur",
	"von ihrem server", "de su servidor", "dal vostro server", "do seu servidor", "van uw server",
}}}

// senderPairs refuse whom the mail says it is from.
var senderPairs = pairs{{senders, []string{
	"not allowed", "not accepted", "not permitted", "not authorised", "not authorized", "refused", "denied",
	"blocked", "does not resolve", "does not exist", "not verified", "unknown",
	"non autorise", "interdit", "refuse", "rejete", "invalide", "bloque", "inconnu", "inexistant", "n'existe",
	"abgelehnt", "nicht angenommen", "nicht erlaubt", "nicht zugelassen", "zuruckgewiesen", "gesperrt", "unbekannt", "existiert nicht",
	"no autorizado", "no permitido", "rechazad", "desconocid", "non autorizzat", "rifiutat", "non ammess", "sconosciut",
	"inesistente", "non esiste", "no existe", "inexistente", "nao existe", "bestaat niet",
	"nao autorizad", "rejeitad", "recusad", "desconhecid", "niet toegestaan", "geweigerd", "onbekend",
}}}

// sizePairs find the message too large.
var sizePairs = pairs{{messages, []string{
	"too large", "too big", "too heavy", "larger than", "exceeds our", "exceeds the", "exceeds your",
	"exceeds a", "over our limit",
	"trop volumineu", "trop gros", "trop lourd", "trop grand", "trop long", "depasse la", "depasse notre", "zu gross", "zu lang",
	"uberschreitet", "ueberschreitet", "demasiado grande", "demasiado pesado", "supera el", "supera la", "excede",
	"troppo grande", "troppo pesante", "eccede",
	"muito grande", "te groot", "overschrijdt",
}}}

// contentPairs find fault with what is in it.
var contentPairs = pairs{{attachments, []string{
	"not allowed", "not accepted", "not permitted", "forbidden", "prohibited", "blocked", "refused", "rejected", "banned",
	"interdit", "refuse", "rejete", "bloque", "non autorise", "nicht erlaubt", "nicht zugelassen", "verboten", "abgelehnt",
	"no permitid", "prohibid", "rechazad", "non consentit", "vietat", "rifiutat", "non ammess",
	"nao permitid", "proibid", "rejeitad", "niet toegestaan", "verboden", "geweigerd",
}}, {contents, []string{
	"refused", "rejected", "not accepted", "not allowed", "blocked", "denied", "objectionable", "suspicious",
	"security risk", "security issue", "potential",
	"refuse", "rejete", "bloque", "abgelehnt", "nicht erlaubt", "rechazad", "no permitid", "rifiutat", "rejeitad",
	"recusad", "geweigerd",
}}, {[]string{"take no", "accept no", "no "}, []string{"attachments of", "attachment of", "attached file"}}}
