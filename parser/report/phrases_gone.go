package report

// goneEarly say that the account is blocked, in words that would else be taken
// for a block list.
var goneEarly = []string{
	"account or domain may not exist", "mailbox has been blocked", "blocked due to inactivity",
	"account is blocked", "account…is locked", "account…locked due", "mailbox is blocked",

	// In other languages.
	"compte du destinataire est", "compte…est bloque", "konto…gesperrt", "cuenta…bloqueada", "account…bloccato",
	"conta…bloqueada", "account…geblokkeerd",
}

// goneNoMail say that the domain has no mail at all (RFC 7505).
var goneNoMail = []string{
	"null mx", "nullmx", "does not accept mail", "doesn't accept mail", "doesn't receive email",
	"does not receive email", "never accepts mail", "indicated no smtp service", "no smtp service for",
	"no mail service",
}

// goneMoved say that somebody is to be found elsewhere, or has left.
var goneMoved = []string{
	"has moved", "has changed…address", "no longer on server", "no longer uses", "no longer in use",
	"no longer at", "user not local", "address changed", "no longer works", "doesn't work here", "no longer with",
	"no longer employed", "left the company", "left the organi", "is no longer a",

	// In other languages.
	"a demenage", "ha cambiado", "mudou", "ne travaille plus", "ne fait plus partie", "a quitte la societe",
	"a quitte l'entreprise", "arbeitet nicht mehr", "nicht mehr bei uns", "ya no trabaja", "non lavora piu",
	"nao trabalha mais", "ja nao trabalha", "werkt niet meer",
}

// goneDisabled say that the mailbox is there and takes no more mail.
var goneDisabled = []string{
	"account…disabled", "mailbox…disabled", "user…disabled", "recipient…disabled", "address…disabled", "disabled account",
	"disabled mailbox", "disabled user", "disabled recipient", "is disabled", "been disabled", "account…deactivated",
	"mailbox…deactivated", "user…deactivated", "address…deactivated", "been deactivated", "account…suspended", "mailbox…suspended", "user…suspended", "address…suspended",
	"suspended account", "suspended user", "inactive account", "inactive user", "inactive mailbox",
	"account…inactive", "mailbox…inactive", "user…inactive", "user inactive", "user is inactive",
	"account closed", "account has been closed", "account is closed", "mailbox is closed", "mailbox is frozen",
	"mailbox frozen", "account is locked", "account locked", "account expired", "account has expired",
	"mailbox has expired", "no longer active", "not active", "has been deleted", "account deleted",
	"no longer available", "no longer valid", "no longer accept", "no longer exist", "discontinued", "dormant",
	"account…terminated", "mailbox…terminated", "user…terminated", "recipient…suspended", "currently suspended",
	"archived recipient", "suspend the service", "inactivity", "not been activated", "not activated",
	"mailbox…is inactive", "inactiveuser", "service…terminated",
	"account…been removed", "user…been removed", "mailbox…been removed", "account…been closed", "account…locked",
	"mailbox…frozen",

	// In other languages.
	"compte…suspendu", "resilie", "compte…ferme", "compte…bloque", "boite…archivee", "destinataire archive",
	"compte…cloture", "konto…geschlossen", "cuenta…suspendida", "cuenta…bloqueada", "account…sospeso",
	"account…disabilitato", "conta…suspensa", "conta…encerrada", "account…opgeheven", "falta de uso",
	"expire faute", "abgelaufen…konto", "suspendido", "cancelada",
}

// goneHost say that the domain or its host is not known.
var goneHost = []string{
	"host unknown", "unknown host", "domain…not found", "host not found", "name service error", "no such domain",
	"domain does not exist", "domain…does not exist", "domain doesn't exist", "unrouteable address",
	"unroutable address", "unrouteable mail domain", "unrouteable domain", "no mail hosts", "nxdomain",
	"couldn't find any host", "couldn't find a mail exchanger", "invalid domain", "domain is not reachable",
	"illegal host", "domain must exist", "no route to domain", "bad destination system",
	"destination server…not exist", "domain couldn't be found", "domain…couldn't be found", "no such host",
	"name or service not known", "host name lookup failure", "no mx", "bad destination host", "domain name not",
	"unknown domain", "unknown mail domain", "cannot resolve…domain", "not a valid domain",
	"responded with code noerror", "host…not found", "mail domain…unknown", "domain…is unknown",
	"account or domain may not exist", "domain unknown", "domain…nonexist", "host name is unknown",
	"domain name is not valid", "host not known", "no data record", "isn't a valid domain", "mx record…not found",
	"no mail exchanger", "no mail server", "domain…no mail", "domain has no", "hostname lookup", "no a record",
	"no dns record", "dns domain…not exist",

	// In other languages.
	"all relevant mx records point to non-existent", "domaine…inconnu", "domaine…n'existe pas",
	"domaine…introuvable", "domane…nicht gefunden", "domain…nicht gefunden", "dominio…no existe",
	"dominio…non esiste", "dominio…nao existe", "domein…bestaat niet", "unbekannte domain", "unbekannter host",
	"hote inconnu", "host desconocido", "host sconosciuto", "dominio desconocido", "dominio sconosciuto",
	"dominio inexistente", "onbekend domein", "onbekende host", "domaine inexistant", "domaine…invalide",
}

