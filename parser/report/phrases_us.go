package report

// usNamed refuse mail by whom it comes from, in words that would else be taken
// for a host without mail.
var usNamed = []string{
	"doesn't accept mail from", "not accept mail from", "not accepting mail from", "accept mail only from",
	"accepts mail only from", "only accepting mail from", "only accepts mail from", "only accept…from",
	"sender is spammer", "your account…suspended", "your account…disabled", "your account…blocked", "your account…limit",
	"your account…locked", "votre compte…suspendu", "votre compte…bloque", "tenant has exceeded", "sender…null mx", "sent us spam", "identified as spammer", "identified as a spammer", "takes mail from", "take mail from",
}

// usAuthentication are about SPF, DKIM, DMARC and ARC.
var usAuthentication = []string{
	"dmarc", "dkim", "spf check", "spf record", "spf fail", "spf validation", "spf policy", "spf:",
	"spf hardfail", "spf softfail", "spf permerror", "spf [", "(spf)", "failed spf", "fails spf", "fail spf",
	"spf=fail", "passes spf", "spf authentication", "not pass spf", "via spf", "by spf", "spf mismatch",
	"bad spf", "sender policy framework", "openspf", "spf.pobox.com", "sender id…pra", "not authorized to send",
	"not allowed to send from", "not permitted to send", "is not a permitted sender", "unauthenticated email",
	"unauthenticated mail", "unauthenticated sender", "authentication checks failed",
	"authentication information", "sender is unauthenticated", "unauthenticated and", "not authenticated",
	"email authentication", "requires…authenticat", "message…authentication failed", "arc validation", "your spf",
	"spf settings", "verification failure", "authentication failure", "authentication credentials",
}

// usHost are about the name of our host.
var usHost = []string{
	"reverse dns", "ptr record", "ptr resource", " ptr ", "rdns", "reverse lookup", "reverse hostname",
	"reverse address", "no reverse", "unverifiable sending ip", "mismatches client ip",
	"cannot find your hostname", "cannot find your reverse", "forward-confirmed", "fcrdns", "forward and reverse",
	"cannot resolve your", "could not resolve your", "invalid helo", "helo command rejected",
	"ehlo command rejected", "helo name", "bad helo", "hostname does not resolve", "ip name lookup failed",
	"must resolve", "name was rejected", "dynamic ip", "dynamic pool", "dialup", "dial-up", "residential ip",
	"generic hostname", "may not be mail exchanger", "must have a valid…dns", "unresolvable", "no valid ptr",
	"fix reverse", "no matches to nameserver query", "fully qualified host",
}

// usReputation are about block lists and reputation.
var usReputation = []string{
	"blocked using", "blacklist", "black list", "black-list", "blocklist", "block list", "block-list",
	"blackhole", "denylist", "deny list", "deny-list", "ban list", "banlist", "too many complaints", "trop de plaintes", "spamhaus", "spamcop", "barracudacentral", "sorbs", " rbl", "dnsbl", ".rbl", "_rbl",
	"(rbl)", "rbl:", "abuseat", "senderscore", "senderbase", "uceprotect", "mailspike", "invaluement", "spamrats",
	"surbl", "uribl", "truncate.gbudb", "cloudmark", "trendmicro.com", "mail-abuse", "reputation", "is listed",
	"are listed", "was listed", "listed by", "currently listed", "host listed", "ip listed", "(bl)", "your ip",
	"source ip", "ip source", "sending ip", "ip address…block", "ip…blocked", "ip…rejected", "ip…denied",
	"ip…refused", "blocked for abuse", "blocked due to", "client host…blocked", "host…blocked", "host blocked",
	"server…blocked", "has been blocked", "have been blocked", "is blocked", "blocked by", "banned",
	"are blocked", "domain…blocked", "user complaints", "unusual rate of", "unexpected volume", "[ts0", "[tss0",
	"[tss1", "temporarily deferred due to", "not accepting mail from…ip", "not accepting connections",
	"network not allowed", "connections not accepted from", "connection refused by policy",
	"connections from this host", "mail from your", "messages from…weren't sent", "s3140", "s3150",
	"access from ip", "not allowed to connect", "too many spams", "spam from your", "spamming",
	"deny ip", "no more mail from", "you are not allowed", "client host rejected", "client was not authenticated",
	"anonymous clients", "we do not accept mail from", "is not in our whitelist", "not whitelisted",
	"see…sender support", "sndr support", "excessive spam", "bulk mail rate", "confirm this mail server",
	"requires confirmation", "sending spam", "bad ip", "ip profile", "go away", "invalid ip for",
	"no access from", "smtp server of your isp", "refused - see http", "blocked - see",
	"has not passed validation", "open proxy", "suspiciously like", "unwanted messages…sent from",
	"access to submit", "listed at", "rejected using", "geographical location", "geoip",
	"not accept connections from", "connections will not be accepted", "we do not accept connections",
	"blocked until", "delist", "problem occurred…ask your", "none/bad", "reason: ip",
	"hotmail…block", "junkmail rejected", "rbl…block", "your host…blocked", "your host…rejected",
	"your host…listed", "your server…blocked", "your server…rejected", "your server…listed",
	"your server requires",

	// In other languages.
	"liste noire", "listes noires", "liste de blocage", "sperrliste", "schwarze liste", "schwarzen liste", "lista negra",
	"lista de bloqueo", "lista nera", "zwarte lijst", "blokkeerlijst", "adresse ip", "adresse bloquee", "ip bloquee", "votre ip", "ihre ip", "su ip", "direccion ip", "indirizzo ip",
	"endereco ip", "ip-adres",
}

