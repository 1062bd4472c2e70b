package report

// messageSpamClear take the content for spam in so many words. Advice on SPF or on
// block lists often follows them.
var messageSpamClear = []string{
	"spam classification", "rejected due to spam", "rejected as spam", "classified as spam", "identified as spam",
	"detected as spam", "considered spam", "spamassassin", "spam content", "no spam please", "uribl policy",
	"url in message", "likely unsolicited", "nature of the content", "content or the links", "looks like spam", "as junk", "executable content", "content presents a potential", "content rejected",
	"content…rejected", "spam score",
}

// messageSizeClear are Exchange's, whose other restrictions begin alike.
var messageSizeClear = []string{
	"sizelimit", "recipsizelimit", "sendsizelimit", "message too large for",
}

// messageSize are about the size.
var messageSize = []string{
	"message size", "message too big",
	"message is too big", "message too long", "message length exceeds", "message file too big", "mail size",
	"exceeded maximum…message", "size exceeds", "size limit", "size…exceeded", "exceeds…size", "too large",
	"larger than", "line limit exceeded", "line too long", "lines longer", "content length exceed",
	"attachment…size", "datasize", "message header size", "too long message", "message…exceeds",
	"message is larger", "maximum allowed size", "bigger than", "fixed limit", "exceeds the maximum…size",
	"maximum size",

	// In other languages.
	"message…trop volumineux", "message…trop gros", "taille…message", "zu gross", "demasiado grande",
	"excede…tamano", "troppo grande", "muito grande", "te groot",
}

// messageVirus are about malicious content.
var messageVirus = []string{
	"virus", "malware", "infected", "trojan", "phishing", "worm detected", "executable",
}

// messageSpam are about the content.
var messageSpam = []string{
	"mcspamsignature", "message content", "content rejected",
	"content…rejected", "content policy", "content filter", "contentfilter", "content presents",
	"content…guidelines", "content…not accept", "antispam", "bulk email", "ube,", "junk mail",
	"attachment…not allowed", "attachment…prohibited", "blocked attachment", "attachment type",
	"attachment…blocked", "filename…not allowed", "url…rejected", "blacklisted url", "improper sequence",
	"message format", "mime error", "malformed", "mail content denied", "rejecting mail content",
	"content of this message", "recurrent pattern", "classification as bulk", "unacceptable content",
	"banned content", "8-bit data", "binary content", "mime headers", "mime complexity", "base64 encoding",
	"unsolicited", "bulk.advertising", "spam", "message considered as",
	"content was rejected", "cs01", "hm08",

	// In other languages.
	"comme indesirable", "pourriel", "message indesirable", "correo basura", "werbemull", "contenu…refuse", "courrier indesirable", "correo no deseado", "posta indesiderata",
	"lixo eletronico",
}