// goneUser say that there is no such mailbox.
var goneUser = []string{
	"user unknown", "unknown user", "user not known", "user…unknown", "unknown recipient", "recipient unknown",
	"recipient…unknown", "unknown address", "address unknown", "unknown mailbox", "mailbox unknown",
	"unknown local", "unknown or illegal", "unknown account", "unknown login", "unknown virtual", "unknown email",
	"no such user", "no such mailbox", "no such recipient", "no such address", "no such account",
	"no such person", "no such local", "no such email", "no mailbox", "no account",
	"no valid recipients for this", "no valid mailbox", "there is no one", "user not found", "user…not found",
	"mailbox not found", "recipient not found", "recipient…not found", "address not found", "account not found",
	"usernotfound", "recipientnotfound", "recipnotfound", "exrecipnotfound", "not listed in",
	"not found by smtp address lookup", "not a known user", "not known here", "doesn't exist", "dosn't exist", "does'nt exist", "don't exist", "not exist",
	"non existent", "non-existent", "nonexistent", "isn't a valid", "is not a valid", "is not valid", "not our customer", "not our user",
	"not local", "does not have an account", "invalid recipient", "invalid mailbox", "invalid user",
	"invalid address", "invalid email", "invalid local", "recipient is invalid", "recipient…invalid",
	"bad recipient", "bad address", "bad destination mailbox", "bad mailbox", "illegal user", "illegal recipient",
	"unable to find the recipient", "couldn't be found", "wasn't found", "could not be found", "cannot be found",
	"can't be found", "recipient…not recognized", "address…not recognized", "user…not recognized",
	"not a recognized", "recipient no longer", "is not on this", "undeliverable address", "unroutable address",
	"recipient address rejected: access denied", "recipient rejected", "unable to chuser",
	"this address no longer", "name not found", "no aliases", "vdeliver", "not a valid mailbox",
	"could not find user", "could not find recipient", "no se ha encontrado", "address invalid",
	"not present in directory", "can't accept user", "addresses were unknown", "rejected recipients",
	"not an active address", "not an active user", "mailbox invalid", "mailbox not present", "mailbox unavaiable",
	"no mail box", "not a local address", "recipient is not accepted", "recipient not ok", "badrcptto",
	"badrecipientto", "validrcptto", "missing home directory", "account unavailable",
	"envelope recipient has been denied", "recipients was undeliverable", "invalid…userid",
	"not a registered user", "nobody here", "no one here", "no such name", "name is not recognized",
	"unknown name", "mailbox…nonexist", "isn't in our", "isn't listed", "no such alias", "alias unknown",
	"recipient invalid", "user invalid", "user is invalid", "no longer have an account", "no inbox",
	"unknown e-mail", "no such e-mail", "no e-mail account", "incorrect address", "wrong address",
	"unresolvable recipient", "unroutable recipient", "user not registered", "not unique", "several matches", "doesn't have a…account",
	"does not have a…account", "doesn't have an account", "no user by", "no user with", "no user named",
	"no user here", "bad_recipient", "not a valid user", "not a valid recipient", "not a valid address",
	"not a valid e", "not a valid account", "not a valid local", "address is unknown", "recipient is unknown",
	"nosuchuser", "illegal alias", "unknown or mailbox", "recipientunknown",
	"mailbox does not",

	// In other languages.
	"adresse…inconnu", "destinataire inconnu", "utilisateur inconnu",
	"destinataire…inconnu", "destinataire…invalide", "n'existe pas", "adresse…invalide", "boite…inconnue",
	"introuvable", "compte inconnu", "unbekannter benutzer", "unbekannter empfanger", "benutzer unbekannt",
	"empfanger unbekannt", "nicht bekannt", "existiert nicht", "nicht gefunden", "adresse…unbekannt",
	"unbekannte adresse", "konto…nicht vorhanden", "usuario desconocido", "destinatario desconocido", "no existe",
	"no encontrad", "no se encontro", "direccion…no valida", "non esiste", "inesistente", "sconosciut",
	"non trovat", "non e stato trovato", "nao existe", "nao encontrad", "nao foi encontrad", "inexistente",
	"desconhecid", "onbekende gebruiker", "gebruiker onbekend", "ontvanger onbekend", "bestaat niet",
	"niet gevonden", "onbekend adres", "存在しません", "リストにありません", "見つかりません", "宛先不明", "нет такого", "не существует",
	"не найден", "nessun utente", "inconnu a cette adresse", "destinataire n'existe", "compte…n'existe",
	"compte…inexistant", "adresse…inexistante", "adresse…erronee", "adresse incorrecte", "boite…inexistante",
	"aucun utilisateur", "kein benutzer", "kein empfanger", "unbekannter empfaenger", "empfanger…unbekannt",
	"empfaenger…unbekannt", "kein postfach", "kein solcher", "postfach…existiert", "adressat unbekannt",
	"ungultige adresse", "ungultiger empfanger", "usuario no valido", "direccion incorrecta",
	"indirizzo…non valido", "endereco invalido", "onbekende ontvanger", "adres onbekend", "geen gebruiker",
	"geen mailbox", "ongeldig adres",
}

// goneUnavailable are RFC 5321's words for both 450 and 550.
var goneUnavailable = []string{
	"mailbox unavailable", "mailbox not available", "mailbox is unavailable", "mailbox…unavailable",
}

// borrowed are the words for an unknown user that filters use after the data,
// so as to tell nothing.
var borrowed = []string{"user unknown", "unknown user", "no such user", "user not exist"}
