package report

// fullMailbox say that the mailbox is full.
var fullMailbox = []string{
	"mailbox full", "mailbox is full", "mailbox…is full", "mailbox was full", "mailfolder is full",
	"inbox is full", "inbox…full", "mailbox for…is full", "mailbox size limit exceeded", "mailbox has exceeded",
	"mailbox exceeded", "mailbox exceeds", "account is full", "account full", "user is over",
	"user has exceeded…quota", "has exceeded…mailbox", "exceeded storage", "over quota", "overquota",
	"over-quota", "out of storage", "storage quota", "storage limit", "quota exceeded", "quota…exceeded",
	"exceeded…quota", "exceeds…quota", "quotaexceeded", "mapiexceptionshutoffquotaexceeded", "mapiexceptionquota",
	"quota violation", "disk quota", "over the maximum allowed mailbox size", "maildir over",
	"exceeded its…space", "too much mail data", "mailbox space", "user's mailbox…full", "past…quota",
	"exceeding…quota", "diskspace quota", "does not have enough space", "full mailbox", "over the allowed quota",
	"space has been used up", "would exceed…storage", "would exceed…quota", "mail file size exceeds", "user has too many messages",
	"domaindisk quota", "userdisk quota", "quota full", "out of quota", "mailbox…too large to accept",
	"over his quota", "over their quota", "over its quota", "exceeding receiving limits", "not enough room",
	"usage exceeded", "storage…exhausted", "mailbox storage", "allocated…storage",
	"inbox is out of", "recipient has exceeded", "mailbox limit", "exceeding its…quota",

	// In other languages.
	"boite…pleine", "boite…saturee", "boite…plein", "quota…depasse", "espace…insuffisant", "messagerie…pleine",
	"kein speicherplatz", "postfach…voll", "mailbox…voll", "speicherplatz…uberschritten", "quota…uberschritten", "postfach…uberfullt",
	"cuota…excedid", "superado…cuota", "buzon…llena", "casella…piena", "quota…superata", "spazio…esaurito",
	"caixa…cheia", "cota…excedid", "quota…excedid", "postvak…vol", "opslagruimte", "mailbox…is vol", "quotum…overschreden",
	"メールボックス…いっぱい", "容量…超え", "ящик…переполнен", "почтовый ящик…переполнен", "excedio…espacio", "sin espacio",
	"spazio insufficiente", "espaco insuficiente", "espaco em disco", "boite pleine", "boite aux lettres pleine",
	"bal pleine", "lleno",
}

// fullDisk may be about the mailbox or about the whole server.
var fullDisk = []string{
	"not enough disk space", "not enough storage space", "insufficient disk space", "not sufficient disk space",
	"not enough space", "space not enough",
}

// passingRate hold us to a rate, in words that would else be taken for a full
// mailbox or for a block list.
var passingRate = []string{
	"frequency limited", "message quota", "quota for sending", "throttling failure", "too many errors from your", "too many connections from your", "too many connections from this",
}

// passingCheck say that nothing is known of the address yet.
var passingCheck = []string{
	"unverified address", "host not found, try again", "host name lookup failure, try",
	"host or domain name not found. name service error…try again", "unable to verify recipient",
	"recipient verification…temporar", "could not verify recipient", "name server reply",
	"temporary failure in mx lookup", "lookup did not complete", "temporary lookup", "temporary dns",
}

// passingTooMany hold us to a rate.
var passingTooMany = []string{
	"too many connections", "too many concurrent", "too many simultaneous", "too many sessions",
	"connection rate", "connection limit", "connections limit", "rate limit", "rate-limit", "ratelimit",
	"rate exceeded", "too fast", "too quickly", "slow down", "throttl", "mail at a rate", "at a rate that",
	"too many messages", "too many recipients", "exceeded the maximum number of messages", "sending limit",
	"sending quota", "daily…limit", "sending rate", "emails per hour", "messages per hour",
	"smtp sessions for this host", "too much mail from", "too many emails", "too frequent", "exceeded…rate",
	"limit on the number of", "receiving mail at", "daily sending",
	"reached your…limit", "message rate", "hourly limit", "limit exceeded for",

	// In other languages.
	"zu viele verbindungen", "demasiadas conexiones", "troppe connessioni", "trop d",
}

