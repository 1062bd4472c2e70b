package report

// reasons are the words of servers, folded, and what they mean. The order is
// part of it: a row that is more telling stands before one whose words occur
// in its sentences too ("Recipient address rejected: Mailbox full").
var reasons = []struct {
	finding
	phrases []string
}{
	{finding{ClassTemporary, "too many connections or messages", plain}, passingRate},
	{finding{ClassFull, "mailbox full", plain}, fullMailbox},
	{finding{ClassFull, "mailbox full", diskFull}, fullDisk},
	{finding{ClassRefusedUs, "our host or domain was refused", plain}, usNamed},
	{finding{ClassGone, "the host takes no mail", plain}, goneNoMail},
	{finding{ClassTemporary, "the address could not be checked", plain}, passingCheck},
	{finding{ClassRefusedMessage, "content taken for spam", plain}, messageSpamClear},
	{finding{ClassRefusedMessage, "too large", plain}, messageSizeClear},
	{finding{ClassGone, "disabled", plain}, goneEarly},
	{finding{ClassRefusedUs, "authentication of the message failed", plain}, usAuthentication},
	{finding{ClassRefusedUs, "reverse DNS or HELO of our host", plain}, usHost},
	{finding{ClassRefusedUs, "on a block list, or by reputation", plain}, usReputation},
	{finding{ClassTemporary, "too many connections or messages", plain}, passingTooMany},
	{finding{ClassTemporary, "greylisted", plain}, passingGreylist},
	{finding{ClassRefusedUs, "our sender address or domain was refused", plain}, usSender},
	{finding{ClassRefusedUs, "relaying or delivery not allowed", plain}, usRelaying},
	{finding{ClassRefusedUs, "filtered after the message was sent", plain}, []string{
		// KDDI's answer to the data names nobody.
		"550 : user unknown", "550: : user unknown",
	}},
	{finding{ClassTemporary, "gave up after its time", plain}, passingGaveUp},
	{finding{ClassRefusedUs, "the message breaks a rule of RFC 5322 or RFC 6376", plain}, usFormat},
	{finding{ClassGone, "no such mailbox", plain}, []string{
		"delivery error: dd", // Yahoo's, which looks recipients up after the data
	}},
	{finding{ClassTemporary, "the delivery program failed", plain}, passingProgram},
	{finding{ClassGone, "moved", plain}, goneMoved},
	{finding{ClassGone, "disabled", plain}, goneDisabled},
	{finding{ClassGone, "no such host", unknownHost}, goneHost},
	{finding{ClassGone, "no such mailbox", unknownUser}, goneUser},
	{finding{ClassGone, "the mailbox is not available", unavailable}, goneUnavailable},
	{finding{ClassRefusedMessage, "too large", plain}, messageSize},
	{finding{ClassRefusedMessage, "virus", plain}, messageVirus},
	{finding{ClassRefusedMessage, "content taken for spam", plain}, messageSpam},
	{finding{ClassRefusedUs, "refused by policy", plain}, usPolicy},
	{finding{ClassTemporary, "no answer, or a passing fault", plain}, passingFault},
	{finding{ClassDelivered, "delivered", plain}, deliveredPhrases},
}