// usSender refuse the envelope sender, the author, or who may post to a list.
var usSender = []string{
	"sender address rejected", "sender rejected", "sender address…rejected", "sender refused", "sender denied",
	"sender not", "sender verif", "sender unknown", "sender domain", "sender's domain", "sender…does not exist",
	"sender is not", "unknown sender", "unroutable sender", "invalid sender", "bad sender",
	"from: domain is invalid", "valid from", "mail from…rejected", "domain of sender", "sending domain",
	"envelope sender", "return path", "bad mail from", "null sender", "empty envelope", "from address",
	"from domain", "sender address…invalid", "sender address…not", "refuse mail from", "refused mail from",
	"invalid domain name", "you are not authorized to send", "not authorized to send mail",
	"not allowed to send mail", "not permitted to post", "permission to post", "groups.google.com/support",
	"members only", "only members", "not a member", "not member", "batv", "bogus mail from", "purported responsible",
	"bouncedeny", "third-party dsn", "fully qualified email address", "mail from not owned",
	"returned mail not accepted", "different address or alias", "empty email address", "backscatter protection",
	"unsigned dsn", "senderfilterconfig", "sender isn't on", "list of senders", "email address is not verified",
	"not subscribed", "bounce message…not accepted", "sender…blocked", "sender…blacklisted",
	"closed mailing list", "non-member", "cname record", "registered gateway user", "unregistered domain", "allowed-senders",
	"restricts who can", "unverified sender", "sender id", "sender email address rejected",

	// In other languages.
	"emetteur invalide", "adresse d'expediteur", "expediteur…refuse", "absender…abgelehnt", "absenderadresse",
	"remitente…rechazad", "mittente…rifiutat", "remetente…rejeitad", "remetente desconhecido",
	"mittente sconosciuto", "remitente desconocido", "expediteur inconnu", "unbekannter absender",
	"onbekende afzender", "absender unbekannt",
}

// usRelaying refuse to relay, or want a login or TLS first.
var usRelaying = []string{
	"relay access denied", "relaying denied", "relay denied", "relay not permitted", "relaying not",
	"relaying prohibited", "relaying is", "unable to relay", "not permitted to relay", "relay not allowed",
	"not allowed to relay", "mail relay", "we do not relay", "open relay", "not a gateway", "relaying mail", "not relay", "log in first", "login first",
	"sorry, that domain isn't in my list", "authentication required", "authentication is required",
	"must authenticate", "authrequired", "not authorized", "not authorised", "delivery is restricted",
	"address is restricted", "restricted recipient", "authenticate before", "smtp auth", "starttls",
	"support tls", "tls is required", "encryption…required", "tls required", "must issue a", "resolver.rst",
	"certificate", "as a relay", "no relaying", "list of allowed rcpthost", "configured to relay",
	"don't handle mail for", "do not handle mail for", "not local host", "authentication turned on",
	"don't authenticate", "not a relay", "we don't relay", "relaying from", "relaying to", "relaying…denied",
	"gateway not", "not offered", "no valid cert",
}

// usFormat find fault with our header.
var usFormat = []string{
	"duplicate header", "multiple 'from", "multiple from", "rfc 5322", "rfc5322", "rfc 2822", "rfc2822",
	"rfc-compliant", "rfc compliant", "not rfc", "not compliant", "missing 'date", "missing date",
	"missing message-id", "without to:", "without from:", "messageid", "headers missing", "header missing", "bare lf", "bare newline",
	"rfcmessagenoncompliant", "multiple addresses", "header are not accepted", "header error", "cr/lf",
	"invalid message header", "invalid header",
}

// usBare refuse and say nothing else: they count where not even a status does.
var usBare = []string{
	"rejected", "denied", "declined", "not accepted",

	// In other languages.
	"rejete", "refuse", "zuruckgewiesen", "rechazad", "rifiutat", "rejeitad", "recusad", "geweigerd",
}

// usPolicy refuse without a reason that could be mended by anybody else.
var usPolicy = []string{
	"ofr0", "ofr_", "lpn0", "policy", "policies", "security", "protocol violation", "not accepted from",
	"mail refused", "access denied", "permission denied", "administrative prohibition", "administratively",
	"mail rejected", "email rejected", "message rejected", "message refused", "rejected by a remote mail server",
	"refused by recipient", "rejected by recipient", "transaction refused", "connection rejected",
	"you have been", "filtered", "not wanted", "prohibited", "forbidden", "no permission", "restrict",
	"not allowed", "not permitted", "blocked", "rejected by system", "rejected for", "insecure",
	"refused to talk to me", "recipient preferences", "user reject", "refuses to receive", "refuse to receive",
	"refuses to accept", "protected by", "accepting mail from specific", "not currently being accepted",
	"not accepting any mail", "not accepting mail", "organizational settings", "mass mailer", "containing images",
	"rule imposed", "user rules", "rejected by this user", "does not want", "undesirable", "not acceptable",
	"unauthorized",

	// In other languages.
	"acces refuse", "acces interdit", "zugriff verweigert", "zugriff abgelehnt", "acceso denegado", "accesso negato",
	"acesso negado", "toegang geweigerd", "mail rejete", "service refuse", "rejete par", "abgelehnt",
}