// passingGreylist put off whom they see for the first time.
var passingGreylist = []string{
	"greylist", "graylist", "grey list", "gray list", "grey-list", "gray-list", "postgrey",
	"first time we have seen",

	// In other languages.
	"liste grise", "listes grises",
}

// passingGaveUp are said of a host that has not answered for days.
var passingGaveUp = []string{
	"was aborted after", "hosts have been failing", "retry time not reached", "retry timeout exceeded",
}

// passingProgram are about a program that was to take the mail over.
var passingProgram = []string{
	"couldn't create", "can't create", "command died", "cannot create", "couldn't open", "can't open mailbox",
	"permission denied for user", "local delivery failed", "procmail",
	"text was generated during the delivery attempt", "unable to deliver to mailbox", "maildrop", "exit status",
	"command failed", "pipe to", "x-unix", "child process", "pipe delivery",
}

// passingFault say that another attempt may succeed.
var passingFault = []string{
	"try again", "try later", "please retry", "later please", "temporarily", "temporary", "tempfail", "deferred",
	"timed out", "timeout", "time out", "time-out", "connection refused", "connection reset",
	"connection dropped", "connection closed", "closed the connection", "establish a connection", "connection failure", "connection lost", "lost connection",
	"connection was", "broken pipe", "no route to host", "network error", "unreachable", "not reachable",
	"not responding", "no response", "host is down", "could not connect", "couldn't connect", "unable to connect",
	"cannot connect", "can't connect", "failed to connect", "wasn't able to establish",
	"did not accept our requests", "was unable to", "socket error", "retry time", "gave up", "giving up",
	"too long", "in the queue", "undelivered after", "not delivered within", "could not be delivered for",
	"not been delivered", "not yet delivered", "delayed", "undeliverable for", "retried for", "expired",
	"delivery time", "unable to deliver this message after", "resources", "system error", "server error",
	"local error", "mail system", "configuration error", "misconfigur", "loops back", "mail loop", "looping",
	"loop detected", "routing loop", "too many hops", "too many received", "hop count", "i/o error",
	"input/output error", "internal error", "internal failure", "internal server", "insufficient system",
	"insufficient space", "no space left", "no disk space", "server busy", "too busy", "is busy", "load too high",
	"high load", "overload", "maintenance", "transaction failed", "remote protocol error", "on hold",
	"not available", "unavailable", "dns error", "dns failure", "name server", "name service", "lookup failed",
	"look-up failed", "database", "command output", "mailer error", "unable to open", "out of memory",
	"too many errors", "software error", "cannot append", "could not find a gateway",
	"attempts will continue", "failed to deliver to domain", "not been collected", "did not respond", "did not answer", "didn't answer",
	"unable to resolve route", "interrupted system call", "write error", "config error",
	"encountered an error while", "could not load", "numerous attempts", "loop broken", "loop was found",
	"forwarding loop", "loop count", "loop alert", "duplicated message-id", "no answer", "not answering",
	"refused connection", "refused the connection", "cannot be reached", "will be retried", "still trying", "keep trying",
	"connection to…failed", "connection died", "deferral", "retries", "dns lookup", "dns query", "tls handshake",
	"remote host address is the local host", "points to local host", "points to my",
	"isn't in my control", "no valid route", "destination mxs", "trace service failure", "conversation with",
	"failed on data", "unable to look up", "no immediate delivery", "smtp connection", "failing", "retry limit",

	// In other languages.
	"temporairement", "surcharge", "plus tard", "spater noch", "mas tarde", "piu tardi", "mais tarde", "later opnieuw", "reessayer", "reessayez", "delai…depasse", "connexion…refusee", "voruebergehend", "vorubergehend", "spater erneut",
	"zeituberschreitung", "temporalmente", "intentelo", "tiempo de espera", "temporaneamente", "riprova",
	"temporariamente", "tente novamente", "tijdelijk", "probeer…later", "nouvelle tentative", "verzogert",
	"verzoegert", "wird wiederholt", "retrasad", "se reintentara", "ritardat", "verra ritentat", "atrasad",
	"vertraagd",
}

// deliveredPhrases say that the mail has arrived.
var deliveredPhrases = []string{
	"successfully delivered", "was successfully", "has been delivered", "successfully relayed",
	"have been delivered", "was delivered to", "delivered successfully", "successful delivery",
	"delivery succeeded",
}
