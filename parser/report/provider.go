package report

// frenchCodes are the numbers that Orange, Wanadoo and La Poste put at the end
// of their answers ("OFR204_416", "LPN007_420"), and what they stand for. The
// words before them are often the same for all: "Service refusé. Veuillez
// essayer plus tard".
var frenchCodes = map[string]verdict{
	"101": {ClassRefusedUs, "on a block list, or by reputation"},
	"102": {ClassRefusedUs, "on a block list, or by reputation"},
	"103": {ClassRefusedUs, "on a block list, or by reputation"},
	"104": {ClassTemporary, "too many connections or messages"},
	"305": {ClassRefusedUs, "authentication"},
	"401": {ClassRefusedUs, "authentication of the message failed"},
	"402": {ClassRefusedUs, "authentication"},
	"403": {ClassRefusedUs, "our sender address or domain was refused"},
	"405": {ClassRefusedUs, "our sender address or domain was refused"},
	"415": {ClassRefusedUs, "our sender address or domain was refused"},
	"416": {ClassGone, "no such mailbox"},
	"417": {ClassFull, "mailbox full"},
	"420": {ClassGone, "disabled"},
	"421": {ClassRefusedUs, "our sender address or domain was refused"},
	"426": {ClassGone, "disabled"},
	"505": {ClassTemporary, "mail system"},
	"506": {ClassRefusedMessage, "content taken for spam"},
	"510": {ClassRefusedUs, "on a block list, or by reputation"},
	"513": {ClassRefusedMessage, "content"},
	"514": {ClassRefusedMessage, "too large"},
	"517": {ClassRefusedUs, "authentication of the message failed"},
	"630": {ClassRefusedUs, "policy"},
	"999": {ClassRefusedUs, "on a block list, or by reputation"},
}

// byProvider is what the provider's own code says, in a folded answer.
func byProvider(folded string) verdict {
	for i := 0; i+6 <= len(folded); i++ {
		if i > 0 && (letter(folded[i-1]) || digit(folded[i-1])) || !among(folded[i:i+3], []string{"ofr", "lpn", "ouk"}) {
			continue
		}
		end := i + 3
		for end < len(folded) && (letter(folded[end]) || digit(folded[end]) || folded[end] == '_' || folded[end] == '-') {
			end++
		}
		if v := frenchCodes[folded[end-3:end]]; v.class != "" {
			return v
		}
		i = end
	}
	return verdict{}
}
